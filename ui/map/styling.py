"""How wide things are drawn at each zoom, and from which zoom on."""

import math
from itertools import pairwise
from types import MappingProxyType

WIDTHS: MappingProxyType[str, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        "highway": ((6, 0.8), (9, 1.8), (12, 3.6), (14, 6.5), (16, 13), (18, 38)),
        "major": ((7, 0.5), (10, 1.3), (13, 3.6), (15, 8), (18, 32)),
        "medium": ((9, 0.5), (11, 1.0), (13, 2.6), (15, 6.5), (18, 28)),
        "link": ((10, 0.6), (12, 1.6), (15, 5), (18, 20)),
        "minor": ((11, 0.4), (12, 0.7), (13, 1.3), (14, 2.6), (16, 7.5), (18, 24)),
        "service": ((13, 0.6), (14, 1.1), (16, 3.8), (18, 12)),
        "path": ((13, 0.6), (15, 0.9), (18, 2.4)),
        "drive": ((15, 0.8), (16, 2.2), (18, 8)),
        "rail": ((11, 0.7), (13, 1.0), (16, 1.4), (18, 2)),
        "siding": ((14, 0.5), (18, 1.4)),
        "ties": ((13, 4), (16, 6), (18, 9)),
        "pier": ((12, 0.6), (15, 2.5), (18, 16)),
        "river": ((8, 0.7), (12, 1.6), (14, 3), (17, 9)),
        "canal": ((8, 0.6), (13, 2), (17, 8)),
        "stream": ((12, 0.5), (15, 1.4), (17, 3)),
        "runway": ((10, 1), (14, 8), (17, 40)),
        "taxiway": ((11, 0.5), (14, 2.5), (17, 12)),
    }
)
"""Logical pixels by kind of line, at some zooms."""

FROM_ZOOM: MappingProxyType[str, float] = MappingProxyType(
    {
        "minor": 11.5,
        "service": 13.5,
        "drive": 15.5,
        "path": 14.75,
        "siding": 14.0,
        "stream": 12.5,
        "building": 14.5,
        "building_edge": 15.0,
    }
)
CASED_FROM: MappingProxyType[str, float] = MappingProxyType(
    {
        "highway": 9.0,
        "major": 11.0,
        "medium": 12.0,
        "link": 12.5,
        "minor": 12.75,
        "service": 14.5,
        "drive": 16.0,
    }
)
"""Below these zooms a road is one thin line: an outline would be wider than the road."""


def casing_width(kind: str, zoom: float) -> float:
    """Width of a road with its casing, in logical pixels."""
    return width_at(kind, zoom) + min(2.0, 0.9 + 0.15 * (zoom - 12))


def width_at(kind: str, zoom: float) -> float:
    """Width in logical pixels; grows by a half a zoom between the stops (exponential interpolation of the Mapbox style specification)."""
    stops = WIDTHS[kind]
    if zoom <= stops[0][0]:
        return stops[0][1]
    for (low, narrow), (high, wide) in pairwise(stops):
        if zoom <= high:
            return narrow + (wide - narrow) * (math.pow(1.5, zoom - low) - 1) / (math.pow(1.5, high - low) - 1)
    return stops[-1][1] * math.pow(1.6, zoom - stops[-1][0])
