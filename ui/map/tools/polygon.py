"""An area drawn corner by corner, which can be changed afterwards."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from ui.map.camera import Camera, Spot
from ui.map.palette import Palette
from ui.map.picture import Layer
from ui.map.tools.drawing import draw_cross, draw_handle, draw_line, draw_outline, pixels
from ui.map.tools.outline import LEAST_CORNERS, Outline, nearest_of
from ui.map.tools.points import Points
from ui.map.tools.tool import REACH_PX, Tool
from ui.map.view import MapView


class Polygon(Tool):
    """Clicks set corners, which snap to pins and to other corners; the first one closes the line. A closed one has handles."""

    def __init__(self, view: MapView, points: Callable[[], Points]) -> None:
        super().__init__(view)
        self._points = points
        self.outline = Outline()
        self.corner: int | None = None
        self._next: Spot | None = None
        self._before: Outline | None = None
        self._by_key = False

    def clear(self) -> None:
        self.outline, self.corner, self._next, self._before, self._by_key = Outline(), None, None, None, False

    def grip(self, at: QPointF, *, free: bool) -> bool:  # noqa: ARG002 - a handle is taken hold of where it is
        if not self.outline.closed:
            return False
        here, camera = (at.x(), at.y()), self.view.camera
        self._by_key = False
        found = self.outline.corner_at(camera, here, REACH_PX)
        middle = nearest_of(self.outline.middles(), camera, here, REACH_PX) if found is None else None
        self._before = self.outline
        if middle is not None:
            found = middle + 1
            self.outline = self.outline.inserted(found, self.outline.middles()[middle])
        self.corner = found
        self.view.update()
        return found is not None

    def drag(self, at: QPointF, *, free: bool) -> None:
        if self.corner is not None:
            spot = self.spot(at) if free else self._snapped(at, but=self.corner)
            self._set(self.outline.moved(self.corner, spot), final=False)

    def drop(self) -> None:
        self._set(self.outline)

    def let_be(self) -> None:
        self._set(self._before or Outline())

    def click(self, at: QPointF, *, free: bool) -> None:
        if self.outline.closed:
            self.corner = None
            self.view.update()
            return
        first = self.outline.corner_at(self.view.camera, (at.x(), at.y()), REACH_PX) == 0
        if first and len(self.outline.corners) >= LEAST_CORNERS and not free:
            self._close()
            return
        self._set(self.outline.added(self.spot(at) if free else self._snapped(at)))

    def double_click(self, at: QPointF) -> None:  # noqa: ARG002 - its first click has set the corner
        self._close()

    def hover(self, at: QPointF | None, *, free: bool) -> None:
        self._next = None if at is None or self.outline.closed else self.spot(at) if free else self._snapped(at)
        self._by_key = self._by_key and at is None
        self.view.update()

    def key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.outline.corners and not self.outline.closed:
            self._close()
        elif key == Qt.Key.Key_Space and not self.outline.closed:
            self._next, self._by_key = None, True
            self._set(self.outline.added(self._snapped(self.middle())))
        elif key == Qt.Key.Key_Backspace and self.outline.corners and not self.outline.closed:
            self._set(self.outline.removed(len(self.outline.corners) - 1))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.corner is not None:
            self._take_out()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and self.outline.closed:
            return self._choose(1 if key == Qt.Key.Key_Tab else -1)
        elif self.corner is not None and (step := self.follow_key(event)) is not None:
            at = QPointF(*self.view.camera.to_screen(*self.outline.corners[self.corner])) + step
            self._set(self.outline.moved(self.corner, self.spot(at)))
        else:
            return False
        return True

    def escape(self) -> bool:
        if self.corner is not None:
            self.corner = None
            self.view.update()
            return True
        had = bool(self.outline.corners)
        if had:
            self.clear()
            self.changed.emit(True)
        return had

    def start_by_key(self) -> None:
        """Show where Space would put the first corner."""
        self._by_key = True

    def _set(self, outline: Outline, *, final: bool = True) -> None:
        self.outline = outline
        self.changed.emit(final)

    def _close(self) -> None:
        self._next = None
        self._by_key = False
        self._set(self.outline.joined())

    def _take_out(self) -> None:
        assert self.corner is not None
        self.outline = self.outline.removed(self.corner)
        self.corner = min(self.corner, len(self.outline.corners) - 1) if self.outline.closed else None
        self._set(self.outline)

    def _choose(self, step: int) -> bool:
        """Go on to the next corner; beyond the last the key moves on to the next control."""
        at = (-1 if step > 0 else len(self.outline.corners)) if self.corner is None else self.corner
        self.corner = at + step if 0 <= at + step < len(self.outline.corners) else None
        self.view.update()
        return self.corner is not None

    def _snapped(self, at: QPointF, but: int | None = None) -> Spot:
        """The corner, else the pin, that is within reach of a pixel; else the place under it."""
        here, camera = (at.x(), at.y()), self.view.camera
        corners = [spot for index, spot in enumerate(self.outline.corners) if index != but]
        near = nearest_of(corners, camera, here, REACH_PX)
        return corners[near] if near is not None else self._points().nearest(camera, here, REACH_PX) or self.spot(at)

    def sketch(self) -> Layer | None:
        return partial(draw_outline, self.outline) if len(self.outline.corners) > 1 else None

    def paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        corners = pixels(camera, self.outline.corners)
        draw_outline(self.outline, painter, camera, palette)
        if self.outline.closed:
            for middle in pixels(camera, self.outline.middles()):
                draw_handle(painter, middle, palette, small=True)
        else:
            if self._next is not None and len(corners):
                draw_line(painter, pixels(camera, (self.outline.corners[-1], self._next)), palette, dashed=True)
            if self._next is not None:
                draw_handle(painter, QPointF(*camera.to_screen(*self._next)), palette, small=True)
            if self._by_key:
                draw_cross(painter, self.middle(), palette)
        for index, at in enumerate(corners):
            draw_handle(painter, at, palette, chosen=index == self.corner)
