"""Whatever goes wrong in a use case is told: a problem in its own words, a mistake of ours in its dialog; and the window goes on."""

import gc

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from shiboken6 import isValid
from whole_window import close_dialogs, dialogs, live_in, opened, settle

from planner.errors import UserProblem
from ui.errors import BugDialog, ProblemDialog, show_error
from ui.history.dialog import HistoryDialog

PROBLEM = UserProblem("It cannot be done.", "Something is in the way.", "Move it and try again.")
MISTAKE = ZeroDivisionError("a mistake")


def action(name):
    return lambda window: window.actions_by_id[name].trigger()


def map_export(name):
    def way(window):
        action(name)(window)
        next(dialogs()).save.click()

    return way


def import_file(window, tmp_path):
    file = tmp_path / "accounts.csv"
    file.write_text("Account Name\nLarkspur Bakery\n", encoding="utf-8")
    window.commands.import_files([file])
    settle(window)
    next(dialogs()).next_()


def log_a_visit(window):
    action("log-visit")(window)
    settle(window)
    next(dialogs()).save.click()


def save_an_account(window):
    action("edit-account")(window)
    settle(window)
    dialog = next(dialogs())
    dialog.fields["name"].setText("Another name")
    dialog.save.click()


def change_a_setting(window):
    window.show_page("settings")
    field = window.settings.fields["max_drive_minutes"]
    field.setText("200")
    field.editingFinished.emit()


WAYS = (
    ("planner.usecases.plan_week.plan_week", action("plan-week")),
    ("planner.usecases.plan_week.plan_week", action("reoptimise")),
    ("ui.undo.undo", action("undo")),
    ("ui.undo.redo", lambda window: window.commands.undo.redo()),
    ("ui.history.dialog.list_steps", action("history")),
    ("ui.duplicates.dialog.list_duplicates", action("duplicates")),
    ("ui.places.dialog.places_to_check", action("check-places")),
    ("ui.week.versions_dialog.list_versions", action("versions")),
    ("ui.readiness.dialog.readiness", action("before-leaving")),
    ("ui.safety.verbs.list_backups", action("backups")),
    ("ui.safety.commands.make_backup", lambda window: window.commands.safety.back_up()),
    ("ui.safety.verbs.check_database", lambda window: window.commands.safety.check()),
    ("ui.visits.sheet.account_details", action("log-visit")),
    ("ui.visits.log_dialog.log_visit", log_a_visit),
    ("ui.details.edit_dialog.edit_account", save_an_account),
    ("ui.commands.export_week", action("export-map")),
    ("ui.commands.export_week", action("export-calendar")),
    ("ui.map_export.files.write_picture", map_export("export-map-picture")),
    ("ui.map_export.files.write_page", map_export("export-map-pdf")),
    ("planner.usecases.sample.add_sample", action("add-sample")),
    ("planner.usecases.sample.remove_sample", lambda window: window.commands.remove_sample()),
    ("planner.usecases.doctor.examine", lambda window: window.commands.roads.examine()),
    ("ui.commands.set_setting", action("pause-drive-times")),
    ("ui.settings.page.set_setting", change_a_setting),
    ("ui.desk.load_week", action("next-week")),
    ("ui.desk.list_accounts", lambda window: window._context.desk.load()),
    ("ui.trips.trips_tab.list_trips", action("page-reports")),
    ("ui.imports.wizard.draft_import", import_file),
)


@pytest.fixture
def window(monkeypatch, tmp_path, filled, accounts, plan, theme):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "written"), ""))
    live_in(filled, accounts, plan)
    with opened(filled, theme) as window:
        yield window


def everything_told(window, told):
    """What can be read in the window and beside it, and what the status bar was told."""
    tops = [window, *dialogs()]
    return "\n".join([*(each.text() for top in tops for each in top.findChildren(QLabel) if each.isVisible()), *told])


@pytest.mark.parametrize("error", [PROBLEM, MISTAKE], ids=["problem", "mistake"])
def test_what_goes_wrong_is_told_and_the_next_action_works(monkeypatch, tmp_path, window, error):
    told, silent, stuck = [], [], []
    window._context.bus.told.connect(told.append)

    def fail(*_arguments, **_options):
        raise error

    for number, (use_case, way) in enumerate(WAYS):
        window.show_page("week")
        window._context.desk.select(1)
        settle(window)
        window.status.message.clear()
        told.clear()
        with monkeypatch.context() as patch:
            patch.setattr(use_case, fail)
            way(window, tmp_path) if way is import_file else way(window)
            settle(window)
            if error is PROBLEM and "It cannot be done" not in everything_told(window, told):
                silent.append((number, use_case))
            if error is MISTAKE and not any(isinstance(each, BugDialog) for each in dialogs()):
                silent.append((number, use_case))
            close_dialogs(window)
        window.actions_by_id["history"].trigger()
        settle(window)
        if not any(isinstance(each, HistoryDialog) and each.model.rowCount() for each in dialogs()):
            stuck.append((number, use_case))
        close_dialogs(window)
    assert silent == []
    assert stuck == []


def test_a_problem_that_no_window_asked_about_stays_in_sight_until_it_is_closed(qapp):
    show_error(PROBLEM)
    gc.collect()
    (dialog,) = dialogs()
    assert isinstance(dialog, ProblemDialog)
    dialog.accept()
    QTest.qWait(0)
    assert not isValid(dialog)
