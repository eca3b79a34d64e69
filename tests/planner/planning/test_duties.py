from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent, IsoWeek
from planner.planning.duties import duties_in
from planner.values import replace

ZONE = ZoneInfo("America/New_York")
DAYS = [IsoWeek(2026, 49).day(k) for k in range(7)]


def event(title, start, minutes, rrule="", **more):
    begin = datetime(*start, tzinfo=ZONE)
    return CalendarEvent(title, title, begin, begin + timedelta(minutes=minutes), rrule=rrule, **more)


CALENDAR = [
    event(
        "Weekly sales staff meeting",
        (2026, 9, 7, 8, 30),
        90,
        "FREQ=WEEKLY;BYDAY=MO",
        location="Office, 500 East College Avenue",
        exdates=(datetime(2026, 11, 23, 8, 30, tzinfo=ZONE),),
    ),
    event("One-on-one: Rep A", (2026, 9, 8, 14, 0), 45, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", location="Office"),
    event("One-on-one: Rep B (phone)", (2026, 9, 11, 15, 30), 45, "FREQ=WEEKLY;BYDAY=FR"),
    event("Dentist", (2026, 12, 2, 16, 0), 90, private=True),
    event("Thanksgiving", (2026, 11, 26), 2 * 24 * 60, all_day=True, busy=False),
    event("Vendor call", (2026, 12, 3, 10, 0), 60, cancelled=True),
]


def told(duties):
    return [(duty.day.isoformat(), duty.title, duty.start_s / 3600, duty.end_s / 3600) for duty in duties]


def test_the_week_has_its_meetings_and_nothing_else():
    assert told(duties_in(CALENDAR, DAYS, "America/New_York")) == [
        ("2026-11-30", "Weekly sales staff meeting", 8.5, 10.0),
        ("2026-12-01", "One-on-one: Rep A", 14.0, 14.75),
        ("2026-12-02", "Private", 16.0, 17.5),
        ("2026-12-04", "One-on-one: Rep B (phone)", 15.5, 16.25),
    ]


def test_a_start_that_was_left_out_stays_out():
    before = [IsoWeek(2026, 48).day(k) for k in range(5)]
    assert "Weekly sales staff meeting" not in [duty.title for duty in duties_in(CALENDAR, before, "America/New_York")]


@pytest.mark.parametrize("day", [date(2026, 10, 26), date(2026, 11, 2), date(2027, 3, 15)])
def test_a_meeting_keeps_its_hour_when_the_clocks_change(day):
    assert [duty.start_s for duty in duties_in(CALENDAR[:1], [day], "America/New_York")] == [8.5 * 3600]


def test_a_meeting_of_another_zone_is_told_in_hers():
    call = CalendarEvent("c", "Call", datetime(2026, 12, 1, 15, 0, tzinfo=UTC), datetime(2026, 12, 1, 16, 0, tzinfo=UTC))
    assert told(duties_in([call], DAYS, "America/New_York")) == [("2026-12-01", "Call", 10.0, 11.0)]


def test_what_goes_over_midnight_is_a_duty_on_each_day():
    trip = event("Trade fair", (2026, 12, 1, 18, 0), 24 * 60)
    assert told(duties_in([trip], DAYS, "America/New_York")) == [
        ("2026-12-01", "Trade fair", 18.0, 24.0),
        ("2026-12-02", "Trade fair", 0.0, 18.0),
    ]


@pytest.mark.parametrize("until", ["20261201T045959Z", "20261130", "20261130T235900"])
def test_a_series_ends_when_it_says(until):
    daily = event("Standup", (2026, 11, 2, 8, 0), 15, f"FREQ=DAILY;UNTIL={until}")
    assert [duty.day for duty in duties_in([daily], DAYS, "America/New_York")] == [DAYS[0]]


@pytest.mark.parametrize("rule", ["FREQ=SOMETIMES", "FREQ=SECONDLY", "nonsense", "FREQ=DAILY;UNTIL=soon"])
def test_a_rule_that_cannot_be_read_is_told_with_its_appointment(rule):
    with pytest.raises(UserProblem, match="Standup"):
        duties_in([event("Standup", (2026, 11, 2, 8, 0), 15, rule)], DAYS, "America/New_York")


def test_cancelled_and_free_events_block_nothing():
    busy = event("Call", (2026, 12, 1, 9, 0), 30)
    assert len(duties_in([busy], DAYS, "America/New_York")) == 1
    assert duties_in([replace(busy, busy=False), replace(busy, cancelled=True)], DAYS, "America/New_York") == []
