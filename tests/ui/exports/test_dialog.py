import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from planner.usecases import export_everything as module
from planner.usecases.export_everything import ExportedFiles, ExportForm
from planner.usecases.workspace import open_workspace
from ui.actions import ROWS, of_menu
from ui.errors import BugDialog
from ui.exports.commands import ExportCommands
from ui.exports.dialog import ExportDialog
from ui.exports.words import written_words


@pytest.fixture
def dialog_of(qtbot, context_of, tmp_path):
    """Opens the dialog over a workspace, with a folder of the test chosen."""

    def make(workspace):
        context, window = context_of(workspace), QWidget()
        qtbot.addWidget(window)
        dialog = ExportDialog(context, ExportCommands(context, window), window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.folder.setText(str(tmp_path / "out"))
        return dialog

    return make


def texts(widget):
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def test_the_action_is_in_the_export_menu_and_works_where_nothing_may_be_changed():
    assert "export-everything" in of_menu("export")
    (row,) = [row for row in ROWS if row.id == "export-everything"]
    assert not row.writes


@pytest.mark.parametrize(("form", "names"), [(ExportForm.CSV, "roadbook-accounts.csv"), (ExportForm.JSON, "roadbook.json")])
def test_everything_is_written_and_told_with_a_link_to_the_folder(qtbot, monkeypatch, dialog_of, filled, is_quiet, tmp_path, form, names):
    dialog = dialog_of(filled)
    dialog.forms[form].click()
    dialog.export.click()
    assert not dialog.export.isEnabled()
    qtbot.waitUntil(is_quiet)
    assert (tmp_path / "out" / names).is_file()
    assert "6 accounts, 1 deal, 1 plan." in dialog.outcome.text()
    assert dialog.outcome.property("role") == "good"
    assert dialog.export.isEnabled()
    opened = []
    monkeypatch.setattr("ui.exports.dialog.QDesktopServices.openUrl", opened.append)
    dialog.open_.click()
    assert opened == [(tmp_path / "out").as_uri()]


def test_a_folder_can_be_chosen_and_none_is_not_enough(monkeypatch, dialog_of, filled, tmp_path):
    dialog = dialog_of(filled)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "other"))
    dialog.choose.click()
    assert dialog.folder.text() == str(tmp_path / "other")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    dialog.choose.click()
    assert dialog.folder.text() == str(tmp_path / "other")
    dialog.folder.setText("  ")
    assert not dialog.export.isEnabled()


def test_cancel_leaves_nothing_and_says_so(qtbot, monkeypatch, dialog_of, filled, is_quiet, tmp_path):
    begun, real = threading.Event(), module.export_everything

    def slow(workspace, folder, form, report):
        def wait(fraction, text):
            begun.set()
            while fraction > 0.3:
                report(fraction, text)

        return real(workspace, folder, form, wait)

    monkeypatch.setattr(module, "export_everything", slow)
    dialog = dialog_of(filled)
    dialog.export.click()
    qtbot.waitUntil(begun.is_set)
    qtbot.waitUntil(lambda: dialog.work.bar.value() > 0)
    assert dialog.work.isVisible()
    dialog.work.cancel.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.outcome.text() == "Stopped; nothing was written."
    assert not dialog.work.isVisible()
    assert not dialog.open_.isVisible()
    assert not (tmp_path / "out").exists()


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
def test_what_runs_goes_on_when_the_dialog_is_closed_and_is_shown_when_it_is_opened_again(
    qtbot, monkeypatch, dialog_of, filled, is_quiet, tmp_path
):
    free, real = threading.Event(), module.export_everything
    monkeypatch.setattr(module, "export_everything", lambda *args: real(*args) if free.wait(10) else None)
    dialog = dialog_of(filled)
    window, commands = dialog.parentWidget(), dialog._commands
    dialog.export.click()
    dialog.reject()
    commands.everything()
    again = next(each for each in window.findChildren(ExportDialog) if each.isVisible())
    assert again.work.isVisible()
    assert not again.export.isEnabled()
    free.set()
    qtbot.waitUntil(is_quiet)
    assert (tmp_path / "out" / "roadbook-accounts.csv").is_file()
    assert again.outcome.isVisible()


def test_a_problem_is_told_in_the_dialog(qtbot, dialog_of, filled, is_quiet, tmp_path):
    (tmp_path / "out").write_text("hers")
    dialog = dialog_of(filled)
    dialog.export.click()
    qtbot.waitUntil(is_quiet)
    assert "is not a folder" in dialog.outcome.text()
    assert dialog.outcome.property("role") == "bad"
    assert (tmp_path / "out").read_text() == "hers"


def test_a_mistake_of_the_program_is_shown_as_one(qtbot, monkeypatch, dialog_of, filled, is_quiet):
    def fail(*_args):
        raise ValueError

    monkeypatch.setattr(module, "export_everything", fail)
    dialog = dialog_of(filled)
    dialog.export.click()
    qtbot.waitUntil(is_quiet)
    (bug,) = dialog.parentWidget().findChildren(BugDialog)
    bug.close()
    assert dialog.export.isEnabled()


def test_a_window_that_only_shows_the_data_writes_it_out(qtbot, dialog_of, filled, is_quiet, tmp_path):
    with open_workspace(filled.home, window=True), open_workspace(filled.home, window=True) as second:
        dialog = dialog_of(second)
        dialog.export.click()
        qtbot.waitUntil(is_quiet)
    assert (tmp_path / "out" / "roadbook-accounts.csv").is_file()


def test_every_control_has_a_name_and_the_dialog_says_that_the_files_can_be_read(dialog_of, filled):
    dialog = dialog_of(filled)
    assert "not encrypted" in texts(dialog)
    named = (*dialog.forms.values(), dialog.export, dialog.close_, dialog.open_)
    assert all(each.text() for each in named)
    assert dialog.folder.accessibleName()
    assert dialog.choose.accessibleName()


def test_the_words_say_what_is_in_it(tmp_path):
    assert written_words(ExportedFiles((tmp_path,), {"accounts": 1, "opportunities": 2, "history": 9})) == (
        "1 file written: 1 account, 2 deals."
    )
    assert "no accounts yet" in written_words(ExportedFiles((tmp_path,), {"settings": 1}))
    told = written_words(ExportedFiles((tmp_path,), {"accounts": 1}, sample=True, notes=("Version 3 cannot be read.",)))
    assert "sample territory" in told
    assert told.endswith("\nVersion 3 cannot be read.")
