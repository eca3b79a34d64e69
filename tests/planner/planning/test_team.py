"""When reps are free."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_weeks import HOUR, WEEK, call

from planner.errors import UserProblem
from planner.planning.team import common, free_of, free_time, without

DAYS = [WEEK.day(k) for k in range(7)]
SPANS = st.lists(st.tuples(st.integers(0, 24), st.integers(1, 8)).map(lambda each: (each[0], each[0] + each[1])), max_size=5)


def hours(free):
    return [[(a / HOUR, b / HOUR) for a, b in spans] for spans in free]


def minutes_in(spans):
    """The units of time that lie in some spans."""
    return {unit for begin, end in spans for unit in range(begin, end)}


def test_a_rep_without_hours_works_the_usual_ones():
    assert hours(free_time("", [], DAYS)) == [[(8, 18)]] * 5 + [[]] * 2
    assert free_time("  ", [], DAYS) == free_time("", [], DAYS)


def test_working_hours_may_have_a_break_and_days_off():
    assert hours(free_time("Mo,We 07:00-12:00,13:00-16:00; Fr 09:00-11:00", [], DAYS[:5])) == [
        [(7, 12), (13, 16)],
        [],
        [(7, 12), (13, 16)],
        [],
        [(9, 11)],
    ]


def test_appointments_of_the_day_are_taken_out_and_those_of_other_days_are_not():
    duties = [call("Early", 0, 7, 9), call("Noon", 0, 12, 13), call("Overlap", 0, 12.5, 14), call("All day", 1, 0, 24)]
    free = free_time("", duties, DAYS[:3])
    assert hours(free) == [[(9, 12), (14, 18)], [], [(8, 18)]]
    assert free_time("", duties, [DAYS[4]]) == free_time("", [], [DAYS[4]])


def test_nobody_works_on_a_holiday_unless_the_hours_say_so():
    assert hours(free_time("", [], DAYS[:2], [DAYS[1]])) == [[(8, 18)], []]
    assert hours(free_time("Mo-Fr,PH 08:00-12:00", [], DAYS[:2], [DAYS[1]])) == [[(8, 12)], [(8, 12)]]


def test_hours_that_cannot_be_read_are_told():
    with pytest.raises(UserProblem, match="“mornings mostly” cannot be read"):
        free_time("mornings mostly", [], DAYS)


def test_who_is_not_in_the_team_is_no_hindrance():
    assert free_of({}, "Rep A", 2) == (((0, 86_400),), ((0, 86_400),))
    assert free_of({"Rep A": ((), ())}, "Rep A", 2) == ((), ())


def test_a_day_outside_the_week_is_asked_about_by_itself():
    assert hours(free_time("", [], [DAYS[4], DAYS[4] + timedelta(days=3)])) == [[(8, 18)]] * 2


@settings(max_examples=200, deadline=None, database=None)
@given(SPANS, SPANS)
def test_what_is_left_and_what_is_common_are_sets_of_time(spans, busy):
    whole = without([(0, 40)], [])
    free = without(whole, busy)
    assert minutes_in(free) == set(range(40)) - minutes_in(busy)
    assert all(a < b for a, b in free)
    assert list(free) == sorted(free)
    apart = without(whole, without(whole, spans))
    assert minutes_in(common(apart, free)) == minutes_in(spans) & minutes_in(free) & set(range(40))
