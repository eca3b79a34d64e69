"""Backups: made, listed, put back; and whether the database is sound."""

from pathlib import Path

from planner.errors import UserProblem
from planner.model.backups import Backup, BackupReason
from planner.model.changes import Changes
from planner.progress import Report, silent
from planner.store import backups as files
from planner.store.checks import check
from planner.store.cipher import PassphraseNeeded, looks_encrypted
from planner.store.connection import opens
from planner.store.restore import restore
from planner.store.swap import opened
from planner.usecases.workspace import Workspace

__all__ = [
    "Backup",
    "BackupReason",
    "before_import",
    "check_database",
    "find_backup",
    "list_backups",
    "make_backup",
    "restore_backup",
    "start_backup",
]


def make_backup(workspace: Workspace, reason: BackupReason = BackupReason.HAND, report: Report = silent) -> Path:
    """Keep a checked copy of the database; raises UserProblem when there is no room or the database is damaged, and Cancelled."""
    with opened(workspace.database):
        return files.make_backup(workspace.database, reason, workspace.keys, report)


def before_import(workspace: Workspace, report: Report = silent) -> Path | None:
    """Keep a copy before an import, unless the newest one holds the same; raises UserProblem when there is no room, and Cancelled."""
    return _unless_kept(workspace, BackupReason.IMPORT, report)


def start_backup(workspace: Workspace, report: Report = silent) -> str:
    """Keep a copy at the start when anything was changed since the newest one; returns what is to be told when that fails, else "".

    Meant for the background: it never stands in the way of the start. Raises Cancelled.
    """
    if workspace.read_only:
        return ""
    try:
        _unless_kept(workspace, BackupReason.START, report)
    except UserProblem as problem:
        return str(problem)
    return ""


def _unless_kept(workspace: Workspace, reason: BackupReason, report: Report) -> Path | None:
    with opened(workspace.database):
        if files.is_backed_up(workspace.database, workspace.keys):
            return None
        return files.make_backup(workspace.database, reason, workspace.keys, report)


def list_backups(workspace: Workspace) -> list[Backup]:
    """The backups, newest first; each is opened, but not read through."""
    return files.list_backups(workspace.database, workspace.keys)


def find_backup(workspace: Workspace, name: str) -> Path:
    """The backup meant by "newest" (the newest good one), its number in the list, its name, or a file's path; raises UserProblem."""
    known = files.backup_files(workspace.database)
    if name == "newest":
        found = files.newest_good_backup(workspace.database, workspace.keys)
    elif name.isdecimal():
        found = known[int(name) - 1] if 0 < int(name) <= len(known) else None
    else:
        found = next((path for path in known if path.name == name), None) or (Path(name) if Path(name).is_file() else None)
    locked = next((path for path in known if not opens(path, workspace.keys) and looks_encrypted(path)), None) if found is None else None
    if locked:
        raise PassphraseNeeded(locked.name, wrong=workspace.keys is not None)
    if found is None:
        raise UserProblem(f"There is no backup “{name}”.", remedy="See them with roadbook backup --list.")
    return found


def restore_backup(workspace: Workspace, backup: Path, report: Report = silent) -> Changes:
    """Put a backup in the place of the database; what is there now is kept as a backup, or beside when it is damaged.

    Raises UserProblem when the backup is not good, the disk is full, or others have the data open; nothing is changed then.
    """
    with workspace.alone():
        restore(workspace.database, backup, workspace.keys, report)
    return Changes(f"Go back to {backup.name}", accounts=True, plans=True, packs=True, settings=True)


def check_database(workspace: Workspace, report: Report = silent) -> list[str]:
    """What is wrong with the database, each in a sentence; nothing when it is sound. Raises Cancelled, and DamagedDatabase."""
    with workspace.reading() as db:
        return check(db, report)
