"""The trips of a year back and all that are ahead: what was planned, what was, what it cost."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from planner.model.tracking import Cost, Trip, TripState
from planner.usecases.trip_costs import delete_cost, list_costs, receipt_file
from planner.usecases.trips import list_trips, trip_now, trip_sums
from planner.usecases.workspace import Workspace
from planner.values import replace
from ui.context import AppContext
from ui.errors import show_error
from ui.icons import icon
from ui.reports.figures import FigureModel, FigureTable
from ui.trips.commands import TripCommands
from ui.trips.first_step import do_action, first_step
from ui.trips.side import TripSide
from ui.trips.words import COSTS, TripLine, dollars, trip_row
from ui.visits.sheet import wall_clock
from ui.widgets.flow import FlowLayout
from ui.widgets.freshness import Freshness
from ui.widgets.parts import EmptyState, button, label, set_role
from ui.words import count

BACK_DAYS = 366
_HEADERS = ("Days", "Trip", "Purpose", "State", "Visits", "Planned", "Driven", "Nights", "Cost")
_WIDTHS = (116, 0, 78, 90, 66, 72, 70, 66, 76)
_SPARE = (2, 7)  # the details tell them too
_OPEN = frozenset({TripState.PLANNED, TripState.UNDER_WAY})
_ABOUT = "A planned week becomes trips: what was planned stands beside what you logged, with the miles, nights and costs."
_TO_FINISH = "It is over: finish it, so that its miles count as driven."
type Found = tuple[list[TripLine], dict[int, list[Cost]]]


class TripsTab(QStackedWidget):
    """Follows every change; the newest trip stands first."""

    def __init__(self, context: AppContext, commands: TripCommands) -> None:
        super().__init__()
        self._context = context
        self._commands = commands
        self.lines: list[TripLine] = []
        self._costs: dict[int, list[Cost]] = {}
        self.model = FigureModel(_HEADERS, frozenset({4, 5, 6, 7, 8}), context.theme, self, mark=3)
        self.table = FigureTable(self.model, "Trips", _WIDTHS, least=140, spare=_SPARE, measured=True)
        self.side = TripSide(self._spend, self._open_receipt, self._delete_cost, self._finish, read_only=commands.read_only)
        self.sums = label("", "quiet", wrap=True)
        self.make = button("", "primary", self._make)
        self.begin = self._deed("Begin", lambda: self._with_trip(commands.begin))
        self.finish = self._deed("Finish", self._finish)
        self.cancel = self._deed("Cancel trip", lambda: self._with_trip(commands.cancel))
        self.delete = self._deed("Delete", lambda: self._with_trip(commands.delete))
        self.spend = self._deed("Add cost…", self._spend)
        self.deeds = button("Trip  ▾")
        self.deeds.setAccessibleName("What can be done with the trip")
        self.add = button("Add trip…", "", self._add)
        self.edit = button("Edit…", "", self._edit)
        self.edit.setAccessibleName("Edit the trip")
        self.track = button("From GPX…", "", commands.ask_track)
        self.track.setToolTip("Read a recorded track: what was driven, and where you stopped")
        self.first_make = button("", "primary", self._make)
        self.first_add = button("Add trip…", "", self._add)
        self.empty = EmptyState(
            "No trips yet",
            _ABOUT,
            self.first_make,
            self.first_add,
            button("From GPX…", "", commands.ask_track),
        )
        self.addWidget(self.empty)
        self.addWidget(self._lay_out())
        self._fresh = Freshness(self, self._load)
        for signal in (context.bus.changed, context.bus.pack_shown):
            signal.connect(self._fresh.outdate)
        for signal in (context.bus.week_changed, context.bus.plan_shown, context.bus.pack_shown, context.bus.accounts_shown):
            signal.connect(lambda _news: self._name_week())
        self.table.enter.connect(self._edit)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_trip())
        context.theme.changed.connect(self._tint)
        # Many lines: once for all the news of a moment, and after the table is there.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_side)
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self._fresh.outdate)
        self._minute.start()
        self._tint()
        self._name_week()

    @property
    def chosen(self) -> TripLine | None:
        """The trip of the row that is current."""
        return self.lines[self.table.row] if 0 <= self.table.row < len(self.lines) else None

    def _deed(self, text: str, run: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda _checked=False: run())
        return made

    def _lay_out(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(bar, 8)
        for each in (self.make, self.edit, self.deeds, self.add, self.track):
            flow.addWidget(each)
        between = QAction(self)
        between.setSeparator(True)
        deeds = [self.spend, between, self.begin, self.finish, self.cancel, self.delete]
        menu = QMenu(self.deeds)
        menu.addActions(deeds)
        self.deeds.setMenu(menu)
        edit = self._deed("Edit…", self._edit)
        self.table.addActions([edit, *deeds])
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1000, 330])
        self.side.setMinimumWidth(310)
        return splitter

    def _load(self) -> None:
        workspace, now = self._context.workspace, wall_clock(self._context.desk.settings).replace(tzinfo=None)
        since = now.date() - timedelta(days=BACK_DAYS)

        def lines(_job: object) -> Found:
            return trip_lines(workspace, since, now), {trip.id: list_costs(workspace, trip.id) for trip in list_trips(workspace, since)}

        self._context.runner.run(lines, self._show, lambda error: show_error(error, self.window()), lane="trips", latest=True)

    def _show(self, found: Found) -> None:
        chosen = self.chosen.trip.id if self.chosen else 0
        self.lines, self._costs = found
        units = self._context.desk.units
        self.setCurrentIndex(1 if self.lines else 0)
        off = frozenset(number for number, line in enumerate(self.lines) if line.state is TripState.CANCELLED)
        marked = frozenset(number for number, line in enumerate(self.lines) if line.hint and number not in off)
        self.model.put([trip_row(line, units) for line in self.lines], quiet=off, marked=marked)
        self.table.pick(next((number for number, line in enumerate(self.lines) if line.trip.id == chosen), 0))
        spent = sum(line.sums.cost_cents for line in self.lines)
        self._name_week()
        self.sums.setText(f"{count(len(self.lines), 'trip')} · {dollars(spent)} spent")
        self._show_trip()

    def _show_trip(self) -> None:
        line = self.chosen
        self._soon.start()
        state = line.state if line else None
        kept = line.trip.state if line else None
        open_ = kept in _OPEN
        able = not self._commands.read_only
        self.begin.setEnabled(able and kept is TripState.PLANNED and state is not TripState.CANCELLED)
        self.finish.setEnabled(able and open_)
        self.cancel.setEnabled(able and open_)
        self.edit.setEnabled(able and line is not None)
        self.deeds.setEnabled(able and line is not None)
        for deed in (self.delete, self.spend):
            deed.setEnabled(able and line is not None)
        for each in (self.make, self.first_make, self.add, self.first_add, self.track):
            each.setEnabled(able)

    def _show_side(self) -> None:
        line = self.chosen
        self.side.show_trip(line, self._costs.get(line.trip.id, []) if line else [], self._context.desk.units)

    def _name_week(self) -> None:
        """Offer what comes next for the week on show; it stands out until its trips are there."""
        week, first = self._context.desk.week, first_step(self._context.desk)
        there = any(line.trip.week == str(week) for line in self.lines)
        if first is not None:
            text, tip = first.text, first.why
        elif there:
            text, tip = f"Update the trips of week {week.number}", "Bring them up to date with the plan; what was logged stays as it is"
        else:
            text, tip = f"Make the trips of week {week.number}", "What was planned then stands beside what you log"
        for each in (self.make, self.first_make):
            each.setText(text)
            each.setToolTip(tip)
        set_role(self.make, "" if there and first is None else "primary")
        self.empty.sentence.setText(_ABOUT if first is None else f"{_ABOUT} {first.why}")

    def _make(self) -> None:
        first = first_step(self._context.desk)
        if first is not None:
            do_action(self, first.action)
        else:
            self._commands.make(self._context.desk.week)

    def _finish(self) -> None:
        self._with_trip(self._commands.finish)

    def _with_trip(self, run: Callable[[Trip], None]) -> None:
        if self.chosen is not None:
            run(self.chosen.trip)

    def _add(self) -> None:
        from ui.trips.trip_form import AddTrip

        AddTrip(self._commands, self._context, self._today, self.window()).open()

    def _edit(self) -> None:
        from ui.trips.trip_form import EditTrip

        if self.chosen is not None and not self._commands.read_only:
            EditTrip(self._commands, self._context, self.chosen, self._today, self.window()).open()

    @property
    def _today(self) -> date:
        return wall_clock(self._context.desk.settings).date()

    def _spend(self) -> None:
        from ui.trips.cost_dialog import CostDialog

        if self.chosen is not None:
            CostDialog(self._commands, self._context.workspace, self.chosen.trip, self.window()).open()

    def _open_receipt(self, cost: Cost) -> None:
        workspace = self._context.workspace
        self._context.runner.run(
            lambda _job: receipt_file(workspace, cost), self._show_receipt, lambda error: show_error(error, self.window()), lane="receipt"
        )

    def _show_receipt(self, file: Path | None) -> None:
        if file is None:
            self._context.bus.told.emit("The file of this receipt is gone.")
        else:
            QDesktopServices.openUrl(file.as_uri())

    def _delete_cost(self, cost: Cost) -> None:
        workspace, told = self._context.workspace, f"Deleted: {COSTS[cost.kind].lower()}, {dollars(cost.cents)}. Ctrl+Z brings it back."
        self._commands.run(lambda: (None, delete_cost(workspace, cost.id)), lambda _none: told)

    def _tint(self) -> None:
        self.empty.set_icon(icon("trip", self._context.theme.colours.quiet))


def trip_lines(workspace: Workspace, since: date, now: datetime) -> list[TripLine]:
    """The trips since a day as they stand now, the newest first."""
    trips = sorted(list_trips(workspace, since), key=lambda trip: (trip.first, trip.id), reverse=True)
    lines = [TripLine(*trip_now(workspace, trip.id, now), trip_sums(workspace, trip.id), trip) for trip in trips]
    return [
        replace(line, hint=_TO_FINISH) if line.state is TripState.DONE and line.kept and line.kept.state in _OPEN else line
        for line in lines
    ]
