"""Areas on the map: what a footprint is cut out of an extract with."""

from planner.model.places import Bounds, LatLon
from planner.values import Struct


class Area(Struct, frozen=True):
    """A named area: one or several outlines, each a ring of at least three corners whose last one is not repeated; holes are not kept."""

    name: str
    outlines: tuple[tuple[LatLon, ...], ...]

    def __post_init__(self) -> None:
        if not self.outlines or any(len(outline) < 3 for outline in self.outlines):
            raise ValueError("an area needs outlines of three corners or more")

    @property
    def bounds(self) -> Bounds:
        """The box around all outlines."""
        corners = [corner for outline in self.outlines for corner in outline]
        lats, lons = [corner.lat for corner in corners], [corner.lon for corner in corners]
        return Bounds(min(lats), min(lons), max(lats), max(lons))
