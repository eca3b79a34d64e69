"""One window changes the data, the others look; nobody but the owner reads it; and what keeps it shut is told plainly."""

import os
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from planner.errors import DamagedDatabase, UserProblem
from planner.store import connection as connecting
from planner.store.settings import write_setting
from planner.usecases.backups import make_backup, start_backup
from planner.usecases.encryption import encrypt
from planner.usecases.workspace import DATABASE, USE_LOCK, Workspace, closed_workspace, given_passphrase, open_workspace, passphrase_for

posix = pytest.mark.skipif(sys.platform == "win32", reason="on Windows the access list of the profile does this")


def change(workspace: Workspace, home: str) -> None:
    with workspace.writing("Move") as db:
        write_setting(db, "home", home)


def home_in(workspace: Workspace) -> str:
    with workspace.reading() as db:
        return db.execute("SELECT value FROM settings WHERE key = 'home'").fetchone()[0]


def test_a_second_window_reads_what_the_first_one_writes_and_writes_nothing(tmp_path: Path):
    with open_workspace(tmp_path / "home", window=True) as first, open_workspace(tmp_path / "home", window=True) as second:
        assert (first.read_only, second.read_only) == (False, True)
        change(first, "1 Main St")
        assert home_in(second) == "1 Main St"
        with first.writing("Move") as db:
            write_setting(db, "home", "2 Pine St")
            assert home_in(second) == "1 Main St"
        with pytest.raises(UserProblem, match="Another Roadbook window has this data open"), second.writing("Move"):
            pytest.fail("wrote")
        assert start_backup(second) == ""


def test_a_window_opened_after_the_first_one_closed_may_write(tmp_path: Path):
    open_workspace(tmp_path / "home", window=True).close()
    with open_workspace(tmp_path / "home", window=True) as later:
        change(later, "1 Main St")


def test_a_window_that_could_not_open_its_data_keeps_no_place(tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / DATABASE).write_bytes(b"a letter to my aunt" * 400)
    with pytest.raises(UserProblem):
        open_workspace(tmp_path / "home", window=True)
    (tmp_path / "home" / DATABASE).unlink()
    with open_workspace(tmp_path / "home", window=True) as workspace:
        assert not workspace.read_only


def test_commands_write_beside_a_window(tmp_path: Path):
    with open_workspace(tmp_path / "home", window=True) as window, open_workspace(tmp_path / "home") as command:
        change(command, "1 Main St")
        assert home_in(window) == "1 Main St"


def test_a_database_that_stays_busy_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "_TIMEOUT_S", 0)
    with open_workspace(tmp_path / "home") as workspace, closing(sqlite3.connect(workspace.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserProblem, match="Another program holds it"):
            change(workspace, "1 Main St")


def test_a_second_window_of_a_newer_roadbook_is_told_to_wait(tmp_path: Path):
    with open_workspace(tmp_path / "home", window=True) as first:
        with closing(sqlite3.connect(first.database)) as raw:
            raw.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm003%'")
            raw.commit()
        with pytest.raises(UserProblem, match="older Roadbook"):
            open_workspace(tmp_path / "home", window=True)


def test_nothing_is_replaced_while_it_is_read_or_a_window_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with open_workspace(tmp_path / "home") as workspace:
        with (
            open_workspace(tmp_path / "home", window=True),
            pytest.raises(UserProblem, match="window has this data open"),
            workspace.alone(),
        ):
            pytest.fail("was alone")
        inside, leave, done = threading.Event(), threading.Event(), []

        def read() -> None:
            with workspace.reading() as db:
                inside.set()
                leave.wait(10)
                done.append(db.table("accounts").count)

        reader = threading.Thread(target=read)
        reader.start()
        assert inside.wait(10)
        threading.Timer(0.1, leave.set).start()
        with workspace.alone():
            assert done == [0]
        reader.join()


@posix
def test_only_the_owner_may_read_what_is_kept(tmp_path: Path):
    before = os.umask(0o022)
    try:
        with open_workspace(tmp_path / "home", window=True) as workspace, workspace.reading() as db:
            db.execute("SELECT * FROM settings").fetchall()
            change(workspace, "1 Main St")
            make_backup(workspace)
            modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    finally:
        os.umask(before)
    assert modes["home"] == modes.pop("home/backups") == modes.pop("home") == 0o700
    assert {"home/roadbook.sqlite", "home/roadbook.sqlite-wal", "home/roadbook.sqlite-shm"} <= set(modes)
    assert set(modes.values()) == {0o600}


@posix
def test_a_database_that_others_could_read_is_closed_to_them(tmp_path: Path):
    open_workspace(tmp_path / "home").close()
    (tmp_path / "home" / DATABASE).chmod(0o644)
    open_workspace(tmp_path / "home").close()
    assert (tmp_path / "home" / DATABASE).stat().st_mode & 0o777 == 0o600


@posix
def test_a_folder_of_the_users_own_stays_as_open_as_it_was(tmp_path: Path):
    (tmp_path / "letters").mkdir(mode=0o755)
    (tmp_path / "letters" / "to my aunt.txt").write_text("Dear aunt", encoding="utf-8")
    open_workspace(tmp_path / "letters").close()
    assert (tmp_path / "letters").stat().st_mode & 0o777 == 0o755


def spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"SQLite format 3\0" + b"\x5a" * 8000)


def test_a_damaged_database_names_the_newest_good_backup_and_is_left_alone(tmp_path: Path):
    with open_workspace(tmp_path / "home") as workspace:
        good, bad = make_backup(workspace), make_backup(workspace)
        spoil(bad)
        spoil(workspace.database)
        before = workspace.database.read_bytes()
        with pytest.raises(DamagedDatabase, match=good.name) as told:
            open_workspace(tmp_path / "home")
        assert told.value.backup == good
        with pytest.raises(DamagedDatabase, match=good.name):
            change(workspace, "1 Main St")
        with pytest.raises(DamagedDatabase, match=good.name):
            home_in(workspace)
        assert workspace.database.read_bytes() == before


def test_a_damaged_database_without_a_good_backup_says_so(tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / DATABASE).write_bytes(b"a letter to my aunt" * 400)
    with pytest.raises(DamagedDatabase, match="no good backup") as told:
        open_workspace(tmp_path / "home")
    assert told.value.backup is None


def test_damage_of_another_database_is_not_taken_for_damage_of_ours(tmp_path: Path):
    (tmp_path / "travel.sqlite").write_bytes(b"a letter to my aunt" * 400)
    other = tmp_path / "travel.sqlite"
    with (
        open_workspace(tmp_path / "home") as workspace,
        pytest.raises(sqlite3.DatabaseError),
        workspace.reading(),
        closing(sqlite3.connect(other)) as raw,
    ):
        raw.execute("SELECT * FROM drives")


def test_a_home_that_is_a_file_is_told_plainly(tmp_path: Path):
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(UserProblem, match="cannot be made"):
        open_workspace(tmp_path / "home")


def test_a_home_whose_lock_cannot_be_made_is_told_plainly(tmp_path: Path):
    (tmp_path / "home" / USE_LOCK).mkdir(parents=True)
    with pytest.raises(UserProblem, match="cannot be used"):
        open_workspace(tmp_path / "home")


def test_a_passphrase_comes_from_the_environment_or_the_first_line_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ROADBOOK_PASSPHRASE", raising=False)
    assert given_passphrase() is None
    monkeypatch.setenv("ROADBOOK_PASSPHRASE", "of the environment")
    assert given_passphrase() == "of the environment"
    file = tmp_path / "passphrase.txt"
    file.write_bytes("\ufeffGrüße \r\nsecond line".encode())
    monkeypatch.setenv("ROADBOOK_PASSPHRASE_FILE", str(file))
    assert given_passphrase() == "Grüße "
    file.write_bytes(b"secret\xff\xfe")
    with pytest.raises(UserProblem, match="not UTF-8") as told:
        given_passphrase()
    assert "secret" not in str(told.value)
    monkeypatch.setenv("ROADBOOK_PASSPHRASE_FILE", str(tmp_path / "none"))
    with pytest.raises(UserProblem, match="cannot be read"):
        given_passphrase()


def test_a_passphrase_is_asked_for_on_a_terminal_when_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "typed by hand")
    with open_workspace(tmp_path / "home") as workspace:
        assert passphrase_for(tmp_path / "home") is None
        encrypt(workspace, "typed by hand")
    assert passphrase_for(tmp_path / "home") == "typed by hand"


def test_a_workspace_can_stay_closed(tmp_path: Path):
    with closed_workspace(tmp_path / "home") as workspace:
        assert not workspace.database.exists()
