"""What can be done by hand to a whole day of the board: each is one change, and leaves what is held fast as it is."""

from collections.abc import Callable
from enum import Enum

from planner.model.week import DayPlan, Lock, VisitKind
from planner.usecases.edits import Answer, Board, Edited, Refused, keep_order, lock, remove, reverse
from ui.words import short_weekday


class DayVerb(Enum):
    """One change to a day, in the words of its menu."""

    REVERSE = "Reverse the order"
    KEEP_ORDER = "Keep this order when planning"
    LOCK_ALL = "Lock all visits to this day"
    UNLOCK_ALL = "Unlock all visits"
    CLEAR = "Clear the day"


def day_edit_of(verb: DayVerb, day: int) -> Callable[[Board], Answer]:
    """The change to a board that a verb makes to one of its days."""
    return {
        DayVerb.REVERSE: lambda board: _reversed(board, day),
        DayVerb.KEEP_ORDER: lambda board: keep_order(board, day, keep=not board.plan.days[day].keep_order),
        DayVerb.LOCK_ALL: lambda board: lock_all(board, day, Lock.DAY),
        DayVerb.UNLOCK_ALL: lambda board: lock_all(board, day, Lock.NONE),
        DayVerb.CLEAR: lambda board: clear_day(board, day),
    }[verb]


def clear_day(board: Board, day: int) -> Answer:
    """Take every visit of a day out that is not held fast."""
    name, after, taken = _name(board, day), board, 0
    for key in _visits(board.plan.days[day]):
        answer = remove(after, key)
        if isinstance(answer, Edited):
            after, taken = answer.board, taken + 1
    if not taken:
        return Refused(f"There is nothing on {name} to take out: what is there is locked, a must, or an appointment.", day)
    return Edited(after, f"Clear {name}")


def lock_all(board: Board, day: int, how: Lock) -> Answer:
    """Hold every visit of a day on it that is not held at its minute, or let go of all."""
    name, after, turned = _name(board, day), board, 0
    for key, held in _visits(board.plan.days[day]).items():
        if held is how or (how is Lock.DAY and held is Lock.TIME):
            continue
        answer = lock(after, key, how)
        if isinstance(answer, Edited):
            after, turned = answer.board, turned + 1
    if not turned:
        return Refused(f"There is no visit on {name} to {'unlock' if how is Lock.NONE else 'lock'}.", day)
    return Edited(after, f"{'Unlock' if how is Lock.NONE else 'Lock'} all visits of {name}")


def _reversed(board: Board, day: int) -> Answer:
    if len(board.solution.routes[day]) < 2:
        return Refused(f"There is nothing to reverse on {_name(board, day)}.", day)
    return reverse(board, day)


def _visits(day: DayPlan) -> dict[str, Lock]:
    """The visits of a day by key, the parts of a block as one, and how each is held."""
    return {stop.block or stop.key: stop.lock for stop in day.stops if stop.kind is not VisitKind.DUTY}


def _name(board: Board, day: int) -> str:
    return short_weekday(board.plan.days[day].day)
