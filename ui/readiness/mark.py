"""How it stands with one thing, as a mark that differs by shape as well as by colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from planner.usecases.readiness import Readiness
from ui.readiness.words import STATES
from ui.style import Theme

_SIDE_PX = 20


class StateMark(QWidget):
    """A tick in a disc is good, an exclamation mark in a triangle a doubt, a cross in a square bad."""

    def __init__(self, theme: Theme, state: Readiness) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(_SIDE_PX, _SIDE_PX)
        self.show_state(state)
        theme.changed.connect(self.update)

    def show_state(self, state: Readiness) -> None:
        """Mark this state."""
        self.state = state
        self.setAccessibleName(STATES[state])
        self.setToolTip(STATES[state])
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._theme.colours
        ground = {Readiness.GOOD: colours.good, Readiness.DOUBT: colours.support, Readiness.BAD: colours.bad}[self.state]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(_pen(ground, 2))
            painter.setBrush(QColor(ground))
            ink = _pen(colours.ground, 2.2)
            if self.state is Readiness.GOOD:
                painter.drawEllipse(QRectF(2.5, 2.5, 15, 15))
                painter.setPen(ink)
                painter.drawPolyline(QPolygonF([QPointF(6.3, 10.3), QPointF(9, 13), QPointF(13.8, 7.4)]))
            elif self.state is Readiness.DOUBT:
                painter.drawPolygon(QPolygonF([QPointF(10, 2.5), QPointF(18, 17), QPointF(2, 17)]))
                painter.setPen(ink)
                painter.drawLine(QPointF(10, 8), QPointF(10, 11.8))
                painter.drawPoint(QPointF(10, 15))
            else:
                painter.drawRoundedRect(QRectF(3, 3, 14, 14), 2, 2)
                painter.setPen(ink)
                painter.drawLine(QPointF(7, 7), QPointF(13, 13))
                painter.drawLine(QPointF(13, 7), QPointF(7, 13))


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
