"""Opening the database, and one transaction per verb."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from planner.errors import UserProblem
from planner.store.migrations import migrations

_NO_ROOM = ("The disk has no room left.", "Make room on it, then start again; nothing is lost.")
_NOT_ALLOWED = ("It may not be written, or its folder may not.", "Allow it, or choose another data folder (--home); nothing is lost.")
_IN_USE = ("Another program holds it.", "Close that program, then start again; nothing is lost.")
_UNREADABLE = ("The disk does not read or write it.", "See that the disk is there, sound and not full, then start again.")

_HINDRANCES = {
    sqlite3.SQLITE_FULL: _NO_ROOM,
    sqlite3.SQLITE_READONLY: _NOT_ALLOWED,
    sqlite3.SQLITE_CANTOPEN: _NOT_ALLOWED,
    sqlite3.SQLITE_PERM: _NOT_ALLOWED,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_IOERR: _UNREADABLE,
}
"""What keeps a sound database from being used, by SQLite's primary result code (sqlite.org/rescode.html): why, and what to do."""


def prepare(path: Path) -> None:
    """Create the database or bring it to the newest schema; raises UserProblem when it is damaged, out of reach or newer."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with connection(path) as db:
            db.enable_wal()
            _refuse_newer(db, path)
            migrations.apply(db)
    except OSError as error:
        why = f"The system says: {error.strerror or error}."
        raise UserProblem(f"The data folder “{path.parent}” cannot be made.", why, "Choose another one (--home).") from error
    except sqlite3.DatabaseError as error:
        raise _problem(path, error) from error


def _problem(path: Path, error: sqlite3.DatabaseError) -> UserProblem:
    """What keeps the database from being opened: a hindrance around it, else damage of the file itself."""
    hindrance = _HINDRANCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the higher bits only tell more of the same
    if hindrance:
        why, remedy = hindrance
        return UserProblem(f"The database {path.name} cannot be used now.", f"{why} SQLite says: {error}.", remedy)
    return UserProblem(
        f"The database {path.name} cannot be opened.",
        f"SQLite says: {error}.",
        "Put back a copy from the backups folder; the file was not changed.",
    )


@contextmanager
def connection(path: Path) -> Iterator[Database]:
    """A connection for one verb, with foreign keys on and every commit on disk before it returns."""
    raw = sqlite3.connect(path, timeout=10)
    try:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
        yield Database(raw)
    finally:
        raw.close()


@contextmanager
def transaction(path: Path) -> Iterator[Database]:
    """A connection whose changes are all kept, or none when the block raises."""
    with connection(path) as db, db.atomic():
        yield db


def _refuse_newer(db: Database, path: Path) -> None:
    known = {migration.name for migration in migrations.pending(db)} | {migration.name for migration in migrations.applied(db)}
    ours = {migration.name for migration in migrations._migrations}  # noqa: SLF001 - the library names no public list of a set's steps
    unknown = sorted(known - ours)
    if unknown:
        raise UserProblem(
            f"The database {path.name} was written by a newer Roadbook.",
            f"This one does not know its step {unknown[0]}.",
            "Install the newer Roadbook; the file was not changed.",
        )
