"""Backups: whole or not at all, checked, let go of in their turn, and made only when there is something new to keep."""

import sqlite3
from pathlib import Path

import pytest

from planner.errors import Cancelled, UserProblem
from planner.model.backups import BackupReason
from planner.progress import silent
from planner.store import backups
from planner.store.checks import damages_of
from planner.store.connection import connection
from planner.store.database import prepare, transaction
from planner.store.settings import write_setting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "roadbook.sqlite"
    prepare(path)
    change(path, "1 Main St")
    return path


def change(path: Path, home: str, label: str | None = None) -> None:
    with transaction(path, label) as db:
        write_setting(db, "home", home)


def home_in(path: Path) -> str:
    with connection(path, read_only=True) as db:
        return db.execute("SELECT value FROM settings WHERE key = 'home'").fetchone()[0]


def make(path: Path, reason: BackupReason = BackupReason.HAND) -> Path:
    return backups.make_backup(path, reason, None, silent)


def spoil(path: Path) -> None:
    """Overwrite a page that holds a table, as a dying disk does."""
    with connection(path, read_only=True) as db:
        page = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'settings'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)


def test_a_backup_holds_what_is_in_the_database_also_what_is_in_its_wal_only(path: Path):
    with connection(path) as reader:  # keeps the -wal from being written back
        reader.execute("SELECT * FROM settings").fetchall()
        change(path, "2 Pine St")
        made = make(path)
    assert home_in(made) == "2 Pine St"
    assert damages_of(made) == []
    assert [each.name for each in made.parent.iterdir() if each.name != ".lock"] == [made.name]


def test_a_backup_tells_when_and_why_and_what_it_holds(path: Path):
    made = make(path, BackupReason.IMPORT)
    (found,) = backups.list_backups(path)
    assert (found.path, found.reason, found.accounts, found.encrypted) == (made, BackupReason.IMPORT, 0, False)
    assert found.size_bytes == made.stat().st_size
    assert found.made_at.tzname() == "UTC"


def test_backups_are_listed_newest_first_and_other_files_are_left_out(path: Path):
    made = [make(path, reason) for reason in (BackupReason.START, BackupReason.HAND, BackupReason.MIGRATION)]
    (made[0].parent / "roadbook-of-mine.sqlite").write_bytes(b"")
    (made[0].parent / "roadbook-20261124T000000000000Z-why.sqlite").write_bytes(b"")
    assert [each.path for each in backups.list_backups(path)] == made[::-1]


def test_a_backup_that_does_not_open_is_listed_as_such(path: Path):
    made = make(path)
    made.write_bytes(b"a letter to my aunt" * 500)
    (found,) = backups.list_backups(path)
    assert not found.readable


def test_the_oldest_of_a_reason_go_and_those_of_others_stay(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(backups.KEPT, BackupReason.HAND, 2)
    start = make(path, BackupReason.START)
    made = [make(path) for _each in range(4)]
    assert backups.backup_files(path) == [made[3], made[2], start]


def test_the_backup_just_made_stays_when_the_clock_was_set_back(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(backups.KEPT, BackupReason.HAND, 1)
    later = make(path)
    later.rename(later.with_name("roadbook-20991231T000000000000Z-by-hand.sqlite"))
    made = make(path)
    assert backups.backup_files(path) == [made]


def test_nothing_new_is_known_after_a_backup_and_anything_new_after_a_change(path: Path):
    assert not backups.is_backed_up(path)
    make(path)
    assert backups.is_backed_up(path)
    with transaction(path, "Look only") as db:
        db.execute("SELECT * FROM accounts").fetchall()
    with transaction(path, None):
        pass
    change(path, "2 Pine St", "Move")
    assert not backups.is_backed_up(path)


def test_what_is_new_is_known_after_going_back_too(path: Path):
    make(path)
    first = backups.stamp_of(path)
    change(path, "2 Pine St")
    assert backups.stamp_of(path) != first
    prepare(path)
    make(path)
    assert backups.is_backed_up(path)


def test_a_change_that_is_taken_back_leaves_nothing_new(path: Path):
    make(path)

    def fail():
        with transaction(path, "Fail") as db:
            write_setting(db, "home", "nowhere")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert backups.is_backed_up(path)


def test_the_newest_good_backup_passes_by_a_damaged_one(path: Path):
    good, bad = make(path), make(path)
    spoil(bad)
    assert backups.newest_good_backup(path) == good
    spoil(good)
    assert backups.newest_good_backup(path) is None


def test_a_damaged_database_is_not_kept_as_a_backup(path: Path):
    spoil(path)
    with pytest.raises(UserProblem, match=r"No backup could be made|not whole"):
        make(path)
    assert backups.backup_files(path) == []
    assert [each.name for each in (path.parent / "backups").iterdir()] == [".lock"]


def test_a_cancelled_backup_leaves_nothing(path: Path):
    with transaction(path, None) as db:
        db.execute("CREATE TABLE ballast AS WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n")

    def cancel(_fraction: float, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.make_backup(path, BackupReason.HAND, None, cancel)
    assert [each.name for each in (path.parent / "backups").iterdir()] == [".lock"]


def test_what_a_killed_backup_left_is_cleared_away(path: Path):
    made = make(path)
    (made.parent / f".{made.name}.part").write_bytes(b"half")
    make(path)
    assert not list(made.parent.glob(".*.part"))


def test_a_disk_without_room_is_told_and_leaves_no_half_backup(path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_any: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(backups, "_copy", full)
    with pytest.raises(UserProblem, match=r"No backup could be made\. The disk has no room left"):
        make(path)
    assert backups.backup_files(path) == []
