"""Whose free time the board shows behind the cards: of the rep who is chosen, or who comes along on the visit that is marked or dragged."""

from PySide6.QtCore import QObject, Signal

from planner.model.accounts import Rep
from planner.usecases.rep_time import FreeTime, rep_time
from planner.usecases.team import list_reps
from ui.context import AppContext
from ui.week.board_view import BoardView


class FreeTimeOf(QObject):
    """Looks times up off the GUI thread. `shown` tells that another rep, or another team, is on show."""

    shown = Signal()

    def __init__(self, context: AppContext, board: BoardView) -> None:
        super().__init__(board)
        self._context, self._board = context, board
        self.reps: tuple[str, ...] = ()
        self.chosen = ""
        self._marked = self._carried = ""
        context.bus.accounts_shown.connect(self._load)
        context.bus.pack_shown.connect(self._load)

    @property
    def rep(self) -> str:
        """Whose time is wanted now, or nothing."""
        return self._carried or self.chosen or self._marked

    def choose(self, rep: str) -> None:
        """Show the time of a rep whatever is marked; an empty name leaves that to the visit that is marked."""
        self.chosen = rep
        self.look()

    def mark(self, rep: str) -> None:
        """A visit is marked that this rep comes along on, if anyone."""
        if rep != self._marked:
            self._marked = rep
            self.look()

    def carry(self, rep: str) -> None:
        """A visit is dragged that this rep comes along on, if anyone."""
        if rep != self._carried:
            self._carried = rep
            self.look()

    def look(self) -> None:
        """Look up the time of the rep who is wanted, on the days on show."""
        rep, plan, workspace = self.rep, self._board.plan, self._context.workspace
        if not rep or plan is None or rep not in self.reps:
            self._board.show_free_time("", None)
            self.shown.emit()
            return
        days = [day.day for day in plan.days]

        def show(free: FreeTime) -> None:
            now = self._board.plan
            if rep == self.rep and now is not None and [day.day for day in now.days] == days:
                self._board.show_free_time(rep, free)
                self.shown.emit()

        self._context.runner.run(
            lambda _job: rep_time(workspace, rep, days), show, self._fail, lane="rep time", latest=True, background=True
        )

    def _load(self, _news: object) -> None:
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: list_reps(workspace), self._show_reps, self._fail, lane="reps of the board", latest=True)

    def _show_reps(self, reps: list[Rep]) -> None:
        self.reps = tuple(rep.name for rep in reps)
        if self.chosen not in self.reps:
            self.chosen = ""
        self.look()

    def _fail(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))
