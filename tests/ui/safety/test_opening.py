import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from planner.usecases.backups import make_backup
from planner.usecases.encryption import encrypt
from planner.usecases.workspace import open_workspace
from ui.errors import ProblemDialog
from ui.safety.damaged_dialog import DamagedDialog
from ui.safety.opening import open_for_window
from ui.safety.unlock_dialog import UnlockDialog

PASSPHRASE = "four words are enough"


@pytest.fixture
def locked_home(tmp_path, add):
    """A home that is encrypted, with a backup of one account."""
    home = tmp_path / "locked"
    with open_workspace(home) as workspace:
        add(workspace, "First")
        encrypt(workspace, PASSPHRASE)
        make_backup(workspace)
        add(workspace, "Second")
    return home


@pytest.fixture(autouse=True)
def no_passphrase_around(monkeypatch):
    """The environment of whoever runs the tests says nothing."""
    monkeypatch.delenv("ROADBOOK_PASSPHRASE", raising=False)
    monkeypatch.delenv("ROADBOOK_PASSPHRASE_FILE", raising=False)


def typed(dialog, text):
    dialog.field.setText(text)
    dialog.open_.click()


def when(true, act):
    """Do something as soon as this is true."""

    def look():
        if true():
            timer.stop()
            act()

    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    return timer


def test_plain_data_opens_without_a_question(theme, tmp_path):
    with open_for_window(tmp_path / "home", theme) as workspace:
        assert not workspace.read_only


def test_a_wrong_passphrase_is_told_in_place_and_the_right_one_opens(theme, locked_home, on_dialog, names):
    seen = []

    def answer(dialog):
        assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
        assert not dialog.open_.isEnabled()
        assert not dialog.problem.isVisible()
        typed(dialog, "not this one")
        assert not dialog.quit.isEnabled()
        seen.append(when(dialog.problem.isVisible, lambda: again(dialog)))

    def again(dialog):
        seen.append(dialog.problem.text())
        assert dialog.field.selectedText()
        assert dialog.back.isVisible()
        typed(dialog, PASSPHRASE)

    on_dialog(UnlockDialog, answer)
    with open_for_window(locked_home, theme) as workspace:
        assert names(workspace) == ["First", "Second"]
        assert not workspace.read_only
    assert "does not open it" in seen[1]


def test_without_a_passphrase_nothing_is_opened(theme, locked_home, on_dialog):
    on_dialog(UnlockDialog, lambda dialog: dialog.quit.click())
    assert open_for_window(locked_home, theme) is None


def test_the_passphrase_of_the_environment_is_tried_first(theme, locked_home, monkeypatch, names):
    monkeypatch.setenv("ROADBOOK_PASSPHRASE", PASSPHRASE)
    with open_for_window(locked_home, theme) as workspace:
        assert names(workspace) == ["First", "Second"]


def test_a_wrong_one_of_the_environment_is_told_at_once(theme, locked_home, monkeypatch, on_dialog):
    monkeypatch.setenv("ROADBOOK_PASSPHRASE", "not this one")

    def answer(dialog):
        assert dialog.problem.isVisible()
        dialog.reject()

    on_dialog(UnlockDialog, answer)
    assert open_for_window(locked_home, theme) is None


def test_what_is_typed_can_be_shown(theme, locked_home, on_dialog):
    seen = []

    def answer(dialog):
        dialog.shown.click()
        seen.append(dialog.field.echoMode())
        dialog.shown.click()
        seen.append(dialog.field.echoMode())
        dialog.reject()

    on_dialog(UnlockDialog, answer)
    assert open_for_window(locked_home, theme) is None
    assert seen == [QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password]


def test_damage_that_looks_like_a_wrong_passphrase_leads_back_to_a_backup(theme, locked_home, on_dialog, names):
    database = locked_home / "roadbook.sqlite"
    database.write_bytes(bytes(byte ^ 0x5A for byte in database.read_bytes()))
    later = []

    def answer(dialog):
        typed(dialog, PASSPHRASE)
        later.append(when(dialog.back.isVisible, dialog.back.click))

    def go(dialog):
        dialog.go.click()
        later.append(when(dialog.open_.isVisible, dialog.open_.click))

    on_dialog(UnlockDialog, answer)
    on_dialog(DamagedDialog, go)
    with open_for_window(locked_home, theme) as workspace:
        assert names(workspace) == ["First"]
        assert len(list(locked_home.glob("roadbook-damaged-*.sqlite"))) == 1


def test_damaged_data_is_put_back_from_its_newest_good_backup_and_opened(theme, damaged_home, on_dialog, names):
    later = []

    def go(dialog):
        dialog.go.click()
        later.append(when(dialog.open_.isVisible, dialog.open_.click))

    on_dialog(DamagedDialog, go)
    with open_for_window(damaged_home, theme) as workspace:
        assert names(workspace) == ["First"]


def test_damaged_data_stays_as_it_is_when_the_user_quits(theme, damaged_home, on_dialog):
    before = (damaged_home / "roadbook.sqlite").read_bytes()
    on_dialog(DamagedDialog, lambda dialog: dialog.quit.click())
    assert open_for_window(damaged_home, theme) is None
    assert (damaged_home / "roadbook.sqlite").read_bytes() == before


def test_what_cannot_be_mended_here_is_told(theme, tmp_path, on_dialog):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    on_dialog(ProblemDialog, lambda dialog: dialog.accept())
    assert open_for_window(tmp_path / "file" / "home", theme) is None
