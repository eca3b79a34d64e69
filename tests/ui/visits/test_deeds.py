import pytest
from PySide6.QtWidgets import QWidget

from planner.usecases.undo import list_steps, undo
from planner.usecases.week import load_week
from ui.visits.deeds import AccountDeeds


@pytest.fixture
def deeds(qtbot, context_of, copy_of, planned_home, is_quiet):
    """What is done to accounts of the planned sample; everything is loaded."""
    workspace = copy_of(planned_home)
    context = context_of(workspace)
    window = QWidget()
    qtbot.addWidget(window)
    made = AccountDeeds(context, window)
    made.told, made.context, made.workspace = [], context, workspace
    context.bus.told.connect(made.told.append)
    context.bus.basemap_shown.connect(lambda basemap: basemap and basemap.close())  # there is no map here to do it
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


def test_a_planned_account_is_not_added_twice_and_that_is_told_without_a_dialog(qtbot, deeds, is_quiet):
    plan = deeds.context.desk.plan
    account = next(stop.account_id for day in plan.days for stop in day.stops if stop.account_id is not None)
    deeds.add_to_week([account])
    qtbot.waitUntil(is_quiet)
    assert "is planned already" in deeds.told[-1]
    assert deeds.context.desk.plan == plan


def test_while_the_week_is_planned_nothing_else_changes_it(deeds):
    account, place = next((each.id, each.place) for each in deeds.context.desk.accounts.values() if each.place is not None)
    deeds.context.bus.planning.emit(True)
    deeds.add_to_week([account])
    deeds.start_here(place)
    assert deeds.told == ["The week is being planned. Change it when that is done."] * 2
    assert not deeds.context.runner.jobs


def test_a_day_starts_at_a_place_called_by_what_is_there(qtbot, deeds, is_quiet):
    desk = deeds.context.desk
    day = next(index for index, each in enumerate(desk.plan.days) if each.stops and not (index and desk.plan.days[index - 1].away))
    before, place = desk.plan, desk.plan.days[day].stops[0].place
    desk.show_day(day)
    deeds.start_here(place)
    qtbot.waitUntil(is_quiet)
    assert desk.plan.days[day].start.point == place
    assert desk.plan.days[day].start.name.startswith(("near ", "on "))
    assert list_steps(deeds.workspace, 1)[0].label == deeds.told[-1].partition(". Ctrl+Z")[0]
    undo(deeds.workspace)
    assert load_week(deeds.workspace, desk.week) == before
