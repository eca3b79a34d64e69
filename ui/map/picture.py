"""The map as a picture of points or of shapes, with nothing missing. Everything is painted from values, so any thread may do it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from planner.progress import Report, part, silent
from planner.values import Struct, replace
from ui.map.camera import Camera, Tile
from ui.map.composer import draw_overlay, draw_tiles, tile_box
from ui.map.furniture import Furnishing, Furniture
from ui.map.lettering import face
from ui.map.marks import paint_selected
from ui.map.overlay import OverlayPainter, Scene
from ui.map.palette import LIGHT, Palette
from ui.map.tile_painter import draw_tile
from ui.map.tile_source import TileOrder, order_for, painted, shown_tiles, tile_part
from ui.style import TEXT_PX

_SEAM_PX = 0.4
"""How far a tile of shapes reaches into its neighbours, so that no hairline of ground shows between them."""
_WHAT = "Painting the map"
Layer = Callable[[QPainter, Camera, Palette], None]
"""Paints something of its own over pins and routes."""


class Snapshot(Struct, frozen=True):
    """What a map showed at one moment: its scene, the account that is marked, what stands on it, and what is drawn over its pins."""

    scene: Scene
    selected: int | None
    furnishing: Furnishing
    drawn: tuple[Layer, ...] = ()

    def seen_by(self, camera: Camera) -> "Snapshot":
        """The same as another camera sees it: names keep clear of what stands on the map there."""
        area = QRectF(0, 0, camera.width, camera.height)
        boxes = Furniture(self.scene.families, self.scene.type_scale).boxes(area, self.furnishing)
        return replace(self, scene=replace(self.scene, camera=camera, taken=tuple(boxes)))

    def on_paper(self) -> "Snapshot":
        """The same in light colours, without what only a hand can use."""
        told = replace(self.furnishing, legend=self.scene.content.legend(LIGHT), foldable=False)
        return replace(self, scene=replace(self.scene, palette=LIGHT), furnishing=told)


def picture_of(shot: Snapshot, report: Report = silent) -> QImage:
    """The map in points, as it is on screen, names that run out of it included.

    A damaged basemap raises UserProblem, cancelling Cancelled.
    """
    scene = shot.scene
    image = QImage(round(scene.camera.width * scene.ratio), round(scene.camera.height * scene.ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scene.ratio)
    image.fill(scene.palette.ground if scene.decoded is not None else scene.palette.empty)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _draw_tile_pictures(painter, scene, part(report, 0.0, 0.7))
        draw_overlay(painter, scene.camera, OverlayPainter().paint(scene), scene.ratio)
        report(0.9, _WHAT)
        _finish(painter, shot)
    return image


def draw_shapes(painter: QPainter, shot: Snapshot, report: Report = silent) -> None:
    """The map in shapes and text at the painter's origin, for printers and files that scale; problems as for `picture_of`."""
    scene = replace(shot.scene, ratio=1.0, margin_px=0.0)
    area = QRectF(0, 0, scene.camera.width, scene.camera.height)
    with saved(painter):
        painter.setClipRect(area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(scene.palette.ground if scene.decoded is not None else scene.palette.empty))
        _draw_tile_shapes(painter, scene, part(report, 0.0, 0.8))
        OverlayPainter().draw(painter, scene, scene.camera, 0.0)
        report(0.95, _WHAT)
        _finish(painter, replace(shot, scene=scene))


@contextmanager
def saved(painter: QPainter) -> Iterator[None]:
    """What the block changes of a painter's state is changed back, whatever happens."""
    painter.save()
    try:
        yield
    finally:
        painter.restore()


def _finish(painter: QPainter, shot: Snapshot) -> None:
    """The marked account, what is drawn by hand, and what stands on the map."""
    scene = shot.scene
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_selected(painter, scene.content, shot.selected, scene.camera, scene.palette, scene.type_scale)
    painter.setFont(face(scene.families, TEXT_PX * scene.type_scale))
    for layer in shot.drawn:
        layer(painter, scene.camera, scene.palette)
    area = QRectF(0, 0, scene.camera.width, scene.camera.height)
    Furniture(scene.families, scene.type_scale).paint(painter, area, shot.furnishing, scene.palette)


def _draw_tile_pictures(painter: QPainter, scene: Scene, report: Report) -> None:
    decoded, camera = scene.decoded, scene.camera
    if decoded is None:
        return
    order = order_for(camera, decoded.basemap, scene.ratio)
    for tile in _told(shown_tiles(camera, decoded.basemap), report):
        image = painted(decoded, tile, order, scene.palette)
        draw_tiles(painter, camera, [tile], scene.ratio, {tile: image}.get)


def _draw_tile_shapes(painter: QPainter, scene: Scene, report: Report) -> None:
    decoded, camera = scene.decoded, scene.camera
    if decoded is None:
        return
    for tile in _told(shown_tiles(camera, decoded.basemap), report):
        box = tile_box(tile, camera, 1.0)
        order = TileOrder(box.width(), 1.0, camera.zoom)
        source, view = tile_part(tile, decoded.basemap, order)
        with saved(painter):
            seen = box.adjusted(-_SEAM_PX, -_SEAM_PX, _SEAM_PX, _SEAM_PX).intersected(QRectF(0, 0, camera.width, camera.height))
            painter.setClipRect(seen)
            painter.translate(box.topLeft())
            draw_tile(painter, decoded.shapes(source), view, scene.palette)


def _told(tiles: list[Tile], report: Report) -> Iterator[Tile]:
    """The tiles one after the other, each told before it is painted."""
    for index, tile in enumerate(tiles):
        report(index / len(tiles), _WHAT)
        yield tile
