"""Settings as rows; the sample territory brings its own home and office, which cover the user's while it is in use."""

from sqlite_utils import Database

from planner.settings import Settings, check


def read_settings(db: Database, *, sample: bool = False) -> Settings:
    """The user's settings over the defaults, and the sample's over both when it is in use."""
    rows = db.table("settings").rows_where("sample <= ?", [int(sample)], order_by="sample")
    return Settings({row["key"]: row["value"] for row in rows})


def write_setting(db: Database, key: str, value: str, *, sample: bool = False) -> None:
    """Keep one setting; raises UserProblem when the key is unknown or the value cannot be."""
    db.table("settings").upsert({"key": key, "value": check(key, value), "sample": int(sample)}, pk=("key", "sample"))
