"""Where accounts are, ready to be asked which of them lie inside a line or near a pixel. Knows no widget."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from ui.map.camera import Camera, Spot, world_array

type Ring = NDArray[np.float64]
"""World positions of the corners of an area, (n, 2); the last is joined to the first."""


class Points:
    """Accounts by their ids at world positions, kept from north to south. Does not change."""

    def __init__(self, placed: Iterable[tuple[int, LatLon]] = ()) -> None:
        known = list(placed)
        world = world_array([point for _key, point in known])
        order = np.argsort(world[:, 1], kind="stable")
        self._keys = np.array([key for key, _point in known], dtype=np.int64)[order]
        self._x, self._y = np.ascontiguousarray(world[order, 0]), np.ascontiguousarray(world[order, 1])

    def __len__(self) -> int:
        return len(self._keys)

    def inside(self, ring: Ring) -> frozenset[int]:
        """The ids of the accounts inside an area; of one that crosses itself, those an odd number of times inside.

        Each edge looks only at the accounts between its ends, so that a line of many short edges costs no more than one of a few long ones.
        """
        if len(ring) < 3 or not len(self):
            return frozenset()
        begin, end = ring, np.roll(ring, -1, axis=0)
        slanted = begin[:, 1] != end[:, 1]
        begin, end = begin[slanted], end[slanted]
        first = np.searchsorted(self._y, np.minimum(begin[:, 1], end[:, 1]))
        last = np.searchsorted(self._y, np.maximum(begin[:, 1], end[:, 1]))
        slope = (end[:, 0] - begin[:, 0]) / (end[:, 1] - begin[:, 1])
        odd = np.zeros(len(self), dtype=np.bool_)
        for low, high, x, y, run in zip(first.tolist(), last.tolist(), *begin.T.tolist(), slope.tolist(), strict=True):
            if low < high:
                odd[low:high] ^= self._x[low:high] < x + (self._y[low:high] - y) * run
        return frozenset(self._keys[odd].tolist())

    def nearest(self, camera: Camera, at: Spot, reach_px: float) -> Spot | None:
        """The place of the account nearest to a pixel, if there is one within reach."""
        x, y = camera.to_world(*at)
        reach = reach_px / camera.scale
        low, high = self._band(y, reach)
        if low == high:
            return None
        away = np.hypot(self._x[low:high] - x, self._y[low:high] - y)
        best = int(away.argmin())
        return (float(self._x[low + best]), float(self._y[low + best])) if away[best] <= reach else None

    def places(self, keys: frozenset[int]) -> Ring:
        """World positions of these accounts, (n, 2), without those that have none."""
        wanted = np.isin(self._keys, np.fromiter(keys, dtype=np.int64, count=len(keys)))
        return np.column_stack((self._x[wanted], self._y[wanted]))

    def _band(self, y: float, reach: float) -> tuple[int, int]:
        low, high = np.searchsorted(self._y, (y - reach, y + reach))
        return int(low), int(high)
