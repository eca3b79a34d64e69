"""A week on the table."""

import pytest
from small_weeks import INN, WEEK, asked, day, keys_of, matrix_of, planned, visit

from planner.errors import PlanProblem
from planner.model.week import Lock, Term
from planner.planning.board import Board, board_of
from planner.planning.edits import insert, keep_order, lock, remove
from planner.values import replace

TERM = Term("Never visited", 10.0)


@pytest.fixture
def board():
    request = asked([visit(k, 4 * k, value=10.0 * k, on=(0, 1)) for k in (1, 2, 3)], days=2, drive_points=0.1)
    matrix = matrix_of(request)
    return board_of(request, matrix, planned(request, matrix))


def test_the_plan_lies_on_the_table_as_it_is(board):
    assert [[board.frame.candidates[v].key for v in route] for route in board.solution.routes] == [keys_of(d) for d in board.plan.days]
    for d, each in enumerate(board.plan.days):
        for position, stop in enumerate(each.stops):
            assert board.find(stop.key) == (d, position)
    assert board.find("account-99") is None


def test_a_day_that_was_not_planned_is_an_empty_one(board):
    monday = replace(board.plan, days=board.plan.days[:1])
    again = board_of(board.request, board.matrix, monday)
    assert [each.day for each in again.plan.days] == [WEEK.day(0), WEEK.day(1)]
    assert again.plan.days[0] == monday.days[0]
    assert again.plan.days[1].stops == ()


def test_a_day_that_was_not_planned_and_cannot_be_is_told(board):
    far = replace(board.request, days=(board.request.days[0], day(1, end=INN, max_drive_s=60)))
    with pytest.raises(PlanProblem, match=r"Tuesday cannot be planned\. Even with nothing in it: too much driving"):
        board_of(far, matrix_of(far), replace(board.plan, days=board.plan.days[:1]))


def test_visits_that_are_not_asked_for_any_more_are_gone_after_a_change_of_their_day(board):
    gone = board.plan.days[0].stops[0].key if board.plan.days[0].stops else board.plan.days[1].stops[0].key
    fewer = replace(board.request, candidates=tuple(c for c in board.request.candidates if c.key != gone))
    less = board_of(fewer, board.matrix, board.plan)
    assert less.find(gone) is None
    with pytest.raises(PlanProblem, match=gone):
        less.candidate(gone)


def test_the_worth_of_the_plan_follows_each_change(board):
    out = remove(board, "account-3").board
    assert out.plan.value == pytest.approx(30.0 - 0.1 * out.plan.drive_s / 60, abs=0.06)
    again = insert(out, "account-3", 0).board
    assert again.plan.value == pytest.approx(60.0 - 0.1 * again.plan.drive_s / 60, abs=0.06)


def test_what_is_put_in_brings_the_terms_of_its_value(board):
    assert board.plan.terms == {}
    told = replace(board.request, candidates=tuple(replace(c, terms=(TERM,)) for c in board.request.candidates))
    out = remove(board_of(told, board.matrix, board.plan), "account-3").board
    again = insert(out, "account-3", 0).board
    assert again.plan.terms["account-3"] == (TERM,)


def test_a_board_is_never_changed_itself(board):
    before = (board.plan, board.solution)
    for change in (lambda: remove(board, "account-1"), lambda: lock(board, "account-2", Lock.DAY), lambda: keep_order(board, 0)):
        assert isinstance(change().board, Board)
        assert (board.plan, board.solution) == before
