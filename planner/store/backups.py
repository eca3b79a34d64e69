"""Backups of the database: made in one go, checked before they count, and let go of when there are newer ones."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from planner.errors import UserProblem
from planner.model.backups import Backup, BackupReason, MadeBy
from planner.progress import Report, part
from planner.store.checks import damages_of, made_by, unknown_steps
from planner.store.cipher import Keyring, is_plain
from planner.store.connection import connection, hindrance
from planner.store.file_lock import alone
from planner.store.private_files import private_file, private_folder, replace_durably
from planner.store.receipts import RECEIPTS, copy_receipts, missing_receipts
from planner.store.stoppable import stoppable

KEPT = {BackupReason.START: 10, BackupReason.IMPORT: 10, BackupReason.MIGRATION: 5, BackupReason.RESTORE: 10, BackupReason.HAND: 20}
"""How many backups of each reason stay."""

_NAME = re.compile(r"roadbook-(\d{8}T\d{12})Z-([a-z-]+)\.sqlite")
_MOMENT = "%Y%m%dT%H%M%S%f"
_PARTS = ".roadbook-*.part*"
_PATIENCE_S = 60.0  # until another program has made its own backup


def backups_folder(database: Path) -> Path:
    """Where the backups of a database are."""
    return database.parent / "backups"


def make_backup(database: Path, reason: BackupReason, keys: Keyring | None, report: Report) -> Path:
    """Keep a copy of the database as it is now; encrypted as it is itself.

    The copy is written beside, checked whole, put on disk and renamed, once the receipts that are new are copied too; then older ones of
    the same reason beyond `KEPT` go, while the receipts stay. Raises
    UserProblem when there is no room, or what was copied is damaged; Cancelled; nothing half-made stays.
    """
    folder = backups_folder(database)
    with _told_plainly(database):
        private_folder(folder, ours=True)
        with alone(folder / ".lock", _PATIENCE_S):
            for left in folder.glob(_PARTS):
                left.unlink()
            target = folder / f"roadbook-{datetime.now(UTC).strftime(_MOMENT)}Z-{reason.value.replace(' ', '-')}.sqlite"
            beside = folder / f".{target.name}.part"
            try:
                _copy(database, beside, keys, part(report, 0.0, 0.5))
                _refuse_damaged(beside, keys, part(report, 0.5, 0.8))
                copy_receipts(database.parent / RECEIPTS, folder / RECEIPTS, part(report, 0.8, 1.0))  # after it: then none of it is missing
                replace_durably(beside, target)
            finally:
                for left in folder.glob(_PARTS):
                    left.unlink()
            _let_go(folder, reason, target)
    return target


def _copy(database: Path, beside: Path, keys: Keyring | None, report: Report) -> None:
    private_file(beside)
    size = max(database.stat().st_size, 1)
    with connection(database, keys) as db, stoppable(db, lambda: report(beside.stat().st_size / size, "Making a backup")):
        db.execute("VACUUM INTO ?", [str(beside)])  # with the key and salt of the database itself, where it has one


def _refuse_damaged(beside: Path, keys: Keyring | None, report: Report) -> None:
    damages = damages_of(beside, keys, report)
    if damages:
        raise UserProblem("The backup is not whole, so it was not kept.", damages[0], "Check the database (roadbook check).")


@contextmanager
def _told_plainly(database: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        around = hindrance(database, error)
        what = "No backup could be made."
        if around:
            raise UserProblem(what, around.why, around.remedy) from error
        raise UserProblem(what, f"SQLite says: {error}.", "Check the database (roadbook check); it was not changed.") from error
    except OSError as error:
        why = f"The system says: {error.strerror or error}."
        raise UserProblem("No backup could be made.", why, "Make room on the disk and allow its folder; nothing was changed.") from error


def _let_go(folder: Path, reason: BackupReason, made: Path) -> None:
    """Delete the oldest of a reason; never the one just made, which is the newest that is known to be good."""
    same = [path for path, _moment, why in _files(folder) if why is reason and path != made]
    for path in same[KEPT[reason] - 1 :]:
        path.unlink(missing_ok=True)


def _files(folder: Path) -> list[tuple[Path, datetime, BackupReason]]:
    """The backups in a folder, newest first."""
    found = []
    for path in folder.glob("roadbook-*.sqlite"):
        name = _NAME.fullmatch(path.name)
        reason = name and next((each for each in BackupReason if each.value.replace(" ", "-") == name[2]), None)
        if name and reason:
            found.append((path, datetime.strptime(name[1], _MOMENT).replace(tzinfo=UTC), reason))
    return sorted(found, key=lambda each: (each[1], each[0]), reverse=True)


def list_backups(database: Path, keys: Keyring | None = None) -> list[Backup]:
    """The backups of a database, newest first; each is opened, but not read through."""
    return [
        Backup(path, moment, reason, path.stat().st_size, not is_plain(path), *_look_into(path, keys))
        for path, moment, reason in _files(backups_folder(database))
    ]


def backup_files(database: Path) -> list[Path]:
    """The files of the backups, newest first."""
    return [path for path, _moment, _reason in _files(backups_folder(database))]


def _look_into(path: Path, keys: Keyring | None) -> tuple[int | None, MadeBy]:
    """How many accounts a backup holds, None when it cannot be put back, and by which Roadbook it was made."""
    try:
        with connection(path, keys, read_only=True) as db:
            if unknown_steps(db):
                return None, made_by(db)
            return int(db.execute("SELECT count(*) FROM accounts").fetchone()[0]), made_by(db)
    except (sqlite3.DatabaseError, OSError):
        return None, MadeBy.THIS


def newest_good_backup(database: Path, keys: Keyring | None = None) -> Path | None:
    """The newest backup that is sound from end to end, or None."""
    return next((path for path in backup_files(database) if not damages_of(path, keys)), None)


def stamp_of(path: Path, keys: Keyring | None = None, *, read_only: bool = True) -> int:
    """The number that a database got with its newest change; two with the same one hold the same. Raises sqlite3.DatabaseError."""
    with connection(path, keys, read_only=read_only) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def is_backed_up(database: Path, keys: Keyring | None = None) -> bool:
    """Whether nothing was changed since the newest backup was made, and every receipt is copied."""
    files = backup_files(database)
    try:
        same = bool(files) and stamp_of(files[0], keys) == stamp_of(database, keys, read_only=False)
        return same and not missing_receipts(database.parent / RECEIPTS, backups_folder(database) / RECEIPTS)
    except sqlite3.DatabaseError:
        return False
