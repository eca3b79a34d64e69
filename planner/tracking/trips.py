"""A planned week as trips, what logged visits say of them, and how far each is. All times are of the wall clock of each day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from planner.model.accounts import VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon
from planner.model.tracking import Purpose, Trip, TripState, TripStop, Visit
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.values import replace

DAY_S = 86_400
_NO_TOWNS: Mapping[int, str] = {}


def trips_of_week(plan: WeekPlan, towns: Mapping[int, str] = _NO_TOWNS) -> list[Trip]:
    """The trips of a planned week, each from leaving base to being back there; days with a night away between them are one.

    `towns` has the towns of accounts by id, for the names of the trips. The stop that ends a day in the middle of a trip is left when the
    next day begins (seconds after the midnight before the night). Days on which nobody is visited are no trip.
    """
    return trips_of_weeks([plan], towns)


def trips_of_weeks(plans: Sequence[WeekPlan], towns: Mapping[int, str] = _NO_TOWNS) -> list[Trip]:
    """The trips of planned weeks, as `trips_of_week` has them; one that goes on where it slept is one, of its first week."""
    weeks = {day.day: plan.week for plan in plans for day in plan.days}
    runs = _runs(sorted((day for plan in plans for day in plan.days), key=lambda day: day.day), weeks)
    return [_trip(days, str(weeks[days[0].day]), towns) for days in runs if any(day.stops for day in days)]


def trip_name(stops: Sequence[TripStop], base: LatLon | None, towns: Mapping[int, str] = _NO_TOWNS) -> str:
    """What a trip is called: its only visit, or the town of the farthest one and how many more there are.

    Appointments count only where nobody is visited.
    """
    there = [stop for stop in stops if not ends_day(stop, stops)]
    visits = [stop for stop in there if stop.account_id is not None] or there
    if not visits:
        return stops[-1].name if stops else ""
    farthest = max(visits, key=lambda stop: stop.place.metres_to(base) if stop.place and base else 0.0)
    town = towns.get(farthest.account_id or 0, "")
    if len(visits) == 1:
        return f"{farthest.name}, {town}" if town and town not in farthest.name else farthest.name
    return f"{town or farthest.name} and {len(visits) - 1} more"


def is_own_name(trip: Trip, towns: Mapping[int, str] = _NO_TOWNS) -> bool:
    """Whether nobody gave a trip another name than `trip_name` does, or did when it counted all stops."""
    return trip.name == trip_name(trip.stops, trip.start_place, towns) or re.fullmatch(r".+ and \d+ (more )?stops?", trip.name) is not None


def ends_day(stop: TripStop, stops: Sequence[TripStop]) -> bool:
    """Whether this is where a day of the trip ends: the last stop of its day, at no account and for nothing."""
    last = next(each for each in reversed(stops) if each.day == stop.day)
    return stop == last and stop.account_id is None and stop.kind is None


def purpose_of(kinds: Iterable[VisitKind | None]) -> Purpose:
    """What a trip is for, by the kinds of its visits; appointments do not count."""
    told = {kind for kind in kinds if kind not in (None, VisitKind.DUTY)}
    if len(told) > 1:
        return Purpose.MIXED
    only = next(iter(told), None)
    return {VisitKind.CAPTURE: Purpose.CAPTURE, VisitKind.SUPPORT: Purpose.SUPPORT}.get(only, Purpose.OTHER) if only else Purpose.OTHER


def visit_of_stop(trip: Trip, visits: Iterable[Visit]) -> dict[int, Visit]:
    """The logged visit that each stop was, by the stop's position.

    A visit belongs to the planned stop whose key it has, else to a stop at its account on that day, the one planned nearest in time. One
    that was a call instead brought nobody there.
    """
    free = [visit for visit in visits if visit.outcome is not VisitOutcome.PHONE and visit.trip_id in (None, trip.id)]
    found: dict[int, Visit] = {}
    for by_key in (True, False):
        pairs = [(_apart_s(stop, visit), stop.position, number) for stop in trip.stops for number, visit in enumerate(free)
                 if _is(stop, visit, by_key=by_key)]  # fmt: skip
        taken = {id(visit) for visit in found.values()}
        for _apart, position, number in sorted(pairs):
            if position not in found and id(free[number]) not in taken:
                found[position] = free[number]
                taken.add(id(free[number]))
    return found


def with_visits(trip: Trip, visits: Iterable[Visit]) -> Trip:
    """The trip with when she really came and went, from logged visits whose time is known."""
    found = visit_of_stop(trip, visits)
    return replace(trip, stops=tuple(_really(stop, found.get(stop.position)) for stop in trip.stops))


def is_logged(stop: TripStop) -> bool:
    """Whether anything is known of how a stop really was."""
    return stop.came_s is not None or stop.went_s is not None or stop.drove_m is not None


def logged_stops(trip: Trip, visits: Iterable[Visit] = ()) -> set[int]:
    """The positions of the stops of which anything is known, be it that a visit without a time was logged."""
    return {stop.position for stop in trip.stops if is_logged(stop)} | set(visit_of_stop(trip, visits))


def state_of(trip: Trip, now: datetime, visits: Iterable[Visit] = ()) -> tuple[TripState, str]:
    """How far a trip is at `now` (her wall clock), and what she should do about it, in a sentence or empty.

    One of whose stops nothing was logged is never done by itself: nobody knows whether it took place.
    """
    if trip.state in (TripState.DONE, TripState.CANCELLED):
        return trip.state, ""
    begin, end = trip_span(trip)
    wall = now.replace(tzinfo=None)
    if wall < begin:
        return trip.state, ""
    if wall < end:
        return TripState.UNDER_WAY, ""
    if logged_stops(trip, visits):
        return TripState.DONE, ""
    return trip.state, "It should be over, but none of its stops was logged: log the visits, or cancel it."


def trip_span(trip: Trip) -> tuple[datetime, datetime]:
    """When a trip begins and ends on the wall clock, as planned or as it was; whole days where no times are known."""
    ends = [at for stop in trip.stops for s in (stop.arrive_s, stop.came_s) if s is not None for at in (moment(stop.day, s),)]
    begin = moment(trip.first, trip.leave_s or 0)
    return begin, max(ends) if ends else moment(trip.last, DAY_S)


def moment(day: date, seconds: int) -> datetime:
    """A time of a day on its wall clock, without a zone; seconds beyond 86,400 are of the days after it."""
    return datetime.combine(day, time()) + timedelta(seconds=seconds)


def _runs(days: Sequence[DayPlan], weeks: Mapping[date, IsoWeek]) -> list[list[DayPlan]]:
    runs: list[list[DayPlan]] = []
    for day in days:
        if runs and _goes_on(runs[-1], day, same_week=weeks[runs[-1][-1].day] == weeks[day.day]):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _goes_on(run: Sequence[DayPlan], day: DayPlan, *, same_week: bool) -> bool:
    """Whether a day goes on where the trip before it was left overnight: at a hotel, or at a last stop that is not base.

    The next week is another plan: it goes on only where it begins at that place.
    """
    last, base = run[-1], run[0].start.point
    return (last.away and same_week) or (last.end.point != base and day.start.point == last.end.point)


def _trip(days: Sequence[DayPlan], week: str, towns: Mapping[int, str]) -> Trip:
    first, last = days[0], days[-1]
    nights = (last.day - first.day).days + last.away
    stops: list[TripStop] = []
    for day, following in [*pairwise(days), (last, None)]:
        stops += [_stop(len(stops) + number, day.day, stop) for number, stop in enumerate(day.stops)]
        leaves = None if following is None else following.leave_s + DAY_S * (following.day - day.day).days
        stops.append(
            TripStop(len(stops), day.day, day.end.name, day.end.point, arrive_s=day.back_s, leave_s=leaves, metres=day.last_drive_m)
        )
    return Trip(
        id=0,
        name=trip_name(stops, first.start.point, towns),
        first=first.day,
        last=last.day,
        state=TripState.PLANNED,
        purpose=purpose_of(stop.kind for stop in stops),
        start=first.start.name,
        leave_s=first.leave_s,
        nights=nights,
        week=week,
        start_place=first.start.point,
        stops=tuple(stops),
    )


def _stop(position: int, day: date, stop: Stop) -> TripStop:
    return TripStop(position, day, stop.title, stop.place, stop.account_id, stop.kind, stop.key, stop.arrive_s, stop.leave_s, stop.drive_m)


def _is(stop: TripStop, visit: Visit, *, by_key: bool) -> bool:
    late = stop.arrive_s is not None and stop.arrive_s >= DAY_S  # planned past midnight, so the visit is of the next day
    if visit.day != stop.day and not (late and visit.day == stop.day + timedelta(days=1)):
        return False
    if by_key:
        return bool(stop.stop_key) and visit.stop_key == stop.stop_key
    return stop.account_id is not None and visit.account_id == stop.account_id


def _apart_s(stop: TripStop, visit: Visit) -> int:
    if stop.arrive_s is None or visit.start_s is None:
        return DAY_S
    return abs(stop.arrive_s - visit.start_s - DAY_S * (visit.day - stop.day).days)


def _really(stop: TripStop, visit: Visit | None) -> TripStop:
    if visit is None or visit.start_s is None:
        return stop
    came_s = visit.start_s + DAY_S * (visit.day - stop.day).days
    return replace(stop, came_s=came_s, went_s=stop.went_s if visit.minutes is None else came_s + 60 * visit.minutes)
