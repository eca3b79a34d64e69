"""Where a house number must be when only its neighbours are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from planner.model.places import LatLon

Numbered = tuple[int, LatLon]
_NEXT_DOOR = 10  # numbers beyond the last known house that are still next to it
_LOOK_M = 40.0  # from the centre line a house may stand


@dataclass(frozen=True, slots=True)
class Between:
    """A place between the known numbers `low` and `high` (the same where there is only one); it may be off by `error_m`."""

    point: LatLon
    low: int
    high: int
    error_m: float


def between(asked: int, known: Iterable[Numbered]) -> Between | None:
    """Place a number in proportion between its nearest known neighbours, preferring those on its own side of the street.

    None when nothing near is known. The method is the usual linear address interpolation (e.g. Goldberg, Wilson and Knoblock 2007).
    """
    houses = list(known)
    below = [house for house in houses if house[0] < asked]
    above = [house for house in houses if house[0] > asked]

    def farness(house: Numbered) -> int:
        return abs(house[0] - asked) * (1 if (house[0] - asked) % 2 == 0 else 2)

    if not below or not above:
        nearest = min(houses, key=farness, default=None)
        if nearest is None or abs(nearest[0] - asked) > _NEXT_DOOR:
            return None
        return Between(nearest[1], nearest[0], nearest[0], 15.0 * abs(nearest[0] - asked))
    (low, low_point), (high, high_point) = min(below, key=farness), min(above, key=farness)
    share = (asked - low) / (high - low)
    point = LatLon(
        low_point.lat + (high_point.lat - low_point.lat) * share,
        low_point.lon + (high_point.lon - low_point.lon) * share,
    )
    return Between(point, low, high, low_point.metres_to(high_point) / 2)


def beside_line(point: LatLon, lines: Iterable[list[LatLon]]) -> LatLon:
    """The point itself when near one of the lines, else the nearest point on them: where a street bends, a straight guess leaves it."""
    nearest = min(
        (_nearest_on_leg(point, a, b) for line in lines for a, b in pairwise(line)),
        key=point.metres_to,
        default=point,
    )
    return nearest if point.metres_to(nearest) > _LOOK_M else point


def _nearest_on_leg(point: LatLon, a: LatLon, b: LatLon) -> LatLon:
    """The nearest point of a short leg, on a plane that touches the earth there."""
    shrink = cos(radians(point.lat))
    east, north = (b.lon - a.lon) * shrink, b.lat - a.lat
    length = east * east + north * north
    if length == 0:
        return a
    share = ((point.lon - a.lon) * shrink * east + (point.lat - a.lat) * north) / length
    share = min(max(share, 0.0), 1.0)
    return LatLon(a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share)
