"""A duty as its form has it: holidays left out, changed in one step, and what it falls upon told before."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from small_book import rep

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.rhythm import Rhythm, Unit
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.planning.duties import duties_in
from planner.store.accounts import save_reps
from planner.store.calendar import all_events, replace_events
from planner.store.plans import save_plan
from planner.usecases.board import open_board
from planner.usecases.duties import add_duty, list_duties, skip_duty
from planner.usecases.duty_drafts import Clash, DutyDraft, Upon, draft_of_duty, keep_duty, preview_duty
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from planner.usecases.week_conflicts import conflicts_of
from planner.usecases.workspace import Workspace
from planner.values import replace

TODAY = date(2026, 11, 23)
ZONE = "America/New_York"
MONDAYS = Rhythm(Unit.WEEKS, (0,))
DRAFT = DutyDraft("Staff meeting", date(2026, 11, 30), 9 * 3600, 60, MONDAYS)
HOME = NamedPlace("Home", LatLon(40.79, -77.86))


def days_in(workspace: Workspace, first: date, days: int) -> list[date]:
    with workspace.reading() as db:
        events = all_events(db, sample=False)
    return [duty.day for duty in duties_in(events, [first + timedelta(days=number) for number in range(days)], ZONE)]


def test_public_holidays_are_left_out_for_years(workspace: Workspace):
    keep_duty(workspace, replace(DRAFT, rhythm=Rhythm(Unit.WEEKS, (4,))), TODAY)
    assert date(2026, 12, 25) not in days_in(workspace, TODAY, 60)
    assert date(2026, 12, 18) in days_in(workspace, TODAY, 60)
    assert date(2031, 7, 4) not in days_in(workspace, date(2031, 7, 1), 7)


def test_it_takes_place_on_holidays_where_she_says_so(workspace: Workspace):
    event, _changes = keep_duty(workspace, replace(DRAFT, rhythm=Rhythm(Unit.WEEKS, (4,)), skip_holidays=False), TODAY)
    assert date(2026, 12, 25) in days_in(workspace, TODAY, 60)
    assert not draft_of_duty(workspace, event.uid, TODAY).skip_holidays


def test_every_second_tuesday_begins_with_the_very_next_one(workspace: Workspace):
    friday = date(2026, 11, 27)
    event, _changes = keep_duty(workspace, replace(DRAFT, first=friday, rhythm=Rhythm(Unit.WEEKS, (1,), 2)), TODAY)
    assert event.start.date() == date(2026, 12, 1)
    assert days_in(workspace, TODAY, 30) == [date(2026, 12, 1), date(2026, 12, 15)]


def test_a_duty_is_read_back_as_it_was_typed(workspace: Workspace):
    with workspace.writing("Test") as db:
        save_reps(db, [rep("Ada Lovelace")], sample=False)
    typed = replace(
        DRAFT, title="Pipeline", rep="Ada Lovelace", location="Office", rhythm=Rhythm(Unit.WEEKS, (0, 2), 2, until=date(2027, 6, 30))
    )
    event, _changes = keep_duty(workspace, typed, TODAY)
    assert event.title == "Pipeline: Ada Lovelace"
    assert draft_of_duty(workspace, event.uid, TODAY) == replace(typed, uid=event.uid)


def test_a_change_is_one_step_and_keeps_days_left_out_by_hand(workspace: Workspace):
    event, _changes = keep_duty(workspace, DRAFT, TODAY)
    skip_duty(workspace, event.uid, date(2026, 12, 7))
    draft = draft_of_duty(workspace, event.uid, TODAY)
    changed, changes = keep_duty(workspace, replace(draft, start_s=10 * 3600, title="Staff"), TODAY)
    assert (changed.uid, changes.label, changes.plans) == (event.uid, "Change duty: Staff", True)
    assert days_in(workspace, TODAY, 30) == [date(2026, 11, 30), date(2026, 12, 14), date(2026, 12, 21)]
    undo(workspace)
    assert [duty.event.title for duty in list_duties(workspace, TODAY)] == ["Staff meeting"]


def test_a_rule_that_is_no_rhythm_stays_as_it_is(workspace: Workspace):
    event, _changes = add_duty(workspace, "Standup", DRAFT.first, 9 * 3600, 15, "FREQ=DAILY")
    draft = draft_of_duty(workspace, event.uid, TODAY)
    assert draft.rhythm == "FREQ=DAILY"
    kept, _changes = keep_duty(workspace, replace(draft, minutes=30), TODAY)
    assert (kept.rrule, kept.end - kept.start) == ("FREQ=DAILY", timedelta(minutes=30))


def test_what_it_falls_upon_is_told_before(workspace: Workspace):
    monday = DRAFT.first
    visit = Stop("account-1", "Uni-Mart", VisitKind.CAPTURE, HOME.point, 33_000, 33_000, 36_600, 0, 0)
    later = replace(visit, key="account-2", title="Yards", arrive_s=36_600, start_s=36_600, leave_s=40_000)
    plan = WeekPlan(IsoWeek.of(monday), ZONE, (DayPlan(monday, HOME, HOME, 28_800, 50_000, (visit, later), 0, 0),))
    begin = datetime(2026, 12, 7, 9, 30, tzinfo=ZoneInfo(ZONE))
    busy = datetime(2026, 12, 14, 8, 0, tzinfo=ZoneInfo(ZONE))
    with workspace.writing("Test") as db:
        save_reps(db, [rep("Ada Lovelace")], sample=False)
        save_plan(db, plan, sample=False)
        replace_events(db, [CalendarEvent("x@y", "Dentist", begin, begin + timedelta(hours=1))], sample=False)
        replace_events(db, [CalendarEvent("z@y", "Class", busy, busy + timedelta(hours=8))], sample=False, rep="Ada Lovelace")
    found = preview_duty(workspace, replace(DRAFT, rep="Ada Lovelace", title=""), TODAY)
    assert found.days == tuple(monday + timedelta(weeks=number) for number in range(5))
    assert found.clashes == (
        Clash(monday, Upon.VISIT, "Uni-Mart", 33_000, 36_600),
        Clash(date(2026, 12, 7), Upon.APPOINTMENT, "Dentist", 34_200, 37_800),
        Clash(date(2026, 12, 14), Upon.REP, "Ada Lovelace"),
    )


def test_a_duty_does_not_fall_upon_itself(workspace: Workspace):
    event, _changes = keep_duty(workspace, DRAFT, TODAY)
    assert preview_duty(workspace, replace(DRAFT, uid=event.uid), TODAY).clashes == ()
    assert len(preview_duty(workspace, DRAFT, TODAY).clashes) == 5


def test_an_address_that_cannot_be_placed_is_told(workspace: Workspace):
    assert "no drive to it is planned" in preview_duty(workspace, replace(DRAFT, location="1 Nowhere Rd"), TODAY).note
    assert preview_duty(workspace, replace(DRAFT, location="office"), TODAY).note == ""


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": " "}, "no title"),
        ({"rhythm": Rhythm(Unit.WEEKS)}, "no weekday"),
        ({"rhythm": replace(MONDAYS, until=date(2026, 11, 1))}, "never takes place"),
        ({"minutes": 0}, "no time"),
        ({"rep": "Zoe"}, "No rep is called"),
        ({"uid": "roadbook-gone"}, "no such duty"),
        (
            {"first": date(2026, 12, 25), "rhythm": Rhythm(Unit.MONTH_DAY, month_day=25, until=date(2026, 12, 31))},
            "All of its days are left out",
        ),
    ],
)
def test_what_cannot_be_is_told_and_not_kept(workspace: Workspace, changed, told):
    draft = replace(DRAFT, **changed)
    for verb in (keep_duty, preview_duty):
        with pytest.raises(UserProblem, match=told):
            verb(workspace, draft, TODAY)
    assert list_duties(workspace, TODAY) == []


def test_a_planned_week_says_what_a_new_duty_falls_upon(planned_home, copy_of):
    workspace = copy_of(planned_home)
    week = IsoWeek(2026, 49)
    plan = load_week(workspace, week)
    assert plan is not None
    day, stop = next((day, stop) for day in plan.days for stop in day.stops if stop.kind is not VisitKind.DUTY)
    draft = replace(DRAFT, first=day.day, start_s=stop.start_s // 60 * 60, minutes=30, rhythm=Rhythm(Unit.WEEKS, (day.day.weekday(),)))
    assert [clash.title for clash in preview_duty(workspace, draft, TODAY).clashes if clash.day == day.day] == [stop.title]
    before = conflicts_of(open_board(workspace, week))
    keep_duty(workspace, draft, TODAY)
    (found,) = (each for each in conflicts_of(open_board(workspace, week)) if each not in before)
    assert found.title == stop.title
    assert "falls upon Staff meeting" in found.text
