import pytest
from PySide6.QtWidgets import QPushButton

from planner.usecases.workspace import open_workspace
from ui.actions import ROWS
from ui.safety.read_only import BANNER, WHY


@pytest.fixture
def begun(window_of, qtbot, is_quiet):
    """Opens the window on a workspace and lets it begin its work."""

    def open_window(workspace):
        window = window_of(workspace)
        window.commands.begin()
        qtbot.waitUntil(is_quiet)
        return window

    return open_window


@pytest.fixture
def second(tmp_path, add):
    """The workspace of a second window."""
    with open_workspace(tmp_path / "home", window=True) as first, open_workspace(tmp_path / "home", window=True) as workspace:
        add(first, "First")
        yield workspace


def test_a_second_window_says_for_good_that_it_only_shows(begun, second, reasons):
    window = begun(second)
    assert window.banner.isVisible()
    assert window.banner.text.text() == BANNER
    window.banner.tell("")
    window.banner.tell("Something else")
    assert window.banner.isVisible()
    assert window.banner.text.text() == BANNER
    assert reasons(second) == []


def test_every_action_that_writes_is_off_and_says_why(begun, second):
    window = begun(second)
    writing = {row.id for row in ROWS if row.writes}
    assert {"plan-week", "import", "undo", "redo", "edit-account", "duplicates", "footprint", "add-sample", "remove-sample"} <= writing
    assert not writing & {"search", "quit", "history", "backups", "export-map", "export-calendar", "page-week"}
    for name in writing:
        assert not window.actions_by_id[name].isEnabled(), name
        assert window.actions_by_id[name].toolTip() == WHY, name
    assert all(window.actions_by_id[row.id].isEnabled() for row in ROWS if not row.writes and row.id != "stop-planning")


def test_what_switches_an_action_on_does_not_switch_it_on_here(begun, second):
    window = begun(second)
    window.actions_by_id["undo"].setEnabled(True)
    window.actions_by_id["undo"].setToolTip("Undo it")
    assert not window.actions_by_id["undo"].isEnabled()
    assert window.actions_by_id["undo"].toolTip() == WHY


def test_buttons_and_settings_that_write_are_off(begun, second):
    window = begun(second)
    pressed = [window.header.plan, window.header.import_, window.notice.button, *window.week.empty.findChildren(QPushButton)]
    assert not any(each.isEnabled() for each in pressed)
    assert not any(field.isEnabled() for field in window.settings.fields.values())


def test_a_verb_that_is_reached_all_the_same_is_refused_plainly(qtbot, begun, second, is_quiet):
    from ui.errors import ProblemDialog

    window = begun(second)
    window.commands.undo.undo()
    qtbot.waitUntil(is_quiet)
    problem = window.findChild(ProblemDialog)
    assert problem is not None
    problem.accept()


def test_the_first_window_has_no_banner_and_nothing_is_off(begun, workspace, add):
    add(workspace, "First")
    window = begun(workspace)
    assert not window.banner.isVisible()
    assert window.actions_by_id["plan-week"].isEnabled()
    assert window.header.plan.isEnabled()
