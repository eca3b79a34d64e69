from datetime import date

import pytest

from planner.model.calendar import IsoWeek
from ui.words import clock, count, distance, money, plan_summary, span, week_title


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


def test_a_plan_is_summed_up_without_its_appointments(plan):
    assert plan_summary(plan) == "3 visits · 3 h 00 driving · 21 mi · value 79"
