"""How the board is painted: header, cards, drives and nights."""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from planner.model.week import DayPlan, Lock, VisitKind, WeekPlan
from ui.style import Colours, font
from ui.week.board_layout import HEADER_PX, Card, Piece, Scale
from ui.words import count, short_day, span, visits_of

LINE_PX = 13.0
"""The height of a line below the title of a tall card."""
_MARKS = {VisitKind.SUPPORT: "◆ ", VisitKind.DUTY: "▣ "}


def paint_header(
    painter: QPainter, plan: WeekPlan, scale: Scale, active: int, today: date, colours: Colours, bad: Collection[int] = ()
) -> None:
    """The names and sums of the days, the active one tinted, a mark at those that something does not hold on."""
    painter.fillRect(QRectF(0, 0, scale.width_px, HEADER_PX), QColor(colours.ground))
    for index, day in enumerate(plan.days):
        box = QRectF(scale.x_of(index), 0, scale.column_px, HEADER_PX)
        if index == active:
            painter.fillRect(box, QColor(colours.chosen))
        inner = box.adjusted(9, 7, -6, -5)
        name = QRectF(inner.left(), inner.top(), inner.width(), 17)
        paint_text(painter, name, short_day(day.day), colours.accent if day.day == today else colours.text, 13, bold=True)
        name_px = QFontMetricsF(font(13, bold=True)).horizontalAdvance(short_day(day.day))
        if index in bad:
            paint_warning(painter, QPointF(inner.left() + name_px + 12, inner.top() + 8.5), colours)
        elif day.keep_order:
            paint_text(painter, name.adjusted(name_px + 6, 0, 0, 0), "⇅", colours.quiet, 12)
        if visits_of(day) and _fit_beside(
            short_day(day.day), f"{day.value:.0f}", inner.width() - (20 if index in bad or day.keep_order else 0)
        ):
            paint_text(painter, name, f"{day.value:.0f}", colours.text, 12, bold=True, align=Qt.AlignmentFlag.AlignRight)
        paint_text(painter, QRectF(inner.left(), inner.top() + 19, inner.width(), 15), _sums(day, inner.width()), colours.quiet, 11)
    painter.setPen(QColor(colours.line))
    painter.drawLine(QPointF(0, HEADER_PX - 0.5), QPointF(scale.width_px, HEADER_PX - 0.5))


def _fit_beside(name: str, value: str, width: float) -> bool:
    """Whether a day's value has room beside its name; where it has none the name stands alone."""
    return (
        QFontMetricsF(font(13, bold=True)).horizontalAdvance(name) + QFontMetricsF(font(12, bold=True)).horizontalAdvance(value) + 8
        <= width
    )


def _sums(day: DayPlan, width: float) -> str:
    """The longest wording that fits, so that nothing is cut."""
    if not day.stops:
        return _longest(("Nothing planned", "Nothing", "–"), width)
    if not visits_of(day):
        return _longest(
            (
                f"{count(len(day.stops), 'appointment')} · {span(day.drive_s)}",
                count(len(day.stops), "appointment"),
                f"{len(day.stops)} appt",
                "–",
            ),
            width,
        )
    visits, driving = count(visits_of(day), "visit"), span(day.drive_s)
    wordings = (f"{visits} · {driving} driving", f"{visits} · {driving}", f"{visits_of(day)} · {driving}", visits)
    return _longest(wordings, width)


def _longest(wordings: Sequence[str], width: float) -> str:
    metrics = QFontMetricsF(font(11))
    return next((text for text in wordings if metrics.horizontalAdvance(text) <= width), wordings[-1])


def paint_now(painter: QPainter, scale: Scale, day: int, now_s: int, colours: Colours) -> None:
    """The line of the present time across today's column."""
    y, x = scale.y_of(now_s), scale.x_of(day)
    painter.setPen(QPen(QColor(colours.bad), 1.5))
    painter.drawLine(QPointF(x, y), QPointF(x + scale.column_px, y))
    painter.setBrush(QColor(colours.bad))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(x, y), 3.5, 3.5)


def paint_drive(painter: QPainter, card: Card, box: QRectF, colours: Colours) -> None:
    """A hatched bar, with its minutes where there is room."""
    painter.fillRect(box, QBrush(QColor(colours.hatch), Qt.BrushStyle.BDiagPattern))
    if box.height() >= 10:
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
    if card.lock is not Lock.NONE and box.height() >= 11:
        _paint_lock(painter, QPointF(inner.right() - 4, box.top() + 10 if box.height() >= 31 else box.center().y()), card, colours)
        inner.setRight(inner.right() - 13)
    if box.height() >= 31:
        paint_text(painter, QRectF(inner.left(), box.top() + 3, inner.width(), 14), title, colours.text, 11)
        lines = [_fitting(line, inner.width()) for line in (card.note, *card.more)]
        for number, line in enumerate(lines[: max(1, int((box.height() - 18) // LINE_PX))]):
            paint_text(painter, QRectF(inner.left(), box.top() + 17 + number * LINE_PX, inner.width(), 12), line, colours.quiet, 10)
    elif box.height() >= 11:
        paint_text(painter, inner, title, colours.text, 11 if box.height() >= 14 else 9)


def paint_night(painter: QPainter, card: Card, box: QRectF, colours: Colours) -> None:
    """A band with a bed and the name of the hotel, from its day to the one after."""
    colour, ground = QColor(colours.overnight), QColor(colours.overnight)
    ground.setAlphaF(0.14)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 5, 5)
    _paint_bed(painter, QPointF(box.left() + 15, box.center().y()), colour)
    paint_text(painter, box.adjusted(28, 0, -6, 0), card.title, colours.text, 11)


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


def _fitting(note: str, width: float) -> str:
    """A note without its last parts, where they do not fit: times and value, times, the beginning."""
    metrics = QFontMetricsF(font(10))
    shorter = note.split(" · ", maxsplit=1)[0]
    return next((text for text in (note, shorter) if metrics.horizontalAdvance(text) <= width), shorter.split("–")[0])


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
