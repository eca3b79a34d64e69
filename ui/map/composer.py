"""Puts tiles and overlay together into one picture, on screen or for export."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from ui.map.camera import Camera, Tile
from ui.map.overlay import Overlay

_ANCESTORS = 6
_DESCENDANTS = 2

Lookup = Callable[[Tile], QImage | None]


def draw_tiles(painter: QPainter, camera: Camera, tiles: Iterable[Tile], ratio: float, lookup: Lookup) -> None:
    """Draw the tiles at whole device pixels; where one is missing, what there is of larger or smaller ones stands in."""
    for tile in tiles:
        box = tile_box(tile, camera, ratio)
        image = lookup(tile)
        if image is not None:
            _put(painter, box, image, ratio)
        elif not _draw_ancestor(painter, tile, box, lookup):
            for part, picture in _descendants(tile, lookup, _DESCENDANTS):
                painter.drawImage(tile_box(part, camera, ratio), picture)


def tile_box(tile: Tile, camera: Camera, ratio: float) -> QRectF:
    """Where a tile goes, in logical pixels that are whole device pixels; so neighbours meet without a seam."""
    z, x, y = tile
    count = 1 << z
    left, top = (round(side * ratio) for side in camera.to_screen(x / count, y / count))
    right, bottom = (round(side * ratio) for side in camera.to_screen((x + 1) / count, (y + 1) / count))
    return QRectF(left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio)


def _put(painter: QPainter, box: QRectF, image: QImage, ratio: float) -> None:
    if abs(image.width() - box.width() * ratio) <= 1.01:
        painter.drawImage(box.topLeft(), image)
    else:
        painter.drawImage(box, image)


def _draw_ancestor(painter: QPainter, tile: Tile, box: QRectF, lookup: Lookup) -> bool:
    z, x, y = tile
    for up in range(1, min(z, _ANCESTORS) + 1):
        image = lookup((z - up, x >> up, y >> up))
        if image is not None:
            parts = 1 << up
            edge = image.width() / parts
            painter.drawImage(box, image, QRectF(x % parts * edge, y % parts * edge, edge, edge))
            return True
    return False


def _descendants(tile: Tile, lookup: Lookup, depth: int) -> Iterator[tuple[Tile, QImage]]:
    z, x, y = tile
    for part in ((z + 1, 2 * x + dx, 2 * y + dy) for dx in (0, 1) for dy in (0, 1)):
        image = lookup(part)
        if image is not None:
            yield part, image
        elif depth > 1:
            yield from _descendants(part, lookup, depth - 1)


def draw_overlay(painter: QPainter, camera: Camera, overlay: Overlay, ratio: float) -> None:
    """Draw the overlay where its camera looked; scaled, when the zoom has changed since."""
    painted_for = overlay.camera
    left, top = camera.to_screen(*painted_for.to_world(0, 0))
    if painted_for.zoom == camera.zoom:
        painter.drawImage(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), overlay.image)
        return
    grown = camera.scale / painted_for.scale
    painter.drawImage(QRectF(left, top, painted_for.width * grown, painted_for.height * grown), overlay.image)
