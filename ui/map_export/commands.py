"""Exports what the map shows."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, save_file
from ui.map.view import MapView
from ui.words import week_title

if TYPE_CHECKING:  # what few starts need is imported when it is asked for
    from ui.map_export.dialog import MapExportDialog
    from ui.map_export.files import Page

_FILTERS = {"png": "Picture (*.png)", "pdf": "PDF (*.pdf)"}
_LANE = "map export"


class MapExportCommands(QObject):
    """One method an action. What is on the map when the user asks is what gets written, however the map moves meanwhile."""

    def __init__(self, context: AppContext, view: MapView, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._view = view
        self._window = window

    def ask(self, form: str) -> None:
        """Ask for size or page ("png" or "pdf"), then for the file."""
        from ui.map_export.dialog import MapExportDialog

        dialog = MapExportDialog(form, self._view.size(), week_title(self._context.desk.week), self._window)
        dialog.accepted.connect(lambda: self._ask_where(form, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where(self, form: str, dialog: "MapExportDialog") -> None:
        home, usual = self._context.workspace.home, f"{self._context.desk.week} map.{form}"
        out, _kind = save_file(self._window, home, Purpose.MAPS, dialog.windowTitle(), usual, _FILTERS[form])
        if out and form == "png":
            self.write_picture(out, dialog.ratio)
        elif out:
            self.write_page(out, dialog.page)

    def write_picture(self, out: Path, ratio: float) -> None:
        """Write a picture, `ratio` pixels for each of the window's."""
        from ui.map_export import files

        shot = self._view.snapshot(ratio=ratio)
        self._run(lambda report: files.write_picture(shot, out, report), "Writing the map as a picture")

    def write_page(self, out: Path, page: "Page") -> None:
        """Write a page of shapes."""
        from ui.map_export import files

        shot = self._view.snapshot()
        self._run(lambda report: files.write_page(shot, page, out, report), "Writing the map as a PDF")

    def _run(self, work: Callable[[Callable[[float, str], None]], Path], label: str) -> None:
        told = self._context.bus.told
        job = self._context.runner.run(
            lambda job: work(job.report), lambda file: told.emit(f"Saved {file}"), self._fail, label=label, lane=_LANE
        )
        job.cancelled.connect(lambda: told.emit("Stopped; nothing was written."))

    def _fail(self, error: BaseException) -> None:
        show_error(error, self._window)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"export-map-picture": lambda: self.ask("png"), "export-map-pdf": lambda: self.ask("pdf")}
