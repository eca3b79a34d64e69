"""Planning a week of the board again, or some of its days: what is locked stays, and the plan never gets worse."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.week import WeekPlan
from ui.context import AppContext
from ui.errors import show_error
from ui.safety.read_only import WHY

if TYPE_CHECKING:
    from planner.usecases.plan_week import PlanOutcome
    from ui.workers import Job

BUSY = "The week is being planned already."


class WeekPlanning(QObject):
    """Better plans of the week on show are shown as they are found. `started` carries the job, for those who show its progress."""

    started = Signal(object)
    ended = Signal()

    def __init__(self, context: AppContext, give_way: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._give_way = context, give_way
        self._window = parent
        self._job: Job | None = None
        self._planning = self._reached = False
        context.bus.planning.connect(self._follow)

    @property
    def busy(self) -> bool:
        """Whether this plans now."""
        return self._job is not None

    def plan(self, week: IsoWeek, days: Sequence[date] = ()) -> None:
        """Plan a week again, or only some of its days."""
        from planner.usecases.plan_week import PlanOptions, plan_week

        context, bus = self._context, self._context.bus
        if context.workspace.read_only or self._planning:
            bus.told.emit(WHY if context.workspace.read_only else BUSY)
            return
        self._give_way()
        options = PlanOptions(
            seconds=context.desk.settings.number("plan_seconds"), days=tuple(day.weekday() for day in days) if days else None
        )
        what = " and ".join(f"{day:%A}" for day in days) if days else f"week {week.number}"
        job = context.runner.run(
            lambda job: plan_week(
                context.workspace, week, options, job.report, improved=job.tell, stop=job.stopping, label=f"Re-optimise {what}"
            ),
            lambda outcome: self._planned(outcome, what),
            lambda error: show_error(error, self._window.window()),
            label=f"Re-optimising {what}",
        )
        job.told.connect(self._show_reached)
        job.cancelled.connect(lambda: bus.changed.emit(Changes("Cancel planning", plans=True)))
        job.ended.connect(self._end)
        self._job, self._reached = job, False
        bus.planning.emit(True)
        self.started.emit(job)

    def stop(self) -> None:
        """Take the plan reached so far, once there is one."""
        if self._job is not None and self._reached:
            self._job.stop()

    def _follow(self, planning: bool) -> None:
        self._planning = planning

    def _show_reached(self, plan: WeekPlan) -> None:
        self._reached = True
        self._context.desk.show_plan(plan, routed=False)

    def _planned(self, outcome: "PlanOutcome", what: str) -> None:
        self._context.desk.show_plan(outcome.plan, routed=False)
        self._context.bus.changed.emit(outcome.changes)
        self._context.bus.told.emit(f"Re-optimised {what}; what is locked stayed")

    def _end(self) -> None:
        self._job = None
        self._context.bus.planning.emit(False)
        self.ended.emit()


def days_together(plan: WeekPlan, index: int) -> tuple[date, ...]:
    """A day, and those after it as long as a night away joins them: they can only be planned together."""
    last = index
    while plan.days[last].away and last + 1 < len(plan.days):
        last += 1
    return tuple(day.day for day in plan.days[index : last + 1])
