"""The lie of the land: long wooded ridges with valleys between them, which roads, woods and farms follow."""

from dataclasses import dataclass

import numpy as np

from planner.sample.chance import dice
from planner.sample.contours import Lattice, Raster
from planner.sample.geometry import Line, heading, spline

RIDGE_DIRECTION = heading(35)
"""Which way ridges and valleys run."""

_RIDGES = ((6600.0, 850.0, 1.0), (14200.0, 1300.0, 1.2), (-7300.0, 900.0, 1.05), (-13600.0, 1200.0, 1.1))
"""Metres across the valleys, half width in metres, height."""

COUNTY: Line = spline(
    [
        *(-22500 - 9000j, -20800 - 12800j, -15500 - 14900j, -9000 - 14200j, -4200 - 15600j, 1200 - 15000j, 6500 - 13600j, 12500 - 12900j),
        *(18600 - 10500j, 20400 - 4000j, 20900 + 2500j, 21600 + 9000j, 19500 + 14300j, 13000 + 15800j, 6500 + 16700j, -1500 + 17000j),
        *(-8500 + 16200j, -15500 + 14300j, -20500 + 11000j, -21800 + 4000j, -22900 - 3000j),
    ],
    900,
    closed=True,
)
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


@dataclass(frozen=True)
class Terrain:
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
