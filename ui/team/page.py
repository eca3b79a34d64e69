"""The Team page: a row a rep, and beneath it the sheet for the one that is chosen."""

from datetime import date
from pathlib import Path

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from planner.usecases.report_pages import one_on_one_page, write_page, writing_for
from planner.usecases.reports import (
    OneOnOne,
    RepStanding,
    SupportLedger,
    days_before,
    one_on_one_sheet,
    support_report,
    team_standings,
)
from planner.values import Struct
from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, save_file
from ui.icons import icon
from ui.reports.figures import FigureModel, FigureTable
from ui.safety.read_only import WHY
from ui.team.name_delegate import NameDelegate
from ui.team.sheet_lines import cards_of
from ui.team.words import FIGURES, HEADERS, WIDTHS, standing_row
from ui.undo import show_once
from ui.visits.commands import VisitCommands
from ui.visits.sheet import wall_clock
from ui.widgets.freshness import Freshness
from ui.widgets.parts import EmptyState, button, clear, label
from ui.widgets.scrolled import Scrolled
from ui.words import full_day

LEDGER_DAYS = 90
COLUMNS = 3


class Team(Struct, frozen=True):
    """What the table shows: the standings, who needs help next first, and the ledger they are ordered by."""

    standings: tuple[RepStanding, ...]
    ledger: SupportLedger


class TeamPage(QStackedWidget):
    """Follows every change; who needs help next stands first."""

    def __init__(self, context: AppContext, visits: VisitCommands, *first_steps: QPushButton) -> None:
        super().__init__()
        self._context = context
        self._visits = visits
        self._team: Team | None = None
        self._wanted = ""
        self.sheet: OneOnOne | None = None
        self.model = FigureModel(HEADERS, FIGURES, context.theme, self)
        self.table = FigureTable(self.model, "Team", WIDTHS, least=220, spare=(5, 6), snug=True, wraps=True)
        self.table.setItemDelegateForColumn(0, NameDelegate(context.theme, self.table))
        self.title = label("", "title", wrap=True)
        self.since = label("", "quiet", wrap=True)
        self.save = button("Save as page…", "", self._ask_where)
        self.log = button("Log help…", "", self._log)
        self.propose = button("Propose…", "", self._propose)
        self.propose.setAccessibleName("Propose time with the rep")
        self.propose.setToolTip("The best times of this week and the next for a ride-along or a one-on-one")
        self.duties = button("Recurring duties…", "", self._open_duties)
        self.save.setToolTip("The sheet as a page to print or to read offline (HTML)")
        if visits.read_only:
            for each in (self.log, self.propose):
                each.setEnabled(False)
                each.setToolTip(WHY)
        self.columns = [QVBoxLayout() for _ in range(COLUMNS)]
        self.empty = EmptyState(
            "No reps yet",
            "Import the file of your reps (Ctrl+I), with their quotas: here you see how it stands with each, and who needs you next.",
            *first_steps,
        )
        self.addWidget(self.empty)
        self.addWidget(self._lay_out())
        self._fresh = Freshness(self, self._load)
        context.bus.changed.connect(self._fresh.outdate)
        context.bus.pack_shown.connect(self._fresh.outdate)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._load_sheet())
        context.theme.changed.connect(self._tint)
        self._tint()

    @property
    def chosen(self) -> RepStanding | None:
        """The rep of the row that is current."""
        row = self.table.row
        return self._team.standings[row] if self._team and 0 <= row < len(self._team.standings) else None

    def choose(self, name: str) -> None:
        """Put a rep on show, as soon as the team is here."""
        if self._team is None:
            self._wanted = name
        else:
            self._pick(name)

    def _pick(self, name: str) -> None:
        standings = self._team.standings if self._team else ()
        self.table.pick(next((number for number, each in enumerate(standings) if each.rep.name == name), 0))

    def _today(self) -> date:
        return wall_clock(self._context.desk.settings).date()

    def _load(self) -> None:
        workspace, today = self._context.workspace, self._today()

        def team(_job: object) -> Team:
            ledger = support_report(workspace, days_before(today, LEDGER_DAYS), today)
            by_name = {each.rep.name: each for each in team_standings(workspace, today)}
            return Team(tuple(by_name[line.rep.name] for line in ledger.lines), ledger)

        self._context.runner.run(team, self._show, self._fail, lane="team", latest=True)

    def _fail(self, error: BaseException) -> None:
        show_error(error, self.window())

    def _show(self, team: Team) -> None:
        before = self._wanted or (self.chosen.rep.name if self.chosen else "")
        self._team, self._wanted = team, ""
        self.setCurrentIndex(1 if team.standings else 0)
        self.model.put([standing_row(each, team.ledger) for each in team.standings])
        self._pick(before)
        self._load_sheet()

    def _load_sheet(self) -> None:
        workspace, today, chosen = self._context.workspace, self._today(), self.chosen
        if chosen is not None:
            name = chosen.rep.name
            self._context.runner.run(
                lambda _job: one_on_one_sheet(workspace, name, today), self._show_sheet, self._fail, lane="one-on-one", latest=True
            )

    def _show_sheet(self, sheet: OneOnOne) -> None:
        team, standing = self._team, self.chosen
        if team is None or standing is None or standing.rep.name != sheet.rep.name:
            return
        self.sheet = sheet
        self.title.setText(f"One-on-one with {sheet.rep.name}")
        last = (
            f"Since the last one on {full_day(sheet.since)}" if sheet.met_before else f"Since {full_day(sheet.since)}: none is logged yet"
        )
        self.since.setText(f"{sheet.rep.role} · {last}" if sheet.rep.role else last)
        cards = cards_of(sheet, standing, team.ledger, self._context.desk.accounts, self._context.desk.select)
        for column in self.columns:
            clear(column)
        for card in cards:
            min(self.columns, key=_height).addWidget(card)
        for column in self.columns:
            column.addStretch(1)

    def _log(self) -> None:
        if self.chosen is not None:
            self._visits.log_help(self.chosen.rep.name)

    def _propose(self) -> None:
        from ui.team.propose_dialog import ProposeDialog

        if self.chosen is not None:
            ProposeDialog(self._context, self.chosen.rep.name, self.window()).open()

    def _open_duties(self) -> None:
        from ui.duties.dialog import DutiesDialog

        show_once(self.window(), DutiesDialog, lambda: DutiesDialog(self._context, self.window()))

    def _ask_where(self) -> None:
        if self.sheet is None:
            return
        plain = "".join(letter if letter.isalnum() else "-" for letter in self.sheet.rep.name)
        name = f"one-on-one-{plain}-{self.sheet.today}.html"
        file, _kind = save_file(self, self._context.workspace.home, Purpose.SHEETS, "Save the sheet", name, "Page (*.html)")
        if file:
            self.save_page(file)

    def save_page(self, file: Path) -> None:
        """Write the sheet on show as a page, and open it."""
        assert self.sheet is not None
        names = {number: account.name for number, account in self._context.desk.accounts.items()}
        sheet, workspace = self.sheet, self._context.workspace

        def saved(_written: object) -> None:
            self._context.bus.told.emit(f"Saved {file}")
            QDesktopServices.openUrl(file.as_uri())

        def write(_job: object) -> object:
            return write_page(one_on_one_page(sheet, names, writing_for(workspace, file)), file)

        self._context.runner.run(write, saved, self._fail, label="Saving the sheet")

    def _lay_out(self) -> QWidget:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.title)
        told.addWidget(self.since)
        buttons.addLayout(told, 1)
        buttons.addWidget(self.propose)
        buttons.addWidget(self.duties)
        buttons.addWidget(self.log)
        buttons.addWidget(self.save)
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 8, 8)
        across.setSpacing(10)
        for column in self.columns:
            column.setSpacing(10)
            across.addLayout(column, 1)
        below = QWidget()
        layout = QVBoxLayout(below)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(buttons)
        layout.addWidget(Scrolled(inside), 1)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(16, 12, 16, 8)
        outer.addWidget(self.table, 1)
        outer.addWidget(below, 1)
        return page

    def _tint(self) -> None:
        self.empty.set_icon(icon("team", self._context.theme.colours.quiet))


def _height(column: QVBoxLayout) -> int:
    """How high the cards of a column are together."""
    cards = [item.widget() for number in range(column.count()) if (item := column.itemAt(number)) is not None]
    return sum(card.sizeHint().height() for card in cards if card is not None)
