"""Two weeks on one board: what is on it, what an edit keeps of which week, and that it is one step."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.errors import PlanProblem
from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.week import VisitKind, WhyNot
from planner.planning.board import Board
from planner.planning.edits import Edited, insert, move, remove
from planner.progress import silent
from planner.store.calendar import replace_events
from planner.store.plans import save_plan
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from planner.usecases.weeks_board import AGAIN, edit_weeks, look_at_weeks, open_weeks, part_of, weeks_of
from planner.usecases.workspace import Workspace
from planner.values import replace

WEEK = IsoWeek(2026, 49)
NEXT = WEEK.plus(1)
BOTH = (WEEK, NEXT)


@pytest.fixture
def workspace(planned_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(planned_home)


def appointment(workspace: Workspace, week: IsoWeek, weekday: int, hour: int) -> None:
    day = week.day(weekday)
    at = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("America/New_York"))
    with workspace.writing("Test", sample=True) as db:
        replace_events(db, [CalendarEvent(f"fair-{weekday}", "School fair", at, at.replace(hour=hour + 2))], sample=True)


def movable(board: Board, to: int) -> str:
    """A visit of the first week that may be made on a day of the second."""
    keys = [stop.key for day in board.plan.days[:5] for stop in day.stops if stop.kind is not VisitKind.DUTY and not stop.block]
    return next(key for key in keys if isinstance(move(board, key, to), Edited))


def test_one_week_is_the_plan_itself(workspace: Workspace):
    board = open_weeks(workspace, (WEEK,))
    assert board.plan == load_week(workspace, WEEK)
    assert weeks_of(board.plan) == (WEEK,)


def test_the_next_week_is_there_with_its_days_and_appointments_before_it_is_planned(workspace: Workspace):
    board = open_weeks(workspace, BOTH)
    assert [day.day for day in board.plan.days] == [week.day(weekday) for week in BOTH for weekday in range(5)]
    later = part_of(board.plan, NEXT)
    assert {stop.kind for day in later for stop in day.stops} == {VisitKind.DUTY}
    assert part_of(board.plan, WEEK) == load_week(workspace, WEEK).days


def test_a_visit_moved_to_the_next_week_is_taken_out_here_and_put_in_there_as_one_step(workspace: Workspace):
    before = load_week(workspace, WEEK)
    board = open_weeks(workspace, BOTH)
    key = movable(board, 7)
    after, changes = edit_weeks(workspace, board, lambda board: move(board, key, 7))
    here, there = load_week(workspace, WEEK), load_week(workspace, NEXT)
    account = next(stop.account_id for day in after.plan.days for stop in day.stops if stop.key == key)
    assert key not in {stop.key for day in here.days for stop in day.stops}
    assert [stop.key for stop in there.days[2].stops if stop.kind is not VisitKind.DUTY] == [key]
    assert [day.day for day in there.days] == [NEXT.day(weekday) for weekday in range(5)]
    left = next(left for left in here.left_out if left.account_id == account)
    assert (left.reason, left.text) == (WhyNot.NOT_DUE, "Planned for Wed Dec 9 already")
    assert account not in {left.account_id for left in there.left_out}
    assert changes.label.startswith("Move ")
    undo(workspace)
    assert load_week(workspace, WEEK) == before
    assert load_week(workspace, NEXT) is None


def test_a_change_to_one_week_leaves_the_other_as_it_is_kept(workspace: Workspace):
    plan_week(workspace, NEXT, PlanOptions(iterations=200), silent)
    here, there = load_week(workspace, WEEK), load_week(workspace, NEXT)
    board = open_weeks(workspace, BOTH)
    key = next(stop.key for stop in board.plan.days[6].stops if isinstance(remove(board, stop.key), Edited))
    after, _changes = edit_weeks(workspace, board, lambda board: remove(board, key))
    assert load_week(workspace, WEEK) == here
    kept = load_week(workspace, NEXT)
    assert kept.visits == there.visits - 1
    assert kept.days == part_of(after.plan, NEXT)
    assert {left.account_id for left in kept.left_out} - {left.account_id for left in there.left_out} == {int(key.removeprefix("account-"))}


def test_the_parts_cost_what_each_week_costs_alone(workspace: Workspace):
    board = open_weeks(workspace, BOTH)
    edit_weeks(workspace, board, lambda board: move(board, movable(board, 7), 7))
    for week in BOTH:
        kept = load_week(workspace, week)
        minutes = sum(day.drive_s for day in kept.days) / 60
        assert f"Driving {minutes / 60:.1f} h" in kept.costs[0].label


def test_an_account_visited_in_both_weeks_is_moved_in_one_of_them(workspace: Workspace):
    board = open_weeks(workspace, BOTH)
    stop = next(s for day in board.plan.days for s in day.stops if s.kind is VisitKind.CAPTURE and not s.block)
    moved, _changes = edit_weeks(workspace, board, lambda board: move(board, movable(board, 7), 7))
    plan = load_week(workspace, NEXT)
    with workspace.writing("Test", sample=True) as db:  # the same account a week later
        days = (replace(plan.days[0], stops=(*plan.days[0].stops, stop)), *plan.days[1:])
        save_plan(db, replace(plan, days=days), sample=True)
    both = open_weeks(workspace, BOTH)
    assert {each.key for day in both.plan.days for each in day.stops} >= {stop.key, stop.key + AGAIN}
    after, _changes = edit_weeks(workspace, both, lambda board: remove(board, stop.key + AGAIN))
    assert after.find(stop.key) == moved.find(stop.key)
    kept = load_week(workspace, NEXT)
    assert stop.key not in {each.key for day in kept.days for each in day.stops}
    assert not any(each.key.endswith(AGAIN) for day in kept.days for each in day.stops)


def test_a_free_saturday_with_an_appointment_is_on_show_and_no_part_of_the_plan(workspace: Workspace):
    appointment(workspace, WEEK, 5, 10)
    board = open_weeks(workspace, (WEEK,))
    assert [day.day for day in board.plan.days][-1] == WEEK.day(5)
    assert [block.title for block in board.plan.days[-1].blocks] == ["School fair"]
    key = next(stop.key for stop in board.plan.days[1].stops if isinstance(remove(board, stop.key), Edited))
    edit_weeks(workspace, board, lambda board: remove(board, key))
    assert [day.day for day in load_week(workspace, WEEK).days] == [WEEK.day(weekday) for weekday in range(5)]


def test_weeks_that_are_only_looked_at_need_no_roads(workspace: Workspace):
    appointment(workspace, NEXT, 6, 9)
    plan = look_at_weeks(workspace, BOTH)
    assert [day.day for day in plan.days] == [*map(WEEK.day, range(5)), *map(NEXT.day, (0, 1, 2, 3, 4, 6))]
    assert [block.title for block in plan.days[-1].blocks] == ["School fair"]
    assert look_at_weeks(workspace, (NEXT, NEXT.plus(1))) is None


def test_a_rule_that_would_break_is_told_and_nothing_is_kept(workspace: Workspace):
    before = load_week(workspace, WEEK)
    board = open_weeks(workspace, BOTH)
    duty = next(stop.key for stop in board.plan.days[5].stops if stop.kind is VisitKind.DUTY)
    with pytest.raises(PlanProblem, match="appointment of your calendar"):
        edit_weeks(workspace, board, lambda board: move(board, duty, 2))
    assert load_week(workspace, WEEK) == before
    assert load_week(workspace, NEXT) is None


def test_a_first_week_without_a_plan_cannot_be_opened(workspace: Workspace):
    with pytest.raises(PlanProblem, match="not planned yet"):
        open_weeks(workspace, (NEXT, NEXT.plus(1)))


def test_who_is_left_out_may_be_put_into_the_next_week(workspace: Workspace):
    board = open_weeks(workspace, BOTH)
    left = next(x for x in board.plan.left_out if x.key in board.frame.number and isinstance(insert(board, x.key, 8), Edited))
    edit_weeks(workspace, board, lambda board: insert(board, left.key, 8))
    assert left.key in {stop.key for stop in load_week(workspace, NEXT).days[3].stops}
