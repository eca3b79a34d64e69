import pytest
from PySide6.QtWidgets import QDialog, QLabel

from planner.errors import DamagedDatabase
from planner.usecases.workspace import closed_workspace, open_workspace
from ui.errors import ProblemDialog
from ui.safety.damaged_dialog import DamagedDialog


@pytest.fixture
def dialog_of(qtbot, theme, runner, is_quiet):
    """Opens the dialog over a home whose database is damaged."""
    closed = []

    def make(home):
        with pytest.raises(DamagedDatabase) as damaged:
            open_workspace(home)
        workspace = closed_workspace(home, window=True)
        closed.append(workspace)
        dialog = DamagedDialog(damaged.value, workspace, runner, theme)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(is_quiet)
        return dialog

    yield make
    for workspace in closed:
        workspace.close()


def texts(dialog):
    return [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]


def test_the_newest_good_backup_is_offered_with_its_day_and_its_accounts(dialog_of, damaged_home):
    dialog = dialog_of(damaged_home)
    assert dialog.day.text().startswith("Today ")
    assert dialog.about.text().startswith("1 account · ")
    assert any("Nothing was overwritten" in text for text in texts(dialog))
    assert dialog.go.isDefault()


def test_the_damaged_file_is_kept_beside_under_a_name_that_is_told(qtbot, dialog_of, damaged_home, names):
    garbage = (damaged_home / "roadbook.sqlite").read_bytes()
    dialog = dialog_of(damaged_home)
    dialog.go.click()
    assert dialog.work.isVisible()
    assert not dialog.quit.isEnabled()
    qtbot.waitUntil(dialog.open_.isVisible)
    (copy,) = damaged_home.glob("roadbook-damaged-*.sqlite")
    assert any(copy.name in text for text in texts(dialog))
    assert copy.read_bytes() == garbage
    dialog.open_.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    dialog._workspace.close()
    with open_workspace(damaged_home) as workspace:
        assert names(workspace) == ["First"]


def test_another_backup_can_be_chosen_and_one_that_does_not_open_cannot_be_taken(dialog_of, damaged_home):
    bad = damaged_home / "backups" / "roadbook-20200101T000000000000Z-start.sqlite"
    bad.write_bytes(b"garbage " * 2000)
    dialog = dialog_of(damaged_home)
    assert not dialog.table.isVisible()
    dialog.other.click()
    assert dialog.table.isVisible()
    assert dialog.go.isEnabled()
    dialog.table.selectRow(1)
    assert dialog.heading.text() == "THE BACKUP YOU CHOSE"
    assert not dialog.go.isEnabled()
    dialog.table.selectRow(0)
    assert dialog.heading.text() == "THE NEWEST GOOD BACKUP"
    assert dialog.go.isEnabled()


def test_without_a_backup_it_says_what_to_do_and_takes_a_copy_of_ones_own(qtbot, dialog_of, damaged_home, tmp_path):
    (backup,) = (damaged_home / "backups").glob("*.sqlite")
    own = backup.rename(tmp_path / "my copy.sqlite")
    dialog = dialog_of(damaged_home)
    assert any("copy of your own" in text for text in texts(dialog))
    assert not dialog.go.isVisible()
    dialog.choose(own)
    assert dialog.day.text() == "my copy.sqlite"
    dialog.go.click()
    qtbot.waitUntil(dialog.open_.isVisible)
    assert any("in the file you chose" in text for text in texts(dialog))


def test_a_file_that_is_no_backup_is_refused_plainly_and_nothing_changes(qtbot, dialog_of, damaged_home, tmp_path):
    garbage = (damaged_home / "roadbook.sqlite").read_bytes()
    (tmp_path / "photo.png").write_bytes(b"\x89PNG" * 100)
    dialog = dialog_of(damaged_home)
    dialog.choose(tmp_path / "photo.png")
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(ProblemDialog)))
    assert any("no good backup" in text for text in texts(dialog.findChild(ProblemDialog)))
    assert (damaged_home / "roadbook.sqlite").read_bytes() == garbage
    qtbot.waitUntil(dialog.quit.isEnabled)
