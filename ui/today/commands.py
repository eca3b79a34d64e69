"""What the buttons of the Today page do: a verb off the GUI thread, with its progress and its news told in the page."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import UserProblem
from planner.model.week import DayPlan, Stop
from planner.usecases.today import Here, OnDay
from ui.context import AppContext
from ui.errors import show_error
from ui.today import verbs
from ui.today.day_log import DayLog
from ui.today.verbs import News
from ui.visits.commands import VisitCommands
from ui.workers import Job


class TodayCommands(QObject):
    """One method a button. `began` carries the job, `told` the news, `refused` the problem; `found` who is near."""

    began = Signal(object)
    told = Signal(object)
    refused = Signal(object)
    found = Signal(object)

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._visits = VisitCommands(context, window)

    @property
    def read_only(self) -> bool:
        """Whether this window only shows the data."""
        return self._visits.read_only

    def arrive(self, day: DayPlan, stop: Stop, now_s: int) -> None:
        """Note that she has come."""
        workspace = self._context.workspace
        self._change(lambda _job: verbs.arrive(workspace, day.day, stop, now_s), "Noting when you came")

    def log(self, day: DayPlan, stop: Stop, log: DayLog, now: datetime) -> None:
        """Log a stop: from when she came, else as it was planned."""
        workspace, account_id = self._context.workspace, stop.account_id
        since = verbs.log_when(day, stop, log, now)
        if since is None or account_id is None:
            self._visits.log_stop(day, stop)
            return
        from ui.visits.log_dialog import LogVisit  # what few starts need is imported when it is asked for

        on = datetime(day.day.year, day.day.month, day.day.day)  # noqa: DTZ001 - a wall clock
        LogVisit(self._context, stop.title, lambda: verbs.sheet_since(workspace, account_id, *since, on), self._window.window()).open()

    def skip(self, day: DayPlan, stop: Stop, here: Here) -> None:
        """Plan the rest of the day without a stop."""
        workspace = self._context.workspace
        self._change(lambda job: verbs.skip(workspace, day, stop, here, job.report, job.stopping), f"Planning without {stop.title}")

    def run_late(self, day: DayPlan, here: Here) -> None:
        """Plan the rest of the day from now and here."""
        workspace = self._context.workspace
        self._change(lambda job: verbs.run_late(workspace, day, here, job.report, job.stopping), "Planning the rest of today")

    def look_near(self, here: Here) -> None:
        """Find who is near."""
        workspace = self._context.workspace
        self._run(lambda job: verbs.who_is_near(workspace, here, job.report), self._tell_found, "Looking who is near", "near")

    def put_in(self, day: DayPlan, account_id: int, here: Here) -> None:
        """See somebody today as well."""
        workspace = self._context.workspace
        self._change(lambda job: verbs.put_in(workspace, day, account_id, here, job.report, job.stopping), "Putting it in")

    def _change(self, verb: Callable[[Job], News], label: str) -> None:
        self._run(verb, self._tell, label, "data")

    def _run(self, verb: Callable[[Job], object], done: Callable[..., None], label: str, lane: str) -> None:
        for job in self._context.runner.jobs:
            if job.lane == "drive times":  # she is waiting, and it goes on afterwards
                job.supersede()
        self.began.emit(self._context.runner.run(verb, done, self._fail, label=label, lane=lane))

    def _tell(self, news: News) -> None:
        self.told.emit(news)
        self._context.bus.changed.emit(news.changes)

    def _tell_found(self, found: list[OnDay]) -> None:
        self.found.emit(found)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self.refused.emit(error)
        else:
            show_error(error, self._window.window())
