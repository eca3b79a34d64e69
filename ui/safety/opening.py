"""Opens the data for the window, and asks where that takes a passphrase or a way back to a backup."""

from pathlib import Path

from planner.errors import DamagedDatabase, UserProblem
from planner.usecases.backups import find_backup
from planner.usecases.encryption import PassphraseNeeded
from planner.usecases.workspace import Workspace, closed_workspace, given_passphrase, open_workspace
from ui.errors import ProblemDialog
from ui.safety.damaged_dialog import DamagedDialog
from ui.safety.unlock_dialog import UnlockDialog
from ui.style import Theme
from ui.workers import Runner


def open_for_window(home: Path | None, theme: Theme) -> Workspace | None:
    """The workspace, or None when the user would rather quit or it cannot be used, which has been told then."""
    runner = Runner()
    try:
        return _open(home, theme, runner)
    except UserProblem as problem:
        ProblemDialog(problem).exec()
        return None
    finally:
        runner.shut_down()


def _open(home: Path | None, theme: Theme, runner: Runner) -> Workspace | None:
    def attempt(passphrase: str | None) -> Workspace:
        return open_workspace(home, window=True, passphrase=passphrase)

    passphrase = given_passphrase()
    while True:
        try:
            return attempt(passphrase)
        except PassphraseNeeded as problem:
            asked = UnlockDialog(problem, attempt, runner)
            if not asked.exec():
                return None
            if asked.workspace is not None:
                return asked.workspace
            passphrase = asked.passphrase  # when something else keeps it shut, the next attempt tells what
            if asked.wants_backup and not _went_back(_behind_the_lock(home, passphrase), home, passphrase, theme, runner):
                return None
        except DamagedDatabase as problem:
            if not _went_back(problem, home, passphrase, theme, runner):
                return None


def _went_back(problem: DamagedDatabase, home: Path | None, passphrase: str | None, theme: Theme, runner: Runner) -> bool:
    with closed_workspace(home, window=True, passphrase=passphrase) as closed:
        return bool(DamagedDialog(problem, closed, runner, theme).exec())


def _behind_the_lock(home: Path | None, passphrase: str | None) -> DamagedDatabase:
    """What is wrong when the right passphrase does not open the database."""
    with closed_workspace(home, passphrase=passphrase) as closed:
        try:
            newest = find_backup(closed, "newest")
        except UserProblem:
            newest = None
    why = "If the passphrase is the right one, the beginning of the file is damaged."
    return DamagedDatabase(f"The passphrase does not open {closed.database.name}.", why, "", backup=newest)
