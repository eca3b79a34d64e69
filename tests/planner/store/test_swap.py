"""A new file in the place of the database: the old one or the new one is there, wherever the swap was cut short."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from planner.store import swap
from planner.store.connection import connection
from planner.store.file_lock import USE_LOCK, alone
from planner.store.private_files import private_copy


def database(path: Path, word: str) -> Path:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE words (word)")
        raw.execute("INSERT INTO words VALUES (?)", [word])
        raw.commit()
    return path


def words(path: Path) -> list[str]:
    with swap.opened(path), connection(path) as db:
        return [row[0] for row in db.execute("SELECT word FROM words").fetchall()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return database(tmp_path / "roadbook.sqlite", "old")


def wal_left_by_a_kill(path: Path) -> None:
    """The old file with changes that are in its -wal only, as a killed process leaves them."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO words VALUES ('in the wal')")
        raw.commit()
        for suffix in ("", "-wal", "-shm"):
            source = path.with_name(path.name + suffix)
            private_copy(source, source.with_name("kept-" + source.name))
    for suffix in ("", "-wal", "-shm"):
        path.with_name("kept-" + path.name + suffix).replace(path.with_name(path.name + suffix))


def test_the_new_file_takes_the_place_and_the_wal_of_the_old_one_is_not_played_into_it(path: Path, tmp_path: Path):
    wal_left_by_a_kill(path)
    with alone(tmp_path / USE_LOCK):
        swap.put_in_place(database(tmp_path / swap.NEW, "new"), path)
    assert words(path) == ["new"]


@pytest.mark.parametrize("removed", [(), ("-wal",), ("-wal", "-shm")])
def test_a_swap_that_was_decided_is_finished_by_whoever_opens_next(path: Path, tmp_path: Path, removed: tuple[str, ...]):
    wal_left_by_a_kill(path)
    database(tmp_path / swap.NEW, "new").replace(tmp_path / swap._DECIDED)
    for suffix in removed:
        path.with_name(path.name + suffix).unlink()
    assert words(path) == ["new"]
    assert not (tmp_path / swap._DECIDED).exists()


def test_a_swap_that_was_not_decided_leaves_the_old_file(path: Path, tmp_path: Path):
    wal_left_by_a_kill(path)
    database(tmp_path / swap.NEW, "new")
    assert words(path) == ["old", "in the wal"]


def test_what_a_killed_rewriting_left_is_taken_out_at_the_next_start_unless_the_data_is_in_use(path: Path, tmp_path: Path):
    left = database(tmp_path / swap.NEW, "plain text")
    with swap.opened(path):
        swap.clear_leftover(path)
        assert left.exists()
    swap.clear_leftover(path)
    assert not left.exists()
    assert words(path) == ["old"]
