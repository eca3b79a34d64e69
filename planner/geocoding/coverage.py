"""Whether places lie in the area of a road pack."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from planner.model.places import Bounds, LatLon, Match, is_inside

if TYPE_CHECKING:
    import numpy as np


def outside(match: Match, bounds: Bounds, outlines: Sequence[Sequence[LatLon]] = ()) -> bool:
    """Whether an address was placed beyond a pack, where there are no roads to drive there; what has no place is not outside.

    `outlines` are the rings the pack was cut out with, their last corners not repeated; without any its bounds count.
    """
    if match.point is None:
        return False
    point = match.point
    if not bounds.contains(point):
        return True
    return bool(outlines) and not any(is_inside(outline, point) for outline in outlines)


def all_outside(
    lats: Sequence[float], lons: Sequence[float], bounds: Bounds, outlines: Sequence[Sequence[LatLon]] = ()
) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Which of many places lie beyond a pack, as `outside` tells of one; degrees in, one truth value a place out."""
    import numpy as np

    lat, lon = np.asarray(lats, dtype=float), np.asarray(lons, dtype=float)
    beyond = (lat < bounds.south) | (lat > bounds.north) | (lon < bounds.west) | (lon > bounds.east)
    if not outlines:
        return beyond
    order = np.argsort(lat)
    lat, lon = lat[order], lon[order]
    within = np.zeros(len(lat), dtype=bool)
    for outline in outlines:
        within |= _all_inside(outline, lat, lon)
    beyond[order] |= ~within
    return beyond


def _all_inside(ring: Sequence[LatLon], lat: Any, lon: Any) -> Any:
    """As `is_inside` for places sorted by their latitude: each edge looks at those beside it alone."""
    import numpy as np

    corners = np.array([(corner.lat, corner.lon) for corner in (*ring, ring[0])])
    lows, highs = np.searchsorted(lat, np.sort(np.stack((corners[:-1, 0], corners[1:, 0])), axis=0))
    odd = np.zeros(len(lat), dtype=bool)
    for edge in np.flatnonzero(highs > lows):
        (a_lat, a_lon), (b_lat, b_lon), beside = corners[edge], corners[edge + 1], slice(lows[edge], highs[edge])
        odd[beside] ^= lon[beside] < a_lon + (lat[beside] - a_lat) / (b_lat - a_lat) * (b_lon - a_lon)
    return odd
