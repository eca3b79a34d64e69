"""Whether a database is sound: its file, what its rows point to, and its schema."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from planner.model.backups import MadeBy
from planner.progress import Report, silent
from planner.store.cipher import Keyring
from planner.store.connection import connection
from planner.store.migrations import migrations
from planner.store.stoppable import stoppable

_MOST_TOLD = 20


def check(db: Database, report: Report = silent) -> list[str]:
    """What is wrong with an open database, each in a sentence; nothing when it is sound. Raises Cancelled."""
    report(0.0, "Checking the database")
    with stoppable(db, lambda: report(0.5, "Checking the database")):
        found = [row[0] for row in db.execute(f"PRAGMA integrity_check({_MOST_TOLD})").fetchall()]
        orphans = db.execute("PRAGMA foreign_key_check").fetchmany(_MOST_TOLD)
    report(1.0, "Database checked")
    damages = [f"The file is damaged: {text}." for text in found if text != "ok"]
    return damages + [f"Row {row} of {table} points to a row of {parent} that is not there." for table, row, parent, _ in orphans]


def damages_of(path: Path, keys: Keyring | None = None, report: Report = silent) -> list[str]:
    """What is wrong with a database file, one that does not open included; it is only read. Raises Cancelled."""
    try:
        with connection(path, keys, read_only=True) as db:
            return unknown_steps(db) or check(db, report)
    except (sqlite3.DatabaseError, OSError) as error:
        return [f"It does not open: {error}."]


def unknown_steps(db: Database) -> list[str]:
    """The steps of its schema that this Roadbook does not know, because a newer one took them; or that it is no database of ours at all."""
    applied = [step.name for step in migrations.applied(db)]
    if not applied:
        return ["It is not a database of Roadbook."]
    ours = _steps()
    return [f"It was made by a newer Roadbook: its step {name} is unknown here." for name in applied if name not in ours]


def made_by(db: Database) -> MadeBy:
    """By which Roadbook a database got its schema."""
    applied, ours = {step.name for step in migrations.applied(db)}, _steps()
    return MadeBy.NEWER if applied - ours else MadeBy.OLDER if applied and ours - applied else MadeBy.THIS


def _steps() -> set[str]:
    return {step.name for step in migrations._migrations}  # noqa: SLF001 - the library names no public list of a set's steps
