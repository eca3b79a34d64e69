"""A small dialog over one thing: fields a line each, a verb, and what it refuses told in place with everything still there."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from ui.errors import show_error
from ui.trips.commands import TripCommands
from ui.widgets.parts import button, label


class SmallForm(QDialog):
    """Subclasses add rows to `form` and say in `verb` what is run; it may raise UserProblem for what cannot be read."""

    def __init__(self, commands: TripCommands, title: str, told: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._commands = commands
        self.form = QFormLayout()
        self.form.setVerticalSpacing(8)
        self.form.setHorizontalSpacing(14)
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
        if told:
            layout.addWidget(label(told, "quiet", wrap=True))
        layout.addLayout(self.form)
        layout.addWidget(self.problem)
        layout.addLayout(row)

    def verb(self) -> Callable[[], tuple[Any, Changes]]:
        """What Save runs, off the GUI thread."""
        raise NotImplementedError

    def told(self, _made: Any) -> str:
        """What the window says when it is done."""
        raise NotImplementedError

    def _save(self) -> None:
        try:
            verb = self.verb()
        except UserProblem as problem:
            self._refused(problem)
            return
        self.save.setEnabled(False)
        self._commands.run(verb, self.told, self._refused).done.connect(self.accept)

    def _refused(self, error: BaseException) -> None:
        self.save.setEnabled(True)
        if isinstance(error, UserProblem):
            self.problem.setText(str(error))
            self.problem.show()
        else:
            show_error(error, self)
