import pytest
from PySide6.QtCore import Qt

from planner.model.week import VisitKind
from planner.settings import Settings
from planner.usecases.week import load_week
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.week.board_layout import Piece
from ui.week.versions_dialog import VersionsDialog

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, context_of, copy_of, planned_home, is_quiet):
    """The whole window on the planned sample, with the keyboard on the board."""
    context = context_of(copy_of(planned_home))
    made = MainWindow(context, Geometry(context.workspace.home))
    qtbot.addWidget(made)
    made.resize(1200, 820)
    made.show()
    made.context = context
    context.desk.load()
    made.settle = lambda: qtbot.waitUntil(lambda: is_quiet() and made.week.verbs.board is not None)
    made.settle()
    made.week.board.setFocus()
    yield made
    made.close()


def test_with_the_keyboard_on_the_board_its_keys_come_first_and_undo_is_the_windows(qtbot, window):
    week, before = window.context.desk.week, load_week(window.context.workspace, window.context.desk.week)
    board = window.week.board
    card = next(card for card in board.cards if card.piece is Piece.VISIT and card.kind is not VisitKind.DUTY)
    board.select(card.account_id)
    qtbot.keyClick(board, Qt.Key.Key_Left, ALT)
    window.settle()
    assert window.context.desk.week == week
    assert board.told == "It is on the first day of the week already."
    qtbot.keyClick(board, Qt.Key.Key_Delete)
    window.settle()
    assert load_week(window.context.workspace, week).visits == before.visits - 1
    qtbot.keyClick(board, Qt.Key.Key_Z, CTRL)
    window.settle()
    assert load_week(window.context.workspace, week) == before
    assert [each.key for each in board.cards if each.key == card.key] == [card.key]


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
def test_the_versions_open_from_the_menu(qtbot, window):
    window.actions_by_id["versions"].trigger()
    window.settle()
    dialog = window.findChild(VersionsDialog)
    assert [each.title for each in dialog.versions] == ["Plan week 49"]
    dialog.reject()


def test_the_actions_of_the_week_reach_the_board(qtbot, window):
    window.actions_by_id["two-weeks"].trigger()
    window.settle()
    assert len(window.week.board.plan.days) == 10
    assert window.actions_by_id["two-weeks"].isChecked()
    told = []
    window.context.bus.told.connect(told.append)
    window.actions_by_id["next-conflict"].trigger()
    assert told[-1] == "Everything in the plan holds."
    window.week.bar.two_weeks.click()
    window.settle()
    assert not window.actions_by_id["two-weeks"].isChecked()
    assert len(window.week.board.plan.days) == 5


def test_planning_again_shows_its_progress_and_keeps_what_is_locked(qtbot, window):
    desk = window.context.desk
    desk.settings = Settings({**desk.settings.values, "plan_seconds": "1"})
    card = next(card for card in window.week.board.cards if card.piece is Piece.VISIT and card.kind is not VisitKind.DUTY)
    window.week.board.select(card.account_id)
    qtbot.keyClick(window.week.board, Qt.Key.Key_L)
    window.settle()
    window.actions_by_id["reoptimise"].trigger()
    assert not window.header.progress.isHidden()
    window.actions_by_id["plan-week"].trigger()  # not a second time at once
    assert len([job for job in window.context.runner.jobs if job.label]) == 1
    window.settle()
    after = load_week(window.context.workspace, desk.week)
    assert card.key in {stop.key for stop in after.days[card.day].stops}
    assert window.header.progress.isHidden()
