from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel

from planner.model.calendar import IsoWeek
from planner.store.plans import save_plan
from planner.usecases.log_visit import draft_visit, list_visits, log_visit
from planner.usecases.undo import undo
from ui.today.panel import TodayPanel, next_stop
from ui.visits.log_dialog import LogVisit

TODAY = datetime.now().astimezone().date()
WEEK = IsoWeek.of(TODAY)


@pytest.fixture
def panel(qtbot, context_of, filled, plan, is_quiet):
    """The page over a plan whose first day is today and whose second is tomorrow."""
    first = replace(plan.days[0], day=TODAY)
    second = replace(plan.days[1], day=TODAY + timedelta(days=1))
    with filled.writing("Test") as db:
        save_plan(db, replace(plan, week=WEEK, days=(first, second)), sample=False)
    context = context_of(filled)
    context.desk.week = WEEK
    made = TodayPanel(context)
    qtbot.addWidget(made)
    made.resize(560, 800)
    made.show()
    context.desk.load()
    qtbot.waitUntil(lambda: bool(made.lines) and is_quiet())
    made.open_today()
    qtbot.waitUntil(is_quiet)
    return made


def test_what_is_logged_is_no_longer_next(plan):
    day = plan.days[0]
    visit = draftless(day.stops[0])
    assert next_stop(day, 8 * 3600) is day.stops[0]
    assert next_stop(day, 8 * 3600, [visit]) is day.stops[1]
    assert next_stop(day, None, [visit]) is day.stops[0]
    assert next_stop(day, 20 * 3600) is None


def draftless(stop):
    from planner.model.accounts import VisitOutcome
    from planner.model.tracking import Visit

    return Visit(1, stop.account_id, TODAY, VisitOutcome.MET, stop_key=stop.key)


def test_every_stop_has_its_button_and_a_logged_one_its_tick(qtbot, panel, filled, is_quiet):
    assert [line.done is not None for line in panel.lines] == [True, True]
    panel.lines[1].done.click()
    qtbot.waitUntil(is_quiet)
    dialog = panel.findChild(LogVisit)
    assert dialog.heading.text() == "Yards Leasing"
    assert dialog.form.time.text() == "13:00"
    dialog.form.note.setPlainText("Renews in spring\nsecond line")
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(panel.lines) and panel.lines[1].visit is not None and is_quiet())
    assert list_visits(filled)[0].stop_key == "account-2"
    assert panel.lines[1].done is None
    assert "Met · Renews in spring" in [each.text() for each in panel.lines[1].findChildren(QLabel)]
    undone = undo(filled)
    panel._context.bus.changed.emit(undone)
    qtbot.waitUntil(lambda: bool(panel.lines) and panel.lines[1].visit is None and is_quiet())
    assert panel.lines[1].done is not None


def test_a_visit_logged_elsewhere_is_ticked_too(qtbot, panel, filled, is_quiet):
    _, changes = log_visit(filled, replace(draft_visit(filled, 1, datetime.now()), stop_key="", start_s=None))  # noqa: DTZ005 - a wall clock
    panel._context.bus.changed.emit(changes)
    qtbot.waitUntil(lambda: bool(panel.lines) and panel.lines[0].visit is not None and is_quiet())
    assert panel.lines[0].done is None


def test_a_day_to_come_cannot_be_logged(qtbot, panel, is_quiet):
    panel._context.desk.show_day(1)
    qtbot.waitUntil(lambda: bool(panel.lines) and panel.lines[-1]._stop.key == "account-3" and is_quiet())
    assert [line.done for line in panel.lines] == [None, None]
