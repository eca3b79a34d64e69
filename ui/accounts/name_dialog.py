"""Asks for the name of a view."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from planner.model.changes import Changes
from ui.context import AppContext
from ui.dialogs.frame import button_row, column_of, problem_line, tell_problem
from ui.widgets.parts import button

_WIDTH = 420


class NameDialog(QDialog):
    """Runs a verb with the name; what is wrong with the name is told here, and it can be mended."""

    def __init__(self, context: AppContext, title: str, name: str, verb: Callable[[str], Changes], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_WIDTH)
        self._context, self._verb = context, verb
        self.name = QLineEdit(name)
        self.name.setAccessibleName("Name")
        self.name.setMaxLength(60)
        self.name.selectAll()
        self.problem = problem_line()
        self.save = button("Save", "primary", self._save)
        self.save.setDefault(True)
        column = column_of(self, title)
        column.addWidget(self.name)
        column.addWidget(self.problem)
        column.addLayout(button_row(self.save, button("Cancel", "", self.reject)))
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
        tell_problem(self.problem, error)
