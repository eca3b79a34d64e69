"""Areas around marked places: every spot near enough belongs to the nearest place, and what belongs together gets one smooth outline.

Works on a grid whose cells are square in web mercator, x in degrees of longitude and y in the same unit to the north.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from planner.values import Struct

METRES_A_DEGREE = 111_320.0
"""Of longitude, at the equator."""
_LONGEST = 240
"""Cells along the longer side of the grid."""
_NOBODY = -1
_FARTHEST_LAT = 84.0
_SMOOTHING = np.array((1.0, 2.0, 3.0, 2.0, 1.0)) / 9.0
_CALM_ROUNDS = 2
_ISLET, _OUTPOST = 0.15, 0.04
"""A part of an area with a smaller share of its places goes to who else is around; where nobody is, the smallest are not drawn."""
_FOOTHOLD = 3
"""Cells around the middle of a mark that would have none."""


class Outline(Struct, frozen=True):
    """The area of one mark: its rings (outlines, and holes in them, the last point not repeated), and a spot well inside the part of it
    that lies around the middle of its places.
    """

    mark: int
    rings: tuple[tuple[LatLon, ...], ...]
    middle: LatLon


class Grid(Struct, frozen=True):
    """Square cells in web mercator: the north-west corner, the width of a cell in degrees of longitude, and how many rows and columns."""

    west: float
    north: float
    cell: float
    rows: int
    columns: int

    @classmethod
    def around(cls, xy: NDArray[np.float64], reach_m: float, longest: int = _LONGEST) -> "Grid":
        """A grid that covers all positions, (n, 2) as `mercator` gives them, with room around them."""
        reach = reach_m / METRES_A_DEGREE / math.cos(math.radians(_lat(float(xy[:, 1].mean()))))
        (west, south), (east, north) = (xy.min(axis=0) - reach).tolist(), (xy.max(axis=0) + reach).tolist()
        cell = max(east - west, north - south, 1e-6) / longest
        return cls(west, north, cell, max(1, math.ceil((north - south) / cell)), max(1, math.ceil((east - west) / cell)))

    def cells(self, xy: NDArray[np.float64]) -> NDArray[np.int64]:
        """Row and column of each position, (n, 2)."""
        at = np.column_stack(((self.north - xy[:, 1]) / self.cell, (xy[:, 0] - self.west) / self.cell))
        return np.clip(np.floor(at).astype(np.int64), 0, (self.rows - 1, self.columns - 1))

    def place(self, row: float, column: float) -> LatLon:
        """The point at a corner of the grid, fractions allowed."""
        return LatLon(_lat(self.north - row * self.cell), max(-180.0, min(180.0, self.west + column * self.cell)))

    @property
    def metres_a_cell(self) -> float:
        """Breadth of a cell on the ground, in the middle of the grid."""
        return self.cell * METRES_A_DEGREE * math.cos(math.radians(_lat(self.north - self.rows * self.cell / 2)))


def mercator(points: Sequence[LatLon]) -> NDArray[np.float64]:
    """Positions of points in degrees of web mercator, (n, 2): x to the east, y to the north."""
    degrees = np.array([(point.lon, point.lat) for point in points], dtype=np.float64).reshape(-1, 2)
    lat = np.radians(np.clip(degrees[:, 1], -_FARTHEST_LAT, _FARTHEST_LAT))
    return np.column_stack((degrees[:, 0], np.degrees(np.arcsinh(np.tan(lat)))))


def _lat(y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.radians(y))))


def outlines(points: Sequence[LatLon], marks: Sequence[int], reach_m: float) -> list[Outline]:
    """The area of each mark (0, 1, ...): where a place with it is the nearest one and not farther than `reach_m`. By mark."""
    if not points:
        return []
    xy = mercator(points)
    grid = Grid.around(xy, reach_m)
    cells, of_place = grid.cells(xy), np.asarray(marks, dtype=np.int64)
    owned = _calmed(_nearest(grid, cells, of_place, reach_m / grid.metres_a_cell))
    found = []
    for mark in np.unique(owned[owned != _NOBODY]).tolist():
        mask = owned == mark
        part = _part_at(mask, np.median(cells[of_place == mark], axis=0))
        found.append(_outline(grid, mark, mask, part))
    return found


def realms(points: Sequence[LatLon], marks: Sequence[int], reach_m: float) -> list[Outline]:
    """The area of each mark (0, 1, ...): where most of the places around have it, and one is not farther than `reach_m`. By mark.

    Islets go to who else is around; a mark that is nowhere in the majority still has its foothold. The part with the most places comes
    first, and the name stands in it.
    """
    if not points:
        return []
    xy = mercator(points)
    grid = Grid.around(xy, reach_m)
    cells, of_place = grid.cells(xy), np.asarray(marks, dtype=np.int64)
    reach = reach_m / grid.metres_a_cell
    near = _nearest(grid, cells, of_place, reach) != _NOBODY
    weights = _weights(grid, cells, of_place, max(1, round(reach / 2)))
    owned = _without_islets(grid, _majority(weights, near), cells, of_place, reach)
    parts, found = _parts(owned), []
    for mark in np.unique(of_place).tolist():
        mask = owned == mark
        held = parts[tuple(cells[(of_place == mark) & mask[tuple(cells.T)]].T)]
        main = parts == np.bincount(held if len(held) else parts[mask]).argmax()
        found.append(_outline(grid, mark, mask, main))
    return found


def _outline(grid: Grid, mark: int, mask: NDArray[np.bool_], main: NDArray[np.bool_]) -> Outline:
    """What is on as rings, that around the main part first, its name in the middle of that."""
    drawn = [_smooth(ring) for part in (main, mask & ~main) for ring in sorted(_rings(part), key=len, reverse=True)]
    row, column = _innermost(main)
    rings = tuple(tuple(grid.place(down, right) for down, right in ring.tolist()) for ring in drawn)
    return Outline(mark, rings, grid.place(row + 0.5, column + 0.5))


def _weights(grid: Grid, cells: NDArray[np.int64], marks: NDArray[np.int64], reach: int) -> NDArray[np.float64]:
    """How many places of each mark are around each cell, (marks, rows, columns); those of a mark with few count for more."""
    found = np.zeros((int(marks.max()) + 1, grid.rows, grid.columns))
    np.add.at(found, (marks, cells[:, 0], cells[:, 1]), 1.0)
    found /= np.sqrt(np.maximum(1.0, found.sum(axis=(1, 2), keepdims=True)))
    for _ in range(3):  # three means in a row are nearly a bell
        found = _mean(_mean(found, reach, 1), reach, 2)
    return np.where(found < 1e-9, 0.0, found)


def _mean(values: NDArray[np.float64], reach: int, axis: int) -> NDArray[np.float64]:
    """The mean of what is up to `reach` cells away along an axis; nothing lies outside."""
    room = [(0, 0)] * values.ndim
    room[axis] = (reach + 1, reach)
    summed = np.cumsum(np.pad(values, room), axis=axis)
    length, span = values.shape[axis], 2 * reach + 1
    after, before = np.take(summed, range(span, span + length), axis=axis), np.take(summed, range(length), axis=axis)
    mean: NDArray[np.float64] = np.clip(after - before, 0, None) / span
    return mean


def _majority(weights: NDArray[np.float64], near: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The mark with the greatest weight in each cell that is near enough to a place; one that wins nowhere has a disc."""
    owned = np.where(near & (weights.max(axis=0) > 0), weights.argmax(axis=0), _NOBODY)
    for mark, each in enumerate(weights):
        if each.any() and not (owned == mark).any():
            owned[_disc(owned.shape, int(each.argmax()))] = mark
    return owned


def _without_islets(
    grid: Grid, owned: NDArray[np.int64], cells: NDArray[np.int64], marks: NDArray[np.int64], reach: float
) -> NDArray[np.int64]:
    """Small parts beside those of others go to the nearest of them that stay; outposts of hardly any places are nobody's."""
    parts, at = _parts(owned), tuple(cells.T)
    held = np.bincount(parts[at][owned[at] == marks], minlength=owned.size)  # the places of its own mark in each part
    of_part = np.full(owned.size, _NOBODY)
    of_part[parts.ravel()] = owned.ravel()
    most = np.zeros(int(marks.max()) + 2, dtype=np.int64)  # the last is nobody's
    np.maximum.at(most, of_part, held)
    share = held / np.maximum(1, np.bincount(marks, minlength=len(most)))[of_part]
    minor = (of_part != _NOBODY) & (held < most[of_part])
    islet, outpost = minor & _beside_others(owned, parts) & (share < _ISLET), minor & (share < _OUTPOST)
    stays = (owned != _NOBODY) & ~islet[parts] & ~outpost[parts]
    filled = _nearest(grid, np.argwhere(stays), owned[stays], reach)
    return np.where(islet[parts] & (filled != _NOBODY), filled, np.where(outpost[parts], _NOBODY, owned))


def _beside_others(owned: NDArray[np.int64], parts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which parts touch one of another mark."""
    found = np.zeros(owned.size, dtype=np.bool_)
    for one, other in (((slice(None), slice(1, None)), (slice(None), slice(-1))), ((slice(1, None),), (slice(-1),))):
        differ = (owned[one] != owned[other]) & (owned[one] != _NOBODY) & (owned[other] != _NOBODY)
        found[parts[one][differ]] = found[parts[other][differ]] = True
    return found


def _disc(shape: tuple[int, ...], middle: int) -> NDArray[np.bool_]:
    """The cells around one."""
    rows, columns = np.indices(shape)
    row, column = np.unravel_index(middle, shape)
    disc: NDArray[np.bool_] = (rows - row) ** 2 + (columns - column) ** 2 <= _FOOTHOLD**2
    return disc


def _parts(owned: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each connected part of cells with one mark, by hooking and shortcutting (Shiloach and Vishkin, 1982)."""
    number = np.arange(owned.size)
    cell = number.reshape(owned.shape)
    pairs = ((cell[:, :-1], cell[:, 1:], owned[:, :-1] == owned[:, 1:]), (cell[:-1], cell[1:], owned[:-1] == owned[1:]))
    one, other = (np.concatenate([pair[side][pair[2]] for pair in pairs]) for side in (0, 1))
    while True:
        low, high = np.minimum(number[one], number[other]), np.maximum(number[one], number[other])
        if (low == high).all():
            return number.reshape(owned.shape)
        np.minimum.at(number, high, low)
        while (number[number] != number).any():
            number = number[number]


def _nearest(grid: Grid, cells: NDArray[np.int64], marks: NDArray[np.int64], reach: float) -> NDArray[np.int64]:
    """The mark of the nearest place for each cell, (rows, columns), by jump flooding (Rong and Tan, 2006); none beyond `reach` cells."""
    rows, columns = np.indices((grid.rows, grid.columns))
    seed = np.full((grid.rows, grid.columns), _NOBODY, dtype=np.int64)
    seed[cells[:, 0], cells[:, 1]] = np.arange(len(cells))
    away = _away(seed, cells, rows, columns)
    step = 1 << (max(grid.rows, grid.columns) - 1).bit_length()
    while step := step // 2:
        for down, right in ((d, r) for d in (-step, 0, step) for r in (-step, 0, step) if d or r):
            other = _shifted(seed, down, right)
            distance = _away(other, cells, rows, columns)
            nearer = distance < away
            seed[nearer], away[nearer] = other[nearer], distance[nearer]
    owned = np.where(seed == _NOBODY, _NOBODY, marks[seed])
    return np.where(away <= reach * reach, owned, _NOBODY)


def _away(seed: NDArray[np.int64], cells: NDArray[np.int64], rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """The square of the distance from each cell to its seed."""
    at = cells[seed]
    return np.where(seed == _NOBODY, np.inf, (at[..., 0] - rows) ** 2.0 + (at[..., 1] - columns) ** 2.0)


def _shifted(values: NDArray[np.int64], down: int, right: int) -> NDArray[np.int64]:
    """The values moved by so many cells; nobody comes in from outside."""
    moved = np.full_like(values, _NOBODY)
    rows, columns = values.shape
    if abs(down) < rows and abs(right) < columns:
        moved[max(0, down) : rows + min(0, down), max(0, right) : columns + min(0, right)] = values[
            max(0, -down) : rows - max(0, down), max(0, -right) : columns - max(0, right)
        ]
    return moved


def _calmed(owned: NDArray[np.int64]) -> NDArray[np.int64]:
    """Without the frays of single cells: each takes the mark that most cells around it have, when that is a clear majority."""
    around = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right]
    for _ in range(_CALM_ROUNDS):
        near = np.stack([_shifted(owned, down, right) for down, right in around])
        agree = np.stack([(near == each).sum(axis=0) for each in near])
        best = agree.argmax(axis=0)
        owned = np.where(agree.max(axis=0) >= 5, np.take_along_axis(near, best[None], axis=0)[0], owned)
    return owned


def _rings(mask: NDArray[np.bool_]) -> Iterator[NDArray[np.float64]]:
    """The borders of the cells that are on, as rings of corners (row, column), what is on always on the same hand."""
    padded = np.pad(mask, 1)
    onward: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for (down, right), (begin, end) in _SIDES.items():
        border = padded[1:-1, 1:-1] & ~padded[1 + down : padded.shape[0] - 1 + down, 1 + right : padded.shape[1] - 1 + right]
        for row, column in np.argwhere(border).tolist():
            onward[row + begin[0], column + begin[1]].append((row + end[0], column + end[1]))
    while onward:
        start = corner = next(iter(onward))
        ring = []
        while True:
            ring.append(corner)
            ends = onward[corner]
            following = ends.pop()
            if not ends:
                del onward[corner]
            corner = following
            if corner == start:
                break
        yield np.array(ring, dtype=np.float64)


_SIDES = {(-1, 0): ((0, 0), (0, 1)), (0, 1): ((0, 1), (1, 1)), (1, 0): ((1, 1), (1, 0)), (0, -1): ((1, 0), (0, 0))}
"""By the neighbour a side of a cell faces: the corners it runs from and to, clockwise."""


def _smooth(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """The ring without the stairs of its cells, every other point of it."""
    half = len(_SMOOTHING) // 2
    for _ in range(3):
        wrapped = np.concatenate((ring[-half:], ring, ring[:half]))
        ring = np.column_stack([np.convolve(wrapped[:, axis], _SMOOTHING, "valid") for axis in (0, 1)])
    return ring[::2] if len(ring) >= 12 else ring


def _part_at(mask: NDArray[np.bool_], spot: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The connected part of what is on that is the nearest to a cell (row, column)."""
    cells = np.argwhere(mask)
    (top, left), (bottom, right) = cells.min(axis=0), cells.max(axis=0) + 1
    inside = mask[top:bottom, left:right]
    part = np.zeros_like(inside)
    row, column = cells[((cells - spot) ** 2).sum(axis=1).argmin()]
    part[row - top, column - left] = True
    size = 0
    while size < (size := int(part.sum())):
        grown = np.pad(part, 1)
        part = inside & (part | grown[:-2, 1:-1] | grown[2:, 1:-1] | grown[1:-1, :-2] | grown[1:-1, 2:])
    found = np.zeros_like(mask)
    found[top:bottom, left:right] = part
    return found


def _innermost(mask: NDArray[np.bool_]) -> tuple[int, int]:
    """The cell that is left the longest when the area melts from its borders."""
    left = mask
    while True:
        padded = np.pad(left, 1)
        melted = left & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
        if not melted.any():
            cells = np.argwhere(left)
            row, column = cells[np.abs(cells - cells.mean(axis=0)).sum(axis=1).argmin()].tolist()
            return row, column
        left = melted
