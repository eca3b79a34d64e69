"""Asks for the name of a view."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from ui.context import AppContext
from ui.errors import show_error
from ui.widgets.parts import button, label

_WIDTH = 420


class NameDialog(QDialog):
    """Runs a verb with the name; what is wrong with the name is told here, and it can be mended."""

    def __init__(self, context: AppContext, title: str, name: str, verb: Callable[[str], Changes], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._context, self._verb = context, verb
        self.name = QLineEdit(name)
        self.name.setAccessibleName("Name")
        self.name.setMaxLength(60)
        self.name.selectAll()
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self.save = button("Save", "primary", self._save)
        self.save.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(button("Cancel", "", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title", wrap=True))
        layout.addWidget(self.name)
        layout.addWidget(self.problem)
        layout.addLayout(row)
        self.name.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.save.setEnabled(bool(name.strip()))
        self.name.setFocus()

    def _save(self) -> None:
        name = self.name.text()
        self.save.setEnabled(False)
        # The window hears of it even when this dialog is closed meanwhile.
        job = self._context.runner.run(lambda _job: self._verb(name), self._context.bus.changed.emit, self._refused, lane="data")
        job.done.connect(self.accept)

    def _refused(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        if not isinstance(error, UserProblem):
            show_error(error, self)
            return
        self.problem.setText(str(error))
        self.problem.show()
