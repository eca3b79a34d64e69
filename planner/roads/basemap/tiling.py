"""Cut the features into tiles, block by block, so that only one block of a large extract is in memory at a time."""

import gzip
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from planner.progress import Report, part
from planner.roads.basemap.encode import AttributeTable, Pieces, Tile, encode_tiles
from planner.roads.basemap.features import Box, FeatureTable, Shapes
from planner.roads.basemap.mvt import EXTENT
from planner.roads.basemap.selection import LAYERS, MAX_ZOOM, MIN_ZOOM, at_zoom, same_attributes_from
from planner.values import Struct

_BLOCK_ZOOM = 9  # close zooms are cut from blocks of this size, some 60 km wide
_BUFFER = 64  # grid units that a tile reaches over its edge, so that wide lines have no seams
_SIMPLIFY = 4  # grid units a shape may move (half a pixel of a tile drawn at 512 px)
_SIMPLIFY_CLOSEST = 1  # the closest zoom is drawn enlarged
_SMALLEST_AREA_PX = 3  # smaller areas (of a tile drawn at 256 px) are left out, except at the closest zoom
_LEVELS_AT_ONCE = 3  # as many quarterings as one step of clipping takes together
_GZIP_LEVEL = 4  # takes 1 % more room than 6 and two thirds of the time
_ROADS = LAYERS.index("roads")


class _Block(Struct, frozen=True):
    """A tile whose descendants at `zooms` are cut together."""

    tile: Tile
    zooms: range


class _Looks:
    """Numbers what the features of a table keep of their attributes at each zoom."""

    def __init__(self, table: FeatureTable) -> None:
        self.numbered = AttributeTable()
        self._table = table
        self._known: dict[int, NDArray[np.int32]] = {}

    def at(self, zoom: int, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of each of these rows."""
        values = self._table.values
        first = same_attributes_from(zoom)
        if first not in self._known:
            self._known[first] = np.full(2 * len(values), -1, np.int32)  # for roads, and for what is none
        known = self._known[first]
        look = 2 * self._table.attributes[rows] + (self._table.layer[rows] == _ROADS)
        for new in np.unique(look[known[look] < 0]).tolist():
            known[new] = self.numbered.number(at_zoom(values[new // 2], "roads" if new % 2 else "", zoom))
        numbers: NDArray[np.int64] = known[look].astype(np.int64)
        return numbers


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
    looks = _Looks(table)
    # Each zoom has about twice the work of the one before.
    work = np.cumsum([0.0, *(2.0**zoom for zoom in block.zooms)])
    for index, zoom in enumerate(block.zooms):
        inner = part(report, work[index] / work[-1], work[index + 1] / work[-1])
        inner(0.0, _drawing(zoom))
        shown = (table.from_zoom[rows] <= zoom) & _is_large_enough(table.area[rows], zoom)
        look = looks.at(zoom, rows[shown])
        whole = Pieces(shapes[shown], np.broadcast_to(np.array(block.tile[1:]), (len(look), 2)), table.layer[rows[shown]], look)
        pieces = _divided(_joined(_simplified(whole, zoom), zoom, looks.numbered), block.tile[0], zoom)
        inner(0.5, _drawing(zoom))
        yield from _packed(encode_tiles(pieces, zoom, looks.numbered), _count(pieces), part(inner, 0.5, 1.0), _drawing(zoom))


def _packed(tiles: Iterator[tuple[Tile, bytes]], count: int, report: Report, text: str) -> Iterator[tuple[Tile, bytes]]:
    for done, (tile, encoded) in enumerate(tiles, 1):
        yield tile, gzip.compress(encoded, _GZIP_LEVEL, mtime=0)
        report(done / count, text)


def _count(pieces: Pieces) -> int:
    """How many tiles the pieces are in."""
    return len(np.unique(pieces.tile[:, 0] << MAX_ZOOM | pieces.tile[:, 1]))


def _is_large_enough(area: NDArray[np.float64], zoom: int) -> NDArray[np.bool_]:
    """Which areas are worth drawing at a zoom; what has no area is."""
    smallest = 0.0 if zoom == MAX_ZOOM else (_SMALLEST_AREA_PX / 256 / 2**zoom) ** 2
    worth: NDArray[np.bool_] = (area == 0) | (area >= smallest)
    return worth


def _drawing(zoom: int) -> str:
    return f"Drawing the map at zoom {zoom}"


def _simplified(pieces: Pieces, zoom: int) -> Pieces:
    import shapely

    return _without_empty(pieces._replace(shapes=shapely.simplify(pieces.shapes, _tolerance(zoom), preserve_topology=False)))


def _without_empty(pieces: Pieces) -> Pieces:
    import shapely

    return pieces.take(~shapely.is_empty(pieces.shapes))


def _tolerance(zoom: int) -> float:
    return float((_SIMPLIFY_CLOSEST if zoom == MAX_ZOOM else _SIMPLIFY) / EXTENT / (1 << zoom))


def _joined(pieces: Pieces, zoom: int, numbered: AttributeTable) -> Pieces:
    """Join roads that look alike end to end: fewer and longer lines, which take less room and carry their names better."""
    import shapely

    is_road = pieces.layer == _ROADS
    roads, rest = pieces.take(is_road), pieces.take(~is_road)
    if not len(roads.shapes):
        return pieces
    looks, look = np.unique(roads.attributes, return_inverse=True)
    order = np.argsort(look, kind="stable")
    bundles = shapely.multilinestrings(roads.shapes[order], indices=look[order])
    directed = numbered.having("oneway")[looks]
    for one_way in (False, True):  # a road with a direction must keep it
        bundles[directed == one_way] = shapely.line_merge(bundles[directed == one_way], directed=one_way)
    lines, bundle = shapely.get_parts(bundles, return_index=True)
    return Pieces(
        np.concatenate((rest.shapes, shapely.simplify(lines, _tolerance(zoom), preserve_topology=False))),
        np.concatenate((rest.tile, np.broadcast_to(roads.tile[0], (len(lines), 2)))),
        np.concatenate((rest.layer, np.full(len(lines), _ROADS, np.int8))),
        np.concatenate((rest.attributes, looks[bundle])),
    )


def _divided(pieces: Pieces, level: int, zoom: int) -> Pieces:
    """Take pieces in tiles of a level apart into the tiles of a zoom, by steps: a large shape is not clipped whole to each tile."""
    for deeper in (*range(level + _LEVELS_AT_ONCE, zoom, _LEVELS_AT_ONCE), zoom):
        pieces = _clipped(_spread(pieces, level, deeper), deeper)
        level = deeper
    return pieces


def _spread(pieces: Pieces, level: int, deeper: int) -> Pieces:
    """Each piece once for each tile of a deeper level that its bounds meet, within the tile it is in."""
    import shapely

    children, side, over = 1 << (deeper - level), 1 << deeper, _BUFFER / EXTENT
    bounds = shapely.bounds(pieces.shapes) * side
    first = np.maximum(np.ceil(bounds[:, :2] - 1 - over).astype(np.int64), pieces.tile * children)
    last = np.minimum(np.floor(bounds[:, 2:] + over).astype(np.int64), pieces.tile * children + children - 1)
    wide, high = np.maximum(last - first + 1, 0).T
    piece = np.repeat(np.arange(len(wide)), wide * high)
    nth = np.arange(len(piece)) - np.repeat(np.cumsum(wide * high) - wide * high, wide * high)
    column, row = np.divmod(nth, np.maximum(high, 1)[piece])
    return pieces.take(piece)._replace(tile=first[piece] + np.column_stack((column, row)))


def _clipped(pieces: Pieces, zoom: int) -> Pieces:
    """Clip each piece to its tile."""
    import shapely

    shapes = pieces.shapes.copy()
    side, over = 1 << zoom, _BUFFER / EXTENT
    bounds = shapely.bounds(shapes)
    over_edge = ((bounds[:, :2] < (pieces.tile - over) / side) | (bounds[:, 2:] > (pieces.tile + 1 + over) / side)).any(axis=1)
    rows = np.flatnonzero(over_edge)
    rows = rows[np.lexsort(pieces.tile[rows].T)]
    for tile_rows in np.split(rows, np.flatnonzero((np.diff(pieces.tile[rows], axis=0) != 0).any(axis=1)) + 1):
        if len(tile_rows):
            x, y = pieces.tile[tile_rows[0]].tolist()
            shapes[tile_rows] = _clip(shapes[tile_rows], _reach((zoom, x, y)))
    return _without_empty(pieces._replace(shapes=shapes))


def _reach(tile: Tile) -> Box:
    """The box of a tile with its buffer."""
    zoom, x, y = tile
    side, over = 1 << zoom, _BUFFER / EXTENT
    return ((x - over) / side, (y - over) / side, (x + 1 + over) / side, (y + 1 + over) / side)


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
