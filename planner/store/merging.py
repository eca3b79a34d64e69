"""Everything that hangs on one account moved to another one."""

from sqlite_utils import Database

from planner.model.accounts import Account
from planner.store.book import move_source_ids
from planner.store.plans import move_stops

_MOVED = ("contacts", "services", "activities", "locations", "visits", "trip_stops", "drives")


def move_all(db: Database, gone: Account, kept: Account) -> None:
    """Move what hangs on an account to another one, and take the account out; to be used inside a transaction."""
    for table in _MOVED:
        db.execute(f"UPDATE {table} SET account_id = ? WHERE account_id = ?", [kept.id, gone.id])  # noqa: S608 - a name of the list above
    db.execute("UPDATE opportunities SET account_crm_id = ? WHERE account_crm_id = ?", [kept.crm_id, gone.crm_id])
    db.execute("UPDATE OR IGNORE wishes SET account_id = ? WHERE account_id = ?", [kept.id, gone.id])
    db.execute("UPDATE accounts SET duplicate_of = ? WHERE duplicate_of = ? AND id <> ?", [kept.id, gone.id, kept.id])
    db.execute("UPDATE accounts SET duplicate_of = NULL WHERE duplicate_of = ?", [gone.id])
    _move_distinct(db, gone.id, kept.id)
    move_stops(db, gone.id, kept.id)
    move_source_ids(db, gone.id, kept.id)
    db.table("accounts").delete(gone.id)


def _move_distinct(db: Database, gone: int, kept: int) -> None:
    """What is not the same as the one that goes is not the same as the one that stays either."""
    pairs = db.execute("SELECT first, second FROM distinct_accounts WHERE first = ? OR second = ?", [gone, gone]).fetchall()
    for first, second in pairs:
        other = second if first == gone else first
        if other != kept:
            db.execute("INSERT OR IGNORE INTO distinct_accounts VALUES (?, ?)", [min(kept, other), max(kept, other)])
