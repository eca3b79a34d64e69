"""Change what can be typed of an account."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.errors import UserProblem
from planner.model.accounts import Account, AccountKind, Tier
from planner.usecases.edit_accounts import edit_account
from ui.context import AppContext
from ui.details.account_fields import LABELS, PLACEHOLDERS, typed_values
from ui.errors import show_error
from ui.widgets.parts import button, label

if TYPE_CHECKING:
    from collections.abc import Callable

_CHOICES = {"kind": [each.value for each in AccountKind], "tier": [each.value for each in Tier]}
_FLAGS = ("do_not_visit", "do_not_call")


class EditAccount(QDialog):
    """One field a line; Save keeps what was changed as one step, and what cannot be read is told here, with nothing lost."""

    def __init__(self, context: AppContext, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Edit the account")
        self.resize(560, 680)
        self._context = context
        self._account = account
        self._before = typed_values(account)
        self._readers: dict[str, Callable[[], str]] = {}
        self.fields: dict[str, QWidget] = {}
        inside = QWidget()
        inside.setObjectName("scrolled")
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 12, 0)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name in LABELS:
            field = self._make(name)
            field.setAccessibleName(LABELS[name])
            self.fields[name] = field
            form.addRow("" if name in _FLAGS else LABELS[name], field)
        scroll = QScrollArea()
        scroll.setAccessibleName("The account")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self.save = button("Save", "primary", self._save)
        self.save.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label("What you type outranks every later import.", "small", wrap=True), 1)
        row.addWidget(self.save)
        row.addWidget(button("Cancel", "", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 12, 16)
        layout.setSpacing(10)
        layout.addWidget(label(account.name, "title", wrap=True))
        layout.addWidget(scroll, 1)
        layout.addWidget(self.problem)
        layout.addLayout(row)
        self.fields["name"].setFocus()

    @property
    def changed(self) -> dict[str, str]:
        """The fields that were changed, as they are typed."""
        return {name: text for name, read in self._readers.items() if (text := read()) != self._before[name]}

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
        line.setPlaceholderText(PLACEHOLDERS.get(name, ""))
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
        if not isinstance(error, UserProblem):
            show_error(error, self)
            return
        self.problem.setText(str(error))
        self.problem.show()
