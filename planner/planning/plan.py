"""From a request and its drive times to a planned week."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.travel import TravelMatrix
from planner.model.week import Candidate, DayPlan, DayRequest, LeftOut, Stop, VisitKind, WeekPlan, WeekRequest, WhyNot, Window
from planner.planning.instance import DaySpec, Instance, Solution, VisitSpec, build_instance
from planner.planning.reasons import clock_text, left_out_of
from planner.planning.schedule import Broken, schedule_day
from planner.planning.search import solve
from planner.progress import Report, part, silent

STAY_BONUS = 1.0
"""Points that a visit of the plan at hand is worth more while searching, so that planning again does not shuffle a week for nothing."""
SHOW_EVERY_S = 0.25


@dataclass(frozen=True, slots=True)
class _Week:
    """What it takes to turn a solution into a plan: the candidates are in the order of the instance's visits."""

    request: WeekRequest
    candidates: tuple[Candidate, ...]
    instance: Instance
    matrix: TravelMatrix
    rows: Mapping[LatLon, int]
    week: IsoWeek
    timezone: str


def plan_request(
    request: WeekRequest,
    matrix: TravelMatrix,
    week: IsoWeek,
    timezone: str,
    *,
    seconds: float = 5.0,
    seed: int = 1,
    iterations: int | None = None,
    report: Report = silent,
    improved: Callable[[WeekPlan], None] | None = None,
    stop: Callable[[], bool] | None = None,
    warm_start: WeekPlan | None = None,
    left_out: Sequence[LeftOut] = (),
) -> WeekPlan:
    """Plan a week: the most valuable visits that keep every rule, with their times, and for each other candidate why it is not in the plan.

    `matrix` holds all places of the request. `warm_start` is the plan at hand: the answer is worth at least as much where that one still
    keeps the rules. `improved` gets better plans as they are found, without reasons; `left_out` are accounts that were not asked for.
    Raises PlanProblem when a day or the fixed appointments are impossible.
    """
    for day in request.days:
        if day.closes_s <= day.opens_s:
            raise PlanProblem(
                f"{day.day:%A} ends before it begins.", "Its hours leave no time.", "Change the hours of the day in the settings."
            )
    rows = {place: row for row, place in enumerate(matrix.places)}
    reachable, off_road = _screened(request, matrix, rows)
    before = _keys_by_day(warm_start, request)
    staying = {key for keys in before for key in keys}
    instance = _instance(request, reachable, matrix, rows, staying)
    whole = _Week(request, tuple(reachable), instance, matrix, rows, week, timezone)
    number = {candidate.key: v for v, candidate in enumerate(reachable)}
    solution = solve(
        instance,
        seconds=seconds,
        seed=seed,
        iterations=iterations,
        warm_start=[[number[key] for key in keys if key in number] for keys in before] if warm_start else None,
        report=part(report, 0.0, 0.95),
        improved=_shown(improved, whole) if improved else None,
        stop=stop,
    )
    report(0.95, "Writing down why")
    reasons = left_out_of(instance, solution.routes, request, reachable)
    report(1.0, "Planned")
    return _plan(whole, solution, (*reasons, *off_road, *left_out))


def warm_up() -> None:
    """Load the search's machine code, compiling it the first time, so that the first plan does not wait for it."""
    here = NamedPlace("Home", LatLon(0.0, 0.0))
    day = DayRequest(date(2026, 11, 30), here, here, 0, 3600, 3600)
    visits = [Candidate(f"{k}", "", VisitKind.CARE, here.point, 1800, 1.0 + k, (Window(0, 0, 1800),)) for k in range(3)]
    nowhere = np.zeros((1, 1), dtype=np.int32)
    request, matrix = WeekRequest((day,), tuple(visits)), TravelMatrix((here.point,), nowhere, nowhere)
    first = plan_request(request, matrix, IsoWeek.of(day.day), "UTC", iterations=2)
    plan_request(request, matrix, IsoWeek.of(day.day), "UTC", iterations=2, warm_start=first)


def _shown(improved: Callable[[WeekPlan], None], whole: _Week) -> Callable[[Solution], None]:
    """Pass better plans on, no more of them than one can look at."""
    last = [-SHOW_EVERY_S]

    def show(solution: Solution) -> None:
        now = time.monotonic()
        if now - last[0] >= SHOW_EVERY_S:
            last[0] = now
            improved(_plan(whole, solution, ()))

    return show


def _screened(request: WeekRequest, matrix: TravelMatrix, rows: Mapping[LatLon, int]) -> tuple[list[Candidate], list[LeftOut]]:
    """The candidates that a road leads to and back from on one of their days, and the others."""
    reachable, off_road = [], []
    for candidate in request.candidates:
        row = rows[candidate.place]
        days = [request.days[window.day] for window in candidate.windows] or list(request.days)
        if any(matrix.seconds[rows[day.start.point], row] >= 0 and matrix.seconds[row, rows[day.end.point]] >= 0 for day in days):
            reachable.append(candidate)
        elif candidate.mandatory:
            raise PlanProblem(
                f"{label_of(candidate, request)} cannot be reached.",
                "No road leads there from where the day begins, or none back.",
                "Check where it is on the map, or release it.",
            )
        else:
            text = "No road leads there and back"
            off_road.append(
                LeftOut(candidate.key, candidate.title, candidate.kind, candidate.value, WhyNot.OFF_ROAD, text, candidate.account_id)
            )
    return reachable, off_road


def label_of(candidate: Candidate, request: WeekRequest) -> str:
    """What a candidate is called in a message: a fixed one with its day and time."""
    if not candidate.mandatory or not candidate.windows:
        return candidate.title
    window = candidate.windows[0]
    return f"{candidate.title} ({request.days[window.day].day:%a} {clock_text(window.from_s)})"


def _keys_by_day(plan: WeekPlan | None, request: WeekRequest) -> list[list[str]]:
    stops = {day.day: [stop.key for stop in day.stops] for day in plan.days} if plan else {}
    return [stops.get(day.day, []) for day in request.days]


def _instance(
    request: WeekRequest, candidates: Sequence[Candidate], matrix: TravelMatrix, rows: Mapping[LatLon, int], staying: set[str]
) -> Instance:
    days = [
        DaySpec(
            start=rows[day.start.point],
            end=rows[day.end.point],
            opens=day.opens_s,
            closes=day.closes_s,
            max_drive=day.max_drive_s,
            lunch=(day.lunch.earliest_s, day.lunch.latest_s, day.lunch.service_s) if day.lunch else None,
            blocks=tuple((block.start_s, block.end_s) for block in day.blocks),
        )
        for day in request.days
    ]
    visits = [
        VisitSpec(
            id=label_of(candidate, request),
            place=rows[candidate.place],
            service=candidate.service_s,
            value=candidate.value + (STAY_BONUS if candidate.key in staying else 0.0),
            windows=tuple((window.day, window.from_s, window.to_s) for window in candidate.windows),
            mandatory=candidate.mandatory,
            group=candidate.group,
        )
        for candidate in candidates
    ]
    return build_instance("week", matrix.seconds, days, visits)


def _plan(whole: _Week, solution: Solution, left_out: Sequence[LeftOut]) -> WeekPlan:
    days = tuple(_day_plan(whole, index, route) for index, route in enumerate(solution.routes))
    terms = {candidate.key: candidate.terms for candidate in whole.request.candidates if candidate.terms}
    return WeekPlan(whole.week, whole.timezone, days, tuple(left_out), terms)


def _day_plan(whole: _Week, index: int, route: Sequence[int]) -> DayPlan:
    day: DayRequest = whole.request.days[index]
    times = schedule_day(whole.instance, index, route)
    assert not isinstance(times, Broken), f"{day.day}: {times}"
    stops: list[Stop] = []
    here = whole.rows[day.start.point]
    for stop in times.stops:
        candidate = whole.candidates[stop.visit]
        there = whole.rows[candidate.place]
        stops.append(
            Stop(
                key=candidate.key,
                title=candidate.title,
                kind=candidate.kind,
                place=candidate.place,
                arrive_s=stop.arrive_s,
                start_s=stop.start_s,
                leave_s=stop.leave_s,
                drive_s=stop.drive_s,
                drive_m=int(whole.matrix.metres[here, there]),
                value=candidate.value,
                account_id=candidate.account_id,
                mandatory=candidate.mandatory,
                slack_s=stop.slack_s,
            )
        )
        here = there
    return DayPlan(
        day=day.day,
        start=day.start,
        end=day.end,
        leave_s=times.leave_s,
        back_s=times.back_s,
        stops=tuple(stops),
        last_drive_s=times.last_drive_s,
        last_drive_m=int(whole.matrix.metres[here, whole.rows[day.end.point]]) if times.last_drive_s else 0,
        lunch=times.lunch,
        blocks=day.blocks,
    )
