"""The lie of the land: long wooded ridges with valleys between them, which roads, woods and farms follow."""

import numpy as np

from planner.sample.chance import dice
from planner.sample.contours import Lattice, Raster
from planner.sample.geometry import Line, heading, resample
from planner.values import Struct

RIDGE_DIRECTION = heading(35)
"""Which way ridges and valleys run."""

_RIDGES = ((6600.0, 850.0, 1.0), (14200.0, 1300.0, 1.2), (-7300.0, 900.0, 1.05), (-13600.0, 1200.0, 1.1))
"""Metres across the valleys, half width in metres, height."""

_CORNERS: Line = [
    *(-23000 - 8600j, -21500 - 13600j, -9800 - 15200j, -9300 - 14100j, 2400 - 15900j, 2900 - 14600j, 13500 - 13300j, 20300 - 9500j),
    *(20900 - 2500j, 21900 + 1800j, 21500 + 9200j, 18400 + 14800j, 12900 + 14100j, 11600 + 15900j, 1500 + 16400j, -9400 + 16900j),
    *(-12600 + 14200j, -16900 + 12500j, -21400 + 10200j, -22300 + 2600j, -22000 - 2800j),
]

COUNTY: Line = [p for a, b in zip(_CORNERS, _CORNERS[1:] + _CORNERS[:1], strict=True) for p in resample([a, b], 1500)[:-1]]
"""The county line, a ring."""


def noise(x: Raster, y: Raster, scale: float, part: str) -> Raster:
    """Smooth noise between -1 and 1 with features of about `scale` metres (value noise on a repeating table)."""
    chance = dice(f"noise/{part}")
    table = np.array([[chance.uniform(-1, 1) for _ in range(64)] for _ in range(64)])
    u, v = x / scale, y / scale
    i, j = np.floor(u).astype(int), np.floor(v).astype(int)
    s, t = u - i, v - j
    s, t = s * s * (3 - 2 * s), t * t * (3 - 2 * t)
    low = table[j % 64, i % 64] * (1 - s) + table[j % 64, (i + 1) % 64] * s
    high = table[(j + 1) % 64, i % 64] * (1 - s) + table[(j + 1) % 64, (i + 1) % 64] * s
    return np.asarray(low * (1 - t) + high * t)


class Terrain(Struct, frozen=True):
    """Height above the valley floor over a lattice; ridges reach about 1."""

    lattice: Lattice
    height: Raster

    @classmethod
    def rise(cls) -> "Terrain":
        """Raise the ridges."""
        lattice = Lattice.over(-24000, -17000, 23000, 19000, 210)
        x, y = lattice.x, lattice.y
        along = x * RIDGE_DIRECTION.real + y * RIDGE_DIRECTION.imag
        across = -x * RIDGE_DIRECTION.imag + y * RIDGE_DIRECTION.real + 900 * noise(x, y, 5200, "bend") + 260 * noise(x, y, 1500, "spur")
        height = np.zeros_like(x)
        for k, (middle, width, top) in enumerate(_RIDGES):
            swell = 0.78 + 0.3 * noise(along, np.full_like(x, 7.0), 3800, f"ridge{k}")
            height += top * swell * np.exp(-(((across - middle) / width) ** 2))
        knolls = np.clip(noise(along / 2.2, across, 1500, "knolls") - 0.42, 0, 1) * 1.3
        return cls(lattice, height + knolls * np.clip(np.hypot(x, y) / 5000 - 0.8, 0, 1))
