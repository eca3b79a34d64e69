from datetime import date

import pytest

from planner.model.places import LatLon, NamedPlace
from planner.model.week import DayPlan, Stop, VisitKind
from ui.today.day_log import DayLog
from ui.today.sums import day_sums

HOUR, MILE_M = 3600, 1609.344
HOME = NamedPlace("Home", LatLon(40.79, -77.86))


def stop(number, kind=VisitKind.CAPTURE):
    start_s = (8 + number) * HOUR
    key = f"account-{number}"
    return Stop(key, key, kind, HOME.point, start_s, start_s, start_s + HOUR // 2, 600, round(10 * MILE_M), account_id=number)


@pytest.fixture
def day():
    """Visits at 9, 10 and 12 o'clock, a meeting at 11; ten miles to each and home."""
    stops = (stop(1), stop(2), stop(3, VisitKind.DUTY), stop(4))
    return DayPlan(date(2026, 11, 30), HOME, HOME, 8 * HOUR, 13 * HOUR, stops, 600, round(10 * MILE_M))


@pytest.mark.parametrize(
    ("now_s", "came", "told"),
    [
        (8 * HOUR, {}, "0 of 3 done · 0 of 50 mi · on time"),
        (9 * HOUR + 11 * 60, {}, "0 of 3 done · 0 of 50 mi · 11 min late"),
        (9 * HOUR + 20 * 60, {"account-1": 9 * HOUR}, "0 of 3 done · 10 of 50 mi · on time"),
        (9 * HOUR + 40 * 60, {}, "1 of 3 done · 10 of 50 mi · on time"),
        (11 * HOUR + 40 * 60, {}, "2 of 3 done · 30 of 50 mi · on time"),
        (14 * HOUR, {}, "3 of 3 done · 50 of 50 mi"),
    ],
)
def test_a_day_under_way_says_how_far_it_has_come(day, now_s, came, told):
    assert day_sums(day, now_s, DayLog(came=came), "miles") == told


def test_distances_are_in_the_units_of_the_settings(day):
    assert day_sums(day, 8 * HOUR, DayLog(), "kilometres").startswith("0 of 3 done · 0 of 80 km")
