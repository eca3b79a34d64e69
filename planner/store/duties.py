"""Recurring duties of her own among the appointments of the calendar."""

from sqlite_utils import Database


def delete_event(db: Database, uid: str, *, sample: bool) -> None:
    """Take an appointment of hers out, by its uid; those of reps stay."""
    db.table("events").delete_where("uid = ? AND sample = ? AND rep = ''", [uid, int(sample)])
