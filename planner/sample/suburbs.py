"""Housing estates around the city: a curved street in from the main road, crescents and cul-de-sacs off it."""

from collections.abc import Callable
from random import Random

from planner.sample.chance import dice
from planner.sample.geometry import Line, heading, point_at, simplify, spline, stations
from planner.sample.names import NameBook
from planner.sample.streets import SegmentIndex, Street

_ESTATES = 46


class _Estate:
    """One estate while it is being laid: keeps its streets clear of everything else."""

    def __init__(self, taken: SegmentIndex, free: Callable[[complex], bool], chance: Random, book: NameBook, town: str) -> None:
        self._taken, self._free, self._chance, self._book, self._town = taken, free, chance, book, town
        self.streets: list[Street] = []
        self._own = SegmentIndex([])

    def fits(self, line: Line, skip: float, gap: float = 62.0, *, tail: float = 0.0) -> bool:
        """Whether a line keeps `gap` metres from everything, but for its first `skip` and last `tail` metres, where it joins another."""
        along = stations(line)
        for point, s in zip(line, along, strict=True):
            if not self._free(point):
                return False
            if skip < s < along[-1] - tail and (self._taken.gap(point, gap) < gap or self._own.gap(point, gap) < gap):
                return False
        return True

    def lay(self, line: Line, kind: str) -> None:
        """Add a street; `kind` as in the name book."""
        self._own.add(line)
        closed = (("turning_circle", "yes"),) if kind == "end" else ()
        self.streets.append(
            Street(simplify(line, 0.7), "residential", self._book.pod(self._chance, kind), self._town, frontage="houses", tags=closed)
        )

    def branches(self, spine: Line) -> None:
        """Lay crescents and cul-de-sacs off a street, left and right."""
        along = stations(spine)
        for side in (1, -1):
            s = 85 + self._chance.uniform(0, 50)
            while s < along[-1] + 5:
                reach = self._chance.uniform(120, 210)
                if self._chance.random() < 0.4 and s + 190 < along[-1]:
                    line = self._crescent(spine, along, s, s + self._chance.uniform(165, 190), side * self._chance.uniform(105, 150))
                    kind, tail, step = "loop", 70.0, 265.0
                else:
                    line, kind, tail, step = self._spur(spine, along, s, side, reach), "end", 0.0, 88.0
                if self.fits(line, 66, 58, tail=tail):
                    self.lay(line, kind)
                    s += step + self._chance.uniform(0, 25)
                else:
                    s += 45

    def _spur(self, spine: Line, along: list[float], s: float, side: float, reach: float) -> Line:
        root, tangent = point_at(spine, along, s)
        normal = 1j * tangent * side
        bend = tangent * self._chance.uniform(-70, 70)
        return [
            root,
            *spline(
                [root, root + normal * reach * 0.35 + bend * 0.1, root + normal * reach * 0.7 + bend * 0.5, root + normal * reach + bend],
                16,
            )[1:],
        ]

    @staticmethod
    def _crescent(spine: Line, along: list[float], begin: float, end: float, depth: float) -> Line:
        first, u = point_at(spine, along, begin)
        last, v = point_at(spine, along, end)
        return [
            *spline(
                [
                    first,
                    first + 1j * u * depth * 0.72 + u * 8,
                    (first + last) / 2 + 1j * (u + v) / 2 * depth,
                    last + 1j * v * depth * 0.72 - v * 8,
                    last,
                ],
                15,
            )[:-1],
            last,
        ]


def lay_suburbs(
    roads: list[Street],
    existing: list[Street],
    free: Callable[[complex], bool],
    town: str,
    book: NameBook,
    reach: tuple[float, float] = (1900, 5600),
    count: int = _ESTATES,
) -> list[Street]:
    """Lay estates along the given roads where there is room, nearer to the city more of them."""
    chance = dice(f"suburbs/{town}")
    taken = SegmentIndex([street.line for street in existing])
    anchors = []
    for road in roads:
        along = stations(road.line)
        for s in range(150, int(along[-1]) - 150, 130):
            point, tangent = point_at(road.line, along, s)
            if reach[0] < abs(point) < reach[1]:
                anchors.append((abs(point) + chance.uniform(-700, 1500), point, tangent))
    anchors.sort(key=lambda anchor: anchor[0])
    laid: list[Street] = []
    estates = 0
    for _rank, root, tangent in anchors:
        for side in (1, -1):
            estate = _Estate(taken, free, chance, book, town)
            spine = _spine(chance, root, 1j * tangent * side)
            if estates < count and estate.fits(spine, 95, 88):
                estate.lay(spine, "spine")
                estate.branches(spine)
                if len(estate.streets) > 3:
                    estates += 1
                    for street in estate.streets:
                        taken.add(street.line)
                    laid += estate.streets
    return laid


def _spine(chance: Random, root: complex, inward: complex) -> Line:
    size = chance.uniform(300, 620)
    turn = chance.uniform(-75, 75)
    controls = [root]
    for k in range(1, 5):
        controls.append(controls[-1] + inward * heading(turn * (k / 4) ** 1.3 + chance.uniform(-9, 9)) * size / 4)
    return [root, *spline(controls, 18)[1:]]
