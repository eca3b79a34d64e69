"""Recurring duties: kept beside the calendar, in her time zone, and planned around."""

from datetime import date

import pytest

from planner.errors import UserProblem
from planner.planning.duties import duties_in
from planner.store.accounts import save_reps
from planner.store.calendar import all_events
from planner.usecases.duties import Every, add_duty, delete_duty, find_duty, list_duties, skip_duty
from planner.usecases.undo import undo
from planner.usecases.workspace import Workspace

MONDAY = date(2026, 11, 2)
TODAY = date(2026, 11, 23)
ZONE = "America/New_York"


def planned(workspace: Workspace, *days: date) -> list[tuple[date, str, int]]:
    with workspace.reading() as db:
        return [(duty.day, duty.title, duty.start_s) for duty in duties_in(all_events(db, sample=False), days, ZONE)]


def test_a_duty_is_planned_around_at_the_same_hour_when_the_clocks_change(workspace: Workspace):
    event, changes = add_duty(workspace, "Staff meeting", MONDAY, 30_600, 90, location="Office")
    assert event.uid.startswith("roadbook-")
    assert (changes.label, changes.plans) == ("Add duty: Staff meeting", True)
    days = [date(2026, 11, 30), date(2027, 3, 8), date(2027, 3, 15)]
    assert planned(workspace, *days) == [(day, "Staff meeting", 30_600) for day in days]
    assert planned(workspace, date(2026, 10, 26), date(2026, 12, 1)) == []


@pytest.mark.parametrize(
    ("every", "days"),
    [
        (Every.WEEK, [2, 9, 16, 23, 30]),
        (Every.TWO_WEEKS, [2, 16, 30]),
        (Every.FOUR_WEEKS, [2, 30]),
        (Every.MONTH, [2]),
        ("RRULE:FREQ=WEEKLY;BYDAY=TU", [3, 10, 17, 24]),
    ],
)
def test_how_often_it_comes_back(workspace: Workspace, every, days):
    add_duty(workspace, "Meeting", MONDAY, 30_600, 60, every)
    assert [day.day for day, *_rest in planned(workspace, *(date(2026, 11, day) for day in range(1, 31)))] == days


def test_a_duty_with_a_rep_is_a_one_on_one_with_the_name_in_full(workspace: Workspace):
    from small_book import rep

    with workspace.writing("Test") as db:
        save_reps(db, [rep("Ada Lovelace")], sample=False)
    assert add_duty(workspace, "", MONDAY, 50_400, 45, rep="ada")[0].title == "One-on-one: Ada Lovelace"
    assert add_duty(workspace, "Pipeline", MONDAY, 54_000, 45, rep="ada")[0].title == "Pipeline: Ada Lovelace"


def test_the_list_has_the_next_day_of_each_and_only_those_made_here(workspace: Workspace):
    add_duty(workspace, "Friday call", date(2026, 11, 6), 50_400, 30)
    add_duty(workspace, "Staff meeting", MONDAY, 30_600, 90)
    add_duty(workspace, "Over", MONDAY, 30_600, 90, "FREQ=WEEKLY;COUNT=2")
    found = list_duties(workspace, date(2026, 11, 24))
    assert [(one.number, one.event.title, one.next_day, one.every) for one in found] == [
        (1, "Friday call", date(2026, 11, 27), "week"),
        (2, "Staff meeting", date(2026, 11, 30), "week"),
        (3, "Over", None, "FREQ=WEEKLY;COUNT=2"),
    ]


def test_one_day_is_left_out_and_the_others_stay(workspace: Workspace):
    event, _changes = add_duty(workspace, "Staff meeting", MONDAY, 30_600, 90)
    assert skip_duty(workspace, event.uid, date(2026, 12, 28)).label == "Skip Staff meeting on Dec 28"
    skip_duty(workspace, event.uid, date(2027, 7, 5))  # in summer time
    days = [date(2026, 12, 21), date(2026, 12, 28), date(2027, 1, 4), date(2027, 7, 5), date(2027, 7, 12)]
    assert [day for day, *_rest in planned(workspace, *days)] == [days[0], days[2], days[4]]
    with pytest.raises(UserProblem, match="does not take place on Monday, Dec 28"):
        skip_duty(workspace, event.uid, date(2026, 12, 28))
    with pytest.raises(UserProblem, match="does not take place on Tuesday"):
        skip_duty(workspace, event.uid, date(2026, 12, 29))


def test_a_duty_over_midnight_is_skipped_on_the_day_it_begins(workspace: Workspace):
    event, _changes = add_duty(workspace, "Night shift", MONDAY, 82_800, 120)
    with pytest.raises(UserProblem, match="does not take place"):
        skip_duty(workspace, event.uid, date(2026, 11, 24))
    skip_duty(workspace, event.uid, TODAY)
    assert planned(workspace, TODAY, date(2026, 11, 24)) == []


def test_a_duty_is_taken_out_and_undo_brings_it_back(workspace: Workspace):
    event, _changes = add_duty(workspace, "Staff meeting", MONDAY, 30_600, 90)
    assert delete_duty(workspace, event.uid).label == "Delete duty: Staff meeting"
    assert planned(workspace, TODAY) == []
    undo(workspace)
    assert planned(workspace, TODAY) == [(TODAY, "Staff meeting", 30_600)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": " \n"}, "no title"),
        ({"minutes": 0}, "no time"),
        ({"minutes": 1_441}, "no time"),
        ({"start_s": 86_400}, "no time"),
        ({"every": "FREQ=SECONDLY"}, "cannot be read"),
        ({"every": "every day"}, "cannot be read"),
        ({"every": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"}, "never takes place"),
        ({"every": "FREQ=DAILY;UNTIL=20200101"}, "never takes place"),
        ({"rep": "Zoe"}, "No rep is called"),
    ],
)
def test_a_duty_that_cannot_be_is_told_and_not_kept(workspace: Workspace, changed, told):
    duty = {"title": "Meeting", "first": MONDAY, "start_s": 30_600, "minutes": 60} | changed
    with pytest.raises(UserProblem, match=told):
        add_duty(workspace, **duty)
    assert list_duties(workspace, TODAY) == []


def test_a_duty_is_found_by_its_number_or_a_part_of_its_title(workspace: Workspace):
    first, second = (add_duty(workspace, title, MONDAY, 30_600, 60)[0] for title in ("Staff meeting", "Sales meeting"))
    assert find_duty(workspace, "staff", TODAY).uid == first.uid
    assert find_duty(workspace, second.uid, TODAY).title == "Sales meeting"
    assert {find_duty(workspace, number, TODAY).uid for number in ("1", "2")} == {first.uid, second.uid}
    for text, told in (("meeting", "Several duties fit"), ("dinner", "There is no duty"), ("", "There is no duty")):
        with pytest.raises(UserProblem, match=told):
            find_duty(workspace, text, TODAY)


def test_what_came_from_the_calendar_is_left_alone(workspace: Workspace):
    with pytest.raises(UserProblem, match="no such duty"):
        delete_duty(workspace, "someone@example.com")
