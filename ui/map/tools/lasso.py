"""A line drawn by a free hand around accounts."""

import math
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from ui.map.camera import Camera, Spot
from ui.map.palette import Palette
from ui.map.picture import Layer
from ui.map.tools.drawing import draw_line, draw_outline, pixels
from ui.map.tools.outline import LEAST_CORNERS, Outline
from ui.map.tools.tool import Tool
from ui.map.view import MapView

_STEP_PX = 3.0
_LEAST_PX = 12.0
"""A line that goes no further than this was no lasso."""


class Lasso(Tool):
    """Every press begins a line, letting go closes it."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self.outline = Outline()
        self._line: list[Spot] = []
        self._last = QPointF()

    def clear(self) -> None:
        self._line, self.outline = [], Outline()

    def grip(self, at: QPointF, *, free: bool) -> bool:  # noqa: ARG002 - nothing snaps here
        self._line, self.outline, self._last = [self.spot(at)], Outline(), at
        return True

    def drag(self, at: QPointF, *, free: bool) -> None:  # noqa: ARG002 - nothing snaps here
        if math.hypot(at.x() - self._last.x(), at.y() - self._last.y()) >= _STEP_PX:
            self._last = at
            self._line.append(self.spot(at))
            self.outline = Outline(tuple(self._line), closed=len(self._line) >= LEAST_CORNERS)
            self.changed.emit(False)

    def drop(self) -> None:
        line = pixels(self.view.camera, self._line).boundingRect()
        if max(line.width(), line.height()) < _LEAST_PX:
            self.outline = Outline()
        self._line = []
        self.changed.emit(True)

    def let_be(self) -> None:
        self.clear()
        self.changed.emit(True)

    def escape(self) -> bool:
        had, self.outline = bool(self.outline.corners), Outline()
        if had:
            self.changed.emit(True)
        return had

    def sketch(self) -> Layer | None:
        return partial(draw_outline, self.outline) if len(self.outline.corners) > 1 else None

    def paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        if self.outline.closed:
            draw_outline(self.outline, painter, camera, palette)
        elif len(self._line) > 1:
            draw_line(painter, pixels(camera, self._line), palette)
