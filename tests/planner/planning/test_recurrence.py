"""Series around some days: the same starts as counting from the beginning finds, without the counting."""

from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.planning.recurrence import MOST_COUNTED, starts_between

BEGIN = datetime(2010, 1, 31, 9, 0)  # noqa: DTZ001 - the wall clock of the series
FIRST = datetime(2026, 11, 28)  # noqa: DTZ001 - as above


def window(rule, begin=BEGIN, first=FIRST, days=9):
    return starts_between(rule, begin, first, first + timedelta(days=days))


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    rule = f"FREQ={freq};INTERVAL={draw(st.integers(1, 5))}"
    if draw(st.booleans()):
        rule += f";BYDAY={','.join(draw(st.lists(st.sampled_from(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']), min_size=1, max_size=3)))}"
    if freq == "MONTHLY" and draw(st.booleans()):
        rule += f";BYMONTHDAY={draw(st.integers(1, 31))}"
    end = draw(st.sampled_from(["", ";COUNT=", ";UNTIL="]))
    day = datetime(2020, 1, 1) + timedelta(days=draw(st.integers(0, 900)))  # noqa: DTZ001 - as above
    return rule + (f"{end}{draw(st.integers(1, 900))}" if end == ";COUNT=" else f"{end}{day:%Y%m%dT%H%M%S}" if end else "")


@given(rules(), st.integers(0, 1_500), st.integers(-300, 2_000))
@settings(max_examples=300, deadline=None)
def test_a_series_taken_up_late_has_the_starts_it_has_from_its_beginning(rule, begins, later):
    begin = datetime(2018, 1, 1, 9) + timedelta(days=begins)  # noqa: DTZ001 - as above
    first = begin + timedelta(days=later)
    last = first + timedelta(days=60)
    assert starts_between(rule, begin, first, last) == list(rrulestr(rule, dtstart=begin).between(first, last, inc=True))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;INTERVAL=7", [29, 6]),
        ("FREQ=MONTHLY", []),
        ("FREQ=MONTHLY;BYMONTHDAY=30", [30]),
        ("FREQ=MONTHLY;BYDAY=1TU", [1]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", [30, 3]),
        ("FREQ=WEEKLY;COUNT=3", []),
        ("FREQ=DAILY;UNTIL=20261129T090000", [28, 29]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", [1]),
        ("FREQ=DAILY;COUNT=6148", [28, 29, 30]),  # November 30 is 6,147 days after the first
    ],
)
def test_a_series_has_its_days(rule, days):
    assert [start.day for start in window(rule)] == days


def test_a_series_on_the_last_day_of_february_keeps_it():
    leap = datetime(2024, 2, 29, 9)  # noqa: DTZ001 - as above
    assert [start.year for start in window("FREQ=YEARLY", leap, datetime(2027, 1, 1), 3_000)] == [2028, 2032]  # noqa: DTZ001 - as above


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=5", "freq=hourly", "FREQ=DAILY;BYHOUR=8,9", "FREQ=DAILY;BYSECOND=1,2"]
)
def test_more_than_once_a_day_is_refused(rule):
    with pytest.raises(ValueError, match="more than once a day"):
        window(rule)


def test_counting_too_far_is_refused_where_it_cannot_be_reckoned():
    with pytest.raises(ValueError, match="10,000 times"):
        window(f"FREQ=DAILY;BYDAY=MO;COUNT={MOST_COUNTED + 1}")
    assert len(window("FREQ=DAILY;COUNT=99999999")) == 9


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31", "FREQ=MONTHLY;BYMONTHDAY=-32", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31"]
)
def test_a_day_that_never_comes_is_not_looked_for(rule):
    assert window(rule) == []


@pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=0", "INTERVAL=2", "FREQ=DAILY;COUNT=many", "nonsense"])
def test_what_is_no_rule_is_refused(rule):
    with pytest.raises((ValueError, KeyError)):
        window(rule)
