"""The names and sums of the days above the board: in one wording for all days, the longest that the narrowest of them has room for."""

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from planner.model.week import DayPlan, WeekPlan
from planner.values import Struct
from ui.style import Colours, font, scaled
from ui.week.board_layout import Scale
from ui.week.board_paint import paint_text, paint_warning
from ui.words import count, long_day, number, short_day, span, visits_of

LEFT_PX, RIGHT_PX, MARK_PX, GAP_PX = 9, 6, 20, 8
WORDINGS = 4
"""So many wordings of a day's sums there are, from long to short."""


class Form(Struct, frozen=True):
    """What all heads of a board tell: the wording of the sums by its number, and whether the value of the day stands beside its name."""

    wording: int
    has_value: bool


def form_of(plan: WeekPlan, width_px: float, marked: Collection[int] = ()) -> Form:
    """The fullest form that fits every head of this width; `marked` are the days with a mark beside their name."""
    small, bold, value = (QFontMetricsF(font(pixels, bold=bold)) for pixels, bold in ((11, False), (13, True), (12, True)))
    room = width_px - LEFT_PX - RIGHT_PX
    wording = next(
        (each for each in range(WORDINGS) if all(small.horizontalAdvance(sums(day, each)) <= room for day in plan.days)), WORDINGS - 1
    )
    has_value = all(
        bold.horizontalAdvance(short_day(day.day)) + value.horizontalAdvance(points(day)) + GAP_PX
        <= room - (MARK_PX if index in marked or day.keep_order else 0)
        for index, day in enumerate(plan.days)
        if visits_of(day)
    )
    return Form(wording, has_value)


def points(day: DayPlan) -> str:
    """The value of a day: "446 pts"."""
    return f"{number(day.value)} pts"


def sums(day: DayPlan, wording: int) -> str:
    """What a day holds, in one of the wordings."""
    driving = span(day.drive_s)
    if not day.stops:
        return ("Nothing planned", "Nothing planned", "Nothing", "Nothing")[wording]
    if not visits_of(day):
        calls = count(len(day.stops), "appointment")
        return (f"{calls} · {driving} driving", calls, "No visits", "No visits")[wording]
    visits = count(visits_of(day), "visit")
    return (f"{visits} · {driving} driving", f"{visits} · {driving}", f"{number(visits_of(day))} · {driving}", visits)[wording]


def tip_of(day: DayPlan) -> str:
    """All that a head may have no room for."""
    lines = [long_day(day.day), sums(day, 0)]
    lines += [f"Worth {count(round(day.value), 'point')}"] if visits_of(day) else []
    lines += ["Visits stay in this order when the week is improved"] if day.keep_order else []
    return "\n".join(lines)


def paint_heads(
    painter: QPainter, plan: WeekPlan, scale: Scale, active: int, today: date, colours: Colours, bad: Collection[int] = ()
) -> None:
    """The head of each day, the active one tinted, a mark at those that something does not hold on."""
    painter.fillRect(QRectF(0, 0, scale.width_px, scale.header_px), QColor(colours.ground))
    form = form_of(plan, scale.column_px, bad)
    for index, day in enumerate(plan.days):
        box = QRectF(scale.x_of(index), 0, scale.column_px, scale.header_px)
        if index == active:
            painter.fillRect(box, QColor(colours.chosen))
        inner = box.adjusted(LEFT_PX, scaled(7), -RIGHT_PX, -scaled(5))
        name = QRectF(inner.left(), inner.top(), inner.width(), scaled(17))
        paint_text(painter, name, short_day(day.day), colours.accent if day.day == today else colours.text, 13, bold=True)
        name_px = QFontMetricsF(font(13, bold=True)).horizontalAdvance(short_day(day.day))
        if index in bad:
            paint_warning(painter, QPointF(inner.left() + name_px + 12, name.center().y()), colours)
        elif day.keep_order:
            paint_text(painter, name.adjusted(name_px + 6, 0, 0, 0), "⇅", colours.quiet, 12)
        if form.has_value and visits_of(day):
            paint_text(painter, name, points(day), colours.text, 12, bold=True, align=Qt.AlignmentFlag.AlignRight)
        line = QRectF(inner.left(), inner.top() + scaled(19), inner.width(), scaled(15))
        paint_text(painter, line, sums(day, form.wording), colours.quiet, 11)
    painter.setPen(QColor(colours.line))
    painter.drawLine(QPointF(0, scale.header_px - 0.5), QPointF(scale.width_px, scale.header_px - 0.5))
