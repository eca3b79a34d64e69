"""Two fingers on a touchpad or a screen, which zoom the map where they are."""

import math

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from ui.map.view import MapView

_LEAST_FACTOR = 0.05
"""A pinch in one step to less than this is a slip of the touchpad."""


class Pinch(QObject):
    """Plugs into a map. Touchpads tell by native gestures how much the fingers spread, screens by touches that Qt reads."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self._pinching = False
        view.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        view.grabGesture(Qt.GestureType.PinchGesture)
        view.installEventFilter(self)

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QNativeGestureEvent):
            return self._follow_touchpad(event)
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinching = pinch.state() in {Qt.GestureState.GestureStarted, Qt.GestureState.GestureUpdated}
                self._follow_screen(pinch)
                event.accept(pinch)
                return True
        # The first finger is a mouse, too; while there are two it does not drag the map.
        return self._pinching and event.type() is QEvent.Type.MouseMove

    def _follow_touchpad(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind is Qt.NativeGestureType.ZoomNativeGesture:
            self.spread(1.0 + event.value(), event.position())
        elif kind is Qt.NativeGestureType.SmartZoomNativeGesture:
            self.spread(2.0, event.position())
        else:
            return kind in {Qt.NativeGestureType.BeginNativeGesture, Qt.NativeGestureType.EndNativeGesture}
        event.accept()
        return True

    def _follow_screen(self, pinch: QPinchGesture) -> None:
        """Fingers that move together take the map along."""
        middle = QPointF(self._view.mapFromGlobal(pinch.centerPoint()))
        if pinch.changeFlags() & QPinchGesture.ChangeFlag.CenterPointChanged:
            moved = pinch.centerPoint() - pinch.lastCenterPoint()
            self._view.centre_on(self._view.camera.panned(moved.x(), moved.y()).centre)
        if pinch.changeFlags() & QPinchGesture.ChangeFlag.ScaleFactorChanged:
            self.spread(pinch.scaleFactor(), middle)

    def spread(self, factor: float, at: QPointF) -> None:
        """Show everything larger by a factor, with what is under a pixel staying there."""
        if factor > _LEAST_FACTOR:
            camera = self._view.camera
            nearer = camera.zoomed(camera.zoom + math.log2(factor), (at.x(), at.y()))
            self._view.centre_on(nearer.centre, nearer.zoom)
