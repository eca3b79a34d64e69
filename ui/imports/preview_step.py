"""The second step: what the import would change, what is wrong with the files, and which accounts may be the same."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.model.accounts import ImportProblem
from planner.model.imports import Action, RecordKind
from planner.usecases.import_draft import ImportDraft
from planner.usecases.problem_list import problem_text
from ui.imports.changes_model import ACTION, CHANGES, FILE, KIND, NAME, ROW, ChangesModel
from ui.imports.count_cards import CountCards
from ui.imports.tables_look import plain_table
from ui.imports.words import one_line
from ui.style import Theme
from ui.widgets.parts import button, label, set_role
from ui.widgets.text_table import TextTableModel
from ui.words import count, number

_CHANGES, _PROBLEMS, _DUPLICATES = range(3)
_NAME_PX = 250
_LONGEST = 300
_NOTHING = "Nothing in these files is new: everything is kept already as they have it."


class PreviewStep(QWidget):
    """Shows a draft; `save_wanted` asks where the list of problems is to be written."""

    save_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.problems: tuple[ImportProblem, ...] = ()
        self.cards = CountCards(theme)
        self.tabs = [self._tab(number) for number in range(3)]
        self.search = QLineEdit()
        self.search.setPlaceholderText("Filter by name or value")
        self.search.setAccessibleName("Filter the changes by name or value")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(230)
        self.shown = label("", "quiet")
        self.changes = ChangesModel(self)
        self.table = plain_table(self.changes, "Changes")
        self.fields = TextTableModel(("Field", "Before", "After"), theme, self)
        self.fields_table = plain_table(self.fields, "Fields that change")
        self.problem_lines = TextTableModel(("File", "Row", "Problem"), theme, self)
        self.problem_table = plain_table(self.problem_lines, "Problems", several=True, wrapped=True)
        self.problem = label("", "quiet", wrap=True, selectable=True)
        self.pairs = TextTableModel(("Account", "And", "Why"), theme, self)
        self.pairs_table = plain_table(self.pairs, "Possible duplicates")
        self._widths()
        self._assemble()
        self.cards.filtered.connect(self._filter)
        self.search.textChanged.connect(self._search)
        self.table.selectionModel().currentRowChanged.connect(self._show_fields)
        self.problem_table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.problem.setText(self.problems[now.row()].text if now.isValid() else "")
        )
        QShortcut(QKeySequence.StandardKey.Copy, self.problem_table, self.copy_problems, context=Qt.ShortcutContext.WidgetShortcut)

    def _tab(self, number: int) -> QPushButton:
        tab = button("", "chip")
        tab.setCheckable(True)
        tab.clicked.connect(partial(self.show_tab, number))
        return tab

    def _widths(self) -> None:
        for column, width in ((ACTION, 84), (KIND, 120), (NAME, _NAME_PX), (FILE, 150), (ROW, 64)):
            self.table.setColumnWidth(column, width)
        for table, widths in ((self.fields_table, (170, 320)), (self.problem_table, (150, 64)), (self.pairs_table, (280, 280))):
            for column, width in enumerate(widths):
                table.setColumnWidth(column, width)

    def _assemble(self) -> None:
        group = QButtonGroup(self)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for tab in self.tabs:
            group.addButton(tab)
            bar.addWidget(tab)
        bar.addStretch(1)
        bar.addWidget(self.shown)
        bar.addWidget(self.search)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self.fields_table)
        self.split.setSizes([400, 170])
        self.pages = QStackedWidget()
        copy = button("Copy", "", self.copy_problems)
        copy.setToolTip("Copy the chosen problems, or all of them (Ctrl+C)")
        save = button("Save the list…", "", self.save_wanted.emit)
        save.setToolTip("Write all problems into a file for a spreadsheet")
        told = label("You look at them after the import; nothing is merged by itself.", "quiet", wrap=True)
        for page in (self.split, _page(self.problem_table, self.problem, copy, save), _page(self.pairs_table, told)):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(10)
        self.nothing = label(_NOTHING, "quiet", wrap=True)
        for widget in (self.cards, self.nothing):
            layout.addWidget(widget)
        layout.addLayout(bar)
        layout.addWidget(self.pages, 1)

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what an import would do."""
        self.problems = draft.problems
        self.cards.show_counts(draft.counts)
        self._order_tabs()
        self.search.clear()
        self.changes.show(draft.changes)
        self._show_columns(draft)
        self.problem_lines.show(
            [(each.file, number(each.row) if each.row else "", one_line(each.text, _LONGEST)) for each in draft.problems]
        )
        self.pairs.show([(one_line(first.name), one_line(second.name), why) for first, second, why in draft.duplicates])
        numbers = (len(draft.changes), len(draft.problems), len(draft.duplicates))
        for tab, noun, found in zip(self.tabs, ("change", "problem", "possible duplicate"), numbers, strict=True):
            tab.setText(count(found, noun).capitalize() if found else f"No {noun}s")
            tab.setEnabled(found > 0)
        set_role(self.tabs[_PROBLEMS], "warning chip" if draft.problems else "chip")
        self.nothing.setVisible(not draft.changes)
        self.show_tab(_CHANGES if draft.changes or not draft.problems else _PROBLEMS)
        if draft.changes:
            self.table.selectRow(0)

    def _order_tabs(self) -> None:
        """The figures are made anew with each draft; the Tab key comes to them first all the same."""
        tables = (self.table, self.fields_table, self.problem_table, self.pairs_table)
        for before, after in pairwise((*self.cards.figures.values(), *self.tabs, self.search, *tables)):
            QWidget.setTabOrder(before, after)

    def _show_columns(self, draft: ImportDraft) -> None:
        """Columns and fields only where there is something to say in them."""
        has_fields = any(change.fields for change in draft.changes)
        self.fields_table.setVisible(has_fields)
        self.table.setColumnHidden(CHANGES, not has_fields)
        self.table.setColumnHidden(FILE, len(draft.files) == 1)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(has_fields)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive if has_fields else QHeaderView.ResizeMode.Stretch)
        if has_fields:
            self.table.setColumnWidth(NAME, _NAME_PX)

    def show_tab(self, number: int, _checked: bool = True) -> None:
        """Turn to the changes, the problems or the duplicates."""
        self.tabs[number].setChecked(True)
        self.pages.setCurrentIndex(number)
        for widget in (self.search, self.shown):
            widget.setVisible(number == _CHANGES)
        self._tell()

    def copy_problems(self) -> None:
        """Put the chosen problems, or all when none is chosen, on the clipboard."""
        rows = sorted(index.row() for index in self.problem_table.selectionModel().selectedRows())
        QGuiApplication.clipboard().setText(problem_text([self.problems[row] for row in rows] or self.problems))

    def _filter(self, kind: RecordKind | None, action: Action | None) -> None:
        self.changes.filter_kind(kind, action)
        self.show_tab(_CHANGES)
        self._choose_first()

    def _search(self, text: str) -> None:
        self.changes.filter_text(text)
        self._tell()
        self._choose_first()

    def _choose_first(self) -> None:
        if self.changes.shown:
            self.table.selectRow(0)
        else:
            self.fields.show(())

    def _tell(self) -> None:
        shown, total = len(self.changes.shown), self.changes.total
        self.shown.setText(f"{number(shown)} of {number(total)}" if shown != total else "")

    def _show_fields(self, current: QModelIndex, _before: QModelIndex) -> None:
        lines = self.changes.shown[current.row()].fields if current.isValid() else ()
        self.fields.show([(name, one_line(before, _LONGEST), one_line(after, _LONGEST)) for name, before, after in lines])


def _line(problem: ImportProblem) -> tuple[str, str, str]:
    return problem.file, number(problem.row) if problem.row else "", one_line(problem.text, _LONGEST)


def _page(table: QTableView, told: QWidget, *buttons: QWidget) -> QWidget:
    """A table with a text and a line of buttons below."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(table, 1)
    column.addWidget(told)
    row = QHBoxLayout()
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    column.addLayout(row)
    return page
