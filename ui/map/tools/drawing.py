"""How lines, areas, handles and figures of the tools look."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.map.camera import Camera, Spot
from ui.map.palette import Palette
from ui.map.shapes import round_pen
from ui.map.tools.outline import Outline
from ui.style import TEXT_PX

_TINT = 30
_HANDLE_PX, _MIDDLE_PX = 5.0, 3.5
_CROSS_PX = 9.0
_TEXT_PX = 11


def pixels(camera: Camera, spots: Sequence[Spot]) -> QPolygonF:
    """World positions as pixels."""
    return QPolygonF([QPointF(*camera.to_screen(*spot)) for spot in spots])


def draw_area(painter: QPainter, line: QPolygonF, palette: Palette) -> None:
    """A closed line with what it holds tinted."""
    tint = QColor(palette.accent)
    tint.setAlpha(_TINT)
    painter.setBrush(tint)
    for pen in (round_pen(palette.ring, 4.5), round_pen(palette.accent, 2)):
        painter.setPen(pen)
        painter.drawPolygon(line, Qt.FillRule.OddEvenFill)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_line(painter: QPainter, line: QPolygonF, palette: Palette, *, dashed: bool = False) -> None:
    """An open line; a dashed one is not settled yet."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    over = QPen(QColor(palette.accent), 2, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    for pen in (round_pen(palette.ring, 4.5), over):
        painter.setPen(pen)
        painter.drawPolyline(line)


def draw_outline(outline: Outline, painter: QPainter, camera: Camera, palette: Palette) -> None:
    """An area, or the line that is to become one."""
    draw = draw_area if outline.closed else draw_line
    draw(painter, pixels(camera, outline.corners), palette)


def draw_road(painter: QPainter, way: NDArray[np.float64], palette: Palette) -> None:
    """A way along the roads by its pixels, (n, 2)."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line = QPolygonF([QPointF(x, y) for x, y in way.tolist()])
    for pen in (round_pen(palette.route_casing, 6), round_pen(palette.other_route, 3.5)):
        painter.setPen(pen)
        painter.drawPolyline(line)


def draw_handle(painter: QPainter, at: QPointF, palette: Palette, *, chosen: bool = False, small: bool = False) -> None:
    """A corner that can be held; a small one is the middle of an edge."""
    radius = _MIDDLE_PX if small else _HANDLE_PX + 1.5 * chosen
    painter.setPen(round_pen(palette.accent, 1.2 if small else 2))
    painter.setBrush(QColor(palette.accent if chosen else palette.ring))
    painter.drawEllipse(at, radius, radius)
    if chosen:
        painter.setPen(round_pen(palette.ring, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, radius - 2, radius - 2)


def draw_cross(painter: QPainter, at: QPointF, palette: Palette) -> None:
    """Where a key would put a corner."""
    for pen in (round_pen(palette.ring, 4.5), round_pen(palette.accent, 1.6)):
        painter.setPen(pen)
        painter.drawLine(at - QPointF(_CROSS_PX, 0), at + QPointF(_CROSS_PX, 0))
        painter.drawLine(at - QPointF(0, _CROSS_PX), at + QPointF(0, _CROSS_PX))


def draw_rings(painter: QPainter, spots: NDArray[np.float64], palette: Palette) -> None:
    """A ring around each pin that is chosen, by their pixels, (n, 2)."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(round_pen(palette.accent, 2))
    for x, y in spots.tolist():
        painter.drawEllipse(QPointF(x, y), 8.5, 8.5)


def draw_figure(painter: QPainter, middle: QPointF, text: str, palette: Palette) -> None:
    """A few words on a card of their own."""
    face, box = _figure(painter, middle, text)
    painter.setPen(QPen(QColor(palette.panel_edge), 1))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setFont(face)
    painter.setPen(QColor(palette.panel_text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def figure_box(painter: QPainter, middle: QPointF, text: str) -> QRectF:
    """What the card of a few words covers."""
    return _figure(painter, middle, text)[1]


def _figure(painter: QPainter, middle: QPointF, text: str) -> tuple[QFont, QRectF]:
    face = QFont(painter.font())
    grown = max(face.pixelSize(), TEXT_PX) / TEXT_PX
    face.setPixelSize(round(_TEXT_PX * grown))
    wide = QFontMetricsF(face).horizontalAdvance(text) + 12
    return face, QRectF(round(middle.x() - wide / 2), round(middle.y() - 9 * grown), round(wide), round(18 * grown))
