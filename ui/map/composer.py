"""Puts tiles and overlay together into one picture, on screen or for export."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from ui.map.camera import Camera, Tile
from ui.map.overlay import Overlay, OverlayPainter, Scene
from ui.map.tile_source import order_for, painted, shown_tiles

_ANCESTORS = 6
_DESCENDANTS = 2
_PATIENCE_MS = 20_000
_POLL_S = 0.02

Lookup = Callable[[Tile], QImage | None]


def draw_tiles(painter: QPainter, camera: Camera, tiles: Iterable[Tile], ratio: float, lookup: Lookup) -> None:
    """Draw the tiles at whole device pixels; where one is missing, what there is of larger or smaller ones stands in."""
    for tile in tiles:
        box = _box(tile, camera, ratio)
        image = lookup(tile)
        if image is not None:
            _put(painter, box, image, ratio)
        elif not _draw_ancestor(painter, tile, box, lookup):
            for part, picture in _descendants(tile, lookup, _DESCENDANTS):
                painter.drawImage(_box(part, camera, ratio), picture)


def _box(tile: Tile, camera: Camera, ratio: float) -> QRectF:
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


def whole_picture(scene: Scene) -> QImage:
    """Tiles and overlay of a scene with nothing missing. Painted in threads while the window goes on; gives up waiting after 20 seconds."""
    camera, decoded = scene.camera, scene.decoded
    with ThreadPoolExecutor(2, thread_name_prefix="map-picture") as pool:
        overlay = pool.submit(OverlayPainter().paint, scene)
        pictures: dict[Tile, Future[QImage]] = {}
        if decoded is not None:
            order = order_for(camera, decoded.basemap, scene.ratio)
            pictures = {tile: pool.submit(painted, decoded, tile, order, scene.palette) for tile in shown_tiles(camera, decoded.basemap)}
        _await([overlay, *pictures.values()])
        pool.shutdown(wait=False, cancel_futures=True)
    image = QImage(round(camera.width * scene.ratio), round(camera.height * scene.ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scene.ratio)
    image.fill(scene.palette.ground if decoded is not None else scene.palette.empty)
    painter = QPainter(image)
    draw_tiles(painter, camera, pictures, scene.ratio, lambda tile: _done(pictures.get(tile)))
    if not overlay.cancelled():
        draw_overlay(painter, camera, overlay.result(), scene.ratio)
    painter.end()
    return image


def _await(futures: Sequence[Future[Any]]) -> None:
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while wait(futures, _POLL_S, FIRST_EXCEPTION).not_done and not deadline.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _done(future: Future[QImage] | None) -> QImage | None:
    return future.result() if future is not None and future.done() and not future.cancelled() and future.exception() is None else None
