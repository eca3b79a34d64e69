"""Which ground a basemap covers, told by where its roads are: few packs are as square as the box around them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from ui.map.camera import Tile, world_of
from ui.map.label_shapes import Box
from ui.map.tile_painter import UNITS, Basemap

_TILES_ACROSS = 6.0
_CELLS = 64
"""Of a tile, each way."""
_GAP_CELLS = 6
"""Roads so many cells apart have covered ground between them."""
_PARTS = (np.arange(16) / 16)[:, None, None]


@dataclass(frozen=True, slots=True, eq=False)
class Extent:
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
    margin = slice(2 * _GAP_CELLS, -2 * _GAP_CELLS)
    return Extent(_grown(_seen_from_outside(_grown(roads)))[margin, margin].copy(), box)


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


def _grown(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells with all around them, and room for what is new at the edges."""
    grown = np.pad(cells, _GAP_CELLS)
    for axis in (0, 1):
        moved = [np.roll(grown, step, axis=axis) for step in range(-_GAP_CELLS, _GAP_CELLS + 1)]
        grown = np.logical_or.reduce(moved)
    return grown


def _seen_from_outside(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells that have none of these on the way to one of the four edges."""
    hidden = [np.flip(np.logical_or.accumulate(np.flip(cells, axis), axis=axis), axis) for axis in (0, 1)]
    hidden += [np.logical_or.accumulate(cells, axis=axis) for axis in (0, 1)]
    return ~np.logical_and.reduce(hidden)
