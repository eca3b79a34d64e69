import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

AT = QPointF(200, 150)


@pytest.fixture
def touchpad():
    kind, pointer = QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger
    return QPointingDevice("touchpad", 7, kind, pointer, QInputDevice.Capability.PixelScroll, 2, 0)


def gesture(view, touchpad, kind, value):
    there = view.mapToGlobal(AT)
    event = QNativeGestureEvent(kind, touchpad, 2, AT, AT, there, value, QPointF())
    QApplication.sendEvent(view, event)


def test_fingers_that_spread_on_a_touchpad_zoom_where_they_are(hand, touchpad):
    before, under = hand.view.camera, hand.view.camera.to_world(AT.x(), AT.y())
    gesture(hand.view, touchpad, Qt.NativeGestureType.BeginNativeGesture, 0.0)
    for _step in range(4):
        gesture(hand.view, touchpad, Qt.NativeGestureType.ZoomNativeGesture, 0.1892)  # four of them are a factor of two
    gesture(hand.view, touchpad, Qt.NativeGestureType.EndNativeGesture, 0.0)
    assert hand.view.camera.zoom == pytest.approx(before.zoom + 1, abs=1e-3)
    assert hand.view.camera.to_world(AT.x(), AT.y()) == pytest.approx(under, abs=1e-9)


def test_fingers_that_close_zoom_out_and_a_slip_does_nothing(hand, touchpad):
    before = hand.view.camera
    gesture(hand.view, touchpad, Qt.NativeGestureType.ZoomNativeGesture, -1.2)
    assert hand.view.camera == before
    gesture(hand.view, touchpad, Qt.NativeGestureType.ZoomNativeGesture, -0.5)
    assert hand.view.camera.zoom == pytest.approx(before.zoom - 1)


def test_a_double_tap_of_two_fingers_zooms_in(hand, touchpad):
    before = hand.view.camera.zoom
    gesture(hand.view, touchpad, Qt.NativeGestureType.SmartZoomNativeGesture, 0.0)
    assert hand.view.camera.zoom == pytest.approx(before + 1)


def test_two_fingers_that_stroke_the_touchpad_zoom_at_once_in_proportion(hand):
    before, none = hand.view.camera, Qt.MouseButton.NoButton
    there, held = hand.view.mapToGlobal(AT), Qt.KeyboardModifier.NoModifier
    from PySide6.QtCore import QPoint

    event = QWheelEvent(AT, there, QPoint(0, 40), QPoint(0, 30), none, held, Qt.ScrollPhase.ScrollUpdate, False)
    QApplication.sendEvent(hand.view, event)
    assert hand.view.camera.zoom == pytest.approx(before.zoom + 0.25)
    assert hand.view.camera.to_world(AT.x(), AT.y()) == pytest.approx(before.to_world(AT.x(), AT.y()), abs=1e-9)


def test_two_fingers_on_a_screen_zoom_where_they_are(qtbot, hand):
    """By touches, as a screen sends them: Qt itself makes the pinch of them."""
    from PySide6.QtCore import QPoint
    from PySide6.QtTest import QTest

    screen = QTest.createTouchDevice()
    before, middle = hand.view.camera, QPoint(300, 200)
    under = before.to_world(middle.x(), middle.y())

    def fingers(apart, how):
        touch = QTest.touchEvent(hand.view, screen)
        for number, side in ((0, -1), (1, 1)):
            getattr(touch, how)(number, middle + QPoint(side * apart, 0), hand.view)
        touch.commit()

    fingers(60, "press")
    for apart in range(65, 125, 5):
        fingers(apart, "move")
    fingers(120, "release")
    assert hand.view.camera.zoom > before.zoom + 0.5
    assert hand.view.camera.to_world(middle.x(), middle.y()) == pytest.approx(under, abs=1e-6)
