"""A passphrase on the database, its backups and the receipts: set, changed, taken off.

What Roadbook writes for others stays readable (exports, road packs, the drive times kept in them), and a disk may keep what was deleted
until it is written over; encrypting the whole disk guards against that.
"""

from pathlib import Path

from planner.errors import UserProblem
from planner.progress import Report, part, silent
from planner.store.cipher import Keyring, PassphraseNeeded, is_plain, new_keyring
from planner.store.connection import opens
from planner.store.restore import other_backups, rewrite_all_receipts, rewrite_backups, rewrite_database
from planner.usecases.workspace import Workspace

__all__ = ["PassphraseNeeded", "change_passphrase", "decrypt", "encrypt", "is_encrypted", "unconverted_backups"]


def is_encrypted(workspace: Workspace) -> bool:
    """Whether the database opens with a passphrase only."""
    return not is_plain(workspace.database)


def unconverted_backups(workspace: Workspace) -> list[Path]:
    """The backups that are not as the database is, because converting them was cut short."""
    return other_backups(workspace.database, workspace.keys)


def encrypt(workspace: Workspace, passphrase: str, report: Report = silent) -> list[str]:
    """Encrypt the database and every backup; returns what stays readable without the passphrase, each in a sentence.

    Called again after a stop in the middle it goes on. Raises UserProblem, also for a passphrase that is too short, and Cancelled.
    """
    wanted = new_keyring(passphrase)
    if is_encrypted(workspace) and not wanted.same_as(workspace.keys):
        raise UserProblem("The database is encrypted already.", remedy="Change its passphrase instead (roadbook passphrase).")
    return _rewrite(workspace, wanted, [None], report) + _left_readable(workspace)


def decrypt(workspace: Workspace, report: Report = silent) -> list[str]:
    """Take the passphrase off the database and every backup; returns what stays encrypted. Raises UserProblem and Cancelled."""
    return _rewrite(workspace, None, [workspace.keys], report)


def change_passphrase(workspace: Workspace, passphrase: str, report: Report = silent, *, before: str | None = None) -> list[str]:
    """Encrypt the database and every backup with another passphrase; returns what stays as it was, each in a sentence.

    After a stop in the middle, called again on the workspace of the new passphrase with the one from `before`, it goes on with the backups.
    Raises UserProblem and Cancelled.
    """
    if not is_encrypted(workspace):
        raise UserProblem("The database has no passphrase yet.", remedy="Encrypt it first (roadbook encrypt).")
    known = [workspace.keys, Keyring(before) if before is not None else None]
    return _rewrite(workspace, new_keyring(passphrase), known, report)


def _rewrite(workspace: Workspace, wanted: Keyring | None, known: list[Keyring | None], report: Report) -> list[str]:
    """The database first, so that no newer passphrase is ever needed for a backup than for the database."""
    workspace.refuse_read_only()
    if is_encrypted(workspace) != (wanted is not None) or (wanted is not None and not opens(workspace.database, wanted)):
        with workspace.alone():
            keys = workspace.keys if is_encrypted(workspace) else None
            rewrite_database(workspace.database, keys, wanted, part(report, 0.0, 0.3))
            workspace.keys = wanted
    elif wanted is not None:
        workspace.keys = wanted
    # The backups last: while one of them is not converted, the work is known to be unfinished.
    kept = rewrite_all_receipts(workspace.database, known, wanted, part(report, 0.3, 0.4))
    kept += rewrite_backups(workspace.database, known, wanted, part(report, 0.4, 1.0))
    report(1.0, "Done")
    return kept


def _left_readable(workspace: Workspace) -> list[str]:
    damaged = [
        f"{path.name} is a copy of a damaged database and not encrypted: delete it."
        for path in workspace.home.glob("roadbook-damaged-*.sqlite")
    ]
    folders = [
        name
        for name in ("exports", "packs", "logs", "templates")
        if (workspace.home / name).is_dir() and any((workspace.home / name).iterdir())
    ]
    return damaged + [f"What is in {name}/ is not encrypted." for name in folders]
