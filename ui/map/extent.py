"""Which ground a basemap covers, told by where its roads are: few packs are as square as the box around them.

It is the smallest shape without dents around all roads: woods and hills within a pack that have none are no less in it.
"""

import math

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from planner.values import Struct
from ui.map.camera import Tile, world_of
from ui.map.label_shapes import Box
from ui.map.tile_painter import UNITS, Basemap

_TILES_ACROSS = 6.0
_CELLS = 64
"""Of a tile, each way."""
_MARGIN_CELLS = 2
_PARTS = (np.arange(16) / 16)[:, None, None]


class Extent(Struct, frozen=True, eq=False):
    """Cells, (rows, columns) from the north-west, over a box of world positions: left, top, right, bottom. Beyond it all is outside."""

    outside: NDArray[np.bool_]
    box: Box

    def is_outside(self, world: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of these world positions, (n, 2), lie outside."""
        left, top, right, bottom = self.box
        rows, columns = self.outside.shape
        at = np.floor((world - (left, top)) / (right - left, bottom - top) * (columns, rows)).astype(np.int64)
        held = ((at >= 0) & (at < (columns, rows))).all(axis=1)
        column, row = np.where(held[:, None], at, 0).T
        return ~held | self.outside[row, column]


def extent_of(basemap: Basemap) -> Extent | None:
    """Looks a few tiles over; None where there are no roads in them. Raises UserProblem when they are damaged."""
    bounds = basemap.bounds
    (left, top), (right, bottom) = world_of(LatLon(bounds.north, bounds.west)), world_of(LatLon(bounds.south, bounds.east))
    zoom = math.floor(math.log2(_TILES_ACROSS / max(right - left, bottom - top, 1e-9)))
    zoom = max(basemap.min_zoom, min(basemap.max_zoom, zoom))
    west, north, east, south = (math.floor(side * (1 << zoom)) for side in (left, top, right, bottom))
    roads = np.zeros(((south - north + 1) * _CELLS, (east - west + 1) * _CELLS), dtype=np.bool_)
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            across, down = _cells_with_roads(basemap, (zoom, x, y)).T
            roads[(y - north) * _CELLS + down, (x - west) * _CELLS + across] = True
    if not roads.any():
        return None
    box = (west / (1 << zoom), north / (1 << zoom), (east + 1) / (1 << zoom), (south + 1) / (1 << zoom))
    return Extent(_beyond(_corners_around(_ends_of_rows(roads)), roads.shape), box)


def _cells_with_roads(basemap: Basemap, tile: Tile) -> NDArray[np.int64]:
    """Column and row of the cells of a tile that a road runs through, (n, 2)."""
    found = basemap.tile(*tile)
    if found is None or "roads" not in found.layers or len(found.layers["roads"].xy) < 2:
        return np.empty((0, 2), dtype=np.int64)
    roads = found.layers["roads"]
    steps = np.where(roads.starts[1:, None], 0, np.diff(roads.xy, axis=0))
    spots = (roads.xy[:-1] + _PARTS * steps).reshape(-1, 2)
    kept = spots[((spots >= 0) & (spots < UNITS)).all(axis=1)]
    return (kept * (_CELLS / UNITS)).astype(np.int64)


def _ends_of_rows(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Column and row of the first and the last of the cells in each row that has any, (n, 2)."""
    rows = np.flatnonzero(cells.any(axis=1))
    last = cells.shape[1] - 1 - cells[rows, ::-1].argmax(axis=1)
    return np.concatenate([np.stack([ends, rows], axis=1) for ends in (cells[rows].argmax(axis=1), last)])


def _corners_around(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """The corners of the smallest shape without dents around points, (n, 2), in order (A. M. Andrew's monotone chain, 1979)."""
    ordered = sorted({(int(x), int(y)) for x, y in points})
    halves = []
    for way in (ordered, ordered[::-1]):
        chain: list[tuple[int, int]] = []
        for x, y in way:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], (x, y)) <= 0:
                chain.pop()
            chain.append((x, y))
        halves += chain[:-1] or chain
    return np.array(halves)


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _beyond(corners: NDArray[np.int64], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The cells that are farther than a little way outside these corners."""
    row, column = np.indices(shape)
    (left, top), (right, bottom) = corners.min(axis=0) - _MARGIN_CELLS, corners.max(axis=0) + _MARGIN_CELLS
    beyond = (column < left) | (column > right) | (row < top) | (row > bottom)
    for (x, y), (next_x, next_y) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        across, down = next_x - x, next_y - y
        beyond |= across * (row - y) - down * (column - x) < -_MARGIN_CELLS * math.hypot(across, down)
    return beyond
