"""A line of corners around an area, and what the hand does to it. Values only; positions are world positions."""

import math

import numpy as np

from planner.values import Struct, replace
from ui.map.camera import Camera, Spot
from ui.map.tools.points import Ring

LEAST_CORNERS = 3


class Outline(Struct, frozen=True):
    """Corners in their order; `closed` when the last is joined to the first."""

    corners: tuple[Spot, ...] = ()
    closed: bool = False

    @property
    def ring(self) -> Ring:
        """The corners as an array, (n, 2)."""
        return np.array(self.corners, dtype=np.float64).reshape(-1, 2)

    def added(self, spot: Spot) -> "Outline":
        """With one more corner at its end."""
        return replace(self, corners=(*self.corners, spot))

    def moved(self, index: int, spot: Spot) -> "Outline":
        """With a corner elsewhere."""
        return replace(self, corners=(*self.corners[:index], spot, *self.corners[index + 1 :]))

    def inserted(self, index: int, spot: Spot) -> "Outline":
        """With one more corner before the one of this index."""
        return replace(self, corners=(*self.corners[:index], spot, *self.corners[index:]))

    def removed(self, index: int) -> "Outline":
        """Without a corner; with fewer than three it is open again."""
        corners = (*self.corners[:index], *self.corners[index + 1 :])
        return Outline(corners, self.closed and len(corners) >= LEAST_CORNERS)

    def joined(self) -> "Outline":
        """Closed, where there are corners enough."""
        return replace(self, closed=len(self.corners) >= LEAST_CORNERS)

    def middles(self) -> list[Spot]:
        """The middle of each edge of a closed line; the n-th one is between the corners n and n + 1."""
        if not self.closed:
            return []
        following = (*self.corners[1:], self.corners[0])
        return [((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in zip(self.corners, following, strict=True)]

    def corner_at(self, camera: Camera, at: Spot, reach_px: float) -> int | None:
        """The corner nearest to a pixel, if there is one within reach."""
        return nearest_of(self.corners, camera, at, reach_px)


def nearest_of(spots: "tuple[Spot, ...] | list[Spot]", camera: Camera, at: Spot, reach_px: float) -> int | None:
    """The index of the place nearest to a pixel, if there is one within reach."""
    away = [math.dist(camera.to_screen(*spot), at) for spot in spots]
    best = min(range(len(away)), key=away.__getitem__, default=None)
    return best if best is not None and away[best] <= reach_px else None
