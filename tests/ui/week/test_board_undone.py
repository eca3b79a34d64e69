import pytest
from PySide6.QtCore import Qt

from planner.model.week import Lock, VisitKind
from planner.usecases.edits import Edited, move
from planner.usecases.undo import redo, undo
from planner.values import replace
from ui.week.board_layout import Piece
from ui.week.board_undone import moved_visit

ALT = Qt.KeyboardModifier.AltModifier


def with_stops(plan, **stops):
    """A plan with other stops on some days, named by their number: d0, d1 ..."""
    return replace(plan, days=tuple(replace(day, stops=tuple(stops.get(f"d{n}", day.stops))) for n, day in enumerate(plan.days)))


@pytest.fixture
def monday(plan):
    return plan.days[0].stops


def test_the_visit_that_came_to_another_day_is_the_one_that_moved(plan, monday):
    after = with_stops(plan, d0=monday[:1], d3=monday[1:])
    assert moved_visit(plan, after) == (plan.days[3].day, monday[1].key)
    assert moved_visit(after, plan) == (plan.days[0].day, monday[1].key)


def test_a_visit_that_came_back_is_shown_and_one_that_went_is_not(plan, monday):
    without = with_stops(plan, d0=monday[:1])
    assert moved_visit(without, plan) == (plan.days[0].day, monday[1].key)
    assert moved_visit(plan, without) is None


def test_two_that_moved_or_changed_places_are_not_told_apart(plan, monday):
    tuesday = plan.days[1].stops
    assert moved_visit(plan, with_stops(plan, d0=(), d3=monday)) is None
    assert moved_visit(plan, with_stops(plan, d0=monday[::-1])) is None
    assert moved_visit(plan, with_stops(plan, d0=tuesday[1:], d1=(tuesday[0], *monday))) is None
    assert moved_visit(plan, plan) is None


def test_within_a_day_it_is_the_one_the_others_keep_their_order_without(plan, monday):
    three = (*monday, replace(monday[1], key="account-4", account_id=4))
    before, after = with_stops(plan, d0=three), with_stops(plan, d0=(three[2], *three[:2]))
    assert moved_visit(before, after) == (plan.days[0].day, "account-4")


def test_a_lock_that_was_taken_back_is_shown_too(plan, monday):
    locked = with_stops(plan, d0=(replace(monday[0], lock=Lock.TIME), monday[1]))
    assert moved_visit(locked, plan) == (plan.days[0].day, monday[0].key)


def test_undo_and_redo_go_to_the_visit_they_move(qtbot, hand):
    board, bus, workspace = hand.board, hand.context.bus, hand.context.workspace
    tuesday = [card for card in board.cards if card.day == 1 and card.piece is Piece.VISIT and card.kind is not VisitKind.DUTY]
    visit = next(card for card in tuesday if isinstance(move(hand.panel.verbs.board, card.key, 2), Edited))
    board.pick(visit)
    qtbot.keyClick(board, Qt.Key.Key_Right, ALT)
    hand.settle()
    assert (board.current.key, board.current.day, board.day) == (visit.key, 2, 2)
    other = next(card for card in board.cards if card.day == 0 and card.key and card.piece is Piece.VISIT)
    board.pick(other)  # she has looked at something else since
    board.zoom(3.0)
    for turn, day in ((undo, 1), (redo, 2), (undo, 1)):
        bus.changed.emit(turn(workspace))
        hand.settle()
        assert (board.current.key, board.current.day, board.day, hand.context.desk.day) == (visit.key, day, day, day)
        assert hand.context.desk.selected == visit.account_id
        assert board.header_px <= board.point_of(board.current).y() <= board.viewport().height()


def test_what_is_done_after_an_undo_is_not_taken_for_it(qtbot, hand):
    board, bus, workspace = hand.board, hand.context.bus, hand.context.workspace
    first, second = [card for card in board.cards if card.day == 2 and card.key and card.piece is Piece.VISIT][:2]
    board.pick(first)
    qtbot.keyClick(board, Qt.Key.Key_Delete)
    hand.settle()
    bus.changed.emit(undo(workspace))
    hand.settle()
    assert board.current.key == first.key
    board.pick(second)
    qtbot.keyClick(board, Qt.Key.Key_Delete)
    hand.settle()
    assert board.current is None
