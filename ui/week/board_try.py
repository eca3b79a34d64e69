"""What would happen if a visit were put down here: asked of the board in memory, nothing is kept. Knows no widget."""

from collections.abc import Collection

from planner.usecases.edits import Answer, Board, Edited, insert, move, remove
from planner.values import Struct, replace
from ui.week.board_layout import Card, Piece, cards_of
from ui.week.verbs import on_working_days
from ui.words import short_weekday, span, times


class Hint(Struct, frozen=True):
    """How a day takes a visit, in a few words."""

    text: str
    good: bool

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return {"No more driving": "+0 min", "Does not fit": "No"}.get(self.text, self.text.removesuffix(" driving"))


class Trial(Struct, frozen=True):
    """A drop that is being thought of: whether it `fits`, in words, and the `cards` of the week as it would be.

    `card` is where the visit would stand, None when it is taken out. `day` and `position` are where it was asked for: -1 for taking out,
    None for where it takes least. `changes` says whether the week would be another one, `driving` how much more or less it would drive.
    """

    key: str
    title: str
    fits: bool
    text: str
    cards: tuple[Card, ...]
    card: Card | None = None
    day: int = -1
    position: int | None = None
    changes: bool = False
    driving: str = ""


class Tries:
    """The questions of one drag, each asked once: where a visit fits on this board, and what it would take."""

    def __init__(self, board: Board, key: str, units: str = "miles", working: Collection[int] = range(7)) -> None:
        self.board, self.key, self._units, self._working = board, key, units, working
        self.planned = board.find(key) is not None
        candidate = board.candidate(key)
        self.title, self._kind, self._length_s = candidate.title, candidate.kind, candidate.service_s
        self.rep = candidate.rep
        self._slots = [_middles(board, key, day) for day in range(len(board.plan.days))]
        self._trials: dict[tuple[int, int | None], Trial] = {}
        self._out: Trial | None = None

    def at(self, day: int, time_s: int) -> Trial:
        """What a drop on a day at a time does; a visit that does not fit there is shown at this very time."""
        trial = self._trial(day, sum(middle < time_s for middle in self._slots[day]))
        if trial.fits:
            return trial
        start = time_s - self._length_s // 2
        return replace(trial, card=Card(Piece.VISIT, day, start, start + self._length_s, self.title, self._kind, key=self.key))

    def best(self, day: int) -> Trial:
        """What a drop on the name of a day does: the visit goes where it takes least."""
        return self._trial(day, None)

    def out(self) -> Trial:
        """What taking the visit out does; of one that is not planned, nothing."""
        if self._out is None:
            nothing = Trial(self.key, self.title, fits=False, text="", cards=self._as_is())
            self._out = self._tried(remove(self.board, self.key), -1, None) if self.planned else nothing
        return self._out

    def hints(self) -> tuple[Hint | None, ...]:
        """How each day takes the visit where it fits best; None for those that are not looked at yet."""
        known = [self._trials.get((day, None)) for day in range(len(self._slots))]
        return tuple(trial and Hint(trial.driving if trial.fits else "Does not fit", good=trial.fits) for trial in known)

    def look_further(self) -> bool:
        """Look at one more day; false when all are looked at."""
        day = next((day for day in range(len(self._slots)) if (day, None) not in self._trials), None)
        if day is not None:
            self.best(day)
        return day is not None

    def put(self, board: Board, day: int, position: int | None) -> Answer:
        """Move the visit, or add it when it is not planned."""
        return on_working_days(board, (move if self.planned else insert)(board, self.key, day, position), self._working)

    def _driving(self, answer: Edited) -> str:
        more = answer.board.plan.drive_s - self.board.plan.drive_s
        if abs(more) < 30:
            return "No more driving"
        return f"{'+' if more > 0 else '−'}{span(abs(more))} driving"

    def _trial(self, day: int, position: int | None) -> Trial:
        if (day, position) not in self._trials:
            self._trials[day, position] = self._tried(self.put(self.board, day, position), day, position)
        return self._trials[day, position]

    def _tried(self, answer: Answer, day: int, position: int | None) -> Trial:
        if not isinstance(answer, Edited):
            return Trial(self.key, self.title, fits=False, text=answer.text, cards=self._as_is(), day=day, position=position)
        cards, driving = cards_of(answer.board.plan, self._units), self._driving(answer)
        card = next((card for card in cards if card.key == self.key), None)
        if card is None:
            text = f"Take out · {driving}"
            return Trial(self.key, self.title, fits=True, text=text, cards=cards, changes=True, driving=driving)
        when = f"{short_weekday(answer.board.plan.days[card.day].day)} {times(card.from_s, card.to_s)}"
        changes = answer.board.solution != self.board.solution
        text = f"{when} · {driving}" if changes else f"{when}, as it is"
        return Trial(self.key, self.title, True, text, cards, card, day, position, changes, driving)

    def _as_is(self) -> tuple[Card, ...]:
        return cards_of(self.board.plan, self._units)


def key_on(board: Board, key: str, account_id: int | None) -> str | None:
    """What the board calls a visit of the plan, or an account that is left out; None when it cannot be visited that week."""
    known = (key, f"account-{account_id}" if account_id is not None else "")
    return next((each for each in known if each in board.frame.number), None)


def _middles(board: Board, key: str, day: int) -> list[float]:
    """The middle of each visit of a day in its order, the parts of a block together, the visit itself left out."""
    spans: dict[str, tuple[int, int]] = {}
    for stop in board.plan.days[day].stops:
        name = board.frame.key_of(stop.key, stop.block)
        if name != key:
            begin, _end = spans.get(name, (stop.start_s, stop.leave_s))
            spans[name] = (begin, stop.leave_s)
    return [(begin + end) / 2 for begin, end in spans.values()]
