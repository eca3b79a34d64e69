"""What the week board shows: a plan in its days and hours, with what is told of it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QRegion, QWheelEvent
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from planner.model.week import WeekPlan
from planner.usecases.rep_time import FreeTime
from planner.usecases.week_conflicts import Conflict
from ui.style import Theme, scaled
from ui.week.backdrop_paint import paint_busy, paint_foot, paint_gutter, paint_hours, paint_quiet_days
from ui.week.board_accessible import Days
from ui.week.board_layout import Card, Piece, Scale, cards_of, clock_of, same_card
from ui.week.board_paint import paint_card, paint_conflict, paint_drive, paint_night, paint_now
from ui.week.board_room import BoardRoom
from ui.week.board_try import Hint, Trial
from ui.week.day_heads import paint_heads
from ui.week.day_heads import tip_of as tip_of_day
from ui.week.drag_paint import paint_bubble, paint_hints, paint_place
from ui.week.zoom import zoom_of_wheel
from ui.widgets.plain_tip import plain_tip

TOLD_MS = 6000


class BoardView(BoardRoom):
    """Shows a plan and marks one of its cards; the wheel scrolls, with Ctrl it zooms."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = Days(self)
        self.setViewport(self.days)
        self._theme = theme
        self._card: Card | None = None
        self._day = 0
        self._trial: Trial | None = None
        self._trial_at = QPointF()
        self._hints: Sequence[Hint | None] = ()
        self._told: tuple[str, str, bool] | None = None
        self._working: Collection[int] = range(7)
        self._free: tuple[str, FreeTime] | None = None
        self._conflicts: dict[tuple[int, str], Conflict] = {}
        self._swapped: str = ""
        self._silence = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._silence.timeout.connect(lambda: self.tell("", ""))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Week board")
        self.setMinimumHeight(140)
        theme.changed.connect(self.viewport().update)
        # The line of the present time moves on.
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self.viewport().update)
        self._minute.start()

    def show_plan(self, plan: WeekPlan | None, units: str = "miles") -> None:
        """Show another plan, or none; the selection stays where its account is in both."""
        kept = self._card
        other = plan is not None and (self._plan is None or self._plan.week != plan.week)
        self._plan = plan
        self._zooming.stop()
        self._told = None
        self._cards = cards_of(plan, units) if plan else ()
        self._card = None
        self._conflicts = {}
        self._refit()
        self.days.tell_plan()
        if other:
            self._show_what_matters()
        if kept is not None:
            self._mark(same_card(self._cards, kept))

    def set_working_days(self, weekdays: Collection[int]) -> None:
        """The weekdays she works on, 0 = Monday; the others have a quiet ground."""
        self._working = weekdays
        self.viewport().update()

    def show_free_time(self, rep: str, free: FreeTime | None) -> None:
        """Hatch, behind the cards, when a rep is not free on the days on show; None hatches nothing."""
        self._free = (rep, free) if free is not None else None
        self.viewport().update()

    def show_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        """Mark the visits and days that something does not hold for."""
        self._conflicts = {(each.day, each.key): each for each in conflicts}
        self._describe()
        self.viewport().update()

    def show_swapped(self, key: str) -> None:
        """Mark the visit that is to change places with another; an empty key marks none."""
        self._swapped = key
        self.viewport().update()

    def show_day(self, day: int) -> None:
        """Tint the name of the active day."""
        self._day = day
        self.viewport().update()

    def conflict_of(self, card: Card) -> Conflict | None:
        """What does not hold for a card, if anything."""
        return self._conflicts.get((card.day, card.key)) if card.key and card.piece is Piece.VISIT else None

    def show_trial(self, trial: Trial | None, at: QPointF | None = None, hints: Sequence[Hint | None] = ()) -> None:
        """Show what a drop at a point of the viewport would do, and how each day takes the visit; None shows the plan as it is."""
        self._trial, self._trial_at, self._hints = trial, at or QPointF(), hints
        self._told = None
        self.viewport().update()

    def tell(self, title: str, text: str, *, good: bool = False) -> None:
        """Say something for a while beside the marked card if there is one, such as why it cannot be; nothing when there is no text."""
        self._told = (title, text, good) if text else None
        self._silence.start() if text else self._silence.stop()
        self.viewport().update()

    @property
    def told(self) -> str:
        """What is said beside the marked card now, or nothing."""
        return self._told[1] if self._told else ""

    @property
    def trial(self) -> Trial | None:
        """The drop that is shown now."""
        return self._trial

    @property
    def free_time_of(self) -> str:
        """The rep whose free time is shown, or nothing."""
        return self._free[0] if self._free else ""

    @property
    def day(self) -> int:
        """The active day."""
        return self._day

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card on the board."""
        return self._cards

    @property
    def current(self) -> Card | None:
        """The card that is marked."""
        return self._card

    def _mark(self, card: Card | None) -> None:
        before, self._card = self._card, card
        self._describe()
        if card is not None:
            self.show_card(card)
            self.days.tell_card(card)
        if self._told or self._scale is None:  # what is said stands beside the marked card
            self.viewport().update()
            return
        for changed in (before, card):
            if changed is not None:
                self.viewport().update(self._on_view(changed))

    def _describe(self) -> None:
        self.setAccessibleDescription(self.tip_of(self._card).replace("\n", ", ") if self._card else "")

    def tip_of(self, card: Card) -> str:
        """What is told of a card, with what does not hold for it."""
        conflict = self.conflict_of(card)
        return f"{card.tip}\nConflict: {conflict.text}" if conflict else card.tip

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = self._theme.colours
            painter.fillRect(self.viewport().rect(), QColor(colours.ground))
            if self._plan is None or self._scale is None:
                return
            left, top = -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
            now = clock_of(self._plan)
            painter.save()
            painter.translate(left, top + self.header_px)
            paint_quiet_days(painter, self._plan, self._scale, self._working, colours)
            if self._free:
                paint_busy(painter, self._scale, self._free[1], colours)
            paint_hours(painter, self._plan, self._scale, colours)
            for index, day in enumerate(self._plan.days):
                if day.day == now.date():
                    paint_now(painter, self._scale, index, now.hour * 3600 + now.minute * 60, colours)
            self._paint_cards(painter, event.region())
            self._paint_nights(painter, self._scale)
            painter.restore()
            painter.translate(left, 0)
            bad = {day for day, _key in self._conflicts}
            paint_heads(painter, self._plan, self._scale, self._day, now.date(), colours, bad)
            paint_hints(painter, self._scale, self._hints, colours)
            painter.translate(-left, 0)
            foot = self._scale.foot_px if self._below_foot() else 0.0
            paint_gutter(painter, self._scale, top, self.viewport().height() - foot, colours)
            self._paint_words(painter)

    def _paint_cards(self, painter: QPainter, region: QRegion) -> None:
        trial, colours = self._trial, self._theme.colours
        for card in trial.cards if trial else self._cards:
            box = self._box_of(card)
            if not region.intersects(self._on_view(card)):
                continue
            if card.piece is Piece.DRIVE:
                paint_drive(painter, card, box, colours)
            elif card.piece is Piece.NIGHT:
                continue  # they stand over everything
            elif trial is not None:
                self._paint_tried(painter, card, box, trial)
            else:
                wrong = self.conflict_of(card) is not None
                paint_card(painter, card, box, colours, selected=card is self._card, focused=self.hasFocus(), marked=wrong)
                if wrong:
                    paint_conflict(painter, box, colours)
                if card.key and card.key == self._swapped:
                    paint_place(painter, card, box, colours, fits=True)
        if trial and trial.card and not trial.fits:
            paint_place(painter, trial.card, self._box_of(trial.card), colours, fits=False)

    def _paint_nights(self, painter: QPainter, scale: Scale) -> None:
        if not scale.foot_px:
            return
        top = scale.hours_px - self._below_foot()
        paint_foot(painter, QRectF(scale.gutter_px, top, scale.width_px - scale.gutter_px, scale.foot_px), self._theme.colours)
        for card in self._trial.cards if self._trial else self._cards:
            if card.piece is Piece.NIGHT:
                paint_night(painter, card, self._box_of(card), self._theme.colours)

    def _paint_tried(self, painter: QPainter, card: Card, box: QRectF, trial: Trial) -> None:
        colours, is_it = self._theme.colours, card.key == trial.key
        if is_it and trial.fits:
            paint_place(painter, card, box, colours, fits=True)
            return
        painter.setOpacity(0.4 if is_it else 1.0)
        paint_card(painter, card, box, colours, selected=False, focused=False)
        painter.setOpacity(1.0)

    def _paint_words(self, painter: QPainter) -> None:
        room, colours = QRectF(self.viewport().rect()), self._theme.colours
        if self._trial is not None and self._trial.text:
            paint_bubble(painter, room, self._trial_at, self._trial.title, self._trial.text, colours, good=self._trial.fits)
        elif self._told is not None:
            at = self.point_of(self._card) if self._card else QPointF(room.center().x(), self.header_px + scaled(30))
            title, text, good = self._told
            paint_bubble(painter, room, at, title, text, colours, good=good)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(zoom_of_wheel(event), event.position().y())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not event.angleDelta().x():
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            text = self._tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(text), self) if text else QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _tip_at(self, point: QPointF) -> str:
        """What is told of the card or the head of a day under a point of the viewport."""
        card, day = self.card_at(point), self.day_at(point)
        if self._plan is None or day is None or point.y() >= self.header_px:
            return self.tip_of(card) if card else ""
        conflict = self._conflicts.get((day, ""))
        return tip_of_day(self._plan.days[day]) + (f"\nConflict: {conflict.text}" if conflict else "")
