"""Whether places lie in the area of a road pack."""

from collections.abc import Sequence
from itertools import pairwise

from planner.model.places import Bounds, LatLon, Match


def outside(match: Match, bounds: Bounds, outlines: Sequence[Sequence[LatLon]] = ()) -> bool:
    """Whether an address was placed beyond a pack, where there are no roads to drive there; what has no place is not outside.

    `outlines` are the rings the pack was cut out with, their last corners not repeated; without any its bounds count.
    """
    if match.point is None:
        return False
    point = match.point
    if not bounds.contains(point):
        return True
    return bool(outlines) and not any(_inside(outline, point) for outline in outlines)


def _inside(ring: Sequence[LatLon], point: LatLon) -> bool:
    """Whether a ray from the point to the east crosses the ring an odd number of times."""
    crossings = 0
    for a, b in pairwise((*ring, ring[0])):
        if (a.lat > point.lat) != (b.lat > point.lat):
            crossings += point.lon < a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
    return crossings % 2 == 1
