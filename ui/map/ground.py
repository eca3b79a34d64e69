"""What lies on the ground under ways, names and pins: tinted areas and a surface of heat. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from planner.model.places import Bounds, LatLon
from planner.values import Struct
from ui.map.camera import Spot, world_array, world_of

NO_GROUP = -1


@dataclass(frozen=True, eq=False)  # it keeps what was worked out of it
class Area:
    """A filled area: `rings` in world positions, (n, 2) each, a spot within an odd number of them being inside.

    `tint` is the index of a colour of the palette's groups (NO_GROUP for a neutral one), or the name of a field of the palette; `opacity`
    0..1 is that of the filling. The label stands at `spot`, in the middle of the area or on its edge; where it `roams`, elsewhere in
    the part of the area that is in sight when there is no room at the spot; where it `stays`, it is shown even where it lies under a pin
    or over another label. `dashed` edges are only about right.
    """

    label: str
    rings: tuple[NDArray[np.float64], ...]
    tint: int | str
    spot: Spot
    opacity: float = 0.16
    dashed: bool = False
    edge_px: float = 1.6
    edge_opacity: float = 1.0
    roams: bool = False
    stays: bool = False

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
        edge_opacity: float = 1.0,
        roams: bool = False,
        stays: bool = False,
    ) -> "Area":
        """An area whose rings and spot are given in degrees; thousands of rings are best made one by a thread."""
        closed = [ring for ring in rings if len(ring) > 2]
        ends = np.cumsum([len(ring) for ring in closed])
        made = tuple(np.split(world_array(list(chain.from_iterable(closed))), ends[:-1])) if closed else ()
        return cls(label, made, tint, world_of(spot), opacity, dashed, edge_px, edge_opacity, roams, stays)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in world positions."""
        points = np.concatenate(self.rings) if self.rings else np.array([self.spot])
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return left, top, right, bottom

    @cached_property
    def outline(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """All rings one after the other, (n, 2), each closed by its first point again; and which points begin one."""
        lengths = np.array([len(ring) + 1 for ring in self.rings], dtype=np.int64)
        begins = np.zeros(int(lengths.sum()), dtype=np.bool_)
        begins[np.cumsum(lengths) - lengths] = True
        return np.concatenate([part for ring in self.rings for part in (ring, ring[:1])]), begins

    @property
    def main(self) -> "Area":
        """What its first ring, the largest, is around."""
        return replace(self, rings=self.rings[:1])

    def holds(self, spots: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of these world positions, (n, 2), lie inside."""
        odd = np.zeros(len(spots), dtype=np.bool_)
        x, y = spots[:, :1], spots[:, 1:]
        for ring in self.rings:
            (from_x, from_y), (to_x, to_y) = ring.T, np.roll(ring, -1, axis=0).T
            across = (from_y > y) != (to_y > y)
            with np.errstate(divide="ignore", invalid="ignore"):  # where an edge does not cross the line there is nothing to divide
                right = x < from_x + (y - from_y) / (to_y - from_y) * (to_x - from_x)
            odd ^= (across & right).sum(axis=1) % 2 == 1
        return odd


class Heat(Struct, frozen=True, eq=False):
    """A surface of shares 0..1, (rows, columns) from the north-west, over a box of world positions: left, top, right, bottom."""

    shares: NDArray[np.float32]
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, shares: NDArray[np.float32], bounds: Bounds) -> "Heat":
        """A surface over a box in degrees."""
        (left, top), (right, bottom) = world_of(LatLon(bounds.north, bounds.west)), world_of(LatLon(bounds.south, bounds.east))
        return cls(shares, (left, top, right, bottom))


class GroundKey(Struct, frozen=True):
    """A section of the legend: texts with their tints (as of an Area), and quiet lines below; `heat` for the surface, `edges` where hardly
    more than the edges of areas is to be seen, `dashed` ones or not.

    `start` says what the mark of a start means; empty where there is none.
    """

    title: str
    entries: tuple[tuple[str, int | str], ...] = ()
    note: str = ""
    heat: bool = False
    edges: bool = False
    dashed: bool = False
    start: str = ""


class Ground(Struct, frozen=True):
    """All of it: the heat lies lowest, then the areas in their order; `keys` tell what it means.

    `starts` are world positions that something is told from, each with a mark over the pins.
    """

    areas: tuple[Area, ...] = ()
    heat: Heat | None = None
    keys: tuple[GroundKey, ...] = ()
    starts: tuple[Spot, ...] = ()
