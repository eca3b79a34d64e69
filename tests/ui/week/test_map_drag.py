import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from planner.model.week import VisitKind
from planner.usecases.undo import list_steps
from ui.map.camera import world_of
from ui.map.pins import Pin
from ui.map.view import MapView
from ui.week.board_layout import HEADER_PX
from ui.week.map_drag import MapDrag

CTRL, BARE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def map_of(hand, qtbot):
    """The map beside the board, with a pin of the first account that is left out for want of room, and a hand on it."""
    view = MapView()
    view.setFixedWidth(360)
    hand.window.layout().addWidget(view)
    hand.map_drag = MapDrag(hand.context, view)
    kept = {stop.account_id for day in hand.context.desk.plan.days for stop in day.stops}
    account = next(each for each in hand.context.desk.accounts.values() if each.place and each.id not in kept and each.hours == "")
    view.set_pins([Pin(account.id, account.place, VisitKind.CAPTURE, account.name, "")])
    view.centre_on(account.place, 14.0)
    qtbot.waitUntil(lambda: view.isVisible() and view.width() == 360)
    view.centre_on(account.place, 14.0)
    hand.view, hand.account = view, account
    yield hand
    view.stop()


def send(view, kind, at, held, buttons=Qt.MouseButton.LeftButton):
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    QApplication.sendEvent(view, QMouseEvent(kind, at, view.mapToGlobal(at), button, buttons, held))


def pin(hand):
    return QPointF(*hand.view.camera.to_screen(*world_of(hand.account.place)))


def over_wednesday(hand):
    scale = hand.board.scale
    at = QPointF((scale.x_of(2) + scale.x_of(3)) / 2 - hand.board.horizontalScrollBar().value(), HEADER_PX / 2)
    return QPointF(hand.view.mapFromGlobal(hand.port.mapToGlobal(at)))


def point_at_and_press(hand, held):
    send(hand.view, QEvent.Type.MouseMove, pin(hand), BARE, Qt.MouseButton.NoButton)
    send(hand.view, QEvent.Type.MouseButtonPress, pin(hand), held)
    hand.settle()


def test_a_pin_is_carried_to_the_board_with_ctrl_and_put_in_as_one_step(map_of, qtbot):
    hand, before = map_of, len(list_steps(map_of.context.workspace))
    point_at_and_press(hand, CTRL)
    send(hand.view, QEvent.Type.MouseMove, pin(hand) + QPointF(20, 0), CTRL)
    assert hand.map_drag.carrier.is_carrying
    assert hand.map_drag.carrier.carried.text == hand.account.name
    at = over_wednesday(hand)
    send(hand.view, QEvent.Type.MouseMove, at, CTRL)
    assert hand.board.trial is not None
    fits = hand.board.trial.fits
    send(hand.view, QEvent.Type.MouseButtonRelease, at, CTRL, Qt.MouseButton.NoButton)
    hand.settle()
    stops = {stop.account_id for day in hand.kept().days for stop in day.stops}
    assert (hand.account.id in stops) is fits
    assert len(list_steps(hand.context.workspace)) == before + fits
    assert fits
    assert not hand.map_drag.carrier.is_carrying


def test_without_ctrl_the_map_moves_and_nothing_is_carried(map_of):
    hand, before = map_of, map_of.view.camera
    point_at_and_press(hand, BARE)
    send(hand.view, QEvent.Type.MouseMove, pin(hand) + QPointF(40, 0), BARE)
    send(hand.view, QEvent.Type.MouseButtonRelease, pin(hand) + QPointF(40, 0), BARE, Qt.MouseButton.NoButton)
    assert not hand.map_drag.carrier.is_carrying
    assert hand.view.camera != before


def test_a_click_with_ctrl_selects_and_escape_lets_go(map_of, qtbot):
    hand = map_of
    point_at_and_press(hand, CTRL)
    send(hand.view, QEvent.Type.MouseButtonRelease, pin(hand), CTRL, Qt.MouseButton.NoButton)
    assert hand.context.desk.selected == hand.account.id
    point_at_and_press(hand, CTRL)
    send(hand.view, QEvent.Type.MouseMove, pin(hand) + QPointF(20, 0), CTRL)
    assert hand.map_drag.carrier.carried.isVisible()
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert not hand.map_drag.carrier.is_carrying
    assert not hand.map_drag.carrier.carried.isVisible()
