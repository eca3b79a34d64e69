"""The day that is under way: its own plan, its way along the roads and what is logged of it, whatever week the window shows."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.travel import Leg, Route
from planner.model.week import DayPlan, Stop
from planner.usecases.today import Today, planned_today, way_of
from ui.context import AppContext
from ui.errors import show_error
from ui.today.day_log import DayLog, day_log
from ui.workers import Job


class UnderWay(QObject):
    """Loads off the GUI thread when it is asked to `freshen`. `outdated` says that there is something to load, `changed` that it is here.

    `today` is None until it has been loaded; `why_no_way` is a sentence when the roads could not be asked.
    """

    outdated = Signal()
    changed = Signal()

    def __init__(self, context: AppContext, on: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._on = on
        self._loading: date | None = None
        self._asked_way: DayPlan | None = None
        self.today: Today | None = None
        self.log = DayLog()
        self.route: Route | None = None
        self.why_no_way = ""
        context.bus.changed.connect(self._after_change)
        context.bus.pack_shown.connect(lambda _pack: self._outdate(roads=True))

    @property
    def day(self) -> DayPlan | None:
        """The plan of today; None while nothing is planned or known."""
        return self.today.day if self.today is not None else None

    def leg_to(self, stop: Stop) -> Leg | None:
        """The way to a stop of today, where it is known."""
        index = self.day.stops.index(stop) if self.day is not None else 0
        return self.route.legs[index] if self.route is not None and index < len(self.route.legs) else None

    def freshen(self) -> None:
        """Load what is not known yet, or is of another day by now."""
        on, workspace = self._on(), self._context.workspace
        if self._loading == on:
            return
        self._loading = on

        def load(_job: Job) -> tuple[Today, DayLog]:
            return planned_today(workspace, on), day_log(workspace, on)

        self._context.runner.run(load, self._take, self._fail, lane="today", latest=True)

    def _after_change(self, changes: Changes) -> None:
        self._outdate(roads=changes.packs or changes.settings)

    def _outdate(self, *, roads: bool) -> None:
        """What was known stays until it has been read again, less the way if the roads are others."""
        self._loading = None
        if roads:
            self.route, self.why_no_way = None, ""
            self._asked_way = None
        self.outdated.emit()

    def _take(self, found: tuple[Today, DayLog]) -> None:
        self.today, self.log = found
        day = self.day
        if day != self._asked_way:
            self.route, self.why_no_way = None, ""
            self._asked_way = day
            if day is not None and day.stops:
                self._load_way(day)
        self.changed.emit()

    def _load_way(self, day: DayPlan) -> None:
        workspace = self._context.workspace

        def arrived(route: Route | None) -> None:
            if day == self.day:
                self.route = route
                self.changed.emit()

        def failed(error: BaseException) -> None:
            if not isinstance(error, UserProblem):
                show_error(error)
            if day == self.day:
                self.why_no_way = error.what if isinstance(error, UserProblem) else "The roads could not be asked."
                self.changed.emit()

        self._context.runner.run(lambda job: way_of(workspace, day, job.report), arrived, failed, lane="way of today", latest=True)

    def _fail(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))
