"""How the board is painted: header, hours, cards and drives."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from planner.model.week import DayPlan, Lock, VisitKind, WeekPlan
from ui.style import Colours, font
from ui.week.board_layout import GUTTER_PX, HEADER_PX, Card, Piece, Scale
from ui.words import count, short_day, span, visits_of

_MARKS = {VisitKind.SUPPORT: "◆ ", VisitKind.DUTY: "▣ "}


def paint_header(painter: QPainter, plan: WeekPlan, scale: Scale, active: int, today: date, colours: Colours) -> None:
    """The names and sums of the days, the active one tinted."""
    painter.fillRect(QRectF(0, 0, scale.width_px, HEADER_PX), QColor(colours.ground))
    for index, day in enumerate(plan.days):
        box = QRectF(scale.x_of(index), 0, scale.column_px, HEADER_PX)
        if index == active:
            painter.fillRect(box, QColor(colours.chosen))
        inner = box.adjusted(9, 7, -6, -5)
        name = QRectF(inner.left(), inner.top(), inner.width(), 17)
        _text(painter, name, short_day(day.day), colours.accent if day.day == today else colours.text, 13, bold=True)
        if _fit_beside(short_day(day.day), f"{day.value:.0f}", inner.width()):
            _text(painter, name, f"{day.value:.0f}", colours.text, 12, bold=True, align=Qt.AlignmentFlag.AlignRight)
        _text(painter, QRectF(inner.left(), inner.top() + 19, inner.width(), 15), _sums(day, inner.width()), colours.quiet, 11)
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
        return "Nothing planned"
    visits, driving = count(visits_of(day), "visit"), span(day.drive_s)
    wordings = (f"{visits} · {driving} driving", f"{visits} · {driving}", f"{visits_of(day)} · {driving}", visits)
    metrics = QFontMetricsF(font(11))
    return next((text for text in wordings if metrics.horizontalAdvance(text) <= width), wordings[-1])


def paint_hours(painter: QPainter, scale: Scale, colours: Colours) -> None:
    """The lines of the hours and the edges of the days."""
    for hour in range(scale.from_hour, scale.to_hour + 1):
        y = round(scale.y_of(hour * 3600)) + 0.5
        painter.setPen(QColor(colours.faint_line))
        painter.drawLine(QPointF(GUTTER_PX, y), QPointF(scale.width_px, y))
        if hour < scale.to_hour:
            box = QRectF(0, y + 1, GUTTER_PX - 8, 14)
            _text(painter, box, str(hour), colours.quiet, 11, align=Qt.AlignmentFlag.AlignRight)
    painter.setPen(QColor(colours.line))
    for day in range(scale.days + 1):
        x = round(scale.x_of(day)) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, scale.height_px))


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
        _text(painter, middle, card.title, colours.quiet, 10, align=Qt.AlignmentFlag.AlignHCenter)


def paint_card(painter: QPainter, card: Card, box: QRectF, colours: Colours, *, selected: bool, focused: bool) -> None:
    """A tinted card with a bar in the colour of its kind; one line of text, and a second one where there is room."""
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
    inner = box.adjusted(9, 0, -5, 0)
    if card.lock is not Lock.NONE and box.height() >= 11:
        _paint_lock(painter, QPointF(inner.right() - 4, box.top() + 10 if box.height() >= 31 else box.center().y()), card, colours)
        inner.setRight(inner.right() - 13)
    if box.height() >= 31:
        _text(painter, QRectF(inner.left(), box.top() + 3, inner.width(), 14), title, colours.text, 11)
        _text(painter, QRectF(inner.left(), box.top() + 17, inner.width(), 12), _fitting(card.note, inner.width()), colours.quiet, 10)
    elif box.height() >= 11:
        _text(painter, inner, title, colours.text, 11 if box.height() >= 14 else 9)


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


def _text(
    painter: QPainter,
    box: QRectF,
    text: str,
    colour: str,
    pixels: int,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    face = font(pixels, bold=bold)
    painter.setFont(face)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
