"""How a drag is painted: the place a visit would take, green where it fits and red where not, and the words beside the pointer."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.style import Colours, font, scaled
from ui.week.board_layout import Card, Scale
from ui.week.board_try import Hint

BUBBLE_PX = 250
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def paint_place(painter: QPainter, card: Card, box: QRectF, colours: Colours, *, fits: bool) -> None:
    """Where the visit would stand: in green with its new times, in red and dashed where it breaks a rule."""
    colour = QColor(colours.good if fits else colours.bad)
    ground = QColor(colour)
    ground.setAlphaF(0.16)
    painter.setBrush(QColor(colours.ground))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, 5, 5)
    painter.setBrush(ground)
    painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine if fits else Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
    inner = box.adjusted(9, 0, -5, 0)
    if box.height() < scaled(11):
        return
    two = box.height() >= scaled(31) and bool(card.note)
    title = QRectF(inner.left(), box.top() + scaled(3), inner.width(), scaled(14)) if two else inner
    _line(painter, title, card.title, colours.text, 11)
    if two:
        times = QRectF(inner.left(), box.top() + scaled(17), inner.width(), scaled(12))
        _line(painter, times, card.note.split(" · ")[0], colour.name(), 10)


def paint_hints(painter: QPainter, scale: Scale, hints: Sequence[Hint | None], colours: Colours) -> None:
    """Under the name of each day how it takes the visit."""
    for day, hint in enumerate(hints):
        if hint is None:
            continue
        high = scaled(24)
        box = QRectF(scale.x_of(day) + 1, scale.header_px - high - 1, scale.column_px - 2, high)
        painter.fillRect(box, QColor(colours.ground))
        inner = box.adjusted(8, 0, -4, 0)
        fits = QFontMetricsF(font(11)).horizontalAdvance(hint.text) <= inner.width()
        _line(painter, inner, hint.text if fits else hint.short, colours.good if hint.good else colours.bad, 11)


def paint_bubble(painter: QPainter, room: QRectF, at: QPointF, title: str, text: str, colours: Colours, *, good: bool) -> QRectF:
    """Words beside a point, kept inside the room; returns where they stand."""
    face, bold = font(11), font(11, bold=True)
    width = float(min(scaled(BUBBLE_PX), max(room.width() - 8, 60)))
    metrics = QFontMetricsF(face)
    told = metrics.boundingRect(QRectF(0, 0, width - 24, 1000), _WRAPPED, text)
    width = min(width, max(told.width(), QFontMetricsF(bold).horizontalAdvance(title)) + 26)
    box = QRectF(at.x() + 16, at.y() + 14, width, told.height() + (scaled(17) if title else 0) + 14)
    if box.right() > room.right() - 4:
        box.moveRight(at.x() - 16 if at.x() - 16 - width > room.left() else room.right() - 4)
    if box.bottom() > room.bottom() - 4:
        box.moveBottom(min(at.y() - 12, room.bottom() - 4))
    box.moveLeft(max(box.left(), room.left() + 4))
    box.moveTop(max(box.top(), room.top() + 4))
    colour = colours.good if good else colours.bad
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.raised))
    painter.drawRoundedRect(box, 6, 6)
    painter.fillRect(QRectF(box.left() + 1, box.top() + 5, 3, box.height() - 10), QColor(colour))
    inner = box.adjusted(13, 7, -9, -6)
    if title:
        _line(painter, QRectF(inner.left(), inner.top(), inner.width(), scaled(15)), title, colours.text, 11, bold=True)
        inner.setTop(inner.top() + scaled(17))
    painter.setFont(face)
    painter.setPen(QColor(colour))
    painter.drawText(inner, _WRAPPED, text)
    return box


def _line(painter: QPainter, box: QRectF, text: str, colour: str, pixels: int, *, bold: bool = False) -> None:
    face = font(pixels, bold=bold)
    painter.setFont(face)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
