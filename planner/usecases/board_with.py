"""A planned week with a few more accounts that may be put into it: what is added by hand is seldom more than a handful."""

from collections.abc import Collection
from dataclasses import replace

from planner.model.week import WeekPlan
from planner.planning.board import Board, board_of
from planner.planning.frame import places_of
from planner.planning.locks import with_ends
from planner.progress import Report
from planner.usecases.drive_times import travel_matrix
from planner.usecases.packs import need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.planned_support import with_planned_support
from planner.usecases.week_request import days_request
from planner.usecases.workspace import Workspace


def board_with(workspace: Workspace, plan: WeekPlan, account_ids: Collection[int], report: Report) -> Board:
    """A plan with everything needed to change it; only its own accounts and these may be put into it. Raises UserProblem."""
    pack = need_pack(workspace)
    asked = days_request(workspace, [day.day for day in plan.days], pack, PlanOptions(), everyone=True)
    request = with_planned_support(asked.request, plan, asked.book.team)
    wanted = {stop.account_id for day in plan.days for stop in day.stops} | {None, *account_ids}
    request = replace(request, candidates=tuple(each for each in request.candidates if each.account_id in wanted))
    request = with_ends(request, plan)
    matrix = travel_matrix(workspace, pack, places_of(request), report)
    return board_of(request, matrix, plan if plan.timezone else replace(plan, timezone=asked.timezone))
