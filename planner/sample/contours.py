"""Rings around the part of a raster that is above zero (marching squares), so that woods and suburbs get natural outlines."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from planner.sample.geometry import Line, area, inside, rounded, simplify
from planner.values import Struct, field

Raster = NDArray[np.float64]


class Patch(Struct, frozen=True):
    """An area: its outer ring and the holes in it."""

    outer: Line
    holes: list[Line] = field(default_factory=list)


class Lattice(Struct, frozen=True):
    """Evenly spaced points of a box: `x` and `y` are rasters of their coordinates in metres."""

    x: Raster
    y: Raster
    step: float

    @classmethod
    def over(cls, west: float, south: float, east: float, north: float, step: float) -> "Lattice":
        """The lattice of a box with `step` metres between points."""
        x, y = np.meshgrid(np.arange(west, east + step, step, dtype=np.float64), np.arange(south, north + step, step, dtype=np.float64))
        return cls(x, y, step)

    def points(self) -> NDArray[np.complex128]:
        """The points as complex numbers."""
        return self.x + 1j * self.y

    def lookup(self, values: Raster) -> Callable[[complex], float]:
        """A quick reader of the raster at any point: the nearest lattice point's value, the edge's beyond the edge."""
        rows, columns = values.shape
        table = values.tolist()
        west, south, per_step = float(self.x[0, 0]), float(self.y[0, 0]), 1 / self.step

        def value(point: complex) -> float:
            i, j = int((point.imag - south) * per_step + 0.5), int((point.real - west) * per_step + 0.5)
            if 0 <= i < rows and 0 <= j < columns:
                return float(table[i][j])
            return float(table[min(max(i, 0), rows - 1)][min(max(j, 0), columns - 1)])

        return value


def near_lines(lattice: Lattice, lines: list[Line], reach: float) -> Raster:
    """Metres from each lattice point to the nearest point of any line, at most `reach`; the lines must be finer than the lattice."""
    gap = np.full(lattice.x.shape, float(reach))
    west, south, step = float(lattice.x[0, 0]), float(lattice.y[0, 0]), lattice.step
    pad = int(reach / step) + 1
    for line in lines:
        points = np.array(line)
        east, north = float(lattice.x[0, -1]), float(lattice.y[-1, 0])
        close = (points.real > west - reach) & (points.real < east + reach) & (points.imag > south - reach) & (points.imag < north + reach)
        for point in points[close].tolist():
            i, j = round((point.imag - south) / step), round((point.real - west) / step)
            rows, columns = slice(max(i - pad, 0), max(i + pad + 1, 0)), slice(max(j - pad, 0), max(j + pad + 1, 0))
            piece = gap[rows, columns]
            if piece.size:
                np.minimum(piece, np.hypot(lattice.x[rows, columns] - point.real, lattice.y[rows, columns] - point.imag), out=piece)
    return gap


def filled(lattice: Lattice, ring: Line, margin: float = 0.0) -> NDArray[np.bool_]:
    """Which lattice points lie in a ring, pushed outwards from its middle by `margin` metres."""
    centre = sum(ring) / len(ring)
    grown = [p + (p - centre) / abs(p - centre) * margin for p in ring]
    west, south, step = float(lattice.x[0, 0]), float(lattice.y[0, 0]), lattice.step
    rows = slice(max(0, int((min(p.imag for p in grown) - south) / step)), max(0, int((max(p.imag for p in grown) - south) / step) + 2))
    columns = slice(max(0, int((min(p.real for p in grown) - west) / step)), max(0, int((max(p.real for p in grown) - west) / step) + 2))
    x, y = lattice.x[rows, columns], lattice.y[rows, columns]
    within = np.zeros(x.shape, dtype=np.bool_)
    for a, b in zip(grown, grown[1:] + grown[:1], strict=True):
        if a.imag != b.imag:
            within ^= ((a.imag > y) != (b.imag > y)) & (x < (b.real - a.real) * (y - a.imag) / (b.imag - a.imag) + a.real)
    raster = np.zeros(lattice.x.shape, dtype=np.bool_)
    raster[rows, columns] = within
    return raster


# For each case (bits: lower left, lower right, upper right, upper left above zero) the edges of the cell where a contour enters and leaves,
# high ground on its left.
_CASES: dict[int, tuple[tuple[str, str], ...]] = {
    1: (("S", "W"),), 2: (("E", "S"),), 3: (("E", "W"),), 4: (("N", "E"),), 5: (("S", "E"), ("N", "W")), 6: (("N", "S"),),
    7: (("N", "W"),), 8: (("W", "N"),), 9: (("S", "N"),), 10: (("E", "N"), ("W", "S")), 11: (("E", "N"),), 12: (("W", "E"),),
    13: (("S", "E"),), 14: (("W", "S"),),
}  # fmt: skip


def patches(lattice: Lattice, values: Raster, *, smallest: float, tolerance: float) -> list[Patch]:
    """Areas where `values` is above zero, of at least `smallest` square metres, smoothed and simplified within about `tolerance` metres."""
    rings = [ring for ring in _rings(lattice, values) if abs(area(ring)) >= smallest]
    finished = [(abs(area(ring)), area(ring) > 0, _smooth(ring, tolerance)) for ring in rings]
    outers = sorted([(size, ring) for size, is_outer, ring in finished if is_outer and len(ring) > 3], key=lambda found: found[0])
    found = [Patch(ring) for _size, ring in outers]
    for _size, is_outer, ring in finished:
        if not is_outer and len(ring) > 3:
            home = next((patch for patch in found if inside(patch.outer, ring[0])), None)
            if home:
                home.holes.append(ring)
    return found


def _smooth(ring: Line, tolerance: float) -> Line:
    soft = rounded(simplify([*ring, ring[0]], tolerance / 4)[:-1])
    return simplify([*soft, soft[0]], tolerance / 3)[:-1]


def _rings(lattice: Lattice, values: Raster) -> list[Line]:
    padded = np.full((values.shape[0] + 2, values.shape[1] + 2), -1.0)
    padded[1:-1, 1:-1] = values
    above = padded > 0
    case = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1]
    rows, columns = np.nonzero((case > 0) & (case < 15))
    follow: dict[tuple[int, int, bool], tuple[int, int, bool]] = {}
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        edges = {"S": (i, j, True), "N": (i + 1, j, True), "W": (i, j, False), "E": (i, j + 1, False)}
        for enter, leave in _CASES[int(case[i, j])]:
            follow[edges[enter]] = edges[leave]
    rings = []
    while follow:
        start, edge = next(iter(follow.items()))
        chain = [start]
        del follow[start]
        while edge != start:
            chain.append(edge)
            edge = follow.pop(edge)
        rings.append([_on_edge(lattice, padded, *each) for each in chain])
    return [ring for ring in rings if len(ring) > 3]


def _on_edge(lattice: Lattice, padded: Raster, i: int, j: int, flat: bool) -> complex:
    here, there = padded[i, j], padded[i, j + 1] if flat else padded[i + 1, j]
    share = min(max(float(here / (here - there)), 0.02), 0.98)
    x, y = j - 1 + (share if flat else 0.0), i - 1 + (0.0 if flat else share)
    return complex(float(lattice.x[0, 0]) + x * lattice.step, float(lattice.y[0, 0]) + y * lattice.step)
