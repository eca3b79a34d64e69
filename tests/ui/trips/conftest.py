from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.model.calendar import IsoWeek
from planner.store.plans import save_plan
from planner.values import replace
from ui.trips.commands import TripCommands
from ui.trips.trips_tab import TripsTab

DAY = datetime.now().astimezone().date() - timedelta(days=9)
"""A day that is over."""


@pytest.fixture
def travelled(filled, plan):
    """The workspace with a plan of which one day, long over, has two visits."""
    monday = replace(plan.days[0], day=DAY, last_drive_s=600, last_drive_m=9000)
    with filled.writing("Test") as db:
        save_plan(db, replace(plan, week=IsoWeek.of(DAY), days=(monday,)), sample=False)
    return filled


@pytest.fixture
def context(context_of, travelled, qtbot, is_quiet):
    """A context on the week of that day."""
    made = context_of(travelled)
    made.desk.week = IsoWeek.of(DAY)
    made.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


@pytest.fixture
def tab(qtbot, context, is_quiet):
    """The tab before any trip is made."""
    window = QWidget()
    qtbot.addWidget(window)
    made = TripsTab(context, TripCommands(context, window))
    QVBoxLayout(window).addWidget(made)
    window.resize(1100, 700)
    window.show()
    qtbot.waitUntil(is_quiet)
    made.window_for_test = window
    return made
