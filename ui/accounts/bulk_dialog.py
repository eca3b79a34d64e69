"""Changes several accounts at once: a mark says what all of them are given, and a line how many that changes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from planner.errors import UserProblem
from planner.model.accounts import Account, AccountKind, Tier
from planner.usecases.edit_accounts import AccountEdit, count_changed, edit_accounts
from ui.context import AppContext
from ui.details.account_fields import PLACEHOLDERS
from ui.dialogs.frame import button_row, column_of
from ui.errors import show_error
from ui.widgets.parts import button, label, set_role
from ui.words import count, number

_WIDTH = 520
_PAUSE_MS = 150
_YES_NO = (("Yes", "yes"), ("No", "no"))
_CHOICES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "tier": ("Tier", tuple((each.value, each.value) for each in Tier)),
    "kind": ("Kind", tuple((each.value.capitalize(), each.value) for each in AccountKind)),
    "do_not_visit": ("Do not visit", _YES_NO),
    "do_not_call": ("Do not call", _YES_NO),
}
_ORDER = ("owner", "tier", "kind", "add_tags", "remove_tags", "hours", "industry", "rating", "do_not_visit", "do_not_call", "custom")
_LINES = {
    "owner": "Owner",
    "add_tags": "Put on tags",
    "remove_tags": "Take off tags",
    "hours": "Opening hours",
    "industry": "Industry",
    "rating": "Rating",
}
_HINTS = {"add_tags": "Fiber; Key account", "remove_tags": "Fair 2025", "hours": PLACEHOLDERS["hours"], "owner": "Nobody"}
CUSTOM = "custom"


class BulkDialog(QDialog):
    """One line a field; typing in a field marks it, and only what is marked is changed, as one step. `first` has the focus."""

    def __init__(
        self,
        context: AppContext,
        accounts: Sequence[Account],
        own_fields: Sequence[str] = (),
        first: str = "owner",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_WIDTH)
        self._context, self._accounts, self._own_fields = context, accounts, own_fields
        self.marks: dict[str, QCheckBox] = {}
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.custom_name = QComboBox()
        self.told = label("", "quiet", wrap=True)
        self.save = button("Change", "primary", self._save)
        self.save.setDefault(True)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._count)
        self._arrange()
        self.marks[first].setChecked(True)
        self.fields[first].setFocus()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, name in enumerate(_ORDER):
            title = _CHOICES[name][0] if name in _CHOICES else _LINES.get(name, "Your own field")
            mark, field = QCheckBox(title), self._field(name)
            mark.toggled.connect(self._outdate)
            field.setAccessibleName(title)
            self.marks[name], self.fields[name] = mark, field
            grid.addWidget(mark, line, 0)
            grid.addWidget(self._with_name(field) if name == CUSTOM else field, line, 1)
        column = column_of(self, f"Edit {count(len(self._accounts), 'account')}", window_title="Edit accounts", spacing=12)
        column.addWidget(label("Only what is marked is changed. One undo takes all of it back.", "quiet", wrap=True))
        column.addLayout(grid)
        column.addLayout(button_row(self.save, button("Cancel", "", self.reject), beside=self.told))

    def _field(self, name: str) -> QLineEdit | QComboBox:
        if name in _CHOICES:
            combo = QComboBox()
            for text, value in _CHOICES[name][1]:
                combo.addItem(text, value)
            combo.activated.connect(lambda _index: self._mark(name))
            return combo
        line = QLineEdit()
        line.setPlaceholderText(_HINTS.get(name, "Empty"))
        known = self._known(name)
        if known:
            completer = QCompleter(known, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        line.textChanged.connect(lambda _text: self._mark(name))
        return line

    def _with_name(self, field: QWidget) -> QWidget:
        """The name of a custom field beside its value."""
        self.custom_name.setEditable(True)
        self.custom_name.addItems(list(self._own_fields))
        self.custom_name.setEditText("")
        self.custom_name.setAccessibleName("Name of your own field")
        self.custom_name.editTextChanged.connect(lambda _text: self._mark(CUSTOM))
        line = self.custom_name.lineEdit()
        if line is not None:
            line.setPlaceholderText("Name")
        both = QWidget()
        layout = QHBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.custom_name, 1)
        layout.addWidget(field, 1)
        return both

    def _known(self, name: str) -> list[str]:
        """What the accounts have in this field already."""
        accounts = self._context.desk.accounts.values()
        if name in {"add_tags", "remove_tags"}:
            return sorted({tag for account in accounts for tag in account.tags})
        if name in {"owner", "industry", "rating"}:
            return sorted({value for account in accounts if (value := getattr(account, name))})
        return []

    def _mark(self, name: str) -> None:
        if name in self.marks:
            self.marks[name].setChecked(True)
            self._outdate()

    @property
    def edit(self) -> AccountEdit:
        """What is asked for now."""
        marked = {name: self._text(name) for name, mark in self.marks.items() if mark.isChecked()}
        tags = {
            name: tuple(dict.fromkeys(filter(None, map(str.strip, marked.pop(name, "").split(";")))))
            for name in ("add_tags", "remove_tags")
        }
        value, title = marked.pop(CUSTOM, None), " ".join(self.custom_name.currentText().split())
        return AccountEdit(marked, tags["add_tags"], tags["remove_tags"], {title: value} if title and value is not None else {})

    def _text(self, name: str) -> str:
        field = self.fields[name]
        return str(field.currentData()) if isinstance(field, QComboBox) else field.text()

    def _outdate(self) -> None:
        self.save.setEnabled(False)
        self._soon.start()

    def _count(self) -> None:
        edit, accounts = self.edit, self._accounts
        if edit.wants_nothing:
            self._tell("")
            return
        job = self._context.runner.run(
            lambda _job: count_changed(accounts, edit), failed=self._refused, lane="count edited accounts", latest=True
        )
        job.done.connect(self._show_count)

    def _show_count(self, changed: int) -> None:
        self.save.setEnabled(changed > 0)
        total = number(len(self._accounts))
        self._tell(f"Changes {number(changed)} of {total} accounts." if changed else f"All {total} accounts are so already.")

    def _tell(self, text: str, role: str = "quiet") -> None:
        set_role(self.told, role)
        self.told.setText(text)

    def _save(self) -> None:
        if self._soon.isActive():
            return
        edit, workspace = self.edit, self._context.workspace
        ids = [account.id for account in self._accounts]
        self.save.setEnabled(False)
        # The window hears of it even when this dialog is closed meanwhile.
        job = self._context.runner.run(
            lambda job: edit_accounts(workspace, ids, edit, job.report),
            self._context.bus.changed.emit,
            self._refused,
            label=f"Changing {count(len(ids), 'account')}",
            lane="data",
        )
        job.done.connect(self.accept)
        job.cancelled.connect(lambda: self.save.setEnabled(True))

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._tell(str(error), "bad")
        else:
            show_error(error, self)
