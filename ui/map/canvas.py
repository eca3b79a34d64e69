"""The map as it is shown: what is on it, where it looks, and how a frame is painted. Hands are `ui.map.view`'s business."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from planner.model.places import LatLon
from planner.values import replace
from ui.map.camera import Camera, world_array, world_of
from ui.map.colouring import Colouring
from ui.map.composer import draw_overlay, draw_tiles
from ui.map.content import Content
from ui.map.fitting import covered, fitted_clear
from ui.map.furniture import Furnishing, Furniture, scale_bar
from ui.map.ground import Ground
from ui.map.interaction import CameraMover
from ui.map.label_shapes import Box
from ui.map.lettering import EDGE_PX
from ui.map.marks import paint_selected
from ui.map.overlay import Scene
from ui.map.overlay_keeper import OverlayKeeper
from ui.map.palette import PALETTES, Theme
from ui.map.picture import Layer, Snapshot
from ui.map.pins import Pin, PinSet
from ui.map.progress import Progress
from ui.map.routes import DayRoute, RouteSet
from ui.map.tile_painter import Basemap
from ui.map.tile_source import TileSource, order_for, shown_tiles
from ui.style import type_scale

NO_PACK = "There is no road pack for this area yet. Build one under Settings, and streets and drive times appear here."
_SETTLE_MS = 70
_SOON_MS = 30  # for all the news of a moment at once
_LATER_MS = 150  # names give way to the account that is selected when the other views have told of it
_FIT_PADDING_PX = 56.0
_CLOSEST_FIT = 15.5
_START = Camera(0.283, 0.375, 4.0, 640, 480)
Sketch = Callable[[], Sequence[Layer]]
"""Gives layers that paint from values only, so that any thread may paint them later."""
Covering = Callable[[Camera], Sequence[Box]]
"""Says what of the map a layer covers, in pixels."""


class MapCanvas(QWidget):
    """Accounts, routes and areas over a basemap, painted by threads and put together in each frame."""

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
        self._group_of: Mapping[int, int] = {}
        self._merged = True
        self._selected: int | None = None
        self._furnishing = Furnishing(has_map=False, bar=scale_bar(1.0, metric=False), empty_text=NO_PACK)
        self._metric = False
        self._corner: QWidget | None = None
        self._layers: list[Layer] = []
        self._sketches: list[Sketch] = []
        self._coverings: list[Covering] = []
        self._tiles = TileSource()
        self._tiles.arrived.connect(self.update)
        self._tiles.failed.connect(self.failed)
        self._overlay = OverlayKeeper(lambda: self._scene() if self.isVisible() else None)
        self._overlay.arrived.connect(self.update)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        for beat in (self._soon, self._later):
            beat.timeout.connect(self._overlay.refresh)
        self._mover = CameraMover(lambda: self._camera, self._put_camera, self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._come_to_rest)
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

    def set_pins(self, pins: Sequence[Pin] | PinSet) -> None:
        """Show these accounts instead of those before; many are best made a PinSet by another thread."""
        made = pins if isinstance(pins, PinSet) else PinSet(pins)
        self._show_content(replace(self._content, pins=made.coloured(self._group_of).merging(merged=self._merged)))

    def set_colouring(self, colouring: Colouring, group_of: Mapping[int, int]) -> None:
        """Colour pins by groups instead of kinds; `group_of` has the index of its group for each account that has one."""
        self._group_of = group_of
        self._show_content(replace(self._content, colouring=colouring, pins=self._content.pins.coloured(group_of)))

    def set_merging(self, *, merged: bool) -> None:
        """Merge pins that are near each other into clusters where there are many, or never."""
        self._merged = merged
        self._show_content(replace(self._content, pins=self._content.pins.merging(merged=merged)))

    def set_routes(self, days: Sequence[DayRoute]) -> None:
        """Show these days instead of those before."""
        self._show_content(replace(self._content, routes=RouteSet(days)))

    def set_active_day(self, index: int | None) -> None:
        """Show this day strong and the others dimmed; None shows all alike."""
        self._show_content(replace(self._content, active=index))

    def set_progress(self, done: Collection[str], coming: str) -> None:
        """Show how far the active day has come, by the keys of its planned stops: those that are done, and the next one.

        With neither (an empty `coming`) the day is shown as it is planned.
        """
        self._show_content(replace(self._content, progress=Progress(frozenset(done), coming)))

    def set_ground(self, ground: Ground) -> None:
        """Show these areas and this heat under pins and routes instead of those before."""
        self._show_content(replace(self._content, ground=ground))

    def set_notice(self, text: str) -> None:
        """A line in the top left corner, such as "Fictional sample territory"; empty for none."""
        self._furnish(notice=text)

    def set_empty_text(self, text: str) -> None:
        """What the map says while there is no basemap."""
        self._furnish(empty_text=text)

    def set_metric(self, metric: bool) -> None:
        """Scale bar in kilometres instead of miles."""
        self._metric = metric
        self.update()

    def set_corner(self, widget: QWidget) -> None:
        """Have a widget in the top right corner, the legend below it."""
        self._corner = widget
        widget.setParent(self)
        self.settle_corner()

    def settle_corner(self) -> None:
        """Give the corner its place anew; whoever changes its size calls this."""
        corner = self._corner
        if corner is not None:
            corner.adjustSize()
            corner.move(round(self.width() - EDGE_PX - corner.width()), round(EDGE_PX))
            self._furnish(legend_top=2 * EDGE_PX - 2 + corner.height())

    def add_layer(self, layer: Layer, sketch: Sketch | None = None, covering: Covering | None = None) -> None:
        """Have something more painted in every frame, quickly; who adds it calls `update` when it changes.

        `sketch` gives what of it belongs into pictures of the map, `covering` what names keep away from: for them `make_room`
        is called when it changes.
        """
        self._layers.append(layer)
        if sketch is not None:
            self._sketches.append(sketch)
        if covering is not None:
            self._coverings.append(covering)

    def make_room(self) -> None:
        """Have the names find their places anew, as soon as nothing moves any more."""
        self.update()
        self._settle.start()

    def select(self, key: int | None) -> None:
        """Mark the pin of this account; the camera moves only when the pin is out of sight, or under what stands on the map."""
        if key != self._selected:
            self._selected = key
            self._later.start()
        place = self._content.place_of(key)
        if place is not None and self._aimed:
            at = QPointF(*self._camera.to_screen(*place[0])).toPoint()
            hidden = covered(self._camera, np.array([place[0]]), self._boxes())
            if hidden or not self.rect().adjusted(20, 20, -20, -20).contains(at):
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
        self._put_camera(fitted_clear(self._camera, world, padding, _CLOSEST_FIT, self._boxes()))
        self._fitted = world

    def centre_on(self, point: LatLon, zoom: float | None = None) -> None:
        """Look at a point, at this zoom (512 px tiles) or the present one."""
        self._mover.stop()
        middle = (self._camera.width / 2, self._camera.height / 2)
        self._put_camera(self._camera.zoomed(self._camera.zoom if zoom is None else zoom, middle).moved_to(*world_of(point)))

    def snapshot(self, size: QSize | None = None, ratio: float = 1.0) -> Snapshot:
        """All that a picture of the map is painted from: around the same middle, in this size (logical pixels) or the present one."""
        camera = self._camera if size is None else self._camera.resized(size.width(), size.height())
        told = replace(self._furnished(camera), legend_top=EDGE_PX, skipped=0)
        drawn = tuple(layer for sketch in self._sketches for layer in sketch())
        return Snapshot(replace(self._scene(), ratio=ratio), self._selected, told, drawn).seen_by(camera)

    @property
    def is_settled(self) -> bool:
        """Whether all that is wanted is painted."""
        return not (
            self._mover.is_moving
            or self._tiles.busy
            or self._overlay.busy
            or any(beat.isActive() for beat in (self._settle, self._soon, self._later))
        )

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
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not zooming)
            painter.fillRect(self.rect(), QColor(self._palette.empty if basemap is None else self._palette.ground))
            if basemap is not None:
                target = self._mover.target
                self._tiles.request(shown_tiles(target, basemap), order_for(target, basemap, ratio), repaint=not zooming)
                draw_tiles(painter, camera, shown_tiles(camera, basemap), ratio, self._tiles.picture)
            if self._overlay.overlay is not None:
                draw_overlay(painter, camera, self._overlay.overlay, ratio)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_selected(painter, self._content, self._selected, camera, self._palette, type_scale())
            for layer in self._layers:
                layer(painter, camera, self._palette)
            self._furniture().paint(painter, QRectF(self.rect()), self._furnished(camera), self._palette)
            self._paint_hand(painter)

    def _paint_hand(self, painter: QPainter) -> None:
        """What shows where hands and keyboard are, on top of all."""

    def _furnish(self, **told: Any) -> None:
        self._furnishing = replace(self._furnishing, **told)
        self.update()
        self._soon.start()

    def _furnished(self, camera: Camera) -> Furnishing:
        bar = scale_bar(camera.metres_per_px, metric=self._metric)
        has_map, low = self._tiles.basemap is not None, not self._content.is_empty
        return replace(self._furnishing, has_map=has_map, bar=bar, low=low)

    def _furniture(self) -> Furniture:
        return Furniture(self.font().families(), type_scale())

    def _boxes(self) -> list[Box]:
        """What stands on the map: its furniture and the widgets over it."""
        found = self._furniture().boxes(QRectF(self.rect()), self._furnished(self._camera))
        for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not child.isHidden() and not child.isWindow():
                box = child.geometry()
                found.append((box.left(), box.top(), box.right() + 1, box.bottom() + 1))
        return found

    def _scene(self) -> Scene:
        families, boxes = tuple(self.font().families()), tuple(self._boxes())
        target, ratio, decoded = self._mover.target, self.devicePixelRatioF(), self._tiles.decoded
        covered = tuple(box for covering in self._coverings for box in covering(target))
        return Scene(
            target, ratio, self._palette, decoded, self._content, families, type_scale(), taken=boxes + covered, selected=self._selected
        )

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

    def _put_camera(self, camera: Camera) -> None:
        self._aimed = True
        self._fitted = None
        self._camera = camera.resized(self.width(), self.height())
        self.update()
        self._follow()
        self.camera_moved.emit()

    def _show_content(self, content: Content) -> None:
        self._content = content
        self._changed()

    def _changed(self) -> None:
        self._furnishing = replace(self._furnishing, legend=self._content.legend(self._palette))
        if self._fitted is not None and covered(self._camera, self._fitted, self._boxes()):
            self._fit(self._fitted)
        if not self._aimed and self.isVisible() and not (self._content.is_empty and self._tiles.basemap is None):
            self.show_all()
        self._describe()
        self.update()
        self._soon.start()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._content.described(self._selected, self._furnishing.legend))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        self._camera = self._camera.resized(event.size().width(), event.size().height())
        self.settle_corner()
        if self._fitted is not None:  # what was to be seen whole stays whole until the map is moved by hand
            self._fit(self._fitted)
        self._settle.start()

    def showEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._changed()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.stop()
        super().closeEvent(event)
