"""A trip made before, brought up to date with a plan that was changed since: what was logged stays."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from planner.model.tracking import Trip, TripStop
from planner.tracking.trips import ends_day, is_own_name, purpose_of, trip_name
from planner.values import replace


def merged(old: Trip, logged: Collection[int], new: Trip, towns: Mapping[int, str]) -> Trip:
    """The trip `old` as `new` has it planned now; `logged` are the positions of the old stops of which something is known.

    A stop of which something is known stays exactly as it was kept, before those that are still to come on its day. A name that was given
    by hand stays too.
    """
    kept = [stop for stop in old.stops if stop.position in logged]
    stops: list[TripStop] = []
    for day in sorted({*(stop.day for stop in new.stops), *(stop.day for stop in kept)}):
        stops += _day(day, kept, old, new)
    numbered = tuple(replace(stop, position=number) for number, stop in enumerate(stops))
    begun = any(stop.day == old.first for stop in kept)
    return replace(
        old,
        name=trip_name(numbered, new.start_place, towns) if is_own_name(old, towns) else old.name,
        first=min(new.first, numbered[0].day),
        last=max(new.last, numbered[-1].day),
        purpose=purpose_of(stop.kind for stop in numbered),
        start=old.start if begun else new.start,
        start_place=old.start_place if begun else new.start_place,
        leave_s=old.leave_s if begun else new.leave_s,
        nights=new.nights,
        stops=numbered,
    )


def _day(day: date, logged: Sequence[TripStop], old: Trip, new: Trip) -> list[TripStop]:
    known = [stop for stop in logged if stop.day == day]
    planned = [stop for stop in new.stops if stop.day == day]
    end = [stop for stop in known if ends_day(stop, old.stops)] or [stop for stop in planned if ends_day(stop, new.stops)]
    was = [stop for stop in known if stop not in end]
    keys = {stop.stop_key for stop in logged if stop.stop_key}  # of one logged on any day of the trip
    to_come = [stop for stop in planned if stop.stop_key not in keys and not ends_day(stop, new.stops)]
    return [*_by_time(was, to_come), *end]


def _by_time(was: Sequence[TripStop], to_come: Sequence[TripStop]) -> list[TripStop]:
    """Both in the order of their times, each in its own order."""
    stops, rest = [], list(to_come)
    for stop in was:
        at = stop.arrive_s if stop.came_s is None else stop.came_s
        while rest and at is not None and rest[0].arrive_s is not None and rest[0].arrive_s < at:
            stops.append(rest.pop(0))
        stops.append(stop)
    return [*stops, *rest]
