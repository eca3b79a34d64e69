"""Opening the database, and one transaction per verb."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from planner.errors import UserProblem
from planner.store.migrations import migrations

_NOT_DAMAGED = {getattr(sqlite3, f"SQLITE_{name}") for name in ("FULL", "READONLY", "CANTOPEN", "IOERR", "PERM", "BUSY", "LOCKED")}


def prepare(path: Path) -> None:
    """Create the database or bring it to the newest schema; raises UserProblem when it is damaged or from a newer Roadbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with connection(path) as db:
            db.enable_wal()
            _refuse_newer(db, path)
            migrations.apply(db)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_DAMAGED:
            raise UserProblem(
                f"The database {path.name} cannot be used now.",
                f"SQLite says: {error}.",
                "Nothing is lost. Check that the disk has room, that the folder may be written to, and that no other program holds it.",
            ) from error
        raise UserProblem(
            f"The database {path.name} cannot be opened.",
            f"SQLite says: {error}.",
            "Put back a copy from the backups folder; the file was not changed.",
        ) from error


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
