"""What visits took: hours with their share of the driving, and money with their share of the trip."""

from collections.abc import Mapping, Sequence

from planner.model.tracking import Visit
from planner.values import Struct


class TripEffort(Struct, frozen=True):
    """What a trip took beside its visits: seconds of driving, and cents of mileage and costs."""

    drive_s: int
    cents: int


class Effort(Struct, frozen=True):
    """What visits took: seconds with the driving, and cents. Shares of a trip are exact fractions, rounded only when they are summed."""

    seconds: float = 0.0
    cents: float = 0.0

    def __add__(self, other: "Effort") -> "Effort":
        """Both together."""
        return Effort(self.seconds + other.seconds, self.cents + other.cents)


NOTHING = Effort()


def efforts(visits: Sequence[Visit], trips: Mapping[int, TripEffort]) -> dict[int, Effort]:
    """What each visit took, by its id: its own minutes, and its share of its trip by minutes.

    A trip whose visits have no minutes at all is shared evenly. A visit at no trip has only its minutes.
    """
    of_trip: dict[int, list[Visit]] = {}
    for visit in visits:
        if visit.trip_id in trips:
            of_trip.setdefault(visit.trip_id, []).append(visit)  # type: ignore[arg-type]  # None is no trip
    taken = {visit.id: Effort(60.0 * (visit.minutes or 0)) for visit in visits}
    for trip_id, along in of_trip.items():
        minutes = sum(visit.minutes or 0 for visit in along)
        for visit in along:
            share = (visit.minutes or 0) / minutes if minutes else 1 / len(along)
            taken[visit.id] += Effort(share * trips[trip_id].drive_s, share * trips[trip_id].cents)
    return taken
