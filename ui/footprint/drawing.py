"""An area in the making, corner by corner."""

from planner.model.areas import Area
from planner.model.places import LatLon
from planner.values import Struct


class Drawing(Struct, frozen=True):
    """The corners set so far."""

    corners: tuple[LatLon, ...] = ()

    def plus(self, corner: LatLon) -> "Drawing":
        """With one more corner; the same corner twice is one, as a double click sets it."""
        return self if self.corners[-1:] == (corner,) else Drawing((*self.corners, corner))

    def minus(self) -> "Drawing":
        """Without the last corner."""
        return Drawing(self.corners[:-1])

    def area(self) -> Area | None:
        """The area, closed; None while it has fewer than three corners."""
        return Area("Drawn area", (self.corners,)) if len(self.corners) > 2 else None
