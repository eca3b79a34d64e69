"""The week board for screen readers: a list whose items are the cards of the week, day by day."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, override
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

from planner.model.week import Lock, WeekPlan
from ui.week.board_layout import LOCKS, Card, Piece
from ui.words import KINDS, clock, near_day, short_weekday, span

if TYPE_CHECKING:
    from ui.week.board_view import BoardView

_PIECES = (Piece.VISIT, Piece.LUNCH, Piece.BLOCK, Piece.NIGHT)
"""What is told, one by one; drives are told with the visits that they lead to."""


def told_cards(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards that are told, in the order of time."""
    return tuple(sorted((card for card in cards if card.piece in _PIECES), key=lambda card: (card.day, card.from_s)))


def name_of(card: Card, plan: WeekPlan) -> str:
    """A card in one line: "Tue 7:32 Vance Powder Metal, capture, 60 min, locked to its day"."""
    if card.piece is Piece.NIGHT:
        return f"{_day(plan, card.day)} night at {card.title}"
    parts = [f"{_day(plan, card.day)} {clock(card.from_s)} {card.title}"]
    parts += [KINDS[card.kind].lower()] if card.piece is Piece.VISIT else []
    parts += [span(card.to_s - card.from_s)]
    parts += [LOCKS[card.lock]] if card.lock is not Lock.NONE else []
    parts += [f"with {card.rep}"] if card.rep else []
    return ", ".join(parts)


def _day(plan: WeekPlan, index: int) -> str:
    """The name of the day, with its date where the name is not enough."""
    day = plan.days[index].day
    return short_weekday(day) if len(plan.days) <= 7 else near_day(day)


class Days(QWidget):
    """What the board is painted in; for a screen reader a list of cards."""

    def __init__(self, board: "BoardView") -> None:
        super().__init__(board)
        self._list = CardList(self, board)
        _offer_lists()

    def list_of_cards(self) -> "CardList":
        """The list that a screen reader reads."""
        return self._list

    def tell_card(self, card: Card) -> None:
        """Tell a screen reader which card is marked now."""
        number = self._list.number_of(card) if QAccessible.isActive() else -1
        if number >= 0:
            news = QAccessibleEvent(self, QAccessible.Event.Focus)
            news.setChild(number)
            QAccessible.updateAccessibility(news)

    def tell_plan(self) -> None:
        """Tell a screen reader that there are other cards now."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.ObjectReorder))


class _OfBoard:
    """What knows a board that may be gone."""

    def __init__(self, board: "BoardView") -> None:
        self._ref = ref(board)

    @property
    def board(self) -> "BoardView | None":
        """The board, as long as there is one."""
        board = self._ref()
        return board if board is not None and isValid(board) else None

    @property
    def cards(self) -> tuple[Card, ...]:
        """What is told of it."""
        board = self.board
        return told_cards(board.cards) if board is not None else ()


class CardList(QAccessibleWidget):
    """The cards of a board as a list. Items are made once and kept, for Qt and Python both hold on to them."""

    def __init__(self, days: Days, board: "BoardView") -> None:
        super().__init__(days, QAccessible.Role.List, "Visits of the week")
        self._of, self._items = _OfBoard(board), list[CardItem]()

    def number_of(self, card: Card) -> int:
        """The place of a card on the list, -1 for none."""
        cards = self._of.cards
        return cards.index(card) if card in cards else -1

    @override
    def childCount(self) -> int:
        return len(self._of.cards)

    @override
    def child(self, index: int) -> QAccessibleInterface | None:
        board = self._of.board
        if board is None or not 0 <= index < self.childCount():
            return None
        while len(self._items) <= index:
            self._items.append(CardItem(board, len(self._items)))
        return self._items[index]

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.number if isinstance(child, CardItem) else -1

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        board = self._of.board
        card = board.card_at(QPointF(board.days.mapFromGlobal(QPoint(x, y)))) if board is not None else None
        return self.child(self.number_of(card)) if card is not None else None

    @override
    def focusChild(self) -> QAccessibleInterface | None:
        board = self._of.board
        return self.child(self.number_of(board.current)) if board is not None and board.current is not None else None


class CardItem(QAccessibleInterface):
    """The card with this number on the list."""

    def __init__(self, board: "BoardView", number: int) -> None:
        super().__init__()
        self._of, self.number = _OfBoard(board), number

    @property
    def _card(self) -> Card | None:
        cards = self._of.cards
        return cards[self.number] if self.number < len(cards) else None

    @override
    def isValid(self) -> bool:
        return self._card is not None

    @override
    def object(self) -> QObject | None:
        return None

    @override
    def parent(self) -> QAccessibleInterface | None:
        board = self._of.board
        return board.days.list_of_cards() if board is not None else None

    @override
    def child(self, index: int) -> QAccessibleInterface | None:
        return None

    @override
    def childCount(self) -> int:
        return 0

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        return None

    @override
    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    @override
    def rect(self) -> QRect:
        card, board = self._card, self._of.board
        return board.rect_on_screen(card) if card is not None and board is not None else QRect()

    @override
    def state(self) -> QAccessible.State:
        card, board, state = self._card, self._of.board, QAccessible.State()
        if card is None or board is None:
            state.invalid = True
            return state
        state.selectable = state.focusable = True
        state.selected = card is board.current
        state.focused = state.selected and board.hasFocus()
        state.offscreen = not board.rect_on_screen(card).intersects(QRect(board.days.mapToGlobal(QPoint()), board.days.size()))
        return state

    @override
    def text(self, what: QAccessible.Text) -> str:
        card, board = self._card, self._of.board
        if card is None or board is None or board.plan is None:
            return ""
        if what is QAccessible.Text.Name:
            return name_of(card, board.plan)
        return board.tip_of(card).replace("\n", ", ") if what is QAccessible.Text.Description else ""

    @override
    def setText(self, what: QAccessible.Text, text: str) -> None:
        pass


@cache
def _offer_lists() -> None:
    """Let Qt ask here for the list of a board, once for the whole application."""
    QAccessible.installFactory(_list_of)


def _list_of(kind: str, what: QObject) -> QAccessibleInterface | None:
    return what.list_of_cards() if kind == Days.__name__ and isinstance(what, Days) else None
