import re
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

import ui
from ui.file_dialogs import Purpose, folder_of, open_file, open_files, save_file

KINDS = "All files (*)"


@pytest.fixture
def documents(monkeypatch, tmp_path):
    """Her documents."""
    made = tmp_path / "Documents"
    made.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _location: str(made))
    return made


@pytest.fixture
def asked(qtbot, monkeypatch):
    """What the dialogs were opened at; `answer` is what is chosen in them."""

    class Asked(list):
        answer = ""

    begun = Asked()

    def one(_parent, _title, at, kinds):
        begun.append(Path(at))
        return begun.answer, kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileName", one)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([one(*args)[0]] if begun.answer else (one(*args), [])[1], KINDS))
    begun.parent = QWidget()
    qtbot.addWidget(begun.parent)
    return begun


def test_the_first_time_it_is_her_documents_then_the_folder_used_last_for_that(asked, documents, tmp_path):
    home, stick = tmp_path / "home", tmp_path / "stick"
    stick.mkdir()
    asked.answer = str(stick / "a.csv")
    assert open_files(asked.parent, home, Purpose.IMPORT, "Import", KINDS) == [stick / "a.csv"]
    assert open_files(asked.parent, home, Purpose.IMPORT, "Import", KINDS) == [stick / "a.csv"]
    assert save_file(asked.parent, home, Purpose.LISTS, "Save", "list.csv", KINDS) == (stick / "a.csv", KINDS)
    save_file(asked.parent, home, Purpose.LISTS, "Save", "list.csv", KINDS)
    assert asked == [documents, stick, documents / "list.csv", stick / "list.csv"]
    asked.clear()
    stick.joinpath("a.csv").unlink(missing_ok=True)
    stick.rmdir()
    open_file(asked.parent, home, Purpose.IMPORT, "Import", KINDS)
    assert asked == [documents]


def test_who_changes_her_mind_changes_no_folder(asked, documents, tmp_path):
    home = tmp_path / "home"
    assert open_files(asked.parent, home, Purpose.IMPORT, "Import", KINDS) == []
    assert open_file(asked.parent, home, Purpose.IMPORT, "Import", KINDS) is None
    assert save_file(asked.parent, home, Purpose.IMPORT, "Save", "list.csv", KINDS)[0] is None
    assert folder_of(home, Purpose.IMPORT) == documents


def test_what_has_a_place_of_its_own_is_looked_for_there_first(asked, documents, tmp_path):
    backups = tmp_path / "backups"
    assert folder_of(tmp_path, Purpose.BACKUPS, backups) == documents
    backups.mkdir()
    open_file(asked.parent, tmp_path, Purpose.BACKUPS, "Restore", KINDS, first=backups)
    assert asked == [backups]


def test_without_documents_it_is_her_own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _location: "")
    assert folder_of(tmp_path / "home", Purpose.MAILS) == Path.home()


def test_no_other_file_opens_such_a_dialog_in_the_folder_of_the_program():
    """Two have a folder of their own to begin with: an export of the week, which is looked for there, and the folder of all exports."""
    asking = re.compile(r"QFileDialog\.get\w+\(")
    found = {path.relative_to(ui.__path__[0]).as_posix() for path in Path(ui.__path__[0]).rglob("*.py") if asking.search(path.read_text())}
    assert found == {"file_dialogs.py", "commands.py", "exports/dialog.py"}
