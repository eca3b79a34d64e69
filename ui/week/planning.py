"""Planning a week, and planning it or some of its days again: what is locked stays, and the plan never gets worse."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.week import WeekPlan
from ui.context import AppContext
from ui.errors import show_error
from ui.safety.read_only import WHY
from ui.words import weekday

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
        self._reached = False

    @property
    def busy(self) -> bool:
        """Whether this plans now."""
        return self._job is not None

    def plan_week(self) -> None:
        """Plan the week on show."""
        week = self._context.desk.week
        self._plan(week, (), "", f"Planning week {week.number}", "")

    def plan_again(self, week: IsoWeek, days: Sequence[date] = ()) -> None:
        """Plan a week again, or only some of its days."""
        what = " and ".join(map(weekday, days)) if days else f"week {week.number}"
        self._plan(week, days, f"Improve {what}", f"Improving {what}", f"Improved {what}; what is locked stayed")

    def _plan(self, week: IsoWeek, days: Sequence[date], label: str, doing: str, told: str) -> None:
        """Plan; `label` is what Undo will call it, `doing` what is said meanwhile, and `told` in the end."""
        from planner.usecases.plan_week import PlanOptions, plan_week

        context, bus = self._context, self._context.bus
        if context.workspace.read_only or self.busy:
            bus.told.emit(WHY if context.workspace.read_only else BUSY)
            return
        self._give_way()
        options = PlanOptions(
            seconds=context.desk.settings.number("plan_seconds"), days=tuple(day.weekday() for day in days) if days else None
        )
        job = context.runner.run(
            lambda job: plan_week(context.workspace, week, options, job.report, improved=job.tell, stop=job.stopping, label=label),
            lambda outcome: self._planned(outcome, told),
            lambda error: show_error(error, self._window.window()),
            label=doing,
        )
        job.told.connect(self._show_reached)
        job.cancelled.connect(lambda: bus.changed.emit(Changes("Cancel planning", plans=True)))
        job.ended.connect(self._end)
        self._job, self._reached = job, False
        bus.planning.emit(True)
        self.started.emit(job)

    def start_at_home(self, day: date) -> None:
        """Let a day begin where her days usually do; a rule that does not allow it is told."""
        from planner.usecases.start_here import start_at_home

        context, bus = self._context, self._context.bus
        if context.workspace.read_only or self.busy:
            bus.told.emit(WHY if context.workspace.read_only else BUSY)
            return

        def done(changes: Changes) -> None:
            bus.changed.emit(changes)
            bus.told.emit(f"{changes.label}. Ctrl+Z takes that back.")

        def failed(error: BaseException) -> None:
            bus.told.emit(str(error)) if isinstance(error, PlanProblem) else show_error(error, self._window.window())

        context.runner.run(
            lambda job: start_at_home(context.workspace, day, job.report), done, failed, label="Starting at home again", lane="data"
        )

    def start_again(self, plan: WeekPlan, day: int) -> str:
        """What lets a day of a plan begin as usual, in the words of its menu; empty where it does."""
        from planner.usecases.start_here import starts_elsewhere, usual_start

        settings = self._context.desk.settings
        if not starts_elsewhere(plan, day, settings):
            return ""
        return "Start at home again" if usual_start(settings) == "Home" else "Start at the office again"

    def stop(self) -> None:
        """Take the plan reached so far, once there is one."""
        if self._job is not None and self._reached:
            self._job.stop()
        else:
            self._context.bus.told.emit("No plan is found yet. Stop again in a moment." if self.busy else "Nothing is being planned.")

    def _show_reached(self, plan: WeekPlan) -> None:
        self._reached = True
        self._context.desk.show_plan(plan, routed=False)

    def _planned(self, outcome: "PlanOutcome", told: str) -> None:
        self._context.desk.show_plan(outcome.plan, routed=False)
        self._context.bus.changed.emit(outcome.changes)
        if told:
            self._context.bus.told.emit(told)

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
