"""Between a request with its drive times and the numbers that the search works on."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from planner.errors import PlanProblem
from planner.model.places import LatLon, NamedPlace
from planner.model.request import Candidate, DayRequest, WeekRequest
from planner.model.travel import TravelMatrix
from planner.model.week import DayPlan, LeftOut, VisitKind, WeekPlan, WhyNot
from planner.planning.instance import LAST_STOP, DaySpec, Goal, Instance, NightSpec, Solution, VisitSpec, build_instance
from planner.values import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STAY_BONUS = 1.0
"""Points that a visit of the plan at hand is worth more while searching, so that planning again does not shuffle a week for nothing."""
SHARED = (VisitKind.CAPTURE, VisitKind.CARE, VisitKind.SUPPORT)
"""The kinds of visit that share her time, in the order of the instance's shares."""


class Frame(Struct, frozen=True):
    """A request as numbers: `candidates` are those that a road leads to, in the order of the instance's visits; `off_road` the others;
    `beds` the night and hotel of each bed of the instance.
    """

    request: WeekRequest
    candidates: tuple[Candidate, ...]
    off_road: tuple[LeftOut, ...]
    instance: Instance
    matrix: TravelMatrix
    rows: Mapping[LatLon, int]
    number: Mapping[str, int]
    beds: tuple[tuple[int, NamedPlace], ...]

    def solution_of(self, plan: WeekPlan | None) -> Solution:
        """A plan as visits by number; what it visits that is not asked for any more is left out of it."""
        known = {day.day: day for day in plan.days} if plan else {}
        days = [known.get(day.day) for day in self.request.days]
        return Solution(tuple(self.route_of(day) for day in days), beds=tuple(self._bed(index, day) for index, day in enumerate(days)))

    def route_of(self, day: DayPlan | None) -> tuple[int, ...]:
        """The visits of a planned day by number, each block once."""
        keys = dict.fromkeys(self.key_of(stop.key, stop.block) for stop in day.stops) if day else {}
        return tuple(self.number[key] for key in keys if key in self.number)

    def key_of(self, key: str, block: str) -> str:
        """The candidate that a stop belongs to."""
        return block if block in self.number else key

    def _bed(self, index: int, day: DayPlan | None) -> int:
        if day is None or not day.away:
            return -1
        return next((bed for bed, (after, hotel) in enumerate(self.beds) if after == index and hotel.point == day.end.point), -1)


def frame_of(
    request: WeekRequest,
    matrix: TravelMatrix,
    staying: AbstractSet[str] = frozenset(),
    seconds: "NDArray[np.int32] | None" = None,
) -> Frame:
    """Lay a request out as numbers; `matrix` holds all its places.

    The keys `staying` are worth a little more; `seconds` are drive times to plan by instead of the matrix's own. Raises PlanProblem for a
    day without length, drive times that are no numbers, and a mandatory visit that no road leads to.
    """
    for day in request.days:
        if day.closes_s <= day.opens_s:
            raise PlanProblem(
                f"{request.writing.weekday_name(day.day)} ends before it begins.",
                "Its hours leave no time.",
                "Change the hours of the day in the settings.",
            )
    rows = {place: row for row, place in enumerate(matrix.places)}
    reachable, off_road = _screened(request, matrix, rows)
    possible = [night for night in request.nights if _is_between_days(request, night.after)]
    nights = [NightSpec(n.after, tuple(rows[h.point] for h in n.hotels), (n.points,) * len(n.hotels)) for n in possible]
    try:
        instance = build_instance(
            "week",
            matrix.seconds if seconds is None else seconds,
            [_day_spec(day, rows) for day in request.days],
            [_visit_spec(candidate, request, rows, staying) for candidate in reachable],
            nights,
            _goal(request),
            request.rush,
        )
    except ValueError as error:
        raise PlanProblem("The drive times cannot be used.", f"{error}.", "Build the road pack anew.") from error
    beds = tuple((night.after, hotel) for night in possible for hotel in night.hotels)
    number = {candidate.key: v for v, candidate in enumerate(reachable)}
    return Frame(request, tuple(reachable), tuple(off_road), instance, matrix, rows, number, beds)


def label_of(candidate: Candidate, request: WeekRequest) -> str:
    """What a candidate is called in a message: a fixed one with its day and time."""
    if not candidate.mandatory or not candidate.windows or candidate.one_of:
        return candidate.title
    window = candidate.windows[0]
    day = request.writing.weekday(request.days[window.day].day)
    if candidate.windows != (window,) or window.from_s != window.to_s:
        return f"{candidate.title} ({day})" if all(w.day == window.day for w in candidate.windows) else candidate.title
    return f"{candidate.title} ({day} {request.writing.clock(window.from_s)})"


def span_text(seconds: int) -> str:
    """A length of time as people write it, a minute at least: “25 min”, “5 h 18”."""
    minutes = max(1, round(seconds / 60))
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def places_of(request: WeekRequest) -> tuple[LatLon, ...]:
    """Every place of a request, each once."""
    visits = [place for candidate in request.candidates for place in (candidate.place, candidate.leave_place)]
    ends = [end.point for day in request.days for end in (day.start, day.end) if end]
    return tuple(dict.fromkeys([*visits, *ends, *(hotel.point for night in request.nights for hotel in night.hotels)]))


def _is_between_days(request: WeekRequest, after: int) -> bool:
    """Whether a night may be spent away after a day: another day follows, and it need not start where this one's last stop was."""
    following = request.days[after + 1 : after + 2]
    return bool(following) and not (request.days[after].end is None and following[0].start is None)


def _screened(request: WeekRequest, matrix: TravelMatrix, rows: Mapping[LatLon, int]) -> tuple[list[Candidate], list[LeftOut]]:
    """The candidates that a road leads to and back from on one of their days, and the others."""
    hotels = [rows[hotel.point] for night in request.nights for hotel in night.hotels]
    reachable, off_road = [], []
    for candidate in request.candidates:
        come, leave = rows[candidate.place], rows[candidate.leave_place]
        days = [request.days[window.day] for window in candidate.windows] or list(request.days)
        starts = {rows[day.start.point] for day in days if day.start} | set(hotels)
        ends = {rows[day.end.point] for day in days if day.end} | set(hotels)
        if (not starts or any(matrix.seconds[a, come] >= 0 for a in starts)) and (
            not ends or any(matrix.seconds[leave, b] >= 0 for b in ends)
        ):
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


def _day_spec(day: DayRequest, rows: Mapping[LatLon, int]) -> DaySpec:
    return DaySpec(
        start=rows[day.start.point] if day.start else LAST_STOP,
        end=rows[day.end.point] if day.end else LAST_STOP,
        opens=day.opens_s,
        closes=day.closes_s,
        max_drive=day.max_drive_s,
        lunch=(day.lunch.earliest_s, day.lunch.latest_s, day.lunch.service_s) if day.lunch else None,
        blocks=tuple((block.start_s, block.end_s) for block in day.blocks),
        keep_order=day.keep_order,
    )


def _visit_spec(candidate: Candidate, request: WeekRequest, rows: Mapping[LatLon, int], staying: AbstractSet[str]) -> VisitSpec:
    return VisitSpec(
        id=label_of(candidate, request),
        place=rows[candidate.place],
        service=candidate.service_s,
        value=candidate.value + (STAY_BONUS if candidate.key in staying else 0.0),
        windows=tuple((window.day, window.from_s, window.to_s) for window in candidate.windows),
        mandatory=candidate.mandatory,
        groups=candidate.groups,
        one_of=candidate.one_of,
        leave_place=rows[candidate.leave_place],
        drive=candidate.drive_s,
        kind=SHARED.index(candidate.kind) if candidate.kind in SHARED else -1,
    )


def _goal(request: WeekRequest) -> Goal:
    shares: Sequence[float] = ()
    if request.shares:
        shares = (request.shares.capture, request.shares.care, request.shares.support)
    return Goal(request.drive_points / 60, tuple(shares), request.shares.points_an_hour / 3600 if request.shares else 0.0)
