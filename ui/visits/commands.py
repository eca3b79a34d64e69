"""What is done to visits from the window: log, change, take out, tick a next step off."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from planner.model.changes import Changes
from planner.model.tracking import Visit
from planner.model.week import DayPlan, Stop
from planner.usecases.log_visit import delete_visit, next_step_done
from ui.context import AppContext
from ui.errors import show_error
from ui.visits.sheet import Sheet, sheet_of_account, sheet_of_rep, sheet_of_visit, stop_of_now, wall_clock
from ui.visits.words import outcome_words
from ui.words import month_day

NOTHING = "Select an account first: nothing is left to log of today's plan."


class VisitCommands(QObject):
    """One method a deed; dialogs open over the window that `window` is, or is in."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    @property
    def read_only(self) -> bool:
        """Whether this window only shows the data."""
        return self._context.workspace.read_only

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"log-visit": self.log}

    def log(self) -> None:
        """Log a visit to the account that is selected, else to the stop of now."""
        selected = self._context.desk.selected
        if selected is not None:
            self.log_at(selected)
            return
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: stop_of_now(workspace), self._log_stop_of_now, self._fail, lane="stop of now", latest=True)

    def log_at(self, account_id: int, when: datetime | None = None) -> None:
        """Log a visit to an account that was over by `when`; now when not given."""
        desk, workspace = self._context.desk, self._context.workspace
        account = desk.accounts.get(account_id)
        now = when or wall_clock(desk.settings)
        self._open(account.name if account else "", lambda: sheet_of_account(workspace, account_id, now))

    def log_stop(self, day: DayPlan, stop: Stop) -> None:
        """Log a planned stop, at the time it was planned for."""
        if stop.account_id is not None:
            self.log_at(stop.account_id, datetime(day.day.year, day.day.month, day.day.day) + timedelta(seconds=stop.leave_s))  # noqa: DTZ001 - a wall clock

    def log_help(self, rep: str) -> None:
        """Log help for a rep at no account."""
        workspace = self._context.workspace
        self._open(f"Help for {rep}", lambda: sheet_of_rep(workspace, rep))

    def change(self, visit: Visit) -> None:
        """Change a visit that is logged."""
        workspace = self._context.workspace
        self._open("", lambda: sheet_of_visit(workspace, visit))

    def take_out(self, visit: Visit) -> None:
        """Take a visit out; no question is asked, as undo brings it back."""
        workspace = self._context.workspace
        what = f"{outcome_words(visit)}, {month_day(visit.day)}"
        self._run(lambda: delete_visit(workspace, visit.id), f"Taken out: {what}. Ctrl+Z brings it back.")

    def tick(self, visit: Visit, *, done: bool) -> None:
        """Say that the next step of a visit was done, or not yet."""
        workspace = self._context.workspace
        self._run(lambda: next_step_done(workspace, visit.id, done=done), f"{'Done' if done else 'Not done'}: {visit.next_step}")

    def draft_mail(self, visit: Visit) -> None:
        """Draft a mail to the people of a visit."""
        from ui.visits.mail_dialog import MailDialog

        MailDialog(self._context, visit, self._window.window()).open()

    def _log_stop_of_now(self, stop: Stop | None) -> None:
        if stop is None or stop.account_id is None:
            self._context.bus.told.emit(NOTHING)
        else:
            self.log_at(stop.account_id)

    def _open(self, title: str, load: Callable[[], Sheet]) -> None:
        from ui.visits.log_dialog import LogVisit  # what few starts need is imported when it is asked for

        LogVisit(self._context, title, load, self._window.window()).open()

    def _run(self, verb: Callable[[], Changes], told: str) -> None:
        bus = self._context.bus

        def done(changes: Changes) -> None:
            bus.changed.emit(changes)
            bus.told.emit(told)

        self._context.runner.run(lambda _job: verb(), done, self._fail, lane="data")

    def _fail(self, error: BaseException) -> None:
        show_error(error, self._window.window())
