from datetime import datetime

import pytest
from PySide6.QtWidgets import QWidget

from planner.model.calendar import IsoWeek
from planner.store.plans import save_plan
from planner.usecases.log_visit import draft_visit, log_visit
from planner.values import replace
from ui.visits.commands import NOTHING, VisitCommands
from ui.visits.log_dialog import LogVisit
from ui.visits.sheet import wall_clock


@pytest.fixture
def commands(qtbot, context_of, filled, is_quiet):
    """The deeds over a window, with nothing selected."""
    window = QWidget()
    qtbot.addWidget(window)
    context = context_of(filled)
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    made = VisitCommands(context, window)
    made.told = []
    context.bus.told.connect(made.told.append)
    return made


def plan_today(workspace, plan, settings):
    today = wall_clock(settings).date()
    with workspace.writing("Test") as db:
        save_plan(db, replace(plan, week=IsoWeek.of(today), days=(replace(plan.days[0], day=today),)), sample=False)


def test_with_nothing_selected_the_stop_of_now_is_logged(qtbot, commands, filled, plan, is_quiet):
    plan_today(filled, plan, commands._context.desk.settings)
    commands.log()
    qtbot.waitUntil(lambda: commands._window.findChild(LogVisit) is not None and is_quiet())
    assert commands._window.findChild(LogVisit).heading.text() in {"Uni-Mart HQ", "Yards Leasing"}


def test_when_all_is_logged_the_window_says_what_to_do(qtbot, commands, filled, plan, is_quiet):
    plan_today(filled, plan, commands._context.desk.settings)
    now = wall_clock(commands._context.desk.settings)
    for account_id in (1, 2):
        log_visit(filled, draft_visit(filled, account_id, datetime(now.year, now.month, now.day, 12)))  # noqa: DTZ001 - a wall clock
    commands.log()
    qtbot.waitUntil(is_quiet)
    assert commands.told == [NOTHING]
    assert commands._window.findChild(LogVisit) is None


def test_the_selected_account_goes_before_the_stop_of_now(qtbot, commands, filled, plan, is_quiet):
    plan_today(filled, plan, commands._context.desk.settings)
    commands._context.desk.select(5)
    commands.log()
    qtbot.waitUntil(is_quiet)
    assert commands._window.findChild(LogVisit).heading.text() == "Hoag's Catering"
