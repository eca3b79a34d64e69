"""What can be done by hand to a visit on the board: its words, its keys, and the change that it is."""

from collections.abc import Callable, Collection
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from planner.model.week import DayPlan, Lock, VisitKind
from planner.usecases.edits import Answer, Board, Edited, Refused, insert, lock, move, remove
from ui.week.board_layout import Card
from ui.words import weekday


class Verb(Enum):
    """One change to a card, with the keys that ask for it."""

    EARLIER = "Alt+Up"
    LATER = "Alt+Down"
    DAY_BEFORE = "Alt+Left"
    DAY_AFTER = "Alt+Right"
    LOCK_DAY = "L"
    LOCK_TIME = "Shift+L"
    TAKE_OUT = "Del"


_ARROWS = {
    Qt.Key.Key_Up: Verb.EARLIER,
    Qt.Key.Key_Down: Verb.LATER,
    Qt.Key.Key_Left: Verb.DAY_BEFORE,
    Qt.Key.Key_Right: Verb.DAY_AFTER,
}
_PLAIN = {Verb.EARLIER: "Earlier", Verb.LATER: "Later", Verb.DAY_BEFORE: "To the day before", Verb.DAY_AFTER: "To the day after"}


def verb_of_keys(event: QKeyEvent) -> Verb | None:
    """The change that keys ask for: arrows with Alt or Ctrl, L, Shift+L, Del."""
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _ARROWS and held in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier):
        return _ARROWS[key]
    if key == Qt.Key.Key_L and held == Qt.KeyboardModifier.NoModifier:
        return Verb.LOCK_DAY
    if key == Qt.Key.Key_L and held == Qt.KeyboardModifier.ShiftModifier:
        return Verb.LOCK_TIME
    if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and held == Qt.KeyboardModifier.NoModifier:
        return Verb.TAKE_OUT
    return None


def words_of(verb: Verb, card: Card) -> str:
    """A change in the words of a menu."""
    if verb is Verb.LOCK_DAY:
        return "Unlock its day" if card.lock is Lock.DAY else "Lock to its day"
    if verb is Verb.LOCK_TIME:
        return "Unlock its time" if card.lock is Lock.TIME else "Lock to its time"
    return "Take out of the plan" if verb is Verb.TAKE_OUT else _PLAIN[verb]


def edit_of(verb: Verb, key: str) -> Callable[[Board], Answer]:
    """The change to a board that a verb makes to one visit."""
    return {
        Verb.EARLIER: lambda board: _shift(board, key, -1),
        Verb.LATER: lambda board: _shift(board, key, 1),
        Verb.DAY_BEFORE: lambda board: _other_day(board, key, -1),
        Verb.DAY_AFTER: lambda board: _other_day(board, key, 1),
        Verb.LOCK_DAY: lambda board: lock(board, key, _turned(board, key, Lock.DAY)),
        Verb.LOCK_TIME: lambda board: lock(board, key, _turned(board, key, Lock.TIME)),
        Verb.TAKE_OUT: lambda board: remove(board, key),
    }[verb]


def add(board: Board, key: str, working: Collection[int] = range(7)) -> Answer:
    """Put a visit where it takes least in the whole week; where it fits on no day, the rule of the first day it is open on."""
    answers = [on_working_days(board, insert(board, key, day), working) for day in range(len(board.plan.days))]
    fitting = [answer for answer in answers if isinstance(answer, Edited)]
    if fitting:
        return min(fitting, key=lambda answer: answer.board.plan.drive_s)
    open_on = {window.day for window in board.candidate(key).windows}
    refused = next((answer for day, answer in enumerate(answers) if day in open_on), answers[0])
    assert isinstance(refused, Refused)
    return Refused(f"It fits on no day as the week is. {refused.text}", refused.day)


def on_working_days(board: Board, answer: Answer, working: Collection[int]) -> Answer:
    """The answer, but for one that puts the first visit on a weekday that is not a working one (0 = Monday)."""
    if not isinstance(answer, Edited):
        return answer
    for index, (before, after) in enumerate(zip(board.plan.days, answer.board.plan.days, strict=True)):
        if after.day.weekday() not in working and has_visits(after) and not has_visits(before):
            name = weekday(after.day)
            return Refused(f"{name} is not one of your working days. Make it one in the settings, then plan it.", index)
    return answer


def has_visits(day: DayPlan) -> bool:
    """Whether anybody is visited on a day; appointments are no visits."""
    return any(stop.kind is not VisitKind.DUTY for stop in day.stops)


def _shift(board: Board, key: str, step: int) -> Answer:
    """The nearest place before or after that keeps every rule; where there is none, the rule that the next one breaks."""
    found = board.find(key)
    if found is None:
        return Refused(f"{board.candidate(key).title} is not planned.")
    day, position = found
    last = len(board.solution.routes[day]) - 1
    answers: list[Answer] = []
    for at in range(position + step, -1 if step < 0 else last + 1, step):
        answer = move(board, key, day, at)
        if isinstance(answer, Edited):
            return answer
        answers.append(answer)
    return answers[0] if answers else Refused(f"It is the {'first' if step < 0 else 'last'} visit of the day already.", day)


def _other_day(board: Board, key: str, step: int) -> Answer:
    found = board.find(key)
    if found is None:
        return Refused(f"{board.candidate(key).title} is not planned.")
    day = found[0] + step
    if not 0 <= day < len(board.solution.routes):
        return Refused(f"It is on the {'first' if step < 0 else 'last'} day of the week already.", found[0])
    return move(board, key, day)


def _turned(board: Board, key: str, how: Lock) -> Lock:
    stops = (stop for day in board.plan.days for stop in day.stops if key in (stop.key, stop.block))
    return Lock.NONE if next((stop.lock for stop in stops), Lock.NONE) is how else how
