"""Writes everything out, off the GUI thread, and tells what came of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import UserProblem
from ui.context import AppContext
from ui.errors import show_error
from ui.undo import show_once
from ui.workers import Job

if TYPE_CHECKING:  # what few starts need is imported when it is asked for
    from planner.usecases.export_everything import ExportedFiles, ExportForm

EXPORT = "export"
"""The lane of exports of everything."""


class ExportCommands(QObject):
    """One method an action. `told` carries what came of an export, its role in the style sheet, and the folder it is in, or None."""

    told = Signal(str, str, object)

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def everything(self) -> None:
        """Ask what everything is to be written as, and where to."""
        from ui.exports.dialog import ExportDialog

        show_once(self._window, ExportDialog, lambda: ExportDialog(self._context, self, self._window))

    def write(self, folder: Path, form: "ExportForm") -> None:
        """Write everything into a folder."""
        from planner.usecases.export_everything import export_everything

        workspace = self._context.workspace
        job = self._context.runner.run(
            lambda job: export_everything(workspace, folder, form, job.report),
            lambda written: self._written(written, folder),
            self._fail,
            label="Exporting everything",
            lane=EXPORT,
        )
        job.cancelled.connect(lambda: self._tell("Stopped; nothing was written.", "quiet"))

    @property
    def running(self) -> Job | None:
        """The export under way."""
        return next((job for job in self._context.runner.jobs if job.lane == EXPORT), None)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"export-everything": self.everything}

    def _written(self, written: "ExportedFiles", folder: Path) -> None:
        from ui.exports.words import written_words

        self._tell(written_words(written), "" if written.notes else "good", folder)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._tell(str(error), "bad")
        else:
            show_error(error, self._window)

    def _tell(self, text: str, role: str, folder: Path | None = None) -> None:
        self.told.emit(text, role, folder)
        self._context.bus.told.emit(text.split("\n", 1)[0])
