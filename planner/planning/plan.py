"""From a request and its drive times to a planned week."""

import time
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.request import Candidate, DayRequest, WeekRequest, Window
from planner.model.travel import TravelMatrix
from planner.model.week import LeftOut, VisitKind, WeekPlan
from planner.planning.frame import Frame, frame_of
from planner.planning.instance import Solution
from planner.planning.layout import lay_out
from planner.planning.locks import with_locks
from planner.planning.reasons import left_out_of
from planner.planning.robustness import Variation, padded
from planner.planning.search import solve
from planner.progress import Report, part, silent
from planner.values import replace

SHOW_EVERY_S = 0.25


def plan_request(
    request: WeekRequest,
    matrix: TravelMatrix,
    week: IsoWeek,
    timezone: str,
    *,
    seconds: float = 5.0,
    seed: int = 1,
    iterations: int | None = None,
    threads: int = 2,
    report: Report = silent,
    improved: Callable[[WeekPlan], None] | None = None,
    stop: Callable[[], bool] | None = None,
    warm_start: WeekPlan | None = None,
    left_out: Sequence[LeftOut] = (),
    slack: Variation | None = None,
) -> WeekPlan:
    """Plan a week: the visits that are worth most and keep every rule, with their times, and for each other candidate why it is not in.

    `matrix` holds all places of the request. `warm_start` is the plan at hand: its locks are kept, and the answer is worth at least as much
    where that one still keeps the rules. `improved` gets better plans as they are found, without reasons; `left_out` are accounts that were
    not asked for. With `slack` the plan bears drives that are longer by so much. Raises PlanProblem when a day or the fixed appointments
    are impossible.
    """
    asked = with_locks(request, warm_start)
    staying = frozenset(stop.block or stop.key for day in warm_start.days for stop in day.stops) if warm_start else frozenset[str]()
    frame = frame_of(asked, matrix, staying, padded(matrix.seconds, slack) if slack else None)
    # Drives that are shorter than planned for make nothing later, so the plan holds on the true times too.
    true = frame_of(asked, matrix, staying) if slack else frame
    solution = solve(
        frame.instance,
        seconds=seconds,
        seed=seed,
        iterations=iterations,
        threads=threads,
        warm_start=frame.solution_of(warm_start) if warm_start else None,
        report=part(report, 0.0, 0.95),
        improved=_shown(improved, true, week, timezone) if improved else None,
        stop=stop,
    )
    report(0.95, "Writing down why")
    reasons = left_out_of(frame, solution)
    report(1.0, "Planned")
    plan = lay_out(true, solution, week, timezone, (*reasons, *frame.off_road, *left_out))
    return _leaving_early(plan, frame, true, solution) if slack else plan


def _leaving_early(plan: WeekPlan, padded_frame: Frame, true: Frame, solution: Solution) -> WeekPlan:
    """The plan with the first drive of each day begun early enough to bear being as long as planned for."""
    days = []
    for index, (day, route) in enumerate(zip(plan.days, solution.routes, strict=True)):
        early_s = 0
        if route:
            start = solution.ends_of(padded_frame.instance, index)[0]
            longer = int(padded_frame.instance.hop[start, route[0]] - true.instance.hop[start, route[0]])
            early_s = max(0, min(longer, day.leave_s - padded_frame.request.days[index].opens_s))
            if any(block.start_s < day.leave_s and day.leave_s - early_s < block.end_s for block in day.blocks):
                early_s = 0
        stops = tuple(replace(stop, arrive_s=stop.arrive_s - early_s) if k == 0 else stop for k, stop in enumerate(day.stops))
        days.append(replace(day, leave_s=day.leave_s - early_s, stops=stops))
    return replace(plan, days=tuple(days))


def warm_up() -> None:
    """Load the search's machine code, compiling it the first time, so that the first plan does not wait for it.

    Compiling takes half a minute and cannot be stopped; a process may be killed meanwhile, as what is kept is whole at any time.
    """
    from planner.planning.compiled import keep_whole

    here, hotel = NamedPlace("Home", LatLon(0.0, 0.0)), NamedPlace("Hotel", LatLon(0.0, 0.1))
    day = DayRequest(date(2026, 11, 30), here, here, 0, 3600, 3600)
    visits = [Candidate(f"{k}", "", VisitKind.CARE, here.point, 1800, 1.0 + k, (Window(0, 0, 1800),)) for k in range(3)]
    nowhere = np.zeros((2, 2), dtype=np.int32)
    request = WeekRequest((day, replace(day, day=date(2026, 12, 1))), tuple(visits))
    matrix = TravelMatrix((here.point, hotel.point), nowhere, nowhere)
    first = plan_request(request, matrix, IsoWeek.of(day.day), "UTC", iterations=2)
    plan_request(request, matrix, IsoWeek.of(day.day), "UTC", iterations=2, warm_start=first)
    keep_whole()


def _shown(improved: Callable[[WeekPlan], None], frame: Frame, week: IsoWeek, timezone: str) -> Callable[[Solution], None]:
    """Pass better plans on, no more of them than one can look at."""
    last = [-SHOW_EVERY_S]

    def show(solution: Solution) -> None:
        now = time.monotonic()
        if now - last[0] >= SHOW_EVERY_S:
            last[0] = now
            improved(lay_out(frame, solution, week, timezone))

    return show
