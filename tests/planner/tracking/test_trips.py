"""Trips out of a planned week, and what logged visits say of them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.model.accounts import VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.tracking import Purpose, TripState, Visit
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.tracking.trip_merging import merged
from planner.tracking.trips import is_own_name, logged_stops, moment, purpose_of, state_of, trips_of_week, trips_of_weeks, with_visits
from planner.values import replace

HOME = NamedPlace("Home", LatLon(40.79, -77.86))
INN = NamedPlace("Inn", LatLon(40.51, -78.39))
WEEK = IsoWeek(2026, 49)
NOON = 12 * 3600


def stop(number: int, at_s: int, kind: VisitKind = VisitKind.CARE, metres: int = 5_000) -> Stop:
    place = LatLon(40.79 + number / 100, -77.86)
    return Stop(f"account-{number}", f"Shop {number}", kind, place, at_s, at_s, at_s + 1800, 600, metres, account_id=number)


def day(index: int, *stops: Stop, week: IsoWeek = WEEK, start: NamedPlace = HOME, end: NamedPlace = HOME, **more: object) -> DayPlan:
    return DayPlan(week.day(index), start, end, 28_800, 61_200, stops, 600, 7_000, **more)


def plan(*days: DayPlan, week: IsoWeek = WEEK) -> WeekPlan:
    return WeekPlan(week, "America/New_York", days)


def visit(number: int, at_s: int | None, on: date, **more: object) -> Visit:
    return Visit(0, number, on, VisitOutcome.MET, start_s=at_s, minutes=None if at_s is None else 20, **more)


def test_each_day_that_is_back_at_base_is_a_trip_and_idle_days_are_none():
    made = trips_of_week(plan(day(0, stop(1, NOON), stop(2, 50_000)), day(1), day(2, stop(3, NOON))))
    assert [(trip.first, trip.last, trip.nights) for trip in made] == [(WEEK.day(0),) * 2 + (0,), (WEEK.day(2),) * 2 + (0,)]
    monday = made[0]
    assert (monday.start, monday.leave_s, monday.week, monday.state) == ("Home", 28_800, "2026-W49", TripState.PLANNED)
    assert [(each.name, each.metres, each.account_id, each.stop_key) for each in monday.stops] == [
        ("Shop 1", 5_000, 1, "account-1"),
        ("Shop 2", 5_000, 2, "account-2"),
        ("Home", 7_000, None, ""),
    ]
    assert [(each.arrive_s, each.leave_s) for each in monday.stops] == [(NOON, NOON + 1800), (50_000, 51_800), (61_200, None)]
    assert monday.planned_m == 17_000


def test_nights_away_make_one_trip_of_several_days():
    away = day(1, stop(1, NOON), end=INN, away=True)
    back = day(2, stop(2, NOON), start=INN)
    (trip,) = trips_of_week(plan(away, back))
    assert (trip.first, trip.last, trip.nights, trip.start) == (WEEK.day(1), WEEK.day(2), 1, "Home")
    inn = trip.stops[1]
    assert (inn.name, inn.day, inn.arrive_s, inn.leave_s) == ("Inn", WEEK.day(1), 61_200, 86_400 + 28_800)
    assert [each.position for each in trip.stops] == [0, 1, 2, 3]


def test_a_day_that_ends_at_its_last_stop_goes_on_from_there():
    there = NamedPlace("Shop 1", stop(1, NOON).place)
    (trip,) = trips_of_week(plan(day(0, stop(1, NOON), end=there, open_end=True), day(1, stop(2, NOON), start=there)))
    assert (trip.first, trip.last, trip.nights) == (WEEK.day(0), WEEK.day(1), 1)


def test_a_trip_goes_on_in_the_next_week_where_it_slept():
    later = WEEK.plus(1)
    friday = plan(day(4, stop(1, NOON), end=INN, away=True))
    monday = plan(day(0, stop(2, NOON), week=later, start=INN), day(1, stop(3, NOON), week=later), week=later)
    weekend, tuesday = trips_of_weeks([friday, monday])
    assert (weekend.first, weekend.last, weekend.nights, weekend.week) == (WEEK.day(4), later.day(0), 3, str(WEEK))
    assert weekend.stops[1].leave_s == 3 * 86_400 + 28_800
    assert (tuesday.first, tuesday.week) == (later.day(1), str(later))


def test_a_next_week_that_begins_at_home_is_another_trip():
    later = WEEK.plus(1)
    friday = plan(day(4, stop(1, NOON), end=INN, away=True))
    made = trips_of_weeks([friday, plan(day(0, stop(2, NOON), week=later), week=later)])
    assert [(trip.first, trip.week, trip.nights) for trip in made] == [(WEEK.day(4), str(WEEK), 1), (later.day(0), str(later), 0)]


def test_a_week_that_ends_away_counts_its_last_night():
    (trip,) = trips_of_week(plan(day(4, stop(1, NOON), end=INN, away=True)))
    assert (trip.last, trip.nights) == (WEEK.day(4), 1)


@pytest.mark.parametrize(
    ("kinds", "purpose"),
    [
        ((VisitKind.CAPTURE, VisitKind.DUTY), Purpose.CAPTURE),
        ((VisitKind.SUPPORT,), Purpose.SUPPORT),
        ((VisitKind.SUPPORT, VisitKind.CAPTURE), Purpose.MIXED),
        ((VisitKind.CARE,), Purpose.OTHER),
        ((VisitKind.DUTY, None), Purpose.OTHER),
    ],
)
def test_the_purpose_is_that_of_the_visits(kinds: tuple[VisitKind | None, ...], purpose: Purpose):
    assert purpose_of(kinds) is purpose


def test_a_trip_is_called_by_its_farthest_town():
    many = day(0, stop(1, 30_000), stop(3, NOON), stop(2, 50_000))
    towns = {1: "State College", 2: "Lemont", 3: "Altoona"}
    assert trips_of_week(plan(many), towns)[0].name == "Altoona and 2 more"
    assert trips_of_week(plan(many))[0].name == "Shop 3 and 2 more"
    assert trips_of_week(plan(day(0, stop(1, NOON))), towns)[0].name == "Shop 1, State College"


def test_appointments_count_in_the_name_only_where_nobody_is_visited():
    told = ((30_000, "Meeting"), (60_000, "Fair"))
    meeting, fair = (replace(stop(1, at_s), account_id=None, kind=VisitKind.DUTY, title=title) for at_s, title in told)
    (trip,) = trips_of_week(plan(day(0, meeting, stop(1, NOON), stop(2, 50_000))), {1: "Lemont", 2: "Lemont"})
    assert trip.name == "Lemont and 1 more"
    (other,) = trips_of_week(plan(day(0, meeting, fair)))
    assert other.name == "Meeting and 1 more"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Altoona and 2 more", True),
        ("Altoona and 3 stops", True),
        ("Shop 3 and 2 more stops", True),
        ("Altoona", False),
        ("The fair and 2", False),
    ],
)
def test_a_name_as_it_was_given_before_is_none_given_by_hand(name: str, own: bool):
    (trip,) = trips_of_week(plan(day(0, stop(1, 30_000), stop(3, NOON), stop(2, 50_000))), {3: "Altoona"})
    assert is_own_name(replace(trip, name=name), {3: "Altoona"}) is own


@pytest.mark.parametrize(("week", "sunday"), [(IsoWeek(2026, 10), date(2026, 3, 8)), (IsoWeek(2026, 44), date(2026, 11, 1))])
def test_weeks_in_which_the_clocks_change_keep_the_times_on_the_wall(week: IsoWeek, sunday: date):
    """The night to the Sunday is spent away, and the clocks change in it; she comes home after midnight on Sunday."""
    saturday = day(5, stop(1, NOON), week=week, end=INN, away=True)
    late = replace(day(6, stop(2, 82_800), week=week, start=INN), back_s=88_200)
    assert late.day == sunday
    (trip,) = trips_of_week(plan(saturday, late, week=week))
    assert trip.stops[1].leave_s == 86_400 + 28_800  # eight on the wall, however long the night was
    assert moment(trip.stops[1].day, trip.stops[1].leave_s or 0) == datetime.combine(sunday, datetime.min.time()) + timedelta(hours=8)
    assert trip.stops[-1].arrive_s == 88_200
    eight = datetime(sunday.year, sunday.month, sunday.day, 8, tzinfo=ZoneInfo("America/New_York"))
    assert state_of(trip, eight)[0] is TripState.UNDER_WAY
    seen = with_visits(trip, [visit(2, 83_000, sunday)])
    assert (seen.stops[2].came_s, seen.stops[2].went_s) == (83_000, 84_200)


def test_logged_visits_say_when_she_came_and_went():
    (trip,) = trips_of_week(plan(day(0, stop(1, NOON), stop(2, 50_000), stop(3, 55_000))))
    monday = WEEK.day(0)
    seen = with_visits(
        trip,
        [
            visit(1, NOON + 600, monday),
            replace(visit(2, 50_100, monday), outcome=VisitOutcome.PHONE),
            visit(3, 55_000, monday + timedelta(days=1)),
        ],
    )
    assert [(each.came_s, each.went_s) for each in seen.stops] == [(NOON + 600, NOON + 1800), (None, None), (None, None), (None, None)]
    assert seen.stops[0].arrive_s == NOON


def test_two_visits_to_one_account_are_told_apart_by_key_and_time():
    morning, evening = stop(1, 30_000), replace(stop(1, 55_000), key="again")
    (trip,) = trips_of_week(plan(day(0, morning, evening)))
    seen = with_visits(trip, [visit(1, 54_000, WEEK.day(0)), visit(1, 31_000, WEEK.day(0))])
    assert [each.came_s for each in seen.stops] == [31_000, 54_000, None]
    keyed = with_visits(trip, [visit(1, 31_000, WEEK.day(0), stop_key="again")])
    assert [each.came_s for each in keyed.stops] == [None, 31_000, None]


def test_a_visit_of_another_trip_is_none_of_this_one():
    (trip,) = trips_of_week(plan(day(0, stop(1, NOON))))
    assert with_visits(replace(trip, id=4), [visit(1, NOON, WEEK.day(0), trip_id=5)]).stops[0].came_s is None


def test_a_visit_planned_past_midnight_is_of_the_next_day():
    (trip,) = trips_of_week(plan(day(0, stop(1, 86_400 + 600))))
    assert with_visits(trip, [visit(1, 900, WEEK.day(1))]).stops[0].came_s == 86_400 + 900


def test_a_trip_is_done_only_when_something_of_it_was_logged():
    (trip,) = trips_of_week(plan(day(0, stop(1, NOON))))
    monday = moment(WEEK.day(0), 0)
    assert state_of(trip, monday.replace(hour=7)) == (TripState.PLANNED, "")
    assert state_of(trip, monday.replace(hour=13)) == (TripState.UNDER_WAY, "")
    state, hint = state_of(trip, monday.replace(hour=20))
    assert state is TripState.PLANNED
    assert "none of its stops was logged" in hint
    assert state_of(trip, monday.replace(hour=20), [visit(1, None, WEEK.day(0))]) == (TripState.DONE, "")
    assert state_of(replace(trip, state=TripState.CANCELLED), monday.replace(hour=20)) == (TripState.CANCELLED, "")


def test_a_changed_plan_leaves_what_was_logged_and_changes_the_rest():
    (old,) = trips_of_week(plan(day(0, stop(1, NOON), stop(2, 50_000))))
    (new,) = trips_of_week(plan(day(0, stop(3, 40_000), stop(1, 47_000, metres=9_000), stop(4, 56_000))))
    old = replace(old, id=7, note="Bring samples")
    kept = merged(old, logged_stops(old, [visit(1, NOON, WEEK.day(0))]), new, {})
    assert (kept.id, kept.note) == (7, "Bring samples")
    assert [(each.name, each.metres, each.arrive_s) for each in kept.stops] == [
        ("Shop 3", 5_000, 40_000),
        ("Shop 1", 5_000, NOON),
        ("Shop 4", 5_000, 56_000),
        ("Home", 7_000, 61_200),
    ]
    assert merged(kept, {1}, new, {}) == kept


def test_a_name_given_by_hand_stays_when_the_plan_changes():
    (old,) = trips_of_week(plan(day(0, stop(1, NOON))))
    (new,) = trips_of_week(plan(day(0, stop(2, NOON))))
    assert merged(replace(old, name="Blair County"), set(), new, {}).name == "Blair County"
    assert merged(old, set(), new, {}).name == "Shop 2"
