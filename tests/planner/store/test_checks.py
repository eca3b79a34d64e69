"""A sound database has nothing to tell; damage of its file, and rows that point to nothing, are told in sentences."""

from pathlib import Path

import pytest

from planner.errors import Cancelled
from planner.store.checks import check, damages_of
from planner.store.connection import connection
from planner.store.database import prepare


@pytest.fixture
def path(tmp_path: Path) -> Path:
    prepare(tmp_path / "roadbook.sqlite")
    return tmp_path / "roadbook.sqlite"


def test_a_sound_database_has_nothing_to_tell(path: Path):
    assert damages_of(path) == []


def test_a_row_that_points_to_nothing_is_told(path: Path):
    with connection(path) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO visits (account_id, day, outcome, note) VALUES (7, '2026-11-02', 'met', '')")
        db.conn.commit()
        assert check(db) == ["Row 1 of visits points to a row of accounts that is not there."]


def test_an_index_that_does_not_fit_its_table_is_told(path: Path):
    with connection(path) as db:
        db.execute("PRAGMA writable_schema = ON")
        other = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'plans_of_week'").fetchone()
        db.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 'visits_of_account'", other)
        db.conn.commit()
    (told, *_more) = damages_of(path)
    assert told.startswith(("The file is damaged: ", "It does not open: "))


@pytest.mark.parametrize("content", [b"", b"a letter to my aunt" * 400])
def test_a_file_that_is_no_database_of_ours_is_told(tmp_path: Path, content: bytes):
    (tmp_path / "letter").write_bytes(content)
    assert len(damages_of(tmp_path / "letter")) == 1
    assert (tmp_path / "letter").read_bytes() == content


def test_a_check_can_be_cancelled(path: Path):
    with connection(path) as db:
        db.execute("CREATE TABLE ballast AS WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n")
        db.conn.commit()

    def cancel(fraction: float, _text: str) -> None:
        if fraction > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        damages_of(path, report=cancel)
