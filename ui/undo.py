"""Undo and redo in the window: what they would do, in words, and doing it off the GUI thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from planner.model.changes import Changes
from planner.model.journal import EntryState
from planner.usecases.undo import list_steps, next_steps, redo, undo
from planner.usecases.workspace import Workspace
from ui.context import AppContext
from ui.errors import show_error
from ui.words import count

if TYPE_CHECKING:
    from ui.workers import Job

MOST_STEPS = 500
"""So many steps are shown in the history, and can be gone back by at once."""


class UndoCommands(QObject):
    """One method an action. `steps` tells what Undo and Redo would do now, at the start and after every change."""

    steps = Signal(object)

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        context.bus.changed.connect(self._look)
        context.bus.pack_shown.connect(self._look)  # the sample territory has steps of its own

    def undo(self) -> None:
        """Take back the newest step."""
        self._run(lambda _job: undo(self._context.workspace), "Undoing", self._turned)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._run(lambda _job: redo(self._context.workspace), "Redoing", self._turned)

    def undo_back_to(self, entry_id: int) -> None:
        """Take back a step and all that was done after it, one after another."""
        self._run_many(lambda job: undo_back_to(self._context.workspace, entry_id, job.report), "Undoing", "undone")

    def redo_up_to(self, entry_id: int) -> None:
        """Do a step again, and all before it that is undone, one after another."""
        self._run_many(lambda job: redo_up_to(self._context.workspace, entry_id, job.report), "Redoing", "done again")

    def history(self) -> None:
        """Show everything that was done."""
        from ui.history.dialog import HistoryDialog

        show_once(self._window, HistoryDialog, lambda: HistoryDialog(self._context, self, self._window))

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"undo": self.undo, "redo": self.redo, "history": self.history}

    def _look(self, _news: object) -> None:
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: next_steps(workspace), self.steps.emit, self._fail, lane="undo steps", latest=True)

    def _run(self, work: "Callable[[Job], object]", label: str, done: Callable[..., None]) -> "Job":
        return self._context.runner.run(work, done, self._fail, label=label, lane="data")

    def _run_many(self, work: "Callable[[Job], int]", label: str, told: str) -> None:
        bus = self._context.bus
        job = self._run(work, label, lambda number: bus.told.emit(f"{count(number, 'step')} {told}"))
        # However far it came: what was turned is turned.
        job.ended.connect(lambda: bus.changed.emit(Changes(label, accounts=True, plans=True, settings=True)))

    def _turned(self, changes: Changes) -> None:
        self._context.bus.changed.emit(changes)
        self._context.bus.told.emit(changes.label.replace("Undo: ", "Undone: ", 1).replace("Redo: ", "Done again: ", 1))

    def _fail(self, error: BaseException) -> None:
        show_error(error, self._window)


def undo_back_to(workspace: Workspace, entry_id: int, report: Callable[[float, str], None]) -> int:
    """Take back a step and all that was done after it; returns how many. What is undone when `report` raises Cancelled stays undone."""
    wanted = [entry for entry in list_steps(workspace, MOST_STEPS) if entry.state is EntryState.DONE and entry.id >= entry_id]
    for number, entry in enumerate(wanted):
        report(number / len(wanted), f"Undoing: {entry.label}")
        undo(workspace)
    return len(wanted)


def redo_up_to(workspace: Workspace, entry_id: int, report: Callable[[float, str], None]) -> int:
    """Do a step again and all before it that is undone; returns how many. What is done when `report` raises Cancelled stays done."""
    wanted = [entry for entry in list_steps(workspace, MOST_STEPS) if entry.state is EntryState.UNDONE and entry.id <= entry_id]
    for number, entry in enumerate(reversed(wanted)):
        report(number / len(wanted), f"Redoing: {entry.label}")
        redo(workspace)
    return len(wanted)


def show_once(window: QWidget, kind: type[QDialog], make: Callable[[], QDialog]) -> None:
    """Show a dialog beside the window, or bring the one forward that is open; Undo and Redo have their keys in it too."""
    dialog = next((each for each in window.findChildren(kind) if each.isVisible()), None)
    if dialog is None:
        dialog = make()
        dialog.addActions([action for action in window.actions() if action.objectName() in {"undo", "redo"}])
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


class FieldKeys(QObject):
    """Leaves the other key of Redo to text fields while they are typed in; those of Undo and Redo a field takes by itself."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self._action = action
        self._keys = action.shortcuts()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        typing = isinstance(now, QLineEdit | QPlainTextEdit)
        keys: list[QKeySequence] = self._keys[:1] if typing else self._keys
        if self._action.shortcuts() != keys:
            self._action.setShortcuts(keys)
