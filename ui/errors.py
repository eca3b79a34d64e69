"""How errors are told: a problem plainly, a bug with a report to copy; the window goes on after both."""

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from planner.errors import Cancelled, UserProblem
from ui.widgets.fitting import fit_height

_WIDTH = 460


class ProblemDialog(QDialog):
    """Something the user can understand and mend: what happened, why, what to do."""

    def __init__(self, problem: UserProblem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Roadbook")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(_line(problem.what or str(problem), "title"))
        if problem.why:
            layout.addWidget(_line(problem.why, ""))
        if problem.remedy:
            layout.addWidget(_line(problem.remedy, ""))
        layout.addWidget(_line("Nothing was lost.", "quiet"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        layout.addSpacing(6)
        layout.addWidget(buttons)
        fit_height(self, _WIDTH)


class BugDialog(QDialog):
    """A mistake of the program: says so, and has the report folded away and ready to copy."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Roadbook")
        self.setMinimumWidth(480)
        self.report = bug_report(error)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(_line("Roadbook made a mistake", "title"))
        layout.addWidget(_line("What you asked for was not done. Your accounts and plans are as they were, and you can go on working.", ""))
        layout.addWidget(_line("The report below says where it happened; please send it along when you tell us.", "quiet"))
        self._text = QPlainTextEdit(self.report)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("Report of the mistake")
        self._text.setMinimumHeight(180)
        self._text.hide()
        layout.addWidget(self._text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        unfold = QPushButton("Show the report")
        unfold.setCheckable(True)
        unfold.toggled.connect(self._text.setVisible)
        unfold.toggled.connect(lambda shown: unfold.setText("Hide the report" if shown else "Show the report"))
        copy = QPushButton("Copy the report")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        buttons.addButton(unfold, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


def bug_report(error: BaseException) -> str:
    """What a developer needs: versions and the trace. No data of the user is in it beyond what the error says."""
    trace = "".join(traceback.format_exception(error))
    return f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n\n{trace}"


def show_error(error: BaseException, parent: QWidget | None = None) -> None:
    """Open the dialog that fits the error; a cancelled work needs none."""
    if isinstance(error, Cancelled):
        return
    dialog: QDialog = ProblemDialog(error, parent) if isinstance(error, UserProblem) else BugDialog(error, parent)
    # One without a parent is held by this connection alone: else it would be gone before it is seen.
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()


def install_excepthook() -> None:
    """Show every error that nobody caught, and print it too, so that a terminal has it."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if not issubclass(kind, UserProblem | Cancelled):
            sys.__excepthook__(kind, error, trace)
        show_error(error, QApplication.activeWindow())

    sys.excepthook = hook


def _line(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
