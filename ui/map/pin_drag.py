"""One pin that can be moved by hand on a map: dragged, nudged by the arrow keys, or put where a click is."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen

from planner.model.places import LatLon
from planner.model.week import VisitKind
from ui.map.camera import Camera, latlon_of, world_of
from ui.map.label_shapes import Box
from ui.map.palette import Palette
from ui.map.shapes import round_pen
from ui.map.view import MapView

NUDGE_M, FAR_NUDGE_M = 5.0, 50.0
_METRES_A_DEGREE = 111_195.0
_HEAD_PX = 9.0
_HEIGHT_PX = 22.0
_REACH_PX = 13.0
_CLICK_PX = 4.0
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}


class PinDrag(QObject):
    """Plugs into a map and shows one account's pin: hollow where it is now, filled where it has been moved to.

    Moving it changes nothing by itself: `pin_moved` tells the account's id and the LatLon, `pin_left` that it is back where it was.
    A click moves it, too, unless the pixel is `taken` by something else.
    """

    pin_moved = Signal(int, object)
    pin_left = Signal()

    def __init__(self, view: MapView, taken: Callable[[QPointF], bool] = lambda _at: False) -> None:
        super().__init__(view)
        self._view = view
        self._taken = taken
        self._key: int | None = None
        self._place: LatLon | None = None
        self._moved: LatLon | None = None
        self._before: LatLon | None = None
        self._grip: QPointF | None = None
        self._pressed: QPointF | None = None
        self._over = False
        self._clicked = False
        view.add_layer(self._paint, covering=self._covering)
        view.installEventFilter(self)

    def show_pin(self, key: int | None, place: LatLon | None) -> None:
        """Show the pin of this account, at a place or nowhere yet; none at all for None."""
        self._key, self._place, self._moved, self._grip = key, place, None, None
        self._view.make_room()

    @property
    def moved_to(self) -> LatLon | None:
        """Where the pin has been moved to, or None while it is where it was."""
        return self._moved

    @property
    def stands_at(self) -> list[LatLon]:
        """Where the pin was and has been moved to; not where it is while it is held."""
        places = (self._place, None if self.is_dragging else self._moved) if self._key is not None else ()
        return [place for place in places if place is not None]

    @property
    def is_dragging(self) -> bool:
        """Whether the pin is held."""
        return self._grip is not None

    def put(self, place: LatLon) -> None:
        """Move the pin to a place."""
        if self._key is not None:
            self._moved = place
            self._view.make_room()
            self.pin_moved.emit(self._key, place)

    def leave(self) -> None:
        """Take the pin back to where it was."""
        self._moved, self._grip = None, None
        self._view.unsetCursor()
        self._view.make_room()
        self.pin_left.emit()

    # Hands

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self._key is None:
            return False
        if isinstance(event, QMouseEvent):
            return self._follow_mouse(event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._press_key(event)
        return False

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        """Whether the event was about the pin, so that the map does not hear of it."""
        at, kind = event.position(), event.type()
        if kind is QEvent.Type.MouseMove:
            return self._move(at)
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if kind is QEvent.Type.MouseButtonPress:
            return self._press(at)
        if kind is QEvent.Type.MouseButtonRelease:
            return self._release(at)
        return kind is QEvent.Type.MouseButtonDblClick and self._double_click(at)

    def _double_click(self, at: QPointF) -> bool:
        """Zooming in is for the map: what the first click of the two has moved goes back."""
        if not self._clicked:
            return self._is_at(at)
        self._clicked = False
        if self._before is None:
            self.leave()
        else:
            self.put(self._before)
        return False

    def _press(self, at: QPointF) -> bool:
        self._clicked = False
        if not self._is_at(at):
            self._pressed = None if self._taken(at) else at
            return False
        self._pressed = at
        self._before = self._moved
        self._grip = at - self._spot()
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._view.setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def _move(self, at: QPointF) -> bool:
        if self._grip is None:
            over = self._pressed is None and self._is_at(at)
            if over != self._over:
                self._over = over
                self._view.setCursor(Qt.CursorShape.OpenHandCursor) if over else self._view.unsetCursor()
            return over
        if self._pressed is None or (at - self._pressed).manhattanLength() > _CLICK_PX:
            self._pressed = None
            self._moved = self._point(at - self._grip)
            self._view.update()
        return True

    def _release(self, at: QPointF) -> bool:
        pressed, self._pressed = self._pressed, None
        if self._grip is not None:
            self._grip = None
            self._view.setCursor(Qt.CursorShape.OpenHandCursor)
            if pressed is None and self._moved is not None:
                self.put(self._moved)
            return True
        if pressed is not None and (at - pressed).manhattanLength() <= _CLICK_PX:
            self._clicked, self._before = True, self._moved
            self.put(self._point(at))
        return False  # the map lets go of what it held, too

    def _press_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.is_dragging:
            self._moved, self._grip, self._pressed = self._before, None, None
            self._view.unsetCursor()
            self._view.update()
            return True
        if key == Qt.Key.Key_Escape and self._moved is not None:
            self.leave()
            return True
        here = self._moved or self._place
        if key == Qt.Key.Key_Space and here is None:
            self.put(self._view.camera.centre)
            return True
        if key not in _ARROWS or here is None or self.is_dragging:
            return False
        east, north = _ARROWS[key]
        step = FAR_NUDGE_M if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else NUDGE_M
        self.put(nudged(here, east * step, north * step))
        if not self._view.rect().contains(self._spot().toPoint()):
            self._view.centre_on(self._moved or here)
        return True

    def _spot(self) -> QPointF:
        """The pixel of the pin's tip; there must be one."""
        here = self._moved or self._place
        assert here is not None
        return QPointF(*self._view.camera.to_screen(*world_of(here)))

    def _point(self, spot: QPointF) -> LatLon:
        return latlon_of(*self._view.camera.to_world(spot.x(), spot.y()))

    def _is_at(self, at: QPointF) -> bool:
        """Whether a pixel is on the pin: its head, or what is between that and the tip."""
        if self._moved is None and self._place is None:
            return False
        off = at - self._spot()
        on_head = math.hypot(off.x(), off.y() + _HEIGHT_PX) <= _REACH_PX
        return on_head or (abs(off.x()) <= _REACH_PX / 2 and -_HEIGHT_PX <= off.y() <= 4)

    # Painting

    def _covering(self, camera: Camera) -> list[Box]:
        spots = [camera.to_screen(*world_of(place)) for place in self.stands_at]
        return [(x - _HEAD_PX - 3, y - _HEIGHT_PX - _HEAD_PX - 3, x + _HEAD_PX + 3, y + 3) for x, y in spots]

    def _paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        if self._key is None:
            return
        colour = palette.kinds[VisitKind.SUPPORT]
        spots = [QPointF(*camera.to_screen(*world_of(place))) if place else None for place in (self._place, self._moved)]
        before, now = spots
        if before is not None and now is not None:
            painter.setPen(round_pen(palette.ring, 4))
            painter.drawLine(before, now)
            painter.setPen(QPen(QColor(colour), 1.6, Qt.PenStyle.DashLine))
            painter.drawLine(before, now)
        if before is not None:
            _paint_pin(painter, before, colour, palette, filled=False, faint=now is not None)
        if now is not None:
            _paint_pin(painter, now, colour, palette, filled=True, faint=False)


def nudged(place: LatLon, east_m: float, north_m: float) -> LatLon:
    """A place so many metres further east and north; never beyond a pole."""
    lat = max(-89.9, min(89.9, place.lat + north_m / _METRES_A_DEGREE))
    lon = place.lon + east_m / (_METRES_A_DEGREE * math.cos(math.radians(lat)))
    return LatLon(lat, (lon + 180) % 360 - 180)


def _outline() -> QPainterPath:
    """A drop with its tip at the origin."""
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(QPointF(-2.5, -7), QPointF(-_HEAD_PX, -13), QPointF(-_HEAD_PX, -_HEIGHT_PX))
    path.arcTo(-_HEAD_PX, -_HEIGHT_PX - _HEAD_PX, 2 * _HEAD_PX, 2 * _HEAD_PX, 180, -180)
    path.cubicTo(QPointF(_HEAD_PX, -13), QPointF(2.5, -7), QPointF(0, 0))
    path.closeSubpath()
    return path


def _paint_pin(painter: QPainter, tip: QPointF, colour: str, palette: Palette, *, filled: bool, faint: bool) -> None:
    path = _outline().translated(tip)
    painter.save()
    painter.setOpacity(0.55 if faint else 1.0)
    painter.strokePath(path, round_pen(palette.ring, 5.5))
    painter.fillPath(path, QColor(colour if filled else palette.ring))
    painter.strokePath(path, round_pen(colour, 2.4))
    hole = QPainterPath()
    hole.addEllipse(tip - QPointF(0, _HEIGHT_PX), 3.2, 3.2)
    painter.fillPath(hole, QColor(palette.ring if filled else colour))
    painter.restore()
