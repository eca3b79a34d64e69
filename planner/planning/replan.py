"""The rest of today, planned anew from now and here, while the rest of the week stays as it is."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from planner.errors import PlanProblem
from planner.model.places import NamedPlace
from planner.model.request import Candidate, DayRequest, Lunch, WeekRequest
from planner.model.travel import TravelMatrix
from planner.model.week import DayPlan, LeftOut, Lock, Stop, WeekPlan
from planner.planning.conflicts import conflicts
from planner.planning.frame import clock_text, frame_of
from planner.planning.layout import costs_of
from planner.planning.locks import with_locks
from planner.planning.plan import plan_request
from planner.planning.schedule import Broken, alone_problem
from planner.progress import Report, silent

SECONDS = 0.3
"""How long the answer is searched for: she is standing in a car park."""


@dataclass(frozen=True, slots=True)
class Now:
    """Where she is on a day, from when on she can go, and which visits are behind her (their keys)."""

    day: date
    time_s: int
    here: NamedPlace
    done: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Replanned:
    """The week with the rest of its day planned anew; `missed` are fixed or locked visits that can no longer be kept, with the reason."""

    plan: WeekPlan
    missed: tuple[tuple[str, str], ...]


def replan_today(
    request: WeekRequest,
    matrix: TravelMatrix,
    plan: WeekPlan,
    now: Now,
    *,
    urgent: AbstractSet[str] = frozenset(),
    only_planned: bool = False,
    seconds: float = SECONDS,
    iterations: int | None = None,
    report: Report = silent,
    stop: Callable[[], bool] | None = None,
) -> Replanned:
    """Plan the rest of a day; the other days stay.

    `request` asks for all that may be visited; `urgent` visits must be made today; `only_planned` adds none that was not planned or urgent.
    A fixed visit that can no longer be kept is told and let go of. Raises PlanProblem for a day that is not in the plan or that is over.
    """
    index = next((index for index, day in enumerate(plan.days) if day.day == now.day), -1)
    asked_index = next((index for index, day in enumerate(request.days) if day.day == now.day), -1)
    if index < 0 or asked_index < 0:
        raise PlanProblem(f"{now.day:%A} is not part of this plan.", remedy="Plan that week first.")
    today, asked = plan.days[index], request.days[asked_index]
    if now.time_s >= asked.closes_s:
        raise PlanProblem(f"{now.day:%A} is over at {clock_text(asked.closes_s)}.", "Nothing is left to plan.", "Plan tomorrow instead.")
    ahead = tuple(s for s in today.stops if s.key not in now.done and not (s.mandatory and s.lock is Lock.NONE and s.start_s < now.time_s))
    rest = WeekRequest(
        (_rest_of(asked, today, now),), _candidates(request, plan, asked_index, ahead, now, urgent, only_planned=only_planned),
        drive_points=request.drive_points,
    )  # fmt: skip
    held = with_locks(rest, replace(plan, days=(replace(today, stops=ahead, away=False),)))
    possible, missed = _possible(held, matrix)
    planned = plan_request(
        possible,
        matrix,
        plan.week,
        plan.timezone,
        seconds=seconds,
        iterations=iterations,
        report=report,
        stop=stop,
        warm_start=replace(
            plan, days=(replace(today, stops=tuple(replace(s, lock=Lock.NONE) for s in ahead), away=False, keep_order=False),)
        ),
    )
    day = planned.days[0]
    gone = [s for s in today.stops if s.key in now.done]
    whole = replace(day, start=today.start if gone else day.start, stops=(*gone, *day.stops), away=today.away, keep_order=today.keep_order)
    whole = replace(whole, leave_s=today.leave_s if gone else day.leave_s, lunch=day.lunch or _had(today, now))
    days = tuple(whole if i == index else each for i, each in enumerate(plan.days))
    return Replanned(replace(plan, days=days, costs=costs_of(request, days), left_out=_left_out(plan, planned, days)), missed)


def _rest_of(asked: DayRequest, today: DayPlan, now: Now) -> DayRequest:
    """What is left of a day: it begins now and here, and ends where it was to end."""
    had = _had(today, now)
    opens = max(now.time_s, had[1] if had else 0)
    lunch = None if had or asked.lunch is None or now.time_s > asked.lunch.latest_s else asked.lunch
    if lunch:
        lunch = Lunch(lunch.earliest_s, lunch.latest_s, lunch.service_s)
    calls = tuple(block for block in asked.blocks if block.end_s > now.time_s)
    end = today.end if today.away or asked.end is not None else None
    return replace(asked, start=now.here, end=end, opens_s=opens, lunch=lunch, blocks=calls, keep_order=False)


def _had(today: DayPlan, now: Now) -> tuple[int, int] | None:
    """Lunch, when its time has come already."""
    return today.lunch if today.lunch and today.lunch[0] <= now.time_s else None


def _candidates(
    request: WeekRequest,
    plan: WeekPlan,
    index: int,
    ahead: tuple[Stop, ...],
    now: Now,
    urgent: AbstractSet[str],
    *,
    only_planned: bool,
) -> tuple[Candidate, ...]:
    """What may be visited in the rest of the day: what was planned for it, what is urgent, and what no other day has."""
    mine = {stop.block or stop.key for stop in ahead}
    elsewhere = {key for day in plan.days if day.day != now.day for stop in day.stops for key in (stop.key, stop.block)}
    found = []
    for candidate in request.candidates:
        windows = tuple(replace(window, day=0) for window in candidate.windows if window.day == index)
        must = candidate.key in urgent or (candidate.mandatory and candidate.key in mine)
        wanted = must or candidate.key in mine or (not only_planned and candidate.key not in elsewhere and not candidate.mandatory)
        if candidate.key not in now.done and wanted and (windows or must):
            found.append(replace(candidate, windows=windows, mandatory=must, one_of=""))
    return tuple(found)


def _possible(rest: WeekRequest, matrix: TravelMatrix) -> tuple[WeekRequest, tuple[tuple[str, str], ...]]:
    """The request without the fixed visits that can no longer be kept, and those with the reason; of two that clash the later one goes."""
    frame = frame_of(rest, matrix)
    missed: dict[int, str] = {}
    for v, candidate in enumerate(frame.candidates):
        broken: Broken | None = alone_problem(frame.instance, 0, v) if candidate.mandatory else None
        if broken:
            late = f", {max(1, round(broken.short_s / 60))} min late" if broken.short_s else ""
            missed[v] = f"{broken.rule}{late}"
    for a, b in conflicts(frame.instance):
        if a not in missed and b not in missed:
            later = max((a, b), key=lambda v: frame.instance.windows_of(v, 0)[0][0])
            other = b if later == a else a
            missed[later] = f"not together with {frame.candidates[other].title}"
    keys = {frame.candidates[v].key for v in missed}
    told = tuple((frame.candidates[v].title, text) for v, text in missed.items())
    return replace(rest, candidates=tuple(c for c in rest.candidates if c.key not in keys)), told


def _left_out(plan: WeekPlan, planned: WeekPlan, days: tuple[DayPlan, ...]) -> tuple[LeftOut, ...]:
    """What is in no day now: the reasons of today where they are new, those of the week else."""
    visited = {stop.account_id for day in days for stop in day.stops} - {None}
    known = {left.account_id: left for left in plan.left_out}
    fresh = {left.account_id: left for left in planned.left_out if left.account_id not in known}
    return tuple(left for account_id, left in (known | fresh).items() if account_id not in visited)
