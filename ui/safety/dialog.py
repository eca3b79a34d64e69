"""Backups and safety: what is kept, the way back to it, whether the data is sound, and its passphrase."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.model.backups import Backup
from ui.context import AppContext
from ui.dialogs.confirm import Confirm
from ui.errors import show_error
from ui.file_dialogs import Purpose, open_file
from ui.history.words import when, when_px
from ui.safety.commands import SAFETY, SafetyCommands
from ui.safety.damaged_dialog import FILES, WIDTHS
from ui.safety.passphrase_dialog import PassphraseDialog
from ui.safety.read_only import WHY
from ui.safety.verbs import Standing, standing
from ui.safety.words import FIGURES, HEADERS, backup_row, lost_words, mid_sentence, unreadable_words
from ui.safety.work_line import WorkLine
from ui.visits.sheet import wall_clock
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label, separator, set_role
from ui.widgets.text_table import TextTableModel, text_table
from ui.words import count
from ui.workers import Job

_KEPT = "How it is now is kept as a backup of its own, so that you can come back to it."


class BackupsDialog(QDialog):
    """Follows every change while it is open; what runs goes on when it is closed."""

    def __init__(self, context: AppContext, commands: SafetyCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Backups and safety")
        self.resize(_size_beside(parent))
        self._context = context
        self._commands = commands
        self.standing = Standing([], encrypted=False, steps=[])
        self.title = label("", "title")
        self.model = TextTableModel(HEADERS, context.theme, self, figures=FIGURES)
        self.table = text_table(self.model, "Backups", (when_px(), *WIDTHS))
        self.table.setMinimumHeight(120)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._enable())
        self.now = button("Back up now", "primary", commands.back_up)
        self.restore = button("Restore…", "", self._ask_restore)
        self.file = button("Restore a file…", "", self._choose_file)
        self.export = _action_button(parent, "export-everything")
        self.check = button("Check now", "", commands.check)
        self.passphrase = button("Passphrase…", "", self._ask_passphrase)
        self.locked = label("", "quiet", wrap=True)
        self.outcome = label("", "good", wrap=True, selectable=True)
        self.work = WorkLine("Work on the data", keeps_room=True)
        self.close_ = button("Close", "", self.reject)
        self._arrange()
        bus, runner = context.bus, context.runner
        bus.changed.connect(self._load)
        commands.told.connect(self._show_outcome)
        runner.started.connect(self._started)
        runner.ended.connect(self._ended)
        if commands.running is not None:
            self._started(commands.running)
        self._enable()
        self._load()

    def _arrange(self) -> None:
        under = QHBoxLayout()
        under.setSpacing(8)
        for each in (self.now, self.restore, self.file):
            under.addWidget(each)
        if self.export is not None:
            under.addWidget(self.export)
        under.addStretch(1)
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        rows.setColumnStretch(0, 1)
        sound = label("Read the data from end to end, to be sure that nothing in it is damaged.", "quiet", wrap=True)
        for row, (words, press) in enumerate(((sound, self.check), (self.locked, self.passphrase))):
            rows.addWidget(words, row, 0)
            rows.addWidget(press, row, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.work, 1)
        foot.addWidget(self.close_, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(self.title)
        layout.addWidget(self.table, 1)
        layout.addLayout(under)
        layout.addWidget(separator())
        layout.addLayout(rows)
        layout.addWidget(separator())
        layout.addWidget(self.outcome)
        layout.addLayout(foot)
        self.outcome.hide()

    def _load(self, _news: object = None) -> None:
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: standing(workspace), self._show, self._fail, lane="backups", latest=True)

    def _show(self, found: Standing) -> None:
        chosen = self.chosen
        self.standing = found
        backups, now = found.backups, self._now()
        self.model.show([backup_row(each, now) for each in backups], frozenset(n for n, each in enumerate(backups) if not each.readable))
        at = next((row for row, each in enumerate(backups) if chosen and each.path == chosen.path), 0)
        if backups:
            self.table.setCurrentIndex(self.model.index(at, 0))
        self.title.setText(
            f"{count(len(backups), 'backup')}, the newest {mid_sentence(when(backups[0].made_at, now))}" if backups else "No backup yet"
        )
        self.locked.setText(
            "The data and its backups open only with your passphrase."
            if found.encrypted
            else "There is no passphrase: whoever gets at the files of this laptop can read the data."
        )
        self._enable()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is selected."""
        row = self.table.currentIndex().row()
        return self.standing.backups[row] if 0 <= row < len(self.standing.backups) else None

    def _now(self) -> datetime:
        return wall_clock(self._context.desk.settings)

    def _enable(self) -> None:
        running, other, chosen = self._commands.running is not None, self._commands.in_the_way, self.chosen
        read_only = self._context.workspace.read_only
        why = WHY if read_only else f"Wait until this is done: {other}." if other else ""
        for each in (self.now, self.check):
            each.setEnabled(not running)
        for each in (self.restore, self.file, self.passphrase):
            each.setEnabled(not running and not why)
            each.setToolTip(why)
        if chosen is None or not chosen.readable:
            self.restore.setEnabled(False)
            self.restore.setToolTip(why or (unreadable_words(chosen) if chosen else "Choose a backup first."))

    def _started(self, job: Job) -> None:
        if job.lane == SAFETY and job.label:
            self.outcome.hide()
            self.work.follow(job, self._commands.until)
        self._enable()

    def _ended(self, job: Job) -> None:
        if job.lane == SAFETY and job.label:
            self._load()
        self._enable()

    def _show_outcome(self, text: str, role: str) -> None:
        self.outcome.setText(text)
        set_role(self.outcome, role)
        self.outcome.show()

    def _ask_restore(self) -> None:
        backup = self.chosen
        if backup is not None:
            title = f"Go back to the backup of {mid_sentence(when(backup.made_at, self._now()))}?"
            self._confirm(title, lost_words(backup, self.standing.steps), backup.path)

    def _choose_file(self) -> None:
        home = self._context.workspace.home
        file = open_file(self, home, Purpose.BACKUPS, "Restore a file", FILES, first=home)
        if file:
            self.ask_file(file)

    def ask_file(self, file: Path) -> None:
        """Ask whether to go back to what a file holds."""
        self._confirm(f"Go back to “{file.name}”?", "Everything in Roadbook is replaced by what this file holds.", file)

    def _confirm(self, title: str, lost: str, backup: Path) -> None:
        question = Confirm(title, f"{lost}\n\n{_KEPT}", "Go back", lambda: self._commands.go_back(backup), self)
        fit_height(question, 520)
        question.open()

    def _ask_passphrase(self) -> None:
        PassphraseDialog(self._commands, encrypted=self.standing.encrypted, parent=self).open()

    def _fail(self, error: BaseException) -> None:
        show_error(error, self)


def _action_button(window: QWidget | None, name: str) -> QPushButton | None:
    """A button for an action of the window, where the window has it."""
    action = next((each for each in window.actions() if each.objectName() == name), None) if window is not None else None
    return button(action.text(), "", action.trigger) if action is not None else None


def _size_beside(parent: QWidget | None) -> QSize:
    """As much as reads well, and no more than the window has."""
    room = parent.size() if parent is not None else QSize(1440, 900)
    return QSize(min(800, room.width() - 60), min(640, room.height() - 60))
