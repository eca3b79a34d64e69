"""Make the shape of a drive small: leave out points that the eye cannot tell, and write the rest as steps."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon

_DEGREE_M = 111_195.0  # length of a degree of latitude on the mean earth
_STEPS = 1e5  # steps of a degree: about a metre


def packed_line(shape: Sequence[LatLon], tolerance_m: float = 2.0) -> list[int]:
    """Latitude and longitude of the first point in 1/100,000 degree, then the steps from point to point: [lat, lon, dlat, dlon, ...].

    Points within `tolerance_m` of the line through the others are left out (Douglas and Peucker, 1973).
    """
    if not shape:
        return []
    degrees = np.array([(point.lat, point.lon) for point in shape])
    metres = degrees * (_DEGREE_M, _DEGREE_M * math.cos(math.radians(shape[0].lat)))
    grid = np.rint(degrees[_kept(metres, tolerance_m)] * _STEPS).astype(np.int64)
    steps = np.diff(grid, axis=0)
    moved = steps[steps.any(axis=1)]
    packed: list[int] = np.concatenate((grid[:1], moved)).ravel().tolist()
    return packed


def _kept(xy: NDArray[np.float64], tolerance: float) -> NDArray[np.bool_]:
    kept = np.zeros(len(xy), np.bool_)
    kept[[0, -1]] = True
    spans = [(0, len(xy) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _distance(xy[first + 1 : last], xy[first], xy[last])
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return kept


def _distance(points: NDArray[np.float64], begin: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of each point from the segment, not from the endless line: a route may run past its end and come back."""
    along = end - begin
    square = float(along @ along)
    share = np.clip((points - begin) @ along / square, 0, 1) if square else np.zeros(len(points))
    gaps: NDArray[np.float64] = np.hypot(*(points - begin - share[:, None] * along).T)
    return gaps
