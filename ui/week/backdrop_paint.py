"""What lies behind the cards of the board: days off, the time a rep is not free, hours and the edges of days and weeks."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from planner.model.week import WeekPlan
from planner.usecases.rep_time import FreeTime
from ui.style import Colours, scaled
from ui.week.board_layout import HOUR_S, Scale
from ui.week.board_paint import paint_text
from ui.words import hour_mark

EDGE_PX = 4.0
EVERY_PX = 22.0
"""Hours are named no closer to each other than this."""
HALVES_PX = 120.0
"""So high an hour has a line at its half."""


def paint_quiet_days(painter: QPainter, plan: WeekPlan, scale: Scale, working: Collection[int], colours: Colours) -> None:
    """A quiet ground on the days she does not work on."""
    for index, day in enumerate(plan.days):
        if day.day.weekday() not in working:
            painter.fillRect(QRectF(scale.x_of(index), 0, scale.column_px, scale.height_px), QColor(colours.hover))


def paint_busy(painter: QPainter, scale: Scale, free: FreeTime, colours: Colours) -> None:
    """A hatch where a rep is not free."""
    colour = QColor(colours.support)
    colour.setAlphaF(0.30)
    for index, spans in enumerate(free[: scale.days]):
        at = scale.from_hour * HOUR_S
        for begin, end in (*spans, (scale.to_hour * HOUR_S, scale.to_hour * HOUR_S)):
            if begin > at:
                top, bottom = scale.y_of(at), scale.y_of(min(begin, scale.to_hour * HOUR_S))
                box = QRectF(scale.x_of(index) + 1, top, scale.column_px - 1, bottom - top)
                painter.fillRect(box, QBrush(colour, Qt.BrushStyle.FDiagPattern))
                painter.fillRect(QRectF(box.left(), top, EDGE_PX, bottom - top), colour)  # seen where cards fill the day
            at = max(at, end)


def paint_hours(painter: QPainter, plan: WeekPlan, scale: Scale, colours: Colours) -> None:
    """The lines of the hours and the edges of the days, a stronger one between weeks."""
    painter.setPen(QColor(colours.faint_line))
    halves = 2 if scale.hour_px >= HALVES_PX else 1
    for half in range(halves * scale.from_hour, halves * scale.to_hour + 1):
        y = round(scale.y_of(half * HOUR_S / halves)) + 0.5
        painter.drawLine(QPointF(scale.gutter_px, y), QPointF(scale.width_px, y))
    for day in range(scale.days + 1):
        x = round(scale.x_of(day)) + 0.5
        next_week = 0 < day < len(plan.days) and plan.days[day].day.isocalendar()[:2] != plan.days[day - 1].day.isocalendar()[:2]
        painter.setPen(QPen(QColor(colours.quiet), 2) if next_week else QColor(colours.line))
        painter.drawLine(QPointF(x, 0), QPointF(x, scale.height_px))


def paint_foot(painter: QPainter, box: QRectF, colours: Colours) -> None:
    """The ground of the nights away, which stays in sight at the foot of the days."""
    painter.fillRect(box, QColor(colours.ground))
    painter.setPen(QColor(colours.line))
    painter.drawLine(box.topLeft(), box.topRight())


def paint_gutter(painter: QPainter, scale: Scale, top: float, height: float, colours: Colours) -> None:
    """The names of the hours, which stay in sight while the days are scrolled; `top` is how far down the first hour is moved."""
    wide, head = scale.gutter_px, scale.header_px
    painter.save()
    painter.fillRect(QRectF(0, 0, wide, height + scale.foot_px), QColor(colours.ground))
    painter.setPen(QColor(colours.line))
    painter.drawLine(QPointF(0, head - 0.5), QPointF(wide, head - 0.5))
    painter.drawLine(QPointF(wide + 0.5, head), QPointF(wide + 0.5, head + top + scale.height_px))
    painter.setClipRect(QRectF(0, head, wide, height - head))
    step = next((hours for hours in (1, 2, 3, 4) if hours * scale.hour_px >= scaled(EVERY_PX)), 6)
    for hour in range(scale.from_hour, scale.to_hour, step):
        box = QRectF(0, round(head + top + scale.y_of(hour * HOUR_S)) + 1.5, wide - 8, scaled(14))
        paint_text(painter, box, hour_mark(hour), colours.quiet, 11, align=Qt.AlignmentFlag.AlignRight)
    painter.restore()
