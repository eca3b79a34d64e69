"""Backups as the window and the commands see them."""

from pathlib import Path

import pytest

from planner.errors import DamagedDatabase, UserProblem
from planner.model.backups import BackupReason
from planner.store import backups as files
from planner.store.settings import write_setting
from planner.usecases import backups
from planner.usecases.workspace import Workspace, closed_workspace, open_workspace


def change(workspace: Workspace, home: str) -> None:
    with workspace.writing("Move") as db:
        write_setting(db, "home", home)


def home_in(workspace: Workspace) -> str:
    with workspace.reading() as db:
        return db.execute("SELECT value FROM settings WHERE key = 'home'").fetchone()[0]


def reasons(workspace: Workspace) -> list[str]:
    return [each.reason.value for each in backups.list_backups(workspace)]


def test_a_start_keeps_what_is_new_and_nothing_twice(tmp_path: Path):
    for home, kept in (("1 Main St", 1), (None, 1), ("2 Pine St", 2)):
        with open_workspace(tmp_path / "home") as workspace:
            if home:
                change(workspace, home)
            assert backups.start_backup(workspace) == ""
            assert reasons(workspace) == ["start"] * kept


def test_an_import_keeps_what_was_there_before_it(workspace: Workspace):
    change(workspace, "1 Main St")
    made = backups.before_import(workspace)
    assert made is not None
    assert backups.before_import(workspace) is None
    assert reasons(workspace) == ["before import"]


def test_a_start_without_room_goes_on_and_tells(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    def full(*_any: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_copy", full)
    assert "No space left on device" in backups.start_backup(workspace)
    change(workspace, "1 Main St")
    with pytest.raises(UserProblem, match="No space left"):
        backups.before_import(workspace)


def test_going_back_and_forth_loses_nothing(workspace: Workspace):
    change(workspace, "1 Main St")
    made = backups.make_backup(workspace)
    change(workspace, "2 Pine St")
    changes = backups.restore_backup(workspace, made)
    assert changes.accounts
    assert changes.plans
    assert home_in(workspace) == "1 Main St"
    newest = backups.list_backups(workspace)[0]
    assert newest.reason is BackupReason.RESTORE
    backups.restore_backup(workspace, newest.path)
    assert home_in(workspace) == "2 Pine St"


def test_a_damaged_database_is_put_right_without_opening_it(tmp_path: Path):
    with open_workspace(tmp_path / "home") as workspace:
        change(workspace, "1 Main St")
        backups.make_backup(workspace)
        workspace.database.write_bytes(b"SQLite format 3\0" + b"\x5a" * 9000)
    with pytest.raises(DamagedDatabase) as told:
        open_workspace(tmp_path / "home")
    with closed_workspace(tmp_path / "home") as workspace:
        assert backups.find_backup(workspace, "newest") == told.value.backup
        backups.restore_backup(workspace, told.value.backup)
    with open_workspace(tmp_path / "home") as workspace:
        assert home_in(workspace) == "1 Main St"
        assert len(list(workspace.home.glob("roadbook-damaged-*.sqlite"))) == 1


def test_a_backup_is_found_by_number_name_and_path(workspace: Workspace, tmp_path: Path):
    first, second = backups.make_backup(workspace), backups.make_backup(workspace)
    copy = tmp_path / "copy of mine.sqlite"
    copy.write_bytes(first.read_bytes())
    found = [backups.find_backup(workspace, name) for name in ("1", "2", "newest", first.name, str(copy))]
    assert found == [second, first, second, first, copy]
    for name in ("0", "3", "nothing.sqlite", "", "../roadbook.sqlite"):
        with pytest.raises(UserProblem, match="There is no backup"):
            backups.find_backup(workspace, name)


def test_a_sound_database_passes_its_check(workspace: Workspace):
    assert backups.check_database(workspace) == []


def test_the_newest_of_none_is_none(workspace: Workspace):
    assert backups.list_backups(workspace) == []
    with pytest.raises(UserProblem, match="There is no backup"):
        backups.find_backup(workspace, "newest")
