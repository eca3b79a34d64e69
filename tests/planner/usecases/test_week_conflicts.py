"""What no longer holds in a planned week, after hours, appointments or times have changed."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.week import VisitKind
from planner.store.accounts import save_accounts
from planner.store.calendar import replace_events
from planner.store.plans import save_plan
from planner.usecases.accounts import list_accounts
from planner.usecases.rep_time import rep_time
from planner.usecases.settings import set_setting
from planner.usecases.team import list_reps, set_rep_hours
from planner.usecases.week import load_week
from planner.usecases.week_conflicts import conflicts_of
from planner.usecases.weeks_board import open_weeks
from planner.usecases.workspace import Workspace
from planner.values import replace

WEEK = IsoWeek(2026, 49)
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def workspace(planned_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(planned_home)


def found(workspace: Workspace):
    return conflicts_of(open_weeks(workspace, (WEEK,)))


def event(title: str, day: date, begin: datetime, minutes: int) -> CalendarEvent:
    return CalendarEvent(title, title, begin, datetime.fromtimestamp(begin.timestamp() + minutes * 60, ZONE))


def at(day: date, seconds: int) -> datetime:
    return datetime(day.year, day.month, day.day, seconds // 3600, seconds % 3600 // 60, tzinfo=ZONE)


def test_a_plan_as_it_was_made_has_none(workspace: Workspace):
    assert found(workspace) == ()


def test_an_appointment_that_came_later_falls_upon_visits(workspace: Workspace):
    day = load_week(workspace, WEEK).days[1]
    stop = next(stop for stop in day.stops if stop.kind is not VisitKind.DUTY)
    with workspace.writing("Test", sample=True) as db:
        replace_events(db, [event("Dentist", day.day, at(day.day, stop.start_s + 600), 15)], sample=True)
    (conflict,) = [each for each in found(workspace) if each.key == (stop.block or stop.key)]
    assert conflict.day == 1
    assert "Dentist" in conflict.text


def test_an_appointment_in_free_time_is_told_of_the_day(workspace: Workspace):
    plan = load_week(workspace, WEEK)
    cut = replace(plan.days[2], stops=plan.days[2].stops[:1])
    with workspace.writing("Test", sample=True) as db:
        save_plan(db, replace(plan, days=(*plan.days[:2], cut, *plan.days[3:])), sample=True)
        replace_events(db, [event("Dentist", cut.day, at(cut.day, 14 * 3600), 30)], sample=True)
    told = [each for each in found(workspace) if each.title == "Dentist"]
    assert [(each.day, each.key) for each in told] == [(2, "")]
    assert "not in the plan" in told[0].text


def test_a_visit_outside_of_new_opening_hours(workspace: Workspace):
    plan = load_week(workspace, WEEK)
    stop = next(stop for stop in plan.days[1].stops if stop.kind is VisitKind.CAPTURE)
    account = next(account for account in list_accounts(workspace) if account.id == stop.account_id)
    with workspace.writing("Test", sample=True) as db:
        save_accounts(db, [replace(account, hours="Mo,We-Fr 08:00-17:00")])
    (conflict,) = found(workspace)
    assert (conflict.day, conflict.key, conflict.title) == (1, stop.key, stop.title)
    assert "cannot be visited on Tue" in conflict.text


def test_a_day_that_ends_earlier_is_told_where_it_breaks(workspace: Workspace):
    set_setting(workspace, "day_closes", "13:00")
    told = found(workspace)
    assert {each.day for each in told} >= {0, 1, 2, 3, 4} - {each.day for each in told if not each.text}
    assert all(each.text.endswith(".") for each in told)


def test_visits_one_upon_the_other_and_a_late_arrival(workspace: Workspace):
    plan = load_week(workspace, WEEK)
    first, second, *rest = (stop for stop in plan.days[1].stops)
    earlier = replace(second, start_s=first.leave_s - 1200, arrive_s=first.leave_s - 1200)
    late = replace(rest[0], arrive_s=rest[0].start_s + 900)
    day = replace(plan.days[1], stops=(first, earlier, late, *rest[1:]))
    with workspace.writing("Test", sample=True) as db:
        save_plan(db, replace(plan, days=(plan.days[0], day, *plan.days[2:])), sample=True)
    told = {each.key: each.text for each in found(workspace)}
    assert f"before {first.title} is over" in told[second.key] or "can only start" in told[second.key]
    assert told[rest[0].key] == "You would arrive 15 min late."


def test_the_time_of_a_rep_is_their_hours_without_their_appointments(workspace: Workspace):
    rep = list_reps(workspace)[0].name
    set_rep_hours(workspace, rep, "Mo-Th 09:00-16:00")
    days = [WEEK.day(number) for number in range(7)]
    with workspace.writing("Test", sample=True) as db:
        replace_events(db, [event("Busy", days[1], at(days[1], 10 * 3600), 60)], sample=True, rep=rep)
    free = rep_time(workspace, rep, days)
    assert free[0] == ((9 * 3600, 16 * 3600),)
    assert free[1] == ((9 * 3600, 10 * 3600), (11 * 3600, 16 * 3600))
    assert free[4:] == ((), (), ())
