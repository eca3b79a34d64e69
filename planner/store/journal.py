"""The journal: every change of every row, kept by triggers, so that any verb can be undone, redone and looked up.

A verb is one entry. Its changes hold what each row was before, so undoing puts the rows back, newest change first; while it does, the
triggers write down in the same entry what is needed to do it again.
"""

import getpass
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from planner.model.journal import EntryState, JournalEntry
from planner.values import Struct

UNJOURNALED = frozenset({"journal_entries", "journal_changes", "journal_now", "kept_places"})
"""Tables whose changes are nobody's doing: the journal itself, and what was asked of servers."""

MOST_REALS = 4
"""So many real numbers of a row a change can hold."""
_REALS = ", ".join(f"real_{number}" for number in range(MOST_REALS))

_OWNED = {
    "accounts": "{row}.id",
    "opportunities": "(SELECT id FROM accounts WHERE crm_id = {row}.account_crm_id)",
}
"""By which account a change is found again, where the table has no `account_id`."""


def install_triggers(db: Database) -> None:
    """Put triggers on every table that is journaled, in place of those from before; done after each change of the schema."""
    for name in [row["name"] for row in db.query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'")]:
        db.execute(f"DROP TRIGGER [{name}]")
    for table in db.table_names():
        if table not in UNJOURNALED and not table.startswith(("sqlite_", "_")):
            _install(db, table)


def _install(db: Database, table: str) -> None:
    columns = [column.name for column in db.table(table).columns]
    reals = _reals(db, table)
    pks = db.table(table).pks
    owner = _OWNED.get(table) or ("{row}.account_id" if "account_id" in columns else "NULL")
    image = "json_object(" + ", ".join(f"'{name}', OLD.[{name}]" for name in columns if name not in reals) + ")"
    exact = [f"OLD.[{name}]" for name in reals] + ["NULL"] * (MOST_REALS - len(reals))
    differs = " OR ".join(f"OLD.[{name}] IS NOT NEW.[{name}]" for name in columns)
    for operation, row, before, numbers, when in (
        ("insert", "NEW", "NULL", ["NULL"] * MOST_REALS, ""),
        ("update", "NEW", image, exact, f" AND ({differs})"),
        ("delete", "OLD", image, exact, ""),
    ):
        key = "json_array(" + ", ".join(f"{row}.[{pk}]" for pk in pks) + ")"
        db.execute(
            f"CREATE TRIGGER journal_{table}_{operation} AFTER {operation.upper()} ON [{table}]"
            f" WHEN (SELECT entry FROM journal_now) IS NOT NULL{when} BEGIN"
            f" INSERT INTO journal_changes (entry, tab, operation, row_key, before, account_id, {_REALS})"
            f" VALUES ((SELECT entry FROM journal_now), '{table}', '{operation}', {key}, {before}, {owner.format(row=row)},"
            f" {', '.join(numbers)}); END"
        )


def _reals(db: Database, table: str) -> list[str]:
    """The columns of real numbers, which stand beside the JSON: SQLite writes them there with 15 digits, and reads few back exactly.

    They keep their places, because new columns come last.
    """
    reals = [column.name for column in db.table(table).columns if any(part in column.type.upper() for part in ("FLOA", "REAL", "DOUB"))]
    assert len(reals) <= MOST_REALS, f"{table} has more real numbers than a change of the journal can hold"
    return reals


@contextmanager
def journaled(db: Database, label: str, *, sample: bool) -> Iterator[int]:
    """Everything the block writes is one entry of the journal with this label; yields its number. To be used inside a transaction.

    What was undone before and not done again can no longer be: its changes are dropped. A block that changes nothing leaves no entry.
    """
    row = {"label": label, "at": _now(), "who": who(), "sample": int(sample), "state": EntryState.DONE.value, "details": "{}"}
    entry: int = db.table("journal_entries").insert(row).last_pk  # type: ignore[assignment]  # an integer key
    with _noting(db, entry):
        yield entry
    if not db.execute("SELECT EXISTS (SELECT 1 FROM journal_changes WHERE entry = ?)", [entry]).fetchone()[0]:
        db.table("journal_entries").delete(entry)
        return
    undone = [
        row["id"] for row in db.table("journal_entries").rows_where("state = ? AND sample = ?", [EntryState.UNDONE.value, int(sample)])
    ]
    for each in undone:
        db.table("journal_changes").delete_where("entry = ?", [each])
        db.table("journal_entries").update(each, {"state": EntryState.DROPPED.value})


@contextmanager
def _noting(db: Database, entry: int) -> Iterator[None]:
    """Let the triggers write to this entry."""
    db.execute("UPDATE journal_now SET entry = ?", [entry])
    yield
    db.execute("UPDATE journal_now SET entry = NULL")


def who() -> str:
    """The name of the user of the system, or "you" where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "you"


def set_details(db: Database, details: Mapping[str, Any]) -> None:
    """Keep what else is to be known of what is being done, such as the counts and problems of an import."""
    db.execute(
        "UPDATE journal_entries SET details = ? WHERE id = (SELECT entry FROM journal_now)", [json.dumps(details, ensure_ascii=False)]
    )


def stamp(db: Database) -> tuple[int, int]:
    """Changes with everything that is done, undone or done again: the newest entry, and how many are undone.

    The entry being written does not count, so that a verb can see whether something else was done since it looked.
    """
    newest, undone = db.execute(
        "SELECT coalesce(max(id), 0), total(state = 'undone') FROM journal_entries WHERE id IS NOT (SELECT entry FROM journal_now)"
    ).fetchone()
    return newest, int(undone)


def next_to_undo(db: Database, *, sample: bool) -> JournalEntry | None:
    """The change that Undo would take back, or None."""
    return _one(db, "state = 'done' AND sample = ?", "id DESC", sample)


def next_to_redo(db: Database, *, sample: bool) -> JournalEntry | None:
    """The change that Redo would do again, or None."""
    return _one(db, "state = 'undone' AND sample = ?", "id", sample)


def _one(db: Database, where: str, order: str, sample: bool) -> JournalEntry | None:
    return next((_entry(row) for row in db.table("journal_entries").rows_where(where, [int(sample)], order_by=order, limit=1)), None)


def entries(db: Database, *, sample: bool, limit: int = 200) -> list[JournalEntry]:
    """The newest entries, the newest first."""
    return [_entry(row) for row in db.table("journal_entries").rows_where("sample = ?", [int(sample)], order_by="id DESC", limit=limit)]


def undo(db: Database, entry: JournalEntry) -> frozenset[str]:
    """Take an entry back; returns the tables it touched. To be used inside a transaction, with the entry of `next_to_undo`."""
    return _turn(db, entry, EntryState.UNDONE)


def redo(db: Database, entry: JournalEntry) -> frozenset[str]:
    """Do an entry again; returns the tables it touched. To be used inside a transaction, with the entry of `next_to_redo`."""
    return _turn(db, entry, EntryState.DONE)


def _turn(db: Database, entry: JournalEntry, state: EntryState) -> frozenset[str]:
    """Put every row of an entry back to what it was; the triggers note what it is now, which turns the entry around."""
    changes = db.execute(
        f"SELECT tab, operation, row_key, before, {_REALS} FROM journal_changes WHERE entry = ? ORDER BY id DESC", [entry.id]
    ).fetchall()
    db.execute("DELETE FROM journal_changes WHERE entry = ?", [entry.id])
    db.execute("PRAGMA defer_foreign_keys = ON")
    with _noting(db, entry.id):
        for (table, operation), group in groupby(changes, key=lambda change: (change[0], change[1])):
            names = _reals(db, table)
            rows = [(json.loads(key), _image(before, names, numbers)) for _, _, key, before, *numbers in group]
            _put_back(db, table, operation, rows)
    db.table("journal_entries").update(entry.id, {"state": state.value})
    return frozenset(change[0] for change in changes)


def _image(before: str | None, names: Sequence[str], numbers: Sequence[float | None]) -> dict[str, Any]:
    """A row as it was; empty for one that was not there."""
    return {} if before is None else json.loads(before) | dict(zip(names, numbers, strict=False))


def _put_back(db: Database, table: str, operation: str, rows: Sequence[tuple[list[Any], dict[str, Any]]]) -> None:
    """Undo one kind of operation on rows of one table, in the order given; columns that are newer than a row's image keep their default."""
    matching = " AND ".join(f"[{pk}] = ?" for pk in db.table(table).pks)
    if operation == "insert":
        db.conn.executemany(f"DELETE FROM [{table}] WHERE {matching}", [key for key, _ in rows])
        return
    known = {column.name for column in db.table(table).columns}
    for names, same in groupby(rows, key=lambda row: tuple(name for name in row[1] if name in known)):
        columns = [f"[{name}]" for name in names]
        if operation == "delete":
            statement = f"INSERT INTO [{table}] ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            db.conn.executemany(statement, [[before[name] for name in names] for _, before in same])
        else:
            statement = f"UPDATE [{table}] SET {', '.join(f'{column} = ?' for column in columns)} WHERE {matching}"
            db.conn.executemany(statement, [[*(before[name] for name in names), *key] for key, before in same])


class RowChange(Struct, frozen=True):
    """One change of a row: its table, key and entry, the operation, and the row before it (empty for an insert)."""

    entry: JournalEntry
    table: str
    operation: str
    key: tuple[Any, ...]
    before: Mapping[str, Any]


def row_now(db: Database, table: str, key: Sequence[Any]) -> dict[str, Any]:
    """A row as it is now; empty when it is gone."""
    matching = " AND ".join(f"[{pk}] = ?" for pk in db.table(table).pks)
    return next(iter(db.table(table).rows_where(matching, list(key))), {})


def changes_of_account(db: Database, account_id: int, limit: int = 500) -> list[RowChange]:
    """What happened to an account and the rows that hang on it, the newest first; what was undone is left out."""
    rows = db.query(
        f"SELECT c.tab, c.operation, c.row_key, c.before, {_REALS}, e.* FROM journal_changes c JOIN journal_entries e ON e.id = c.entry"
        " WHERE c.account_id = ? AND e.state = 'done' ORDER BY c.id DESC LIMIT ?",
        [account_id, limit],
    )
    return [
        RowChange(
            _entry(row),
            row["tab"],
            row["operation"],
            tuple(json.loads(row["row_key"])),
            _image(row["before"], _reals(db, row["tab"]), [row[f"real_{number}"] for number in range(MOST_REALS)]),
        )
        for row in rows
    ]


def deleted_by(db: Database, account_id: int) -> str:
    """The label of the step that took an account out, or empty when it was never there."""
    query = (
        "SELECT e.label FROM journal_changes c JOIN journal_entries e ON e.id = c.entry"
        " WHERE c.account_id = ? AND c.tab = 'accounts' AND c.operation = 'delete' AND e.state = 'done' ORDER BY c.id DESC LIMIT 1"
    )
    found = db.execute(query, [account_id]).fetchone()
    return found[0] if found else ""


def forget_sample(db: Database) -> None:
    """Drop what was done to the sample territory, which is being taken out."""
    db.execute("DELETE FROM journal_changes WHERE entry IN (SELECT id FROM journal_entries WHERE sample = 1)")
    db.table("journal_entries").delete_where("sample = 1")


def _entry(row: Mapping[str, Any]) -> JournalEntry:
    return JournalEntry(
        id=row["id"],
        label=row["label"],
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        state=EntryState(row["state"]),
        details=json.loads(row["details"]),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
