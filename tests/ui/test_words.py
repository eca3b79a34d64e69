from datetime import date, datetime

import pytest

from planner.model.calendar import IsoWeek
from ui.words import (
    as_plain,
    as_typed,
    clock,
    clock_of,
    count,
    distance,
    full_day,
    hour_mark,
    money,
    month,
    near_day,
    plan_summary,
    short_weekday,
    span,
    steps,
    times,
    typed,
    week_title,
    weekday,
)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 min"), (2700, "45 min"), (3600, "1 h 00"), (10_920, "3 h 02"), (3599, "1 h 00")])
def test_a_length_of_time_reads_as_hours_and_minutes(seconds, text):
    assert span(seconds) == text


def test_a_time_of_day_has_two_digits_of_minutes():
    assert clock(8 * 3600 + 300) == "8:05"


def test_distances_follow_the_setting():
    assert distance(160_934.4) == "100 mi"
    assert distance(1609.344) == "1.0 mi"
    assert distance(9_500, "kilometres") == "9.5 km"


def test_a_week_that_stays_in_one_month_names_it_once():
    assert week_title(IsoWeek(2026, 49)) == "Week 49 · Nov 30 – Dec 4"
    assert week_title(IsoWeek.of(date(2026, 12, 9))) == "Week 50 · Dec 7 – 11"


def test_one_is_not_plural():
    assert count(1, "visit") == "1 visit"
    assert count(1310, "account") == "1,310 accounts"


def test_unknown_money_is_a_dash():
    assert money(None) == "–"
    assert money(240_000) == "$2,400"
    assert money(102_450, 2) == "$1,024.50"


def test_days_are_named_as_near_as_they_are():
    day = date(2026, 12, 1)
    assert (near_day(day), weekday(day), short_weekday(day)) == ("Tue, Dec 1", "Tuesday", "Tue")
    assert (full_day(day), month(day)) == ("Dec 1, 2026", "December 2026")


def test_a_time_on_a_day_is_told_from_when_to_when():
    assert times(8 * 3600 + 1800, 13 * 3600) == "8:30–13:00"
    assert clock_of(datetime(2026, 12, 1, 14, 5)) == "14:05"  # noqa: DTZ001 - a wall clock
    assert hour_mark(14) == "14"


def test_a_short_way_is_told_in_feet_or_metres():
    assert steps(36.6) == "120 ft"
    assert steps(1240, "kilometres") == "1,240 m"


def test_what_is_typed_has_no_groups_and_is_read_as_it_is():
    assert typed(1310.25, 2) == "1310.25"
    assert [as_plain(text) for text in ("$1,024.50", "many", "")] == ["$1,024.50", "many", ""]
    assert as_typed("$1,024.50") == "$1,024.50"


def test_a_plan_is_summed_up_without_its_appointments(plan):
    assert plan_summary(plan) == "3 visits · 3 h 00 driving · 21 mi · value 79"
