from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from planner.paths import resources_dir
from ui.actions import ROWS, make_actions
from ui.options import PAGES


def test_no_two_actions_share_an_id_or_a_shortcut():
    shortcuts = [QKeySequence(row.shortcut).toString() for row in ROWS if row.shortcut]
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert len(set(shortcuts)) == len(shortcuts)
    assert "" not in shortcuts


def test_every_icon_of_the_table_is_drawn():
    missing = [row.icon for row in ROWS if row.icon and not (resources_dir() / "icons" / f"{row.icon}.svg").is_file()]
    assert missing == []


def test_every_page_has_an_action():
    assert {f"page-{page}" for page in PAGES} <= {row.id for row in ROWS}


def test_only_what_can_be_on_or_off_is_checkable(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    actions = make_actions(window, theme, {row.id: lambda: None for row in ROWS})
    assert {name for name, action in actions.items() if action.isCheckable()} == {
        "pause-drive-times",
        "two-weeks",
        "tool-move",
        "tool-lasso",
        "tool-polygon",
        "tool-measure",
    }


def test_an_action_runs_its_handler(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    ran = []
    actions = make_actions(window, theme, {row.id: lambda row=row: ran.append(row.id) for row in ROWS})
    actions["plan-week"].trigger()
    assert ran == ["plan-week"]
