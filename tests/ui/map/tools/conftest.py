"""The tools on a map without streets: six accounts of the plan around State College, five of them placed."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from planner.model.places import LatLon
from ui.map.camera import world_of
from ui.map.view import MapView
from ui.map_feed import MapFeed
from ui.map_tools import ACTIONS, MapTools
from ui.visits.commands import VisitCommands
from ui.visits.deeds import AccountDeeds

MIDDLE = LatLon(40.793, -77.86)
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NOTHING_HELD = Qt.KeyboardModifier.NoModifier


class Hand:
    """A map with its tools in a window, and what a hand does with them; what is told and narrowed is noted."""

    def __init__(self, context):
        self.context, self.desk, self.workspace = context, context.desk, context.workspace
        self.window, self.view = QWidget(), MapView()
        self.view.set_empty_text("")
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)
        MapFeed(context, self.view)
        self.actions = {name: QAction(name, self.window, checkable=True) for name in ACTIONS}
        visits, deeds = VisitCommands(context, self.window), AccountDeeds(context, self.window)
        self.tools = MapTools(context, self.view, self.actions, deeds, visits)
        self.bar = self.tools.bar
        for name, tool in ACTIONS.items():
            self.actions[name].triggered.connect(lambda _on=False, tool=tool: self.tools.pick(tool))
        self.told, self.narrowed = [], []
        context.bus.told.connect(self.told.append)
        context.bus.narrowed.connect(self.narrowed.append)

    def pixel(self, place):
        return QPointF(*self.view.camera.to_screen(*world_of(place))).toPoint()

    def box_around(self, *numbers, by=20):
        """The corners of a box around the pins of some accounts."""
        at = [self.pixel(self.desk.accounts[number].place) for number in numbers]
        left, right = min(p.x() for p in at) - by, max(p.x() for p in at) + by
        top, bottom = min(p.y() for p in at) - by, max(p.y() for p in at) + by
        return [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]

    def drag(self, *pixels, held=NOTHING_HELD, let_go=True):
        self._send(QEvent.Type.MouseButtonPress, pixels[0], LEFT, LEFT, held)
        for at in pixels[1:]:
            self._send(QEvent.Type.MouseMove, at, NO_BUTTON, LEFT, held)
        if let_go:
            self._send(QEvent.Type.MouseButtonRelease, pixels[-1], LEFT, NO_BUTTON, held)

    def move(self, at, held=NOTHING_HELD):
        self._send(QEvent.Type.MouseMove, at, NO_BUTTON, NO_BUTTON, held)

    def click(self, *pixels, held=NOTHING_HELD):
        for at in pixels:
            QTest.mouseClick(self.view, LEFT, held, at)

    def press(self, text):
        """Press a button of the bar."""
        QTest.mouseClick(next(each for each in self.bar.buttons if each.text() == text), LEFT)

    def _send(self, kind, at, button, buttons, held):
        there = self.view.mapToGlobal(QPointF(at))
        QApplication.sendEvent(self.view, QMouseEvent(kind, QPointF(at), there, button, buttons, held))


@pytest.fixture
def hand(qtbot, context_of, filled, is_quiet):
    """The tools over the small territory; `settle` waits until no work is under way."""
    made = Hand(context_of(filled))
    made.settle = lambda: qtbot.waitUntil(is_quiet)
    qtbot.addWidget(made.window)
    made.window.resize(900, 600)
    made.window.show()
    made.desk.load()
    made.settle()
    made.view.centre_on(MIDDLE, 15)
    yield made
    made.view.stop()
