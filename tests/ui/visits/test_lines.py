from datetime import date

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from planner.model.accounts import VisitOutcome
from planner.model.tracking import Visit
from planner.usecases.accounts import account_details
from planner.usecases.log_visit import list_visits, log_visit
from planner.values import replace
from ui.details.panel import DetailsPanel
from ui.visits.commands import VisitCommands
from ui.visits.lines import visit_lines
from ui.visits.log_dialog import LogVisit

VISIT = Visit(0, 1, date(2020, 11, 2), VisitOutcome.MET, note="A <b>note</b>", next_step="Send & call", next_day=date(2020, 11, 9))


@pytest.fixture
def panel(qtbot, context_of, filled, is_quiet):
    """The details of the first account with one visit."""
    log_visit(filled, VISIT)
    context = context_of(filled)
    made = DetailsPanel(context)
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    context.desk.select(1)
    qtbot.waitUntil(lambda: bool(made.findChildren(QCheckBox)) and is_quiet())
    return made


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def press(panel, name):
    next(each for each in panel.findChildren(QPushButton) if each.text() == name).click()


def test_a_visit_is_told_with_its_note_and_next_step(panel):
    shown = texts(panel)
    assert {"VISITS · 1", "Met", "Nov 2, 2020", "A <b>note</b>", "Send & call by Nov 9"} <= set(shown)


def test_a_next_step_is_ticked_off(qtbot, panel, filled, is_quiet):
    panel.findChild(QCheckBox).click()
    qtbot.waitUntil(is_quiet)
    assert list_visits(filled)[0].next_done
    qtbot.waitUntil(lambda: panel.findChild(QCheckBox).isChecked())
    panel.findChild(QCheckBox).click()
    qtbot.waitUntil(is_quiet)
    assert not list_visits(filled)[0].next_done


def test_a_visit_is_taken_out_with_the_way_back(qtbot, panel, filled, is_quiet):
    told = []
    panel._context.bus.told.connect(told.append)
    press(panel, "Delete")
    qtbot.waitUntil(is_quiet)
    assert list_visits(filled) == []
    assert told == ["Taken out: Met, Nov 2. Ctrl+Z brings it back."]


def test_a_visit_is_changed_in_the_dialog(qtbot, panel, is_quiet):
    press(panel, "Change…")
    qtbot.waitUntil(is_quiet)
    dialog = panel.findChild(LogVisit)
    assert dialog.form.note.toPlainText() == "A <b>note</b>"
    dialog.reject()


def test_only_the_newest_visits_are_listed(qtbot, context_of, filled):
    holder = QWidget()
    qtbot.addWidget(holder)
    commands = VisitCommands(context_of(filled), holder)
    lines = [each for each in visit_lines([replace(VISIT, id=number) for number in range(1, 12)], commands) if isinstance(each, QLabel)]
    assert lines[0].text() == "VISITS · 11"
    assert lines[-1].text() == "and 3 more"
    assert list(visit_lines([], commands)) == []
    assert account_details(filled, 1).visits == ()
