"""The capture funnel: from prospect to client, by rep, area and month, and the prospects that have gone quiet."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.usecases.reports import (
    ALWAYS,
    QUIET_DAYS,
    Funnel,
    FunnelLine,
    Period,
    Quiet,
    Step,
    funnel_report,
    month_of,
    quarter_of,
    quiet_prospects,
    read_period,
)
from planner.values import replace
from ui.context import AppContext
from ui.errors import show_error
from ui.icons import icon
from ui.reports.chart import Bar, BarChart
from ui.reports.figures import FigureModel, FigureTable
from ui.reports.tabs import ChoiceRow
from ui.trips.first_step import do_action
from ui.visits.sheet import wall_clock
from ui.widgets.freshness import Freshness
from ui.widgets.parts import EmptyState, button, label, set_role
from ui.words import full_day, money, month, number

_GROUPS = ("By rep", "By area", "By month")
_PERIODS = ("All time", "This year", "This quarter", "This month")
_COLOURS = {Step.WON: "good", Step.LOST: "bad"}
_HEADERS = (
    "Rep",
    "Prospects",
    "First visit",
    "Qualified",
    "Proposal",
    "Won",
    "Lost",
    "Won a month",
    "Hours",
)
_NOBODY_QUIET = (
    f"No prospect you have visited has gone quiet: each was seen in the last {QUIET_DAYS} days, has a next step, or has no open deal."
)
_QUIET_HEADERS = ("Prospect", "First visit", "Last contact", "Days", "Open deals")


class FunnelTab(QStackedWidget):
    """Counts anew whenever something changed; the chart is of the row that is chosen, and a click on a quiet prospect selects it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._funnel: Funnel | None = None
        self.quiet: list[Quiet] = []
        self.groups = ChoiceRow.of_chips(_GROUPS)
        self.periods = ChoiceRow.of_chips(_PERIODS)
        headers = (*_HEADERS, f"Hours / {money(100_000)}", f"Cost / {money(100)}")
        self.model = FigureModel(headers, frozenset(range(1, len(headers))), context.theme, self)
        widths = (0, 82, 84, 80, 80, 58, 58, 106, 66, 118, 82)
        self.table = FigureTable(self.model, "Capture funnel", widths, least=170, spare=(8, 9), snug=True)
        self.lines: list[FunnelLine] = []
        self.chart_heading = label("", "heading")
        self.chart = BarChart(context.theme, "Capture funnel by step")
        self.quiet_model = FigureModel(_QUIET_HEADERS, frozenset({3, 4}), context.theme, self)
        self.quiet_table = FigureTable(self.quiet_model, "Prospects gone quiet", (0, 110, 110, 70, 100), least=200, snug=True)
        self.quiet_heading = label("", "heading")
        self.notes = label("", "small", wrap=True)
        self.empty = EmptyState(
            "No prospects yet",
            "Here you see how prospects become clients: how many were visited, qualified and won, and what that took. "
            "Import your accounts with a column for their kind, and your deals with their stages.",
            button("Import accounts…", "primary", lambda: do_action(self, "import")),
        )
        self.counted = QWidget()
        self.addWidget(self.counted)
        self.addWidget(self.empty)
        self._lay_out()
        self._fresh = Freshness(self, self._load)
        context.bus.changed.connect(self._fresh.outdate)
        context.bus.pack_shown.connect(self._fresh.outdate)
        self.periods.chosen.connect(self._fresh.outdate)
        self.groups.chosen.connect(lambda _number: self._show_lines())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._show_chart(now.row()))
        self.quiet_table.selectionModel().currentRowChanged.connect(lambda now, _before: self._picked(now.row()))
        context.theme.changed.connect(self._tint)
        self._tint()

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(24)
        choices.addWidget(self.groups)
        choices.addWidget(self.periods)
        choices.addStretch(1)
        layout = QVBoxLayout(self.counted)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(choices)
        layout.addWidget(self.table, 3)
        layout.addSpacing(8)
        layout.addWidget(self.chart_heading)
        layout.addWidget(self.chart)
        layout.addWidget(self.notes)
        layout.addSpacing(8)
        layout.addWidget(self.quiet_heading)
        layout.addWidget(self.quiet_table, 2)
        layout.addStretch(0)

    def _period(self, today: date) -> Period:
        return (ALWAYS, read_period(str(today.year)), quarter_of(today), month_of(today))[self.periods.number]

    def _load(self) -> None:
        workspace, today = self._context.workspace, wall_clock(self._context.desk.settings).date()
        period = self._period(today)
        self._context.runner.run(
            lambda _job: (funnel_report(workspace, period), quiet_prospects(workspace, today)),
            self._arrived,
            lambda error: show_error(error, self.window()),
            lane="funnel",
            latest=True,
        )

    def _arrived(self, found: tuple[Funnel, list[Quiet]]) -> None:
        self._funnel, self.quiet = found
        self.setCurrentWidget(self.counted if self._funnel.total.count(Step.PROSPECT) else self.empty)
        self._show_lines()
        self.notes.setText("\n".join(self._funnel.notes))
        self.notes.setVisible(bool(self._funnel.notes))
        told = f"VISITED, BUT QUIET FOR {QUIET_DAYS} DAYS · {number(len(self.quiet))}" if self.quiet else _NOBODY_QUIET
        self.quiet_heading.setText(told)
        set_role(self.quiet_heading, "heading" if self.quiet else "small")
        self.quiet_heading.setVisible(bool(self._funnel.visited))
        self.quiet_model.put([_quiet_row(each) for each in self.quiet])
        self.quiet_table.setVisible(bool(self.quiet))

    def _show_lines(self) -> None:
        if self._funnel is None:
            return
        months = tuple(replace(line, name=month(date.fromisoformat(f"{line.name}-01"))) for line in self._funnel.by_month)
        lines = (self._funnel.by_rep, self._funnel.by_area, months)[self.groups.number]
        before = self.table.row
        self.lines = [self._funnel.total, *lines]
        self.model.head(0, ("Rep", "Area", "Month")[self.groups.number])
        self.model.put([_row(line, line.name) for line in self.lines], strong=0)
        self.table.pick(max(before, 0))
        self._show_chart(self.table.row)

    def _show_chart(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            line = self.lines[row]
            self.chart_heading.setText(f"Funnel · {line.name}".upper())
            self.chart.show_bars(f"Capture funnel: {line.name}", [_bar(line, step) for step in Step if step in line.counts])

    def _tint(self) -> None:
        self.empty.set_icon(icon("reports", self._context.theme.colours.quiet))

    def _picked(self, row: int) -> None:
        if 0 <= row < len(self.quiet):
            self._context.desk.select(self.quiet[row].account.id)


def _bar(line: FunnelLine, step: Step) -> Bar:
    """A step of the funnel: how many reached it, their share of all prospects, and what their deals are worth a month."""
    reached, all_, cents = line.count(step), line.count(Step.PROSPECT), line.amounts.get(step, 0)
    share = f"{number(100 * reached / all_)} % of prospects" if all_ and reached and step is not Step.PROSPECT else ""
    worth = f"{money(cents)} a month" if cents else ""
    told = " · ".join(filter(None, (share, worth)))
    return Bar(step.value.capitalize(), reached, number(reached), told, _COLOURS.get(step, "capture"))


def _row(line: FunnelLine, name: str) -> tuple[str, ...]:
    counts = {step.value: many for step, many in line.counts.items()}
    steps = [number(counts[step]) if step in counts else "" for step in ("prospect", "first visit", "qualified", "proposal", "won", "lost")]
    hours = number(line.hours_per_thousand, 1) if line.hours_per_thousand is not None else "–"
    cost = money(line.cents_per_dollar, 2)
    return (name, *steps, money(line.won_cents), number(line.hours, 1), hours, cost)


def _quiet_row(quiet: Quiet) -> tuple[str, ...]:
    first, last = (full_day(day) for day in (quiet.first_visit, quiet.last_contact))
    return (quiet.account.name, first, last, number(quiet.days), money(quiet.open_cents) if quiet.open_cents else "–")
