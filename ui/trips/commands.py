"""What is done to trips from the window; each verb runs off the GUI thread and is one step to undo."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.tracking import Trip, TripState
from planner.usecases.mileage import propose_drives
from planner.usecases.tracks import TrackRead, read_track
from planner.usecases.trips import begin_trip, cancel_trip, delete_trip, finish_trip, list_trips, make_trips
from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, open_file
from ui.visits.sheet import wall_clock
from ui.words import count

if TYPE_CHECKING:
    from ui.workers import Job


class TripCommands(QObject):
    """One method a deed; problems are told over the window that `window` is in."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    @property
    def read_only(self) -> bool:
        """Whether this window only shows the data."""
        return self._context.workspace.read_only

    def make(self, week: IsoWeek) -> None:
        """Make the trips of a planned week, or bring them up to date with it."""
        workspace = self._context.workspace
        self.run(
            lambda: make_trips(workspace, week), lambda trips: f"Week {week.number}: {count(len(trips), 'trip')}. Ctrl+Z takes it back."
        )

    def begin(self, trip: Trip) -> None:
        """Say that a trip has begun."""
        self.run(lambda: begin_trip(self._context.workspace, trip.id), lambda _trip: f"Begun: {trip.name}")

    def finish(self, trip: Trip) -> None:
        """Say that a trip is done."""
        self.run(lambda: finish_trip(self._context.workspace, trip.id), lambda _trip: f"Finished: {trip.name}. Ctrl+Z takes it back.")

    def cancel(self, trip: Trip) -> None:
        """Say that a trip does not take place."""
        self.run(lambda: cancel_trip(self._context.workspace, trip.id), lambda _trip: f"Cancelled: {trip.name}. Ctrl+Z takes it back.")

    def delete(self, trip: Trip) -> None:
        """Take a trip out."""
        workspace = self._context.workspace
        self.run(lambda: (None, delete_trip(workspace, trip.id)), lambda _none: f"Deleted: {trip.name}. Ctrl+Z brings it back.")

    def propose(self, year: int) -> None:
        """Put the drives of every trip of a year, up to today's, into the mileage log."""
        workspace = self._context.workspace
        today = wall_clock(self._context.desk.settings).date()

        def work(job: "Job") -> int:
            found = list_trips(workspace, date(year, 1, 1), min(today, date(year, 12, 31)))
            trips = [trip for trip in found if trip.state is not TripState.CANCELLED and trip.first <= today]
            for number, trip in enumerate(trips):
                job.report(number / len(trips), trip.name)
                propose_drives(workspace, trip.id)
            return len(trips)

        bus = self._context.bus
        job = self._context.runner.run(
            work,
            lambda trips: bus.told.emit(f"The drives of {count(trips, 'trip')} are in the log"),
            self.fail,
            label="Mileage",
            lane="data",
        )
        # However far it came: each trip is a step of its own.
        job.ended.connect(lambda: bus.changed.emit(Changes("Propose the mileage", plans=True)))

    def ask_track(self) -> None:
        """Ask for a recorded track, read it, and show what is in it."""
        file = open_file(self._window, self._context.workspace.home, Purpose.TRACKS, "Recorded track", "GPS tracks (*.gpx)")
        if file:
            self.read(file)

    def read(self, file: Path) -> None:
        """Read a recorded track, and show what is in it."""
        workspace = self._context.workspace
        self._context.runner.run(
            lambda job: read_track(workspace, file, job.report), self._show_track, self.fail, label=f"Reading {file.name}"
        )

    def _show_track(self, track: TrackRead) -> None:
        from ui.trips.track_dialog import TrackDialog

        TrackDialog(self._context, self, track, self._window.window()).open()

    def run(
        self, verb: Callable[[], tuple[Any, Changes]], told: Callable[[Any], str], refused: Callable[[BaseException], None] | None = None
    ) -> "Job":
        """Run a verb that returns what it made and what it changed; tell the window in words of the first."""
        bus = self._context.bus

        def done(answer: tuple[Any, Changes]) -> None:
            bus.changed.emit(answer[1])
            bus.told.emit(told(answer[0]))

        return self._context.runner.run(lambda _job: verb(), done, refused or self.fail, lane="data")

    def fail(self, error: BaseException) -> None:
        """Show what went wrong."""
        show_error(error, self._window.window())
