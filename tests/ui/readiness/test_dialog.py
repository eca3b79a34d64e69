from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.progress import silent
from planner.usecases.backups import BackupReason, make_backup
from planner.usecases.readiness import Check, Readiness
from ui.actions import ROWS, make_actions
from ui.errors import BugDialog
from ui.footprint.commands import DRIVE_TIMES
from ui.readiness import dialog as module
from ui.readiness.dialog import ReadinessDialog
from ui.readiness.mark import StateMark
from ui.readiness.words import FIXES, summary

WEEK = IsoWeek(2026, 49)
GOOD, DOUBT, BAD = Readiness.GOOD, Readiness.DOUBT, Readiness.BAD


@pytest.fixture
def ran():
    """The ids of the actions that were run."""
    return []


@pytest.fixture
def dialog_of(qtbot, context_of, ran, is_quiet):
    """Opens the dialog over a window that has every action."""

    def make(workspace, *, wait=True):
        context, window = context_of(workspace), QWidget()
        qtbot.addWidget(window)
        window.actions_for_test = make_actions(window, context.theme, {row.id: lambda name=row.id: ran.append(name) for row in ROWS})
        dialog = ReadinessDialog(context, window, lambda: ran.append("worked out"))
        dialog.window_for_test = window
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.show()
        if wait:
            qtbot.waitUntil(is_quiet)
        return dialog

    return make


@pytest.fixture
def told(monkeypatch):
    """What is found instead of looking, to be changed by the test."""
    found = [
        Check(GOOD, "Roads", "All <b>whole</b>."),
        Check(DOUBT, "Plan", "Old.", "plan-week"),
        Check(BAD, "Exports", "Gone.", "export-map"),
    ]
    monkeypatch.setattr(module, "readiness", lambda *_what: list(found))
    return found


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def fixes(dialog):
    return {each.property("fix"): each for each in dialog.area.findChildren(QPushButton)}


def marks(dialog):
    return [mark.state for mark in dialog.area.findChildren(StateMark)]


def test_what_is_missing_for_the_week_is_told_with_what_mends_it(dialog_of, filled):
    dialog = dialog_of(filled)
    assert {"There are no roads on this laptop.", "There is no backup yet."} <= set(texts(dialog))
    assert {"footprint", "export-map", "export-calendar", "backups"} <= set(fixes(dialog))
    assert dialog.title.text() == summary(dialog.checks)[1]
    assert dialog.about.text().startswith("Week 49 · Nov 30 – Dec 4 · looked at ")
    assert marks(dialog) == [check.state for check in dialog.checks]


def test_exports_under_the_names_the_window_offers_are_found(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of(filled)
    filled.exports_folder.mkdir()
    for suffix in ("html", "ics"):
        (filled.exports_folder / f"{WEEK}.{suffix}").write_text("x", encoding="utf-8")
    dialog._context.bus.changed.emit(Changes("Export"))
    qtbot.waitUntil(lambda: "The route map of the week is written." in texts(dialog) and is_quiet())
    assert not {"export-map", "export-calendar"} & set(fixes(dialog))


def test_a_button_runs_its_action_and_the_change_is_looked_at(qtbot, dialog_of, filled, told, ran, is_quiet):
    dialog = dialog_of(filled)
    assert (dialog.title.text(), dialog.mark.state) == ("1 thing to do first, and 1 to look at", BAD)
    assert "All <b>whole</b>." in texts(dialog)
    fixes(dialog)["export-map"].click()
    assert ran == ["export-map"]
    told[1:] = []
    dialog._context.runner.run(lambda _job: None, label="Exporting")
    qtbot.waitUntil(lambda: dialog.title.text() == "Ready to leave" and is_quiet())
    assert (marks(dialog), dialog.mark.state) == ([GOOD], GOOD)


def test_a_backup_made_from_here_counts(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of(filled)
    runner = dialog._context.runner
    runner.run(lambda _job: make_backup(filled, BackupReason.HAND, silent), label="Making a backup")
    qtbot.waitUntil(lambda: "backups" not in fixes(dialog) and is_quiet())
    assert any("backup" in text for text in texts(dialog))


def test_another_week_is_looked_at_when_it_is_on_show(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of(filled)
    dialog._context.desk.show_week(WEEK.plus(1))
    qtbot.waitUntil(lambda: "The week is not planned yet." in texts(dialog) and is_quiet())
    assert dialog.about.text().startswith("Week 50")


def test_looking_can_be_cancelled_and_begun_again(qtbot, dialog_of, filled, monkeypatch, is_quiet):
    go_on, asked = Event(), []

    def slow(_workspace, _week, now, report):
        asked.append(now)
        while not go_on.wait(0.01):
            report(0.5, "Reading the road pack")
        return [Check(GOOD, "Roads", "Whole.")]

    monkeypatch.setattr(module, "readiness", slow)
    dialog = dialog_of(filled, wait=False)
    qtbot.waitUntil(lambda: dialog.work.doing.text() == "Reading the road pack")
    assert not dialog.again.isEnabled()
    dialog.work.cancel.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.title.text() == "Nothing was looked at yet"
    assert "stopped" in dialog.about.text()
    go_on.set()
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog.title.text() == "Ready to leave" and is_quiet())
    assert len(asked) == 2
    assert datetime.now(UTC) - asked[1] < timedelta(days=1)


def test_closing_stops_the_looking(qtbot, dialog_of, filled, monkeypatch, is_quiet):
    def endless(_workspace, _week, _now, report):
        while True:
            report(0.5, "Reading")

    monkeypatch.setattr(module, "readiness", endless)
    dialog = dialog_of(filled, wait=False)
    dialog.reject()
    qtbot.waitUntil(is_quiet)
    assert dialog.title.text() == "Looking…"
    assert dialog.checks == []


def test_a_mistake_is_told_and_nothing_is_called_ready(qtbot, dialog_of, filled, monkeypatch):
    def wrong(*_what):
        raise ValueError("broken")

    monkeypatch.setattr(module, "readiness", wrong)
    dialog = dialog_of(filled)
    problem = dialog.findChild(BugDialog)
    assert "broken" in problem.report
    assert dialog.title.text() == "Nothing was looked at yet"
    problem.reject()


def test_an_action_that_is_off_cannot_be_run_from_here(dialog_of, filled, told, qtbot, is_quiet):
    dialog = dialog_of(filled)
    action = dialog.window_for_test.actions_for_test["plan-week"]
    action.setEnabled(False)
    action.setToolTip("Another window has it.")
    dialog.look()
    qtbot.waitUntil(is_quiet)
    assert not fixes(dialog)["plan-week"].isEnabled()
    assert fixes(dialog)["plan-week"].toolTip() == "Another window has it."


def test_the_summary_counts():
    assert summary([Check(GOOD, "Roads", "")]) == (GOOD, "Ready to leave")
    assert summary([Check(DOUBT, "Roads", "")] * 2) == (DOUBT, "Ready to leave, with 2 things to look at")
    assert summary([Check(BAD, "Roads", "")] * 3) == (BAD, "3 things to do first")


def test_every_fix_with_words_is_an_action():
    assert set(FIXES) <= {row.id for row in ROWS}


@pytest.fixture
def missing(told):
    """Some drive times are missing."""
    told[:] = [Check(DOUBT, "Drive times", "Drive times of 40 places are still to be worked out.", "pause-drive-times")]


@pytest.mark.usefixtures("missing")
def test_missing_drive_times_are_worked_out_and_followed(qtbot, dialog_of, filled, ran, told, is_quiet):
    dialog = dialog_of(filled)
    fix = fixes(dialog)["pause-drive-times"]
    assert (fix.text(), fix.isEnabled()) == ("Work them out", True)
    fix.click()
    assert ran == ["worked out"]
    go_on = Event()

    def work(job):
        while not go_on.wait(0.01):
            job.report(0.42, "Drive times")

    dialog._context.runner.run(work, label="Drive times", lane=DRIVE_TIMES, background=True)
    qtbot.waitUntil(lambda: fix.text() == "42 % done")
    assert not fix.isEnabled()
    assert "being worked out" in fix.toolTip()
    told[:] = [Check(GOOD, "Drive times", "All drive times between accounts are kept.")]
    go_on.set()
    qtbot.waitUntil(lambda: is_quiet() and dialog.title.text() == "Ready to leave")
    assert fixes(dialog) == {}


@pytest.mark.usefixtures("missing")
def test_drive_times_wait_for_other_work_and_say_so(qtbot, dialog_of, filled, is_quiet):
    dialog = dialog_of(filled)
    go_on = Event()
    dialog._context.runner.run(lambda _job: go_on.wait(), label="Planning week 49")
    fix = fixes(dialog)["pause-drive-times"]
    assert (fix.isEnabled(), fix.toolTip()) == (False, "Wait until this is done: Planning week 49.")
    go_on.set()
    qtbot.waitUntil(is_quiet)
    qtbot.waitUntil(lambda: is_quiet() and fixes(dialog)["pause-drive-times"].isEnabled())


@pytest.mark.usefixtures("missing")
def test_where_drive_times_are_not_worked_out_it_says_why(dialog_of, filled):
    dialog = dialog_of(filled)
    action = dialog._actions["pause-drive-times"]
    action.setToolTip("This window only shows it.")
    action.setEnabled(False)
    dialog.area.setWidget(dialog._lines())
    fix = fixes(dialog)["pause-drive-times"]
    assert (fix.isEnabled(), fix.toolTip()) == (False, "This window only shows it.")
