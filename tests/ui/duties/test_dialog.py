"""Recurring duties: listed, added with the next days shown as they are typed, changed and taken out, each one step."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget

from planner.model.accounts import Rep
from planner.model.rhythm import Rhythm, Unit
from planner.store.accounts import save_reps
from planner.usecases.duties import add_duty, list_duties
from planner.usecases.duty_drafts import DutyDraft, keep_duty
from planner.usecases.undo import undo
from ui.duties.dialog import DutiesDialog
from ui.duties.form import DutyForm

TODAY = datetime.now().astimezone().date()


@pytest.fixture
def open_dialog(qtbot, context_of, filled, is_quiet):
    """Opens the dialog."""
    with filled.writing("Test") as db:
        save_reps(db, [Rep("Rep A", "AE"), Rep("Rep B & Co", "AM")], sample=False)

    def open_it():
        window = QWidget()
        qtbot.addWidget(window)
        context = context_of(filled)
        context.desk.load()
        dialog = DutiesDialog(context, window)
        dialog.show()
        qtbot.waitUntil(is_quiet)
        dialog.holder = window
        return dialog

    return open_it


def rows(dialog):
    model = dialog.model
    return [tuple(model.index(row, column).data() for column in range(model.columnCount())) for row in range(model.rowCount())]


def form_of(qtbot, dialog, is_quiet):
    qtbot.waitUntil(lambda: bool(dialog.findChildren(DutyForm)) and is_quiet())
    form = dialog.findChild(DutyForm)
    qtbot.waitUntil(lambda: bool(form.coming.text()) and is_quiet())
    return form


def test_without_duties_it_says_what_they_are(open_dialog):
    dialog = open_dialog()
    assert dialog.stack.currentWidget() is dialog.empty
    assert dialog.add.isEnabled()
    assert not dialog.edit.isEnabled()


def test_a_duty_is_added_with_its_next_days_shown(qtbot, open_dialog, filled, is_quiet):
    dialog = open_dialog()
    dialog.add.click()
    form = form_of(qtbot, dialog, is_quiet)
    assert form.coming.text().startswith("Next: ")  # nothing is missed before it is to be saved
    form.save.click()
    qtbot.waitUntil(lambda: "no title" in form.problem.text())
    form.name.setText("Forecast call")
    form.rhythm.often.setCurrentIndex(1)
    for number, chip in enumerate(form.rhythm.days):
        chip.setChecked(number == 1)
    form.time.setText("14:30")
    form.minutes.setText("45")
    qtbot.waitUntil(lambda: form.said.text() == "Every second Tuesday at 14:30" and form.coming.text().count("Tue, ") == 5)
    form.save.click()
    qtbot.waitUntil(lambda: len(dialog.duties) == 1 and is_quiet())
    assert rows(dialog)[0][:4] == ("Forecast call", "Every second Tuesday at 14:30", "45 min", "By phone")
    assert dialog.title.text() == "1 recurring duty"
    undo(filled)
    assert list_duties(filled, TODAY) == []


def test_once_a_month_with_a_rep_at_the_office(qtbot, open_dialog, filled, is_quiet):
    dialog = open_dialog()
    dialog.add.click()
    form = form_of(qtbot, dialog, is_quiet)
    form.rep.setCurrentIndex(form.rep.findData("Rep B & Co"))
    form.rhythm.often.setCurrentIndex(form.rhythm.often.findData("nth"))
    form.rhythm.nth.setCurrentIndex(form.rhythm.nth.findData("-1"))
    form.rhythm.weekday.setCurrentIndex(4)
    form.place.setCurrentIndex(1)
    form.save.click()
    qtbot.waitUntil(lambda: len(dialog.duties) == 1 and is_quiet())
    assert rows(dialog)[0][:4] == ("One-on-one: Rep B & Co", "The last Friday of every month at 9:00", "60 min", "Office")


def test_what_it_falls_upon_is_told_as_it_is_typed(qtbot, open_dialog, filled, is_quiet):
    first = TODAY + timedelta(days=7 - TODAY.weekday())
    add_duty(filled, "Staff meeting", first, 9 * 3600, 60)
    dialog = open_dialog()
    dialog.add.click()
    form = form_of(qtbot, dialog, is_quiet)
    form.name.setText("Forecast")
    form.first.setDate(QDate(first.year, first.month, first.day))
    for number, chip in enumerate(form.rhythm.days):
        chip.setChecked(number == 0)
    qtbot.waitUntil(lambda: "Falls upon Staff meeting, 9:00–10:00: " in form.clashes.text())
    form.time.setText("10:00")
    qtbot.waitUntil(lambda: form.clashes.text() == "" and not form.clashes.isVisible())


def test_what_cannot_be_is_told_in_place(qtbot, open_dialog, filled, is_quiet):
    dialog = open_dialog()
    dialog.add.click()
    form = form_of(qtbot, dialog, is_quiet)
    form.save.click()
    qtbot.waitUntil(form.problem.isVisible)
    assert "no title" in form.problem.text()
    form.name.setText("Class")
    form.time.setText("soon")
    form.save.click()
    assert "“soon” is not a time of day" in form.problem.text()
    form.time.setText("2:30 pm")
    form.place.setCurrentIndex(2)
    form.save.click()
    assert "no address" in form.problem.text()
    assert list_duties(filled, TODAY) == []


def test_a_duty_is_changed_from_the_list(qtbot, open_dialog, filled, is_quiet):
    keep_duty(filled, DutyDraft("Staff", TODAY, 9 * 3600, 60, Rhythm(Unit.WEEKS, (0, 3), 6), "Rep A", "Office"), TODAY)
    dialog = open_dialog()
    dialog.edit.click()
    form = form_of(qtbot, dialog, is_quiet)
    assert (form.name.text(), form.rep.value, form.rhythm.often.currentText()) == ("Staff", "Rep A", "Every 6 weeks")
    assert [chip.isChecked() for chip in form.rhythm.days] == [True, False, False, True, False, False, False]
    form.minutes.setText("30")
    form.save.click()
    qtbot.waitUntil(lambda: rows(dialog)[0][2] == "30 min" and is_quiet())
    assert rows(dialog)[0][:2] == ("Staff: Rep A", "Every 6 weeks on Monday and Thursday at 9:00")


def test_a_rule_of_its_own_stays(qtbot, open_dialog, filled, is_quiet):
    add_duty(filled, "Standup", TODAY, 9 * 3600, 15, "FREQ=DAILY")
    dialog = open_dialog()
    dialog.edit.click()
    form = form_of(qtbot, dialog, is_quiet)
    assert form.rhythm.often.currentText() == "By its own rule, as it is"
    assert form.draft.rhythm == "FREQ=DAILY"


def test_a_duty_is_taken_out_and_undo_brings_it_back(qtbot, open_dialog, filled, is_quiet):
    add_duty(filled, "Staff meeting", TODAY, 9 * 3600, 60)
    dialog = open_dialog()
    dialog.delete.click()
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.empty and is_quiet())
    undo(filled)
    assert [duty.event.title for duty in list_duties(filled, TODAY)] == ["Staff meeting"]


def test_a_window_that_only_shows_changes_nothing(qtbot, context_of, filled, is_quiet, monkeypatch):
    add_duty(filled, "Staff meeting", TODAY, 9 * 3600, 60)
    monkeypatch.setattr(filled, "read_only", True)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = DutiesDialog(context_of(filled), window)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.duties) == 1 and is_quiet())
    assert [each.isEnabled() for each in (dialog.add, dialog.edit, dialog.delete)] == [False, False, False]
