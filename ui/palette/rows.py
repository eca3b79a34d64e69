"""What was found as rows: a heading, then what stands under it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.usecases.find_anything import Thing
from ui.palette.finder import Section

THING = Qt.ItemDataRole.UserRole


class FoundModel(QAbstractListModel):
    """A row is a heading (text) or a thing; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Thing] = []

    def show(self, sections: Sequence[Section]) -> None:
        """Show other sections."""
        self.beginResetModel()
        self._rows = []
        for heading, things in sections:
            self._rows += [heading, *things]
        self.endResetModel()

    @property
    def choices(self) -> list[int]:
        """The rows that can be chosen."""
        return [number for number, row in enumerate(self._rows) if isinstance(row, Thing)]

    @property
    def firsts(self) -> list[int]:
        """The first row of each section."""
        return [number + 1 for number, row in enumerate(self._rows) if isinstance(row, str)]

    def thing(self, row: int) -> Thing | None:
        """What a row shows; None for a heading and for no row."""
        shown = self._rows[row] if 0 <= row < len(self._rows) else None
        return shown if isinstance(shown, Thing) else None

    def row_of(self, wanted: Thing) -> int:
        """The row of a thing, or -1."""
        return next((number for number, row in enumerate(self._rows) if row == wanted), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen if self.thing(index.row()) is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == THING:
            return row if isinstance(row, Thing) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Thing) else row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row) if isinstance(row, Thing) else row
        return None


def spoken(thing: Thing) -> str:
    """A thing in one line, as it is read out."""
    return f"{thing.group.value}: {thing.title}{f', {thing.note}' if thing.note else ''}"
