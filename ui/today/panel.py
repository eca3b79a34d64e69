"""The Today page: the stops of one day, readable at arm's length."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from planner.model.tracking import Visit
from planner.model.week import DayPlan, Stop, WeekPlan
from ui.context import AppContext
from ui.today.stop_line import StopLine
from ui.visits.commands import VisitCommands
from ui.visits.sheet import visit_of_stop, visits_on
from ui.widgets.freshness import Freshness
from ui.widgets.parts import button, clear, label, separator
from ui.words import KINDS, clock, count, distance, long_day, span, visits_of


def next_stop(day: DayPlan, now_s: int | None, logged: Sequence[Visit] = ()) -> Stop | None:
    """The first stop that is neither over at a time of day nor logged; the first of all when the day is not the present one."""
    return next((stop for stop in day.stops if now_s is None or (stop.leave_s > now_s and visit_of_stop(stop, logged) is None)), None)


class TodayPanel(QFrame):
    """Shows today when it is in the week on show, else the active day."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._context = context
        self._visits = VisitCommands(context, self)
        self._logged_on: date | None = None
        self._logged: list[Visit] = []
        self.lines: list[StopLine] = []
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(24, 20, 24, 20)
        self._layout.setSpacing(6)
        self._scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        bus = context.bus
        fresh = self._fresh = Freshness(self, self._show)
        for signal in (bus.plan_shown, bus.day_changed, bus.accounts_shown, bus.settings_shown):
            signal.connect(fresh.outdate)
        bus.changed.connect(self._forget)
        bus.pack_shown.connect(self._forget)
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(fresh.outdate)
        self._minute.start()

    def open_today(self) -> None:
        """Make today the active day, when the week on show has it."""
        today = datetime.now().astimezone().date()
        plan = self._context.desk.plan
        for index, day in enumerate(plan.days if plan else ()):
            if day.day == today:
                self._context.desk.show_day(index)

    def _forget(self, _news: object) -> None:
        """What is logged may have changed."""
        self._logged_on = None
        self._fresh.outdate()

    def _load(self, day: date) -> None:
        workspace = self._context.workspace

        def arrived(visits: list[Visit]) -> None:
            self._logged_on, self._logged = day, visits
            self._fresh.outdate()

        self._context.runner.run(lambda _job: visits_on(workspace, day), arrived, self._failed, lane="visits of the day", latest=True)

    def _failed(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))

    def _show(self) -> None:
        clear(self._layout)
        self.lines = []
        plan: WeekPlan | None = self._context.desk.plan
        if plan is None or not plan.days:
            self._layout.addWidget(label("No plan for this week yet", "huge", wrap=True))
            self._layout.addWidget(label("Plan the week, and each day's stops stand here in their order.", "big", wrap=True))
        else:
            self._show_day(plan.days[min(self._context.desk.day, len(plan.days) - 1)])
        self._layout.addStretch(1)

    def _show_day(self, day: DayPlan) -> None:
        now = datetime.now().astimezone()
        is_today = day.day == now.date()
        now_s = now.hour * 3600 + now.minute * 60 if is_today else None
        if self._logged_on != day.day:
            self._logged_on, self._logged = day.day, []
            self._load(day.day)
        coming = next_stop(day, now_s, self._logged)
        self._layout.addWidget(label(f"{'NEXT' if is_today else 'FIRST'} · {long_day(day.day)}", "heading"))
        if coming is None:
            self._layout.addWidget(label("Done for today" if is_today and day.stops else "Nothing planned", "huge", wrap=True))
        else:
            self._show_coming(day, coming)
        self._layout.addSpacing(14)
        for stop in day.stops:
            past = now_s is not None and stop.leave_s <= now_s
            log, visit = self._log_of(day, stop), visit_of_stop(stop, self._logged)
            line = StopLine(self._context, stop, visit, log, is_next=stop is coming, past=past, logs=self._can_log(day))
            self.lines.append(line)
            self._layout.addWidget(line)
            self._layout.addWidget(separator())
        if day.stops:
            sums = f"{day.end_words} {clock(day.back_s)} · {count(visits_of(day), 'visit')} · {span(day.drive_s)} driving"
            self._layout.addSpacing(6)
            self._layout.addWidget(label(sums, "quiet", wrap=True))

    def _log_of(self, day: DayPlan, stop: Stop) -> Callable[[], None] | None:
        """What logs a stop, or None where nothing can be logged."""
        if stop.account_id is None or not self._can_log(day):
            return None
        return lambda: self._visits.log_stop(day, stop)

    def _can_log(self, day: DayPlan) -> bool:
        return day.day <= datetime.now().astimezone().date() and not self._visits.read_only

    def _show_coming(self, day: DayPlan, stop: Stop) -> None:
        desk = self._context.desk
        self._layout.addWidget(label(stop.title, "huge", wrap=True))
        self._layout.addWidget(label(f"{KINDS[stop.kind]} · {span(stop.leave_s - stop.start_s)} · {clock(stop.start_s)}", "big", wrap=True))
        account = desk.accounts.get(stop.account_id) if stop.account_id is not None else None
        if account is not None and account.address.one_line:
            self._layout.addWidget(label(account.address.one_line, "big", wrap=True, selectable=True))
        if account is not None and account.phone:
            self._layout.addWidget(label(account.phone, "big", selectable=True))
        drive = f"{span(stop.drive_s)} · {distance(stop.drive_m, desk.units)} drive, leave at {clock(stop.arrive_s - stop.drive_s)}"
        self._layout.addSpacing(6)
        self._layout.addWidget(label(drive, "drive", wrap=True))
        log = self._log_of(day, stop)
        if log is not None:
            done = button("Done…", "primary", log)
            done.setMinimumHeight(48)
            done.setMinimumWidth(120)
            done.setAccessibleName(f"Log the visit at {stop.title}")
            self._layout.addSpacing(6)
            self._layout.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
