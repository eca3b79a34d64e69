"""Where things stand on the week board: from a plan in its days and hours, scrolled and zoomed, to points of the viewport and back."""

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QRect, QRectF, QSize, QVariantAnimation, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QWidget

from planner.model.week import WeekPlan
from planner.values import replace
from ui.style import scaled, type_scale
from ui.week.board_layout import GUTTER_PX, HEADER_PX, HOUR_S, Card, Piece, Scale, clock_of, fit

ZOOM_MS = 120
"""How long a zoom takes to come to rest."""
BEFORE_S = HOUR_S // 2
"""So much of the day is shown above what is looked at first."""


class BoardRoom(QAbstractScrollArea):
    """The room that days and hours have, without what is painted in it.

    `zoomed` tells how high an hour was made by hand in pixels (of type as delivered), None for as high as fits; `scaled` that things stand
    elsewhere.
    """

    zoomed = Signal(object)
    scaled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: WeekPlan | None = None
        self._cards: tuple[Card, ...] = ()
        self._scale: Scale | None = None
        self._hour_px: float | None = None
        self._top: QWidget | None = None
        self._held = (0.0, 0.0)  # the second of the day and the height in the viewport that a zoom keeps together
        self._zooming = QVariantAnimation(self, easingCurve=QEasingCurve(QEasingCurve.Type.OutCubic))
        self._zooming.valueChanged.connect(self._zoom_to)

    @property
    def scale(self) -> Scale | None:
        """From time to pixels, None without a plan."""
        return self._scale

    @property
    def plan(self) -> WeekPlan | None:
        """The plan on show."""
        return self._plan

    @property
    def header_px(self) -> int:
        """The height of the names of the days."""
        return self._scale.header_px if self._scale else round(scaled(HEADER_PX))

    @property
    def gutter_px(self) -> int:
        """The width of the names of the hours."""
        return self._scale.gutter_px if self._scale else round(scaled(GUTTER_PX))

    def set_top(self, top: QWidget) -> None:
        """Put a strip above the days, as wide as the board."""
        self._top = top
        top.setParent(self)
        self.fit_top()

    def fit_top(self) -> None:
        """Give the strip above the days the height it needs."""
        if self._top is not None:
            height = self._top.sizeHint().height()
            self.setViewportMargins(0, height, 0, 0)
            self._top.setGeometry(self.viewport().x(), 0, self.viewport().width(), height)

    # Zoom

    def zoom(self, factor: float | None, at_y: float | None = None) -> None:
        """Make the hours so many times higher, None as high as fits; the time at a height of the viewport (its middle) stays there."""
        if self._plan is None or self._scale is None:
            return
        high, moving = self._scale.hour_px, self._zooming.state() is QVariantAnimation.State.Running
        y = (self.header_px + self.viewport().height()) / 2 if at_y is None else max(at_y, self.header_px)
        if not moving or y != self._held[1]:
            self._held = (self._time_at(y), y)
        aimed = self._zooming.endValue() if moving else high
        self._hour_px = None if factor is None else aimed * factor / type_scale()
        wanted = self._fitted(self._plan).hour_px
        if factor is not None:
            self._hour_px = wanted / type_scale()
        self._zooming.stop()
        if self.isVisible() and self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self):
            self._zooming.setDuration(ZOOM_MS)
            self._zooming.setStartValue(high)
            self._zooming.setEndValue(wanted)
            self._zooming.start()
        else:
            self._zoom_to(wanted)
        self.zoomed.emit(self._hour_px)

    def set_hour_px(self, hour_px: float | None) -> None:
        """How high an hour is in pixels (of type as delivered), None for as high as fits."""
        self._hour_px = hour_px
        self._refit()

    def _zoom_to(self, hour_px: float) -> None:
        """Make the hours so high, with the time that is held where it was."""
        if self._scale is not None:
            held_s, y = self._held
            self._show_scale(replace(self._scale, hour_px=hour_px))
            self.verticalScrollBar().setValue(round(self._scale.y_of(held_s) - (y - self.header_px)))

    def _time_at(self, y: float) -> float:
        """The second after midnight at a height of the viewport."""
        assert self._scale is not None
        return ((y - self.header_px + self.verticalScrollBar().value()) / self._scale.hour_px + self._scale.from_hour) * HOUR_S

    # Where things are

    def card_at(self, point: QPointF) -> Card | None:
        """The card under a point of the viewport."""
        if self._scale is None or point.y() < self.header_px or point.x() < self._scale.gutter_px:
            return None
        there = point + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value() - self.header_px)
        nights_last = sorted(self._cards, key=lambda card: card.piece is Piece.NIGHT)
        return next((card for card in reversed(nights_last) if self._box_of(card).adjusted(0, -1, 0, 1).contains(there)), None)

    def point_of(self, card: Card) -> QPointF:
        """The middle of a card in the viewport."""
        middle = self._box_of(card).center()
        return middle - QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value() - self.header_px)

    def rect_on_screen(self, card: Card) -> QRect:
        """Where a card stands on the screen, in sight or not."""
        box = self._on_view(card).adjusted(4, 4, -4, -4)
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    def spot_at(self, point: QPointF) -> tuple[int, int | None] | None:
        """The day and time (None on its name) that a point of the viewport stands for; None beside the days."""
        if not QRectF(self.viewport().rect()).contains(point):
            return None
        day = self.day_at(point)
        if self._scale is None or day is None or point.y() < self.header_px:
            return None if day is None else (day, None)
        return day, int(self._time_at(point.y()))

    def day_at(self, point: QPointF) -> int | None:
        """The day in whose column a point of the viewport is."""
        if self._scale is None or point.x() < self._scale.gutter_px:
            return None
        return self._scale.day_at(point.x() + self.horizontalScrollBar().value())

    def across(self, first: int, last: int) -> tuple[float, float]:
        """Where the columns of some days begin and end, in the viewport; what is behind the hours is cut off."""
        if self._scale is None:
            return 0.0, 0.0
        shift, edge = self.horizontalScrollBar().value(), self._scale.gutter_px
        return max(self._scale.x_of(first) - shift, edge), max(self._scale.x_of(last + 1) - shift, edge)

    def show_column(self, day: int) -> None:
        """Bring a day into view, where not all have room."""
        if self._scale is not None:
            bar, left = self.horizontalScrollBar(), self._scale.x_of(day) - self._scale.gutter_px
            right = left + self._scale.gutter_px + self._scale.column_px - self.viewport().width()
            bar.setValue(int(min(max(bar.value(), right), left)))

    def show_card(self, card: Card) -> None:
        """Bring a card into view."""
        if self._scale is None:
            return
        box = self._scale.rect_of(card)
        bar, room = self.verticalScrollBar(), self.viewport().height() - self.header_px - int(self._scale.foot_px)
        if card.piece is Piece.NIGHT:
            pass  # always in sight
        elif box.top() < bar.value():
            bar.setValue(int(box.top()) - 8)
        elif box.bottom() > bar.value() + room:
            bar.setValue(int(min(box.bottom() - room + 8, box.top() - 8)))
        self.show_column(card.day)

    def _box_of(self, card: Card) -> QRectF:
        """Where a card stands below the first hour; nights stay in sight at the foot of the board."""
        assert self._scale is not None
        box = self._scale.rect_of(card)
        return box.translated(0, -self._below_foot()) if card.piece is Piece.NIGHT else box

    def _on_view(self, card: Card) -> QRect:
        """Where a card stands on the viewport, with what is painted about it."""
        box = self._box_of(card).translated(-self.horizontalScrollBar().value(), self.header_px - self.verticalScrollBar().value())
        return box.adjusted(-4, -4, 4, 4).toAlignedRect()

    def _below_foot(self) -> float:
        """How much of the hours is out of sight below."""
        if self._scale is None:
            return 0.0
        return max(0.0, self._scale.height_px - self.verticalScrollBar().value() - self.viewport().height() + self.header_px)

    def _show_what_matters(self) -> None:
        """Where not all hours have room, the present one, else the first visit."""
        if self._plan is None or self._scale is None:
            return
        now = clock_of(self._plan)
        visits = [card.from_s for card in self._cards if card.piece is Piece.VISIT]
        is_now = self._scale.from_hour <= now.hour < self._scale.to_hour and any(day.day == now.date() for day in self._plan.days)
        first_s = now.hour * HOUR_S if is_now else min(visits, default=8 * HOUR_S)
        self.verticalScrollBar().setValue(round(self._scale.y_of(first_s - BEFORE_S)))

    # Room

    def _refit(self) -> None:
        """Take the room and the type that there are now, with the time at the top that was there; a zoom under way goes on."""
        if self._plan is None:
            self._zooming.stop()
            self._scale = None
            self.verticalScrollBar().setRange(0, 0)
            self.horizontalScrollBar().setRange(0, 0)
            self._tell_scaled()
        elif self._scale is not None and self._zooming.state() is QVariantAnimation.State.Running:
            self._show_scale(replace(self._fitted(self._plan), hour_px=self._scale.hour_px))
        else:
            bar = self.verticalScrollBar()
            top_s = self._time_at(self.header_px) if bar.value() else None
            self._show_scale(self._fitted(self._plan))
            if top_s is not None:
                bar.setValue(round(self._scale.y_of(top_s)))

    def _fitted(self, plan: WeekPlan) -> Scale:
        room: QSize = self.viewport().size()
        return fit(plan, room.width(), room.height() - round(scaled(HEADER_PX)) - 2, self._hour_px, type_scale())

    def _show_scale(self, scale: Scale) -> None:
        room = self.viewport().size()
        self._scale = scale
        self.verticalScrollBar().setRange(0, max(0, int(scale.height_px + scale.header_px + 6 - room.height())))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(20)
        scale = self._scale  # where a scroll bar has come or gone it is another one by now
        self.horizontalScrollBar().setRange(0, max(0, int(scale.width_px - room.width())))
        self.horizontalScrollBar().setPageStep(room.width())
        self._tell_scaled()

    def _tell_scaled(self) -> None:
        self.fit_top()  # the scroll bar may have come or gone
        self.scaled.emit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._refit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._refit()
