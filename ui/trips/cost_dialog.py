"""Add what was spent on a trip, with its receipt."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.tracking import Cost, CostKind, Trip
from planner.usecases.trip_costs import add_cost
from planner.usecases.workspace import Workspace
from ui.file_dialogs import Purpose, open_file
from ui.trips.commands import TripCommands
from ui.trips.small_form import SmallForm
from ui.trips.words import COSTS, dollars
from ui.visits.fields import Choice, DayField
from ui.widgets.parts import button, label
from ui.words import as_plain, money, typed

if TYPE_CHECKING:
    from pathlib import Path

_KEPT = "A copy of the receipt is kept with your data and its backups. With a passphrase it is encrypted as they are."
RECEIPTS = "Receipts (*.pdf *.png *.jpg *.jpeg *.heic *.webp);;All files (*)"


class CostDialog(SmallForm):
    """Kind, amount, day, note, receipt; the amount has the focus."""

    def __init__(self, commands: TripCommands, workspace: Workspace, trip: Trip, parent: QWidget) -> None:
        super().__init__(commands, "Add cost", trip.name, parent)
        self._workspace = workspace
        self._trip = trip
        self.kind, self.amount, self.day, self.note = Choice("Kind of cost"), QLineEdit(), DayField("Day"), QLineEdit()
        self.kind.offer([(kind.value, words) for kind, words in COSTS.items()], CostKind.MEALS.value)
        self.amount.setPlaceholderText(money(2450, 2))
        self.amount.setAccessibleName("Amount")
        self.note.setAccessibleName("Note")
        self.day.show_day(trip.last)
        self.receipt: Path | None = None
        self.file = label("None", "quiet")
        choose = QWidget()
        across = QHBoxLayout(choose)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(button("Choose…", "", self._choose))
        across.addWidget(self.file, 1)
        for text, field in (("Amount", self.amount), ("For", self.kind), ("Day", self.day), ("Note", self.note), ("Receipt", choose)):
            self.form.addRow(text, field)
        self.form.addRow("", label(_KEPT, "small", wrap=True))
        self.amount.setFocus()

    def verb(self) -> Callable[[], tuple[Any, Changes]]:
        workspace, receipt, day = self._workspace, self.receipt, self.day.day
        cost = Cost(
            0, self._trip.id, day or self._trip.last, CostKind(self.kind.value), cents_in(self.amount.text()), self.note.text().strip()
        )
        return lambda: add_cost(workspace, cost, receipt)

    def told(self, cost: Cost) -> str:
        return f"Added: {COSTS[cost.kind].lower()}, {dollars(cost.cents)}. Ctrl+Z takes it back."

    def _choose(self) -> None:
        file = open_file(self, self._workspace.home, Purpose.RECEIPTS, "Receipt", RECEIPTS)
        if file:
            self.receipt = file
            self.file.setText(self.receipt.name)


def cents_in(text: str) -> int:
    """Cents of "$1,024.50"; raises UserProblem for what is no amount."""
    try:
        value = Decimal(as_plain(text).strip().removeprefix("$").replace(",", "").strip())
        cents = value * 100
        if not value.is_finite() or cents != cents.to_integral_value():
            raise InvalidOperation
    except InvalidOperation:
        raise UserProblem(f"The amount “{text.strip()}” cannot be read.", remedy=f"Write it as {typed(24.5, 2)}.") from None
    return int(cents)
