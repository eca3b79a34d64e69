import os
from contextlib import suppress
from importlib import import_module

import pytest

from planner.model.backups import BackupReason
from planner.store import backups as files
from planner.usecases.backups import list_backups
from planner.usecases.workspace import open_workspace
from ui import app as desktop
from ui.app import make_window
from ui.errors import ProblemDialog
from ui.options import read_options
from ui.safety.dialog import BackupsDialog


@pytest.fixture
def window_of(qtbot, theme):
    """Opens the window as the program does, and waits until everything is quiet."""

    def open_window(workspace):
        window = make_window(workspace, theme, read_options([]))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: window._context.desk.loaded and not window._context.runner.jobs, timeout=30_000)
        return window

    return open_window


def reasons(workspace):
    return [each.reason for each in list_backups(workspace)]


def test_one_backup_is_made_once_the_window_shows_the_accounts(qtbot, window_of, filled):
    assert reasons(filled) == []
    window = window_of(filled)
    assert reasons(filled) == [BackupReason.START]
    assert not window.banner.isVisible()
    with filled.writing("Rename") as db:
        db.execute("UPDATE accounts SET industry = 'Dental'")
    window._context.bus.accounts_shown.emit(window._context.desk.accounts)
    qtbot.waitUntil(lambda: not window._context.runner.jobs)
    assert reasons(filled) == [BackupReason.START]
    window.close()


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
def test_a_backup_that_cannot_be_made_is_told_in_the_window_with_the_way_to_the_backups(qtbot, monkeypatch, window_of, filled):
    def full(*_any):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_copy", full)
    window = window_of(filled)
    assert window.banner.isVisible()
    assert "No space left on device" in window.banner.text.text()
    window.banner.button.click()
    assert window.findChild(BackupsDialog).isVisible()
    qtbot.waitUntil(lambda: not window._context.runner.jobs)
    window.close()


def test_damage_that_keeps_the_accounts_from_being_shown_is_told_all_the_same(qtbot, monkeypatch, theme, filled):
    monkeypatch.setattr("ui.safety.commands.AT_LATEST_MS", 50)
    filled.database.write_bytes(b"garbage " * 2000)
    window = make_window(filled, theme, read_options([]))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.banner.isVisible, timeout=30_000)
    assert "Go back to a good backup" in window.banner.text.text()
    qtbot.waitUntil(lambda: not window._context.runner.jobs, timeout=30_000)
    assert not window._context.desk.loaded
    for told in window.findChildren(ProblemDialog):
        told.accept()
    window.close()


@pytest.mark.parametrize("start", ["ui", "planner"])
def test_what_is_written_is_its_owners_only(monkeypatch, start):
    main = import_module(f"{start}.__main__")
    monkeypatch.setattr(*(("ui.app.run", lambda _options: 0) if start == "ui" else ("planner.__main__.run", lambda _arguments: 0)))
    before = os.umask(0o022)
    try:
        with suppress(SystemExit):
            main.main(*([[]] if start == "ui" else []))
    finally:
        kept = os.umask(before)
    assert kept == 0o077


def test_a_program_that_cannot_open_the_data_ends_with_code_2(monkeypatch, qapp, tmp_path):
    told = []
    monkeypatch.setattr(desktop, "QApplication", lambda _arguments: qapp)
    monkeypatch.setattr(desktop, "install_excepthook", lambda: None)
    monkeypatch.setattr(ProblemDialog, "exec", lambda _dialog: told.append(1))
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert desktop.run(read_options(["--home", str(tmp_path / "file" / "home")])) == 2
    assert told == [1]


def test_a_second_window_opens_and_only_shows(window_of, tmp_path):
    with open_workspace(tmp_path / "home", window=True), open_workspace(tmp_path / "home", window=True) as second:
        window = window_of(second)
        assert window.banner.isVisible()
        assert reasons(second) == []
        window.close()
