"""The shapes that tell kinds of visit apart without colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from planner.model.week import VisitKind
from ui.map.palette import Palette


def shape_path(kind: VisitKind, radius: float) -> QPainterPath:
    """The outline of a kind around the origin: a circle, a square, a diamond or a triangle, all of about one area."""
    path = QPainterPath()
    if kind is VisitKind.CAPTURE:
        path.addEllipse(QPointF(0, 0), radius, radius)
    elif kind is VisitKind.CARE:
        side = radius * 0.9
        path.addRoundedRect(QRectF(-side, -side, 2 * side, 2 * side), radius * 0.22, radius * 0.22)
    elif kind is VisitKind.SUPPORT:
        reach = radius * 1.24
        path.addPolygon(QPolygonF([QPointF(0, -reach), QPointF(reach, 0), QPointF(0, reach), QPointF(-reach, 0)]))
        path.closeSubpath()
    else:
        reach = radius * 1.2
        path.addPolygon(QPolygonF([QPointF(0, -reach), QPointF(reach, reach * 0.78), QPointF(-reach, reach * 0.78)]))
        path.closeSubpath()
    return path


def draw_shape(painter: QPainter, kind: VisitKind, at: QPointF, radius: float, palette: Palette, ring_px: float, colour: str = "") -> None:
    """One mark with a ring around it, for it must stand out from any ground; in the colour of its kind when none is given."""
    path = shape_path(kind, radius).translated(at)
    painter.strokePath(path, round_pen(palette.ring, 2 * ring_px))
    painter.fillPath(path, QColor(colour or palette.kinds[kind]))


def paint_kind(painter: QPainter, kind: VisitKind, at: QPointF, radius: float, colour: QColor) -> None:
    """The mark of a pin in a list: its shape alone, on the ground of the list."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(shape_path(kind, radius).translated(at), colour)
    painter.restore()


def draw_start(painter: QPainter, at: QPointF, radius: float, palette: Palette) -> None:
    """A ring with four ticks, around what something is told from: a pin inside it stays in sight."""
    path, tick = QPainterPath(), radius * 0.55
    path.addEllipse(at, radius, radius)
    for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        path.moveTo(at + QPointF(x, y) * radius)
        path.lineTo(at + QPointF(x, y) * (radius + tick))
    for pen in (round_pen(palette.ring, radius * 0.27 + 2.4), round_pen(palette.mark, radius * 0.27)):
        painter.strokePath(path, pen)


def round_pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
