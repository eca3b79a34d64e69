"""A recorded day put into a trip: when she really came and went, and how far each drive was."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from planner.model.places import LatLon
from planner.model.tracking import Source, Trip, TripState, TripStop
from planner.model.week import VisitKind
from planner.tracking.trips import DAY_S, ends_day, moment, purpose_of, trip_name
from planner.values import Struct, replace

_NO_TOWNS: Mapping[int, str] = {}
_AT_END_M = 300.0
_AT_APPOINTMENT_M = 150.0


class RecordedStop(Struct, frozen=True):
    """A place that a recorded day came to: after how many metres, and when (wall clock of its zone); `went` is None where it ended."""

    name: str
    place: LatLon
    came: datetime
    went: datetime | None
    metres: int
    account_id: int | None = None
    kind: VisitKind | None = None


class RecordedDay(Struct, frozen=True):
    """A day as it was recorded: where it began and when she left, and the places (1 or more) she came to in their order."""

    day: date
    start: str
    start_place: LatLon
    left: datetime
    stops: tuple[RecordedStop, ...]

    @property
    def metres(self) -> int:
        """How far it was."""
        return sum(stop.metres for stop in self.stops)


def wall_clock(at: datetime, zone: tzinfo) -> datetime:
    """A moment as the clock on the wall of a zone shows it, without the zone."""
    return at.astimezone(zone).replace(tzinfo=None)


def seconds_of(day: date, at: datetime) -> int:
    """Seconds after the midnight of a day on the wall clock; beyond 86,400 on the days after it."""
    return round((at - moment(day, 0)).total_seconds())


def recorded_trip(day: RecordedDay, towns: Mapping[int, str] = _NO_TOWNS) -> Trip:
    """A trip that was not planned, as it was recorded; it is done."""
    stops = tuple(_stop(number, day, stop) for number, stop in enumerate(day.stops))
    return Trip(
        id=0,
        name=trip_name(stops, day.start_place, towns),
        first=day.day,
        last=day.day,
        state=TripState.DONE,
        purpose=purpose_of(stop.kind for stop in stops),
        start=day.start,
        leave_s=seconds_of(day.day, day.left),
        source=Source.GPX,
        start_place=day.start_place,
        stops=stops,
    )


def with_recording(trip: Trip, day: RecordedDay) -> Trip:
    """The trip with what a recording says of one of its days.

    Stops at the accounts she came to get their times and metres, in the order in which she was there; what was not planned is put in;
    planned stops she did not come to stay, with nothing of how they were. An earlier recording of the same hours is replaced, one of
    other hours stays. The recording ends the day when it ends where the day was to end.
    """
    begin_s, end_s = span_s(day)
    own = [stop for stop in trip.stops if stop.day == day.day]
    early = [stop for stop in own if stop.drove_m is not None and stop.came_s is not None and stop.came_s <= begin_s]
    late = [stop for stop in own if stop.drove_m is not None and stop.came_s is not None and stop.came_s > end_s]
    planned = [_unrecorded(stop) for stop in own if stop not in early and stop not in late and _was_planned(stop)]
    end = planned.pop() if planned and ends_day(planned[-1], planned) and own[-1] not in late else None
    reached = end is not None and _is_end(end, day.stops[-1])
    stops = _in_turn(planned, day, day.stops[:-1] if reached else day.stops)
    if end is not None:
        late = [*late, _met(end, day, day.stops[-1]) if reached else end]
    before, after = ([stop for stop in trip.stops if (stop.day - day.day).days * way > 0] for way in (-1, 1))
    ordered = [*before, *early, *stops, *late, *after]
    return replace(trip, source=Source.GPX, stops=tuple(replace(stop, position=number) for number, stop in enumerate(ordered)))


def span_s(day: RecordedDay) -> tuple[int, int]:
    """From when to when a day was recorded, in seconds after its midnight."""
    return seconds_of(day.day, day.left), seconds_of(day.day, day.stops[-1].came)


def _is_end(end: TripStop, last: RecordedStop) -> bool:
    return last.account_id is None and (end.place is None or end.place.metres_to(last.place) <= _AT_END_M)


def _in_turn(planned: Sequence[TripStop], day: RecordedDay, came_to: Sequence[RecordedStop]) -> list[TripStop]:
    """The stops of the day before its end: those she came to in their order, the others behind the planned stop they followed."""
    free = list(planned)
    found: list[TripStop] = []
    for recorded in came_to:
        stop = next((each for each in free if _is_there(each, recorded)), None)
        if stop:
            free.remove(stop)
        found.append(_met(stop, day, recorded) if stop else _stop(0, day, recorded))
    for stop in free:
        before = [each.stop_key for each in planned[: planned.index(stop)]]
        at = max((number for number, each in enumerate(found, start=1) if each.stop_key and each.stop_key in before), default=0)
        found.insert(at, stop)
    return found


def _is_there(stop: TripStop, recorded: RecordedStop) -> bool:
    """Whether a recorded stop was this planned one: at its account, or, for an appointment, where that is."""
    if stop.account_id is not None or recorded.account_id is not None:
        return stop.account_id == recorded.account_id
    return stop.place is not None and stop.place.metres_to(recorded.place) <= _AT_APPOINTMENT_M


def _met(stop: TripStop, day: RecordedDay, recorded: RecordedStop) -> TripStop:
    went_s = None if recorded.went is None else seconds_of(day.day, recorded.went)
    return replace(stop, came_s=seconds_of(day.day, recorded.came), went_s=went_s, drove_m=recorded.metres)


def _stop(position: int, day: RecordedDay, stop: RecordedStop) -> TripStop:
    kind = stop.kind if stop.account_id is not None else None
    return _met(TripStop(position, day.day, stop.name, stop.place, stop.account_id, kind), day, stop)


def _was_planned(stop: TripStop) -> bool:
    return stop.arrive_s is not None or stop.metres is not None or bool(stop.stop_key)


def _unrecorded(stop: TripStop) -> TripStop:
    return replace(stop, came_s=None, went_s=None, drove_m=None)


def days_of(moments: Iterable[datetime], begins_s: int = 4 * 3600) -> list[date]:
    """Which day each moment of a wall clock belongs to: one before 4:00 in the morning still to the day before, as long as that is on."""
    days: list[date] = []
    for at in moments:
        own = at.date()
        early = seconds_of(own, at) < begins_s
        before = days[-1] if days else None
        days.append(
            before if before and early and (own - before).days <= 1 and (at - moment(before, 0)).total_seconds() < 2 * DAY_S else own
        )
    return days
