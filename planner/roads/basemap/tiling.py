"""Cut the features into tiles, block by block, so that only one block of a large extract is in memory at a time."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.progress import Report, part
from planner.roads.basemap.encode import encode_tile
from planner.roads.basemap.features import Box, FeatureTable, Shapes
from planner.roads.basemap.mvt import EXTENT
from planner.roads.basemap.selection import LAYERS, MAX_ZOOM, MIN_ZOOM, Attributes, at_zoom

_BLOCK_ZOOM = 9  # close zooms are cut from blocks of this size, some 60 km wide
_BUFFER = 64  # grid units that a tile reaches over its edge, so that wide lines have no seams
_SIMPLIFY = 4  # grid units a shape may move (half a pixel of a tile drawn at 512 px)
_SIMPLIFY_CLOSEST = 1  # the closest zoom is drawn enlarged
_SMALLEST_AREA_PX = 3  # smaller areas (of a tile drawn at 256 px) are left out, except at the closest zoom

Tile = tuple[int, int, int]


class Layered(NamedTuple):
    """Shapes with the layer and the attributes of each."""

    shapes: Shapes
    layer: NDArray[np.int8]
    attributes: NDArray[np.object_]

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Layered":
        """Some of them."""
        return Layered(self.shapes[rows], self.layer[rows], self.attributes[rows])


@dataclass(frozen=True, slots=True)
class _Block:
    """A tile whose descendants at `zooms` are cut together."""

    tile: Tile
    zooms: range


def cut_tiles(table: FeatureTable, outline: Box, report: Report) -> Iterator[tuple[Tile, bytes]]:
    """Yield (zoom, x, y) and the gzip bytes of every tile that has something in it."""
    blocks = [_Block(tile, range(MIN_ZOOM, _BLOCK_ZOOM + 1)) for tile in _tiles_over(outline, MIN_ZOOM)]
    blocks += [_Block(tile, range(_BLOCK_ZOOM + 1, MAX_ZOOM + 1)) for tile in _tiles_over(outline, _BLOCK_ZOOM)]
    for index, block in enumerate(blocks):
        yield from _cut_block(table, block, part(report, index / len(blocks), (index + 1) / len(blocks)))


def _tiles_over(box: Box, zoom: int) -> list[Tile]:
    side = 1 << zoom
    left, top, right, bottom = (min(max(int(value * side), 0), side - 1) for value in box)
    return [(zoom, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def _cut_block(table: FeatureTable, block: _Block, report: Report) -> Iterator[tuple[Tile, bytes]]:
    rows = table.within(_reach(block.tile), block.zooms[-1])
    rows = rows[_is_large_enough(table.area[rows], block.zooms[-1])]
    if not len(rows):
        return
    rows = rows[np.argsort(-table.area[rows], kind="stable")]  # small areas are painted over large ones
    shapes = table.shapes(rows)
    areas = table.area[rows] > 0
    # Areas are cut to the block first: the sea is one shape, and would be worked on whole in each block that it reaches.
    shapes[areas] = _clip_those_over(shapes[areas], table.bounds[rows[areas]], _reach(block.tile))
    # Each zoom has about twice the work of the one before.
    work = np.cumsum([0.0, *(2.0**zoom for zoom in block.zooms)])
    for index, zoom in enumerate(block.zooms):
        inner = part(report, work[index] / work[-1], work[index + 1] / work[-1])
        inner(0.0, _drawing(zoom))
        shown = (table.from_zoom[rows] <= zoom) & _is_large_enough(table.area[rows], zoom)
        simple = _simplified(_at_zoom(table, rows[shown], shapes[shown], zoom), zoom)
        inner(0.1, _drawing(zoom))
        drawn = _joined(simple, zoom)
        yield from _split(drawn, block.tile, zoom, part(inner, 0.2, 1.0))


def _is_large_enough(area: NDArray[np.float64], zoom: int) -> NDArray[np.bool_]:
    """Which areas are worth drawing at a zoom; what has no area is."""
    smallest = 0.0 if zoom == MAX_ZOOM else (_SMALLEST_AREA_PX / 256 / 2**zoom) ** 2
    worth: NDArray[np.bool_] = (area == 0) | (area >= smallest)
    return worth


def _drawing(zoom: int) -> str:
    return f"Drawing the map at zoom {zoom}"


def _at_zoom(table: FeatureTable, rows: NDArray[np.int64], shapes: Shapes, zoom: int) -> Layered:
    kept: dict[tuple[int, int], Attributes] = {}
    attributes = np.empty(len(rows), object)
    layers = table.layer[rows]
    for at, key in enumerate(zip(layers.tolist(), table.attributes[rows].tolist(), strict=True)):
        if key not in kept:
            kept[key] = at_zoom(table.values[key[1]], LAYERS[key[0]], zoom)
        attributes[at] = kept[key]
    return Layered(shapes, layers, attributes)


def _simplified(drawn: Layered, zoom: int) -> Layered:
    import shapely

    shapes = shapely.simplify(drawn.shapes, _tolerance(zoom), preserve_topology=False)
    return Layered(shapes, drawn.layer, drawn.attributes).take(~shapely.is_empty(shapes))


def _tolerance(zoom: int) -> float:
    return float((_SIMPLIFY_CLOSEST if zoom == MAX_ZOOM else _SIMPLIFY) / EXTENT / (1 << zoom))


def _joined(drawn: Layered, zoom: int) -> Layered:
    """Join roads that look alike end to end: fewer and longer lines, which take less room and carry their names better."""
    import shapely

    is_road = drawn.layer == LAYERS.index("roads")
    roads = drawn.take(is_road)
    if not len(roads.shapes):
        return drawn
    numbers: dict[Attributes, int] = {}
    look = np.array([numbers.setdefault(one, len(numbers)) for one in roads.attributes.tolist()])
    order = np.argsort(look, kind="stable")
    bundles = shapely.multilinestrings(roads.shapes[order], indices=look[order])
    directed = np.array([any(key == "oneway" for key, _ in attributes) for attributes in numbers])
    for one_way in (False, True):  # a road with a direction must keep it
        bundles[directed == one_way] = shapely.line_merge(bundles[directed == one_way], directed=one_way)
    lines, bundle = shapely.get_parts(bundles, return_index=True)
    looks = np.empty(len(numbers), object)
    looks[:] = list(numbers)
    rest = drawn.take(~is_road)
    return Layered(
        np.concatenate((rest.shapes, shapely.simplify(lines, _tolerance(zoom), preserve_topology=False))),
        np.concatenate((rest.layer, np.full(len(lines), LAYERS.index("roads"), np.int8))),
        np.concatenate((rest.attributes, looks[bundle])),
    )


def _split(drawn: Layered, tile: Tile, zoom: int, report: Report) -> Iterator[tuple[Tile, bytes]]:
    """Clip to a tile, and to its quarters, down to `zoom`: each level has only a quarter of the shapes to look at."""
    report(0.0, _drawing(zoom))
    inside = _clipped(drawn, _reach(tile))
    if not len(inside.shapes):
        return
    level, x, y = tile
    if level < zoom:
        if _is_filled(inside, _reach(tile)):
            yield from _filled(inside, tile, zoom)
            return
        for quarter in range(4):
            dx, dy = divmod(quarter, 2)
            yield from _split(inside, (level + 1, 2 * x + dx, 2 * y + dy), zoom, part(report, quarter / 4, (quarter + 1) / 4))
        return
    packed = _packed(inside, tile)
    if packed:
        yield tile, packed


def _packed(inside: Layered, tile: Tile) -> bytes:
    encoded = encode_tile(inside.shapes, [LAYERS[one] for one in inside.layer.tolist()], inside.attributes.tolist(), tile)
    return gzip.compress(encoded, 6, mtime=0) if encoded else b""


def _is_filled(inside: Layered, box: Box) -> bool:
    """Whether one shape fills the whole box, as far out at sea."""
    import shapely

    return len(inside.shapes) == 1 and bool(shapely.equals(inside.shapes[0], shapely.box(*box)))


def _filled(inside: Layered, tile: Tile, zoom: int) -> Iterator[tuple[Tile, bytes]]:
    """The tiles of a zoom in a tile that one shape fills: all alike, so that one is encoded."""
    level, x, y = tile
    side = 1 << (zoom - level)
    first = (zoom, x * side, y * side)
    packed = _packed(_clipped(inside, _reach(first)), first)
    for dx in range(side):
        for dy in range(side):
            yield (zoom, first[1] + dx, first[2] + dy), packed


def _reach(tile: Tile) -> Box:
    """The box of a tile with its buffer."""
    zoom, x, y = tile
    side, over = 1 << zoom, _BUFFER / EXTENT
    return ((x - over) / side, (y - over) / side, (x + 1 + over) / side, (y + 1 + over) / side)


def _clipped(drawn: Layered, box: Box) -> Layered:
    import shapely

    left, top, right, bottom = box
    bounds = shapely.bounds(drawn.shapes)
    meets = (bounds[:, 0] <= right) & (bounds[:, 2] >= left) & (bounds[:, 1] <= bottom) & (bounds[:, 3] >= top)
    found = drawn.take(meets)
    shapes = _clip_those_over(found.shapes, bounds[meets], box)
    return Layered(shapes, found.layer, found.attributes).take(~shapely.is_empty(shapes))


def _clip_those_over(shapes: Shapes, bounds: NDArray[np.float64], box: Box) -> Shapes:
    """Clip the shapes whose bounds reach over the box."""
    left, top, right, bottom = box
    over = (bounds[:, 0] < left) | (bounds[:, 2] > right) | (bounds[:, 1] < top) | (bounds[:, 3] > bottom)
    if over.any():
        shapes = shapes.copy()
        shapes[over] = _clip(shapes[over], box)
    return shapes


def _clip(shapes: Shapes, box: Box) -> Shapes:
    import shapely

    try:
        clipped: Shapes = shapely.clip_by_rect(shapes, *box)
    except shapely.GEOSException:  # simplifying has made a polygon cross itself
        clipped = shapely.clip_by_rect(shapely.make_valid(shapes), *box)
    return clipped
