"""How far places are apart on the ground, in a straight line."""

from collections.abc import Sequence
from itertools import pairwise

from planner.model.places import LatLon


def ground_metres(points: Sequence[LatLon]) -> list[float]:
    """Metres from each point to the next along the earth's ellipsoid (WGS84, Karney 2013), one fewer than points."""
    from geopy.distance import geodesic

    return [float(geodesic((one.lat, one.lon), (other.lat, other.lon)).meters) for one, other in pairwise(points)]
