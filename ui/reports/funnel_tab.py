"""The capture funnel: from prospect to client, by rep, area and month, and the prospects that have gone quiet."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.usecases.reports import (
    ALWAYS,
    QUIET_DAYS,
    Funnel,
    FunnelLine,
    Period,
    Quiet,
    funnel_report,
    month_of,
    quarter_of,
    quiet_prospects,
    read_period,
)
from ui.context import AppContext
from ui.errors import show_error
from ui.reports.figures import FigureModel, FigureTable
from ui.reports.tabs import ChoiceRow
from ui.visits.sheet import wall_clock
from ui.widgets.freshness import Freshness
from ui.widgets.parts import label
from ui.words import money, month_day

_GROUPS = ("By rep", "By area", "By month")
_PERIODS = ("All time", "This year", "This quarter", "This month")
_HEADERS = (
    "",
    "Prospects",
    "First visit",
    "Qualified",
    "Proposal",
    "Won",
    "Lost",
    "Won a month",
    "Hours",
    "Hours / $1,000",
    "Cost / $1",
)
_QUIET_HEADERS = ("Prospect", "First visit", "Last contact", "Days", "Open deals")


class FunnelTab(QWidget):
    """Counts anew whenever something changed; a click on a quiet prospect selects it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._funnel: Funnel | None = None
        self.quiet: list[Quiet] = []
        self.groups = ChoiceRow.of_chips(_GROUPS)
        self.periods = ChoiceRow.of_chips(_PERIODS)
        self.model = FigureModel(_HEADERS, frozenset(range(1, len(_HEADERS))), context.theme, self)
        widths = (0, 80, 82, 80, 80, 54, 54, 124, 64, 134, 78)
        self.table = FigureTable(self.model, "Capture funnel", widths, least=170)
        self.quiet_model = FigureModel(_QUIET_HEADERS, frozenset({3, 4}), context.theme, self)
        self.quiet_table = FigureTable(self.quiet_model, "Prospects gone quiet", (0, 110, 110, 70, 100), least=200)
        self.quiet_heading = label("", "heading")
        self.notes = label("", "small", wrap=True)
        self._lay_out()
        self._fresh = Freshness(self, self._load)
        context.bus.changed.connect(self._fresh.outdate)
        context.bus.pack_shown.connect(self._fresh.outdate)
        self.periods.chosen.connect(self._fresh.outdate)
        self.groups.chosen.connect(lambda _number: self._show_lines())
        self.quiet_table.selectionModel().currentRowChanged.connect(lambda now, _before: self._picked(now.row()))

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(24)
        choices.addWidget(self.groups)
        choices.addWidget(self.periods)
        choices.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(choices)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.notes)
        layout.addWidget(self.quiet_heading)
        layout.addWidget(self.quiet_table, 2)

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
        self._show_lines()
        self.notes.setText("\n".join(self._funnel.notes))
        self.notes.setVisible(bool(self._funnel.notes))
        empty = f"No prospect has gone quiet: each was seen in the last {QUIET_DAYS} days, or has a next step."
        self.quiet_heading.setText(f"GONE QUIET FOR {QUIET_DAYS} DAYS · {len(self.quiet):,}" if self.quiet else empty)
        self.quiet_model.put([_quiet_row(each) for each in self.quiet])
        self.quiet_table.setVisible(bool(self.quiet))

    def _show_lines(self) -> None:
        if self._funnel is None:
            return
        lines = (self._funnel.by_rep, self._funnel.by_area, self._funnel.by_month)[self.groups.number]
        self.model.put([_row(self._funnel.total, "All"), *(_row(line, line.name or "Nobody") for line in lines)], strong=0)

    def _picked(self, row: int) -> None:
        if 0 <= row < len(self.quiet):
            self._context.desk.select(self.quiet[row].account.id)


def _row(line: FunnelLine, name: str) -> tuple[str, ...]:
    counts = {step.value: number for step, number in line.counts.items()}
    steps = [f"{counts[step]:,}" if step in counts else "" for step in ("prospect", "first visit", "qualified", "proposal", "won", "lost")]
    hours = f"{line.hours_per_thousand:,.1f}" if line.hours_per_thousand is not None else "–"
    cost = f"${line.cents_per_dollar / 100:,.2f}" if line.cents_per_dollar is not None else "–"
    return (name, *steps, money(line.won_cents), f"{line.hours:,.1f}", hours, cost)


def _quiet_row(quiet: Quiet) -> tuple[str, ...]:
    first, last = (f"{month_day(day)}, {day.year}" for day in (quiet.first_visit, quiet.last_contact))
    return (quiet.account.name, first, last, f"{quiet.days:,}", money(quiet.open_cents) if quiet.open_cents else "–")
