"""The week board: days across, time down; cards as long as the visit."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from planner.model.week import WeekPlan
from ui.style import Theme
from ui.week.board_layout import HEADER_PX, Card, Piece, Scale, cards_of, fit
from ui.week.board_paint import paint_card, paint_drive, paint_header, paint_hours, paint_now
from ui.week.board_try import Hint, Trial
from ui.week.drag_paint import paint_bubble, paint_hints, paint_place
from ui.week.verbs import verb_of_keys
from ui.widgets.plain_tip import plain_tip

TOLD_MS = 6000


class WeekBoard(QAbstractScrollArea):
    """Shows a plan. Click or arrows select a card, a click on a day's name makes it the active day, Enter opens.

    `asked` carries what the keys ask to be done to the card that is marked: a `Verb` and the `Card`.
    """

    selected = Signal(object)
    day_picked = Signal(int)
    opened = Signal(int)
    day_opened = Signal(int)
    asked = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: WeekPlan | None = None
        self._cards: tuple[Card, ...] = ()
        self._scale: Scale | None = None
        self._card: Card | None = None
        self._day = 0
        self._trial: Trial | None = None
        self._trial_at = QPointF()
        self._hints: Sequence[Hint | None] = ()
        self._told: tuple[str, str] | None = None
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
        kept = self._card.account_id if self._card else None
        self._plan = plan
        self._told = None
        self._cards = cards_of(plan, units) if plan else ()
        self._card = None
        self._refit()
        if kept is not None:
            self.select(kept)

    def select(self, account_id: int | None) -> None:
        """Mark the card of an account and bring it into view; nothing when it is not planned."""
        if account_id is not None and self._card is not None and self._card.account_id == account_id:
            return
        found = next((card for card in self._cards if account_id is not None and card.account_id == account_id), None)
        self._mark(found)

    def show_day(self, day: int) -> None:
        """Tint the name of the active day."""
        self._day = day
        self.viewport().update()

    def card_at(self, point: QPointF) -> Card | None:
        """The card under a point of the viewport."""
        if self._scale is None or point.y() < HEADER_PX:
            return None
        there = point + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value() - HEADER_PX)
        return next((card for card in reversed(self._cards) if self._scale.rect_of(card).adjusted(0, -1, 0, 1).contains(there)), None)

    def point_of(self, card: Card) -> QPointF:
        """The middle of a card in the viewport."""
        assert self._scale is not None
        middle = self._scale.rect_of(card).center()
        return middle - QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value() - HEADER_PX)

    def spot_at(self, point: QPointF) -> tuple[int, int | None] | None:
        """The day and time (None on its name) that a point of the viewport stands for; None beside the days."""
        if self._scale is None or not QRectF(self.viewport().rect()).contains(point):
            return None
        day = self._scale.day_at(point.x() + self.horizontalScrollBar().value())
        if day is None or point.y() < HEADER_PX:
            return None if day is None else (day, None)
        return day, self._scale.time_at(point.y() - HEADER_PX + self.verticalScrollBar().value())

    def show_trial(self, trial: Trial | None, at: QPointF | None = None, hints: Sequence[Hint | None] = ()) -> None:
        """Show what a drop at a point of the viewport would do, and how each day takes the visit; None shows the plan as it is."""
        self._trial, self._trial_at, self._hints = trial, at or QPointF(), hints
        self._told = None
        self.viewport().update()

    def tell(self, title: str, text: str) -> None:
        """Say for a while why something cannot be, beside the marked card if there is one; nothing when there is no text."""
        self._told = (title, text) if text else None
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
    def cards(self) -> tuple[Card, ...]:
        """Every card on the board."""
        return self._cards

    @property
    def current(self) -> Card | None:
        """The card that is marked."""
        return self._card

    def _stops(self, day: int) -> list[Card]:
        return sorted((card for card in self._cards if card.day == day and card.piece is Piece.VISIT), key=lambda card: card.from_s)

    def _mark(self, card: Card | None) -> None:
        self._card = card
        self.setAccessibleDescription(card.tip.replace("\n", ", ") if card else "")
        if card is not None and self._scale is not None:
            box = self._scale.rect_of(card)
            bar, room = self.verticalScrollBar(), self.viewport().height() - HEADER_PX
            if box.top() < bar.value():
                bar.setValue(int(box.top()) - 8)
            elif box.bottom() > bar.value() + room:
                bar.setValue(int(box.bottom()) - room + 8)
        self.viewport().update()

    def _pick(self, card: Card) -> None:
        self._mark(card)
        if card.day != self._day:
            self.day_picked.emit(card.day)
        self.selected.emit(card.account_id)

    def _refit(self) -> None:
        if self._plan is None:
            self._scale = None
            self.verticalScrollBar().setRange(0, 0)
            self.horizontalScrollBar().setRange(0, 0)
        else:
            room = self.viewport().size()
            self._scale = fit(self._plan, room.width(), room.height() - HEADER_PX - 2)
            self.verticalScrollBar().setRange(0, max(0, int(self._scale.height_px + HEADER_PX + 6 - room.height())))
            self.verticalScrollBar().setPageStep(room.height())
            self.verticalScrollBar().setSingleStep(20)
            self.horizontalScrollBar().setRange(0, max(0, int(self._scale.width_px - room.width())))
            self.horizontalScrollBar().setPageStep(room.width())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._refit()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.fillRect(self.viewport().rect(), QColor(colours.ground))
        if self._plan is None or self._scale is None:
            return
        left, top = -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        now = datetime.now().astimezone()
        painter.save()
        painter.translate(left, top + HEADER_PX)
        paint_hours(painter, self._scale, colours)
        trial = self._trial
        for card in trial.cards if trial else self._cards:
            box = self._scale.rect_of(card)
            if card.piece is Piece.DRIVE:
                paint_drive(painter, card, box, colours)
            elif trial is None:
                paint_card(painter, card, box, colours, selected=card is self._card, focused=self.hasFocus())
            elif card.key != trial.key:
                paint_card(painter, card, box, colours, selected=False, focused=False)
            elif trial.fits:
                paint_place(painter, card, box, colours, fits=True)
            else:
                painter.setOpacity(0.4)
                paint_card(painter, card, box, colours, selected=False, focused=False)
                painter.setOpacity(1.0)
        if trial and trial.card and not trial.fits:
            paint_place(painter, trial.card, self._scale.rect_of(trial.card), colours, fits=False)
        for index, day in enumerate(self._plan.days):
            if day.day == now.date():
                paint_now(painter, self._scale, index, now.hour * 3600 + now.minute * 60, colours)
        painter.restore()
        painter.translate(left, 0)
        paint_header(painter, self._plan, self._scale, self._day, now.date(), colours)
        paint_hints(painter, self._scale, self._hints, colours)
        painter.translate(-left, 0)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        room, colours = QRectF(self.viewport().rect()), self._theme.colours
        if self._trial is not None and self._trial.text:
            paint_bubble(painter, room, self._trial_at, self._trial.title, self._trial.text, colours, good=self._trial.fits)
        elif self._told is not None:
            at = self.point_of(self._card) if self._card else QPointF(room.center().x(), HEADER_PX + 30)
            paint_bubble(painter, room, at, *self._told, colours, good=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is not Qt.MouseButton.LeftButton or self._scale is None:
            return
        if event.position().y() < HEADER_PX:
            day = self._scale.day_at(event.position().x() + self.horizontalScrollBar().value())
            if day is not None:
                self.day_picked.emit(day)
            return
        card = self.card_at(event.position())
        if card is not None and card.piece is Piece.VISIT:
            self._pick(card)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._scale is not None and event.position().y() < HEADER_PX:
            day = self._scale.day_at(event.position().x() + self.horizontalScrollBar().value())
            if day is not None:
                self.day_opened.emit(day)
            return
        card = self.card_at(event.position())
        if card is not None and card.account_id is not None:
            self.opened.emit(card.account_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = event.key()
        verb = verb_of_keys(event)
        if verb is not None:
            if self._card is not None:
                self.asked.emit(verb, self._card)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}:
            card = self._neighbour(Qt.Key(key))
            if card is not None:
                self._pick(card)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._card is not None and self._card.account_id is not None:
            self.opened.emit(self._card.account_id)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # While the board has the keyboard, its keys come before those of the window.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._card and verb_of_keys(event):
            event.accept()
            return True
        return super().event(event)

    def _neighbour(self, key: Qt.Key) -> Card | None:
        stops = self._stops(self._card.day if self._card else self._day)
        if self._card is None or self._card not in stops or key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            return (stops[-1] if key == Qt.Key.Key_End else stops[0]) if stops else None
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            index = stops.index(self._card) + (1 if key == Qt.Key.Key_Down else -1)
            return stops[index] if 0 <= index < len(stops) else None
        step = 1 if key == Qt.Key.Key_Right else -1
        day = self._card.day + step
        while self._plan is not None and 0 <= day < len(self._plan.days):
            if others := self._stops(day):
                return min(others, key=lambda card: abs(card.from_s - self._card.from_s) if self._card else 0)
            day += step
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            card = self.card_at(QPointF(event.pos()))
            if card is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(card.tip), self)
            return True
        return super().viewportEvent(event)
