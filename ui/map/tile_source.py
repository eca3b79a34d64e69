"""Tiles on their way from the basemap to the screen: decoded once, painted in threads, both kept within bounds."""

import math
import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from planner.errors import UserProblem
from planner.values import Struct, field
from ui.map.brush import Look
from ui.map.camera import MAX_ZOOM, TILE_PX, Camera, Tile
from ui.map.crew import Crew
from ui.map.extent import Extent, extent_of
from ui.map.labels import TileNames, tile_names
from ui.map.palette import LIGHT, Palette
from ui.map.tile_painter import Basemap, Shapes, TileView, paint_tile, tile_shapes

_MOST_DECODED = 96
_MOST_BYTES = 64_000_000  # three windows full at a scale of 1; as many more pixels as the screen has, so many more bytes
_THREADS = max(1, min(2, (os.cpu_count() or 2) - 1))
"""One core is left to the window."""
_FAR_OUT = 2.5
"""How many zooms below the basemap's first its tiles are still drawn."""


class _Decoded(Struct):
    """A vector tile as the painters want it; the lock keeps two threads from decoding it both."""

    lock: Lock
    shapes: dict[Look, Shapes] | None = None
    names: TileNames = field(default_factory=TileNames)


class DecodedTiles:
    """Vector tiles made ready, the latest used kept. Any thread may ask."""

    def __init__(self, basemap: Basemap) -> None:
        self.basemap = basemap
        self._tiles: OrderedDict[Tile, _Decoded] = OrderedDict()
        self._lock = Lock()

    def shapes(self, tile: Tile) -> dict[Look, Shapes]:
        """The shapes in a tile."""
        return self._ready(tile).shapes or {}

    def names(self, tile: Tile) -> TileNames:
        """The names in a tile."""
        return self._ready(tile).names

    @cached_property
    def extent(self) -> Extent | None:
        """Which ground is covered; looked for once."""
        return extent_of(self.basemap)

    def _ready(self, tile: Tile) -> _Decoded:
        with self._lock:
            kept = self._tiles.setdefault(tile, _Decoded(Lock()))
            self._tiles.move_to_end(tile)
            while len(self._tiles) > _MOST_DECODED:
                self._tiles.popitem(last=False)
        with kept.lock:
            if kept.shapes is None:
                found = self.basemap.tile(*tile)
                if found is not None:
                    kept.names = tile_names(found, *tile)
                kept.shapes = tile_shapes(found) if found is not None else {}
        return kept


class TileOrder(Struct, frozen=True):
    """How tiles are wanted: edge in device pixels, device pixels for a logical one, display zoom."""

    edge_px: float
    ratio: float
    zoom: float


def tile_zoom(camera: Camera, basemap: Basemap) -> int:
    """Zoom of the tiles to paint for this camera; beyond the basemap's last zoom its tiles are cut into smaller ones."""
    return max(basemap.min_zoom, min(int(MAX_ZOOM), math.floor(camera.zoom + 0.5)))


def source_tile(tile: Tile, basemap: Basemap) -> Tile:
    """The basemap's tile that holds this one."""
    z, x, y = tile
    deeper = max(0, z - basemap.max_zoom)
    return z - deeper, x >> deeper, y >> deeper


def shown_tiles(camera: Camera, basemap: Basemap | None) -> list[Tile]:
    """Tiles in the picture, nearest to the middle first; none when the basemap has no zoom near the camera's."""
    if basemap is None or camera.zoom < basemap.min_zoom - _FAR_OUT:
        return []
    return camera.tiles(tile_zoom(camera, basemap))


def named_tiles(camera: Camera, basemap: Basemap | None) -> list[Tile]:
    """The basemap's tiles whose names may stand in the picture."""
    return sorted({source_tile(tile, basemap) for tile in shown_tiles(camera, basemap)}) if basemap is not None else []


def order_for(camera: Camera, basemap: Basemap, ratio: float) -> TileOrder:
    """Tiles painted for exactly this zoom, so that a map at rest is sharp."""
    return TileOrder(ratio * TILE_PX * 2.0 ** (camera.zoom - tile_zoom(camera, basemap)), ratio, camera.zoom)


class TileSource(QObject):
    """Painted tiles of one basemap in one palette. Lives in the window's thread."""

    arrived = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.decoded: DecodedTiles | None = None
        self._crew = Crew(_THREADS, "map-tiles")
        self._palette = LIGHT
        self._pictures: OrderedDict[Tile, tuple[TileOrder, QImage]] = OrderedDict()
        self._bytes = 0
        self._pending: set[Tile] = set()
        self._wanted: frozenset[Tile] = frozenset()
        self._generation = 0

    @property
    def basemap(self) -> Basemap | None:
        """Where the tiles come from, or None."""
        return self.decoded.basemap if self.decoded else None

    @property
    def busy(self) -> bool:
        """Whether tiles that were asked for are still being painted."""
        return bool(self._pending)

    def set_basemap(self, basemap: Basemap | None) -> None:
        """Take tiles from another basemap, or none."""
        self.decoded = DecodedTiles(basemap) if basemap is not None else None
        self._forget()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours from now on."""
        self._palette = palette
        self._forget()

    def stop(self) -> None:
        """End the threads; tiles painted so far stay."""
        self._crew.stop()
        self._pending.clear()

    def picture(self, tile: Tile) -> QImage | None:
        """The painted tile, in whatever size it was last painted, or None."""
        kept = self._pictures.get(tile)
        if kept is None:
            return None
        self._pictures.move_to_end(tile)
        return kept[1]

    def request(self, tiles: Sequence[Tile], order: TileOrder, *, repaint: bool = True) -> None:
        """Want these tiles like this, the first first; what was wanted before and has not begun is dropped.

        Without `repaint`, a tile painted for another zoom will do.
        """
        decoded = self.decoded
        if decoded is None:
            return
        self._wanted = frozenset(tiles)
        for tile in tiles:
            kept = self._pictures.get(tile)
            if tile not in self._pending and (kept is None or (repaint and kept[0] != order)):
                self._pending.add(tile)
                self._crew.run(self._job(decoded, tile, order), self._receiver(tile, order))

    def _job(self, decoded: DecodedTiles, tile: Tile, order: TileOrder) -> Callable[[], QImage | None]:
        palette = self._palette

        def job() -> QImage | None:
            return painted(decoded, tile, order, palette) if tile in self._wanted else None

        return job

    def _receiver(self, tile: Tile, order: TileOrder) -> Callable[[QImage | Exception | None], None]:
        generation = self._generation

        def receive(image: QImage | Exception | None) -> None:
            if generation == self._generation:
                self._receive(tile, order, image)

        return receive

    def _receive(self, tile: Tile, order: TileOrder, image: QImage | Exception | None) -> None:
        self._pending.discard(tile)
        if isinstance(image, Exception):
            self.failed.emit(image)
            if not isinstance(image, UserProblem):
                raise image
            image = QImage(1, 1, QImage.Format.Format_RGB32)
            image.fill(self._palette.ground)
        if image is not None:
            self._keep(tile, order, image)
        self.arrived.emit()

    def _keep(self, tile: Tile, order: TileOrder, image: QImage) -> None:
        before = self._pictures.pop(tile, None)
        self._bytes += image.sizeInBytes() - (before[1].sizeInBytes() if before else 0)
        self._pictures[tile] = (order, image)
        while self._bytes > _MOST_BYTES * max(1.0, order.ratio**2) and len(self._pictures) > 1:
            self._bytes -= self._pictures.popitem(last=False)[1][1].sizeInBytes()

    def _forget(self) -> None:
        self._generation += 1
        self._pictures.clear()
        self._pending.clear()
        self._bytes = 0


def tile_part(tile: Tile, basemap: Basemap, order: TileOrder) -> tuple[Tile, TileView]:
    """The basemap's tile that holds this one, and which part of it to paint."""
    z, x, y = tile
    source = source_tile(tile, basemap)
    step = 1 << (z - source[0])
    return source, TileView(step, x % step, y % step, order.edge_px, order.ratio, order.zoom)


def painted(decoded: DecodedTiles, tile: Tile, order: TileOrder, palette: Palette) -> QImage:
    """A picture of one tile. Any thread may call it."""
    source, view = tile_part(tile, decoded.basemap, order)
    return paint_tile(decoded.shapes(source), view, palette)
