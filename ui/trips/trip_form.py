"""Add a trip by hand, or correct one: its name and note, and when she came, left and how far it was."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.tracking import Purpose, Source, Trip, TripState
from planner.usecases.trips import add_trip, edit_trip, get_trip
from planner.values import replace
from ui.context import AppContext
from ui.trips.commands import TripCommands
from ui.trips.small_form import SmallForm
from ui.trips.stop_rows import StopRows
from ui.trips.words import TripLine, days_words
from ui.visits.fields import Choice, DayField, line_edit
from ui.widgets.parts import label

MOST_DAYS = 366
WIDTH = 780
_WAS, _IS_PLANNED = "was", "planned"
_ADD = "Its miles go into the mileage log with the next proposal of drives, and are claimed once you confirm them."
_FROM_PLAN = "Its times and miles come from the plan of the week, and can be corrected once it has begun."


class AddTrip(SmallForm):
    """A trip that took place or is planned, with its stops in their order; the last one is where she is back."""

    def __init__(self, commands: TripCommands, context: AppContext, today: date, parent: QWidget) -> None:
        super().__init__(commands, "Add a trip", _ADD, parent)
        self.setMinimumWidth(WIDTH)
        self._workspace, self._today = context.workspace, today
        self.name = line_edit("Name", "What to call it")
        self.first, self.last = DayField("First day"), DayField("Last day")
        for field in (self.first, self.last):
            field.show_day(today)
        self._before = today
        self.state, self.purpose = Choice("Whether it took place"), Choice("What it is for")
        self.state.offer([(_WAS, "It took place"), (_IS_PLANNED, "It is planned")], _WAS)
        self.purpose.offer([(each.value, each.value.capitalize()) for each in Purpose], Purpose.OTHER.value)
        self.start = line_edit("Start", "Where it begins")
        self.start.setText("Home")
        self.note = line_edit("Note")
        self.stops = StopRows(context.desk.units, context.desk.accounts.values())
        self.stops.show_days([today])
        self.stops.insert()
        self.stops.insert("Home")
        days = QWidget()
        across = QHBoxLayout(days)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        for widget in (self.first, label("to", "quiet"), self.last, self.state, label("for", "quiet"), self.purpose):
            across.addWidget(widget)
        across.addStretch(1)
        for text, row in (("Name", self.name), ("Days", days), ("Start", self.start), ("Note", self.note)):
            self.form.addRow(text, row)
        self.form.addRow(self.stops)
        self.first.dateChanged.connect(lambda _day: self._follow_first())
        self.last.dateChanged.connect(lambda _day: self._follow_days())
        self.name.setFocus()

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self.first.day or self._today, self.last.day or self._today

    def verb(self) -> Callable[[], tuple[Any, Changes]]:
        first, last = self.days
        was = self.state.value == _WAS
        if last < first:
            raise UserProblem("The trip would end before it begins.", remedy="Give a later last day.")
        if (last - first).days >= MOST_DAYS:
            raise UserProblem("The trip would take more than a year.", remedy="Give an earlier last day.")
        if was and last > self._today:
            raise UserProblem("The trip is not over yet, so it cannot have taken place.", remedy="Say that it is planned.")
        start = self.start.text().strip()
        if not start:
            raise UserProblem("The trip begins nowhere.", remedy="Say where it starts.")
        trip = Trip(
            id=0,
            name=self.name.text().strip(),
            first=first,
            last=last,
            state=TripState.DONE if was else TripState.PLANNED,
            purpose=Purpose(self.purpose.value),
            start=start,
            leave_s=None,
            nights=(last - first).days,
            source=Source.TYPED,
            note=self.note.text().strip(),
            stops=self.stops.read(was=was),
        )
        workspace = self._workspace
        return lambda: add_trip(workspace, trip)

    def told(self, trip: Trip) -> str:
        return f"Added: {trip.name}. Ctrl+Z takes it back."

    def _follow_first(self) -> None:
        """A trip of a day stays one, and none ends before it begins."""
        first, last = self.days
        if last == self._before or last < first:
            self.last.show_day(first)
        self._before = first
        self._follow_days()

    def _follow_days(self) -> None:
        first, last = self.days
        over = last <= self._today
        self.state.setCurrentIndex(self.state.findData(_WAS if over else _IS_PLANNED))
        self.stops.show_days(days_of(first, last))


class EditTrip(SmallForm):
    """Corrects a trip that is there; what visits that are logged say of it is changed at these."""

    def __init__(self, commands: TripCommands, context: AppContext, line: TripLine, today: date, parent: QWidget) -> None:
        self.kept = line.kept or line.trip
        self._was = self.kept.first <= today
        from_plan = bool(self.kept.week) and not self._was
        days = days_words(self.kept.first, self.kept.last)
        told = f"{days}. {_FROM_PLAN}" if from_plan else days
        super().__init__(commands, "Correct the trip", told, parent)
        self.setMinimumWidth(WIDTH)
        self._workspace = context.workspace
        self.name, self.note = line_edit("Name"), line_edit("Note")
        self.name.setText(self.kept.name)
        self.note.setText(self.kept.note)
        self.form.addRow("Name", self.name)
        self.form.addRow("Note", self.note)
        self.stops = StopRows(context.desk.units, ())
        self.stops.show_stops(() if from_plan else line.trip.stops, _said_by_visits(line.trip, self.kept), was=self._was)
        if not from_plan:
            self.form.addRow(self.stops)
        self.name.setFocus()

    def verb(self) -> Callable[[], tuple[Any, Changes]]:
        kept, workspace, was = self.kept, self._workspace, self._was
        changed = replace(kept, name=self.name.text().strip(), note=self.note.text().strip())
        if self.stops.rows:
            typed = self.stops.read(was=was)
            locked = self.stops.locked
            stops = tuple(
                replace(stop, came_s=old.came_s, went_s=old.went_s) if old.position in locked else stop
                for stop, old in zip(typed, kept.stops, strict=True)
            )
            changed = replace(changed, stops=stops, source=Source.TYPED if self.stops.is_farther and was else kept.source)

        def run() -> tuple[Trip, Changes]:
            if get_trip(workspace, kept.id) != kept:
                raise UserProblem("The trip was changed meanwhile.", "What you typed is not kept.", "Close this, and open it again.")
            return edit_trip(workspace, changed)

        return run

    def told(self, trip: Trip) -> str:
        return f"Changed: {trip.name}. Ctrl+Z takes it back."


def days_of(first: date, last: date) -> Sequence[date]:
    """The days of a trip, a year of them at most; the first alone when it would end before it begins."""
    return [first + timedelta(days=number) for number in range(max(1, min((last - first).days + 1, MOST_DAYS)))]


def _said_by_visits(seen: Trip, kept: Trip) -> frozenset[int]:
    """The positions of the stops whose times are those of logged visits."""
    pairs = zip(seen.stops, kept.stops, strict=True)
    return frozenset(one.position for one, other in pairs if (one.came_s, one.went_s) != (other.came_s, other.went_s))
