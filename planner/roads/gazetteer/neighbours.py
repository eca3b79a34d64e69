"""Who lives nearby: the commonest locality around a point and the nearest town, on a coarse grid of degrees."""

from collections import Counter
from collections.abc import Iterator
from math import floor

from planner.model.places import LatLon
from planner.model.street_names import normalise_town
from planner.roads.gazetteer.scan import Point, Town

Cell = tuple[int, int]

_LOCALITY_CELL = 0.01  # degrees: about a kilometre
_LOCALITY_REACH = 6  # cells
_TOWN_CELL = 0.1
_TOWN_REACH = 3
_SAME_TOWN_M = 15_000


class Neighbours:
    """What is known around points; memory grows with the settled area, not with the number of addresses."""

    def __init__(self) -> None:
        self._localities: dict[Cell, Counter[int]] = {}
        self._towns: dict[Cell, list[Town]] = {}
        self._sizes: Counter[int] = Counter()
        self._answers: dict[Cell, int] = {}

    def add_locality(self, locality: int, point: Point) -> None:
        """Count one address of a locality."""
        self._localities.setdefault(_cell(point, _LOCALITY_CELL), Counter())[locality] += 1
        self._sizes[locality] += 1
        self._answers.clear()

    def size(self, locality: int) -> int:
        """How many addresses were counted for a locality."""
        return self._sizes[locality]

    def locality(self, point: Point) -> int:
        """The commonest locality in the nearest cell that has any; 0 when there is none within some 6 km."""
        cell = _cell(point, _LOCALITY_CELL)
        if cell not in self._answers:
            self._answers[cell] = self._commonest_around(cell)
        return self._answers[cell]

    def _commonest_around(self, cell: Cell) -> int:
        for ring in _rings(cell, _LOCALITY_REACH):
            counts = [self._localities[cell] for cell in ring if cell in self._localities]
            if counts:
                total = sum(counts, Counter())
                return total.most_common(1)[0][0]
        return 0

    def add_town(self, town: Town) -> bool:
        """Keep a town; false when one of that name is already near."""
        key = normalise_town(town.name)
        here = LatLon(*town.point)
        near = self._towns_near(town.point)
        if any(normalise_town(other.name) == key and here.metres_to(LatLon(*other.point)) < _SAME_TOWN_M for other in near):
            return False
        self._towns.setdefault(_cell(town.point, _TOWN_CELL), []).append(town)
        return True

    def town(self, point: Point) -> str:
        """The name of the nearest town, village or hamlet; nothing when there is none within some 30 km."""
        here = LatLon(*point)
        distances = [(here.metres_to(LatLon(*town.point)), town.name) for town in self._towns_near(point)]
        return min(distances)[1] if distances else ""

    def _towns_near(self, point: Point) -> Iterator[Town]:
        for ring in _rings(_cell(point, _TOWN_CELL), _TOWN_REACH):
            for cell in ring:
                yield from self._towns.get(cell, ())


def _cell(point: Point, size: float) -> Cell:
    return floor(point[0] / size), floor(point[1] / size)


def _rings(middle: Cell, reach: int) -> Iterator[list[Cell]]:
    """The cells around one, ring by ring outwards, itself first."""
    row, column = middle
    for away in range(reach + 1):
        yield [
            (row + down, column + right)
            for down in range(-away, away + 1)
            for right in (range(-away, away + 1) if abs(down) == away else (-away, away) if away else (0,))
        ]
