"""Two visits change places: S on the one and S on the other, or from the menu of a card."""

from itertools import groupby

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from planner.model.week import VisitKind
from planner.usecases.edits import swap
from ui.safety.read_only import WHY
from ui.week.board import WeekBoard
from ui.week.board_layout import Card, Piece
from ui.week.board_verbs import BoardVerbs
from ui.words import clock, short_day

CHOOSE = "Now choose the other visit and press S on it. Esc leaves it where it is."


class Swaps(QObject):
    """Remembers the first visit until the second is chosen."""

    def __init__(self, verbs: BoardVerbs, board: WeekBoard) -> None:
        super().__init__(board)
        self._verbs, self._board = verbs, board
        self.first: Card | None = None
        board.swap_asked.connect(self.ask)
        board.left.connect(self.leave)

    def ask(self, card: Card) -> None:
        """Take a card as the first one, or change places with the first one; the same card twice lets it go."""
        first = self.first
        if first is not None and not any(each.key == first.key for each in self._board.cards):
            first = None
        if first is None:
            self.first = card
            self._board.show_swapped(card.key)
            self._board.tell(card.title, CHOOSE, good=True)
            return
        self.leave()
        if first.key != card.key:
            self.swap(first, card)

    def leave(self) -> None:
        """Forget the first card."""
        if self.first is not None:
            self.first = None
            self._board.show_swapped("")
            self._board.tell("", "")

    def swap(self, one: Card, other: Card) -> None:
        """Let two visits change places."""
        self._verbs.commit(lambda board: swap(board, one.key, other.key), one.title)

    def fill(self, menu: QMenu, card: Card, *, read_only: bool) -> None:
        """Put the visits that a card can change places with into its menu, day by day."""
        plan, others = self._board.plan, self._others(card)
        if plan is None or not card.key or not others:
            return
        more = menu.addMenu("Swap with\tS")
        more.setEnabled(not read_only)
        more.setToolTip(WHY if read_only else "")
        for day, visits in groupby(others, key=lambda each: each.day):
            of_day = more.addMenu(short_day(plan.days[day].day))
            for other in visits:
                text = f"{clock(other.from_s)}  {other.title}".replace("&", "&&")
                of_day.addAction(text, lambda other=other: self.swap(card, other))

    def _others(self, card: Card) -> list[Card]:
        visits = {each.key: each for each in reversed(self._board.cards) if each.piece is Piece.VISIT and each.kind is not VisitKind.DUTY}
        return sorted((each for key, each in visits.items() if key != card.key), key=lambda each: (each.day, each.from_s))
