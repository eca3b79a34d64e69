"""Blocks and one-on-ones of a plan: they stay through edits, re-planning and planning again, and move only to where their rep is free."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.week import DayPlan, Lock, Stop, WeekPlan
from planner.model.wishes import BlockWish, CoachingPlace, CoachingWish
from planner.planning.edits import Edited, Refused
from planner.progress import silent
from planner.usecases import edits
from planner.usecases.board import edit_week, open_board, plan_robustness
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.team import set_rep_hours
from planner.usecases.today import Here, replan
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace, open_workspace

WEEK = IsoWeek(2026, 49)
BLOCK, COACHED = "Dana Whitfield", "Tom Kessler"
WISHES = PlanOptions(
    iterations=600, blocks=(BlockWish(BLOCK, 180),), coaching=(CoachingWish(COACHED, 45, CoachingPlace.OFFICE),)
)  # fmt: skip


@pytest.fixture(scope="module")
def together_home(planned_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a week that has a block and a one-on-one."""
    home = tmp_path_factory.mktemp("together") / "home"
    shutil.copytree(planned_home, home)
    with open_workspace(home) as workspace:
        plan_week(workspace, WEEK, WISHES, silent)
    return home


@pytest.fixture
def workspace(together_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(together_home)


def planned(workspace: Workspace) -> WeekPlan:
    plan = load_week(workspace, WEEK)
    assert plan is not None
    return plan


def one_on_ones(plan: WeekPlan) -> list[tuple[DayPlan, Stop]]:
    return [(day, stop) for day in plan.days for stop in day.stops if stop.key.startswith("coaching-")]


def blocks(plan: WeekPlan) -> list[tuple[DayPlan, tuple[Stop, ...]]]:
    """Each day with a block, and the block's stops."""
    found = [(day, tuple(stop for stop in day.stops if stop.block)) for day in plan.days]
    return [(day, stops) for day, stops in found if stops]


def test_an_edit_of_its_day_leaves_a_one_on_one_and_a_block_where_they_are(workspace: Workspace):
    for kept in (one_on_ones, blocks):
        day = kept(planned(workspace))[0][0]
        other = next(stop for stop in day.stops if stop.account_id and not stop.block)
        edit_week(workspace, open_board(workspace, WEEK), lambda board, key=other.key: edits.remove(board, key))  # type: ignore[misc]
        after = planned(workspace)
        assert [one.day for one, _stop in kept(after)] == [day.day]
        assert other.key not in {stop.key for one in after.days for stop in one.stops}


def test_a_block_moves_as_one_with_the_same_visits_and_drives(workspace: Workspace):
    (day, stops), *_ = blocks(planned(workspace))
    board, number = open_board(workspace, WEEK), {each.day: index for index, each in enumerate(planned(workspace).days)}[day.day]
    moves = [edits.move(board, stops[0].block, number, position) for position in range(len(board.solution.routes[number]))]
    made = [move.board.plan for move in moves if isinstance(move, Edited)]
    assert made
    for plan in made:
        (again, moved), *_ = blocks(plan)
        assert again.day == day.day
        assert [stop.key for stop in moved] == [stop.key for stop in stops]
        assert [stop.start_s - moved[0].start_s for stop in moved] == [stop.start_s - stops[0].start_s for stop in stops]
        assert [stop.drive_m for stop in moved[1:]] == [stop.drive_m for stop in stops[1:]]
        keys = [stop.key for stop in again.stops]
        first = keys.index(moved[0].key)
        assert keys[first : first + len(moved)] == [stop.key for stop in moved]


def test_they_move_only_to_where_their_rep_is_free(workspace: Workspace):
    ((day, stop),) = one_on_ones(planned(workspace))
    free = next(index for index, each in enumerate(planned(workspace).days) if each.day != day.day)
    hours = f"{planned(workspace).days[free].day:%a}"[:2] + " 15:00-15:45"
    set_rep_hours(workspace, COACHED, hours)
    board = open_board(workspace, WEEK)
    for index in range(5):
        answer = edits.move(board, stop.key, index)
        if isinstance(answer, Edited):
            ((moved_to, moved),) = one_on_ones(answer.board.plan)
            assert (index, moved.start_s, moved.leave_s) == (free, 15 * 3600, 15.75 * 3600)
            assert moved_to.day == planned(workspace).days[free].day
    refused = edits.move(board, stop.key, next(k for k in range(5) if k != free))
    assert isinstance(refused, Refused)
    assert stop.title in refused.text


def test_an_account_in_a_block_is_not_put_in_a_second_time(workspace: Workspace):
    (_day, stops), *_ = blocks(planned(workspace))
    with pytest.raises(PlanProblem, match="planned instead"):
        edit_week(workspace, open_board(workspace, WEEK), lambda board: edits.insert(board, stops[0].key, 4))


def test_both_can_be_taken_out_by_hand(workspace: Workspace):
    for stop in (one_on_ones(planned(workspace))[0][1], blocks(planned(workspace))[0][1][0]):
        edit_week(workspace, open_board(workspace, WEEK), lambda board, key=stop.block or stop.key: edits.remove(board, key))  # type: ignore[misc]
    assert one_on_ones(planned(workspace)) == blocks(planned(workspace)) == []


def test_planning_again_keeps_those_held_fast_asked_for_or_not(workspace: Workspace):
    ((day, stop),) = one_on_ones(planned(workspace))
    edit_week(workspace, open_board(workspace, WEEK), lambda board: edits.lock(board, stop.key, Lock.TIME))
    for options in (PlanOptions(iterations=200), WISHES):
        plan_week(workspace, WEEK, options, silent)
        ((again, kept),) = one_on_ones(planned(workspace))
        assert (again.day, kept.start_s, kept.lock) == (day.day, stop.start_s, Lock.TIME)
    assert len({stop.block for _day, stops in blocks(planned(workspace)) for stop in stops}) == 1


def test_planning_again_lets_go_of_those_not_held_and_not_asked_for(workspace: Workspace):
    plan_week(workspace, WEEK, PlanOptions(iterations=200), silent)
    assert one_on_ones(planned(workspace)) == blocks(planned(workspace)) == []


def test_replanning_a_day_keeps_its_one_on_one_and_its_block(workspace: Workspace):
    for kept in (one_on_ones, blocks):
        day = kept(planned(workspace))[0][0]
        replan(workspace, Here(day.day, day.leave_s))
        assert day.day in [one.day for one, _stop in kept(planned(workspace))]


def test_what_is_left_of_a_begun_block_is_still_seen_today(workspace: Workspace):
    (day, stops), *_ = blocks(planned(workspace))
    replan(workspace, Here(day.day, stops[0].start_s))
    again = next(one for one in planned(workspace).days if one.day == day.day)
    assert [stop.account_id for stop in again.stops].count(stops[0].account_id) == 1
    assert {stop.account_id for stop in stops} <= {stop.account_id for stop in again.stops}


def test_what_a_one_on_one_is_worth_is_still_told_after_an_edit(workspace: Workspace):
    ((day, stop),) = one_on_ones(planned(workspace))
    terms = planned(workspace).terms[stop.key]
    assert sum(term.points for term in terms) == pytest.approx(stop.value)
    board = open_board(workspace, WEEK)
    assert board.candidate(stop.key).terms == terms
    other = next(each for each in day.stops if each.account_id and not each.block)
    edit_week(workspace, board, lambda each: edits.remove(each, other.key))
    assert planned(workspace).terms[stop.key] == terms


def test_the_robustness_of_a_week_knows_them(workspace: Workspace):
    plan, found = plan_robustness(workspace, WEEK)
    ((day, stop),) = one_on_ones(plan)
    chance = next(each.chance for one in found.days if one.day == day.day for each in one.stops if each.key == stop.key)
    assert chance > 0.5
