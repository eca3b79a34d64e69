"""Change what can be typed of an account."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from planner.model.accounts import Account, AccountKind, Tier
from planner.usecases.edit_accounts import edit_account
from ui.context import AppContext
from ui.details.account_fields import LABELS, NUMBERS, example, typed_values
from ui.dialogs.frame import button_row, column_of, problem_line, tell_problem
from ui.widgets.parts import button, label
from ui.widgets.scrolled import Scrolled
from ui.words import as_plain

if TYPE_CHECKING:
    from collections.abc import Callable

_CHOICES = {"kind": [each.value for each in AccountKind], "tier": [each.value for each in Tier]}
_FLAGS = ("do_not_visit", "do_not_call")


class EditAccount(QDialog):
    """One field a line; Save keeps what was changed as one step, and what cannot be read is told here, with nothing lost."""

    def __init__(self, context: AppContext, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resize(560, 680)
        self._context = context
        self._account = account
        self._before = typed_values(account)
        self._readers: dict[str, Callable[[], str]] = {}
        self.fields: dict[str, QWidget] = {}
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 12, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name in LABELS:
            field = self._make(name)
            field.setAccessibleName(LABELS[name])
            self.fields[name] = field
            form.addRow("" if name in _FLAGS else LABELS[name], field)
        self.problem = problem_line()
        self.save = button("Save", "primary", self._save)
        self.save.setDefault(True)
        outranks = label("What you type outranks every later import.", "small", wrap=True)
        column = column_of(self, account.name, window_title="Edit the account")
        column.setContentsMargins(24, 20, 12, 16)
        column.addWidget(Scrolled(inside, "The account", across=True), 1)
        column.addWidget(self.problem)
        column.addLayout(button_row(self.save, button("Cancel", "", self.reject), beside=outranks))
        self.fields["name"].setFocus()

    @property
    def changed(self) -> dict[str, str]:
        """The fields that were changed, numbers as all readers know them."""
        typed = {name: text for name, read in self._readers.items() if (text := read()) != self._before[name]}
        return {name: as_plain(text) if name in NUMBERS else text for name, text in typed.items()}

    def _make(self, name: str) -> QWidget:
        text = self._before[name]
        if name in _CHOICES:
            combo = QComboBox()
            for choice in _CHOICES[name]:
                combo.addItem(choice.capitalize(), choice)
            combo.setCurrentIndex(combo.findData(text))
            self._readers[name] = lambda: str(combo.currentData())
            return combo
        if name in _FLAGS:
            check = QCheckBox(LABELS[name])
            check.setChecked(text == "yes")
            self._readers[name] = lambda: "yes" if check.isChecked() else "no"
            return check
        if name == "notes":
            notes = QPlainTextEdit(text)
            notes.setTabChangesFocus(True)
            notes.setFixedHeight(84)
            self._readers[name] = notes.toPlainText
            return notes
        line = QLineEdit(text)
        line.setPlaceholderText(example(name))
        if name == "owner":
            line.setCompleter(self._owners(line))
        self._readers[name] = line.text
        return line

    def _owners(self, line: QLineEdit) -> QCompleter:
        names = sorted({account.owner for account in self._context.desk.accounts.values() if account.owner})
        completer = QCompleter(names, line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        return completer

    def _save(self) -> None:
        changed = self.changed
        if not changed:
            self.accept()
            return
        workspace, account_id = self._context.workspace, self._account.id
        self.save.setEnabled(False)
        # The window hears of it even when this dialog is closed meanwhile.
        job = self._context.runner.run(
            lambda _job: edit_account(workspace, account_id, changed), self._context.bus.changed.emit, self._refused, lane="data"
        )
        job.done.connect(self.accept)

    def _refused(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        tell_problem(self.problem, error)
