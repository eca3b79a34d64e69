"""A planned week on the table: what may be put into it, what an edit keeps, where one account fits, and how sure the plan is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.errors import PlanProblem, UserProblem
from planner.model.calendar import IsoWeek
from planner.model.week import DayPlan, Lock, Stop, VisitKind, WhyNot
from planner.planning.board import Board
from planner.progress import silent
from planner.store.plans import save_plan
from planner.usecases import edits
from planner.usecases.accounts import list_accounts
from planner.usecases.board import best_days, board_with, edit_week, open_board, plan_robustness, why_not
from planner.usecases.drive_times import travel_matrix
from planner.usecases.packs import need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.plan_versions import list_versions
from planner.usecases.settings import set_setting
from planner.usecases.week import load_week
from planner.usecases.week_request import week_request
from planner.usecases.workspace import Workspace
from planner.values import replace

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def workspace(planned_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(planned_home)


@pytest.fixture
def board(workspace: Workspace) -> Board:
    return open_board(workspace, WEEK)


def visits(board: Board) -> list[tuple[DayPlan, Stop]]:
    """The planned visits to accounts, no block among them."""
    return [(day, stop) for day in board.plan.days for stop in day.stops if stop.account_id is not None and not stop.block]


def test_a_board_is_the_newest_plan_and_every_account_that_can_be_visited(workspace: Workspace, board: Board):
    assert board.plan == load_week(workspace, WEEK)
    possible = {f"account-{account.id}" for account in list_accounts(workspace) if account.place and account.duplicate_of is None}
    assert len(possible) > 100
    assert possible == {key for key in board.frame.number if key.startswith("account-")}


def test_a_board_for_one_account_asks_for_no_other_beside_those_planned(workspace: Workspace, board: Board):
    left = next(left for left in board.plan.left_out if left.key in board.frame.number)
    narrow = open_board(workspace, WEEK, account=left.account_id)
    planned = {stop.key for _day, stop in visits(board)}
    assert {key for key in narrow.frame.number if key.startswith("account-")} == planned | {left.key}


def test_a_board_with_some_accounts_is_the_board_of_all_cut_down_to_them(workspace: Workspace, board: Board):
    planned = {stop.account_id for day in board.plan.days for stop in day.stops}
    others = [each.account_id for each in board.frame.candidates if each.account_id is not None and each.account_id not in planned][:3]
    narrow = board_with(workspace, board.plan, others, silent)
    assert narrow.plan == board.plan
    assert {each.account_id for each in narrow.frame.candidates} - {None} == (planned | set(others)) - {None}


def test_a_board_of_a_changed_plan_keeps_its_locks(workspace: Workspace, board: Board):
    _day, stop = visits(board)[0]

    def held(each: Stop) -> Stop:
        return replace(each, lock=Lock.TIME) if each.key == stop.key else each

    days = tuple(replace(day, stops=tuple(held(each) for each in day.stops)) for day in board.plan.days)
    changed = board_with(workspace, replace(board.plan, days=days), (), silent)
    assert changed.candidate(stop.key).lock is Lock.TIME


def test_a_week_that_is_not_planned_cannot_be_opened(workspace: Workspace):
    with pytest.raises(PlanProblem, match="Week 50 is not planned yet"):
        open_board(workspace, WEEK.plus(1))


def test_an_edit_is_kept_as_a_version_with_its_label(workspace: Workspace, board: Board):
    day, stop = visits(board)[0]
    after, changes = edit_week(workspace, board, lambda each: edits.remove(each, stop.key))
    newest, before = list_versions(workspace, WEEK)
    assert changes.plans
    assert newest.label == changes.label == f"Take {stop.title} out"
    assert before.label == "Plan week 49"
    kept = load_week(workspace, WEEK)
    assert kept == after.plan
    assert stop.key not in {each.key for one in kept.days if one.day == day.day for each in one.stops}
    assert next(left.reason for left in kept.left_out if left.key == stop.key) is WhyNot.TAKEN_OUT


def test_an_edit_that_breaks_a_rule_is_told_and_keeps_nothing(workspace: Workspace, board: Board):
    assert any(stop.kind is VisitKind.DUTY for stop in board.plan.days[0].stops[:2])
    with pytest.raises(PlanProblem, match=r"staff meeting must start by .* Nothing was changed"):
        edit_week(workspace, board, lambda each: edits.reverse(each, 0))
    assert len(list_versions(workspace, WEEK)) == 1
    assert load_week(workspace, WEEK) == board.plan


def test_an_edit_that_changes_nothing_is_no_version(workspace: Workspace, board: Board):
    _day, stop = visits(board)[0]
    after, changes = edit_week(workspace, board, lambda each: edits.lock(each, stop.key, Lock.NONE))
    assert after == board
    assert "Nothing changed" in changes.label
    assert not changes.plans
    assert len(list_versions(workspace, WEEK)) == 1


def test_the_best_days_of_two_weeks_of_which_one_is_not_planned(workspace: Workspace, board: Board):
    day, stop = next((day, stop) for day, stop in visits(board) if stop.kind is VisitKind.CARE)
    fits = best_days(workspace, str(stop.account_id), WEEK.day(0))
    assert [fit.day for fit in fits] == [week.day(k) for week in (WEEK, WEEK.plus(1)) for k in range(5)]
    assert [fit.day for fit in fits if fit.text == "planned here"] == [day.day]
    home = day.start.point
    matrix = travel_matrix(workspace, need_pack(workspace), (home, stop.place), silent)
    there_and_back = int(matrix.seconds[0, 1] + matrix.seconds[1, 0])
    empty = [fit for fit in fits[5:] if fit.detour_s is not None and fit.day not in _with_appointments(workspace)]
    assert empty
    assert {fit.detour_s for fit in empty} == {there_and_back}
    assert all(fit.start_s is not None for fit in fits if fit.detour_s is not None)
    assert all(fit.text for fit in fits if fit.detour_s is None)


def _with_appointments(workspace: Workspace) -> set[date]:
    """The days of the week that is not planned on which she drives to an appointment anyway."""
    asked = week_request(workspace, WEEK.plus(1), need_pack(workspace), PlanOptions()).request
    return {asked.days[c.windows[0].day].day for c in asked.candidates if c.kind is VisitKind.DUTY}


def test_the_best_days_leave_out_what_is_no_working_day(workspace: Workspace):
    set_setting(workspace, "working_days", "Tue, Sat")
    account = next(account for account in list_accounts(workspace) if account.place)
    assert {fit.day.weekday() for fit in best_days(workspace, str(account.id), WEEK.day(0))} == {1, 5}
    set_setting(workspace, "working_days", "")
    with pytest.raises(PlanProblem, match="no day to look at"):
        best_days(workspace, str(account.id), WEEK.day(0))


def test_an_account_without_a_place_has_no_best_day(workspace: Workspace):
    with workspace.writing("Test") as db:
        db.execute("UPDATE accounts SET lat = NULL, lon = NULL WHERE id = (SELECT min(id) FROM accounts)")
    nowhere = min(account.id for account in list_accounts(workspace))
    with pytest.raises(UserProblem, match="cannot be visited"):
        best_days(workspace, str(nowhere), WEEK.day(0))


def test_every_day_says_why_an_account_is_not_there(workspace: Workspace, board: Board):
    left = next(left for left in board.plan.left_out if left.reason is WhyNot.NO_ROOM)
    told, days = why_not(workspace, board, left.account_id or 0)
    assert told == left
    assert [reason.day for reason in days] == [day.day for day in board.plan.days]
    assert all(reason.text for reason in days)


def test_an_account_planned_in_another_week_is_told_to_be(workspace: Workspace, board: Board):
    left = next(left for left in board.plan.left_out if left.reason is WhyNot.NO_ROOM)
    day, stop = visits(board)[0]
    later = replace(stop, key=left.key, title=left.title, account_id=left.account_id)
    next_week = replace(board.plan, week=WEEK.plus(1), days=(replace(day, day=WEEK.plus(1).day(0), stops=(later,)),))
    with workspace.writing("Test") as db:
        save_plan(db, next_week, sample=True)
    told, _days = why_not(workspace, board, left.account_id or 0)
    assert told is not None
    assert told.text == "Planned for Mon Dec 7 already"


def test_a_week_in_which_nothing_varies_is_kept_for_sure(workspace: Workspace, board: Board):
    plan, usual = plan_robustness(workspace, WEEK)
    assert plan == board.plan
    assert [(day.day, [stop.key for stop in day.stops]) for day in usual.days] == [(d.day, [s.key for s in d.stops]) for d in plan.days]
    set_setting(workspace, "vary_drives", "0")
    set_setting(workspace, "vary_visits", "0")
    assert plan_robustness(workspace, WEEK)[1].chance == 1.0
    set_setting(workspace, "vary_visits", "60")
    assert plan_robustness(workspace, WEEK)[1].chance < usual.chance < 1.0
