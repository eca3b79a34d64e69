import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

from planner.model.calendar import IsoWeek
from planner.model.week import Lock, VisitKind
from planner.usecases.board import open_board
from planner.usecases.edits import Edited, Refused, move
from ui.safety.read_only import WHY
from ui.week.board_layout import Piece
from ui.week.verbs import Verb, add, edit_of, verb_of_keys, words_of

ALT, CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def visits(board, day):
    return [card for card in board.cards if card.piece is Piece.VISIT and card.kind is not VisitKind.DUTY and card.day == day]


def stop_of(hand, key):
    return next((day, stop) for day, each in enumerate(hand.kept().days) for stop in each.stops if stop.key == key)


@pytest.mark.parametrize(
    ("key", "held", "verb"),
    [
        (Qt.Key.Key_Up, ALT, Verb.EARLIER),
        (Qt.Key.Key_Down, CTRL, Verb.LATER),
        (Qt.Key.Key_Left, ALT, Verb.DAY_BEFORE),
        (Qt.Key.Key_Right, CTRL, Verb.DAY_AFTER),
        (Qt.Key.Key_L, NONE, Verb.LOCK_DAY),
        (Qt.Key.Key_L, SHIFT, Verb.LOCK_TIME),
        (Qt.Key.Key_Delete, NONE, Verb.TAKE_OUT),
        (Qt.Key.Key_Right, NONE, None),
        (Qt.Key.Key_L, CTRL, None),
    ],
)
def test_keys_ask_for_a_change(key, held, verb):
    assert verb_of_keys(QKeyEvent(QEvent.Type.KeyPress, key, held)) is verb


def test_alt_arrows_move_the_marked_visit_within_its_day(qtbot, hand):
    first, second = visits(hand.board, 2)[:2]
    hand.board.select(first.account_id)
    qtbot.keyClick(hand.board, Qt.Key.Key_Down, ALT)
    hand.settle()
    assert [stop.key for stop in hand.kept().days[2].stops][:2] == [second.key, first.key]
    assert hand.board.current.key == first.key
    qtbot.keyClick(hand.board, Qt.Key.Key_Up, ALT)
    hand.settle()
    assert [stop.key for stop in hand.kept().days[2].stops][:2] == [first.key, second.key]


def test_alt_and_an_arrow_to_the_side_moves_to_the_next_day(qtbot, hand):
    board = hand.panel.verbs.board
    card = next(card for card in visits(hand.board, 1) if isinstance(move(board, card.key, 2), Edited))
    hand.board.select(card.account_id)
    qtbot.keyClick(hand.board, Qt.Key.Key_Right, ALT)
    hand.settle()
    assert stop_of(hand, card.key)[0] == 2
    assert hand.board.current.day == hand.context.desk.day == 2


def test_keys_pressed_one_after_another_are_done_one_after_another(qtbot, hand):
    card = visits(hand.board, 2)[0]
    hand.board.select(card.account_id)
    qtbot.keyClick(hand.board, Qt.Key.Key_L)
    qtbot.keyClick(hand.board, Qt.Key.Key_L, SHIFT)
    hand.settle()
    assert stop_of(hand, card.key)[1].lock is Lock.TIME
    assert next(each for each in hand.board.cards if each.key == card.key).lock is Lock.TIME


def test_l_locks_the_day_and_lets_go_again(qtbot, hand):
    card = visits(hand.board, 2)[0]
    hand.board.select(card.account_id)
    qtbot.keyClick(hand.board, Qt.Key.Key_L)
    hand.settle()
    assert stop_of(hand, card.key)[1].lock is Lock.DAY
    assert "locked to its day" in hand.board.current.tip
    qtbot.keyClick(hand.board, Qt.Key.Key_L)
    hand.settle()
    assert stop_of(hand, card.key)[1].lock is Lock.NONE


def test_a_locked_visit_stays_and_says_why(qtbot, hand):
    card = visits(hand.board, 2)[0]
    hand.board.select(card.account_id)
    for key in (Qt.Key.Key_L, Qt.Key.Key_Delete):
        qtbot.keyClick(hand.board, key)
        hand.settle()
    assert hand.board.told == f"{card.title} is locked; unlock it first."
    assert stop_of(hand, card.key)[0] == 2


def test_del_takes_the_marked_visit_out(qtbot, hand):
    card = visits(hand.board, 2)[0]
    hand.board.select(card.account_id)
    qtbot.keyClick(hand.board, Qt.Key.Key_Delete)
    hand.settle()
    assert card.account_id in {left.account_id for left in hand.kept().left_out}
    assert hand.board.current is None
    assert hand.told[-1] == f"Take {card.title} out"


def test_at_the_end_of_a_day_and_of_the_week_it_is_said_so(hand):
    board = hand.panel.verbs.board
    first = board.frame.candidates[board.solution.routes[0][0]].key
    last = board.frame.candidates[board.solution.routes[4][-1]].key
    assert edit_of(Verb.EARLIER, first)(board) == Refused("It is the first visit of the day already.", 0)
    assert edit_of(Verb.LATER, last)(board) == Refused("It is the last visit of the day already.", 4)
    assert edit_of(Verb.DAY_BEFORE, first)(board) == Refused("It is on the first day of the week already.", 0)
    assert edit_of(Verb.DAY_AFTER, last)(board) == Refused("It is on the last day of the week already.", 4)


def test_the_keys_of_the_board_come_before_those_of_the_window(qtbot, hand):
    hand.board.select(visits(hand.board, 2)[0].account_id)
    for key, held, taken in ((Qt.Key.Key_Left, ALT, True), (Qt.Key.Key_Return, CTRL, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, held)
        event.ignore()
        hand.board.event(event)
        assert event.isAccepted() is taken


def test_the_menu_of_a_card_has_the_same_changes(qtbot, hand):
    card = visits(hand.board, 2)[0]
    menu = QMenu(hand.window)
    hand.panel.verbs.fill_menu(menu, card)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == [f"{words_of(verb, card)}\t{verb.value}" for verb in Verb]
    next(action for action in menu.actions() if action.text().startswith("Lock to its day")).trigger()
    hand.settle()
    assert stop_of(hand, card.key)[1].lock is Lock.DAY


def test_a_window_that_only_shows_the_data_changes_nothing(qtbot, hand, monkeypatch):
    monkeypatch.setattr(hand.context.workspace, "read_only", True)
    card, before = visits(hand.board, 2)[0], hand.kept()
    hand.board.select(card.account_id)
    qtbot.keyClick(hand.board, Qt.Key.Key_Delete)
    hand.settle()
    assert hand.told[-1] == WHY
    assert hand.kept() == before
    assert hand.panel.verbs.tries(card.key, card.account_id) is None
    menu = QMenu(hand.window)
    hand.panel.verbs.fill_menu(menu, card)
    assert not any(action.isEnabled() for action in menu.actions() if not action.isSeparator())


def test_enter_in_the_list_adds_the_account_where_it_takes_least(qtbot, hand):
    row, left = next((row, left) for row, left in enumerate(hand.left.model.shown) if left.text == "You took it out")
    hand.left.view.setCurrentIndex(hand.left.model.index(row))
    qtbot.keyClick(hand.left.view, Qt.Key.Key_Return)
    hand.settle()
    assert stop_of(hand, left.key)[0] == 2
    assert hand.board.current.account_id == left.account_id


def test_an_account_that_fits_on_no_day_is_refused_in_words(copy_of, planned_home):
    board = open_board(copy_of(planned_home), IsoWeek(2026, 49))
    answers = [add(board, left.key) for left in board.plan.left_out if left.key in board.frame.number]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused
    assert all(answer.text.startswith("It fits on no day as the week is. ") for answer in refused)
    assert board.plan.days[refused[0].day].day.strftime("%a") in refused[0].text
