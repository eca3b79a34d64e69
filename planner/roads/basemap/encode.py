"""Encode a vector tile (Mapbox specification 2.1) from shapes, all shapes of the tile together in numpy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.roads.basemap.features import Shapes
from planner.roads.basemap.mvt import EXTENT, LINE, POINT, POLYGON
from planner.roads.basemap.selection import Attributes

_MOVE_TO, _LINE_TO, _CLOSE_PATH = 1, 2, 7
_KIND_OF_DIMENSION = np.array((POINT, LINE, POLYGON), np.int8)


def encode_tile(shapes: Shapes, layers: Sequence[str], attributes: Sequence[Attributes], tile: tuple[int, int, int]) -> bytes:
    """Encode shapes (world square, clipped to the tile) with the layer and attributes of each; empty when nothing is left of them."""
    parts, owner, kind = _parts(shapes)
    xy, part = _grid(parts, kind, tile)
    xy, part = _without_degenerate(xy, part, kind)
    if not len(xy):
        return b""
    used, index, counts = np.unique(part, return_inverse=True, return_counts=True)
    owner, kind = owner[used], kind[used]
    numbers, part_at = _numbers(xy, index, counts, owner, kind)
    packed, byte_at = _varints(numbers)

    features, first_part = np.unique(owner, return_index=True)
    begins = byte_at[part_at[first_part]]
    ends = np.append(begins[1:], len(packed))
    writers: dict[str, _LayerWriter] = {}
    for feature, begin, end, one_kind in zip(features.tolist(), begins.tolist(), ends.tolist(), kind[first_part].tolist(), strict=True):
        name = layers[feature]
        writer = writers.get(name)
        if writer is None:
            writer = writers[name] = _LayerWriter(name)
        writer.add(one_kind, attributes[feature], packed[begin:end])
    return b"".join(_field(3, writer.finish()) for writer in writers.values())


def _parts(shapes: Shapes) -> tuple[Shapes, NDArray[np.int64], NDArray[np.int8]]:
    """The points, lines and rings of the shapes in order, the shape each belongs to, and its kind."""
    import shapely

    dimension = shapely.get_dimensions(shapes)
    shapes = shapes.copy()
    # Outer rings must run clockwise on the screen: counter-clockwise by the formula for y up, since y runs down here.
    shapes[dimension == 2] = shapely.orient_polygons(shapes[dimension == 2])
    simple, owner = shapely.get_parts(shapes, return_index=True)
    of_same_kind = shapely.get_dimensions(simple) == dimension[owner]  # clipping may leave a line at the edge of a polygon
    simple, owner = simple[of_same_kind], owner[of_same_kind]
    is_polygon = dimension[owner] == 2
    rings, polygon = shapely.get_rings(simple[is_polygon], return_index=True)
    parts = np.concatenate((rings, simple[~is_polygon]))
    owner = np.concatenate((owner[is_polygon][polygon], owner[~is_polygon]))
    order = np.argsort(owner, kind="stable")
    return parts[order], owner[order], _KIND_OF_DIMENSION[dimension[owner[order]]]


def _grid(parts: Shapes, kind: NDArray[np.int8], tile: tuple[int, int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Points on the tile's grid with the part of each, without repeated points and without the closing point of rings."""
    import shapely

    zoom, x, y = tile
    xy, part = shapely.get_coordinates(parts, return_index=True)
    grid = np.rint((xy * (1 << zoom) - (x, y)) * EXTENT).astype(np.int64)
    if not len(grid):
        return grid, part
    first = np.append(True, part[1:] != part[:-1])
    last = np.append(first[1:], True)
    moved = np.append(True, (grid[1:] != grid[:-1]).any(axis=1))
    keep = (moved | first) & ~(last & (kind[part] == POLYGON))
    return grid[keep], part[keep]


def _without_degenerate(
    xy: NDArray[np.int64], part: NDArray[np.int64], kind: NDArray[np.int8]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Leave out lines of one point, and rings without area."""
    if not len(xy):
        return xy, part
    counts = np.bincount(part, minlength=len(kind))
    begins = np.flatnonzero(np.append(True, part[1:] != part[:-1]))
    following = np.roll(xy, -1, axis=0)
    following[np.append(begins[1:], len(xy)) - 1] = xy[begins]
    doubled_area = np.bincount(part, xy[:, 0] * following[:, 1] - following[:, 0] * xy[:, 1], minlength=len(kind))
    good = np.select([kind == POLYGON, kind == LINE], [(counts >= 3) & (doubled_area != 0), counts >= 2], counts >= 1)
    keep = good[part]
    return xy[keep], part[keep]


def _numbers(
    xy: NDArray[np.int64], part: NDArray[np.int64], counts: NDArray[np.int64], owner: NDArray[np.int64], kind: NDArray[np.int8]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Commands and parameters of all parts in one array, and where each part begins in it.

    A part is: move-to 1, its first step; line-to n-1, the other steps; and for rings a close-path.
    """
    of_feature = owner[part]
    steps = np.diff(xy, axis=0, prepend=0)
    begins_feature = np.append(True, of_feature[1:] != of_feature[:-1])
    steps[begins_feature] = xy[begins_feature]
    zigzag = ((steps << 1) ^ (steps >> 63)).astype(np.uint64)

    is_point, is_ring = kind == POINT, kind == POLYGON
    sizes = np.where(is_point, 3, 2 + 2 * counts + is_ring)
    part_at = np.cumsum(sizes) - sizes
    numbers = np.zeros(int(sizes.sum()), np.uint64)
    numbers[part_at] = 1 << 3 | _MOVE_TO
    numbers[part_at[~is_point] + 3] = (counts[~is_point] - 1) << 3 | _LINE_TO
    numbers[part_at[is_ring] + sizes[is_ring] - 1] = 1 << 3 | _CLOSE_PATH
    nth = np.arange(len(xy)) - (np.cumsum(counts) - counts)[part]
    at = part_at[part] + np.where(nth == 0, 1, 2 + 2 * nth)
    numbers[at], numbers[at + 1] = zigzag[:, 0], zigzag[:, 1]
    return numbers, part_at


def _varints(numbers: NDArray[np.uint64]) -> tuple[bytes, NDArray[np.int64]]:
    """All numbers (below 2**35) as varints, and the byte at which each begins."""
    size = np.ones(len(numbers), np.int64)
    for bits in (7, 14, 21, 28):
        size += numbers >= 1 << bits
    at = np.cumsum(size) - size
    packed = np.empty(int(size.sum()), np.uint8)
    for k in range(5):
        has = size > k
        low = ((numbers[has] >> np.uint64(7 * k)) & np.uint64(127)).astype(np.uint8)
        packed[at[has] + k] = low | ((size[has] > k + 1) * 128).astype(np.uint8)
    return packed.tobytes(), at


class _LayerWriter:
    """Collects the features of one layer; keys and values are shared among them."""

    def __init__(self, name: str) -> None:
        self._parts = [_field(1, name.encode())]
        self._keys: dict[str, int] = {}
        self._values: dict[tuple[type, Any], int] = {}
        self._tags: dict[Attributes, bytes] = {}

    def add(self, kind: int, attributes: Attributes, shape: bytes) -> None:
        tags = self._tags.get(attributes)
        if tags is None:
            tags = self._tags[attributes] = self._tagged(attributes)
        self._parts.append(_field(2, tags + bytes((3 << 3, kind)) + _field(4, shape)))

    def finish(self) -> bytes:
        keys = [_field(3, key.encode()) for key in self._keys]
        values = [_field(4, _value(value)) for _, value in self._values]
        return b"".join((*self._parts, *keys, *values, b"\x28", _varint(EXTENT), b"\x78\x02"))

    def _tagged(self, attributes: Attributes) -> bytes:
        tags = bytearray()
        for key, value in attributes:
            tags += _varint(self._keys.setdefault(key, len(self._keys)))
            tags += _varint(self._values.setdefault((type(value), value), len(self._values)))
        return _field(2, bytes(tags)) if tags else b""


def _value(value: str | int) -> bytes:
    if isinstance(value, str):
        return _field(1, value.encode())
    return b"\x30" + _varint(value << 1 if value >= 0 else (-value << 1) - 1)


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _varint(number: int) -> bytes:
    if number < 128:
        return _ONE_BYTE[number]
    packed = bytearray()
    while number > 127:
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)


_ONE_BYTE = [bytes((number,)) for number in range(128)]
