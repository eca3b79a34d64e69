"""The columns of a table: heading, some values, the field each becomes, and what its values do to those that are there."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from planner.model.imports import Take
from ui.imports.tables import CUSTOM, LEAVE_OUT, TableChoice, field_choices, field_labels, repeated, take_of, twice, with_field, with_take
from ui.imports.words import TAKE_HELP, TAKE_NAMES, one_line
from ui.widgets.plain_tip import plain_tip

HEADINGS = ("Column of the file", "Its first values", "Becomes", "Existing values")
HEADER, VALUES, FIELD, TAKE = range(len(HEADINGS))
OPTIONS = Qt.ItemDataRole.UserRole
"""What a cell can be: (value, text, tooltip) each; None for one that is only read."""
QUIET, WRONG = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
SHOWN_VALUES = 3

Index = QModelIndex | QPersistentModelIndex


class ColumnsModel(QAbstractTableModel):
    """Rows are the columns of the table on show; `edited` carries the `TableChoice` after a change by the user."""

    edited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: TableChoice | None = None
        self._again: frozenset[int] = frozenset()

    def show(self, choice: TableChoice | None) -> None:
        """Show the columns of a table; of the one on show already, only what each becomes is drawn anew."""
        if choice is not None and self._choice is not None and choice.sample is self._choice.sample:
            self._choice = choice
            self.dataChanged.emit(self.index(0, HEADER), self.index(self.rowCount() - 1, TAKE))
            return
        self.beginResetModel()
        self._choice = choice
        self._again = repeated(choice.sample.headers) if choice else frozenset()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and habit
        return 0 if parent.isValid() or self._choice is None else len(self._choice.fields)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and habit
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and section == TAKE:
            return "What the values of the column do to those that are there"
        return HEADINGS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        can_change = index.isValid() and self._options(index) is not None
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if can_change else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911 - one return a role
        choice = self._choice
        if not index.isValid() or choice is None:
            return None
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(choice, index)
        if role == Qt.ItemDataRole.EditRole:
            return choice.fields[row] if index.column() == FIELD else take_of(choice, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(choice, index)
        if role == OPTIONS:
            return self._options(index)
        if role == QUIET:
            return choice.fields[row] == LEAVE_OUT or index.column() == VALUES
        if role == WRONG:
            return index.column() == FIELD and choice.fields[row] in twice(choice)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        if self._choice is None or role != Qt.ItemDataRole.EditRole or value == index.data(Qt.ItemDataRole.EditRole):
            return False
        row = index.row()
        choice = with_field(self._choice, row, value) if index.column() == FIELD else with_take(self._choice, row, Take(value))
        self.show(choice)
        self.edited.emit(choice)
        return True

    def _text(self, choice: TableChoice, index: Index) -> str:
        row, column = index.row(), index.column()
        if column == HEADER:
            return one_line(choice.sample.headers[row]) or f"(no heading, column {row + 1})"
        if column == VALUES:
            found = list(dict.fromkeys(one_line(cells[row], 40) for cells in choice.sample.rows if cells[row].strip()))
            return "  ·  ".join(found[:SHOWN_VALUES]) or "(empty)"
        if column == FIELD:
            return "Heading is there twice" if row in self._again else field_labels(choice.kind).get(choice.fields[row], choice.fields[row])
        take = take_of(choice, row)
        return TAKE_NAMES[take] if take is not None else ""

    def _tip(self, choice: TableChoice, index: Index) -> str:
        row, column = index.row(), index.column()
        if column == HEADER:
            return plain_tip(one_line(choice.sample.headers[row]))
        if column == VALUES:
            return plain_tip("\n".join(one_line(cells[row]) or "(empty)" for cells in choice.sample.rows))
        if column == FIELD and row in self._again:
            return plain_tip("Only the first of several columns with the same heading can be read.")
        take = take_of(choice, row)
        return plain_tip(TAKE_HELP[take]) if column == TAKE and take is not None else ""

    def _options(self, index: Index) -> list[tuple[Any, str, str]] | None:
        choice, row, column = self._choice, index.row(), index.column()
        if choice is None or choice.kind is None or row in self._again:
            return None
        if column == FIELD:
            return _field_options(choice, row)
        if column == TAKE and take_of(choice, row) is not None:
            return [(take, TAKE_NAMES[take], plain_tip(TAKE_HELP[take])) for take in Take]
        return None


def _field_options(choice: TableChoice, row: int) -> list[tuple[Any, str, str]]:
    """The fields a column can become; those that another one is already say so."""
    taken = {name: header for at, (name, header) in enumerate(zip(choice.fields, choice.sample.headers, strict=True)) if at != row}
    options = []
    for each in field_choices(choice.kind):
        needed = " (needed)" if each.needed else ""
        now = f" – now “{one_line(taken[each.key], 30)}”" if each.key in taken and each.key not in {LEAVE_OUT, CUSTOM} else ""
        options.append((each.key, f"{each.label}{needed}{now}", ""))
    return options
