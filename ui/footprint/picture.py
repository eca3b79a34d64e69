"""A picture of outlines: regions to choose from, an area found or drawn, and what is on this laptop."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from planner.model.areas import Area
from planner.model.places import LatLon
from ui.footprint.drawing import Drawing
from ui.footprint.outline_painter import WORLD, Scene, paint_drawing, paint_outlines, paint_words, path_of
from ui.map.camera import Camera, latlon_of, world_array, world_of
from ui.style import Theme

LOWER_48 = Area("United States", ((LatLon(24.4, -125.0), LatLon(24.4, -66.8), LatLon(49.5, -66.8), LatLon(49.5, -125.0)),))
"""What is looked at first."""

_CLICK_PX = 5.0  # a press that moves less is a click
_STEP_PX = 60.0
_WHEEL_STEP = 480.0  # of the wheel's angle for one level of zoom
_PADDING_PX, _NEAREST_ZOOM = 36.0, 13.0


class OutlinePicture(QWidget):
    """Drag pans, the wheel zooms, a click chooses a region or, while drawing, sets a corner.

    `picked` carries the key of the region clicked, `drawn` the finished Area, `corners_changed` how many corners are set; `moved` says that
    another part of the world is looked at, or at another size.
    """

    moved = Signal()
    picked = Signal(str)
    drawn = Signal(object)
    corners_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene = Scene()
        self._look_at: Sequence[Area] = (LOWER_48,)
        self._moved = False
        self._pressed: QPointF | None = None
        self._dragged = False
        self._cursor: QPointF | None = None
        self.camera = Camera(0.23, 0.38, 3.0, 400, 300)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 180)
        self.setAccessibleName("Map of your area, with the outlines of regions")
        theme.changed.connect(self.update)

    @property
    def drawing(self) -> Drawing | None:
        """The area in the making; None when none is drawn."""
        return self._scene.drawing

    @property
    def has_regions(self) -> bool:
        """Whether there are outlines of regions to find one's way by."""
        return bool(self._scene.regions)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to look at."""
        scene = self._scene
        return not (scene.regions or scene.packs or len(scene.dots)) and scene.area is None and scene.drawing is None

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(760, 460)

    def show_map(self, image: QImage | None, camera: Camera) -> None:
        """Show a map behind the outlines, which was painted for this camera; none for None."""
        self._scene.map = (image, camera) if image is not None else None
        self.update()

    def show_regions(self, regions: Mapping[str, Area], *, pickable: bool = True) -> None:
        """Show regions by their keys, to be chosen or only to find one's way."""
        # The largest first, so that a state lies on top of its country.
        largest_first = sorted(regions.items(), key=lambda one: -_box_size(one[1]))
        kept = self._scene.regions
        self._scene.regions = {key: (area.name, kept[key][1] if key in kept else path_of(area)) for key, area in largest_first}
        self._scene.pickable = pickable
        self._scene.hovered = ""
        self.update()

    def choose(self, key: str) -> None:
        """Highlight a region; none for an empty key."""
        self._scene.chosen = key
        self.update()

    def show_area(self, area: Area | None) -> None:
        """Show the area that was found, drawn or read."""
        self._scene.area = path_of(area) if area else None
        self.update()

    def show_packs(self, areas: Sequence[Area]) -> None:
        """Show what is on this laptop already."""
        self._scene.packs = [path_of(area) for area in areas]
        self.update()

    def show_dots(self, places: Sequence[LatLon]) -> None:
        """Show where the accounts are."""
        self._scene.dots = world_array(places)
        self.update()

    def look_at(self, areas: Sequence[Area]) -> None:
        """Zoom to areas; to the lower 48 states for none."""
        self._look_at = areas or (LOWER_48,)
        self._moved = False
        self._fit()

    def draw(self, on: bool) -> None:
        """Begin to draw an area, or leave it."""
        self._scene.drawing = Drawing() if on else None
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        self.update()

    def screen_of(self, place: LatLon) -> QPointF:
        """Where a place is in the picture."""
        return QPointF(*self.camera.to_screen(*world_of(place)))

    def region_at(self, spot: QPointF) -> str:
        """The key of the smallest region at a pixel; empty where there is none."""
        x, y = self.camera.to_world(spot.x(), spot.y())
        inside = [key for key, (_, path) in self._scene.regions.items() if path.contains(QPointF(x * WORLD, y * WORLD))]
        return inside[-1] if inside else ""

    def _fit(self) -> None:
        corners = [corner for area in self._look_at for outline in area.outlines for corner in outline]
        self._show(self.camera.fitted(world_array(corners), _PADDING_PX, _NEAREST_ZOOM))

    def _show(self, camera: Camera) -> None:
        self.camera = camera
        self.update()
        self.moved.emit()

    def _edit(self, drawing: Drawing) -> None:
        self._scene.drawing = drawing
        self.corners_changed.emit(len(drawing.corners))
        self.update()

    def _set_corner(self, spot: QPointF) -> None:
        if self.drawing is not None:
            self._edit(self.drawing.plus(latlon_of(*self.camera.to_world(spot.x(), spot.y()))))

    def _close(self) -> None:
        area = self.drawing.area() if self.drawing else None
        if area is not None:
            self.draw(False)
            self.drawn.emit(area)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        spot = event.position()
        if self._pressed is not None:
            by = spot - self._pressed
            if self._dragged or by.manhattanLength() > _CLICK_PX:
                self._dragged, self._moved, self._pressed = True, True, spot
                self._show(self.camera.panned(by.x(), by.y()))
            return
        self._cursor = spot
        hovered = self.region_at(spot) if self._scene.pickable and self.drawing is None else ""
        if hovered != self._scene.hovered or self.drawing is not None:
            self._scene.hovered = hovered
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        clicked = self._pressed is not None and not self._dragged
        self._pressed = None
        if not clicked or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.drawing is not None:
            self._set_corner(event.position())
        elif self._scene.pickable and (key := self.region_at(event.position())):
            self.picked.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        # The first click of the two has set the last corner.
        if self.drawing is not None:
            self._close()
        else:
            self._moved = True
            self._show(self.camera.zoomed(self.camera.zoom + 1, (event.position().x(), event.position().y())))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        self._moved = True
        at = (event.position().x(), event.position().y())
        self._show(self.camera.zoomed(self.camera.zoom + event.angleDelta().y() / _WHEEL_STEP, at))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not (self._draw_by_key(event.key()) or self._move_by_key(event.key())):
            super().keyPressEvent(event)

    def _draw_by_key(self, key: int) -> bool:
        """Space sets a corner in the middle, Enter closes, Backspace takes the last corner back, Esc all of them."""
        if self.drawing is None or (key == Qt.Key.Key_Escape and not self.drawing.corners):
            return False
        if key == Qt.Key.Key_Space:
            self._set_corner(QPointF(self.width() / 2, self.height() / 2))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._close()
        elif key == Qt.Key.Key_Backspace:
            self._edit(self.drawing.minus())
        elif key == Qt.Key.Key_Escape:
            self._edit(Drawing())
        else:
            return False
        return True

    def _move_by_key(self, key: int) -> bool:
        """Arrows move, + and - zoom, Home looks at everything again."""
        middle = (self.width() / 2, self.height() / 2)
        moves = {
            Qt.Key.Key_Left: lambda: self.camera.panned(_STEP_PX, 0),
            Qt.Key.Key_Right: lambda: self.camera.panned(-_STEP_PX, 0),
            Qt.Key.Key_Up: lambda: self.camera.panned(0, _STEP_PX),
            Qt.Key.Key_Down: lambda: self.camera.panned(0, -_STEP_PX),
            Qt.Key.Key_Plus: lambda: self.camera.zoomed(self.camera.zoom + 0.5, middle),
            Qt.Key.Key_Equal: lambda: self.camera.zoomed(self.camera.zoom + 0.5, middle),
            Qt.Key.Key_Minus: lambda: self.camera.zoomed(self.camera.zoom - 0.5, middle),
        }
        if key == Qt.Key.Key_Home:
            self.look_at(self._look_at)
        elif key in moves:
            self._moved = True
            self._show(moves[Qt.Key(key)]())
        else:
            return False
        return True

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._cursor, self._scene.hovered = None, ""
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.camera = self.camera.resized(event.size().width(), event.size().height())
        if not self._moved:
            self._fit()
        self.moved.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.moved.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours, box = self._theme.colours, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(box, QColor(colours.hover))
            paint_outlines(painter, self._scene, self.camera, colours)
            if self.drawing is not None:
                paint_drawing(painter, self.drawing, self.camera, self._cursor, colours)
            paint_words(painter, self._scene, self.camera, box, colours)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.accent), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))


def _box_size(area: Area) -> float:
    bounds = area.bounds
    return (bounds.north - bounds.south) * (bounds.east - bounds.west)
