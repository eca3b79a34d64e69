"""The sample territory's rows, which can be taken out again."""

from sqlite_utils import Database


def has_sample(db: Database) -> bool:
    """Whether accounts of the sample territory are stored."""
    return db.table("accounts").count_where("sample = 1") > 0


def delete_sample(db: Database) -> None:
    """Take every row of the sample territory out; the user's own rows stay."""
    for table in ("plans", "visits", "drives", "trips", "accounts", "reps", "events", "settings", "account_views"):
        db.table(table).delete_where("sample = 1")
