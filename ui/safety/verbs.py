"""Use cases put together as the window needs them; nothing of Qt is in here."""

from pathlib import Path

from planner.errors import Cancelled, DamagedDatabase, UserProblem
from planner.model.backups import Backup
from planner.model.changes import Changes
from planner.model.journal import JournalEntry
from planner.progress import Report, part
from planner.usecases.backups import check_database, list_backups, restore_backup, start_backup
from planner.usecases.encryption import change_passphrase, decrypt, encrypt, is_encrypted
from planner.usecases.undo import list_steps
from planner.usecases.workspace import Workspace
from planner.values import Struct

MOST_STEPS = 500
NO_RETURN = 0.3
"""From this fraction on a change of the passphrase goes on to its end: the database has it, and its backups must follow."""
PUT_BACK = 0.95
"""From this fraction on a backup is in its place."""


class Standing(Struct, frozen=True):
    """How it stands with the data: its backups, newest first, whether it is encrypted, and the steps that were done, newest first."""

    backups: list[Backup]
    encrypted: bool
    steps: list[JournalEntry]


class Restored(Struct, frozen=True):
    """What going back changed, and the name of the copy of the damaged database that is kept beside (empty when it was sound)."""

    changes: Changes
    damaged_copy: str


def standing(workspace: Workspace) -> Standing:
    """Look at the data, damaged or not."""
    try:
        steps = list_steps(workspace, MOST_STEPS)
    except UserProblem:
        steps = []
    return Standing(list_backups(workspace), is_encrypted(workspace), steps)


def at_start(workspace: Workspace, report: Report) -> str:
    """Keep a backup when there is something new, then check the database; returns what is to be told, empty when all is well."""
    told = start_backup(workspace, part(report, 0.0, 0.5))
    damages = damages_of(workspace, part(report, 0.5, 1.0))
    return alarm(damages) if damages else told


def alarm(damages: list[str]) -> str:
    """What is wrong with the database and what to do, in one line."""
    return f"Something is wrong with the data. {damages[0]} Go back to a good backup." if damages else ""


def damages_of(workspace: Workspace, report: Report) -> list[str]:
    """What is wrong with the database, each in a sentence, also when it does not open at all. Raises Cancelled."""
    try:
        return check_database(workspace, report)
    except DamagedDatabase as problem:
        return [f"{problem.what} {problem.why}"]


def go_back(workspace: Workspace, backup: Path, report: Report) -> Restored:
    """Put a backup in the place of the database. Raises what `restore_backup` raises."""
    before = _damaged_copies(workspace)
    changes = restore_backup(workspace, backup, to_the_end(report, PUT_BACK))
    return Restored(changes, next(iter(sorted(_damaged_copies(workspace) - before)), ""))


def use_passphrase(workspace: Workspace, passphrase: str, report: Report) -> list[str]:
    """Encrypt everything with a passphrase, whether there was one before or not; returns what stays as it was, each in a sentence."""
    change = change_passphrase if is_encrypted(workspace) else encrypt
    return change(workspace, passphrase, to_the_end(report, NO_RETURN))


def take_passphrase_off(workspace: Workspace, report: Report) -> list[str]:
    """Take the passphrase off everything; returns what stays encrypted, each in a sentence."""
    return decrypt(workspace, to_the_end(report, NO_RETURN))


def to_the_end(report: Report, from_: float) -> Report:
    """A report that cannot be cancelled any more from a fraction on."""

    def inner(fraction: float, text: str) -> None:
        try:
            report(fraction, text)
        except Cancelled:
            if fraction < from_:
                raise

    return inner


def _damaged_copies(workspace: Workspace) -> set[str]:
    return {path.name for path in workspace.home.glob("roadbook-damaged-*.sqlite")}
