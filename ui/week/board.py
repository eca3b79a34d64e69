"""The week board: days across, time down; cards as long as the visit. What the mouse and the keys do on it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.week.board_layout import Card, Piece
from ui.week.board_view import BoardView
from ui.week.verbs import verb_of_keys
from ui.week.zoom import zoom_of_keys

_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}


class WeekBoard(BoardView):
    """Click or arrows select a card, a click on a day's name makes it the active day, Enter opens.

    `asked` carries what the keys ask to be done to the card that is marked: a `Verb` and the `Card`; `swap_asked` is S on a card,
    `day_menu_asked` M, and `left` Esc.
    """

    selected = Signal(object)
    day_picked = Signal(int)
    opened = Signal(int)
    day_opened = Signal(int)
    asked = Signal(object, object)
    swap_asked = Signal(object)
    day_menu_asked = Signal(int)
    left = Signal()

    def select(self, account_id: int | None) -> None:
        """Mark the card of an account and bring it into view; nothing when it is not planned."""
        if account_id is not None and self._card is not None and self._card.account_id == account_id:
            return
        found = next((card for card in self._cards if account_id is not None and card.account_id == account_id), None)
        self._mark(found)

    def _stops(self, day: int) -> list[Card]:
        return sorted((card for card in self._cards if card.day == day and card.piece is Piece.VISIT), key=lambda card: card.from_s)

    def pick(self, card: Card) -> None:
        """Mark a card, and tell of it."""
        self._mark(card)
        if card.day != self._day:
            self.day_picked.emit(card.day)
        self.selected.emit(card.account_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is not Qt.MouseButton.LeftButton or self._scale is None:
            return
        if event.position().y() < self.header_px:
            day = self.day_at(event.position())
            if day is not None:
                self.day_picked.emit(day)
            return
        card = self.card_at(event.position())
        if card is not None and card.piece is Piece.VISIT:
            self.pick(card)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._scale is not None and event.position().y() < self.header_px:
            day = self.day_at(event.position())
            if day is not None:
                self.day_opened.emit(day)
            return
        card = self.card_at(event.position())
        if card is not None and card.account_id is not None:
            self.opened.emit(card.account_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        verb, factor = verb_of_keys(event), zoom_of_keys(event)
        if self._is_above():  # what a button above the days leaves over is not for the cards
            super().keyPressEvent(event)
        elif verb is not None:
            if self._card is not None:
                self.asked.emit(verb, self._card)
        elif factor is not None:
            self.zoom(factor or None)
        elif event.key() in _ARROWS:
            card = self._neighbour(Qt.Key(event.key()))
            if card is not None:
                self.pick(card)
        elif not self._ask(event):
            super().keyPressEvent(event)

    def _ask(self, event: QKeyEvent) -> bool:
        """The keys that only ask; says whether it is one of them."""
        key, card = event.key(), self._card
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self._plan is None:
            return False
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and card is not None and card.account_id is not None:
            self.opened.emit(card.account_id)
        elif key == Qt.Key.Key_S and card is not None and card.key:
            self.swap_asked.emit(card)
        elif key == Qt.Key.Key_M:
            self.day_menu_asked.emit(card.day if card else self._day)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def event(self, event: QEvent) -> bool:
        # While the board has the keyboard, its keys come before those of the window.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and not self._is_above():
            takes = zoom_of_keys(event) is not None or (self._card is not None and verb_of_keys(event) is not None)
            event.setAccepted(takes)
            return True
        return super().event(event)

    def _is_above(self) -> bool:
        """Whether the keyboard is in the strip above the days."""
        focus = QApplication.focusWidget()
        return focus is not None and focus is not self and self.isAncestorOf(focus)

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
