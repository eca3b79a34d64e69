"""An independent check of a planned week: it shares no arithmetic with the search."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from planner.model.places import LatLon
from planner.model.request import Candidate, DayRequest, WeekRequest, Window
from planner.model.travel import AS_USUAL, RushHours, TravelMatrix
from planner.model.week import DayPlan, Stop, WeekPlan

type Span = tuple[int, int]


def check_week(request: WeekRequest, matrix: TravelMatrix, plan: WeekPlan) -> list[str]:
    """The rules that a plan breaks, each in one line; none when it can be driven as written."""
    known = {candidate.key: candidate for candidate in request.candidates}
    rows = {place: row for row, place in enumerate(matrix.places)}
    problems: list[str] = []
    if [day.day for day in plan.days] != [day.day for day in request.days]:
        return ["the days of the plan are not those asked for"]
    for index, (day, asked) in enumerate(zip(plan.days, request.days, strict=True)):
        found = [*_end_problems(request, plan, index), *_day_problems(day, asked, index, known, Roads(matrix, rows, request.rush))]
        problems += [f"{day.day}: {problem}" for problem in found]
    problems += _choice_problems(request, [stop.block or stop.key for day in plan.days for stop in day.stops])
    return problems


def _choice_problems(request: WeekRequest, keys: list[str]) -> Iterator[str]:
    blocks = {candidate.key: len(candidate.parts) for candidate in request.candidates if candidate.parts}
    if any(keys.count(key) != blocks.get(key, 1) for key in keys):
        yield "an account is visited twice"
    groups = [group for candidate in request.candidates if candidate.key in keys for group in candidate.groups]
    if len(set(groups)) != len(groups):
        yield "two alternatives are both planned"
    met = {candidate.one_of or candidate.key for candidate in request.candidates if candidate.key in keys}
    for candidate in request.candidates:
        if candidate.mandatory and (candidate.one_of or candidate.key) not in met:
            yield f"{candidate.title} is missing"


def _end_problems(request: WeekRequest, plan: WeekPlan, index: int) -> Iterator[str]:
    """Where the day starts and ends, and the night after it."""
    day, asked = plan.days[index], request.days[index]
    before = plan.days[index - 1] if index else None
    if before and (before.away or asked.start is None):
        if day.start.point != before.end.point:
            yield "it does not start where the day before ended"
    elif asked.start is not None and day.start.point != asked.start.point:
        yield "it starts at the wrong place"
    if day.away:
        hotels = [hotel.point for night in request.nights if night.after == index for hotel in night.hotels]
        if day.end.point not in hotels or index + 1 >= len(plan.days):
            yield "the night away is not one of those allowed"
    elif asked.end is None:
        if day.end.point != (day.stops[-1].place if day.stops else day.start.point):
            yield "it does not end at its last stop"
    elif day.end.point != asked.end.point:
        yield "it ends at the wrong place"


def _asked_for(stop: Stop, known: dict[str, Candidate]) -> tuple[LatLon, int, tuple[Window, ...]] | None:
    """Place, length and windows of what a stop fulfils."""
    candidate = known.get(stop.block or stop.key)
    if candidate is None:
        return None
    if not stop.block:
        return candidate.place, candidate.service_s, candidate.windows
    part = next((part for part in candidate.parts if part.key == stop.key), None)
    if part is None:
        return None
    shifted = tuple(Window(w.day, w.from_s + part.after_s, w.to_s + part.after_s) for w in candidate.windows)
    return part.place, part.service_s, shifted


@dataclass(frozen=True, slots=True)
class Roads:
    """How long drives take."""

    matrix: TravelMatrix
    rows: dict[LatLon, int]
    rush: RushHours

    def is_too_quick(self, here: LatLon, there: LatLon, arrive_s: int, drive_s: int, clock_s: int) -> bool:
        """Whether a drive said to take so long until a time cannot be, or begins before the clock says she is ready."""
        usual_s = int(self.matrix.seconds[self.rows[here], self.rows[there]])
        begins_s = arrive_s - drive_s
        if usual_s < 0 or begins_s < clock_s:
            return True
        return drive_s != usual_s if self.rush == AS_USUAL else self.rush.arrive_s(begins_s, usual_s) > arrive_s

    def usual_s(self, day: DayPlan) -> int:
        """All driving of a day outside rush hours, as its limit counts it."""
        places = [day.start.point, *(stop.place for stop in day.stops), day.end.point]
        return sum(int(self.matrix.seconds[self.rows[a], self.rows[b]]) for a, b in pairwise(places))


def _day_problems(day: DayPlan, asked: DayRequest, index: int, known: dict[str, Candidate], roads: Roads) -> Iterator[str]:
    busy: list[tuple[Span, str]] = [(day.lunch, "lunch")] if day.lunch else []
    clock, here = day.leave_s, day.start.point
    for stop in day.stops:
        asked_for = _asked_for(stop, known)
        if asked_for is None:
            yield f"{stop.title} was not asked for"
            return
        place, service_s, windows = asked_for
        if roads.is_too_quick(here, place, stop.arrive_s, stop.drive_s, clock):
            yield f"the drive to {stop.title} is too quick"
        if not any(w.day == index and w.from_s <= stop.start_s <= w.to_s for w in windows):
            yield f"{stop.title} does not start inside its hours"
        if stop.start_s < stop.arrive_s or stop.leave_s != stop.start_s + service_s:
            yield f"{stop.title} is too short"
        busy += [((stop.arrive_s - stop.drive_s, stop.arrive_s), f"the drive to {stop.title}"), ((stop.start_s, stop.leave_s), stop.title)]
        clock, here = stop.leave_s, place
    if here != day.end.point or day.stops:
        home = day.back_s - (day.lunch[1] - day.lunch[0] if day.lunch and day.lunch[1] == day.back_s else 0)
        if roads.is_too_quick(here, day.end.point, home, day.last_drive_s, clock):
            yield "the last drive is too quick"
        busy.append(((home - day.last_drive_s, home), "the last drive"))
    busy += [((block.start_s, block.end_s), block.title) for block in asked.blocks]
    yield from _overlaps(busy)
    if roads.usual_s(day) > asked.max_drive_s:
        yield "it has too much driving"
    yield from _frame_problems(day, asked)


def _overlaps(busy: list[tuple[Span, str]]) -> Iterator[str]:
    spans = sorted((span, name) for span, name in busy if span[0] < span[1])
    for (first, name), (second, other) in pairwise(spans):
        if second[0] < first[1]:
            yield f"{other} begins before {name} is over"


def _frame_problems(day: DayPlan, asked: DayRequest) -> Iterator[str]:
    moves = bool(day.stops) or day.start.point != day.end.point
    if day.leave_s < asked.opens_s:
        yield "it begins too early"
    if day.back_s > asked.closes_s:
        yield "it ends too late"
    if day.lunch:
        if asked.lunch is None or not asked.lunch.earliest_s <= day.lunch[0] <= asked.lunch.latest_s:
            yield "lunch is at the wrong time"
        elif day.lunch[1] - day.lunch[0] != asked.lunch.service_s:
            yield "lunch is too short"
    elif asked.lunch and moves and day.back_s > asked.lunch.earliest_s:
        yield "there is no lunch"
