"""What a vector tile has to say in words: the names and road numbers in it, in world positions."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.values import Struct
from ui.map.label_styles import LINES
from ui.map.styling import WIDTHS
from ui.map.tile_painter import UNITS, TileLayer, VectorTile

_LINE = 2
_KEEP_STRAIGHT = 0.5
"""Cosine of the sharpest turn (60 degrees) at which two pieces still read as one street."""

Line = NDArray[np.float64]


class PlaceName(Struct, frozen=True):
    """A name at a point; `kind` is city, town, water, park ...; the most populous come first."""

    text: str
    kind: str
    population: int
    from_zoom: float
    x: float
    y: float


class LineName(Struct, frozen=True):
    """A name, road numbers, or both, along a line, (n, 2) world positions; its length and box (left, top, right, bottom) in world units."""

    text: str
    refs: tuple[str, ...]
    kind: str
    line: Line
    length: float
    box: tuple[float, float, float, float]

    @classmethod
    def along(cls, text: str, refs: tuple[str, ...], kind: str, line: Line) -> "LineName":
        """With the line's length and box worked out."""
        (left, top), (right, bottom) = line.min(axis=0).tolist(), line.max(axis=0).tolist()
        return cls(text, refs, kind, line, float(np.hypot(*np.diff(line, axis=0).T).sum()), (left, top, right, bottom))


class TileNames(Struct, frozen=True):
    """All names of one tile; `one_ways` are streets without their names, each line running the way the traffic does."""

    places: tuple[PlaceName, ...] = ()
    lines: tuple[LineName, ...] = ()
    one_ways: tuple[LineName, ...] = ()


def tile_names(tile: VectorTile, z: int, x: int, y: int) -> TileNames:
    """The names in a tile; streets that come in pieces are joined where they touch."""
    layers = tile.layers
    places = tuple(_places(layers["places"], z, x, y)) if "places" in layers else ()
    lines = [name for layer in ("roads", "water") if layer in layers for name in _lines(layers[layer], z, x, y)]
    one_ways = tuple(_one_ways(layers["roads"], z, x, y)) if "roads" in layers else ()
    return TileNames(places, tuple(lines), one_ways)


def _places(layer: TileLayer, z: int, x: int, y: int) -> Iterable[PlaceName]:
    world = _world(layer.xy, z, x, y)
    first = np.searchsorted(layer.feature, np.arange(len(layer.kinds)))
    for index, at in enumerate(first.tolist()):
        inside = (layer.xy[at] >= 0).all() and (layer.xy[at] < UNITS).all()
        facts = layer.attributes(index)
        if inside and facts.get("name"):
            where = world[at].tolist()
            yield PlaceName(
                str(facts["name"]), str(facts.get("kind", "")), int(facts.get("population", 0)), float(facts.get("from_zoom", 0)), *where
            )


def _one_ways(layer: TileLayer, z: int, x: int, y: int) -> Iterable[LineName]:
    for facts, parts in _line_features(layer):
        kind, direction = str(facts.get("kind", "")), facts.get("oneway", 0)
        if direction and kind in WIDTHS:
            for part in parts:
                yield LineName.along("", (), kind, _world(part if direction == 1 else part[::-1], z, x, y))


def _line_features(layer: TileLayer) -> Iterable[tuple[dict[str, Any], list[NDArray[Any]]]]:
    """The attributes of each line and its parts, in tile units."""
    bounds = np.searchsorted(layer.feature, np.arange(len(layer.kinds) + 1)).tolist()
    for index, shape in enumerate(layer.kinds.tolist()):
        if shape == _LINE:
            begin, end = bounds[index], bounds[index + 1]
            cuts = np.flatnonzero(layer.starts[begin:end])[1:]
            yield layer.attributes(index), [part for part in np.split(layer.xy[begin:end], cuts) if len(part) > 1]


def _lines(layer: TileLayer, z: int, x: int, y: int) -> Iterable[LineName]:
    pieces: dict[tuple[str, str, str], list[NDArray[Any]]] = defaultdict(list)
    for facts, parts in _line_features(layer):
        kind, name, ref = str(facts.get("kind", "")), str(facts.get("name", "")), str(facts.get("ref", ""))
        if (name or ref) and kind in LINES:
            pieces[name, ref, kind] += parts
    for (name, ref, kind), parts in pieces.items():
        for line in joined(parts):
            yield LineName.along(name, tuple(part.strip() for part in ref.split(";") if part.strip()), kind, _world(line, z, x, y))


def _world(xy: NDArray[Any], z: int, x: int, y: int) -> Line:
    return (xy / UNITS + (x, y)) / (1 << z)


def joined(parts: list[NDArray[Any]]) -> list[NDArray[Any]]:
    """Lines made of the pieces that meet end to end without a sharp turn."""
    at_end: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, part in enumerate(parts):
        at_end[_key(part[0])].append(index)
        at_end[_key(part[-1])].append(index)
    left = set(range(len(parts)))
    lines = []
    for index in range(len(parts)):
        if index not in left:
            continue
        left.discard(index)
        forward = _extended(parts[index], parts, at_end, left)
        lines.append(_extended(forward[::-1], parts, at_end, left))
    return lines


def _extended(line: NDArray[Any], parts: list[NDArray[Any]], at_end: dict[tuple[int, int], list[int]], left: set[int]) -> NDArray[Any]:
    grown = [line]
    tail = line
    while True:
        follower = _follower(tail, parts, at_end[_key(tail[-1])], left)
        if follower is None:
            return np.concatenate(grown)
        index, tail = follower
        left.discard(index)
        grown.append(tail[1:])


def _follower(tail: NDArray[Any], parts: list[NDArray[Any]], meeting: list[int], left: set[int]) -> tuple[int, NDArray[Any]] | None:
    best, found = _KEEP_STRAIGHT, None
    for index in meeting:
        if index not in left:
            continue
        part = parts[index]
        onward = part if _key(part[0]) == _key(tail[-1]) else part[::-1]
        straight = _cosine(tail[-1] - tail[-2], onward[1] - onward[0])
        if straight > best:
            best, found = straight, (index, onward)
    return found


def _cosine(a: NDArray[Any], b: NDArray[Any]) -> float:
    (ax, ay), (bx, by) = a.tolist(), b.tolist()
    length = math.hypot(ax, ay) * math.hypot(bx, by)
    return (ax * bx + ay * by) / length if length else -1.0


def _key(point: NDArray[Any]) -> tuple[int, int]:
    return int(point[0]), int(point[1])
