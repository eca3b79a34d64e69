"""A planned week on the table: change it by hand, and ask of it what fits where and why."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.week import DayReason, LeftOut, WeekPlan, WhyNot
from planner.planning.board import Board, board_of
from planner.planning.candidates import left_out_of_account, planned_elsewhere_text
from planner.planning.edits import Answer, Edited
from planner.planning.fitting import DayFit, Fitting
from planner.planning.frame import places_of
from planner.planning.horizon import by_week, joined
from planner.planning.locks import with_ends
from planner.planning.planned_support import with_planned_support
from planner.planning.robustness import Robustness, robustness
from planner.progress import Report, silent
from planner.store.plans import newest_plan, save_plan
from planner.store.settings import read_settings
from planner.usecases.accounts import find_account
from planner.usecases.drive_times import travel_matrix
from planner.usecases.packs import need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.settings import variation_of
from planner.usecases.visit_names import key_of
from planner.usecases.week import not_planned
from planner.usecases.week_request import Asked, days_request, planned_elsewhere
from planner.usecases.workspace import Workspace
from planner.values import replace

SO_ALREADY = Changes("Nothing changed: the plan is so already")
BEST_DAYS = 10
"""So many working days ahead are looked at for the best day of one account."""


def open_board(workspace: Workspace, week: IsoWeek, report: Report = silent, *, account: int | None = None) -> Board:
    """The newest plan of a week with everything needed to change it; every account may be put into it, or only the one named.

    Raises PlanProblem when the week is not planned yet.
    """
    plan = _plan_of(workspace, need_pack(workspace), week)
    return board_with(workspace, plan, None if account is None else [account], report)


def board_with(
    workspace: Workspace, plan: WeekPlan, account_ids: Collection[int] | None, report: Report, days: Sequence[date] | None = None
) -> Board:
    """A plan, on other days than its own when they are given, with everything needed to change it.

    Its own accounts may be put into it and these; every account for None. Raises UserProblem.
    """
    pack = need_pack(workspace)
    return board_asked(workspace, pack, _asked(workspace, pack, plan, days), plan, account_ids, report)


def board_asked(
    workspace: Workspace, pack: RoadPack, asked: Asked, plan: WeekPlan, account_ids: Collection[int] | None, report: Report
) -> Board:
    """A plan with everything needed to change it, of what its days ask for; its accounts are as `board_with` has them."""
    request = with_planned_support(asked.request, plan, asked.book.team)
    if account_ids is not None:
        wanted = {stop.account_id for day in plan.days for stop in day.stops} | {None, *account_ids}
        request = replace(request, candidates=tuple(each for each in request.candidates if each.account_id in wanted))
    request = with_ends(request, plan)
    matrix = travel_matrix(workspace, pack, places_of(request), report)
    return board_of(request, matrix, plan if plan.timezone else replace(plan, timezone=asked.timezone))


def edit_week(workspace: Workspace, board: Board, edit: Callable[[Board], Answer]) -> tuple[Board, Changes]:
    """Make one change to a week and keep the plan as its newest version, where it changes anything.

    Raises PlanProblem with the rule that it would break.
    """
    answer = edited(board, edit)
    if answer.board.plan == board.plan:
        return board, SO_ALREADY
    pack = need_pack(workspace)
    with workspace.writing(answer.text, sample=pack.sample) as db:
        for plan in by_week(answer.board.plan):
            save_plan(db, plan, sample=pack.sample, label=answer.text)
    return answer.board, Changes(answer.text, plans=True)


def edited(board: Board, edit: Callable[[Board], Answer]) -> Edited:
    """What a change makes of a board; raises PlanProblem with the rule that it would break."""
    answer = edit(board)
    if not isinstance(answer, Edited):
        raise PlanProblem(answer.text, "Nothing was changed.")
    return answer


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
    board = board_with(workspace, plan, [found.id], report, days)
    return Fitting(board).best_days(key_of(board, workspace, str(found.id)))


def why_not(workspace: Workspace, board: Board, account_id: int) -> tuple[LeftOut | None, tuple[DayReason, ...]]:
    """Why an account is not in a plan, and day by day: the rule, whom it would displace, what that would cost."""
    left = next((left for left in board.plan.left_out if left.account_id == account_id), None)
    key = f"account-{account_id}"
    if key not in board.frame.number:
        return left, ()
    elsewhere = planned_elsewhere(workspace, need_pack(workspace), [day.day for day in board.plan.days])
    if account_id in elsewhere:
        text = planned_elsewhere_text(elsewhere[account_id], board.request.writing)
        left = left_out_of_account(board.candidate(key), WhyNot.NOT_DUE, text)
    return left, Fitting(board).why_not([key])[key]


def plan_robustness(workspace: Workspace, week: IsoWeek) -> tuple[WeekPlan, Robustness]:
    """The plan of a week, and the chance of keeping each of its appointments when drives and visits vary as set."""
    pack = need_pack(workspace)
    plan = _plan_of(workspace, pack, week)
    with workspace.reading() as db:
        variation = variation_of(read_settings(db, sample=pack.sample))
    asked = _asked(workspace, pack, plan)
    return plan, robustness(with_planned_support(asked.request, plan, asked.book.team), plan, variation)


def _asked(workspace: Workspace, pack: RoadPack, plan: WeekPlan, days: Sequence[date] | None = None) -> Asked:
    """Everything that may be planned on these days, or on those of the plan."""
    return days_request(workspace, days or [day.day for day in plan.days], pack, PlanOptions(), everyone=True)


def _newest(workspace: Workspace, pack: RoadPack, week: IsoWeek) -> WeekPlan | None:
    with workspace.reading() as db:
        found = newest_plan(db, week, sample=pack.sample)
    return found[0] if found else None


def _plan_of(workspace: Workspace, pack: RoadPack, week: IsoWeek) -> WeekPlan:
    plan = _newest(workspace, pack, week)
    if plan is None:
        raise not_planned(week)
    return plan
