"""Where a house number must be when only its neighbours are known."""

from collections.abc import Iterable
from itertools import pairwise
from math import cos, inf, radians

from planner.geocoding.index import Line
from planner.model.places import LatLon
from planner.values import Struct

Numbered = tuple[int, LatLon]
_NEXT_DOOR = 10  # numbers beyond the last known house that are still next to it
_ACROSS = 3  # numbers on the other side of the street are worth as many on the own side
_LEAP, _LEAP_M = 300, 500.0  # numbers and metres past the last known house that are still worth a guess
_LOOK_M = 40.0  # from the centre line a house may stand


class Between(Struct, frozen=True):
    """A place found from the known numbers `low` and `high` (the same where there is only one); it may be off by `error_m`."""

    point: LatLon
    low: int
    high: int
    error_m: float
    asked: int

    @property
    def beside(self) -> bool:
        """Whether it is the place of the house next to it."""
        return self.low == self.high

    @property
    def where(self) -> str:
        """The place in words: between 12 and 20, next to 12, beyond 12."""
        if self.beside:
            return f"next to {self.low}"
        if self.low < self.asked < self.high:
            return f"between {self.low} and {self.high}"
        return f"beyond {self.high if self.asked > self.high else self.low}"


def between(asked: int, known: Iterable[Numbered]) -> Between | None:
    """Place a number in proportion between its nearest known neighbours, preferring those on its own side of the street.

    Next to the last known one where that is near; None when nothing near is known. The method is the usual linear address interpolation
    (e.g. Goldberg, Wilson and Knoblock 2007).
    """
    houses = list(known)
    below = [house for house in houses if house[0] < asked]
    above = [house for house in houses if house[0] > asked]
    if not below or not above:
        nearest = min(houses, key=lambda house: _farness(house, asked), default=None)
        if nearest is None or abs(nearest[0] - asked) > _NEXT_DOOR:
            return None
        return Between(nearest[1], nearest[0], nearest[0], 15.0 * abs(nearest[0] - asked), asked)
    (low, low_point), (high, high_point) = (min(side, key=lambda house: _farness(house, asked)) for side in (below, above))
    point = _in_line(low_point, high_point, (asked - low) / (high - low))
    return Between(point, low, high, low_point.metres_to(high_point) / 2, asked)


def beyond(asked: int, known: Iterable[Numbered]) -> Between | None:
    """Place a number past the last known one, as far on as the known ones suggest; None when that would be a leap.

    The last number and one before it, as far from it as the asked one or nearly so, give direction and metres a number.
    """
    houses = sorted(known, key=lambda house: abs(house[0] - asked))
    if not houses:
        return None
    last, last_point = houses[0]
    gap = abs(asked - last)
    before = [house for house in houses if gap / 2 <= abs(house[0] - last) <= 3 * gap]
    if not before or gap > _LEAP:
        return None
    reference, reference_point = min(before, key=lambda house: abs(abs(house[0] - last) - gap))
    length = last_point.metres_to(reference_point)
    step = length * gap / abs(last - reference)
    if step > _LEAP_M:
        return None
    point = _in_line(reference_point, last_point, (asked - reference) / (last - reference))
    return Between(point, min(last, reference), max(last, reference), step, asked)


def _farness(house: Numbered, asked: int) -> tuple[int, int]:
    """How far a number is from the one asked for; one across the street counts more, and loses when equal."""
    across = (house[0] - asked) % 2
    return abs(house[0] - asked) * (_ACROSS if across else 1), across


def _in_line(start: LatLon, end: LatLon, share: float) -> LatLon:
    """The point at a share of the way between two near points; shares above 1 lie beyond the end."""
    return LatLon(start.lat + (end.lat - start.lat) * share, start.lon + (end.lon - start.lon) * share)


def beside_line(point: LatLon, lines: Iterable[Line]) -> LatLon:
    """The point itself when near one of the lines, else the nearest point on them: where a street bends, a straight guess leaves it."""
    line = min(lines, key=lambda one: squared_distance(point, one), default=None)
    nearest = nearest_on_line(point, line) if line else point
    return nearest if point.metres_to(nearest) > _LOOK_M else point


def nearest_on_line(point: LatLon, line: Line) -> LatLon:
    """The point of a line that is nearest to another."""
    _, lat, lon = _nearest(point, line)
    return LatLon(lat, lon)


def squared_distance(point: LatLon, line: Line) -> float:
    """The squared distance from a line in degrees of latitude: enough to tell which line is nearest."""
    return _nearest(point, line)[0]


def _nearest(point: LatLon, line: Line) -> tuple[float, float, float]:
    """Squared distance, latitude and longitude of the nearest point of a line, on a plane that touches the earth at the point."""
    shrink = cos(radians(point.lat))
    best = (inf, point.lat, point.lon)
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise(line):
        east, north = (lon_b - lon_a) * shrink, lat_b - lat_a
        length = east * east + north * north
        share = ((point.lon - lon_a) * shrink * east + (point.lat - lat_a) * north) / length if length else 0.0
        share = min(max(share, 0.0), 1.0)
        lat, lon = lat_a + (lat_b - lat_a) * share, lon_a + (lon_b - lon_a) * share
        squared = (point.lat - lat) ** 2 + ((point.lon - lon) * shrink) ** 2
        if squared < best[0]:
            best = (squared, lat, lon)
    return best
