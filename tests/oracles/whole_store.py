"""Everything a database holds, read without the store's own functions."""

import sqlite3
from contextlib import closing
from pathlib import Path

JOURNAL = {"journal_entries", "journal_changes", "journal_now", "sqlite_sequence"}


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table in an order of their own, the journal's left out: undo leaves its trace there."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if name not in JOURNAL]
        return {name: sorted(db.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in names}
