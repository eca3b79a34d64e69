"""Time with a rep: where both are free, what it visits and what it takes the place of, kept as one step."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.week import Lock, VisitKind
from planner.store.calendar import replace_events
from planner.store.plans import save_plan
from planner.usecases.accounts import list_accounts
from planner.usecases.propose_help import Together, add_help, propose_help
from planner.usecases.team import list_reps
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from planner.values import replace

WEEK = IsoWeek(2026, 49)
SUNDAY = WEEK.day(0) - timedelta(days=1)


@pytest.fixture
def workspace(planned_home, copy_of):
    return copy_of(planned_home)


@pytest.fixture
def rep(workspace):
    return list_reps(workspace)[0].name


def busy(workspace, rep, first: date, days: int):
    """Fills the calendar of a rep."""
    begin = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo("America/New_York"))
    event = CalendarEvent("busy@rep", "Away", begin, begin + timedelta(days=days), all_day=True)
    with workspace.writing("Test") as db:
        replace_events(db, [event], sample=True, rep=rep)


def test_a_ride_along_visits_accounts_of_the_rep_and_is_one_step(workspace, rep):
    before = load_week(workspace, WEEK)
    found = propose_help(workspace, rep, Together.TWO_HOURS, SUNDAY)
    assert 1 <= len(found.slots) <= 3
    assert len({slot.day for slot in found.slots}) == len(found.slots)
    assert [slot.gain for slot in found.slots] == sorted((slot.gain for slot in found.slots), reverse=True)
    best = found.slots[0]
    owners = {account.name: account.owner for account in list_accounts(workspace)}
    assert len(best.accounts) >= 2
    assert {owners[name] for name in best.accounts} == {rep}
    assert add_help(workspace, best).label == f"Add two hours with {rep} on {best.day:%a %b} {best.day.day}"
    after = load_week(workspace, WEEK)
    together = [stop for day in after.days for stop in day.stops if stop.rep == rep and day.day == best.day]
    assert {stop.title for stop in together} == set(best.accounts)
    assert {stop.kind for stop in together} == {VisitKind.SUPPORT}
    gone = {stop.title for day in before.days for stop in day.stops} - {stop.title for day in after.days for stop in day.stops}
    assert gone == set(best.instead)
    undo(workspace)
    assert load_week(workspace, WEEK) == before


def test_no_time_is_proposed_while_the_rep_is_away(workspace, rep):
    days = {slot.day for slot in propose_help(workspace, rep, Together.ONE_ON_ONE, SUNDAY).slots}
    assert days
    first = min(days)
    busy(workspace, rep, first, 1)
    assert first not in {slot.day for slot in propose_help(workspace, rep, Together.ONE_ON_ONE, SUNDAY).slots}
    busy(workspace, rep, WEEK.day(0), 7)
    found = propose_help(workspace, rep, Together.ONE_ON_ONE, SUNDAY)
    assert (found.slots, found.why_none) == ((), f"{rep} has no free time of 45 minutes during your days.")


def test_only_days_after_today_are_proposed(workspace, rep):
    found = propose_help(workspace, rep, Together.ONE_ON_ONE, WEEK.day(2))
    assert found.slots
    assert all(slot.day > WEEK.day(2) for slot in found.slots)


def test_what_is_locked_is_not_given_up(workspace, rep):
    plan = load_week(workspace, WEEK)
    held = replace(plan, days=tuple(replace(day, stops=tuple(replace(s, lock=Lock.TIME) for s in day.stops)) for day in plan.days))
    with workspace.writing("Test") as db:
        save_plan(db, held, sample=True)
    for slot in propose_help(workspace, rep, Together.HALF_DAY, SUNDAY).slots:
        assert slot.instead == ()


def test_without_a_planned_week_it_says_so(workspace, rep):
    found = propose_help(workspace, rep, Together.HALF_DAY, date(2027, 6, 1))
    assert (found.slots, found.why_none) == ((), "Neither this week nor the next has a planned day ahead. Plan the week first.")


def test_a_week_that_was_changed_meanwhile_is_left_alone(workspace, rep):
    slot = propose_help(workspace, rep, Together.ONE_ON_ONE, SUNDAY).slots[0]
    add_help(workspace, slot)
    kept = load_week(workspace, WEEK)
    with pytest.raises(UserProblem, match="changed meanwhile"):
        add_help(workspace, slot)
    assert load_week(workspace, WEEK) == kept


def test_nobody_of_that_name_is_told(workspace):
    with pytest.raises(UserProblem, match="No rep is called"):
        propose_help(workspace, "Zoe", Together.HALF_DAY, SUNDAY)
