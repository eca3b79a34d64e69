"""Settings as rows."""

from sqlite_utils import Database

from planner.settings import Settings, check


def read_settings(db: Database) -> Settings:
    """The user's settings over the defaults."""
    return Settings({row["key"]: row["value"] for row in db.table("settings").rows})


def write_setting(db: Database, key: str, value: str, *, sample: bool = False) -> None:
    """Keep one setting; raises UserProblem when the key is unknown or the value cannot be."""
    db.table("settings").upsert({"key": key, "value": check(key, value), "sample": int(sample)}, pk="key")
