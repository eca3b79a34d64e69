"""Decode Mapbox vector tiles (specification 2.1) layer by layer in numpy.

A tile of a town has tens of thousands of points, and the map decodes several tiles for each movement, so the points of a layer are decoded
together; only the commands (one per part of a shape) are walked one by one.
"""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from planner.values import Struct

Value = str | int | float | bool

POINT, LINE, POLYGON = 1, 2, 3
EXTENT = 4096
_MOVE_TO, _CLOSE_PATH = 1, 7
_TAGS, _KIND, _SHAPE = 2 << 3 | 2, 3 << 3, 4 << 3 | 2  # fields of a feature with their wire types


class DamagedTile(ValueError):
    """Bytes that are not a vector tile."""


class TileLayer(Struct, frozen=True):
    """One layer of a tile.

    For each feature: `kinds` (1 point, 2 line, 3 polygon) and `tags` (index of key, index of value, and so on).
    For each of the N points of all features in order: `xy` (N, 2) in tile units (0..`extent`, y down, a little outside at the edges),
    `starts` (bool) where a point begins a new part, `feature` the index of its feature. Rings are not closed: their first point is
    not repeated.
    """

    extent: int
    keys: tuple[str, ...]
    values: tuple[Value, ...]
    kinds: NDArray[np.int8]
    tags: tuple[tuple[int, ...], ...]
    xy: NDArray[np.int32]
    starts: NDArray[np.bool_]
    feature: NDArray[np.int32]

    def attributes(self, index: int) -> dict[str, Value]:
        """The attributes of the feature with this index."""
        tags = self.tags[index]
        return {self.keys[tags[i]]: self.values[tags[i + 1]] for i in range(0, len(tags), 2)}


class VectorTile(Struct, frozen=True):
    """A decoded tile: its layers by name."""

    layers: dict[str, TileLayer]


def decode(data: bytes) -> VectorTile:
    """Decode an uncompressed tile; raises DamagedTile."""
    try:
        layers = dict(_layer(data, begin, end) for field, (begin, end) in _fields(data, 0, len(data)) if field == 3)
    except (IndexError, ValueError, KeyError, struct.error, UnicodeDecodeError) as problem:
        raise DamagedTile(str(problem)) from problem
    return VectorTile({name: layer for name, layer in layers.items() if layer is not None})


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _fields(data: bytes, at: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Walk a protobuf message: each field's number with (begin, end) of its bytes, or (value, -1) of a varint."""
    while at < end:
        tag, at = _varint(data, at)
        wire = tag & 7
        if wire == 0:
            value, at = _varint(data, at)
            yield tag >> 3, (value, -1)
            continue
        size, at = _varint(data, at) if wire == 2 else ({1: 8, 5: 4}[wire], at)
        if at + size > end:
            raise DamagedTile("a field runs over the end")
        yield tag >> 3, (at, at + size)
        at += size


def _layer(data: bytes, begin: int, end: int) -> tuple[str, TileLayer | None]:
    name, extent = "", EXTENT
    keys: list[str] = []
    values: list[Value] = []
    features: list[tuple[int, tuple[int, ...], bytes]] = []
    for field, (first, last) in _fields(data, begin, end):
        if field == 2:
            kind, tags, shape = _feature(data, first, last)
            if shape:
                features.append((kind, tags, shape))
        elif field == 3:
            keys.append(data[first:last].decode())
        elif field == 4:
            values.append(_value(data, first, last))
        elif field == 1:
            name = data[first:last].decode()
        elif field == 5:
            extent = first
    if not features:
        return name, None
    kinds, tags_of, shapes = zip(*features, strict=True)
    xy, starts, feature = _points(shapes)
    return name, TileLayer(extent, tuple(keys), tuple(values), np.array(kinds, np.int8), tags_of, xy, starts, feature)


def _feature(data: bytes, at: int, end: int) -> tuple[int, tuple[int, ...], bytes]:
    """Kind, tags and shape of a feature. Called for every building: written out, since `_fields` would take three times as long."""
    kind, tags, shape = 0, b"", b""
    while at < end:
        tag, size = data[at], data[at + 1]
        at += 2
        if size > 127:
            size, at = _varint(data, at - 1)
        wire = tag & 7
        if wire == 2:
            if tag == _SHAPE:
                shape = data[at : at + size]
            elif tag == _TAGS:
                tags = data[at : at + size]
            at += size
        elif wire != 0:
            raise DamagedTile("a feature has a field of an unknown kind")
        elif tag == _KIND:
            kind = size
    if at != end:
        raise DamagedTile("a feature runs over its end")
    return kind, tuple(tags) if tags.isascii() else tuple(_varints(tags).tolist()), shape


def _value(data: bytes, at: int, end: int) -> Value:
    value: Value = ""
    for field, (first, last) in _fields(data, at, end):
        if field == 1:
            value = data[first:last].decode()
        elif field == 2:
            value = float(struct.unpack("<f", data[first:last])[0])
        elif field == 3:
            value = float(struct.unpack("<d", data[first:last])[0])
        elif field == 6:
            value = (first >> 1) ^ -(first & 1)
        elif field == 7:
            value = bool(first)
        else:
            value = first
    return value


def _varints(data: bytes) -> NDArray[np.uint32]:
    """All varints of a run of bytes at once: byte k of each number is shifted into place for all numbers together."""
    raw = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(raw < 128)
    if not len(ends) or ends[-1] != len(raw) - 1:
        raise DamagedTile("a number is cut off")
    begins = np.concatenate(([0], ends[:-1] + 1))
    size = ends - begins + 1
    numbers = np.zeros(len(ends), np.uint64)
    for k in range(int(size.max())):
        longer = size > k
        numbers[longer] |= (raw[begins[longer] + k] & 127).astype(np.uint64) << np.uint64(7 * k)
    return numbers.astype(np.uint32)


def _points(shapes: tuple[bytes, ...]) -> tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.int32]]:
    """Points, starts of parts and feature of each point, of the shapes of a layer."""
    joined = b"".join(shapes)
    numbers = _varints(joined)
    numbers_until = np.concatenate(([0], np.cumsum(np.frombuffer(joined, np.uint8) < 128)))
    shape_ends = numbers_until[np.cumsum([len(shape) for shape in shapes])]
    commands, starts_at = _commands(numbers.tolist(), shape_ends.tolist())

    is_parameter = np.ones(len(numbers), np.bool_)
    is_parameter[commands] = False
    zigzag = numbers[is_parameter]
    steps = ((zigzag >> np.uint32(1)).astype(np.int64) ^ -(zigzag & np.uint32(1)).astype(np.int64)).reshape(-1, 2)

    parameters = np.add.reduceat(is_parameter, np.concatenate(([0], shape_ends[:-1])))
    points = parameters // 2
    feature = np.repeat(np.arange(len(shapes), dtype=np.int32), points)
    # Steps run from point to point within a feature and begin at 0 in each: one running sum, less what it was where the feature began.
    total = np.concatenate((np.zeros((1, 2), np.int64), np.cumsum(steps, axis=0)))
    first_point = np.concatenate(([0], np.cumsum(points)[:-1]))
    xy = total[1:] - total[first_point][feature]
    starts = np.zeros(len(xy), np.bool_)
    starts[starts_at] = True
    return xy.astype(np.int32), starts, feature


def _commands(numbers: list[int], shape_ends: list[int]) -> tuple[list[int], list[int]]:
    """Where the command numbers are, and the indexes of points that begin a part."""
    commands: list[int] = []
    starts: list[int] = []
    at = point = 0
    for end in shape_ends:
        while at < end:
            number = numbers[at]
            command, count = number & 7, number >> 3
            commands.append(at)
            at += 1
            if command == _CLOSE_PATH:
                continue
            if command == _MOVE_TO:
                starts.extend(range(point, point + count))
            point += count
            at += 2 * count
        if at != end:
            raise DamagedTile("a shape runs over its end")
    return commands, starts
