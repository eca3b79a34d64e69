"""Asks for one condition of a filter: the column, how it is compared, and with what; says at once how many accounts that leaves."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.model.account_views import BARE, COMPARISONS, OF_DAYS, ColumnType, Comparison, Condition
from ui.accounts.arrange import AccountList, check
from ui.accounts.columns import Column
from ui.accounts.filter_words import CHOICES
from ui.widgets.parts import button, label, set_role
from ui.words import as_plain, as_typed, count, money, number

_WIDTH = 460
_WANTED = {ColumnType.NUMBER: "a number", ColumnType.MONEY: "an amount", ColumnType.DAY: "a number of days"}


class FilterForm(QDialog):
    """Gives the condition to `done`, in place of `before`, which it begins with."""

    def __init__(
        self,
        accounts: AccountList,
        others: tuple[Condition, ...],
        done: Callable[[Condition], None],
        before: Condition | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Change the filter" if before and before.value else "Filter")
        self.setMinimumWidth(_WIDTH)
        self._list, self._others, self._done = accounts, others, done
        self.column = QComboBox()
        self.column.setAccessibleName("Column")
        self.column.setMaxVisibleItems(20)
        for column in accounts.columns.values():
            self.column.addItem(column.title, column.key)
        self.comparison = QComboBox()
        self.comparison.setAccessibleName("Comparison")
        self.text = QComboBox()
        self.text.setEditable(True)
        self.text.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.text.setAccessibleName("Value")
        self.number = QLineEdit()
        self.number.setAccessibleName("Value")
        today = date.today()  # noqa: DTZ011 - her own calendar day
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName("Day")
        self.value = QStackedWidget()
        for widget in (self.text, self.number, self.day):
            self.value.addWidget(widget)
        self.told = label("", "quiet", wrap=True)
        self.apply = button("Filter", "primary", self._apply)
        self.apply.setDefault(True)
        self._arrange()
        self.column.currentIndexChanged.connect(lambda _index: self._offer_comparisons())
        self.comparison.currentIndexChanged.connect(lambda _index: self._offer_value())
        self.text.editTextChanged.connect(lambda _text: self._tell())
        self.number.textChanged.connect(lambda _text: self._tell())
        self.day.dateChanged.connect(lambda _day: self._tell())
        self._begin(before or Condition("owner", Comparison.IS))

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Column", self.column)
        form.addRow("", self.comparison)
        form.addRow("", self.value)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.apply)
        row.addWidget(button("Cancel", "", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label("Show only accounts where", "title"))
        layout.addLayout(form)
        layout.addLayout(row)

    @property
    def condition(self) -> Condition:
        """What is asked for now."""
        comparison = Comparison(self.comparison.currentData())
        if comparison in BARE:
            return Condition(self._column.key, comparison)
        shown = self.value.currentWidget()
        value = self.text.currentText() if shown is self.text else as_plain(self.number.text())
        if shown is self.day:
            value = self.day.date().toString(Qt.DateFormat.ISODate)
        return Condition(self._column.key, comparison, value.strip())

    @property
    def _column(self) -> Column:
        return self._list.columns[self.column.currentData()]

    def _begin(self, condition: Condition) -> None:
        self.column.setCurrentIndex(max(self.column.findData(condition.column), 0))
        self._offer_comparisons()
        self.comparison.setCurrentIndex(max(self.comparison.findData(condition.comparison.value), 0))
        self._offer_value()
        self.text.setEditText(condition.value)
        self.number.setText(as_typed(condition.value))
        day = QDate.fromString(condition.value, Qt.DateFormat.ISODate)
        if day.isValid():
            self.day.setDate(day)
        first = self.value.currentWidget() if condition.value else self.column
        (first or self.column).setFocus()
        self._tell()

    def _offer_comparisons(self) -> None:
        before = self.comparison.currentData()
        self.comparison.blockSignals(True)
        self.comparison.clear()
        for comparison in COMPARISONS[self._column.type]:
            self.comparison.addItem(CHOICES[comparison], comparison.value)
        self.comparison.setCurrentIndex(max(self.comparison.findData(before), 0))
        self.comparison.blockSignals(False)
        if self._column.type in {ColumnType.TEXT, ColumnType.WORDS}:
            choices = self._list.choices(self._column.key)
            self.text.clear()
            self.text.addItems([choice for choice in choices if len(choice) < 120])
            self.text.setEditText("")
            completer = QCompleter(choices, self.text)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.text.setCompleter(completer)
        self._offer_value()

    def _offer_value(self) -> None:
        if self.comparison.currentIndex() < 0:
            return
        comparison, kind = Comparison(self.comparison.currentData()), self._column.type
        self.value.setEnabled(comparison not in BARE)
        if kind in {ColumnType.TEXT, ColumnType.WORDS}:
            self.value.setCurrentWidget(self.text)
        elif kind is ColumnType.DAY and comparison not in OF_DAYS:
            self.value.setCurrentWidget(self.day)
        else:
            self.value.setCurrentWidget(self.number)
        line = self.text.lineEdit()
        if line is not None:
            line.setPlaceholderText("Several with a semicolon between them")
            line.setToolTip("Several with a semicolon between them")
        self.number.setPlaceholderText(_example(kind))
        self._tell()

    def _tell(self) -> None:
        """How many accounts would be left, or why the value cannot be read."""
        condition, today = self.condition, date.today()  # noqa: DTZ011 - her own calendar day
        needs = condition.comparison not in BARE and not condition.value
        problem = ""
        if not needs:
            try:
                check(condition, self._column.type, today)
            except (ValueError, OverflowError):
                kind = self._column.type
                problem = f"Write {_WANTED[kind]}, such as {_example(kind)}." if kind in _WANTED else "Write a value."
        self.apply.setEnabled(not needs and not problem)
        set_role(self.told, "bad" if problem else "quiet")
        if problem or needs:
            self.told.setText(problem)
            return
        left = len(self._list.found((), (*self._others, condition), today))
        self.told.setText(f"{number(left)} of {count(len(self._list.rows), 'account')}")

    def _apply(self) -> None:
        self._done(self.condition)
        self.accept()


def _example(kind: ColumnType) -> str:
    return money(150_000) if kind is ColumnType.MONEY else "90" if kind is ColumnType.DAY else "30"
