from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from planner.model.calendar import IsoWeek
from planner.store.plans import save_plan

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
