"""Accounts as pins: the values, what lies under the cursor, and clusters where they would hide each other."""

import math
from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from planner.model.week import VisitKind
from planner.values import Struct
from ui.map.camera import TILE_PX, Camera, world_array
from ui.map.colouring import REST

KINDS = tuple(VisitKind)
_LEVELS, _JOINING_PX = (9, 12, 14, 16), (52.0, 28.0, 20.0, 5.0)
"""Pins nearer than this to the middle of a crowd join it, by zoom: among the streets only what is at one spot does."""
_RINGS = 5
"""Cells from the middle of a crowd to its edge."""
_SAME_SPOT_PX, _APART_PX = 1.5, 16.0
_LARGE, _OVER = 10, 0.6
"""From so many pins on a crowd takes in others that its mark covers, or a good part of theirs."""
_HIDING = 2
"""Pins so many cells apart hide each other."""


class Pin(Struct, frozen=True):
    """An account on the map: `key` is its id, `kind` decides shape and colour, title and subtitle are for the hover card."""

    key: int
    point: LatLon
    kind: VisitKind
    title: str
    subtitle: str
    dimmed: bool = False


class Clusters(Struct, frozen=True):
    """Crowds at one zoom: `world` (n, 2) their middles, `counts` how many pins, `first` the index of one pin of each.

    `member` has the crowd's number for each pin.
    """

    world: NDArray[np.float64]
    counts: NDArray[np.int64]
    first: NDArray[np.int64]
    member: NDArray[np.int64]

    @classmethod
    def of(cls, member: NDArray[np.int64], pins: NDArray[np.float64]) -> "Clusters":
        """From the crowd's number of each pin and the world positions of the pins."""
        counts = np.bincount(member)
        middles = np.column_stack([np.bincount(member, pins[:, axis]) / counts for axis in (0, 1)])
        return cls(middles, counts, np.unique(member, return_index=True)[1], member)

    def without(self, pin: int | None, pins: NDArray[np.float64]) -> "Clusters":
        """With this pin by itself."""
        if pin is None or self.counts[self.member[pin]] == 1:
            return self
        member = self.member.copy()
        member[pin] = len(self.counts)
        return Clusters.of(member, pins)


class Crowd(Struct, frozen=True):
    """A cluster that was picked: the accounts of its pins, and where they are, (n, 2) world positions."""

    keys: tuple[int, ...]
    world: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many pins there are."""
        return len(self.keys)

    @property
    def parts_at(self) -> float:
        """The zoom from which its pins would not all be at one spot; infinite where they always are."""
        apart = float(np.ptp(self.world, axis=0).max())
        return math.log2(_APART_PX / TILE_PX / apart) if apart else math.inf


def cluster_radius(count: int, type_scale: float = 1.0) -> float:
    """Radius in pixels of a cluster of this many pins, whose number is in it."""
    return (9.0 + 4.6 * math.log10(count)) * type_scale


def _level(zoom: float) -> int:
    return math.floor(zoom + 0.5)


class PinSet:
    """Pins, ready to be found and drawn. Does not change, so that any thread may read it.

    `group` is the index of each pin's group of the colouring, REST for none; where pins are not `merged` there are no clusters.
    """

    def __init__(self, pins: Sequence[Pin] = ()) -> None:
        self.pins = tuple(pins)
        self.world = world_array([pin.point for pin in self.pins])
        self.keys = np.array([pin.key for pin in self.pins], dtype=np.int64)
        self.kind = np.array([KINDS.index(pin.kind) for pin in self.pins], dtype=np.int64)
        self.dimmed = np.array([pin.dimmed for pin in self.pins], dtype=np.bool_)
        self.kinds = frozenset(KINDS[kind] for kind in np.unique(self.kind).tolist())
        self.group = np.full(len(self.pins), REST, dtype=np.int64)
        self.merged = True
        self._index = {pin.key: index for index, pin in enumerate(self.pins)}
        self._levels: dict[int, Clusters] = {}
        self._parted: tuple[tuple[int, int | None], Clusters] | None = None

    def __len__(self) -> int:
        return len(self.pins)

    def coloured(self, group_of: Mapping[int, int]) -> "PinSet":
        """The same pins in the groups of another colouring, by account."""
        other = copy(self)
        other.group = np.array([group_of.get(key, REST) for key in self.keys.tolist()], dtype=np.int64)
        return other

    def chosen(self, keep: NDArray[np.bool_], *, dimmed: bool) -> "PinSet":
        """Those pins of them that are to be kept, all dimmed or none; 20,000 take a few milliseconds."""
        other = copy(self)
        other.pins = tuple(compress(self.pins, keep.tolist()))
        other.world, other.keys, other.kind, other.group = self.world[keep], self.keys[keep], self.kind[keep], self.group[keep]
        other.dimmed = np.full(len(other.pins), dimmed, dtype=np.bool_)
        other.kinds = frozenset(KINDS[kind] for kind in np.unique(other.kind).tolist())
        other._index = dict(zip(other.keys.tolist(), range(len(other.pins)), strict=True))  # noqa: SLF001 - one of us
        other._levels, other._parted = {}, None  # noqa: SLF001 - as above
        return other

    def merging(self, *, merged: bool) -> "PinSet":
        """The same pins, merged into clusters where they would hide each other, or not."""
        other = copy(self)
        other.merged = merged
        return other

    def index_of(self, key: int | None) -> int | None:
        """Where the pin of this account is, or None."""
        return None if key is None else self._index.get(key)

    def pick(
        self, camera: Camera, x: float, y: float, reach_px: float, type_scale: float = 1.0, alone: int | None = None
    ) -> "int | Crowd | None":
        """What is under a pixel: the index of a pin, a crowd, or None; the account `alone` is in no crowd.

        Bright pins win over dimmed ones. Looks only at crowds drawn already, so that pointing never waits for them.
        """
        clusters = self._drawn(_level(camera.zoom), self.index_of(alone)) if self.merged else None
        if clusters is None:
            return self._nearest(np.arange(len(self.pins)), camera, x, y, reach_px, alone)
        away = np.hypot(*(camera.screen_array(clusters.world) - (x, y)).T)
        crowded = clusters.counts > 1
        index = int(np.where(crowded, away, np.inf).argmin())
        if crowded[index] and away[index] <= cluster_radius(int(clusters.counts[index]), type_scale) + 3:
            members = clusters.member == index
            return Crowd(tuple(self.keys[members].tolist()), self.world[members])
        return self._nearest(clusters.first[~crowded], camera, x, y, reach_px, alone)

    def _nearest(self, chosen: NDArray[np.int64], camera: Camera, x: float, y: float, reach_px: float, alone: int | None) -> int | None:
        """The nearest of these pins within reach; of two at one spot the one that is not `alone` already."""
        if not len(chosen):
            return None
        away = camera.screen_array(self.world[chosen]) - (x, y)
        distance = (away * away).sum(axis=1) + np.where(self.dimmed[chosen], reach_px * reach_px / 2, 0.0)
        distance += np.where(self.keys[chosen] == alone, _SAME_SPOT_PX**2, 0.0) if alone is not None else 0.0
        nearest = int(distance.argmin())
        return int(chosen[nearest]) if distance[nearest] <= reach_px * reach_px else None

    def visible(self, camera: Camera, margin_px: float) -> NDArray[np.int64]:
        """Indexes of the pins in the picture, dimmed ones first, so that the bright ones are drawn over them."""
        spots = camera.screen_array(self.world)
        inside = ((spots > -margin_px) & (spots < (camera.width + margin_px, camera.height + margin_px))).all(axis=1)
        found = np.flatnonzero(inside)
        return found[np.argsort(~self.dimmed[found], kind="stable")]

    def clusters(self, zoom: float, alone: int | None = None) -> Clusters | None:
        """The crowds at this zoom, or None where none are wanted. Kept for each whole zoom; the account `alone` is in none of them."""
        if not self.merged or not len(self):
            return None
        level, pin = _level(zoom), self.index_of(alone)
        if level not in self._levels:
            found = Clusters.of(_crowds(self.world, level), self.world)
            self._levels[level] = Clusters.of(_swallowed(found, level)[found.member], self.world)
        drawn = self._drawn(level, pin)
        if drawn is None:
            drawn = self._levels[level].without(pin, self.world)
            self._parted = ((level, pin), drawn)
        return drawn

    def _drawn(self, level: int, pin: int | None) -> Clusters | None:
        """The crowds as they were last asked for, or None."""
        parted = self._parted
        if parted is not None and parted[0] == (level, pin):
            return parted[1]
        return self._levels.get(level) if pin is None else None


def _crowds(world: NDArray[np.float64], level: int) -> NDArray[np.int64]:
    """The number of the crowd of each pin: where some would hide each other they gather, the densest spots first.

    As Mapbox's supercluster does. Pins are first counted in cells, so that the work follows what can be told apart, not the number of pins.
    """
    cell_px = float(np.interp(level, _LEVELS, _JOINING_PX)) / _RINGS
    cells = np.floor(world * (TILE_PX * 2.0**level / cell_px)).astype(np.int64)
    key = cells[:, 0] << 32 | cells[:, 1]
    kept, member, counts = np.unique(key, return_inverse=True, return_counts=True)
    around = counts + sum(_counted(kept, counts, kept + (dx << 32) + dy) for dx, dy in _within(_HIDING))
    crowd_of = _gathered(kept.tolist(), np.flatnonzero(around > 1), around)
    return crowd_of[member.ravel()]


def _swallowed(found: Clusters, level: int) -> NDArray[np.int64]:
    """The number of each crowd, those whose marks a larger one would cover being part of it."""
    spots, into = found.world * (TILE_PX * 2.0**level), np.arange(len(found.counts))
    radii = np.where(found.counts > 1, 9.0 + 4.6 * np.log10(found.counts), 0.0)
    large = np.flatnonzero(found.counts >= _LARGE)
    for at in large[np.argsort(-found.counts[large], kind="stable")].tolist():
        if into[at] == at:
            away = np.hypot(*(spots - spots[at]).T)
            into[(away < radii[at] + radii * _OVER) & (into == np.arange(len(into))) & (found.counts <= found.counts[at])] = at
    return np.unique(into, return_inverse=True)[1].ravel()


def _counted(kept: NDArray[np.int64], counts: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many pins each wanted cell has."""
    at = np.searchsorted(kept, wanted)
    at[at == len(kept)] = 0
    return np.where(kept[at] == wanted, counts[at], 0)


@lru_cache(maxsize=2)
def _within(rings: int) -> tuple[tuple[int, int], ...]:
    """Steps to the cells around one that are not further away than so many cells."""
    steps = range(-rings, rings + 1)
    return tuple((x, y) for x in steps for y in steps if 0 < x * x + y * y <= rings * rings)


def _gathered(cells: list[int], crowded: NDArray[np.int64], around: NDArray[np.int64]) -> NDArray[np.int64]:
    """The crowd of each cell: the crowded one with the most pins around it takes the free cells near it; what is left stays alone."""
    free = {cell: at for at, cell in enumerate(cells)}
    reach = [(x << 32) + y for x, y in _within(_RINGS)]
    crowd = np.arange(len(cells), dtype=np.int64)
    for at in crowded[np.argsort(-around[crowded], kind="stable")].tolist():
        cell = cells[at]
        if free.pop(cell, None) is not None:
            crowd[[found for step in reach if (found := free.pop(cell + step, None)) is not None]] = at
    return np.unique(crowd, return_inverse=True)[1].ravel()
