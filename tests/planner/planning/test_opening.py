from datetime import date, timedelta

import pytest

from planner.planning.opening import closed_text, open_days, start_spans, state_holidays

WEEK = [date(2026, 11, 30) + timedelta(days=k) for k in range(5)]
HOUR = 3600


def test_hours_are_read_day_by_day():
    spans = open_days("Mo-Th 08:00-12:00,13:00-17:00; Fr 08:00-12:00; Sa-Su off", WEEK).spans
    assert spans[0] == ((8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
    assert spans[4] == ((8 * HOUR, 12 * HOUR),)


def test_no_hours_are_business_hours():
    assert open_days("", WEEK).spans == (((9 * HOUR, 17 * HOUR),),) * 5
    assert open_days("", [date(2026, 12, 5)]).spans == ((),)


def test_hours_over_midnight_belong_to_both_days():
    assert open_days("Mo-Fr 22:00-02:00", WEEK).spans[1] == ((0, 2 * HOUR), (22 * HOUR, 24 * HOUR))


def test_unreadable_hours_are_taken_as_business_hours_and_told():
    read = open_days("ring the bell", WEEK)
    assert read.spans == open_days("", WEEK).spans
    assert "ring the bell" in read.note


@pytest.mark.parametrize(
    ("hours", "is_open"), [("", False), ("Mo-Fr 08:00-17:00", False), ("Mo-Fr 08:00-17:00; PH off", False), ("24/7", True)]
)
def test_holidays_close_what_does_not_say_otherwise(hours, is_open):
    thanksgiving = date(2026, 11, 26)
    assert bool(open_days(hours, [thanksgiving], {thanksgiving}).spans[0]) is is_open


def test_the_holidays_are_those_of_the_state():
    days = [date(2026, 11, 26) + timedelta(days=k) for k in range(5)]
    assert date(2026, 11, 26) in state_holidays(days, "PA")
    assert date(2026, 11, 30) not in state_holidays(days, "PA")
    assert date(2026, 11, 26) in state_holidays(days, "nowhere")


def test_a_visit_ends_before_closing_and_inside_the_working_day():
    assert start_spans([(8 * HOUR, 17 * HOUR)], 9 * HOUR, 16 * HOUR, HOUR) == [(9 * HOUR, 15 * HOUR)]
    assert start_spans([(8 * HOUR, 9 * HOUR)], 7 * HOUR, 18 * HOUR, 2 * HOUR) == []


def test_closed_days_are_named_in_spans():
    assert closed_text([False, False, False, True, False], WEEK) == "Closed Mon-Wed, Fri"
    assert not closed_text([True] * 5, WEEK)
