"""Encode vector tiles (Mapbox specification 2.1), many tiles together in numpy.

Everything a feature is made of in such a tile is a varint. So the features of many tiles are first one array of numbers, then one run of
bytes, from which each layer of each tile takes its part.
"""

from array import array
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.roads.basemap.features import Shapes
from planner.roads.basemap.mvt import EXTENT, LINE, POINT, POLYGON
from planner.roads.basemap.selection import LAYERS, Attributes

Tile = tuple[int, int, int]
_Ints = NDArray[np.int64]
_Numbers = NDArray[np.uint32]

_MOVE_TO, _LINE_TO, _CLOSE_PATH = 1, 2, 7
_KIND_OF_DIMENSION = np.array((POINT, LINE, POLYGON))
_TAGS, _KIND, _SHAPE = 2 << 3 | 2, 3 << 3, 4 << 3 | 2  # fields of a feature with their wire types
_FEATURE = 2 << 3 | 2
_HEADS = [b"\x0a" + bytes((len(layer),)) + layer.encode() for layer in LAYERS]
_TAIL = b"\x28\x80\x20\x78\x02"  # extent 4096, version 2
_POINTS_AT_ONCE = 20_000  # more would take more memory, and no less time


class Pieces(NamedTuple):
    """Shapes in the world square, each clipped to a tile."""

    shapes: Shapes
    tile: _Ints  # (N, 2), x and y of the tile of each
    layer: NDArray[np.int8]  # index in LAYERS
    attributes: _Ints  # as numbered by an AttributeTable

    def take(self, rows: _Ints | NDArray[np.bool_] | slice) -> "Pieces":
        """Some of them."""
        return Pieces(self.shapes[rows], self.tile[rows], self.layer[rows], self.attributes[rows])


class _Fields[T](dict[T, int]):
    """Numbers what is asked for, from 0 on, and keeps each as a field of a layer."""

    def __init__(self, encode: Callable[[T], bytes]) -> None:
        self._encode = encode
        self.fields: list[bytes] = []

    def __missing__(self, one: T) -> int:
        number = self[one] = len(self)
        self.fields.append(self._encode(one))
        return number


class AttributeTable:
    """Numbers attributes, their keys and their values from 0 on, equal ones alike."""

    def __init__(self) -> None:
        """Begin with none."""
        self.keys = _Fields[str](lambda key: _field(3, key.encode()))
        self.values = _Fields[tuple[type, str | int]](lambda value: _field(4, _value_body(value[1])))
        self._numbers: dict[Attributes, int] = {}
        self._pairs = array("q")
        self._ends = array("q")

    def number(self, attributes: Attributes) -> int:
        """The number of these attributes."""
        number = self._numbers.setdefault(attributes, len(self._numbers))
        if number == len(self._ends):
            for key, value in attributes:
                self._pairs.append(self.keys[key])
                self._pairs.append(self.values[type(value), value])
            self._ends.append(len(self._pairs) // 2)
        return number

    def pairs(self) -> tuple[_Ints, _Ints]:
        """Key and value of all attributes by their numbers (M, 2), and how many of them each number has."""
        return np.array(self._pairs).reshape(-1, 2), np.diff(np.array(self._ends), prepend=0)

    def having(self, key: str) -> NDArray[np.bool_]:
        """For each number, whether its attributes have this key."""
        pairs, counts = self.pairs()
        has = np.zeros(len(counts), np.bool_)
        has[np.repeat(np.arange(len(counts)), counts)[pairs[:, 0] == self.keys.get(key, -1)]] = True
        return has


def encode_tiles(pieces: Pieces, zoom: int, table: AttributeTable) -> Iterator[tuple[Tile, bytes]]:
    """Yield the tiles of a zoom, encoded; one of whose pieces the grid leaves nothing is left out. Pieces of a layer keep their order."""
    import shapely

    pieces = pieces.take(np.lexsort((pieces.layer, pieces.tile[:, 1], pieces.tile[:, 0])))
    tiles = _Runs.of(*pieces.tile.T)
    points = np.cumsum(shapely.get_num_coordinates(pieces.shapes))[tiles.ends - 1]
    begin = 0
    for last in _Runs.of(points // _POINTS_AT_ONCE).ends:
        end = int(tiles.ends[last - 1])
        yield from _encode(pieces.take(slice(begin, end)), zoom, table)
        begin = end


def _encode(pieces: Pieces, zoom: int, table: AttributeTable) -> Iterator[tuple[Tile, bytes]]:
    owner, kind, shapes, sizes = _shapes(pieces, zoom)
    pieces = pieces.take(owner)
    layers = _Runs.of(*pieces.tile.T, pieces.layer)
    tags, tag_counts, keys, values = _tags(pieces.attributes, layers, table)
    packed, ends = _features(kind, tags, tag_counts, shapes, sizes)
    body_ends = ends[layers.ends - 1].tolist()

    whole: dict[Tile, bytes] = {}
    begin = 0
    for (x, y), layer, end, key, value in zip(
        pieces.tile[layers.begins].tolist(), pieces.layer[layers.begins].tolist(), body_ends, keys, values, strict=True
    ):
        fields = [table.keys.fields[one] for one in key] + [table.values.fields[one] for one in value]
        body = b"".join((_HEADS[layer], packed[begin:end], *fields, _TAIL))
        whole[zoom, x, y] = whole.get((zoom, x, y), b"") + _field(3, body)
        begin = end
    yield from whole.items()


class _Runs(NamedTuple):
    """Where the runs of equal rows of a table begin and end."""

    begins: _Ints
    ends: _Ints

    @classmethod
    def of(cls, *columns: NDArray[np.integer[Any]]) -> "_Runs":
        rows = len(columns[0])
        if not rows:
            return cls(np.empty(0, np.int64), np.empty(0, np.int64))
        differs = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
        begins = np.flatnonzero(np.append(True, differs))
        return cls(begins, np.append(begins[1:], rows))

    def numbers(self) -> _Ints:
        """For each row, the number of its run."""
        return np.repeat(np.arange(len(self.begins)), self.ends - self.begins)


def _shapes(pieces: Pieces, zoom: int) -> tuple[_Ints, _Ints, _Numbers, _Ints]:
    """What the grid leaves: pieces, the kind of each, commands and parameters of them all one after the other, and how many each has."""
    parts, owner, kind = _parts(pieces.shapes)
    xy, part = _grid(parts, kind, pieces.tile[owner], zoom)
    xy, part = _without_degenerate(xy, part, kind)
    runs = _Runs.of(part)
    used = part[runs.begins]
    owner, kind = owner[used], kind[used]
    numbers, sizes = _commands(xy, runs, owner, kind)
    features = _Runs.of(owner)
    return owner[features.begins], kind[features.begins], numbers, _sums(sizes, features.ends - features.begins)


def _parts(shapes: Shapes) -> tuple[Shapes, _Ints, _Ints]:
    """The points, lines and rings of the shapes in order, the shape each belongs to, and its kind."""
    import shapely

    dimension = shapely.get_dimensions(shapes)
    simple, owner = _single(shapes)
    of_same_kind = shapely.get_dimensions(simple) == dimension[owner]  # clipping may leave a line at the edge of a polygon
    simple, owner = simple[of_same_kind], owner[of_same_kind]
    is_polygon = dimension[owner] == 2
    # Outer rings must run clockwise on the screen: counter-clockwise by the formula for y up, since y runs down here.
    rings, polygon = shapely.get_rings(shapely.orient_polygons(simple[is_polygon]), return_index=True)
    parts = np.concatenate((rings, simple[~is_polygon]))
    owner = np.concatenate((owner[is_polygon][polygon], owner[~is_polygon]))
    order = np.argsort(owner, kind="stable")
    return parts[order], owner[order], _KIND_OF_DIMENSION[dimension[owner[order]]]


def _single(shapes: Shapes) -> tuple[Shapes, _Ints]:
    """The parts of the shapes, and the shape each belongs to; most shapes are their only part."""
    import shapely

    is_many = shapely.get_type_id(shapes) >= shapely.GeometryType.MULTIPOINT
    parts, owner = shapely.get_parts(shapes[is_many], return_index=True)
    single = np.flatnonzero(~is_many)
    return np.concatenate((shapes[single], parts)), np.concatenate((single, np.flatnonzero(is_many)[owner]))


def _grid(parts: Shapes, kind: _Ints, tile: _Ints, zoom: int) -> tuple[NDArray[np.int32], _Ints]:
    """Points on the grids of the parts' tiles, and the part of each; without repeated points and without the opening point of rings."""
    import shapely

    xy, part = shapely.get_coordinates(parts, return_index=True)
    grid = np.rint((xy * (1 << zoom) - tile[part]) * EXTENT).astype(np.int32)
    if not len(grid):
        return grid, part
    first = np.append(True, part[1:] != part[:-1])
    moved = np.append(True, (grid[1:, 0] != grid[:-1, 0]) | (grid[1:, 1] != grid[:-1, 1]))
    keep = np.where(first, (kind != POLYGON)[part], moved)
    return grid[keep], part[keep]


def _without_degenerate(xy: NDArray[np.int32], part: _Ints, kind: _Ints) -> tuple[NDArray[np.int32], _Ints]:
    """Leave out lines of one point, and rings without area."""
    runs = _Runs.of(part)
    x, y = xy.T.astype(np.int64)
    following = np.arange(1, len(xy) + 1)
    following[runs.ends - 1] = runs.begins
    doubled_area = _sums(x * y[following] - x[following] * y, runs.ends - runs.begins) if len(xy) else 0
    counts, kind = runs.ends - runs.begins, kind[part[runs.begins]]
    good = np.select([kind == POLYGON, kind == LINE], [(counts >= 3) & (doubled_area != 0), counts >= 2], counts >= 1)
    keep = np.repeat(good, counts)
    return xy[keep], part[keep]


def _commands(xy: NDArray[np.int32], parts: _Runs, owner: _Ints, kind: _Ints) -> tuple[_Numbers, _Ints]:
    """Commands and parameters of all parts in one array, and how many each part has.

    A part is: move-to 1, its first step; line-to n-1, the other steps; and for rings a close-path. Steps go on over the parts of a shape.
    """
    begins, counts = parts.begins, parts.ends - parts.begins
    steps = np.diff(xy, axis=0, prepend=np.int32(0))
    new = begins[_Runs.of(owner).begins]
    steps[new] = xy[new]

    is_point, is_ring = kind == POINT, kind == POLYGON
    sizes = np.where(is_point, 3, 2 + 2 * counts + is_ring)
    at = np.cumsum(sizes) - sizes
    numbers = np.zeros(int(sizes.sum()), np.uint32)
    numbers[at] = 1 << 3 | _MOVE_TO
    numbers[at[~is_point] + 3] = (counts[~is_point] - 1) << 3 | _LINE_TO
    numbers[at[is_ring] + sizes[is_ring] - 1] = 1 << 3 | _CLOSE_PATH
    step_at = np.repeat(at + 2 - 2 * begins, counts) + 2 * np.arange(len(xy))
    step_at[begins] -= 1
    zigzag = ((steps << 1) ^ (steps >> 31)).astype(np.uint32)
    numbers[step_at], numbers[step_at + 1] = zigzag[:, 0], zigzag[:, 1]
    return numbers, sizes


def _tags(attributes: _Ints, layers: _Runs, table: AttributeTable) -> tuple[_Numbers, _Ints, list[list[int]], list[list[int]]]:
    """The tags of all features one after the other, how many each has, and for each layer which keys and which values it uses."""
    pairs, pair_counts = table.pairs()
    counts = pair_counts[attributes]
    used = pairs[_ragged((np.cumsum(pair_counts) - pair_counts)[attributes], counts)]
    layer = np.repeat(layers.numbers(), counts)
    key, keys = _local(used[:, 0], layer, len(layers.begins))
    value, values = _local(used[:, 1], layer, len(layers.begins))
    return np.column_stack((key, value)).ravel().astype(np.uint32), 2 * counts, keys, values


def _local(numbers: _Ints, layer: _Ints, layers: int) -> tuple[_Ints, list[list[int]]]:
    """Number the numbers of each layer anew from 0 on; and which numbers each layer has in this order."""
    most = int(numbers.max(initial=0)) + 1
    distinct, index = np.unique(layer * most + numbers, return_inverse=True)
    begins = np.searchsorted(distinct, np.arange(layers + 1) * most)
    old = (distinct % most).tolist()
    return index - begins[layer], [old[begin:end] for begin, end in pairwise(begins.tolist())]


def _features(kind: _Ints, tags: _Numbers, tag_counts: _Ints, shapes: _Numbers, sizes: _Ints) -> tuple[bytes, _Ints]:
    """All features' tags, kind and shape, the numbers of each led by how many bytes they take; and where each feature ends."""
    tag_bytes = _sums(_varint_sizes(tags), tag_counts)
    shape_bytes = _sums(_varint_sizes(shapes), sizes)
    whole = 4 + _varint_sizes(tag_bytes) + tag_bytes + _varint_sizes(shape_bytes) + shape_bytes

    length = 8 + tag_counts + sizes
    at = np.cumsum(length) - length
    numbers = np.empty(int(length.sum()), np.uint32)
    numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3] = _FEATURE, whole, _TAGS, tag_bytes
    numbers[_ragged(at + 4, tag_counts)] = tags
    at_kind = at + 4 + tag_counts
    numbers[at_kind], numbers[at_kind + 1], numbers[at_kind + 2], numbers[at_kind + 3] = _KIND, kind, _SHAPE, shape_bytes
    numbers[_ragged(at_kind + 4, sizes)] = shapes
    packed, ends = _varints(numbers)
    return packed, ends[at + length - 1]


def _ragged(begins: _Ints, counts: _Ints) -> _Ints:
    """The indexes of runs that begin here and are so long, one run after the other."""
    ends = np.cumsum(counts)
    indexes: _Ints = np.repeat(begins - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)
    return indexes


def _sums(values: _Ints, counts: _Ints) -> _Ints:
    """The sums of runs of values that are so long."""
    total = np.append(0, np.cumsum(values))
    ends = np.cumsum(counts)
    sums: _Ints = total[ends] - total[ends - counts]
    return sums


def _varint_sizes(numbers: _Numbers | _Ints) -> _Ints:
    size = np.ones(len(numbers), np.int64)
    for bits in (7, 14, 21, 28):
        size += numbers >= 1 << bits
    return size


def _varints(numbers: _Numbers) -> tuple[bytes, _Ints]:
    """All numbers as varints, and the byte at which each ends."""
    size = _varint_sizes(numbers)
    ends = np.cumsum(size)
    at = ends - size
    packed = np.empty(int(size.sum()), np.uint8)
    packed[at] = numbers & 127
    for k in range(1, int(size.max(initial=0))):
        has = np.flatnonzero(size > k)
        packed[at[has] + k - 1] |= 128
        packed[at[has] + k] = numbers[has] >> 7 * k & 127
    return packed.tobytes(), ends


def _value_body(value: str | int) -> bytes:
    if isinstance(value, str):
        return _field(1, value.encode())
    return b"\x30" + _varint(value << 1 if value >= 0 else (-value << 1) - 1)


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _varint(number: int) -> bytes:
    packed = bytearray()
    while number > 127:
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)
