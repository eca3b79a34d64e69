"""A small dialog over one thing: fields a line each, a verb, and what it refuses told in place with everything still there."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from ui.dialogs.frame import button_row, column_of, problem_line, tell_problem
from ui.trips.commands import TripCommands
from ui.widgets.parts import button, label


class SmallForm(QDialog):
    """Subclasses add rows to `form`, and have `verb` and `told` as methods.

    `verb` gives what Save runs off the GUI thread, and may raise UserProblem for what cannot be read; `told` is what the window says when
    it is done.
    """

    verb: Callable[[], Callable[[], tuple[Any, Changes]]]
    told: Callable[[Any], str]

    def __init__(self, commands: TripCommands, title: str, told: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(460)
        self._commands = commands
        self.form = QFormLayout()
        self.form.setVerticalSpacing(8)
        self.form.setHorizontalSpacing(14)
        self.problem = problem_line()
        self.save = button("Save", "primary", self._save)
        self.save.setDefault(True)
        column = column_of(self, title)
        if told:
            column.addWidget(label(told, "quiet", wrap=True))
        column.addLayout(self.form)
        column.addWidget(self.problem)
        column.addLayout(button_row(self.save, button("Cancel", "", self.reject)))

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
        tell_problem(self.problem, error)
