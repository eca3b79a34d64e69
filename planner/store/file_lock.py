"""Who has the data open: many for a moment each, one alone to put another file in its place, and one window.

As with road packs, an empty SQLite database is the lock: SQLite locks files in each system's own way, tells threads of one process apart
(which POSIX locks do not), and the system lets go when a process dies.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from planner.errors import UserProblem
from planner.store.private_files import private_file

USE_LOCK = "roadbook-use.lock"
WINDOW_LOCK = "roadbook.lock"
_PATIENCE_S = 10.0
_PATIENCE_WITH_RESTORE_S = 60.0
_BETWEEN_TRIES_S = 0.05


@contextmanager
def in_use(home: Path) -> Iterator[None]:
    """Keep the database file from being replaced while the block runs; waits for a replacement under way."""
    with closing(_lock(home / USE_LOCK, timeout_s=_PATIENCE_WITH_RESTORE_S)) as lock:
        try:
            lock.execute("BEGIN")
            lock.execute("SELECT 1 FROM sqlite_master").fetchall()  # takes the lock that many can share
        except sqlite3.OperationalError as error:
            raise _busy("Another program is replacing the database.") from error
        yield


@contextmanager
def alone(lock_file: Path, patience_s: float = _PATIENCE_S) -> Iterator[None]:
    """Wait until nobody else is in, and keep others out while the block runs; raises UserProblem when that takes too long."""
    until = time.monotonic() + patience_s
    with closing(_lock(lock_file, timeout_s=0)) as lock:
        while not _taken(lock):  # between tries others may come in, which a thread that is in already may need to
            if time.monotonic() > until:
                raise _busy("Other work with it is not done yet, here or in another program.")
            time.sleep(_BETWEEN_TRIES_S)
        yield


class WindowLock:
    """The place of the one window that may change the data; free again when it is released or its process ends."""

    def __init__(self, home: Path) -> None:
        self._lock = _lock(home / WINDOW_LOCK, timeout_s=0)
        self.held = _taken(self._lock)

    def release(self) -> None:
        """Let another window have it."""
        self._lock.close()
        self.held = False


def _lock(path: Path, timeout_s: float) -> sqlite3.Connection:
    try:
        private_file(path)
        return sqlite3.connect(path, timeout=timeout_s, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.OperationalError) as error:
        raise UserProblem(
            f"The data folder “{path.parent}” cannot be used.", f"The system says: {error}.", "Allow it, or choose another one (--home)."
        ) from error


def _taken(lock: sqlite3.Connection) -> bool:
    try:
        lock.execute("PRAGMA journal_mode = MEMORY")  # a journal on disk would need room there
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _busy(why: str) -> UserProblem:
    return UserProblem("The database is in use.", why, "Wait a moment, or close the other Roadbook, then try again; nothing was changed.")
