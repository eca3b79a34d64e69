from PySide6.QtCore import QPointF, Qt

from planner.model.changes import Changes
from planner.model.week import LeftOut, VisitKind, WhyNot
from planner.usecases.edits import Edited, move, remove
from planner.usecases.undo import undo
from ui.week.board_layout import HEADER_PX, Piece
from ui.week.page import WeekPanel


def visits(board):
    return [card for card in board.cards if card.piece is Piece.VISIT and card.kind is not VisitKind.DUTY]


def point_at(board, day, time_s):
    """A point of the viewport, as a hand would find it by the scale."""
    scale = board._scale
    return QPointF(scale.x_of(day) + scale.column_px / 2, HEADER_PX + scale.y_of(time_s) - board.verticalScrollBar().value())


def spot_for(hand, *, fits):
    """A visit, a day and a time where it fits, or not, by the rules themselves."""
    board = hand.panel.verbs.board
    for card in visits(hand.board):
        for day, route in enumerate(board.solution.routes):
            answer = move(board, card.key, day, len(route))
            if day != card.day and isinstance(answer, Edited) is fits:
                last = max((stop.leave_s for stop in board.plan.days[day].stops), default=10 * 3600)
                return card.key, day, last - 1, answer
    raise AssertionError("no such visit in the sample")


def pick_up(hand, key):
    card = next(card for card in hand.board.cards if card.key == key)
    start = hand.board.point_of(card)
    hand.press(hand.port, start)
    hand.drag(hand.port, start + QPointF(14, 2))
    return start


def test_a_drag_shows_the_new_times_where_it_fits_and_the_drop_is_kept(hand):
    key, day, time_s, answer = spot_for(hand, fits=True)
    pick_up(hand, key)
    at = point_at(hand.board, day, time_s)
    hand.drag(hand.port, at)
    trial = hand.board.trial
    stop = next(stop for stop in answer.board.plan.days[day].stops if stop.key == key)
    assert trial.fits
    assert (trial.card.day, trial.card.from_s, trial.card.to_s) == (day, stop.start_s, stop.leave_s)
    assert " driving" in trial.text
    hand.let_go(hand.port, at)
    assert hand.board.trial is None
    assert any(each.key == key for each in hand.kept().days[day].stops)
    assert next(card for card in hand.board.cards if card.key == key).day == day
    assert hand.told[-1] == answer.text


def test_a_drop_is_one_step_that_undo_takes_back(hand, qtbot):
    before = hand.kept()
    key, day, time_s, _answer = spot_for(hand, fits=True)
    pick_up(hand, key)
    hand.drag(hand.port, point_at(hand.board, day, time_s))
    hand.let_go(hand.port, point_at(hand.board, day, time_s))
    assert hand.kept().days != before.days
    hand.context.bus.changed.emit(undo(hand.context.workspace))
    hand.settle()
    assert hand.kept() == before
    assert hand.panel.verbs.board.plan.days == before.days


def test_after_a_drop_the_board_in_memory_is_the_week_that_is_kept(hand):
    key, day, time_s, _answer = spot_for(hand, fits=True)
    pick_up(hand, key)
    hand.drag(hand.port, point_at(hand.board, day, time_s))
    hand.let_go(hand.port, point_at(hand.board, day, time_s))
    assert hand.panel.verbs.board.plan == hand.kept() == hand.context.desk.plan


def test_where_it_does_not_fit_the_rule_is_told_and_nothing_is_kept(hand):
    before = hand.kept()
    key, day, time_s, answer = spot_for(hand, fits=False)
    pick_up(hand, key)
    at = point_at(hand.board, day, time_s)
    hand.drag(hand.port, at)
    assert not hand.board.trial.fits
    assert hand.board.trial.text == answer.text
    assert hand.board.trial.card.day == day
    hand.let_go(hand.port, at)
    assert hand.told[-1] == hand.board.told == answer.text
    assert hand.kept() == before


def test_on_the_name_of_a_day_it_goes_where_it_takes_least(hand):
    board = hand.panel.verbs.board
    card, day, answer = next(
        (card, day, answer)
        for card in visits(hand.board)
        for day in range(5)
        if day != card.day and isinstance(answer := move(board, card.key, day), Edited)
    )
    pick_up(hand, card.key)
    at = point_at(hand.board, day, 9 * 3600)
    at.setY(HEADER_PX / 2)
    hand.drag(hand.port, at)
    hand.let_go(hand.port, at)
    assert hand.kept().days == answer.board.plan.days


def test_the_names_of_the_days_tell_how_each_takes_the_visit(hand, qtbot):
    key, day, time_s, _answer = spot_for(hand, fits=True)
    pick_up(hand, key)
    tries = hand.panel.drag.tries
    qtbot.waitUntil(lambda: None not in tries.hints())
    board = hand.panel.verbs.board
    assert [hint.good for hint in tries.hints()] == [isinstance(move(board, key, each), Edited) for each in range(5)]
    hand.let_go(hand.port, point_at(hand.board, day, time_s))


def test_dragged_off_the_board_a_visit_is_taken_out(hand):
    card = visits(hand.board)[0]
    pick_up(hand, card.key)
    off = QPointF(-80, 300)
    hand.drag(hand.port, off)
    assert hand.board.trial.text.startswith("Take out")
    assert all(each.key != card.key for each in hand.board.trial.cards)
    hand.let_go(hand.port, off)
    left = next(left for left in hand.kept().left_out if left.account_id == card.account_id)
    assert left.reason is WhyNot.TAKEN_OUT
    assert hand.left.model.row_of(card.account_id) >= 0


def test_an_account_is_dragged_from_the_list_onto_the_board(hand):
    card = visits(hand.board)[-1]
    hand.panel.verbs.commit(lambda board: remove(board, card.key), card.title)
    hand.settle()
    view, port = hand.left.view, hand.left.view.viewport()
    index = hand.left.model.index(hand.left.model.row_of(card.account_id))
    view.scrollTo(index)
    start = QPointF(view.visualRect(index).center())
    hand.press(port, start)
    hand.drag(port, start + QPointF(0, 12))
    assert hand.left.drag.carried.isVisible()
    over = QPointF(port.mapFromGlobal(hand.port.mapToGlobal(point_at(hand.board, card.day, (card.from_s + card.to_s) // 2))))
    hand.drag(port, over)
    assert not hand.left.drag.carried.isVisible()
    assert hand.board.trial.fits
    hand.let_go(port, over)
    assert any(stop.account_id == card.account_id for stop in hand.kept().days[card.day].stops)
    assert hand.left.model.row_of(card.account_id) == -1


def test_dragged_from_the_list_to_nowhere_nothing_happens(hand):
    before = hand.kept()
    view, port = hand.left.view, hand.left.view.viewport()
    start = QPointF(view.visualRect(hand.left.model.index(0)).center())
    hand.press(port, start)
    hand.drag(port, start + QPointF(0, 60))
    hand.let_go(port, start + QPointF(0, 60))
    assert hand.kept() == before
    assert not hand.left.drag.carried.isVisible()


def test_escape_puts_the_visit_back(hand, qtbot):
    before = hand.kept()
    key, day, time_s, _answer = spot_for(hand, fits=True)
    pick_up(hand, key)
    at = point_at(hand.board, day, time_s)
    hand.drag(hand.port, at)
    qtbot.keyClick(hand.board, Qt.Key.Key_Escape)
    assert hand.board.trial is None
    hand.let_go(hand.port, at)
    assert hand.kept() == before


def test_an_appointment_of_the_calendar_stays_and_says_why(hand):
    duty = next(card for card in hand.board.cards if card.piece is Piece.VISIT and card.kind is VisitKind.DUTY)
    pick_up(hand, duty.key)
    hand.drag(hand.port, point_at(hand.board, (duty.day + 1) % 5, 12 * 3600))
    assert not hand.board.trial.fits
    assert "appointment of your calendar" in hand.board.trial.text
    hand.let_go(hand.port, point_at(hand.board, (duty.day + 1) % 5, 12 * 3600))


def test_while_the_week_is_planned_nothing_is_moved(hand):
    hand.context.bus.planning.emit(True)
    pick_up(hand, visits(hand.board)[0].key)
    assert hand.panel.drag.tries is None
    assert hand.told[-1] == "The week is being planned. Change it when that is done."
    hand.context.bus.planning.emit(False)
    hand.settle()


def test_a_small_shake_of_the_hand_is_a_click(hand):
    card = visits(hand.board)[0]
    start = hand.board.point_of(card)
    hand.press(hand.port, start)
    hand.drag(hand.port, start + QPointF(2, 1))
    assert hand.panel.drag.tries is None
    hand.let_go(hand.port, start)
    assert hand.context.desk.selected == card.account_id


def test_in_a_large_book_an_account_is_looked_up_when_it_is_picked_up(qtbot, hand, monkeypatch):
    monkeypatch.setattr("ui.week.board_verbs.MOST_AT_ONCE", 0)
    hand.context.bus.changed.emit(Changes("Other hours", accounts=True))
    hand.settle()
    known = hand.panel.verbs.board.frame.number
    row, left = next((row, left) for row, left in enumerate(hand.left.model.shown) if left.text == "You took it out")
    assert left.key not in known
    view, port = hand.left.view, hand.left.view.viewport()
    start = QPointF(view.visualRect(hand.left.model.index(row)).center())
    hand.press(port, start)
    hand.drag(port, start + QPointF(0, 12))
    over = QPointF(port.mapFromGlobal(hand.port.mapToGlobal(QPointF(point_at(hand.board, 2, 0).x(), HEADER_PX / 2))))
    hand.drag(port, over)  # the drives there may not be known yet, and nothing is refused for that
    hand.settle()
    hand.drag(port, over)
    assert hand.board.trial.fits
    hand.let_go(port, over)
    assert left.key in {stop.key for stop in hand.kept().days[2].stops}


def test_an_account_that_cannot_be_visited_is_refused_with_its_reason(hand):
    left = LeftOut("account-9999", "Nowhere & Sons <b>", VisitKind.CAPTURE, 3.0, WhyNot.UNPLACED, "The address could not be placed.", 9999)
    hand.left.model.show((left,))
    port = hand.left.view.viewport()
    start = QPointF(hand.left.view.visualRect(hand.left.model.index(0)).center())
    over = QPointF(port.mapFromGlobal(hand.port.mapToGlobal(point_at(hand.board, 2, 12 * 3600))))
    hand.press(port, start)
    hand.settle()
    hand.drag(port, start + QPointF(0, 12))
    hand.drag(port, over)
    assert hand.told[-1].startswith("It cannot be visited that week.")
    assert not hand.left.drag.carried.isVisible()
    hand.let_go(port, over)


def test_without_roads_who_picks_a_visit_up_is_told_so(qtbot, context_of, filled, is_quiet):
    context = context_of(filled)
    panel = WeekPanel(context)
    qtbot.addWidget(panel)
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    assert panel.verbs.tries("account-1", 1) is None
    assert panel.board.told.startswith("There are no roads on this laptop yet.")
