"""The map of the road pack in use behind the outlines: painted off the GUI thread, anew whenever the picture has come to rest."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage, QPainter

from planner.progress import Report
from planner.usecases.basemap import open_basemap
from planner.usecases.workspace import Workspace
from planner.values import Struct
from ui.context import AppContext
from ui.footprint.picture import OutlinePicture
from ui.map.camera import Camera
from ui.map.composer import draw_overlay, draw_tiles
from ui.map.content import Content
from ui.map.overlay import OverlayPainter, Scene
from ui.map.palette import PALETTES, Palette
from ui.map.tile_source import DecodedTiles, order_for, painted, shown_tiles
from ui.style import type_scale

REST_MS = 90
"""How long the picture has to rest before its map is painted."""
_WHAT = "Painting the map"


class Order(Struct, frozen=True):
    """What a map is to be painted for."""

    camera: Camera
    ratio: float
    palette: Palette
    families: tuple[str, ...]
    scale: float


class Backdrop(QObject):
    """Gives the picture its map. The file of the map is open only while it is painted, so that nobody has to wait for it."""

    def __init__(self, context: AppContext, picture: OutlinePicture) -> None:
        super().__init__(picture)
        self._context, self._picture = context, picture
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._paint)
        for signal in (picture.moved, context.theme.changed, context.bus.pack_shown):
            signal.connect(self._rest.start)

    def _paint(self) -> None:
        picture, workspace = self._picture, self._context.workspace
        if not picture.isVisible():
            return
        palette = PALETTES[self._context.theme.name]
        order = Order(picture.camera, picture.devicePixelRatioF(), palette, tuple(picture.font().families()), type_scale())
        self._context.runner.run(
            lambda job: map_of(workspace, order, job.report),
            lambda image: picture.show_map(image, order.camera),
            lambda _error: picture.show_map(None, order.camera),  # a map that is damaged is told where the packs are checked
            lane="footprint map",
            latest=True,
        )


def map_of(workspace: Workspace, order: Order, report: Report) -> QImage | None:
    """The map of the pack in use with its names, see-through where there is none; None without a pack. Any thread may call it."""
    basemap = open_basemap(workspace)
    if basemap is None:
        return None
    try:
        return _painted(DecodedTiles(basemap), order, report)
    finally:
        basemap.close()


def _painted(decoded: DecodedTiles, order: Order, report: Report) -> QImage:
    camera, ratio = order.camera, order.ratio
    image = QImage(round(camera.width * ratio), round(camera.height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    tiles, how = shown_tiles(camera, decoded.basemap), order_for(camera, decoded.basemap, ratio)
    if not tiles:
        return image
    scene = Scene(camera, ratio, order.palette, decoded, Content(), order.families, order.scale)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, tile in enumerate(tiles):
            report(number / len(tiles), _WHAT)
            drawn = {tile: painted(decoded, tile, how, order.palette)}
            draw_tiles(painter, camera, [tile], ratio, drawn.get)
        draw_overlay(painter, camera, OverlayPainter().paint(scene), ratio)
    return image
