"""Streets as they are drawn: a line and what it is; and helpers to divide and end them."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from planner.sample.geometry import Line, cut, meeting, nearest, stations
from planner.values import Struct, replace

SURFACE = ("trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "service")
"""Roads that meet each other at grade."""


class Street(Struct, frozen=True):
    """One street with the same name and character from end to end.

    `town` is its postal city, `speed` in miles per hour, `oneway` in the direction of the line, `frontage` what stands along it
    ("" for nothing), `number` the house number at its beginning, `tags` anything else.
    """

    line: Line
    highway: str
    name: str = ""
    town: str = ""
    ref: str = ""
    speed: int = 25
    lanes: int = 2
    oneway: bool = False
    frontage: str = ""
    number: int = 100
    tags: tuple[tuple[str, str], ...] = ()

    @property
    def at_grade(self) -> bool:
        """Whether it meets other streets where it crosses them."""
        return self.highway in SURFACE


def insert_point(line: Line, point: complex) -> tuple[Line, complex]:
    """The line with a vertex nearest to the point, and that vertex."""
    _gap, s, _side = nearest(line, point)
    along = stations(line)
    for vertex, station in zip(line, along, strict=True):
        if abs(station - s) < 0.5:
            return line, vertex
    before = [p for p, t in zip(line, along, strict=True) if t < s]
    after = [p for p, t in zip(line, along, strict=True) if t > s]
    vertex = cut(line, s, along[-1])[0]
    return [*before, vertex, *after], vertex


def divide(street: Street, at: Iterable[float]) -> list[Street]:
    """Cut a street at these stations; the pieces share their end points exactly."""
    marks = sorted(s for s in at if 1.0 < s < stations(street.line)[-1] - 1.0)
    pieces: list[Street] = []
    rest = street.line
    done = 0.0
    for mark in marks:
        first = cut(rest, 0.0, mark - done)
        second = cut(rest, mark - done, stations(rest)[-1])
        second[0] = first[-1]
        pieces.append(replace(street, line=first))
        rest, done = second, mark
    return [*pieces, replace(street, line=rest)]


class SegmentIndex:
    """Segments of many lines, found by place; made for questions that reach no farther than `size` metres."""

    def __init__(self, lines: Iterable[Line], size: float = 120.0) -> None:
        self._size = size
        self._cells: defaultdict[tuple[int, int], list[tuple[complex, complex]]] = defaultdict(list)
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        """Put a line in."""
        size = self._size
        for a, b in itertools.pairwise(line):
            pieces = math.ceil(abs(b - a) / size) * 2
            points = (a + (b - a) * (k / pieces) for k in range(pieces + 1)) if pieces else (a,)
            for cell in {(math.floor(p.real / size), math.floor(p.imag / size)) for p in points}:
                self._cells[cell].append((a, b))

    def first_hit(self, start: complex, end: complex, skip: frozenset[tuple[complex, complex]] = frozenset()) -> complex | None:
        """The place nearest to `start` where the way from start to end meets a line not in `skip`; None when it meets none."""
        best: float | None = None
        for a, b in self._around((start + end) / 2, abs(end - start) / 2 + self._size / 2):
            hit = meeting(start, end, a, b) if (a, b) not in skip else None
            if hit and hit[0] * abs(end - start) > 0.5 and (best is None or hit[0] < best):
                best = hit[0]
        return None if best is None else start + (end - start) * best

    def gap(self, point: complex, reach: float) -> float:
        """Metres to the nearest line, at most `reach`."""
        best = reach
        for a, b in self._around(point, reach):
            base, lead = b - a, point - a
            size = base.real * base.real + base.imag * base.imag
            t = (lead.real * base.real + lead.imag * base.imag) / size if size else 0.0
            away = abs(lead) if t <= 0 else abs(point - b) if t >= 1 else abs(lead - base * t)
            best = min(best, away)
        return best

    def _around(self, point: complex, reach: float) -> Iterator[tuple[complex, complex]]:
        size = self._size
        for i in range(math.floor((point.real - reach) / size), math.floor((point.real + reach) / size) + 1):
            for j in range(math.floor((point.imag - reach) / size), math.floor((point.imag + reach) / size) + 1):
                yield from self._cells.get((i, j), ())
