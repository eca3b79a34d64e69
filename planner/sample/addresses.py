"""Buildings along the streets and their house numbers: even on the left, odd on the right, counting outwards from the middle of town."""

from collections import defaultdict
from collections.abc import Callable
from random import Random

from planner.progress import Report
from planner.sample.chance import dice
from planner.sample.geometry import Buckets, Line, box, dot, inside, length, point_at, stations
from planner.sample.streets import SegmentIndex, Street
from planner.sample.towns import CITY_CODES, TOWNS
from planner.values import Struct

STATE = "PA"
_CITY = "Alder Falls"


class Premises(Struct, frozen=True):
    """One address: its building's outline, the door's point and what kind of frontage it belongs to."""

    number: int
    street: str
    city: str
    postcode: str
    point: complex
    outline: tuple[complex, ...]
    kind: str

    @property
    def line(self) -> str:
        """Number and street as on an envelope."""
        return f"{self.number} {self.street}"

    def tags(self) -> dict[str, str]:
        """The address as OSM tags."""
        return {
            "addr:housenumber": str(self.number),
            "addr:street": self.street,
            "addr:city": self.city,
            "addr:state": STATE,
            "addr:postcode": self.postcode,
        }


class _Frontage(Struct, frozen=True):
    """How buildings stand along a street, in metres: gap, width and depth from..to, and how far the front is from the middle of the road.

    `kept` is the share of lots that are built on.
    """

    gap: tuple[float, float]
    width: tuple[float, float]
    depth: tuple[float, float]
    setback: float
    kept: float = 1.0


_FRONTAGES = {
    "shops": _Frontage((0.5, 4), (13, 27), (19, 31), 10.5, 0.93),
    "houses": _Frontage((30, 80), (11, 16), (9, 14), 13.5, 0.86),
    "strip": _Frontage((26, 90), (22, 46), (18, 32), 30, 0.85),
    "works": _Frontage((25, 45), (45, 90), (35, 60), 26, 0.95),
    "rural": _Frontage((170, 900), (11, 17), (9, 13), 32, 0.9),
}


_NOT_SURVEYED = 0.28
"""Share of the outer streets whose houses nobody has put on the map yet, as in any real map."""


def postcode_of(town: str, point: complex, river_side: Callable[[complex], float]) -> str:
    """The ZIP code at a point: one a town, three in the city (beyond the river, south of the old town, the rest)."""
    for place in TOWNS:
        if place.name == town:
            return place.postcode
    if river_side(point) < 0:
        return CITY_CODES["north"]
    return CITY_CODES["south" if point.imag < -950 else "core"]


def nearest_town(point: complex) -> str:
    """The postal town of a place in the country."""
    return min([(abs(point) * 0.8, _CITY), *((abs(point - town.centre), town.name) for town in TOWNS)])[1]


def middle_of(town: str) -> complex:
    """Where a town's numbers count from."""
    return next((place.centre for place in TOWNS if place.name == town), 0j)


class Builder:
    """Puts up buildings without overlaps, one street after another."""

    def __init__(
        self, lines: list[Line], closed: Callable[[complex], bool], grounds: list[Line], river_side: Callable[[complex], float]
    ) -> None:
        self._roads = SegmentIndex(lines, 60.0)
        self._closed = closed
        self._grounds = [(sum(ring) / len(ring), ring) for ring in grounds]
        self._river_side = river_side
        self._standing: Buckets[Line] = Buckets(60.0)
        self._last: defaultdict[tuple[str, str], int] = defaultdict(lambda: 100)

    def claim(self, outline: Line) -> bool:
        """Take the ground of a building; False when something stands there or a road runs there."""
        centre = sum(outline) / len(outline)
        reach = abs(outline[0] - centre)
        half = min(abs(outline[1] - outline[0]), abs(outline[2] - outline[1])) / 2
        if self._roads.gap(centre, half + 6) < half + 5:
            return False
        if any(not _apart(outline, other) for _at, other in self._standing.near(centre, reach + 56)):
            return False
        self._standing.add(centre, outline)
        return True

    def build(self, streets: list[Street], report: Report) -> list[Premises]:
        """Build along all these streets; pieces of one street are numbered on from each other, outwards from the middle of town."""
        chance = dice("buildings")
        named: defaultdict[tuple[str, str], list[Street]] = defaultdict(list)
        for street in streets:
            if street.name and street.frontage:
                town = street.town or nearest_town(street.line[len(street.line) // 2])
                named[town, street.name].append(street)
        found: list[Premises] = []
        for k, ((town, _name), pieces) in enumerate(named.items()):
            if k % 20 == 0:
                report(k / len(named), "Building the houses of the sample territory")
            middle = middle_of(town)
            outer = pieces[0].frontage == "houses" and abs(pieces[0].line[0] - middle) > 700
            if outer and chance.random() < _NOT_SURVEYED:
                continue
            pieces.sort(key=lambda piece: min(abs(piece.line[0] - middle), abs(piece.line[-1] - middle)))
            for piece in pieces:
                outward = abs(piece.line[0] - middle) <= abs(piece.line[-1] - middle)
                found += self._along(piece, piece.line if outward else piece.line[::-1], town, chance)
        return found

    def _is_free(self, centre: complex, outline: Line) -> bool:
        near = [ring for middle, ring in self._grounds if abs(middle - centre) < abs(ring[0] - middle) + 150]
        return not self._closed(centre) and not any(inside(ground, corner) for ground in near for corner in outline)

    def _along(self, street: Street, line: Line, town: str, chance: Random) -> list[Premises]:
        style = _FRONTAGES[street.frontage]
        along = stations(line)
        base = self._last[town, street.name]
        found: list[Premises] = []
        for side in (1, -1):
            s = chance.uniform(14, 24) + (style.gap[0] if street.frontage == "rural" else 0)
            number = base + (0 if side > 0 else 1)
            while s < along[-1] - 12:
                width, depth = chance.uniform(*style.width), chance.uniform(*style.depth)
                here, tangent = point_at(line, along, s + width / 2)
                if chance.random() < style.kept:
                    centre = here + 1j * tangent * side * (style.setback + depth / 2 + chance.uniform(0, 2.5))
                    outline = box(centre, tangent, width, depth)
                    counted = base + 2 * int((s + width / 2) * (0.1 if street.frontage == "rural" else 0.42)) + (0 if side > 0 else 1)
                    if self._is_free(centre, outline) and self.claim(outline):
                        number = max(counted, number + 2)
                        code = postcode_of(town, here, self._river_side)
                        door = here + 1j * tangent * side * style.setback
                        found.append(
                            Premises(
                                number, street.name, town, code, door, tuple(_shaped(outline, chance, street.frontage)), street.frontage
                            )
                        )
                s += width + chance.uniform(*style.gap)
        top = max((one.number for one in found), default=base)
        reach = base + 2 * int(length(line) * (0.1 if street.frontage == "rural" else 0.42))
        self._last[town, street.name] = -(-max(top, reach) // 100) * 100
        return found


def _apart(one: Line, other: Line) -> bool:
    """Whether two rectangles keep clear of each other (separating axes)."""
    for ring in (one, other):
        for a, b in ((ring[0], ring[1]), (ring[1], ring[2])):
            axis = b - a
            here, there = ([dot(axis, point) for point in corners] for corners in (one, other))
            if max(here) <= min(there) or max(there) <= min(here):
                return True
    return False


def _shaped(outline: Line, chance: Random, kind: str) -> Line:
    """Some buildings are L-shaped."""
    if chance.random() > (0.35 if kind == "houses" else 0.2):
        return outline
    a, b, c, d = outline
    u, v = (b - a) * chance.uniform(0.4, 0.6), (d - a) * chance.uniform(0.35, 0.55)
    return [a, b, c, c - u, c - u - v, d - v]
