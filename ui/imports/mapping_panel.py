"""How one table is read: what its rows are, where it is from, the preset, and its columns."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from planner.model.imports import RecordKind, TableMapping
from ui.imports.choice_delegate import ChoiceBox, ChoiceDelegate
from ui.imports.columns_model import FIELD, HEADER, TAKE, VALUES, ColumnsModel
from ui.imports.entries import Entry
from ui.imports.tables import TableChoice, as_guessed, by_mapping, troubles, with_kind, with_source
from ui.imports.tables_look import plain_table
from ui.imports.words import KIND_NAMES, SOURCE_HELP, SOURCE_NAMES
from ui.style import Theme
from ui.widgets.parts import button, label
from ui.words import count

_KINDS: tuple[RecordKind | None, ...] = (*(kind for kind in RecordKind if kind is not RecordKind.CALENDAR), None)
_SOURCES = tuple(SOURCE_NAMES)
_GUESSED = "By their headings"
_ROW_PX = 34


class MappingPanel(QWidget):
    """`edited` carries the `TableChoice` after a change; `preset_wanted` asks for a name, `preset_unwanted` carries one to forget."""

    edited = Signal(object)
    preset_wanted = Signal()
    preset_unwanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._choice: TableChoice | None = None
        self._presets: Mapping[str, TableMapping] = {}
        self.title, self.note = label("", "title", selectable=True), label("", "quiet", selectable=True)
        self.kind, self.source, self.preset = ChoiceBox(theme), ChoiceBox(theme), ChoiceBox(theme)
        self.save = button("Save…", "", self.preset_wanted.emit)
        self.forget = button("Forget", "link", lambda: self.preset_unwanted.emit(self.preset.currentText()))
        self.trouble = label("", "bad", wrap=True)
        self.columns = ColumnsModel(self)
        self.table = plain_table(self.columns, "Columns of the table")
        self.message = label("", wrap=True, selectable=True)
        self._set_up(theme)
        self._lay_out()
        self.columns.edited.connect(self._edit)
        self.kind.activated.connect(lambda at: self._edit_if(lambda choice: with_kind(choice, _KINDS[at])))
        self.source.activated.connect(lambda at: self._edit_if(lambda choice: with_source(choice, _SOURCES[at])))
        self.preset.activated.connect(self._use_preset)

    def _set_up(self, theme: Theme) -> None:
        for combo, name, tip in (
            (self.kind, "What are the rows?", "What a row of the table is"),
            (self.source, "Where is it from?", SOURCE_HELP),
            (self.preset, "Match the columns", "A way of reading that was saved; files with the same columns are read so by themselves"),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(tip)
        self.kind.addItems([KIND_NAMES[kind] if kind else "Leave out" for kind in _KINDS])
        self.source.addItems(list(SOURCE_NAMES.values()))
        self.save.setToolTip("Keep this way of reading under a name: files with the same columns are read so from then on")
        self.forget.setToolTip("Forget the preset")
        ChoiceDelegate(theme, self.table)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(VALUES, QHeaderView.ResizeMode.Stretch)
        for column, width in ((HEADER, 190), (FIELD, 190), (TAKE, 160)):
            self.table.setColumnWidth(column, width)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        preset = QHBoxLayout()
        preset.setSpacing(6)
        preset.addWidget(self.preset, 1)
        preset.addWidget(self.save)
        preset.addWidget(self.forget)
        for column, (text, field) in enumerate((("What are the rows?", self.kind), ("Where is it from?", self.source))):
            grid.addWidget(label(text, "small"), 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(label("Match the columns", "small"), 0, 2)
        grid.addLayout(preset, 1, 2)
        for column, share in enumerate((3, 3, 5)):
            grid.setColumnStretch(column, share)
        reading = QWidget()
        inner = QVBoxLayout(reading)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addLayout(grid)
        inner.addWidget(self.trouble)
        inner.addWidget(self.table, 1)
        told = QWidget()
        around = QVBoxLayout(told)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.message)
        around.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(reading)
        self._pages.addWidget(told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 8)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addSpacing(6)
        layout.addWidget(self._pages, 1)

    def show_presets(self, presets: Mapping[str, TableMapping]) -> None:
        """Offer these presets."""
        self._presets = presets
        self.preset.clear()
        self.preset.addItems([_GUESSED, *presets])
        self._show_choice()

    def show_entry(self, entry: Entry | None) -> None:
        """Show how an entry is read, or why it is not."""
        self._choice = entry.table if entry else None
        self.title.setText(entry.name if entry else "No file yet")
        self.note.setText(_note(self._choice) if self._choice else "")
        self.note.setToolTip(self._choice.sample.note if self._choice else "")
        self.note.setVisible(self._choice is not None)
        self._pages.setCurrentIndex(0 if self._choice else 1)
        if self._choice is None:
            self.message.setText(_message(entry))
        else:
            self._show_choice()

    def _show_choice(self) -> None:
        choice = self._choice
        if choice is None:
            return
        self.kind.setCurrentIndex(_KINDS.index(choice.kind))
        self.source.setCurrentIndex(_SOURCES.index(choice.source) if choice.source in _SOURCES else 0)
        self.preset.setCurrentIndex(max(0, self.preset.findText(choice.preset)) if choice.preset else 0)
        is_read = choice.kind is not None
        self.source.setEnabled(is_read)
        self.save.setEnabled(is_read)
        self.preset.setEnabled(bool(self._presets))
        self.forget.setVisible(self.preset.currentIndex() > 0)
        lines = troubles(choice) if is_read else _why_left_out(choice)
        self.trouble.setText("\n".join(lines))
        self.trouble.setVisible(bool(lines))
        self.columns.show(choice)

    def _use_preset(self, at: int) -> None:
        name = self.preset.itemText(at)
        if at == 0:
            self._edit_if(lambda choice: with_kind(as_guessed(choice.sample), choice.kind))
        elif name in self._presets:
            mapping = self._presets[name]
            self._edit_if(lambda choice: by_mapping(choice.sample, mapping, name))

    def _edit_if(self, change: Callable[[TableChoice], TableChoice]) -> None:
        if self._choice is not None:
            self._edit(change(self._choice))

    def _edit(self, choice: TableChoice) -> None:
        self._choice = choice
        self._show_choice()
        self.edited.emit(choice)


def _note(choice: TableChoice) -> str:
    return " · ".join((count(choice.sample.row_count, "row"), count(len(choice.sample.headers), "column")))


def _why_left_out(choice: TableChoice) -> list[str]:
    if choice.sample.mapping is None:
        return ["These columns are of none of the kinds Roadbook knows. Say what the rows are, or go on without this table."]
    return []


def _message(entry: Entry | None) -> str:
    if entry is None:
        return (
            "Add files, or drop them here: accounts, contacts, opportunities, activities, billing, reps (CSV, text, Excel) or a calendar."
        )
    if entry.problem is not None:
        problem = entry.problem
        told = "\n\n".join(part for part in (problem.what, problem.why, problem.remedy) if part) or str(problem)
        return f"{told}\n\nThe other files can be imported without it."
    return "A calendar. Its appointments are read as they are: there is nothing to choose."
