"""What is done for the safety of the data: off the GUI thread, one after another, and told when it is done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import UserProblem
from planner.usecases.backups import BackupReason, make_backup
from ui.context import AppContext
from ui.errors import show_error
from ui.safety.verbs import NO_RETURN, PUT_BACK, Restored, alarm, at_start, damages_of, go_back, take_passphrase_off, use_passphrase
from ui.undo import show_once
from ui.workers import Job, Work

SAFETY = "safety"
"""The lane of all that makes, checks or replaces the database and its backups."""
AT_LATEST_MS = 10_000
"""So long after the start the data is looked at also when no account could be shown, which damage may keep from happening."""


class SafetyCommands(QObject):
    """One method an action.

    `alarmed` carries what is wrong with the data, or "" when it is sound again; `told` what came of a command, with its role in the style
    sheet. What runs can be cancelled until it has come to the fraction `until`.
    """

    alarmed = Signal(str)
    told = Signal(str, str)

    def __init__(self, context: AppContext, window: QWidget, give_way: Callable[[], None], go_on: Callable[[], None]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._give_way = give_way
        self._go_on = go_on
        self._begun = False
        self._late = QTimer(self, singleShot=True, interval=AT_LATEST_MS)
        self._late.timeout.connect(self._look_late)
        self.until = 1.0

    def begin(self) -> None:
        """Once the first accounts are shown, keep a backup and check the database, unnoticed unless something is wrong."""
        if not self._context.workspace.read_only:
            self._context.bus.accounts_shown.connect(self._look_once)
            self._late.start()

    def _look_late(self) -> None:
        if self._window.isVisible():
            self._look_once()

    def _look_once(self, _accounts: object = None) -> None:
        if not self._begun:
            self._begun = True
            workspace = self._context.workspace
            self._context.runner.run(
                lambda job: at_start(workspace, job.report), self._looked, self._tell_quietly, lane=SAFETY, background=True
            )

    def _looked(self, told: str) -> None:
        if told:
            self.alarmed.emit(told)

    def _tell_quietly(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self.alarmed.emit(f"The data could not be checked. {error}")
        else:
            self._fail(error)

    def backups(self) -> None:
        """Show the backups, and what else keeps the data safe."""
        from ui.safety.dialog import BackupsDialog

        show_once(self._window, BackupsDialog, lambda: BackupsDialog(self._context, self, self._window))

    def back_up(self) -> None:
        """Keep a checked copy of the data now."""
        workspace = self._context.workspace
        self._run(lambda job: make_backup(workspace, BackupReason.HAND, job.report), self._backed_up, "Making a backup")

    def check(self) -> None:
        """Read the database from end to end."""
        workspace = self._context.workspace
        self._run(lambda job: damages_of(workspace, job.report), self._checked, "Checking the data")

    def go_back(self, backup: Path) -> None:
        """Put a backup in the place of the database."""
        workspace = self._context.workspace
        self._run(
            lambda job: go_back(workspace, backup, job.report), self._went_back, "Going back to the backup", alone=True, until=PUT_BACK
        )

    def use_passphrase(self, passphrase: str) -> None:
        """Encrypt the database and its backups with a passphrase, the first one or another."""
        workspace = self._context.workspace

        def encrypted(kept: list[str]) -> None:
            self._tell(_with_lines("The data and its backups are encrypted now.", kept), "" if kept else "good")

        self._run(lambda job: use_passphrase(workspace, passphrase, job.report), encrypted, "Encrypting", alone=True, until=NO_RETURN)

    def take_off(self) -> None:
        """Take the passphrase off the database and its backups."""
        workspace = self._context.workspace

        def decrypted(kept: list[str]) -> None:
            told = _with_lines("The passphrase is off: the data and its backups can be read without it.", kept)
            self._tell(told, "" if kept else "good")

        self._run(
            lambda job: take_passphrase_off(workspace, job.report), decrypted, "Taking off the passphrase", alone=True, until=NO_RETURN
        )

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"backups": self.backups}

    @property
    def running(self) -> Job | None:
        """What was asked for here and is under way."""
        return next((job for job in self._context.runner.jobs if job.lane == SAFETY and job.label), None)

    @property
    def in_the_way(self) -> str:
        """What else is under way that a replaced database would pull the rug from under; empty when nothing is."""
        jobs = self._context.runner.jobs
        return next((job.label for job in jobs if job.label and job.lane != SAFETY and not job.background), "")

    def _run(self, work: Work, done: Callable[[Any], None], label: str, *, alone: bool = False, until: float = 1.0) -> None:
        """Run a verb after all others of this kind; those that replace the database have it `alone`."""
        runner = self._context.runner
        for job in runner.jobs:
            if job.lane == SAFETY and job.background:
                job.supersede()
        if alone:
            self._give_way()
        self.until = until
        job = runner.run(work, done, self._fail, label=label, lane=SAFETY)
        job.cancelled.connect(self._cancelled)
        if alone:
            job.ended.connect(self._go_on)

    def _backed_up(self, file: Path) -> None:
        self._tell(f"Kept as {file.name}.")

    def _checked(self, damages: list[str]) -> None:
        self.alarmed.emit(alarm(damages))
        if damages:
            self._tell(_with_lines("The data is damaged. Go back to a good backup.", damages), "bad")
        else:
            self._tell("The data is sound from end to end.")

    def _went_back(self, restored: Restored) -> None:
        self._context.bus.changed.emit(restored.changes)
        self.alarmed.emit("")
        kept = (
            f"The damaged file is kept as {restored.damaged_copy}." if restored.damaged_copy else "How it was before is kept as a backup."
        )
        self._tell(f"You are back at the backup. {kept}")

    def _cancelled(self) -> None:
        self._tell("Stopped; everything is as it was.", "quiet")

    def _tell(self, text: str, role: str = "good") -> None:
        self.told.emit(text, role)
        self._context.bus.told.emit(text.split("\n", 1)[0])

    def _fail(self, error: BaseException) -> None:
        show_error(error, self._window)


def _with_lines(text: str, lines: list[str]) -> str:
    return "\n".join([text, *(f"• {line}" for line in lines)])
