"""Why a visit is on its day: what every other day of the board would cost, in one plain line."""

from PySide6.QtCore import QObject, Signal

from ui.context import AppContext
from ui.week.board_try import Hint, Tries, key_on
from ui.week.board_verbs import BoardVerbs
from ui.words import short_day, weekday

WEEK_DAYS = 7
ANSWER = tuple[str, str]
"""The day a visit is on, and what the others would cost."""


class WhyDay(QObject):
    """Asks the board in memory about the account that is selected, off the GUI thread; `told` its id, the day's name and the line."""

    told = Signal(int, str, str)

    def __init__(self, context: AppContext, verbs: BoardVerbs) -> None:
        super().__init__(verbs)
        self._context, self._verbs = context, verbs
        context.bus.selected.connect(self._ask)
        verbs.opened.connect(lambda: self._ask(context.desk.selected))

    def _ask(self, account_id: int | None) -> None:
        board, desk = self._verbs.board, self._context.desk
        key = key_on(board, f"account-{account_id}", account_id) if board is not None and account_id is not None else None
        if board is None or account_id is None or key is None or board.find(key) is None:
            return
        tries, chosen = Tries(board, key, desk.units, self._verbs.working), account_id

        def tell(answer: ANSWER) -> None:
            if desk.selected == chosen:
                self.told.emit(chosen, *answer)

        self._context.runner.run(lambda _job: why_day(tries), tell, lane="why that day", latest=True, background=True)


def why_day(tries: Tries) -> ANSWER:
    """The name of the day that a planned visit is on, and what each other day would cost; those that cannot be come last, together."""
    days = tries.board.plan.days
    on = next(index for index, day in enumerate(days) if any(stop.key == tries.key for stop in day.stops))
    costs, never = [], []
    for index, day in enumerate(days):
        name = short_day(day.day) if len(days) > WEEK_DAYS else weekday(day.day)
        if index != on and (trial := tries.best(index)).fits:
            costs.append(f"{name} {Hint(trial.driving, good=True).short}")
        elif index != on:
            never.append(name)
    if never:
        together = " and ".join([", ".join(never[:-1]), never[-1]] if len(never) > 1 else never)
        costs.append(f"it does not fit on {together}")
    text = ", ".join(costs) or "it is the only day"
    return weekday(days[on].day), f"{text[:1].upper()}{text[1:]}."
