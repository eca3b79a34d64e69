"""Opening the database, and one transaction per verb."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlite_utils import Database

from planner.errors import UserProblem
from planner.model.backups import BackupReason
from planner.progress import silent
from planner.store.backups import make_backup
from planner.store.cipher import Keyring
from planner.store.connection import connection
from planner.store.damage import told_plainly
from planner.store.journal import install_triggers, journaled
from planner.store.migrations import migrations
from planner.store.private_files import private_file

__all__ = ["connection", "prepare", "reading", "refuse_other_schema", "transaction"]

_HOLDS_NOTHING = {"_sqlite_migrations", "journal_now", "sqlite_sequence"}


def prepare(path: Path, keys: Keyring | None = None) -> None:
    """Create the database or bring it to the newest schema, all or nothing, with a backup of what an older Roadbook kept.

    Raises UserProblem when it is out of reach or newer, PassphraseNeeded, and DamagedDatabase with the newest good backup.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_dir():
            private_file(path)
    except OSError as error:
        why = f"The system says: {error.strerror or error}."
        raise UserProblem(f"The data folder “{path.parent}” cannot be made.", why, "Choose another one (--home).") from error
    with told_plainly(path, keys, opening=True), connection(path, keys) as db:
        db.enable_wal()
        _refuse_newer(db, path)
        if migrations.pending(db):
            if _holds_something(db):
                make_backup(path, BackupReason.MIGRATION, keys, silent)
            _migrate(db)


def refuse_other_schema(path: Path, keys: Keyring | None = None) -> None:
    """Raise UserProblem when the database, which another Roadbook has open, is not of the schema of this one."""
    with reading(path, keys) as db:
        _refuse_newer(db, path)
        if migrations.pending(db):
            raise UserProblem(
                "An older Roadbook has this data open.",
                f"It could not read {path.name} after an update of it.",
                "Close its window, then try again.",
            )


def _migrate(db: Database) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        install_triggers(db)
        _stamp(db)
        db.commit()
    except BaseException:
        db.rollback()
        raise


def _holds_something(db: Database) -> bool:
    return any(
        db.execute(f"SELECT EXISTS (SELECT 1 FROM [{table}])").fetchone()[0]  # noqa: S608 - the tables are our own
        for table in db.table_names()
        if table not in _HOLDS_NOTHING
    )


@contextmanager
def reading(path: Path, keys: Keyring | None = None) -> Iterator[Database]:
    """A connection to look things up with; raises UserProblem when the database cannot be read."""
    with told_plainly(path, keys), connection(path, keys) as db:
        yield db


@contextmanager
def transaction(path: Path, label: str | None, *, sample: bool = False, keys: Keyring | None = None) -> Iterator[Database]:
    """A connection whose changes are all kept as one entry of the journal, or none when the block raises.

    `label` says in plain words what is done ("Import accounts.csv"); None keeps it out of the journal. `sample` marks what is done to the
    sample territory, which is undone apart from the user's own. Raises UserProblem when the disk is full or another program holds the file.
    """
    with told_plainly(path, keys), connection(path, keys) as db:
        try:
            db.execute("BEGIN IMMEDIATE")
            before = db.conn.total_changes
            with journaled(db, label, sample=sample) if label is not None else nullcontext():
                yield db
            if db.conn.total_changes != before:
                _stamp(db)
            db.commit()
        except BaseException:
            db.rollback()
            raise


def _stamp(db: Database) -> None:
    """Give what the database holds now a number of its own, by which a backup is known to hold the same."""
    db.execute(f"PRAGMA user_version = {secrets.randbits(31)}")


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
