"""How the board is painted: cards, drives, nights and the present time."""

from itertools import takewhile

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from planner.model.week import Lock, VisitKind
from ui.style import Colours, font, scaled, type_scale
from ui.week.board_layout import Card, Piece, Scale
from ui.words import clock

LINE_PX = 13.0
"""The height of a line below the title of a tall card."""
NARROW_PX = 80.0
"""In less room than this a title alone says too little of a name."""
_MARKS = {VisitKind.SUPPORT: "◆ ", VisitKind.DUTY: "▣ "}
_SIGNS = {mark.strip() for mark in _MARKS.values()}


def paint_now(painter: QPainter, scale: Scale, day: int, now_s: int, colours: Colours) -> None:
    """The line of the present time across today's column: to be painted before the cards, so that it crosses no text."""
    y, x = scale.y_of(now_s), scale.x_of(day)
    painter.setPen(QPen(QColor(colours.bad), 1.5))
    painter.drawLine(QPointF(x, y), QPointF(x + scale.column_px, y))
    painter.setBrush(QColor(colours.bad))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(x, y), 3.5, 3.5)


def paint_drive(painter: QPainter, card: Card, box: QRectF, colours: Colours) -> None:
    """A hatched bar, with its minutes where there is room."""
    painter.fillRect(box, QBrush(QColor(colours.hatch), Qt.BrushStyle.BDiagPattern))
    if box.height() >= scaled(10):
        face = font(10)
        width = QFontMetricsF(face).horizontalAdvance(card.title) + 8
        middle = QRectF(box.center().x() - width / 2, box.top(), width, box.height())
        painter.fillRect(middle, QColor(colours.ground))
        paint_text(painter, middle, card.title, colours.quiet, 10, align=Qt.AlignmentFlag.AlignHCenter)


def paint_card(
    painter: QPainter, card: Card, box: QRectF, colours: Colours, *, selected: bool, focused: bool, marked: bool = False
) -> None:
    """A tinted card with a bar in the colour of its kind; one line of text, and more where there is room. Beside one that is `marked` its
    title leaves room for the mark.
    """
    path = QPainterPath()
    path.addRoundedRect(box, min(5.0, box.height() / 2), min(5.0, box.height() / 2))
    painter.fillPath(path, colours.tint_of(card.kind))
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), colours.of_kind(card.kind))
    painter.restore()
    if selected:
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if focused:
            painter.setPen(QPen(QColor(colours.accent), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 7, 7)
    title = f"{card.number} {card.title}" if card.number else card.title
    if card.piece is not Piece.LUNCH:
        title = _MARKS.get(card.kind, "") + title
    inner = box.adjusted(9, 0, -19 if marked else -5, 0)
    grown = type_scale()
    is_tall = box.height() >= 31 * grown
    if card.lock is not Lock.NONE and box.height() >= 11 * grown:
        _paint_lock(painter, QPointF(inner.right() - 4, box.top() + 10 * grown if is_tall else box.center().y()), card, colours)
        inner.setRight(inner.right() - 13)
    if is_tall:
        rows = max(1, int((box.height() - 18 * grown) // (LINE_PX * grown)))
        names = name_lines(title, inner.width(), rows)
        notes = [(_fitting(line, inner.width(), clock(card.from_s)), colours.quiet, 10) for line in (card.note, *card.more)]
        for row, (line, colour, pixels) in enumerate([*((name, colours.text, 11) for name in names), *notes][: rows + 1]):
            top = box.top() + (3 + 14 * min(row, 1) + LINE_PX * max(row - 1, 0)) * grown
            paint_text(painter, QRectF(inner.left(), top, inner.width(), (13 if pixels == 11 else 12) * grown), line, colour, pixels)
    elif box.height() >= 11 * grown:
        paint_text(painter, inner, title, colours.text, 11 if box.height() >= 14 * grown else 9)


def name_lines(title: str, width: float, rows: int) -> list[str]:
    """A title that is too long for its card goes on in a second line: below it where there is room for its note too, and instead of the
    note where its first line would hold next to nothing.
    """
    metrics = QFontMetricsF(font(11))
    words = title.split(" ")
    if metrics.horizontalAdvance(title) <= width or len(words) < 2 or (rows < 2 and width >= scaled(NARROW_PX)):
        return [title]
    head = 1 + sum(1 for _ in takewhile(lambda word: word in _SIGNS or word.isdigit(), words))  # neither is a line of its own
    while head < len(words) and metrics.horizontalAdvance(" ".join(words[: head + 1])) <= width:
        head += 1
    first, rest = " ".join(words[:head]), " ".join(words[head:])
    return [first, rest] if rest else [first]


def paint_night(painter: QPainter, card: Card, box: QRectF, colours: Colours) -> None:
    """A band with a bed and the name of the hotel, from its day to the one after."""
    colour, ground = QColor(colours.overnight), QColor(colours.overnight)
    ground.setAlphaF(0.14)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 5, 5)
    _paint_bed(painter, QPointF(box.left() + 13, box.center().y()), colour)
    paint_text(painter, box.adjusted(25, 0, -3, 0), card.title, colours.text, 11)


def _paint_bed(painter: QPainter, middle: QPointF, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = middle.x(), middle.y()
    painter.drawPolyline([QPointF(x - 7, y - 5), QPointF(x - 7, y + 5)])
    painter.drawPolyline([QPointF(x - 7, y + 2.5), QPointF(x + 7, y + 2.5), QPointF(x + 7, y + 5)])
    painter.drawPolyline([QPointF(x + 7, y + 2.5), QPointF(x + 7, y - 0.5), QPointF(x - 1, y - 0.5), QPointF(x - 1, y + 2.5)])
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(x - 4, y - 0.5), 1.6, 1.6)


def paint_conflict(painter: QPainter, box: QRectF, colours: Colours) -> None:
    """A red edge and a mark over a card that something does not hold for."""
    painter.setPen(QPen(QColor(colours.bad), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, min(5.0, box.height() / 2), min(5.0, box.height() / 2))
    paint_warning(painter, QPointF(box.right() - 9, box.top() + min(9.0, box.height() / 2)), colours)


def paint_warning(painter: QPainter, middle: QPointF, colours: Colours) -> None:
    """The mark of what does not hold, 13 pixels across."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.bad))
    painter.drawEllipse(middle, 6.5, 6.5)
    painter.setPen(QPen(QColor(colours.ground), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(middle + QPointF(0, -3.2), middle + QPointF(0, 0.6))
    painter.drawPoint(middle + QPointF(0, 3.2))


def _paint_lock(painter: QPainter, middle: QPointF, card: Card, colours: Colours) -> None:
    """A padlock: filled where the time is held, hollow where the day is."""
    colour = colours.of_kind(card.kind)
    body = QRectF(middle.x() - 4, middle.y() - 1, 8, 6)
    painter.setPen(QPen(colour, 1.3))
    painter.setBrush(colour if card.lock is Lock.TIME else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(body, 1, 1)
    painter.drawArc(QRectF(middle.x() - 2.5, middle.y() - 5, 5, 7), 0, 180 * 16)


def _fitting(note: str, width: float, begin: str) -> str:
    """A note without its last parts, where they do not fit: times and value, times, the beginning."""
    metrics = QFontMetricsF(font(10))
    shorter = note.split(" · ", maxsplit=1)[0]
    return next((text for text in (note, shorter) if metrics.horizontalAdvance(text) <= width), begin if "–" in shorter else shorter)


def paint_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    colour: str,
    pixels: int,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line in a box, elided where it has no room."""
    face = font(pixels, bold=bold)
    painter.setFont(face)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
