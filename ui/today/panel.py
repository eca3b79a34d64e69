"""The Today page: the stops of today, readable at arm's length."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.week import DayPlan, Stop
from planner.usecases.accounts import AccountDetails, account_details
from planner.usecases.today import OnDay, Today
from ui.context import AppContext
from ui.icons import icon
from ui.map_feed import DayOnMap
from ui.today.coming import Coming, Deed, Drive, due_words
from ui.today.commands import TodayCommands
from ui.today.day_log import DayLog, behind, here_of, late_for, next_stop, over_s, seconds_of_day
from ui.today.day_row import DayRow
from ui.today.directions import Directions
from ui.today.doing import Doing
from ui.today.large_type import ZOOM, large_sheet
from ui.today.near_list import NearList
from ui.today.one_line import OneLine
from ui.today.stop_line import StopLine
from ui.today.sums import day_sums
from ui.today.under_way import UnderWay
from ui.today.verbs import News
from ui.visits.sheet import visit_of_stop, wall_clock
from ui.widgets.freshness import Freshness
from ui.widgets.parts import action_button, button, clear, label, separator
from ui.widgets.scrolled import ScrolledLines
from ui.words import clock, count, long_day, near_day, span, visits_of
from ui.workers import Job

TICK_MS = 2000
_ICON_PX = 36


class TodayPanel(QFrame):
    """Shows today's own plan, whatever week the window shows. `now` is her wall clock; `summed` says that `sums` have changed, and `moved`
    carries the day for the map.
    """

    summed = Signal()
    moved = Signal(object)

    def __init__(
        self,
        context: AppContext,
        parent: QWidget | None = None,
        now: Callable[[], datetime] | None = None,
        plan: QAction | None = None,
        full: QAction | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self.setObjectName("side")
        self._context = context
        self._now = now or (lambda: wall_clock(context.desk.settings))
        self._under_way = UnderWay(context, lambda: self._now().date(), self)
        self.commands = TodayCommands(context, self)
        self._details: AccountDetails | None = None
        self._asked: int | None = None
        self._near: list[OnDay] | None = None
        self._unfolded = ""
        self._moment: object = None
        self._on_map: DayOnMap | None = None
        self._large = False
        self.sums = ""
        self.lines: list[StopLine] = []
        self.coming: Coming | None = None
        self.day_row: DayRow | None = None
        self.near: NearList | None = None
        self.day_label = OneLine(role="bignext")
        self.clock = label("", "clock")
        self.clock.setAccessibleName("The time")
        self.full_button = button("", "", full.trigger if full is not None else None)
        if full is None:
            self.full_button.hide()
        self.doing = Doing()
        self._lay_out()
        bus = context.bus
        fresh = self._fresh = Freshness(self, self._show)
        for signal in (bus.accounts_shown, bus.settings_shown):
            signal.connect(fresh.outdate)
        bus.changed.connect(self._forget)
        self._under_way.outdated.connect(fresh.outdate)
        self._under_way.changed.connect(fresh.outdate)
        context.theme.changed.connect(self._dress)
        commands = self.commands
        commands.began.connect(self._follow)
        commands.told.connect(self._tell)
        commands.refused.connect(self._refuse)
        commands.found.connect(self._show_near)
        self._dress()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _lay_out(self) -> None:
        scroll = ScrolledLines("The day", (24, 4, 24, 20))
        self._layout = scroll.lines
        top = QHBoxLayout()
        top.setContentsMargins(24, 10, 24, 2)
        top.setSpacing(12)
        top.addWidget(self.day_label, 1)
        top.addWidget(self.clock)
        top.addWidget(self.full_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(top)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.doing)

    def open_today(self) -> None:
        """Be up to date at once: the page was turned to, perhaps on another day than it was left."""
        self._tick()

    def enlarge(self, *, large: bool) -> None:
        """Be readable at arm's length, or as large as the rest of the window."""
        self._large = large
        self._dress()

    def _dress(self) -> None:
        self.setStyleSheet(large_sheet() if self._large else "")
        side_px = round(_ICON_PX * ZOOM) if self._large else _ICON_PX
        self.full_button.setFixedSize(side_px, side_px)
        self.full_button.setIcon(icon("close" if self._large else "full-screen", self._context.theme.colours.text))
        self.full_button.setToolTip("Leave full screen (Esc)" if self._large else "Today alone, in large type (F11)")
        self.full_button.setAccessibleName("Leave full screen" if self._large else "Full screen")
        self._fresh.outdate()

    @property
    def day(self) -> DayPlan | None:
        """The plan of today, or None."""
        return self._under_way.day

    @property
    def buttons(self) -> dict[str, QPushButton]:
        """By their keys, the buttons of the next stop and of the day."""
        return {**(self.coming.buttons if self.coming is not None else {}), **(self.day_row.buttons if self.day_row is not None else {})}

    @property
    def _log(self) -> DayLog:
        return self._under_way.log

    def _now_s(self) -> int:
        return seconds_of_day(self._now())

    def _forget(self, _news: object) -> None:
        """What is known of the account, and who is near, may have changed; what was known stays until it has been read again."""
        self._asked = self._near = None

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
        self.clock.setText(clock(self._now_s()))
        self._sum_up()
        day = self.day
        if self._moment != self._moment_of(day):
            self._fresh.outdate()
        elif day is not None and self.coming is not None:
            stop = next_stop(day, self._now_s(), self._log)
            if stop is not None:
                self.coming.heading.setText(due_words(stop, self._now_s(), self._log.came.get(stop.key)))

    def _moment_of(self, day: DayPlan | None) -> object:
        """What the time of day decides of the page."""
        now_s = self._now_s()
        coming = next_stop(day, now_s, self._log) if day is not None else None
        stops = day.stops if day is not None else ()
        return self._now().date(), coming.key if coming else "", sum((over_s(s, self._log) <= now_s) + (s.start_s <= now_s) for s in stops)

    def _show(self) -> None:
        self._under_way.freshen()
        clear(self._layout)
        self.lines, self.coming, self.day_row, self.near = [], None, None, None
        today = self._under_way.today
        self.clock.setText(clock(self._now_s()))
        self.day_label.setText(long_day(self._now().date()))
        self.day_label.short = near_day(self._now().date())
        if today is not None and today.on == self._now().date():
            self._moment = self._moment_of(today.day)
            if today.day is not None and today.day.stops:
                self._show_day(today.day)
            else:
                self._show_nothing(today)
        self._sum_up()
        self._layout.addStretch(1)

    def _show_nothing(self, today: Today) -> None:
        """A day without a plan, or without anything in it."""
        add = self._layout.addWidget
        if today.is_planned:
            add(label("Nothing planned for today", "huge", wrap=True))
        else:
            add(label("No plan for this week yet", "huge", wrap=True))
            add(label("Plan the week, and today's stops stand here in their order.", "big", wrap=True))
            if self._plan is not None:
                self._layout.addSpacing(8)
                add(action_button("Plan week", self._plan, "bigprimary"), 0, Qt.AlignmentFlag.AlignLeading)
        if today.after is not None:
            first = today.after.stops[0]
            add(label(f"Next is {long_day(today.after.day)}: {first.title} at {clock(first.start_s)}.", "big", wrap=True))

    def _sum_up(self) -> None:
        day, now_s = self.day, self._now_s()
        sums, on_map = "", None
        if day is not None and day.stops and day.day == self._now().date():
            sums = day_sums(day, now_s, self._log, self._context.desk.units)
            coming = next_stop(day, now_s, self._log)
            on_map = DayOnMap(day, self._under_way.route, behind(day, now_s, self._log), coming.key if coming is not None else "")
        if self.day_row is not None:
            self.day_row.tell(sums if self._large else sums.partition(" · ")[0])  # the status bar has the rest
        if sums != self.sums:
            self.sums = sums
            self.summed.emit()
        if on_map != self._on_map:
            self._on_map = on_map
            self.moved.emit(on_map)

    def _show_day(self, day: DayPlan) -> None:
        now_s = self._now_s()
        coming = next_stop(day, now_s, self._log)
        if coming is None:
            self._layout.addWidget(label("Done for today", "huge", wrap=True))
            self._layout.addWidget(label(f"{day.end_words} by {clock(day.back_s)}.", "big", wrap=True))
        else:
            self._show_coming(day, coming, now_s)
        self._layout.addSpacing(4)
        self.day_row = DayRow(self._deeds_of_day(day) if coming is not None else (), read_only=self.commands.read_only)
        self._layout.addWidget(self.day_row)
        for each in self.buttons.values():
            each.setEnabled(each.isEnabled() and not self.doing.busy)
        if self._near is not None:
            self.near = self._near_list(day, self._near, now_s)
            self._layout.addWidget(self.near)
        rows = QWidget()
        stops = QVBoxLayout(rows)
        stops.setContentsMargins(0, 0, 0, 0)
        stops.setSpacing(0)
        for stop in day.stops:
            line = self._line(day, stop, is_next=stop is coming, now_s=now_s)
            self.lines.append(line)
            stops.addWidget(line)
            stops.addWidget(separator())
        self._layout.addWidget(rows)
        sums = f"{day.end_words} {clock(day.back_s)} · {count(visits_of(day), 'visit')} · {span(day.drive_s)} driving"
        self._layout.addWidget(label(sums, "quiet", wrap=True))

    def _line(self, day: DayPlan, stop: Stop, *, is_next: bool, now_s: int) -> StopLine:
        """A stop of the day; it can be logged once it has begun."""
        past = over_s(stop, self._log) <= now_s
        begun = past or (is_next and (stop.start_s <= now_s or stop.key in self._log.came))
        can_log = begun and stop.account_id is not None and not self.commands.read_only
        log = (lambda: self._log_stop(day, stop)) if can_log else None
        return StopLine(self._context, stop, visit_of_stop(stop, self._log.visits), log, is_next=is_next, past=past)

    def _show_coming(self, day: DayPlan, stop: Stop, now_s: int) -> None:
        desk = self._context.desk
        if stop.account_id is not None and self._asked != stop.account_id:
            self._asked = stop.account_id
            self._load_details(stop.account_id)
        details = self._details if self._details is not None and self._details.account.id == stop.account_id else None
        came_s = self._log.came.get(stop.key)
        index = day.stops.index(stop)
        leg, why = self._under_way.leg_to(stop), self._under_way.why_no_way
        self.coming = Coming(
            stop,
            desk.accounts.get(stop.account_id) if stop.account_id is not None else None,
            Drive(day.stops[index - 1].title if index else day.start.name, leg, why),
            heading=due_words(stop, now_s, came_s),
            turn=Deed("Di&rections", "R", lambda: self._fold(stop), writes=False),
            deeds=tuple(self._deeds(day, stop, came_s)),
            units=desk.units,
            details=details,
            under=Directions(leg, stop.place, desk.units, why) if self._unfolded == stop.key else None,
            came=came_s is not None,
            read_only=self.commands.read_only,
        )
        self._layout.addWidget(self.coming)

    def _deeds(self, day: DayPlan, stop: Stop, came_s: int | None) -> Sequence[Deed]:
        """What can be done with the next stop."""
        come = Deed("&Arrived", "A", lambda: self.commands.arrive(day, stop, self._now_s()), main=True)
        done = Deed("&Done…", "D", lambda: self._log_stop(day, stop), main=came_s is not None, name=f"Log the visit at {stop.title}")
        leave_out = Deed("&Skip", "S", lambda: self.commands.skip(day, stop, here_of(day, self._now_s(), self._log)))
        return [
            *([come] if came_s is None else []),
            *([done] if stop.account_id is not None else []),
            *([leave_out] if came_s is None else []),
        ]

    def _deeds_of_day(self, day: DayPlan) -> Sequence[Deed]:
        """What can be done with the rest of the day."""
        return [
            Deed("Running &late", "L", lambda: self.commands.run_late(day, here_of(day, self._now_s(), self._log))),
            Deed("&Who is near?", "W", lambda: self.commands.look_near(here_of(day, self._now_s(), self._log)), writes=False),
        ]

    def _fold(self, stop: Stop) -> None:
        self._unfolded = "" if self._unfolded == stop.key else stop.key
        self._fresh.outdate()

    def _log_stop(self, day: DayPlan, stop: Stop) -> None:
        self.commands.log(day, stop, self._log, self._now())

    def _near_list(self, day: DayPlan, found: list[OnDay], now_s: int) -> NearList:
        def put_in(account_id: int) -> None:
            self.commands.put_in(day, account_id, here_of(day, self._now_s(), self._log))

        late = late_for(day, now_s, self._log)
        told = f"You are {span(late[1])} late for {late[0].title} already: whoever is put in comes before it." if late else ""
        read_only = self.commands.read_only
        return NearList(found, self._context.desk.select, None if read_only else put_in, self._close_near, told)

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
