"""A lock that only one builder of a pack can hold; it is let go when its process ends, however it ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from planner.errors import PackProblem

LOCK = ".lock-"
"""How the lock files begin; the rest is the pack's id."""
_PATIENCE_S = 1.0  # others hold a lock for a moment to ask whether it is free


@contextmanager
def building_alone(packs_folder: Path, pack_id: str) -> Iterator[None]:
    """Hold the lock of a pack's builds; raises PackProblem when another builder has it.

    SQLite locks files in the way of each system, so an empty database is the lock.
    """
    with closing(_lock(packs_folder, pack_id, timeout_s=_PATIENCE_S)) as lock:
        if not _taken(lock):
            raise PackProblem(
                f"The road pack '{pack_id}' is being built already.",
                "Another window or command is at work on it.",
                "Wait until it is ready, or cancel it there.",
            )
        yield


@contextmanager
def if_idle(packs_folder: Path, pack_id: str) -> Iterator[bool]:
    """Hold the lock for a moment and lend True, unless a builder of this pack is at work: then lend False."""
    with closing(_lock(packs_folder, pack_id, timeout_s=0.0)) as lock:
        yield _taken(lock)


def is_being_built(packs_folder: Path, pack_id: str) -> bool:
    """Whether a builder of this pack is at work."""
    if not (packs_folder / f"{LOCK}{pack_id}").exists():
        return False
    with if_idle(packs_folder, pack_id) as idle:
        return not idle


def _lock(packs_folder: Path, pack_id: str, timeout_s: float) -> sqlite3.Connection:
    return sqlite3.connect(packs_folder / f"{LOCK}{pack_id}", timeout=timeout_s, isolation_level=None)


def _taken(lock: sqlite3.Connection) -> bool:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
