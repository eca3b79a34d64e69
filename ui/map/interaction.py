"""Hands on the map: wheel, fingers, drag, keys and clicks, turned into camera movements and messages."""

import math
from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QObject, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from ui.map.camera import Camera, Spot, clamp_zoom

ZOOM_A_NOTCH = 0.5
_NOTCH = 120
_FINGER_PX_A_ZOOM = 160.0
"""So many pixels of two fingers on a touchpad are one zoom."""
_ZOOM_MS = 180
_DRAG_FROM_PX = 4.0
_STEP_PX = 120.0
_ARROWS = {
    Qt.Key.Key_Left: (_STEP_PX, 0.0),
    Qt.Key.Key_Right: (-_STEP_PX, 0.0),
    Qt.Key.Key_Up: (0.0, _STEP_PX),
    Qt.Key.Key_Down: (0.0, -_STEP_PX),
}
_NEARER = {Qt.Key.Key_Plus, Qt.Key.Key_Equal}
_FARTHER = {Qt.Key.Key_Minus, Qt.Key.Key_Underscore}


class CameraMover(QObject):
    """Moves a camera smoothly. `get` and `put` reach the camera; it never moves by itself after `stop`."""

    def __init__(self, get: Callable[[], Camera], put: Callable[[Camera], None], parent: QObject) -> None:
        super().__init__(parent)
        self._get = get
        self._put = put
        self._from: Camera | None = None
        self._to: Camera | None = None
        self._anchor: Spot | None = None
        self._run = QVariantAnimation(
            self, startValue=0.0, endValue=1.0, duration=_ZOOM_MS, easingCurve=QEasingCurve(QEasingCurve.Type.OutCubic)
        )
        self._run.valueChanged.connect(self._step)
        self._run.finished.connect(self.stop)

    @property
    def target(self) -> Camera:
        """Where the camera will come to rest; where it is, when it is at rest."""
        return self._to or self._get()

    @property
    def is_moving(self) -> bool:
        """Whether a movement is under way."""
        return self._to is not None

    def zoom_to(self, zoom: float, at: Spot) -> None:
        """Zoom, with what is under the pixel `at` staying under it."""
        self._anchor = at
        self._start(self._get().zoomed(clamp_zoom(zoom), at))

    def slide_to(self, camera: Camera) -> None:
        """Move the middle, and the zoom with it."""
        self._anchor = None
        self._start(camera)

    def stop(self) -> None:
        """Stay here."""
        self._to = self._from = None
        self._run.stop()

    def _start(self, target: Camera) -> None:
        self._run.stop()
        self._from, self._to = self._get(), target
        self._run.start()

    def _step(self, share: float) -> None:
        begin, end = self._from, self._to
        if begin is None or end is None:
            return
        if share >= 1.0:
            self._put(end.resized(self._get().width, self._get().height))
            return
        zoom = begin.zoom + (end.zoom - begin.zoom) * share
        if self._anchor is not None:
            self._put(begin.zoomed(zoom, self._anchor))
        else:
            self._put(begin.zoomed(zoom, (0, 0)).moved_to(begin.x + (end.x - begin.x) * share, begin.y + (end.y - begin.y) * share))


class Hands:
    """What mouse, wheel and keyboard do to a camera. Clicks that are not drags are told through `click`."""

    def __init__(self, mover: CameraMover, get: Callable[[], Camera], put: Callable[[Camera], None]) -> None:
        self._mover = mover
        self._get = get
        self._put = put
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self.dragging = False

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the cursor: half a zoom a notch, smoothly; two fingers on a touchpad are followed as they move."""
        at, by_fingers = event.position(), event.pixelDelta().y()
        notches = event.angleDelta().y() / _NOTCH
        if by_fingers and event.phase() is not Qt.ScrollPhase.NoScrollPhase:
            self.zoom_by(by_fingers / _FINGER_PX_A_ZOOM, at)
        elif notches:
            self._mover.zoom_to(self._mover.target.zoom + ZOOM_A_NOTCH * notches, (at.x(), at.y()))
        event.accept()

    def zoom_by(self, zooms: float, at: QPointF) -> None:
        """Zoom at once, with what is under the fingers staying there."""
        self._mover.stop()
        self._put(self._get().zoomed(self._get().zoom + zooms, (at.x(), at.y())))

    def press(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._mover.stop()
            self._pressed = self._last = event.position()
            self.dragging = False

    def move(self, event: QMouseEvent) -> bool:
        """Drag the map; False when nothing is held."""
        if self._pressed is None:
            return False
        at = event.position()
        if not self.dragging and math.hypot(at.x() - self._pressed.x(), at.y() - self._pressed.y()) < _DRAG_FROM_PX:
            return True
        self.dragging = True
        moved = at - self._last
        self._last = at
        self._put(self._get().panned(moved.x(), moved.y()))
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Let go; True when it was a click and not a drag."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return False
        clicked = not self.dragging
        self._pressed = None
        self.dragging = False
        return clicked

    def key(self, event: QKeyEvent) -> bool:
        """Arrows and plus and minus; False for other keys."""
        key = Qt.Key(event.key())
        camera = self._get()
        if key in _ARROWS:
            self._mover.slide_to(self._mover.target.panned(*_ARROWS[key]))
        elif key in _NEARER | _FARTHER:
            change = ZOOM_A_NOTCH if key in _NEARER else -ZOOM_A_NOTCH
            self._mover.zoom_to(self._mover.target.zoom + change, (camera.width / 2, camera.height / 2))
        else:
            return False
        return True
