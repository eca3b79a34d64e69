"""One connection to the database, plain or encrypted, and what keeps a sound one from being used."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from planner.errors import UserProblem
from planner.store.cipher import Keyring, is_plain

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

_AS_WHEN_FULL = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
"""What SQLite says instead when there is no room for the files beside a database (-wal, -shm)."""

_HARDLY_ANY_BYTES = 1 << 20
_TIMEOUT_S = 10


@contextmanager
def connection(path: Path, keys: Keyring | None = None, *, read_only: bool = False) -> Iterator[Database]:
    """A connection for one verb, with foreign keys on and every commit on disk before it returns.

    `keys` open an encrypted file, and encrypt one that is not there yet. A row that another one replaces counts as deleted for triggers
    too: SQLCipher is built that way, and the journal wants to know.
    """
    raw = _open(path, keys, read_only=read_only)
    try:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA recursive_triggers = ON")
        yield Database(raw)
    finally:
        raw.close()


def _open(path: Path, keys: Keyring | None, *, read_only: bool) -> sqlite3.Connection:
    name: str | Path = f"{path.absolute().as_uri()}?mode=ro" if read_only else path
    if keys is None or (path.exists() and is_plain(path)):
        return sqlite3.connect(name, timeout=_TIMEOUT_S, uri=read_only)
    from planner.store.sqlcipher import connect

    return connect(name, keys.key_for(path), timeout_s=_TIMEOUT_S, uri=read_only)


def opens(path: Path, keys: Keyring | None = None) -> bool:
    """Whether these keys fit a database, or it needs none; what is damaged further on still opens."""
    try:
        with connection(path, keys, read_only=True) as db:
            db.execute("PRAGMA schema_version").fetchone()
    except sqlite3.DatabaseError as error:
        return primary_code(error) == sqlite3.SQLITE_CORRUPT
    except OSError:
        return False
    return True


def hindrance(path: Path, error: sqlite3.DatabaseError) -> UserProblem | None:
    """What around a sound database keeps it from being used, or None when this error is of another kind."""
    code = primary_code(error)
    found = _HINDRANCES.get(code)
    if found is None:
        return None
    why, remedy = _NO_ROOM if code in _AS_WHEN_FULL and _is_full(path.parent) else found
    return UserProblem(f"The database {path.name} cannot be used now.", f"{why} SQLite says: {error}.", remedy)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _HARDLY_ANY_BYTES
    except OSError:
        return False


def primary_code(error: sqlite3.DatabaseError) -> int:
    """SQLite's primary result code; the higher bits only tell more of the same."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
