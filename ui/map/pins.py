"""Accounts as pins: the values, what lies under the cursor, and clusters where there are too many to tell apart."""

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from planner.model.week import VisitKind
from ui.map.camera import TILE_PX, Camera, world_array
from ui.map.colouring import REST

KINDS = tuple(VisitKind)
CLUSTER_PX = 56.0
"""Pins nearer than this to the middle of a crowd join it."""
CROWD = 1500
"""More pins than this in one window are shown as clusters."""
_WINDOW_PX = 1000.0
_DEEPEST = 17


@dataclass(frozen=True, slots=True)
class Pin:
    """An account on the map: `key` is its id, `kind` decides shape and colour, title and subtitle are for the hover card."""

    key: int
    point: LatLon
    kind: VisitKind
    title: str
    subtitle: str
    dimmed: bool = False


@dataclass(frozen=True, slots=True)
class Clusters:
    """Crowds at one zoom: `world` (n, 2) their middles, `counts` how many pins, `first` the index of one pin of each.

    `member` has the crowd's number for each pin.
    """

    world: NDArray[np.float64]
    counts: NDArray[np.int64]
    first: NDArray[np.int64]
    member: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Crowd:
    """A cluster that was picked: how many pins, and where they are, (n, 2) world positions."""

    count: int
    world: NDArray[np.float64]


def cluster_radius(count: int) -> float:
    """Radius in pixels of a cluster of this many pins."""
    return 9.0 + 4.6 * math.log10(count)


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
        self._levels: dict[int, Clusters | None] = {}

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
        other._levels = {}  # noqa: SLF001 - as above
        return other

    def merging(self, *, merged: bool) -> "PinSet":
        """The same pins, merged into clusters where they are many, or not."""
        other = copy(self)
        other.merged = merged
        return other

    def index_of(self, key: int | None) -> int | None:
        """Where the pin of this account is, or None."""
        return None if key is None else self._index.get(key)

    def pick(self, camera: Camera, x: float, y: float, reach_px: float) -> "int | Crowd | None":
        """What is under a pixel: the index of a pin, a crowd, or None.

        Bright pins win over dimmed ones. Looks only at crowds drawn already, so that pointing never waits for them.
        """
        clusters = self._levels.get(_level(camera.zoom)) if self.merged else None
        if clusters is None:
            return self._nearest(np.arange(len(self.pins)), camera, x, y, reach_px)
        away = np.hypot(*(camera.screen_array(clusters.world) - (x, y)).T)
        crowded = clusters.counts > 1
        index = int(np.where(crowded, away, np.inf).argmin())
        if crowded[index] and away[index] <= cluster_radius(int(clusters.counts[index])) + 3:
            return Crowd(int(clusters.counts[index]), self.world[clusters.member == index])
        return self._nearest(clusters.first[~crowded], camera, x, y, reach_px)

    def _nearest(self, chosen: NDArray[np.int64], camera: Camera, x: float, y: float, reach_px: float) -> int | None:
        if not len(chosen):
            return None
        away = camera.screen_array(self.world[chosen]) - (x, y)
        distance = (away * away).sum(axis=1) + np.where(self.dimmed[chosen], reach_px * reach_px / 2, 0.0)
        nearest = int(distance.argmin())
        return int(chosen[nearest]) if distance[nearest] <= reach_px * reach_px else None

    def visible(self, camera: Camera, margin_px: float) -> NDArray[np.int64]:
        """Indexes of the pins in the picture, dimmed ones first, so that the bright ones are drawn over them."""
        spots = camera.screen_array(self.world)
        inside = ((spots > -margin_px) & (spots < (camera.width + margin_px, camera.height + margin_px))).all(axis=1)
        found = np.flatnonzero(inside)
        return found[np.argsort(~self.dimmed[found], kind="stable")]

    def clusters(self, zoom: float) -> Clusters | None:
        """The crowds at this zoom, or None where pins are few enough to be shown one by one. Kept for each whole zoom."""
        if not self.merged:
            return None
        level = _level(zoom)
        if level not in self._levels:
            self._levels[level] = self._clusters_at(level) if self._is_crowded(level) else None
        return self._levels[level]

    def _is_crowded(self, level: int) -> bool:
        if len(self.pins) <= CROWD or level > _DEEPEST:
            return False
        cells = np.floor(self.world * (TILE_PX * 2.0**level / _WINDOW_PX)).astype(np.int64)
        return int(np.unique(cells, axis=0, return_counts=True)[1].max()) > CROWD

    def _clusters_at(self, level: int) -> Clusters:
        """Greedy clustering, densest spots first, each taking what is within CLUSTER_PX of it (as Mapbox's supercluster does).

        Pins are first counted in cells of a quarter of that reach, so that the work follows what can be told apart, not the number of pins.
        """
        cell_px = CLUSTER_PX / 4
        cells = np.floor(self.world * (TILE_PX * 2.0**level / cell_px)).astype(np.int64)
        keys, member, counts = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
        member = member.ravel()
        crowd_of = _gathered([(x, y) for x, y in keys.tolist()], counts)[member]
        totals = np.bincount(crowd_of)
        middles = np.column_stack([np.bincount(crowd_of, self.world[:, axis]) / totals for axis in (0, 1)])
        first = np.unique(crowd_of, return_index=True)[1]
        return Clusters(middles, totals, first, crowd_of)


@lru_cache(maxsize=1)
def _neighbourhood() -> tuple[tuple[int, int], ...]:
    around = range(-4, 5)
    return tuple((x, y) for x in around for y in around if x * x + y * y <= 16)


def _gathered(cells: list[tuple[int, int]], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of the crowd of each cell: the fullest cell left takes the free cells around it."""
    index = {cell: at for at, cell in enumerate(cells)}
    crowd = np.full(len(cells), -1, dtype=np.int64)
    free = dict.fromkeys(range(len(cells)))
    number = 0
    for at in np.argsort(-counts, kind="stable").tolist():
        if at not in free:
            continue
        x, y = cells[at]
        for dx, dy in _neighbourhood():
            near = index.get((x + dx, y + dy))
            if near is not None and near in free:
                del free[near]
                crowd[near] = number
        number += 1
    return crowd
