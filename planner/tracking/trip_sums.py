"""What a trip comes to: miles, nights, driving and money, as planned against as it was."""

from collections.abc import Iterable

from planner.model.tracking import Cost, CostKind, Trip, TripStop
from planner.tracking.mileage import Rates, cents_for, drives_of_trip
from planner.tracking.trips import DAY_S, is_logged
from planner.values import Struct


class TripSums(Struct, frozen=True):
    """What a trip comes to. `driven_m` and `driving_s` are None while nothing of it is known.

    `planned_driving_s` and `driving_s` are the times between leaving one place and being at the next, breaks on the way included. Money is
    in cents: `costs` by kind, `planned_mileage_cents` for the planned metres and `mileage_cents` for the driven ones, each at the rate of
    its day. They say what the miles are worth; what is claimed is for the mileage log to say.
    """

    planned_m: int
    driven_m: int | None
    nights: int
    planned_driving_s: int
    driving_s: int | None
    costs: dict[CostKind, int]
    planned_mileage_cents: int
    mileage_cents: int | None

    @property
    def cost_cents(self) -> int:
        """All money spent."""
        return sum(self.costs.values())

    @property
    def planned_cents(self) -> int:
        """What the planned miles are worth: nothing else is known beforehand."""
        return self.planned_mileage_cents

    @property
    def total_cents(self) -> int | None:
        """All money spent, and what the driven miles are worth; None while those are not known."""
        return None if self.mileage_cents is None else self.cost_cents + self.mileage_cents


def trip_sums(trip: Trip, costs: Iterable[Cost], rates: Rates) -> TripSums:
    """Add up a trip; costs of other trips do not count."""
    by_kind: dict[CostKind, int] = {}
    for cost in costs:
        if cost.trip_id == trip.id:
            by_kind[cost.kind] = by_kind.get(cost.kind, 0) + cost.cents
    known = any(stop.drove_m is not None for stop in trip.stops)
    driven = sum(cents_for(drive.metres, drive.day, rates) for drive in drives_of_trip(trip)) if known else None
    return TripSums(
        planned_m=trip.planned_m,
        driven_m=trip.driven_m if known else None,
        nights=trip.nights,
        planned_driving_s=_driving_s(trip.leave_s, [(stop, stop.arrive_s, stop.leave_s) for stop in trip.stops]) or 0,
        driving_s=_driving_s(None, [(stop, stop.came_s, stop.went_s) for stop in trip.stops if is_logged(stop)]),
        costs=by_kind,
        planned_mileage_cents=sum(cents_for(stop.metres or 0, stop.day, rates) for stop in trip.stops),
        mileage_cents=driven,
    )


def _driving_s(leave_s: int | None, stops: Iterable[tuple[TripStop, int | None, int | None]]) -> int | None:
    """The seconds between leaving and arriving, summed over what is known; None when nothing is."""
    times: list[int] = []
    day = None
    for stop, came_s, went_s in stops:
        if day is not None and leave_s is not None:
            leave_s -= DAY_S * (stop.day - day).days
        if leave_s is not None and came_s is not None:
            times.append(max(0, came_s - leave_s))
        day, leave_s = stop.day, went_s
    return sum(times) if times else None
