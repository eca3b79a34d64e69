"""Asks for the passphrase before anything else can be shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner.usecases.encryption import PassphraseNeeded
from planner.usecases.workspace import Workspace
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label
from ui.workers import Runner

WIDTH = 460


class UnlockDialog(QDialog):
    """Tries what is typed; accepted with the `workspace`, or without one when something else than the passphrase keeps it shut.

    After a passphrase that does not open it, the way back to a backup is offered too (`wants_backup`): damage can look like a wrong one.
    """

    def __init__(
        self, problem: PassphraseNeeded, attempt: Callable[[str], Workspace], runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Roadbook")
        self._attempt = attempt
        self._runner = runner
        self._trying = False
        self.workspace: Workspace | None = None
        self.wants_backup = False
        self.field = secret_field("Passphrase")
        self.shown = show_button(self.field)
        self.problem = label("", "bad", wrap=True)
        self.back = button("It is the right one: go back to a backup…", "link", self._wish_backup)
        self.back.hide()
        self.open_ = button("Open", "primary", self._try)
        self.open_.setDefault(True)
        self.quit = button("Quit", "", self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shown)
        row.addStretch(1)
        row.addWidget(self.open_)
        row.addWidget(self.quit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Your data is locked", "title"))
        layout.addWidget(label("Type its passphrase. It stays in the memory of this laptop only while Roadbook is open.", wrap=True))
        layout.addWidget(self.field)
        layout.addWidget(self.problem)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(6)
        layout.addLayout(row)
        self.field.textChanged.connect(lambda text: self.open_.setEnabled(bool(text) and not self._trying))
        self.open_.setEnabled(False)
        self._tell(problem)
        self.field.setFocus()

    @property
    def passphrase(self) -> str:
        """What is typed."""
        return self.field.text()

    def _try(self) -> None:
        passphrase = self.passphrase
        self._set_trying(trying=True)
        self._runner.run(lambda _job: self._attempt(passphrase), self._opened, self._refused, lane="unlock")

    def _opened(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self._set_trying(trying=False)
        if not isinstance(error, PassphraseNeeded):
            self.accept()
            return
        self._tell(error)
        self.field.selectAll()
        self.field.setFocus()

    def _tell(self, problem: PassphraseNeeded) -> None:
        self.problem.setText(f"{problem.why} {problem.remedy}" if problem.wrong else "")
        self.problem.setVisible(problem.wrong)
        self.back.setVisible(problem.wrong and bool(self.passphrase))
        fit_height(self, WIDTH)

    def _wish_backup(self) -> None:
        self.wants_backup = True
        self.accept()

    def _set_trying(self, *, trying: bool) -> None:
        self._trying = trying
        for widget in (self.field, self.open_, self.quit, self.back):
            widget.setEnabled(not trying)
        self.open_.setText("Opening…" if trying else "Open")

    def reject(self) -> None:
        """Quit, unless a passphrase is being tried: that takes a moment only."""
        if not self._trying:
            super().reject()


def secret_field(name: str) -> QLineEdit:
    """A field that shows dots for what is typed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    field.setMinimumHeight(32)
    return field


def show_button(*fields: QLineEdit) -> QPushButton:
    """A button, on or off, that shows what is typed in secret fields."""
    made = button("Show what is typed", "chip")
    made.setCheckable(True)

    def show(on: bool) -> None:
        for field in fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    made.toggled.connect(show)
    return made
