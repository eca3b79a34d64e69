"""Everything as files: in which form, and where to."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from planner.usecases.export_everything import ExportForm
from ui.context import AppContext
from ui.exports.commands import EXPORT, ExportCommands
from ui.safety.work_line import WorkLine
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label, separator, set_role
from ui.workers import Job

_WIDTH = 560
_WHAT = (
    "Accounts with their contacts, deals, services and activities, the team, the calendar, visits, trips, plans, settings and the history, "
    "as files that other programs read."
)
_FORMS = {
    ExportForm.CSV: (
        "Tables (CSV)",
        "A file for each kind, for Excel and others. Roadbook can import the accounts and all about them again.",
    ),
    ExportForm.JSON: ("One document (JSON)", "All of it in roadbook.json, for programs."),
}
_READABLE = "The files are not encrypted: whoever gets them can read them. An earlier export in the same folder is replaced."


class ExportDialog(QDialog):
    """Shows an export until it is done; one that runs goes on when the dialog is closed."""

    def __init__(self, context: AppContext, commands: ExportCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export everything")
        self._commands = commands
        self._written: Path | None = None
        self.forms = {form: QRadioButton(name) for form, (name, _about) in _FORMS.items()}
        self._group = QButtonGroup(self)
        self.folder = QLineEdit(str(context.workspace.exports_folder))
        self.folder.setAccessibleName("Folder")
        self.choose = button("Choose…", "", self._choose)
        self.choose.setAccessibleName("Choose the folder")
        self.work = WorkLine("Export")
        self.outcome = label("", "good", wrap=True, selectable=True)
        self.open_ = button("Open the folder", "link", self._open)
        self.export = button("Export", "primary", self._export)
        self.export.setDefault(True)
        self.close_ = button("Close", "", self.reject)
        self._arrange()
        self.forms[ExportForm.CSV].setChecked(True)
        self.folder.textChanged.connect(self._enable)
        commands.told.connect(self._show_outcome)
        context.runner.started.connect(self._started)
        context.runner.ended.connect(self._ended)
        if commands.running is not None:
            self._started(commands.running)
        self._enable()
        self._fit()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label("Export everything you have put in", "title"))
        layout.addWidget(label(_WHAT, wrap=True))
        layout.addSpacing(4)
        for form, (_name, about) in _FORMS.items():
            self._group.addButton(self.forms[form])
            layout.addWidget(self.forms[form])
            line = label(about, "small", wrap=True)
            line.setContentsMargins(22, 0, 0, 2)
            layout.addWidget(line)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(self.choose)
        title = label("Folder", "heading")
        title.setBuddy(self.folder)
        layout.addWidget(title)
        layout.addLayout(where)
        layout.addWidget(label(_READABLE, "small", wrap=True))
        layout.addWidget(separator())
        layout.addWidget(self.work)
        layout.addWidget(self.outcome)
        layout.addWidget(self.open_, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.export)
        row.addWidget(self.close_)
        layout.addLayout(row)
        self.outcome.hide()
        self.open_.hide()

    @property
    def form(self) -> ExportForm:
        """The form that is chosen."""
        return next(form for form, radio in self.forms.items() if radio.isChecked())

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Export everything into", self.folder.text())
        if name:
            self.folder.setText(name)

    def _export(self) -> None:
        self._commands.write(Path(self.folder.text().strip()).expanduser(), self.form)

    def _open(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(self._written.resolve().as_uri())

    def _enable(self) -> None:
        idle = self._commands.running is None
        self.export.setEnabled(idle and bool(self.folder.text().strip()))
        for widget in (*self.forms.values(), self.folder, self.choose):
            widget.setEnabled(idle)

    def _started(self, job: Job) -> None:
        if job.lane == EXPORT:
            self.outcome.hide()
            self.open_.hide()
            self.work.follow(job)
            self._enable()
            self._fit()

    def _ended(self, job: Job) -> None:
        if job.lane == EXPORT:
            self.work.hide()
            self._enable()
            self._fit()

    def _show_outcome(self, text: str, role: str, folder: Path | None) -> None:
        self._written = folder
        self.outcome.setText(text)
        set_role(self.outcome, role)
        self.outcome.show()
        self.open_.setVisible(folder is not None)
        self._fit()

    def _fit(self) -> None:
        fit_height(self, _WIDTH)
