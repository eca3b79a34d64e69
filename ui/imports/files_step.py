"""The first step: the files and their tables at the left, how the chosen one is read at the right."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from planner.model.imports import TableMapping
from ui.imports.entries import Entry, State, added
from ui.imports.entries_list import EntriesList
from ui.imports.mapping_panel import MappingPanel
from ui.imports.tables import TableChoice
from ui.style import Theme
from ui.widgets.parts import button

_LEFT_PX, _LEFT_MIN_PX = 264, 190


class FilesStep(QWidget):
    """Keeps the entries; `changed` when they, or how they are read, are others now. `more_wanted` asks for more files."""

    changed = Signal()
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list = EntriesList(theme)
        self.mapping = MappingPanel(theme)
        self.add = button("Add files…", "", self.more_wanted.emit)
        self.remove = button("Remove", "", lambda: self._remove(self.list.row))
        self.remove.setToolTip("Take the file off the list (Del); the file itself stays where it is")
        side = QFrame()
        side.setObjectName("side")
        side.setMinimumWidth(_LEFT_MIN_PX)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 10, 8, 10)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(side)
        self.split.addWidget(self.mapping)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([_LEFT_PX, 4 * _LEFT_PX])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.list.picked.connect(self._show_row)
        self.list.removed.connect(self._remove)
        self.mapping.edited.connect(self._keep)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is in the list."""
        return self.list.model_.entries

    @property
    def entry(self) -> Entry | None:
        """What is on show."""
        return self.entries[self.list.row] if 0 <= self.list.row < len(self.entries) else None

    def add_entries(self, new: Sequence[Entry]) -> None:
        """Put more into the list, and show the first of them that wants a look."""
        entries = added(self.entries, new)
        wants = [row for row, entry in enumerate(entries) if entry.state in {State.LACKING, State.REFUSED}]
        unknown = [row for row, entry in enumerate(entries) if entry.state is State.LEFT_OUT]
        self.list.show_entries(entries, next(iter([*wants, *unknown]), 0))
        self.changed.emit()

    def show_presets(self, presets: Mapping[str, TableMapping]) -> None:
        """Offer these presets."""
        self.mapping.show_presets(presets)

    def use(self, choice: TableChoice) -> None:
        """Read the table on show in another way."""
        self._keep(choice)
        self.mapping.show_entry(self.entry)

    def _show_row(self, _row: int) -> None:
        self.mapping.show_entry(self.entry)
        self.remove.setEnabled(self.entry is not None)

    def _keep(self, choice: TableChoice) -> None:
        if self.entry is not None:
            self.list.model_.replace(self.list.row, Entry(self.entry.path, choice))
            self.changed.emit()

    def _remove(self, row: int) -> None:
        if 0 <= row < len(self.entries):
            path = self.entries[row].path
            self.list.show_entries([entry for entry in self.entries if entry.path != path], row)
            self.changed.emit()
