"""Plan a week: who is due and worth it, in which order, at what times."""

import time
from collections.abc import Callable
from contextlib import suppress

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.request import WeekRequest
from planner.model.week import Lock, WeekPlan
from planner.planning.frame import places_of
from planner.planning.horizon import by_week, joined
from planner.planning.layout import costs_of
from planner.planning.locks import with_ends
from planner.planning.plan import plan_request
from planner.planning.planned_support import is_together, with_planned_support
from planner.progress import Report, part
from planner.store.plans import newest_plan, save_plan
from planner.store.settings import read_settings
from planner.usecases.drive_times import travel_matrix
from planner.usecases.packs import need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.settings import variation_of
from planner.usecases.warm_up import warm_up
from planner.usecases.week_request import week_request
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

LEAST_SEARCH_S = 1.0
"""What looking things up may not take from the search."""

__all__ = ["PlanOptions", "PlanOutcome", "plan_week", "warm_up"]


class PlanOutcome(Struct, frozen=True):
    """The plan that was kept: of the week asked for, and of each week planned with it."""

    plan: WeekPlan
    changes: Changes
    weeks: tuple[WeekPlan, ...] = ()


def plan_week(
    workspace: Workspace,
    week: IsoWeek,
    options: PlanOptions,
    report: Report,
    improved: Callable[[WeekPlan], None] | None = None,
    stop: Callable[[], bool] | None = None,
    label: str = "",
) -> PlanOutcome:
    """Plan a week, or several together, over the roads of the pack in use and keep each as its newest version.

    `improved` is called with each better plan as it is found; `stop` ends the search with the best so far, while a cancel by `report`
    keeps nothing; `label` is what the step is called that Undo takes back. Raises PlanProblem and PackProblem.
    """
    warm_up(part(report, 0.0, 0.0))  # takes nothing from the time to search
    began = time.monotonic()
    report(0.0, "Looking who is due")
    pack = need_pack(workspace)
    before = _plan_at_hand(workspace, week, pack, options.weeks)
    asked = week_request(workspace, week, pack, _with_kept(options, before))
    with workspace.reading() as db:
        variation = variation_of(read_settings(db, sample=pack.sample))
    asked = replace(asked, request=with_planned_support(asked.request, _held_fast(before), asked.book.team))
    chosen = {day.day for day in asked.request.days if day.day.weekday() in {*options.starts, *options.ends}}
    asked = replace(asked, request=with_ends(asked.request, before, chosen))

    def with_others(plan: WeekPlan) -> WeekPlan:
        return _with_other_days(plan, before, asked.request)

    matrix = travel_matrix(workspace, pack, places_of(asked.request), part(report, 0.02, 0.15))
    plan = plan_request(
        asked.with_support(matrix),
        matrix,
        week,
        asked.timezone,
        seconds=max(LEAST_SEARCH_S, options.seconds - (time.monotonic() - began)),
        seed=options.seed,
        iterations=options.iterations,
        report=part(report, 0.15, 1.0),
        improved=(lambda better: improved(by_week(with_others(better))[0])) if improved else None,
        stop=stop,
        warm_start=before,
        left_out=asked.left_out,
        slack=variation if options.slack else None,
    )
    one = f"Plan week {week.number}"
    label = label or (one if options.weeks == 1 else f"Plan weeks {week.number}-{week.plus(options.weeks - 1).number}")
    weeks = by_week(with_others(plan))
    with workspace.writing(label, sample=pack.sample) as db:
        for each in weeks:
            save_plan(db, each, sample=pack.sample, label=label)
    return PlanOutcome(weeks[0], Changes(label, plans=True), weeks)


def _plan_at_hand(workspace: Workspace, week: IsoWeek, pack: RoadPack, weeks: int) -> WeekPlan | None:
    """The newest plans of these weeks; a damaged one must not keep her from planning anew."""
    plans = []
    with workspace.reading() as db:
        for number in range(weeks):
            with suppress(UserProblem):
                found = newest_plan(db, week.plus(number), sample=pack.sample)
                plans += [found[0]] if found else []
    return joined(plans) if plans else None


def _with_other_days(plan: WeekPlan, before: WeekPlan | None, request: WeekRequest) -> WeekPlan:
    """The plan with the days of the one at hand that were not planned anew, as they were."""
    planned = {day.day for day in plan.days}
    others = [day for day in before.days if day.day not in planned] if before else []
    if not others:
        return plan
    days = tuple(sorted([*plan.days, *others], key=lambda day: day.day))
    visited = {stop.account_id for day in others for stop in day.stops}
    left_out = tuple(left for left in plan.left_out if left.account_id is None or left.account_id not in visited)
    terms = (before.terms if before else {}) | plan.terms
    return replace(plan, days=days, left_out=left_out, terms=terms, costs=costs_of(request, days))


def _held_fast(plan: WeekPlan | None) -> WeekPlan | None:
    """The plan with nothing but what the user holds fast."""
    if plan is None:
        return None
    held = (replace(day, stops=tuple(s for s in day.stops if day.keep_order or s.lock is not Lock.NONE)) for day in plan.days)
    return replace(plan, days=tuple(held))


def _with_kept(options: PlanOptions, plan: WeekPlan | None) -> PlanOptions:
    """The options with every account asked for that the user holds fast, and without blocks and one-on-ones that she holds fast already."""
    held = _held_fast(plan)
    stops = [stop for day in held.days for stop in day.stops] if held else []
    in_block, coached = {s.rep for s in stops if s.block}, {s.rep for s in stops if is_together(s) and not s.block}
    return replace(
        options,
        also=options.also | {stop.account_id for stop in stops if stop.account_id},
        blocks=tuple(wish for wish in options.blocks if wish.rep not in in_block),
        coaching=tuple(wish for wish in options.coaching if wish.rep not in coached),
    )
