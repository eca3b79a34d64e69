"""roadbook backup, restore, check, encrypt, decrypt and passphrase, as typed."""

import json
from pathlib import Path

import pytest

from planner.cli.app import run
from planner.store.settings import write_setting
from planner.usecases.workspace import DATABASE, open_workspace

pytestmark = pytest.mark.usefixtures("quick_keys")

PASSPHRASE = 'it\'s a "good" one; ü'


@pytest.fixture(autouse=True)
def no_passphrase(monkeypatch: pytest.MonkeyPatch):
    """Leave the environment as it was, which the option --passphrase-file writes to."""
    for name in ("ROADBOOK_PASSPHRASE", "ROADBOOK_PASSPHRASE_FILE"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    set_home(tmp_path / "home", "1 Main St")
    return tmp_path / "home"


def set_home(home: Path, text: str) -> None:
    with open_workspace(home) as workspace, workspace.writing("Move") as db:
        write_setting(db, "home", text)


def home_in(home: Path, passphrase: str | None = None) -> str:
    with open_workspace(home, passphrase=passphrase) as workspace, workspace.reading() as db:
        return db.execute("SELECT value FROM settings WHERE key = 'home'").fetchone()[0]


def listed(home: Path, capsys: pytest.CaptureFixture[str]) -> list[dict]:
    capsys.readouterr()
    assert run(["backup", "--list", "--json", "--home", str(home)]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_backup_is_made_listed_and_put_back(home: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["backup", "--home", str(home)]) == 0
    set_home(home, "2 Pine St")
    (made,) = listed(home, capsys)
    assert (made["reason"], made["accounts"], made["encrypted"]) == ("by hand", 0, False)
    assert run(["restore", "newest", "--home", str(home)]) == 0
    assert home_in(home) == "1 Main St"
    assert [each["reason"] for each in listed(home, capsys)] == ["before restore", "by hand"]
    assert run(["backup", "--list", "--home", str(home)]) == 0
    assert "before restore" in capsys.readouterr().out


def test_a_backup_that_is_not_there_is_told(home: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["restore", "7", "--home", str(home)]) == 2
    assert "There is no backup" in capsys.readouterr().err


def test_a_check_tells_sound_from_damaged(home: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["check", "--home", str(home)]) == 0
    assert "sound" in capsys.readouterr().err
    with open_workspace(home) as workspace, workspace.reading() as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO visits (account_id, day, outcome, note) VALUES (7, '2026-11-02', 'met', '')")
        db.conn.commit()
    assert run(["check", "--json", "--home", str(home)]) == 2
    assert json.loads(capsys.readouterr().out) == {"damages": ["Row 1 of visits points to a row of accounts that is not there."]}


def test_a_damaged_database_is_put_right(home: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["backup", "--home", str(home)]) == 0
    (home / DATABASE).write_bytes(b"SQLite format 3\0" + b"\x5a" * 9000)
    assert run(["check", "--home", str(home)]) == 2
    assert "roadbook restore newest" in capsys.readouterr().err
    assert run(["restore", "newest", "--home", str(home)]) == 0
    assert home_in(home) == "1 Main St"


def test_a_passphrase_is_set_used_changed_and_taken_off(home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(PASSPHRASE + "\n", encoding="utf-8")
    new.write_text("another passphrase\n", encoding="utf-8")
    at = ["--home", str(home)]
    assert run(["backup", *at]) == 0
    assert run(["encrypt", "--new-passphrase-file", str(old), *at]) == 0
    assert run(["check", *at]) == 2
    assert "is encrypted" in capfd.readouterr().err
    assert run(["--passphrase-file", str(new), "check", *at]) == 2
    assert "does not open it" in capfd.readouterr().err
    assert run(["--passphrase-file", str(old), "check", *at]) == 0
    assert run(["--passphrase-file", str(old), "passphrase", "--new-passphrase-file", str(new), *at]) == 0
    assert home_in(home, "another passphrase") == "1 Main St"
    assert run(["--passphrase-file", str(new), "restore", "newest", *at]) == 0
    assert run(["--passphrase-file", str(new), "decrypt", *at]) == 0
    assert home_in(home) == "1 Main St"
    assert PASSPHRASE not in "".join(capfd.readouterr())


def test_a_new_passphrase_needs_a_terminal_or_a_file(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert run(["encrypt", "--home", str(home)]) == 2
    assert "--new-passphrase-file" in capsys.readouterr().err


def test_a_new_passphrase_is_typed_twice(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    typed = iter([PASSPHRASE, "something else", PASSPHRASE, PASSPHRASE])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert run(["encrypt", "--home", str(home)]) == 2
    assert "differ" in capsys.readouterr().err
    assert run(["encrypt", "--home", str(home)]) == 0
    assert home_in(home, PASSPHRASE) == "1 Main St"


def test_commands_open_an_encrypted_database_with_the_passphrase_of_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ROADBOOK_PASSPHRASE", PASSPHRASE)
    assert run(["encrypt", "--home", str(home)]) == 0
    assert run(["settings", "list", "--home", str(home)]) == 0
    monkeypatch.setenv("ROADBOOK_PASSPHRASE", "not this one")
    assert run(["settings", "list", "--home", str(home)]) == 2
