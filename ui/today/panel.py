"""The Today page: the stops of one day, readable at arm's length."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from ui.context import AppContext
from ui.widgets.freshness import Freshness
from ui.widgets.parts import clear, label, separator
from ui.words import KINDS, clock, count, distance, long_day, span, visits_of


def next_stop(day: DayPlan, now_s: int | None) -> Stop | None:
    """The first stop that is not over yet at a time of day; the first of all when the day is not the present one."""
    return next((stop for stop in day.stops if now_s is None or stop.leave_s > now_s), None)


class TodayPanel(QFrame):
    """Shows today when it is in the week on show, else the active day."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._context = context
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
        fresh = Freshness(self, self._show)
        for signal in (bus.plan_shown, bus.day_changed, bus.accounts_shown, bus.settings_shown):
            signal.connect(fresh.outdate)
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

    def _show(self) -> None:
        clear(self._layout)
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
        coming = next_stop(day, now_s)
        self._layout.addWidget(label(f"{'NEXT' if is_today else 'FIRST'} · {long_day(day.day)}", "heading"))
        if coming is None:
            self._layout.addWidget(label("Done for today" if is_today and day.stops else "Nothing planned", "huge", wrap=True))
        else:
            self._show_coming(coming)
        self._layout.addSpacing(14)
        for stop in day.stops:
            past = now_s is not None and stop.leave_s <= now_s
            self._layout.addWidget(StopLine(self._context, stop, is_next=stop is coming, past=past))
            self._layout.addWidget(separator())
        if day.stops:
            sums = f"{day.end_words} {clock(day.back_s)} · {count(visits_of(day), 'visit')} · {span(day.drive_s)} driving"
            self._layout.addSpacing(6)
            self._layout.addWidget(label(sums, "quiet", wrap=True))

    def _show_coming(self, stop: Stop) -> None:
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


class StopLine(QWidget):
    """One stop of the day: time, a dot of its kind, title, drive; a click selects it."""

    def __init__(self, context: AppContext, stop: Stop, *, is_next: bool, past: bool) -> None:
        super().__init__()
        self._context = context
        self._stop = stop
        self._is_next = is_next
        self._past = past
        self.setMinimumHeight(44)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{clock(stop.start_s)} {stop.title}")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(26)
        quiet = "bigquiet" if past else "big"
        title = label(stop.title, "bignext" if is_next else quiet, wrap=True)
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        time = label(clock(stop.start_s), quiet)
        time.setFixedWidth(52)
        grid.addWidget(time, 0, 0)
        grid.addWidget(title, 0, 1)
        grid.addWidget(label(span(stop.drive_s), "bigquiet"), 0, 2)
        grid.setColumnStretch(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self._context.theme.colours
        if self._is_next:
            painter.setBrush(colours.tint_of(self._stop.kind))
            painter.drawRoundedRect(self.rect(), 6, 6)
        colour = QColor(colours.of_kind(self._stop.kind))
        colour.setAlphaF(0.45 if self._past else 1.0)
        painter.setBrush(colour)
        painter.drawEllipse(68, self.height() // 2 - 5, 10, 10)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and self._stop.kind is not VisitKind.DUTY:
            self._context.desk.select(self._stop.account_id)
