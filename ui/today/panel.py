"""The Today page: the stops of one day, readable at arm's length."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.travel import Leg
from planner.model.week import DayPlan, Stop, WeekPlan
from planner.usecases.accounts import AccountDetails, account_details
from planner.usecases.today import OnDay
from ui.context import AppContext
from ui.today.coming import Coming, Deed, due_words
from ui.today.commands import TodayCommands
from ui.today.day_log import DayLog, day_log, here_of, next_stop, over_s, seconds_of_day
from ui.today.directions import Directions
from ui.today.doing import Doing
from ui.today.near_list import NearList
from ui.today.stop_line import StopLine
from ui.today.verbs import News
from ui.visits.sheet import visit_of_stop, wall_clock
from ui.widgets.freshness import Freshness
from ui.widgets.parts import action_button, clear, label, separator
from ui.words import clock, count, long_day, span, visits_of
from ui.workers import Job

TICK_MS = 2000
_NOTHING = DayLog()


class TodayPanel(QFrame):
    """Shows today when it is in the week on show, else the active day. `now` is her wall clock."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
        now: Callable[[], datetime] | None = None,
        plan: QAction | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self.setObjectName("side")
        self._context = context
        self._now = now or (lambda: wall_clock(context.desk.settings))
        self.commands = TodayCommands(context, self)
        self._log = _NOTHING
        self._log_day: date | None = None
        self._is_fresh = False
        self._details: AccountDetails | None = None
        self._asked: int | None = None
        self._near: list[OnDay] | None = None
        self._unfolded = ""
        self._moment: object = None
        self.lines: list[StopLine] = []
        self.coming: Coming | None = None
        self.near: NearList | None = None
        self.day_label = label("", "bignext")
        self.clock = label("", "clock")
        self.clock.setAccessibleName("The time")
        self.doing = Doing()
        self._lay_out()
        bus = context.bus
        fresh = self._fresh = Freshness(self, self._show)
        for signal in (bus.plan_shown, bus.day_changed, bus.accounts_shown, bus.settings_shown, bus.routes_shown):
            signal.connect(fresh.outdate)
        bus.plan_shown.connect(self._forget_near)
        bus.day_changed.connect(self._forget_near)
        bus.changed.connect(self._forget)
        bus.pack_shown.connect(self._forget)
        context.theme.changed.connect(fresh.outdate)
        commands = self.commands
        commands.began.connect(self._follow)
        commands.told.connect(self._tell)
        commands.refused.connect(self._refuse)
        commands.found.connect(self._show_near)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setAccessibleName("The day")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(24, 8, 24, 20)
        self._layout.setSpacing(6)
        scroll.setWidget(inside)
        top = QHBoxLayout()
        top.setContentsMargins(24, 14, 24, 4)
        top.setSpacing(12)
        top.addWidget(self.day_label, 1)
        top.addWidget(self.clock)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.doing)

    def open_today(self) -> None:
        """Make today the active day, when the week on show has it."""
        plan = self._context.desk.plan
        for index, day in enumerate(plan.days if plan else ()):
            if day.day == self._now().date():
                self._context.desk.show_day(index)

    @property
    def day(self) -> DayPlan | None:
        """The day on show, or None without a plan."""
        plan: WeekPlan | None = self._context.desk.plan
        return plan.days[min(self._context.desk.day, len(plan.days) - 1)] if plan is not None and plan.days else None

    def _now_s(self, day: DayPlan) -> int | None:
        now = self._now()
        return seconds_of_day(now) if day.day == now.date() else None

    def _forget(self, _news: object) -> None:
        """What is logged, and what is known of the account, may have changed; what was known stays until it has been read again."""
        self._is_fresh, self._asked = False, None
        self._fresh.outdate()

    def _forget_near(self, _news: object) -> None:
        self._near = None

    def _load(self, day: date) -> None:
        workspace = self._context.workspace

        def arrived(log: DayLog) -> None:
            if day == self._log_day:
                self._log = log
                self._fresh.outdate()

        self._context.runner.run(lambda _job: day_log(workspace, day), arrived, self._failed, lane="visits of the day", latest=True)

    def _load_details(self, account_id: int) -> None:
        workspace = self._context.workspace

        def arrived(details: AccountDetails) -> None:
            self._details = details
            self._fresh.outdate()

        self._context.runner.run(
            lambda _job: account_details(workspace, account_id), arrived, self._failed, lane="brief of the stop", latest=True
        )

    def _failed(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))

    def _tick(self) -> None:
        """The clock goes on; the page is made anew only when another stop is next or one is over."""
        if not self.isVisible():
            return
        day = self.day
        self.clock.setText(clock(seconds_of_day(self._now())))
        if day is not None and self._moment_of(day) != self._moment:
            self._fresh.outdate()
        elif day is not None and self.coming is not None:
            stop = next_stop(day, self._now_s(day), self._log)
            if stop is not None:
                self.coming.heading.setText(due_words(stop, self._now_s(day), self._log.came.get(stop.key)))

    def _moment_of(self, day: DayPlan) -> object:
        """What the time of day decides of the page."""
        now_s = self._now_s(day)
        coming = next_stop(day, now_s, self._log)
        return self._now().date(), coming.key if coming else "", now_s is not None and sum(over_s(s, self._log) <= now_s for s in day.stops)

    def _show(self) -> None:
        clear(self._layout)
        self.lines, self.coming, self.near = [], None, None
        day = self.day
        self.clock.setText(clock(seconds_of_day(self._now())))
        self.day_label.setText(long_day(day.day if day else self._now().date()))
        if day is None:
            self._layout.addWidget(label("No plan for this week yet", "huge", wrap=True))
            self._layout.addWidget(label("Plan the week, and each day's stops stand here in their order.", "big", wrap=True))
            if self._plan is not None:
                self._layout.addSpacing(8)
                self._layout.addWidget(action_button("Plan week", self._plan, "bigprimary"), 0, Qt.AlignmentFlag.AlignLeading)
        else:
            self._show_day(day)
        self._layout.addStretch(1)

    def _show_day(self, day: DayPlan) -> None:
        now_s = self._now_s(day)
        if self._log_day != day.day:
            self._log, self._log_day, self._is_fresh = _NOTHING, day.day, False
        if not self._is_fresh:
            self._is_fresh = True
            self._load(day.day)
        self._moment = self._moment_of(day)
        coming = next_stop(day, now_s, self._log)
        if coming is None:
            over = now_s is not None and bool(day.stops)
            self._layout.addWidget(label("Done for today" if over else "Nothing planned", "huge", wrap=True))
            if over:
                self._layout.addWidget(label(f"{day.end_words} by {clock(day.back_s)}.", "big", wrap=True))
        else:
            self._show_coming(day, coming, now_s)
        self._layout.addSpacing(14)
        for stop in day.stops:
            past = now_s is not None and over_s(stop, self._log) <= now_s
            visit = visit_of_stop(stop, self._log.visits)
            line = StopLine(self._context, stop, visit, self._log_of(day, stop), is_next=stop is coming, past=past, logs=self._can_log(day))
            self.lines.append(line)
            self._layout.addWidget(line)
            self._layout.addWidget(separator())
        if day.stops:
            sums = f"{day.end_words} {clock(day.back_s)} · {count(visits_of(day), 'visit')} · {span(day.drive_s)} driving"
            self._layout.addSpacing(6)
            self._layout.addWidget(label(sums, "quiet", wrap=True))

    def _show_coming(self, day: DayPlan, stop: Stop, now_s: int | None) -> None:
        desk = self._context.desk
        if stop.account_id is not None and self._asked != stop.account_id:
            self._asked = stop.account_id
            self._load_details(stop.account_id)
        details = self._details if self._details is not None and self._details.account.id == stop.account_id else None
        came_s = self._log.came.get(stop.key) if now_s is not None else None
        self.coming = Coming(
            stop,
            desk.accounts.get(stop.account_id) if stop.account_id is not None else None,
            self._leg_to(day, stop),
            heading=due_words(stop, now_s, came_s),
            turn=Deed("Di&rections", "R", lambda: self._fold(stop), writes=False),
            deeds=tuple(self._deeds(day, stop, now_s, came_s)),
            units=desk.units,
            details=details,
            under=self._under(day, stop),
            came=came_s is not None,
            read_only=self.commands.read_only,
        )
        for each in self.coming.buttons.values():
            each.setEnabled(each.isEnabled() and not self.doing.busy)
        self._layout.addWidget(self.coming)

    def _under(self, day: DayPlan, stop: Stop) -> Sequence[QWidget]:
        """What is unfolded: the directions, and who is near."""
        turns = [Directions(self._leg_to(day, stop), stop.place, self._context.desk.units)] if self._unfolded == stop.key else []
        self.near = self._near_list(day, self._near) if self._near is not None else None
        return [*turns, *([self.near] if self.near is not None else [])]

    def _deeds(self, day: DayPlan, stop: Stop, now_s: int | None, came_s: int | None) -> Sequence[Deed]:
        """What can be done with the next stop: less on a day that is not today."""
        done = Deed("&Done…", "D", lambda: self._log_stop(day, stop), main=came_s is not None, name=f"Log the visit at {stop.title}")
        if now_s is None:
            return [done] if self._log_of(day, stop) else []
        come = Deed("&Arrived", "A", lambda: self.commands.arrive(day, stop, self._now_s(day) or 0), main=True)
        leave_out = Deed("&Skip", "S", lambda: self.commands.skip(day, stop, here_of(day, self._now_s(day) or 0, self._log)))
        return [
            *([come] if came_s is None else []),
            *([done] if stop.account_id is not None else []),
            *([leave_out] if came_s is None else []),
            Deed("Running &late", "L", lambda: self.commands.run_late(day, here_of(day, self._now_s(day) or 0, self._log))),
            Deed("&Who is near?", "W", lambda: self.commands.look_near(here_of(day, self._now_s(day) or 0, self._log)), writes=False),
        ]

    def _leg_to(self, day: DayPlan, stop: Stop) -> Leg | None:
        route = self._context.desk.routes.get(day.day)
        index = day.stops.index(stop)
        return route.legs[index] if route is not None and index < len(route.legs) else None

    def _fold(self, stop: Stop) -> None:
        self._unfolded = "" if self._unfolded == stop.key else stop.key
        self._fresh.outdate()

    def _log_of(self, day: DayPlan, stop: Stop) -> Callable[[], None] | None:
        """What logs a stop, or None where nothing can be logged."""
        if stop.account_id is None or not self._can_log(day):
            return None
        return lambda: self._log_stop(day, stop)

    def _log_stop(self, day: DayPlan, stop: Stop) -> None:
        self.commands.log(day, stop, self._log, self._now())

    def _can_log(self, day: DayPlan) -> bool:
        return day.day <= self._now().date() and not self.commands.read_only

    def _near_list(self, day: DayPlan, found: list[OnDay]) -> NearList:
        def put_in(account_id: int) -> None:
            self.commands.put_in(day, account_id, here_of(day, self._now_s(day) or 0, self._log))

        return NearList(found, self._context.desk.select, None if self.commands.read_only else put_in, self._close_near)

    def _close_near(self) -> None:
        self._near = None
        self._fresh.outdate()

    def _show_near(self, found: list[OnDay]) -> None:
        self._near = found
        self._fresh.outdate()

    def _follow(self, job: Job) -> None:
        self.doing.follow(job)
        job.ended.connect(self._fresh.outdate)
        self._fresh.outdate()

    def _tell(self, news: News) -> None:
        self.doing.tell(news.lines, bad=news.bad)

    def _refuse(self, problem: UserProblem) -> None:
        self.doing.tell([part for part in (problem.what, problem.why, problem.remedy) if part], bad=True)
