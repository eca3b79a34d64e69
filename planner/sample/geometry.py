"""Plane geometry in metres.

A point is a complex number, x east and y north of the middle of the city, so that plain arithmetic moves and turns it.
A line is a list of points, a ring a line whose last point is not repeated.
"""

import cmath
import itertools
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator

Line = list[complex]


def unit(vector: complex) -> complex:
    """The vector with length one; east for a vector without length."""
    size = abs(vector)
    return vector / size if size else 1 + 0j


def cross(a: complex, b: complex) -> float:
    """The z of the cross product: positive when b points to the left of a."""
    return a.real * b.imag - a.imag * b.real


def dot(a: complex, b: complex) -> float:
    """The scalar product."""
    return a.real * b.real + a.imag * b.imag


def heading(degrees: float) -> complex:
    """The unit vector at an angle counted from east to the left."""
    return cmath.rect(1.0, math.radians(degrees))


def stations(line: Line) -> list[float]:
    """How far along the line each of its points is, in metres."""
    along = [0.0]
    for a, b in itertools.pairwise(line):
        along.append(along[-1] + abs(b - a))
    return along


def length(line: Line) -> float:
    """Length in metres."""
    return sum(abs(b - a) for a, b in itertools.pairwise(line))


def point_at(line: Line, along: list[float], s: float) -> tuple[complex, complex]:
    """The point and the unit tangent `s` metres along; `along` are the line's stations."""
    i = min(max(bisect_right(along, s) - 1, 0), len(line) - 2)
    tangent = unit(line[i + 1] - line[i])
    return line[i] + tangent * (min(max(s, 0.0), along[-1]) - along[i]), tangent


def cut(line: Line, begin: float, end: float) -> Line:
    """The piece between two stations, its ends exact."""
    along = stations(line)
    begin, end = max(begin, 0.0), min(end, along[-1])
    inner = [p for p, s in zip(line, along, strict=True) if begin + 0.01 < s < end - 0.01]
    return [point_at(line, along, begin)[0], *inner, point_at(line, along, end)[0]]


def resample(line: Line, step: float) -> Line:
    """Points at even spacing of about `step` metres, both ends kept."""
    along = stations(line)
    pieces = max(1, round(along[-1] / step))
    return [point_at(line, along, along[-1] * i / pieces)[0] for i in range(pieces + 1)]


def spline(controls: Line, step: float, *, closed: bool = False) -> Line:
    """A smooth curve through the control points (Catmull-Rom), about `step` metres between points."""
    ring = (
        [controls[-1], *controls, controls[0], controls[1]]
        if closed
        else [2 * controls[0] - controls[1], *controls, 2 * controls[-1] - controls[-2]]
    )
    curve: Line = []
    for p0, p1, p2, p3 in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        pieces = max(1, round(abs(p2 - p1) / step))
        for i in range(pieces):
            t = i / pieces
            curve.append(0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t**3))
    return curve if closed else [*curve, controls[-1]]


def offset(line: Line, aside: float | Callable[[float], float]) -> Line:
    """The line moved to its left by `aside` metres, or by a function of the station."""
    along = stations(line)
    moved = []
    for i, point in enumerate(line):
        tangent = unit(line[min(i + 1, len(line) - 1)] - line[max(i - 1, 0)])
        moved.append(point + 1j * tangent * (aside(along[i]) if callable(aside) else aside))
    return moved


def simplify(line: Line, tolerance: float) -> Line:
    """Leave out points that lie within `tolerance` metres of the line without them (Douglas and Peucker)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        a, base = line[first], line[last] - line[first]
        size = abs(base)
        turn = base.conjugate() / size if size else 0j
        far, worst = tolerance, -1
        for i in range(first + 1, last):
            gap = abs(((line[i] - a) * turn).imag) if size else abs(line[i] - a)
            if gap > far:
                far, worst = gap, i
        if worst >= 0:
            keep.add(worst)
            spans += [(first, worst), (worst, last)]
    return [line[i] for i in sorted(keep)]


def rounded(ring: Line, times: int = 2) -> Line:
    """The ring with its corners cut (Chaikin)."""
    for _ in range(times):
        ring = [point for a, b in zip(ring, ring[1:] + ring[:1], strict=True) for point in (0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b)]
    return ring


def inside(ring: Line, point: complex) -> bool:
    """Whether the point lies in the ring (even-odd rule)."""
    found = False
    x, y = point.real, point.imag
    a = ring[-1]
    for b in ring:
        if (a.imag > y) != (b.imag > y) and x < (b.real - a.real) * (y - a.imag) / (b.imag - a.imag) + a.real:
            found = not found
        a = b
    return found


def area(ring: Line) -> float:
    """Square metres, negative for a ring that runs clockwise."""
    return sum(cross(a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def middle(ring: Line) -> complex:
    """The mean of the points."""
    return sum(ring) / len(ring)


def nearest(line: Line, point: complex) -> tuple[float, float, float]:
    """How far the line is from the point, the station of the nearest place, and its side (positive: the point is to the left)."""
    best, at, side, along = math.inf, 0.0, 0.0, 0.0
    for a, b in itertools.pairwise(line):
        base = b - a
        size = abs(base)
        t = min(max(dot(point - a, base) / (size * size), 0.0), 1.0) if size else 0.0
        gap = abs(point - a - base * t)
        if gap < best:
            best, at, side = gap, along + t * size, cross(base, point - a)
        along += size
    return best, at, side


def meeting(a: complex, b: complex, c: complex, d: complex) -> tuple[float, float] | None:
    """Where the segments a-b and c-d cross, as fractions of each; None when they do not."""
    ab, cd = b - a, d - c
    turn = cross(ab, cd)
    if abs(turn) < 1e-9:
        return None
    t, u = cross(c - a, cd) / turn, cross(c - a, ab) / turn
    return (t, u) if -1e-9 <= t <= 1 + 1e-9 and -1e-9 <= u <= 1 + 1e-9 else None


class Crosser:
    """A line prepared for asking many others where they cross it."""

    def __init__(self, line: Line) -> None:
        self._groups = []
        for k in range(0, len(line) - 1, 12):
            piece = line[k : k + 13]
            self._groups.append((_extent(piece), list(itertools.pairwise(piece))))

    def stations_on(self, line: Line) -> list[float]:
        """The stations of `line` where it crosses this one, in order."""
        whole = _extent(line)
        groups = [group for group in self._groups if _overlap(whole, group[0])]
        found: list[float] = []
        along = 0.0
        for a, b in itertools.pairwise(line) if groups else ():
            extent = _extent([a, b])
            for box_of, segments in groups:
                if _overlap(extent, box_of):
                    hits = (meeting(a, b, c, d) for c, d in segments)
                    found += [along + hit[0] * abs(b - a) for hit in hits if hit]
            along += abs(b - a)
        return sorted(found)


def _extent(line: Line) -> tuple[float, float, float, float]:
    xs, ys = [p.real for p in line], [p.imag for p in line]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]


def crossings(line: Line, other: Line) -> list[float]:
    """The stations of `line` where it crosses `other`, in order."""
    return Crosser(other).stations_on(line)


def box(centre: complex, along: complex, size: float, depth: float) -> Line:
    """A rectangle around its centre, `size` metres along the unit vector `along` and `depth` across."""
    u, v = along * size / 2, 1j * along * depth / 2
    return [centre - u - v, centre + u - v, centre + u + v, centre - u + v]


class Buckets[T]:
    """Points with something attached, found by place."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._cells: defaultdict[tuple[int, int], list[tuple[complex, T]]] = defaultdict(list)

    def add(self, point: complex, item: T) -> None:
        """Put an item at a point."""
        self._cells[math.floor(point.real / self._size), math.floor(point.imag / self._size)].append((point, item))

    def near(self, point: complex, radius: float) -> Iterator[tuple[complex, T]]:
        """Whatever lies within `radius` metres."""
        size = self._size
        for i in range(math.floor((point.real - radius) / size), math.floor((point.real + radius) / size) + 1):
            for j in range(math.floor((point.imag - radius) / size), math.floor((point.imag + radius) / size) + 1):
                for at, item in self._cells.get((i, j), ()):
                    if abs(at - point) <= radius:
                        yield at, item

    def any_near(self, point: complex, radius: float) -> bool:
        """Whether anything lies within `radius` metres."""
        size = self._size
        cells = self._cells
        for i in range(math.floor((point.real - radius) / size), math.floor((point.real + radius) / size) + 1):
            for j in range(math.floor((point.imag - radius) / size), math.floor((point.imag + radius) / size) + 1):
                for at, _item in cells.get((i, j), ()):
                    if abs(at - point) <= radius:
                        return True
        return False
