"""A small table in which a setting that is a list is edited: a line of fields a row, each with its Remove, and one button to add."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.settings.fields import ChoiceField, LineField
from ui.settings.rows_text import Column, Row, RowsKind
from ui.widgets.parts import button, clear, label
from ui.words import clock

_NEW_HOURS = ("7", "9")


class RowsField(QWidget):
    """`settled` is emitted when no row is filled by half; a row with nothing in it is left out."""

    settled = Signal()

    def __init__(self, name: str, kind: RowsKind) -> None:
        super().__init__()
        self._name, self._kind = name, kind
        self._shown: str | None = None
        self.rows: list[tuple[LineField | ChoiceField, ...]] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self.add = button(f"Add {kind.row}", "link", self._add_row)
        self.setFocusProxy(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._grid)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)

    @property
    def value(self) -> str:
        """The value as it is kept."""
        return self._kind.write([row for row in self._cells() if all(row)])

    def show_value(self, value: str) -> None:
        """Show what is kept, unless it is on show already."""
        if value != self._shown:
            self._shown = value
            self._lay_out(self._kind.read(value))

    def _cells(self) -> list[Row]:
        return [tuple(field.value.strip() for field in row) for row in self.rows]

    def _lay_out(self, rows: Sequence[Row]) -> None:
        clear(self._grid)
        self.rows = []
        columns = self._kind.columns
        if rows:
            for at, column in enumerate(columns):
                self._grid.addWidget(label(column.name, "small"), 0, at)
        for number, row in enumerate(rows, start=1):
            fields = tuple(self._field(column, text, number) for column, text in zip(columns, row, strict=True))
            self.rows.append(fields)
            remove = button("Remove", "link", lambda number=number: self._remove(number - 1))  # type: ignore[misc]
            remove.setAccessibleName(f"Remove {row[0]} from {self._name}")
            for at, field in enumerate((*fields, remove)):
                self._grid.addWidget(field, number, at)
        self._grid.setColumnStretch(len(columns) - 1 if not columns[-1].width_px else len(columns) + 1, 1)

    def _field(self, column: Column, text: str, number: int) -> LineField | ChoiceField:
        field: LineField | ChoiceField
        if column.hours:
            field = ChoiceField([(str(hour), clock(hour * 3600) if hour < 24 else "midnight") for hour in range(25)])
            field.show_value(text)
        else:
            field = LineField(text)
            field.setCursorPosition(0)  # the beginning of what is long is in sight
            field.setPlaceholderText(column.hint)
        field.setMinimumWidth(0)
        if column.width_px:
            field.setFixedWidth(column.width_px)
        field.setAccessibleName(f"{self._name}, row {number}: {column.name}")
        field.settled.connect(self._settle)
        return field

    def _settle(self) -> None:
        if all(all(row) or not any(row) for row in self._cells()):
            self._shown = self.value
            self.settled.emit()

    def _add_row(self) -> None:
        new = [_NEW_HOURS[at] if column.hours else "" for at, column in enumerate(self._kind.columns)]
        self._lay_out([*self._cells(), tuple(new)])
        self.rows[-1][0].setFocus()

    def _remove(self, at: int) -> None:
        cells = self._cells()
        self._lay_out([*cells[:at], *cells[at + 1 :]])
        self.add.setFocus()
        self._settle()
