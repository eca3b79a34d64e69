"""The mileage log of a year: what is claimed, and what waits to be confirmed."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from planner.model.tracking import Drive
from planner.usecases.mileage import (
    MileageForm,
    MileageYear,
    WeekMiles,
    amount_cents,
    confirm_drives,
    delete_drives,
    export_mileage,
    mileage_rates,
    mileage_year,
)
from planner.usecases.packs import active_pack
from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, save_file
from ui.icons import icon
from ui.reports.chart import Column, ColumnChart
from ui.reports.figures import FigureModel, FigureTable
from ui.trips.commands import TripCommands
from ui.trips.words import dollars, drive_row, far, week_words
from ui.visits.sheet import wall_clock
from ui.widgets.flow import FlowLayout
from ui.widgets.freshness import Freshness
from ui.widgets.parts import EmptyState, button, label
from ui.words import count, month_day, number

_HEADERS = ("Claim", "Day", "From", "To", "Purpose", "Distance", "Amount", "Drive", "Source", "Odometer")
_WIDTHS = (118, 106, 0, 0, 174, 80, 76, 84, 84, 144)
_SPARE = (9, 8, 7)  # told by the dialog that corrects a drive
_KINDS = (("Claimed", "capture"), ("Commute and personal", "duty"), ("Not confirmed, not claimed", "support"))


class MileageTab(QStackedWidget):
    """Space confirms, Enter corrects, Del takes out; what is not confirmed is marked and not claimed."""

    def __init__(self, context: AppContext, commands: TripCommands) -> None:
        super().__init__()
        self._context = context
        self._commands = commands
        self.year = wall_clock(context.desk.settings).year
        self.drives: tuple[Drive, ...] = ()
        self._sample = False
        self.model = FigureModel(_HEADERS, frozenset({5, 6, 9}), context.theme, self)
        self.table = FigureTable(self.model, "Mileage log", _WIDTHS, several=True, least=160, spare=_SPARE, snug=True)
        self.weeks_heading = label("", "heading")
        self.weeks = ColumnChart(context.theme, "Distance by week", _KINDS)
        self.which = label("", "week")
        self.sums, self.waiting, self.notes = label("", wrap=True), label("", "support"), label("", "small", wrap=True)
        self.confirm = button("Confirm", "primary", self._confirm)
        self.confirm.setToolTip("They were driven as the log has them, and are claimed (Space)")
        self.confirm_all = button("Confirm all", "", self._confirm_all)
        self.confirm_all.setToolTip("All drives of the year that are not confirmed yet, as far as their distance is known")
        self.correct = button("Correct…", "", self._correct)
        self.delete = button("Delete", "", self._delete)
        self.add = button("Add a drive…", "", self._add)
        self.propose = button("Add drives from trips", "", self._propose)
        self.propose.setToolTip("Put the drives of all trips of the year into the log; none is claimed before it is confirmed")
        self.export = button("Export…", "", self._ask_where)
        self.empty = EmptyState(
            "No drive is in the log of this year",
            "Add the drives of your trips, check them, and confirm them: only what is confirmed is claimed.",
            button("Add drives from trips", "primary", self._propose),
            button("Add a drive…", "", self._add),
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.empty)
        self.middle.addWidget(self._lay_out_log())
        self.addWidget(self._lay_out())
        self._fresh = Freshness(self, self._load)
        for signal in (context.bus.changed, context.bus.pack_shown):
            signal.connect(self._fresh.outdate)
        self.table.space.connect(self._confirm)
        self.table.enter.connect(self._correct)
        self.table.delete.connect(self._delete)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._enable())
        context.theme.changed.connect(self._tint)
        self._tint()

    @property
    def chosen(self) -> list[Drive]:
        """The drives of the rows that are selected."""
        return [self.drives[row] for row in self.table.rows if row < len(self.drives)]

    def _lay_out_log(self) -> QWidget:
        log = QWidget()
        column = QVBoxLayout(log)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addSpacing(10)
        column.addWidget(self.weeks_heading)
        column.addWidget(self.weeks)
        column.addStretch(0)
        return log

    def _lay_out(self) -> QWidget:
        page = QWidget()
        bar = QWidget()
        flow = FlowLayout(bar, 8)
        before, after = button("‹", "", lambda: self._turn(-1)), button("›", "", lambda: self._turn(1))
        before.setAccessibleName("The year before")
        after.setAccessibleName("The year after")
        for each in (before, after):
            each.setFixedWidth(34)
        self.which.setFixedHeight(30)
        deeds = (self.confirm, self.confirm_all, self.correct, self.delete, self.add, self.propose, self.export)
        for each in (before, self.which, after, *deeds):
            flow.addWidget(each)
        foot = QHBoxLayout()
        foot.setSpacing(20)
        foot.addWidget(self.sums, 1)
        foot.addWidget(self.waiting)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(bar)
        column.addWidget(self.middle, 1)
        column.addLayout(foot)
        column.addWidget(self.notes)
        return page

    def _turn(self, years: int) -> None:
        self.year += years
        self._fresh.outdate()

    def _load(self) -> None:
        workspace, year = self._context.workspace, self.year

        def load(_job: object) -> tuple[MileageYear, dict[int, int], bool]:
            told, rates, pack = mileage_year(workspace, year), mileage_rates(workspace), active_pack(workspace)
            return told, {drive.id: amount_cents(drive, rates) for drive in told.drives}, bool(pack and pack.sample)

        self._context.runner.run(load, self._show, self._failed, lane="mileage", latest=True)

    def _failed(self, error: BaseException) -> None:
        self.year = wall_clock(self._context.desk.settings).year
        show_error(error, self.window())

    def _show(self, found: tuple[MileageYear, dict[int, int], bool]) -> None:
        told, amounts, self._sample = found
        units, row = self._context.desk.units, self.table.row
        self.drives = told.drives
        self.which.setText(f"{told.year}")
        marked = frozenset(row for row, drive in enumerate(told.drives) if not drive.confirmed)
        self.model.put([drive_row(drive, amounts[drive.id], units) for drive in told.drives], marked=marked)
        self.table.pick(row)
        self.middle.setCurrentIndex(1 if told.drives else 0)
        self._show_weeks(told.weeks, units)
        whole = told.totals.whole
        kinds = (("business", whole.business_m), ("commute", whole.commute_m), ("personal", whole.personal_m))
        driven = " · ".join(f"{far(metres, units)} {name}" for name, metres in kinds if metres)
        self.sums.setText(f"Claimed {dollars(whole.cents)}" + (f" · {driven}" if driven else ""))
        self.waiting.setText(
            f"{count(len(marked), 'drive')} of {far(whole.unconfirmed_m, units)} not confirmed, not claimed" if marked else ""
        )
        _tell(self.notes, "\n".join((*told.notes, *told.problems)))
        self._enable()

    def _show_weeks(self, weeks: Iterable[WeekMiles], units: str) -> None:
        self.weeks_heading.setText("KILOMETRES BY WEEK" if units == "kilometres" else "MILES BY WEEK")
        self.weeks.show_columns(
            [
                Column(
                    month_day(each.week.day(0)),
                    (each.business_m, each.other_m, each.unconfirmed_m),
                    far(each.metres, units) if each.metres else "",
                    week_words(each, units),
                )
                for each in weeks
            ]
        )

    def _enable(self) -> None:
        able, chosen = not self._commands.read_only, self.chosen
        self.confirm.setEnabled(able and any(not drive.confirmed for drive in chosen))
        waiting = self._waiting
        self.confirm_all.setText(f"Confirm all {number(len(waiting))}" if len(waiting) > 1 else "Confirm all")
        self.confirm_all.setEnabled(able and bool(waiting))
        self.correct.setEnabled(able and len(chosen) == 1)
        self.delete.setEnabled(able and bool(chosen))
        self.export.setEnabled(bool(self.drives))
        for each in (self.add, self.propose):
            each.setEnabled(able)

    @property
    def _waiting(self) -> list[Drive]:
        """The drives that can be confirmed: they are over, and how far they were is known."""
        today = wall_clock(self._context.desk.settings).date()
        return [drive for drive in self.drives if not drive.confirmed and drive.metres and drive.day <= today]

    def _confirm(self) -> None:
        last = max(self.table.rows, default=0)
        # The next one can be confirmed at once.
        self._say_driven([drive for drive in self.chosen if not drive.confirmed], last + 1)

    def _confirm_all(self) -> None:
        self._say_driven(self._waiting, self.table.row)

    def _say_driven(self, drives: Sequence[Drive], row: int) -> None:
        ids = [drive.id for drive in drives]
        if ids and not self._commands.read_only:
            workspace = self._context.workspace
            job = self._commands.run(
                lambda: (None, confirm_drives(workspace, ids)), lambda _none: f"{count(len(ids), 'drive')} confirmed. Ctrl+Z takes it back."
            )
            job.done.connect(lambda _answer: self.table.pick(row))

    def _correct(self) -> None:
        from ui.trips.drive_dialog import DriveDialog

        if len(self.chosen) == 1 and not self._commands.read_only:
            DriveDialog(self._commands, self._context.workspace, self.chosen[0], self._context.desk.units, self.window()).open()

    def _add(self) -> None:
        from ui.trips.drive_dialog import DriveDialog, new_drive

        drive = new_drive(wall_clock(self._context.desk.settings).date(), sample=self._sample)
        DriveDialog(self._commands, self._context.workspace, drive, self._context.desk.units, self.window()).open()

    def _delete(self) -> None:
        ids = [drive.id for drive in self.chosen]
        if ids and not self._commands.read_only:
            workspace = self._context.workspace
            told = f"{count(len(ids), 'drive')} deleted. Ctrl+Z brings {'it' if len(ids) == 1 else 'them'} back."
            self._commands.run(lambda: (None, delete_drives(workspace, ids)), lambda _none: told)

    def _propose(self) -> None:
        self._commands.propose(self.year)

    def _ask_where(self) -> None:
        home, name = self._context.workspace.home, f"mileage-{self.year}.xlsx"
        file, _kind = save_file(self, home, Purpose.MILEAGE, "Export the mileage log", name, "Workbook (*.xlsx);;Text (*.csv)")
        if file:
            self.save(file)

    def save(self, file: Path) -> None:
        """Write the log of the year: a workbook, or text when the name ends in .csv."""
        workspace, year = self._context.workspace, self.year
        form = MileageForm.CSV if file.suffix.lower() == ".csv" else MileageForm.XLSX

        def saved(written: Path) -> None:
            self._context.bus.told.emit(f"Saved {written}")
            QDesktopServices.openUrl(written.parent.as_uri())

        self._context.runner.run(lambda _job: export_mileage(workspace, year, file, form), saved, self._failed, label="Exporting")

    def _tint(self) -> None:
        self.empty.set_icon(icon("trip", self._context.theme.colours.quiet))


def _tell(line: QLabel, text: str) -> None:
    line.setText(text)
    line.setVisible(bool(text))
