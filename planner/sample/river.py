"""Water: the river that winds through the county, its creeks, and a lake behind a dam."""

import math
from collections.abc import Callable

import numpy as np

from planner.sample.chance import dice
from planner.sample.contours import Lattice, Patch, Raster
from planner.sample.geometry import Line, cut, length, nearest, offset, resample, rounded, simplify, spline, stations
from planner.values import Struct

RIVER_NAME = "Tamarack River"
LAKE_NAME = "Loon Lake"

_COURSE: Line = [
    *(
        23500 + 15200j,
        20500 + 13300j,
        17800 + 11300j,
        15600 + 11500j,
        13700 + 9900j,
        11700 + 9500j,
        10300 + 7700j,
        8700 + 6700j,
        7700 + 5200j,
    ),
    *(
        5900 + 4500j,
        4700 + 3100j,
        3300 + 2850j,
        2300 + 1750j,
        1300 + 1500j,
        400 + 850j,
        -650 + 880j,
        -1450 + 250j,
        -1850 - 650j,
        -2050 - 1500j,
    ),
    *(
        -3000 - 2250j,
        -3800 - 3200j,
        -3350 - 4500j,
        -3900 - 5600j,
        -2700 - 6600j,
        -2600 - 7900j,
        -1500 - 8800j,
        -1750 - 10400j,
        -900 - 11600j,
    ),
    *(-1000 - 12900j, 300 - 13900j, 500 - 15200j, 1300 - 17000j),
]

_CREEKS: dict[str, Line] = {
    "Sawmill Run": [
        -17500 + 15500j,
        -14000 + 12600j,
        -11000 + 11900j,
        -8200 + 11300j,
        -5400 + 10200j,
        -3800 + 7400j,
        -2300 + 5000j,
        -1700 + 2600j,
        -900 + 1100j,
    ],
    "Fox Creek": [-22800 - 11200j, -18500 - 9900j, -14500 - 8500j, -11200 - 6900j, -8400 - 6200j, -5600 - 5600j, -3700 - 5000j],
    "Laurel Run": [17500 - 8200j, 13600 - 9200j, 9500 - 9900j, 5200 - 10900j, 1900 - 11000j, -800 - 11300j],
    "Spring Creek": [15500 + 1500j, 11500 + 300j, 8300 - 1700j, 5200 - 2700j, 2900 - 3900j, 300 - 4600j, -1500 - 4300j, -3300 - 4300j],
    "Dry Hollow Run": [13200 + 15600j, 11500 + 13500j, 11700 + 11200j, 11500 + 9500j],
    "Loon Creek": [-21800 + 4200j, -17500 + 4900j, -14300 + 4700j, -12300 + 5300j, -8500 + 7700j, -6900 + 9000j, -5000 + 9800j],
}


class Water(Struct, frozen=True):
    """All water: middle lines by name, the river's outline, the lake's outline."""

    river: Line
    banks: tuple[Line, Line]
    river_area: Patch
    creeks: dict[str, Line]
    lake: Patch

    def side(self) -> Callable[[complex], float]:
        """A quick test near the city: positive on the left bank, where the old town is, negative beyond the river."""
        lattice = Lattice.over(-6000, -6000, 6000, 6000, 180)
        course = np.array([p for p in self.river[::2] if abs(p) < 9500])
        points = lattice.points()
        close = np.abs(points[..., None] - course[None, None, :]).argmin(axis=-1)
        flow = np.gradient(course)[close]
        away = points - course[close]
        left: Raster = flow.real * away.imag - flow.imag * away.real
        return lattice.lookup(left)


def _width(s: float) -> float:
    """Half the river's width: it widens downstream and breathes a little."""
    return 30 + s / 2300 + 7 * math.sin(s / 610) + 4 * math.sin(s / 233)


def _wander(line: Line, size: float, wave: float, part: str) -> Line:
    """Let a line wind from side to side like running water, less at its ends."""
    chance = dice(f"wander/{part}")
    phases = [chance.uniform(0, 2 * math.pi) for _ in range(3)]
    total = stations(line)[-1]

    def aside(s: float) -> float:
        ease = min(1.0, s / 800, (total - s) / 800)
        return (
            ease
            * size
            * (math.sin(s / wave + phases[0]) + 0.6 * math.sin(s / wave * 2.3 + phases[1]) + 0.3 * math.sin(s / wave * 5.1 + phases[2]))
        )

    return offset(line, aside)


def dig_water() -> Water:
    """Lay the river, the creeks and the lake."""
    calm = spline(_COURSE, 60)
    river = resample(_wander(calm, 85, 430, "river"), 45)
    left, right = (simplify(offset(river, side), 1.5) for side in (_width, lambda s: -_width(s)))
    islands = [_island(river, *one) for one in ((1000 + 1300j, 300, 13), (9900 + 7600j, 340, 14), (-3700 - 5200j, 380, 17))]
    lake = Patch(_lake_shore(), [_island([-13200 + 4700j, -11500 + 5850j, -10000 + 6600j], -11500 + 5850j, 300, 75)])
    creeks = {name: _creek(name, course, river) for name, course in _CREEKS.items()}
    return Water(river, (left, right), Patch(left + right[::-1], islands), creeks, lake)


def _creek(name: str, course: Line, river: Line) -> Line:
    """A creek that ends in the river when its course does."""
    line = resample(_wander(spline(course, 80), 75, 190, name), 40)
    gap, _s, _side = nearest(river, line[-1])
    mouth = min(river, key=lambda p: abs(p - line[-1]))
    return simplify([*line, mouth] if gap < 900 else line, 3)


def _island(course: Line, at: complex, size: float, width: float) -> Line:
    """An island in the stream, long with it: `size` metres along the course and twice `width` across."""
    s = nearest(course, at)[1]
    middle = resample(cut(course, s - size / 2, s + size / 2), size / 10)
    total = length(middle)
    left, right = (offset(middle, _swell(side * width, total)) for side in (1, -1))
    return left[1:-1] + right[::-1]


def _swell(aside: float, total: float) -> Callable[[float], float]:
    return lambda s: aside * math.sin(math.pi * min(max(s / total, 0.0), 1.0)) ** 0.6


def _lake_shore() -> Line:
    """The lake: a drowned valley, wide at its dam, with a few arms."""
    spine = spline([-14400 + 4300j, -13200 + 5000j, -12100 + 5250j, -11000 + 6000j, -9900 + 6500j, -9150 + 7050j], 60)
    total = stations(spine)[-1]
    chance = dice("lake")
    arms = {side: [(chance.uniform(0.12, 0.9), chance.uniform(260, 620), chance.uniform(110, 190)) for _ in range(4)] for side in (1, -1)}

    def shore(side: int) -> Line:
        def aside(s: float) -> float:
            t = s / total
            body: float = 60 + 430 * math.sin(math.pi * min(1.0, t * 1.02)) ** 0.7 * (0.55 + 0.45 * t)
            body += sum(size * math.exp(-(((s - at * total) / wide) ** 2)) for at, size, wide in arms[side])
            return float(side) * (body + 26 * math.sin(s / 83 + side) + 15 * math.sin(s / 37))

        return offset(spine, aside)

    return simplify(rounded(shore(1)[::-1] + shore(-1), 1), 4)
