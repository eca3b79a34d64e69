"""Telling damage of the database plainly, with the newest backup that is good."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import DamagedDatabase, UserProblem
from planner.store.backups import newest_good_backup
from planner.store.checks import damages_of
from planner.store.cipher import Keyring, PassphraseNeeded, looks_encrypted
from planner.store.connection import hindrance, opens, primary_code

_DAMAGES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def told_plainly(path: Path, keys: Keyring | None, *, opening: bool = False) -> Iterator[None]:
    """Turn what keeps the database from being used into a UserProblem; other errors pass, except while `opening`: then it is damaged."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        problem = hindrance(path, error) or _damage(path, keys, error, opening=opening)
        if problem is None:
            raise
        raise problem from error


def _damage(path: Path, keys: Keyring | None, error: sqlite3.DatabaseError, *, opening: bool) -> UserProblem | None:
    if primary_code(error) not in _DAMAGES:
        return damaged(path, keys, str(error)) if opening else None
    if path.exists() and looks_encrypted(path) and not opens(path, keys):
        return PassphraseNeeded(path.name, wrong=keys is not None)
    if opening or damages_of(path, keys):  # else another database is meant, which the block uses beside ours
        return damaged(path, keys, str(error))
    return None


def damaged(path: Path, keys: Keyring | None, why: str) -> DamagedDatabase:
    """The problem of a damaged database, which names the newest good backup."""
    backup = newest_good_backup(path, keys)
    told = f"SQLite says: {why}."
    if backup is None:
        return DamagedDatabase(
            f"The database {path.name} cannot be opened.",
            told,
            "There is no good backup of it: put back a copy of your own, or ask for help; the file was not changed.",
            backup=None,
        )
    return DamagedDatabase(
        f"The database {path.name} cannot be opened.",
        told,
        f"Go back to the newest good backup, {backup.name} (roadbook restore newest); until then the file is not changed.",
        backup=backup,
    )
