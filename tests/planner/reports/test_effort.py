from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_book import visit

from planner.model.week import VisitKind
from planner.reports.effort import NOTHING, Effort, TripEffort, efforts

DAY = date(2026, 11, 2)
TRIP = {7: TripEffort(7_200, 9_000)}


def test_a_trip_is_shared_by_the_minutes_of_its_visits():
    """60 and 30 minutes: two thirds and one third of two hours of driving and of 90 dollars."""
    visits = [visit(1, DAY, 1, minutes=60, trip_id=7), visit(2, DAY, 2, minutes=30, trip_id=7, kind=VisitKind.CARE)]
    taken = efforts(visits, TRIP)
    assert (taken[1].seconds, taken[1].cents) == (pytest.approx(3_600 + 4_800), pytest.approx(6_000))
    assert (taken[2].seconds, taken[2].cents) == (pytest.approx(1_800 + 2_400), pytest.approx(3_000))


def test_a_visit_without_a_length_takes_no_share_of_a_trip_with_others():
    taken = efforts([visit(1, DAY, 1, minutes=60, trip_id=7), visit(2, DAY, 2, trip_id=7)], TRIP)
    assert taken == {1: Effort(10_800, 9_000), 2: NOTHING}


def test_a_trip_without_any_length_is_shared_evenly():
    taken = efforts([visit(1, DAY, 1, trip_id=7), visit(2, DAY, 2, trip_id=7)], TRIP)
    assert taken == {1: Effort(3_600, 4_500), 2: Effort(3_600, 4_500)}


def test_a_visit_on_no_trip_or_on_one_that_is_gone_has_only_its_minutes():
    taken = efforts([visit(1, DAY, 1, minutes=20), visit(2, DAY, 2, minutes=10, trip_id=99)], TRIP)
    assert taken == {1: Effort(1_200, 0), 2: Effort(600, 0)}


@given(st.lists(st.one_of(st.none(), st.integers(1, 1_440)), min_size=1, max_size=12), st.integers(0, 90_000), st.integers(0, 10**8))
def test_the_shares_of_a_trip_add_up_to_it(minutes, drive_s, cents):
    visits = [visit(number, DAY, number, minutes=each, trip_id=1) for number, each in enumerate(minutes, start=1)]
    total = sum(efforts(visits, {1: TripEffort(drive_s, cents)}).values(), NOTHING)
    assert total.cents == pytest.approx(cents)
    assert total.seconds == pytest.approx(drive_s + 60 * sum(each or 0 for each in minutes))
