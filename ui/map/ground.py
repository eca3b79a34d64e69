"""What lies on the ground under ways, names and pins: tinted areas and a surface of heat. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.places import Bounds, LatLon
from ui.map.camera import Spot, world_array, world_of

NO_GROUP = -1


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A filled area: `rings` in world positions, (n, 2) each, a spot within an odd number of them being inside.

    `tint` is the index of a colour of the palette's groups (NO_GROUP for a neutral one), or the name of a field of the palette; `opacity`
    0..1 is that of the filling. The label stands at `spot`, in the middle of the area or on its edge. `dashed` edges are only about right.
    """

    label: str
    rings: tuple[NDArray[np.float64], ...]
    tint: int | str
    spot: Spot
    opacity: float = 0.16
    dashed: bool = False
    edge_px: float = 1.6

    @classmethod
    def of(
        cls,
        label: str,
        rings: Sequence[Sequence[LatLon]],
        tint: int | str,
        spot: LatLon,
        *,
        opacity: float = 0.16,
        dashed: bool = False,
        edge_px: float = 1.6,
    ) -> "Area":
        """An area whose rings and spot are given in degrees."""
        return cls(label, tuple(world_array(ring) for ring in rings if len(ring) > 2), tint, world_of(spot), opacity, dashed, edge_px)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in world positions."""
        points = np.concatenate(self.rings) if self.rings else np.array([self.spot])
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return left, top, right, bottom


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """A surface of shares 0..1, (rows, columns) from the north-west, over a box of world positions: left, top, right, bottom."""

    shares: NDArray[np.float32]
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, shares: NDArray[np.float32], bounds: Bounds) -> "Heat":
        """A surface over a box in degrees."""
        (left, top), (right, bottom) = world_of(LatLon(bounds.north, bounds.west)), world_of(LatLon(bounds.south, bounds.east))
        return cls(shares, (left, top, right, bottom))


@dataclass(frozen=True, slots=True)
class GroundKey:
    """A section of the legend: texts with their tints (as of an Area), and quiet lines below; `heat` for the surface."""

    title: str
    entries: tuple[tuple[str, int | str], ...] = ()
    note: str = ""
    heat: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """All of it: the heat lies lowest, then the areas in their order; `keys` tell what it means."""

    areas: tuple[Area, ...] = ()
    heat: Heat | None = None
    keys: tuple[GroundKey, ...] = ()
