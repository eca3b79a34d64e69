"""Correct a line of the mileage log, or add one by hand: how far, the odometer, whose drive it was and what for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.tracking import Drive, DriveKind, Source
from planner.usecases.mileage import add_drive, correct_drive
from planner.usecases.workspace import Workspace
from ui.trips.commands import TripCommands
from ui.trips.small_form import SmallForm
from ui.trips.words import DRIVES, typed_far
from ui.visits.fields import Choice, DayField, line_edit
from ui.widgets.parts import label
from ui.words import METRES_PER_MILE, as_plain, typed

MOST_MILES = 10_000_000


class DriveDialog(SmallForm):
    """Of an odometer the miles follow; without it they are typed. `drive` with the id 0 is a new one."""

    def __init__(self, commands: TripCommands, workspace: Workspace, drive: Drive, units: str, parent: QWidget) -> None:
        told = "The miles follow from the odometer when both are given." if drive.id else "It is not claimed until it is confirmed."
        super().__init__(commands, "Correct the drive" if drive.id else "Add a drive", told, parent)
        self._workspace, self._drive, self._units = workspace, drive, units
        self.day = DayField("Day of the drive")
        self.day.show_day(drive.day)
        self.start, self.destination, self.purpose = (line_edit(name, text=text) for name, text in _texts(drive))
        shown = typed_far(drive.metres or None, units)
        self.miles = line_edit("Kilometres" if units == "kilometres" else "Miles", text=shown)
        begin, end = drive.odometer or (None, None)
        self.begin = line_edit("Odometer at the start, in miles", text="" if begin is None else typed(begin / 10))
        self.end = line_edit("Odometer at the end, in miles", text="" if end is None else typed(end / 10))
        self._typed = (self.miles.text(), self.begin.text(), self.end.text())
        self.kind = Choice("Whose drive it was")
        self.kind.offer([(kind.value, words) for kind, words in DRIVES.items()], drive.kind.value)
        odometer = QWidget()
        across = QHBoxLayout(odometer)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        for widget in (self.begin, label("to", "quiet"), self.end):
            across.addWidget(widget)
        self.miles.setMaximumWidth(110)
        rows = (("Day", self.day), ("From", self.start), ("To", self.destination), (self.miles.accessibleName(), self.miles))
        for text, field in (*rows, ("Odometer", odometer), ("Drive", self.kind), ("Purpose", self.purpose)):
            self.form.addRow(text, field)
        (self.miles if drive.id else self.start).setFocus()

    def verb(self) -> Callable[[], tuple[Any, Changes]]:
        workspace, drive = self._workspace, self._drive
        odometer = self._odometer()
        fields: dict[str, Any] = {
            "day": self.day.day or drive.day,
            "start": self.start.text().strip(),
            "destination": self.destination.text().strip(),
            "purpose": self.purpose.text().strip(),
            "kind": DriveKind(self.kind.value),
        }
        if not drive.id:
            metres = 0 if odometer else self._metres()
            made = Drive(0, metres=metres, source=Source.TYPED, odometer=odometer, sample=drive.sample, **fields)
            return lambda: add_drive(workspace, made)
        miles, *read = self._typed
        if odometer is not None and [self.begin.text(), self.end.text()] != read:
            return lambda: correct_drive(workspace, drive.id, odometer=odometer, **fields)
        metres = self._metres() if self.miles.text() != miles else None
        return lambda: correct_drive(workspace, drive.id, metres=metres, **fields)

    def told(self, drive: Drive) -> str:
        return f"{'Corrected' if self._drive.id else 'Added'}: the drive to {drive.destination}. Ctrl+Z takes it back."

    def _metres(self) -> int:
        return metres_in(self.miles.text(), self._units, self.miles.accessibleName())

    def _odometer(self) -> tuple[int, int] | None:
        texts = [self.begin.text().strip(), self.end.text().strip()]
        if not any(texts):
            return None
        if not all(texts):
            raise UserProblem("Only one odometer reading is given.", remedy="Give both, or leave both out.")
        begin, end = (int((number_in(text, "odometer") * 10).to_integral_value()) for text in texts)
        return begin, end


def number_in(text: str, what: str) -> Decimal:
    """The number of "1,024.5"; raises UserProblem for what is none, or too great."""
    try:
        value = Decimal(as_plain(text).replace(",", "").strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value <= MOST_MILES:
        raise UserProblem(f"The {what.lower()} “{text.strip()}” cannot be read.", remedy=f"Write a number such as {typed(12.4)}.")
    return value


def metres_in(text: str, units: str, what: str) -> int:
    """Whole metres of "12.4" miles or kilometres, as the setting `units` has it; raises UserProblem for what is no number."""
    unit = Decimal(1000) if units == "kilometres" else Decimal(str(METRES_PER_MILE))
    return int((number_in(text, what) * unit).to_integral_value())


def new_drive(day: date, *, sample: bool) -> Drive:
    """A line still to be filled."""
    return Drive(0, day, "", "", 0, Source.TYPED, sample=sample)


def _texts(drive: Drive) -> tuple[tuple[str, str], ...]:
    return (("From", drive.start), ("To", drive.destination), ("Purpose", drive.purpose))
