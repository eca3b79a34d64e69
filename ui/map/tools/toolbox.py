"""Gives the mouse and the keys of the map to the tool in use, and says which accounts lie in what was drawn."""

import math
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from ui.map.camera import Camera
from ui.map.palette import Palette
from ui.map.picture import Layer
from ui.map.tools.drawing import draw_rings
from ui.map.tools.lasso import Lasso
from ui.map.tools.points import Points, Ring
from ui.map.tools.polygon import Polygon
from ui.map.tools.tool import Tool
from ui.map.view import MapView

_DRAG_FROM_PX = 4.0
_MOST_RINGS = 60
"""With more pins than this chosen the area says it better than rings around them."""


class Toolbox(QObject):
    """Plugs into a map. With no tool the map is moved and its pins are clicked as ever; Shift-drag draws a lasso all the same.

    `chosen` carries the ids of the accounts inside what is drawn (None when nothing is), and whether the hand has let go;
    `picked` the name of the tool, empty for none.
    """

    chosen = Signal(object, bool)
    picked = Signal(str)

    def __init__(self, view: MapView, points: Callable[[], Points]) -> None:
        super().__init__(view)
        self._view, self._points = view, points
        self.lasso, self.polygon = Lasso(view), Polygon(view, points)
        self._tools: dict[str, Tool] = {"lasso": self.lasso, "polygon": self.polygon}
        self._name = ""
        self._held: Tool | None = None
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._panning = False
        self._ids: frozenset[int] = frozenset()
        self._marks: Layer | None = None
        self.resting = False
        """Whether the mouse is for something else now."""
        for tool in (self.lasso, self.polygon):
            tool.changed.connect(lambda final, tool=tool: self._choose(tool, final=final))
        view.add_layer(self._paint, self._sketch)
        view.installEventFilter(self)

    def add(self, name: str, tool: Tool) -> None:
        """Take one more tool into the box."""
        self._tools[name] = tool

    @property
    def tool(self) -> str:
        """The name of the tool in use, empty for none."""
        return self._name

    @property
    def ids(self) -> frozenset[int]:
        """The accounts that are chosen."""
        return self._ids

    def pick(self, name: str) -> None:
        """Take a tool, or none. A tool begins anew, but an area of corners can be changed further."""
        if name == self._name:
            return
        if self._held is not None:
            self._held.let_be()
        if name and not (name == "polygon" and self.polygon.outline.closed):
            self.clear()
        if self._tools.get(self._name) not in {None, self.lasso, self.polygon}:
            self._tools[self._name].clear()
        self._held, self._pressed, self._panning, self._name = None, None, False, name
        if name:
            self._view.setCursor(Qt.CursorShape.CrossCursor)
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._view.unsetCursor()
        self._view.update()
        self.picked.emit(name)

    def choose(self, ids: frozenset[int], marks: Layer | None = None) -> None:
        """Choose accounts in another way than by hand; `marks` are painted while they are chosen."""
        self._wipe(but=None)
        self._ids, self._marks = ids, marks
        self._view.update()
        self.chosen.emit(ids or None, True)

    def clear(self) -> None:
        """Choose nothing and wipe away what is drawn."""
        self._wipe(but=None)
        self._ids = frozenset()
        self._view.update()
        self.chosen.emit(None, True)

    def refresh(self) -> None:
        """Choose anew among accounts that have changed."""
        outline = next((tool.outline for tool in (self.lasso, self.polygon) if tool.outline.closed), None)
        if outline is not None:
            self._ids = self._points().inside(outline.ring)
            self._view.update()
            self.chosen.emit(self._ids, True)

    def _wipe(self, but: Tool | None) -> None:
        self._marks = None
        for tool in self._tools.values():
            if tool is not but:
                tool.clear()

    def _choose(self, tool: Lasso | Polygon, *, final: bool) -> None:
        self._wipe(but=tool)
        drawn = tool.outline.closed
        self._ids = self._points().inside(tool.outline.ring) if drawn else frozenset()
        self._view.update()
        self.chosen.emit(self._ids if drawn else None, final)

    # Hands

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self.resting:
            return False
        if isinstance(event, QMouseEvent):
            return self._follow_mouse(event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._follow_key(event)
        if event.type() is QEvent.Type.Leave and self._name:
            self._tools[self._name].hover(None, free=False)
        return False

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        kind, at, left = event.type(), event.position(), event.button() is Qt.MouseButton.LeftButton
        if kind is QEvent.Type.MouseMove:
            return self._move(event)
        if kind is QEvent.Type.MouseButtonPress and left:
            return self._press(event)
        if kind is QEvent.Type.MouseButtonRelease and left:
            return self._release(event)
        if kind is QEvent.Type.MouseButtonDblClick and left and self._name:
            self._tools[self._name].double_click(at)
            return True
        return False

    def _press(self, event: QMouseEvent) -> bool:
        by_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        tool = self._tools.get(self._name) or (self.lasso if by_shift else None)
        if tool is None:
            return False
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        if tool.grip(event.position(), free=_is_free(event)):
            self._held = tool
        else:
            self._pressed = self._last = event.position()
        return True

    def _move(self, event: QMouseEvent) -> bool:
        at, free = event.position(), _is_free(event)
        if self._held is not None:
            self._held.drag(at, free=free)
            return True
        if self._pressed is not None:
            self._pan(at, self._pressed)
            return True
        if not self._name:
            return False
        self._tools[self._name].hover(at, free=free)
        return True

    def _pan(self, at: QPointF, pressed: QPointF) -> None:
        if not self._panning and math.hypot(at.x() - pressed.x(), at.y() - pressed.y()) < _DRAG_FROM_PX:
            return
        self._panning = True
        moved, self._last = at - self._last, at
        self._view.centre_on(self._view.camera.panned(moved.x(), moved.y()).centre)

    def _release(self, event: QMouseEvent) -> bool:
        held, pressed, panned = self._held, self._pressed, self._panning
        self._held, self._pressed, self._panning = None, None, False
        if held is not None:
            held.drop()
            return True
        if pressed is not None and not panned and self._name:
            self._tools[self._name].click(event.position(), free=_is_free(event))
        return bool(self._name)

    def _follow_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return self._escape()
        return bool(self._name) and self._tools[self._name].key(event)

    def _escape(self) -> bool:
        """First what is held, then what is under way, then what is chosen, then the tool."""
        if self._held is not None:
            held, self._held = self._held, None
            held.let_be()
            return True
        if self._name and self._tools[self._name].escape():
            return True
        if self._ids or any(tool.outline.corners for tool in (self.lasso, self.polygon)):
            self.clear()
            return True
        if self._name:
            self.pick("")
            return True
        return False

    # Painting

    def _paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        for tool in self._tools.values():
            tool.paint(painter, camera, palette)
        for layer in self._chosen():
            layer(painter, camera, palette)

    def _sketch(self) -> list[Layer]:
        return [*(made for tool in self._tools.values() if (made := tool.sketch()) is not None), *self._chosen()]

    def _chosen(self) -> list[Layer]:
        """Rings around what is chosen, where they are few, and the marks beside them."""
        rings = partial(_draw_rings, self._points().places(self._ids)) if 0 < len(self._ids) <= _MOST_RINGS else None
        return [layer for layer in (rings, self._marks) if layer is not None]


def _draw_rings(places: Ring, painter: QPainter, camera: Camera, palette: Palette) -> None:
    draw_rings(painter, camera.screen_array(places), palette)


def _is_free(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
