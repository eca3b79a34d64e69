import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from planner.usecases.backups import list_backups, make_backup
from planner.usecases.encryption import encrypt, is_encrypted
from planner.usecases.workspace import open_workspace
from ui.dialogs.confirm import Confirm
from ui.errors import ProblemDialog
from ui.safety import verbs
from ui.safety.commands import SafetyCommands
from ui.safety.dialog import BackupsDialog
from ui.safety.passphrase_dialog import PassphraseDialog
from ui.safety.read_only import WHY

PASSPHRASE = "four words are enough"


@pytest.fixture
def dialog_of(qtbot, context_of, is_quiet):
    """Opens the dialog over a workspace."""

    def make(workspace):
        context, window = context_of(workspace), QWidget()
        qtbot.addWidget(window)
        dialog = BackupsDialog(context, SafetyCommands(context, window, lambda: None, lambda: None), window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(is_quiet)
        return dialog

    return make


def column(dialog, number):
    return [dialog.model.index(row, number).data() for row in range(dialog.model.rowCount())]


def texts(widget):
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def test_the_backups_are_listed_the_newest_first(dialog_of, kept):
    (kept.home / "backups" / "roadbook-20200101T000000000000Z-start.sqlite").write_bytes(b"garbage " * 2000)
    dialog = dialog_of(kept)
    assert column(dialog, 1) == ["By hand", "At the start"]
    assert column(dialog, 2) == ["1", ""]
    assert column(dialog, 4) == ["Opens", "Locked or damaged"]
    assert dialog.title.text().startswith("2 backups, the newest today ")
    assert dialog.restore.isEnabled()
    dialog.table.selectRow(1)
    assert not dialog.restore.isEnabled()


def test_every_control_has_a_name_and_is_reached_by_the_keyboard(dialog_of, kept):
    dialog = dialog_of(kept)
    assert dialog.table.accessibleName() == "Backups"
    assert dialog.work.bar.accessibleName()
    for each in (dialog.table, dialog.now, dialog.restore, dialog.file, dialog.check, dialog.passphrase, dialog.close_):
        assert each.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_backup_now_is_listed_when_it_is_made(qtbot, dialog_of, workspace, is_quiet, add):
    add(workspace, "First")
    dialog = dialog_of(workspace)
    assert dialog.title.text() == "No backup yet"
    dialog.now.click()
    assert not dialog.now.isEnabled()
    qtbot.waitUntil(is_quiet)
    assert column(dialog, 1) == ["By hand"]
    assert dialog.now.isEnabled()
    assert dialog.outcome.text() == f"Kept as {list_backups(workspace)[0].path.name}."


def test_going_back_asks_first_tells_what_is_lost_and_can_be_turned_around(qtbot, dialog_of, kept, is_quiet, names, reasons):
    dialog = dialog_of(kept)
    news = []
    dialog._context.bus.changed.connect(news.append)
    dialog.restore.click()
    question = dialog.findChild(Confirm)
    assert "• Add Third\n• Add Second" in texts(question)
    assert "kept as a backup of its own" in texts(question)
    assert names(kept) == ["First", "Second", "Third"]
    question.yes.click()
    qtbot.waitUntil(lambda: is_quiet() and bool(news))
    assert names(kept) == ["First"]
    assert (news[0].accounts, news[0].plans, news[0].packs, news[0].settings) == (True,) * 4
    assert reasons(kept) == ["before restore", "by hand"]
    assert column(dialog, 1) == ["Before going back", "By hand"]
    dialog.table.selectRow(0)
    dialog.restore.click()
    dialog.findChildren(Confirm)[-1].yes.click()
    qtbot.waitUntil(lambda: is_quiet() and len(news) == 2)
    assert names(kept) == ["First", "Second", "Third"]


def test_a_question_answered_with_no_changes_nothing(dialog_of, kept, names):
    dialog = dialog_of(kept)
    dialog.restore.click()
    dialog.findChild(Confirm).no.click()
    assert names(kept) == ["First", "Second", "Third"]


def test_a_file_from_elsewhere_can_be_restored(qtbot, dialog_of, kept, is_quiet, names, tmp_path):
    own = list_backups(kept)[0].path.rename(tmp_path / "stick.sqlite")
    dialog = dialog_of(kept)
    dialog.ask_file(own)
    dialog.findChild(Confirm).yes.click()
    qtbot.waitUntil(is_quiet)
    assert names(kept) == ["First"]


def test_a_file_that_is_none_is_refused_plainly(qtbot, dialog_of, kept, is_quiet, names, tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG" * 2000)
    dialog = dialog_of(kept)
    dialog.ask_file(tmp_path / "photo.png")
    dialog.findChild(Confirm).yes.click()
    qtbot.waitUntil(is_quiet)
    assert "no good backup" in texts(dialog._commands._window.findChild(ProblemDialog))
    assert names(kept) == ["First", "Second", "Third"]


def test_a_check_tells_that_all_is_well(qtbot, dialog_of, kept, is_quiet):
    dialog = dialog_of(kept)
    dialog.check.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.outcome.text() == "The data is sound from end to end."
    assert dialog.outcome.property("role") == "good"


def test_a_check_tells_what_is_wrong(qtbot, dialog_of, kept, is_quiet):
    alarms = []
    with kept.reading() as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO visits (id, account_id, day, outcome, note) VALUES (7, 999, '2026-11-30', 'met', '')")
        db.conn.commit()
    dialog = dialog_of(kept)
    dialog._commands.alarmed.connect(alarms.append)
    dialog.check.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.outcome.text().startswith("The data is damaged. Go back to a good backup.\n• Row 7 of visits points to")
    assert dialog.outcome.property("role") == "bad"
    assert "Row 7 of visits" in alarms[0]


def test_a_check_can_be_cancelled(qtbot, monkeypatch, dialog_of, kept, is_quiet):
    asked, real = threading.Event(), verbs.check_database

    def when_asked_to_stop(workspace, report):
        assert asked.wait(10)
        return real(workspace, report)

    monkeypatch.setattr(verbs, "check_database", when_asked_to_stop)
    dialog = dialog_of(kept)
    dialog.check.click()
    assert dialog.work.isVisible()
    assert not dialog.restore.isEnabled()
    dialog.work.cancel.click()
    assert dialog.work.doing.text() == "Stopping…"
    asked.set()
    qtbot.waitUntil(is_quiet)
    assert dialog.outcome.text() == "Stopped; everything is as it was."
    assert not dialog.work.isVisible()
    assert dialog.restore.isEnabled()


def test_nothing_is_replaced_while_other_work_is_under_way(qtbot, dialog_of, kept, is_quiet, runner):
    free = threading.Event()
    dialog = dialog_of(kept)
    runner.run(lambda _job: free.wait(10), label="Planning week 49")
    assert not dialog.restore.isEnabled()
    assert not dialog.passphrase.isEnabled()
    assert "Planning week 49" in dialog.restore.toolTip()
    assert dialog.now.isEnabled()
    free.set()
    qtbot.waitUntil(is_quiet)
    assert dialog.restore.isEnabled()
    assert dialog.restore.toolTip() == ""


def test_a_passphrase_is_set_changed_and_taken_off(qtbot, dialog_of, kept, is_quiet, names):
    (kept.home / "exports").mkdir()
    (kept.home / "exports" / "week.csv").write_text("x", encoding="utf-8")
    dialog = dialog_of(kept)

    def ask(text):
        dialog.passphrase.click()
        asked = dialog.findChildren(PassphraseDialog)[-1]
        asked.first.setText(text)
        asked.again.setText(text)
        return asked

    assert not ask(PASSPHRASE).off.isVisible()
    dialog.findChild(PassphraseDialog).use.click()
    qtbot.waitUntil(is_quiet)
    assert is_encrypted(kept)
    assert "What is in exports/ is not encrypted." in dialog.outcome.text()
    assert column(dialog, 4) == ["Opens, encrypted"]
    asked = ask("another passphrase")
    assert asked.off.isVisible()
    asked.use.click()
    qtbot.waitUntil(is_quiet)
    with open_workspace(kept.home, passphrase="another passphrase") as again:
        assert names(again) == ["First", "Second", "Third"]
    dialog.passphrase.click()
    asked = dialog.findChildren(PassphraseDialog)[-1]
    asked.off.click()
    asked.findChild(Confirm).yes.click()
    qtbot.waitUntil(is_quiet)
    assert not is_encrypted(kept)
    assert names(kept) == ["First", "Second", "Third"]
    assert column(dialog, 4) == ["Opens"]


def test_a_window_that_only_shows_can_keep_and_check_but_not_replace(qtbot, dialog_of, tmp_path, is_quiet, add):
    with open_workspace(tmp_path / "home", window=True) as first, open_workspace(tmp_path / "home", window=True) as second:
        add(first, "First")
        make_backup(first)
        dialog = dialog_of(second)
        dialog.check.click()
        qtbot.waitUntil(is_quiet)
        assert dialog.now.isEnabled()
        for each in (dialog.restore, dialog.file, dialog.passphrase):
            assert not each.isEnabled()
            assert each.toolTip() == WHY


def test_the_dialog_shows_what_still_runs_when_it_is_opened_again(qtbot, monkeypatch, dialog_of, kept, is_quiet):
    free, real = threading.Event(), verbs.check_database
    monkeypatch.setattr(verbs, "check_database", lambda workspace, report: real(workspace, report) if free.wait(10) else [])
    dialog = dialog_of(kept)
    dialog.check.click()
    dialog.reject()
    again = BackupsDialog(dialog._context, dialog._commands, dialog.parentWidget())
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(again)
    again.show()
    assert again.work.isVisible()
    free.set()
    qtbot.waitUntil(is_quiet)
    assert not again.work.isVisible()


def test_export_everything_is_a_button_where_the_window_has_that_action(qtbot, dialog_of, kept, is_quiet):
    dialog = dialog_of(kept)
    assert dialog.export is None
    ran = []
    action = QAction("Export everything…", dialog.parentWidget())
    action.setObjectName("export-everything")
    action.triggered.connect(lambda: ran.append(1))
    dialog.parentWidget().addAction(action)
    again = BackupsDialog(dialog._context, dialog._commands, dialog.parentWidget())
    qtbot.waitUntil(is_quiet)
    again.export.click()
    assert again.export.text() == "Export everything…"
    assert ran == [1]
    again.close()


def test_an_encrypted_workspace_says_so(dialog_of, kept):
    encrypt(kept, PASSPHRASE)
    assert "open only with your passphrase" in dialog_of(kept).locked.text()
