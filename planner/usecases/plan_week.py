"""Plan a week: who is due and worth it, in which order, at what times."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.week import WeekPlan
from planner.planning.plan import plan_request
from planner.planning.plan import warm_up as warm_up_search
from planner.progress import Report, part
from planner.store.plans import newest_plan, save_plan
from planner.usecases.drive_times import travel_matrix
from planner.usecases.packs import need_pack
from planner.usecases.week_request import week_request
from planner.usecases.workspace import Workspace

LEAST_SEARCH_S = 1.0
"""What looking things up may not take from the search."""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How long the answer may take (seconds), and the seed that makes a search repeatable."""

    seconds: float = 5.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class PlanOutcome:
    """The plan that was kept."""

    plan: WeekPlan
    changes: Changes


def plan_week(
    workspace: Workspace,
    week: IsoWeek,
    options: PlanOptions,
    report: Report,
    improved: Callable[[WeekPlan], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> PlanOutcome:
    """Plan a week over the roads of the pack in use and keep the plan as its newest version.

    `improved` is called with each better plan as it is found; `stop` ends the search with the best so far, while a cancel by `report`
    keeps nothing. Raises PlanProblem and PackProblem.
    """
    began = time.monotonic()
    report(0.0, "Looking who is due")
    pack = need_pack(workspace)
    request, left_out, timezone = week_request(workspace, week, pack)
    with workspace.reading() as db:
        before = newest_plan(db, week, sample=pack.sample)
    places = [candidate.place for candidate in request.candidates]
    places += [end.point for day in request.days for end in (day.start, day.end)]
    matrix = travel_matrix(workspace, pack, places, part(report, 0.02, 0.15))
    plan = plan_request(
        request,
        matrix,
        week,
        timezone,
        seconds=max(LEAST_SEARCH_S, options.seconds - (time.monotonic() - began)),
        seed=options.seed,
        report=part(report, 0.15, 1.0),
        improved=improved,
        stop=stop,
        warm_start=before[0] if before else None,
        left_out=left_out,
    )
    with workspace.writing() as db:
        save_plan(db, plan, sample=pack.sample)
    return PlanOutcome(plan, Changes(f"Plan week {week.number}", plans=True))


def warm_up() -> None:
    """Make the search ready, so that the first press of Plan week answers at once."""
    warm_up_search()
