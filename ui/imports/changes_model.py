"""What an import would change, a record a row: a model over `RecordChange` values that filters 20,000 of them between two key presses."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.model.imports import Action, RecordChange, RecordKind
from ui.imports.words import ACTION_NAMES, KIND_NAMES, one_line
from ui.widgets.plain_tip import plain_tip
from ui.words import number

HEADINGS = ("What", "Of", "Name", "File", "Row", "Changes")
ACTION, KIND, NAME, FILE, ROW, CHANGES = range(len(HEADINGS))
Index = QModelIndex | QPersistentModelIndex


class ChangesModel(QAbstractTableModel):
    """Rows are the changes left after the filter, kind by kind, in the order of the files."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[RecordChange] = ()
        self._words: tuple[str, ...] = ()
        self._kind: RecordKind | None = None
        self._action: Action | None = None
        self.shown: Sequence[RecordChange] = ()

    def show(self, changes: Sequence[RecordChange]) -> None:
        """Show these changes, all of them."""
        order = {kind: place for place, kind in enumerate(RecordKind)}
        self._all = sorted(changes, key=lambda change: order[change.kind])
        self._words, self._kind, self._action = (), None, None
        self._refilter()

    def filter_kind(self, kind: RecordKind | None, action: Action | None = None) -> None:
        """Show only the changes of a kind of record, or those of one sort; None for all."""
        self._kind, self._action = kind, action
        self._refilter()

    def filter_text(self, text: str) -> None:
        """Show only records that have every word in their name, or in what changes of them."""
        self._words = tuple(text.casefold().split())
        self._refilter()

    @property
    def total(self) -> int:
        """How many changes there are in all."""
        return len(self._all)

    def _refilter(self) -> None:
        self.beginResetModel()
        self.shown = [change for change in self._all if self._is_wanted(change)] if self._words or self._kind or self._action else self._all
        self.endResetModel()

    def _is_wanted(self, change: RecordChange) -> bool:
        if (self._kind and change.kind is not self._kind) or (self._action and change.action is not self._action):
            return False
        if not self._words:
            return True
        haystack = " ".join((change.name, *(text for field in change.fields for text in field))).casefold()
        return all(word in haystack for word in self._words)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and habit
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and habit
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return _aligned(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(self.shown[index.row()], index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_text(self.shown[index.row()], index.column()))
        return _aligned(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _text(change: RecordChange, column: int) -> str:
    if column == CHANGES:
        return ",  ".join(
            f"{field}: {one_line(before, 40) or '–'} → {one_line(after, 40) or '–'}" for field, before, after in change.fields
        )
    return (
        ACTION_NAMES[change.action],
        KIND_NAMES[change.kind],
        one_line(change.name),
        change.file or "–",
        number(change.row) if change.row else "–",
    )[column]


def _aligned(column: int) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if column == ROW else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
