"""What Undo and Redo did to the week on the board: the visit that stands elsewhere now is marked and brought into sight."""

from datetime import date

from PySide6.QtCore import QObject

from planner.model.changes import Changes
from planner.model.week import Lock, VisitKind, WeekPlan
from ui.bus import Bus
from ui.week.board import WeekBoard
from ui.week.board_layout import Piece
from ui.week.board_verbs import BoardVerbs

Spot = tuple[date, str]
"""A day and the key of a visit, as a card has it."""


class BoardUndone(QObject):
    """Listens for Undo and Redo; to be made when the board follows the bus already, so that it comes after it."""

    def __init__(self, bus: Bus, verbs: BoardVerbs, board: WeekBoard) -> None:
        super().__init__(board)
        self._board = board
        self._before: WeekPlan | None = None
        bus.changed.connect(self._follow_change)
        bus.plan_shown.connect(self._look)
        verbs.opened.connect(self._look_once_more)

    def _follow_change(self, changes: Changes) -> None:
        self._before = self._board.plan if changes.turned and changes.plans else None

    def _look(self, _plan: object = None) -> None:
        plan = self._board.plan
        spot = moved_visit(self._before, plan) if self._before and plan else None
        if plan is None or spot is None:
            return
        self._before = None
        day = [day.day for day in plan.days].index(spot[0])
        card = next((each for each in self._board.cards if (each.piece, each.day, each.key) == (Piece.VISIT, day, spot[1])), None)
        if card is not None:
            self._board.pick(card)

    def _look_once_more(self) -> None:
        """The days of a second week come with the board only."""
        self._look()
        self._before = None


def moved_visit(before: WeekPlan, after: WeekPlan) -> Spot | None:
    """The one visit that is on another day, in another place of its day, or locked otherwise; None where there are none or several."""
    was, now = _days(before), _days(after)
    come = [(day, key) for day, keys in now.items() for key in keys if key not in was.get(day, {})]
    if come:
        return come[0] if len(come) == 1 else None
    gone = any(key not in now.get(day, {}) for day, keys in was.items() for key in keys)
    if gone:
        return None
    turned = [(day, key) for day, keys in now.items() for key in _out_of_order(list(was.get(day, {})), list(keys))]
    locked = [(day, key) for day, keys in now.items() for key, lock in keys.items() if lock != was[day][key]]
    return next((found[0] for found in (turned, locked) if len(found) == 1), None)


def _days(plan: WeekPlan) -> dict[date, dict[str, Lock]]:
    """The visits of each day in their order, with how they are locked."""
    return {day.day: {stop.block or stop.key: stop.lock for stop in day.stops if stop.kind is not VisitKind.DUTY} for day in plan.days}


def _out_of_order(before: list[str], after: list[str]) -> list[str]:
    """The visits without which the others of a day are in the same order as before; of two neighbours that changed places, both."""
    if before == after:
        return []
    return [key for key in after if [each for each in before if each != key] == [each for each in after if each != key]]
