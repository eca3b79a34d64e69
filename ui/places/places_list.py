"""The list of places to check, with a chip for each problem that filters it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QPushButton, QVBoxLayout, QWidget

from planner.model.placing import PlaceProblem, PlaceToCheck
from ui.places.delegate import PlacesDelegate
from ui.places.model import TO_CHECK, PlacesModel
from ui.places.words import problem_words
from ui.style import Theme
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import clear
from ui.words import number

_WIDTH_PX = 300


class PlacesList(QWidget):
    """`current_changed` carries the `PlaceToCheck` that is current now, or None."""

    current_changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH_PX)
        self.model = PlacesModel(self)
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(PlacesDelegate(theme, self.view))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("Accounts whose place is to be checked")
        self.view.selectionModel().currentChanged.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.chips)
        layout.addWidget(self.view, 1)

    def show_places(self, places: Sequence[PlaceToCheck], wanted: Sequence[int | None]) -> None:
        """Show other places, and go to the first account of those wanted that is among them, else to where the list was."""
        row = max(self.view.currentIndex().row(), 0)
        self.model.show(places)
        self._show_chips()
        found = next((at for account_id in wanted if (at := self.model.row_of(account_id)) >= 0), -1)
        self._go(found if found >= 0 else min(row, len(self.model.shown) - 1))

    @property
    def current(self) -> PlaceToCheck | None:
        """The one that is current."""
        index = self.view.currentIndex()
        return index.data(TO_CHECK) if index.isValid() else None

    def others(self) -> tuple[int, ...]:
        """The accounts that come after the current one, then those before it."""
        row, shown = self.view.currentIndex().row(), self.model.shown
        return tuple(each.account.id for each in (*shown[row + 1 :], *shown[: max(row, 0)]))

    def step(self) -> None:
        """Go to the next one; after the last comes the first."""
        if self.model.shown:
            self._go((self.view.currentIndex().row() + 1) % len(self.model.shown))

    def go_to(self, account_id: int | None) -> None:
        """Go to an account, if it is in the list."""
        row = self.model.row_of(account_id)
        if row >= 0:
            self._go(row)

    def _go(self, row: int) -> None:
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.view.setCurrentIndex(index)
        if not index.isValid():
            self.current_changed.emit(None)

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.current_changed.emit(index.data(TO_CHECK))

    def _show_chips(self) -> None:
        clear(self._flow)
        for problem, accounts in self.model.counts():
            chip = QPushButton(f"{problem_words(problem)} {number(accounts)}")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setChecked(problem in self.model.filtered)
            chip.setAccessibleDescription("Show only places with this problem")
            chip.toggled.connect(lambda on, problem=problem: self._toggle(problem, on))
            self._flow.addWidget(chip)
        self.chips.setVisible(len(self.model.counts()) > 1)

    def _toggle(self, problem: PlaceProblem, on: bool) -> None:
        current = self.current
        self.model.filter_problems(self.model.filtered | {problem} if on else self.model.filtered - {problem})
        row = self.model.row_of(current.account.id) if current else -1
        self._go(max(row, 0) if self.model.shown else -1)
