"""A planned week on the table: change it by hand, and ask of it what fits where and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.request import WeekRequest
from planner.model.week import DayReason, LeftOut, WeekPlan, WhyNot
from planner.planning.board import Board, board_of
from planner.planning.candidates import left_out_of_account
from planner.planning.edits import Answer, Edited
from planner.planning.fitting import DayFit, Fitting
from planner.planning.frame import places_of
from planner.planning.horizon import by_week, joined
from planner.planning.locks import with_ends
from planner.planning.robustness import Robustness, robustness
from planner.progress import Report, silent
from planner.store.plans import newest_plan, save_plan
from planner.store.settings import read_settings
from planner.usecases.accounts import find_account
from planner.usecases.drive_times import travel_matrix
from planner.usecases.packs import need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.planned_support import with_planned_support
from planner.usecases.settings import variation_of
from planner.usecases.visit_names import key_of
from planner.usecases.week_request import days_request, planned_elsewhere
from planner.usecases.workspace import Workspace

BEST_DAYS = 10
"""So many working days ahead are looked at for the best day of one account."""


def open_board(workspace: Workspace, week: IsoWeek, report: Report = silent, *, account: int | None = None) -> Board:
    """The newest plan of a week with everything needed to change it; every account may be put into it, or only the one named.

    Raises PlanProblem when the week is not planned yet.
    """
    pack = need_pack(workspace)
    return _board(workspace, pack, _plan_of(workspace, pack, week), report, account)


def edit_week(workspace: Workspace, board: Board, edit: Callable[[Board], Answer]) -> tuple[Board, Changes]:
    """Make one change to a week and keep the plan as its newest version, where it changes anything.

    Raises PlanProblem with the rule that it would break.
    """
    answer = edit(board)
    if not isinstance(answer, Edited):
        raise PlanProblem(answer.text, "Nothing was changed.")
    if answer.board.plan == board.plan:
        return board, Changes("Nothing changed: the plan is so already")
    pack = need_pack(workspace)
    with workspace.writing(answer.text, sample=pack.sample) as db:
        for plan in by_week(answer.board.plan):
            save_plan(db, plan, sample=pack.sample, label=answer.text)
    return answer.board, Changes(answer.text, plans=True)


def best_days(workspace: Workspace, account: str, first: date, report: Report = silent) -> list[DayFit]:
    """For each of the next 10 working days how much driving a visit to an account would add, or why it does not fit there."""
    pack = need_pack(workspace)
    with workspace.reading() as db:
        weekdays = read_settings(db, sample=pack.sample).weekdays("working_days")
    if not weekdays:
        raise PlanProblem("There is no day to look at.", "No weekday is a working day.", "Set working days such as Mon-Fri.")
    ahead = (first + timedelta(days=number) for number in range(7 * BEST_DAYS))
    days = [day for day in ahead if day.weekday() in weekdays][:BEST_DAYS]
    found = find_account(workspace, account)
    plans = [_newest(workspace, pack, week) for week in sorted({IsoWeek.of(day) for day in days})]
    empty = WeekPlan(IsoWeek.of(days[0]), "", ())
    whole = joined([plan for plan in plans if plan] or [empty])
    plan = replace(whole, days=tuple(day for day in whole.days if day.day in days))
    board = _board(workspace, pack, plan, report, found.id, days)
    return Fitting(board).best_days(key_of(board, workspace, str(found.id)))


def why_not(workspace: Workspace, board: Board, account_id: int) -> tuple[LeftOut | None, tuple[DayReason, ...]]:
    """Why an account is not in a plan, and day by day: the rule, whom it would displace, what that would cost."""
    left = next((left for left in board.plan.left_out if left.account_id == account_id), None)
    key = f"account-{account_id}"
    if key not in board.frame.number:
        return left, ()
    elsewhere = planned_elsewhere(workspace, need_pack(workspace), [day.day for day in board.plan.days])
    if account_id in elsewhere:
        on = elsewhere[account_id]
        left = left_out_of_account(board.candidate(key), WhyNot.NOT_DUE, f"Planned for {on:%a %b} {on.day} already")
    return left, Fitting(board).why_not([key])[key]


def plan_robustness(workspace: Workspace, week: IsoWeek) -> tuple[WeekPlan, Robustness]:
    """The plan of a week, and the chance of keeping each of its appointments when drives and visits vary as set."""
    pack = need_pack(workspace)
    plan = _plan_of(workspace, pack, week)
    with workspace.reading() as db:
        variation = variation_of(read_settings(db, sample=pack.sample))
    request, _timezone = _asked(workspace, pack, plan, [day.day for day in plan.days])
    return plan, robustness(request, plan, variation)


def _board(
    workspace: Workspace, pack: RoadPack, plan: WeekPlan, report: Report, account: int | None, days: list[date] | None = None
) -> Board:
    request, timezone = _asked(workspace, pack, plan, days or [day.day for day in plan.days])
    if account is not None:
        kept = {stop.account_id for day in plan.days for stop in day.stops} | {None, account}
        request = replace(request, candidates=tuple(c for c in request.candidates if c.account_id in kept))
    request = with_ends(request, plan)
    matrix = travel_matrix(workspace, pack, places_of(request), report)
    return board_of(request, matrix, plan if plan.timezone else replace(plan, timezone=timezone))


def _asked(workspace: Workspace, pack: RoadPack, plan: WeekPlan, days: list[date]) -> tuple[WeekRequest, str]:
    """Everything that may be planned on these days, the blocks and one-on-ones of the plan included, and the time zone."""
    asked = days_request(workspace, days, pack, PlanOptions(), everyone=True)
    return with_planned_support(asked.request, plan, asked.book.team), asked.timezone


def _newest(workspace: Workspace, pack: RoadPack, week: IsoWeek) -> WeekPlan | None:
    with workspace.reading() as db:
        found = newest_plan(db, week, sample=pack.sample)
    return found[0] if found else None


def _plan_of(workspace: Workspace, pack: RoadPack, week: IsoWeek) -> WeekPlan:
    plan = _newest(workspace, pack, week)
    if plan is None:
        raise PlanProblem(f"Week {week} is not planned yet.", remedy=f"Plan it first: roadbook plan --week {week}.")
    return plan
