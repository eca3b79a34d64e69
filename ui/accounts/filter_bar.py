"""The filter of the list of accounts as chips: each can be changed or taken out, and another one put beside it."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from planner.model.account_views import Condition
from ui.accounts.columns import Column
from ui.accounts.filter_words import condition_words, shortened
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, clear
from ui.widgets.plain_tip import plain_tip


class FilterBar(QWidget):
    """`changed` carries the conditions that are left; `asked` the number of the one that is to be changed, or -1 for a new one."""

    changed = Signal(list)
    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conditions: tuple[Condition, ...] = ()
        self._flow = FlowLayout(self)
        self.setContentsMargins(0, 4, 0, 4)
        self.add = button("+ Filter", "chip", lambda: self.asked.emit(-1))
        self.add.setToolTip("Show only some of the accounts")
        self.add.setAccessibleName("Add a filter")
        self._flow.addWidget(self.add)

    @property
    def chips(self) -> list["ConditionChip"]:
        """The chips from the first to the last."""
        return [chip for at in range(self._flow.count()) if isinstance(chip := self._flow.itemAt(at).widget(), ConditionChip)]  # type: ignore[union-attr]

    def show_conditions(self, conditions: Iterable[Condition], columns: Mapping[str, Column]) -> None:
        """Show these conditions."""
        wanted = tuple(conditions)
        if wanted == self._conditions and len(self.chips) == len(wanted):
            return
        self._conditions = wanted
        had_focus = any(chip.isAncestorOf(focus) for chip in self.chips if (focus := self.focusWidget()) is not None)
        self._flow.removeWidget(self.add)
        clear(self._flow)
        for number, condition in enumerate(wanted):
            chip = ConditionChip(condition_words(columns.get(condition.column), condition))
            chip.text.clicked.connect(lambda _checked=False, number=number: self.asked.emit(number))
            chip.removed.connect(lambda number=number: self._take_out(number))
            self._flow.addWidget(chip)
        self._flow.addWidget(self.add)
        self.add.setText("+ Filter" if not wanted else "+")
        if had_focus:
            self.add.setFocus()
        self.updateGeometry()

    def _take_out(self, number: int) -> None:
        self.changed.emit([condition for at, condition in enumerate(self._conditions) if at != number])


class ConditionChip(QWidget):
    """A condition that can be pressed to change it, and a cross to take it out; Del does that too."""

    removed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.text = QPushButton(shortened(words).replace("&", "&&"))
        self.text.setProperty("role", "chip")
        self.text.setAutoDefault(False)
        self.text.setToolTip(plain_tip(f"{words}\nPress to change it, Del takes it out."))
        self.text.setAccessibleName(f"Filter: {words}")
        self.cross = button("✕", "chip", self.removed.emit)
        self.cross.setToolTip("Take this filter out")
        self.cross.setAccessibleName(f"Take out the filter: {words}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.text)
        layout.addWidget(self.cross)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
