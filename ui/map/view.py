"""The map widget: what the rest of the window knows of the map."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from planner.model.places import LatLon
from ui.map.camera import Camera, latlon_of, world_array, world_of
from ui.map.composer import draw_overlay, draw_tiles, whole_picture
from ui.map.content import Content, Found
from ui.map.furniture import Furniture, scale_bar
from ui.map.interaction import CameraMover, Hands
from ui.map.marks import paint_selected
from ui.map.overlay import Scene
from ui.map.overlay_keeper import OverlayKeeper
from ui.map.palette import PALETTES, Palette, Theme
from ui.map.pins import Crowd, Pin, PinSet
from ui.map.routes import DayRoute, RouteSet
from ui.map.tile_painter import Basemap
from ui.map.tile_source import TileSource, order_for, shown_tiles

NO_PACK = "There is no road pack for this area yet. Build one under Settings, and streets and drive times appear here."
_SETTLE_MS = 70
_FIT_PADDING_PX = 56.0
_CLOSEST_FIT = 15.5
_START = Camera(0.283, 0.375, 4.0, 640, 480)
_BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
Layer = Callable[[QPainter, Camera, Palette], None]
"""Paints something of its own over pins and routes, in every frame: it has to be quick."""


class MapView(QWidget):
    """A map of accounts and routes over a basemap. It moves by hand and by its methods, and tells what is picked."""

    picked = Signal(int)
    """A pin or stop was clicked: the account's id."""
    activated = Signal(int)
    """A pin or stop was double-clicked, or Enter pressed on the selected one."""
    hovered = Signal(object)
    """The account's id under the cursor, or None."""
    context_requested = Signal(object, object, QPoint)
    """A menu is wanted: account's id or None, the LatLon there, and where on the screen."""
    camera_moved = Signal()
    failed = Signal(object)
    """The basemap could not be read: a UserProblem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = _START
        self._rest_zoom = _START.zoom
        self._aimed = False
        self._fitted: NDArray[np.float64] | None = None
        self._palette = PALETTES["light"]
        self._content = Content()
        self._selected: int | None = None
        self._hover: Found = None
        self._hover_at = QPointF()
        self._notice = ""
        self._empty_text = NO_PACK
        self._metric = False
        self._ring = False
        self._layers: list[Layer] = []
        self._tiles = TileSource()
        self._tiles.arrived.connect(self.update)
        self._tiles.failed.connect(self.failed)
        self._overlay = OverlayKeeper(lambda: self._scene() if self.isVisible() else None)
        self._overlay.arrived.connect(self.update)
        self._mover = CameraMover(lambda: self._camera, self._put_camera, self)
        self._hands = Hands(self._mover, lambda: self._camera, self._put_camera)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._come_to_rest)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Map")
        self._describe()
        tiles, overlay = self._tiles, self._overlay
        self.destroyed.connect(tiles.stop)
        self.destroyed.connect(overlay.stop)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.stop)

    # What is shown

    def set_basemap(self, basemap: Basemap | None) -> None:
        """Show the streets of this basemap, or none. The camera stays where it is, once it has been somewhere."""
        self._tiles.set_basemap(basemap)
        self._changed()

    def set_theme(self, theme: Theme) -> None:
        """Switch the colours: light or dark."""
        self._palette = PALETTES[theme]
        self._tiles.set_palette(self._palette)
        self._overlay.drop()
        self._changed()

    def set_pins(self, pins: Sequence[Pin]) -> None:
        """Show these accounts instead of those before."""
        self._content = replace(self._content, pins=PinSet(pins))
        self._hover = None
        self._changed()

    def set_routes(self, days: Sequence[DayRoute]) -> None:
        """Show these days instead of those before."""
        self._content = replace(self._content, routes=RouteSet(days))
        self._hover = None
        self._changed()

    def set_active_day(self, index: int | None) -> None:
        """Show this day strong and the others dimmed; None shows all alike."""
        self._content = replace(self._content, active=index)
        self._changed()

    def set_notice(self, text: str) -> None:
        """A line in the top left corner, such as "Fictional sample territory"; empty for none."""
        self._notice = text
        self.update()

    def set_empty_text(self, text: str) -> None:
        """What the map says while there is no basemap."""
        self._empty_text = text
        self.update()

    def set_metric(self, metric: bool) -> None:
        """Scale bar in kilometres instead of miles."""
        self._metric = metric
        self.update()

    def add_layer(self, layer: Layer) -> None:
        """Have something more painted; who adds it calls `update` when it changes."""
        self._layers.append(layer)

    def select(self, key: int | None) -> None:
        """Mark the pin of this account; the camera moves only when the pin is out of sight."""
        self._selected = key
        place = self._content.place_of(key)
        if place is not None and self._aimed:
            at = QPointF(*self._camera.to_screen(*place[0])).toPoint()
            if not self.rect().adjusted(20, 20, -20, -20).contains(at):
                self._mover.slide_to(self._camera.moved_to(*place[0]))
        self._describe()
        self.update()

    @property
    def selected(self) -> int | None:
        """The account that is marked."""
        return self._selected

    # Where it looks

    @property
    def camera(self) -> Camera:
        """Where the map looks now."""
        return self._camera

    def show_all(self) -> None:
        """Show every pin and route; the whole basemap when there are none."""
        everything = self._content.world
        basemap = self._tiles.basemap
        if self._content.is_empty and basemap is not None:
            box = basemap.bounds
            everything = world_array([LatLon(box.south, box.west), LatLon(box.north, box.east)])
        if len(everything):
            self._fit(everything)

    def show_points(self, points: Sequence[LatLon]) -> None:
        """Show all these points, as near as that allows."""
        if points:
            self._fit(world_array(points))

    def _fit(self, world: NDArray[np.float64]) -> None:
        padding = min(_FIT_PADDING_PX, self.width() / 6, self.height() / 6)
        self._mover.stop()
        self._put_camera(self._camera.fitted(world, padding, _CLOSEST_FIT))
        self._fitted = world

    def centre_on(self, point: LatLon, zoom: float | None = None) -> None:
        """Look at a point, at this zoom (512 px tiles) or the present one."""
        self._mover.stop()
        middle = (self._camera.width / 2, self._camera.height / 2)
        self._put_camera(self._camera.zoomed(self._camera.zoom if zoom is None else zoom, middle).moved_to(*world_of(point)))

    def grab_picture(self, size: QSize, ratio: float = 1.0) -> QImage:
        """The map around the same middle in another size (logical pixels), with every tile loaded, for export."""
        camera = self._camera.resized(size.width(), size.height())
        image = whole_picture(replace(self._scene(), camera=camera, ratio=ratio, margin_px=0.0))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_selected(painter, self._content, self._selected, camera, self._palette)
        self._draw_furniture(painter, QRectF(0, 0, size.width(), size.height()), camera)
        painter.end()
        return image

    @property
    def is_settled(self) -> bool:
        """Whether all that is wanted is painted."""
        return not (self._mover.is_moving or self._tiles.busy or self._overlay.busy or self._settle.isActive())

    def stop(self) -> None:
        """End the map's threads. Showing it again starts them again."""
        self._mover.stop()
        self._settle.stop()
        self._tiles.stop()
        self._overlay.stop()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        ratio = self.devicePixelRatioF()
        basemap, camera = self._tiles.basemap, self._camera
        # Fitting pictures of another zoom smoothly takes longer than a frame may: while the zoom changes, roughly will do.
        zooming = camera.zoom != self._rest_zoom
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not zooming)
        painter.fillRect(self.rect(), QColor(self._palette.empty if basemap is None else self._palette.ground))
        if basemap is not None:
            target = self._mover.target
            self._tiles.request(shown_tiles(target, basemap), order_for(target, basemap, ratio), repaint=not zooming)
            draw_tiles(painter, camera, shown_tiles(camera, basemap), ratio, self._tiles.picture)
        if self._overlay.overlay is not None:
            draw_overlay(painter, camera, self._overlay.overlay, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_selected(painter, self._content, self._selected, camera, self._palette)
        for layer in self._layers:
            layer(painter, camera, self._palette)
        self._draw_furniture(painter, QRectF(self.rect()), camera)
        self._draw_card(painter)
        if self._ring:
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_furniture(self, painter: QPainter, area: QRectF, camera: Camera) -> None:
        furniture, palette = Furniture(self.font().families()), self._palette
        if self._tiles.basemap is None:
            if self._empty_text:
                furniture.empty(painter, area, self._empty_text, palette, low=not self._content.is_empty)
        else:
            furniture.attribution(painter, area, palette)
        furniture.scale(painter, area, scale_bar(camera.metres_per_px, metric=self._metric), palette)
        furniture.legend(painter, area, self._content.legend(), palette)
        if self._notice:
            furniture.notice(painter, area, self._notice, palette)

    def _draw_card(self, painter: QPainter) -> None:
        if self._hover is None or self._hands.dragging or self._mover.is_moving:
            return
        Furniture(self.font().families()).card(painter, QRectF(self.rect()), self._hover_at, self._content.card(self._hover), self._palette)

    def _scene(self) -> Scene:
        families = tuple(self.font().families())
        return Scene(self._mover.target, self.devicePixelRatioF(), self._palette, self._tiles.decoded, self._content, families)

    def _come_to_rest(self) -> None:
        if self._mover.is_moving:
            self._settle.start()
            return
        self._rest_zoom = self._camera.zoom
        self.update()
        self._overlay.refresh()

    def _follow(self) -> None:
        """Paint the overlay anew when the map has come to rest, and at once when it is dragged off what is painted."""
        if self._overlay.is_leaving(self._mover.target):
            self._overlay.refresh()
        self._settle.start()

    # Hands

    def _put_camera(self, camera: Camera) -> None:
        self._aimed = True
        self._fitted = None
        self._camera = camera.resized(self.width(), self.height())
        self._hover = None
        self.update()
        self._follow()
        self.camera_moved.emit()

    def _changed(self) -> None:
        if not self._aimed and self.isVisible() and not (self._content.is_empty and self._tiles.basemap is None):
            self.show_all()
        self._describe()
        self.update()
        self._overlay.refresh()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._content.described(self._selected))

    def _found(self, at: QPointF) -> Found:
        return self._content.find(self._camera, at.x(), at.y())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        self._hands.wheel(event)
        self._follow()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._hands.move(event):
            if self._hands.dragging:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        self._point_at(self._found(event.position()), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        clicked = self._hands.release(event)
        self.unsetCursor()
        found = self._found(event.position()) if clicked else None
        if isinstance(found, Crowd):
            self.show_points([latlon_of(*spot) for spot in found.world.tolist()])
        key = self._content.key_of(found)
        if key is not None:
            self.select(key)
            self.picked.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        key = self._content.key_of(self._found(event.position()))
        if key is not None:
            self.activated.emit(key)
        else:
            self._mover.zoom_to(self._mover.target.zoom + 1, (event.position().x(), event.position().y()))

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._point_at(None, QPointF())

    def _point_at(self, found: Found, at: QPointF) -> None:
        before = self._content.key_of(self._hover)
        if found is None and self._hover is None:
            return
        self._hover, self._hover_at = found, at
        self.setCursor(Qt.CursorShape.PointingHandCursor) if found is not None else self.unsetCursor()
        if self._content.key_of(found) != before:
            self.hovered.emit(self._content.key_of(found))
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        at = QPointF(event.pos())
        key = self._content.key_of(self._found(at)) if by_mouse else self._selected
        place = None if by_mouse else self._content.place_of(key)
        point = latlon_of(*(place[0] if place else self._camera.to_world(at.x(), at.y())))
        self.context_requested.emit(key, point, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Home:
            self.show_all()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._selected is not None:
            self.activated.emit(self._selected)
        elif self._hands.key(event):
            self._follow()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._ring = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._ring = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._camera = self._camera.resized(event.size().width(), event.size().height())
        if self._fitted is not None:  # what was to be seen whole stays whole until the map is moved by hand
            self._fit(self._fitted)
        self._settle.start()

    def showEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._changed()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.stop()
        super().closeEvent(event)
