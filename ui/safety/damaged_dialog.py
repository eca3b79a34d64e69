"""The data does not open because it is damaged: says so, and leads back to a good backup."""

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.errors import DamagedDatabase
from planner.model.backups import Backup
from planner.usecases.backups import list_backups
from planner.usecases.workspace import Workspace
from ui.errors import show_error
from ui.file_dialogs import Purpose, open_file
from ui.history.words import when, when_px
from ui.safety.verbs import Restored, go_back
from ui.safety.words import FIGURES, HEADERS, backup_row, mid_sentence, summary
from ui.safety.work_line import WorkLine
from ui.style import Theme
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label
from ui.widgets.text_table import TextTableModel, text_table
from ui.words import count
from ui.workers import Runner

WIDTH = 740
WIDTHS = (0, 80, 72, 212)
FILES = "Backups of Roadbook (*.sqlite);;All files (*)"


class DamagedDialog(QDialog):
    """Offers the newest good backup, or another one; accepted when one was put back. The workspace is a closed one, and stays so."""

    def __init__(self, problem: DamagedDatabase, workspace: Workspace, runner: Runner, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Roadbook")
        self._workspace = workspace
        self._runner = runner
        self._chosen: Path | None = problem.backup
        self._good = problem.backup
        self.backups: list[Backup] = []
        self.restored: Restored | None = None
        self.title = label("Your data is damaged and does not open", "title", wrap=True)
        self.text = label(_opening_words(problem), wrap=True)
        self.details = label(f"{problem.what} {problem.why}", "small", wrap=True, selectable=True)
        self.card = self._card()
        self.after = label(
            "What you did after it is not in it. The damaged file is not deleted: it is kept beside, so that somebody may save more.",
            "quiet",
            wrap=True,
        )
        self.model = TextTableModel(HEADERS, theme, self, figures=FIGURES)
        self.table = text_table(self.model, "Backups", (when_px(), *WIDTHS))
        self.table.setFixedHeight(210)
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        self.table.hide()
        self.work = WorkLine("Going back to a backup")
        self.go = button("Go back to this backup", "primary", self._go)
        self.go.setDefault(True)
        self.other = button("Choose another…", "", self._unfold)
        self.file = button("A file…", "", self._choose_file)
        self.quit = button("Quit", "", self.reject)
        self.open_ = button("Open Roadbook", "primary", self.accept)
        self.open_.hide()
        self._arrange()
        self._show_chosen()
        runner.run(lambda _job: list_backups(workspace), self._show, self._fail, lane="backups", latest=True)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self.heading = label("", "heading")
        self.day = label("", "bignext")
        self.about = label("", "quiet", wrap=True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.setSpacing(4)
        for line in (self.heading, self.day, self.about):
            inside.addWidget(line)
        return card

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for each in (self.go, self.other, self.file, self.quit, self.open_):
            row.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for widget in (self.title, self.text, self.details, self.card, self.table, self.after, self.work):
            layout.addWidget(widget)
        layout.addLayout(row)

    def _show(self, backups: list[Backup]) -> None:
        self.backups = backups
        self.model.show([backup_row(each) for each in backups], frozenset(n for n, each in enumerate(backups) if not each.readable))
        self._show_chosen()

    def _show_chosen(self) -> None:
        path = self._chosen
        backup = next((each for each in self.backups if each.path == path), None)
        self.heading.setText("THE NEWEST GOOD BACKUP" if path == self._good else "THE BACKUP YOU CHOSE")
        self.day.setText(when(backup.made_at) if backup else path.name if path else "")
        self.about.setText(summary(backup) if backup else "")
        self.about.setVisible(backup is not None)
        self.card.setVisible(path is not None)
        self.after.setVisible(path is not None)
        self.go.setVisible(path is not None)
        self.go.setEnabled(backup is None or backup.readable)
        self.other.setVisible(bool(self.backups))
        self.file.setVisible(not self.backups or self.table.isVisibleTo(self))
        fit_height(self, WIDTH)

    def _unfold(self) -> None:
        self.table.show()
        self.other.setEnabled(False)
        self._show_chosen()
        at = next((row for row, each in enumerate(self.backups) if each.path == self._chosen), 0)
        self.table.setCurrentIndex(self.model.index(at, 0))
        self.table.setFocus()

    def _picked(self, now: QModelIndex, _before: QModelIndex) -> None:
        if 0 <= now.row() < len(self.backups):
            self._chosen = self.backups[now.row()].path
            self._show_chosen()

    def _choose_file(self) -> None:
        home = self._workspace.home
        file = open_file(self, home, Purpose.BACKUPS, "Go back to a backup", FILES, first=home)
        if file:
            self.choose(file)

    def choose(self, file: Path) -> None:
        """Offer this file."""
        self._chosen = file
        self._show_chosen()

    def _go(self) -> None:
        chosen, workspace = self._chosen, self._workspace
        if chosen is None:
            return
        job = self._runner.run(
            lambda job: go_back(workspace, chosen, job.report), self._done, self._fail, label="Going back to the backup", lane="safety"
        )
        job.ended.connect(self._ended)
        self.work.follow(job)
        self._set_busy(busy=True)
        fit_height(self, WIDTH)

    def _ended(self) -> None:
        self._set_busy(busy=False)
        fit_height(self, WIDTH)

    def _set_busy(self, *, busy: bool) -> None:
        for each in (self.go, self.file, self.quit, self.table):
            each.setEnabled(not busy)
        self.other.setEnabled(not busy and not self.table.isVisibleTo(self))

    def _done(self, restored: Restored) -> None:
        self.restored = restored
        backup = next((each for each in self.backups if each.path == self._chosen), None)
        how_many = f", with {count(backup.accounts, 'account')}" if backup and backup.accounts is not None else ""
        as_it_was = f"It is as it was {mid_sentence(when(backup.made_at))}{how_many}." if backup else "It is as in the file you chose."
        self.title.setText("Your data is back")
        self.text.setText(as_it_was)
        copy = restored.damaged_copy
        self.details.setText(f"The damaged file is kept as “{copy}” in {self._workspace.home}." if copy else "")
        self.details.setVisible(bool(copy))
        for each in (self.card, self.table, self.after, self.work, self.go, self.other, self.file, self.quit):
            each.hide()
        self.open_.show()
        self.open_.setDefault(True)
        self.open_.setFocus()
        fit_height(self, WIDTH)

    def _fail(self, error: BaseException) -> None:
        show_error(error, self)

    def reject(self) -> None:
        """Quit; while a backup is being put back, ask that to stop first."""
        if self.work.job is not None:
            self.work.stop()
        elif self.restored is not None:
            self.accept()
        else:
            super().reject()


def _opening_words(problem: DamagedDatabase) -> str:
    if problem.backup is not None:
        return "Nothing was overwritten. You can go back to how it was when the backup below was made."
    return (
        "Nothing was overwritten, but there is no good backup of it on this laptop. If you have a copy of your own, on a stick or in a "
        "synchronised folder, choose it; if not, ask whoever looks after your laptop before you do anything else with the file."
    )
