"""Places that an account may be at, as lettered marks over a map."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath

from planner.model.places import LatLon
from ui.map.camera import Camera, world_of
from ui.map.label_shapes import Box
from ui.map.marks import number_font
from ui.map.palette import Palette
from ui.map.shapes import round_pen
from ui.map.view import MapView
from ui.style import scaled

LETTERS = "ABCDEFGH"
"""One for each candidate; what comes after them is not shown."""
_RADIUS_PX = 10.0
_APART_PX = 21.0


class CandidatesLayer(QObject):
    """Plugs into a map and shows candidates; `picked` tells the index of the one clicked, `pointed` of the one under the cursor or None."""

    picked = Signal(int)
    pointed = Signal(object)

    def __init__(self, view: MapView, standing: Callable[[], Sequence[LatLon]] = tuple) -> None:
        """`standing` says where other things stand that would hide a mark."""
        super().__init__(view)
        self._view = view
        self._places: tuple[LatLon, ...] = ()
        self._raised: int | None = None
        self._pressed: int | None = None
        self._pointed: int | None = None
        self._standing = standing
        view.add_layer(self._paint, covering=self._covering)
        view.installEventFilter(self)

    def show_candidates(self, places: Sequence[LatLon]) -> None:
        """Show these instead of those before, the best first."""
        self._places = tuple(places[: len(LETTERS)])
        self._raised = self._pressed = self._pointed = None
        self._view.make_room()

    def raise_mark(self, index: int | None) -> None:
        """Show one of them larger; none for None."""
        if index != self._raised:
            self._raised = index
            self._view.update()

    def spots(self, camera: Camera) -> list[tuple[QPointF, QPointF]]:
        """For each candidate the pixel of its place and of its mark; marks that would hide one another stand side by side."""
        made: list[tuple[QPointF, QPointF]] = []
        taken = [QPointF(*camera.to_screen(*world_of(place))) for place in self._standing()]
        for place in self._places:
            spot = QPointF(*camera.to_screen(*world_of(place)))
            mark = QPointF(spot)
            others = [*taken, *(other for _, other in made)]
            while any(math.hypot(mark.x() - other.x(), mark.y() - other.y()) < _APART_PX - 1 for other in others):
                mark += QPointF(_APART_PX, 0)
            made.append((spot, mark))
        return made

    def _covering(self, camera: Camera) -> list[Box]:
        reach = _RADIUS_PX + 3
        return [(mark.x() - reach, mark.y() - reach, mark.x() + reach, mark.y() + reach) for _, mark in self.spots(camera)]

    def find(self, at: QPointF) -> int | None:
        """The candidate whose mark is under a pixel."""
        marks = [mark for _, mark in self.spots(self._view.camera)]
        return next((index for index, mark in enumerate(marks) if math.hypot(at.x() - mark.x(), at.y() - mark.y()) <= _RADIUS_PX + 2), None)

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not self._places or not isinstance(event, QMouseEvent):
            return False
        kind, found = event.type(), self.find(event.position())
        if kind is QEvent.Type.MouseMove:
            return self._point_at(found, held=bool(event.buttons()))
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if kind is QEvent.Type.MouseButtonPress:
            self._pressed = found
            return found is not None
        if kind is QEvent.Type.MouseButtonRelease and self._pressed is not None:
            pressed, self._pressed = self._pressed, None
            if pressed == found:
                self.picked.emit(pressed)
            return True
        return kind is QEvent.Type.MouseButtonDblClick and found is not None

    def _point_at(self, found: int | None, *, held: bool) -> bool:
        if held:
            return self._pressed is not None
        if found != self._pointed:
            self._pointed = found
            self.raise_mark(found)
            self._view.setCursor(Qt.CursorShape.PointingHandCursor) if found is not None else self._view.unsetCursor()
            self.pointed.emit(found)
        return found is not None

    def _paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        spots = self.spots(camera)
        # The best one lies on top, and above it the one that is raised.
        for index in sorted(range(len(spots)), key=lambda index: (index == self._raised, -index)):
            place, mark = spots[index]
            if place != mark:
                painter.setPen(round_pen(palette.accent, 1.5))
                painter.drawLine(place, mark)
            _paint_mark(painter, mark, LETTERS[index], palette, _RADIUS_PX + (3 if index == self._raised else 0))


def _paint_mark(painter: QPainter, at: QPointF, letter: str, palette: Palette, radius: float) -> None:
    disc = QPainterPath()
    disc.addEllipse(at, radius, radius)
    painter.strokePath(disc, round_pen(palette.ring, 4))
    painter.fillPath(disc, QColor(palette.accent))
    painter.setFont(number_font(painter.font().families(), scaled(12)))
    painter.setPen(QColor(palette.ring))
    painter.drawText(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius), Qt.AlignmentFlag.AlignCenter, letter)
