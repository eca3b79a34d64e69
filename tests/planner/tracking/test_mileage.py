"""The mileage log: its lines from a trip, its money to the cent, and the odometer against it."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import UserProblem
from planner.model.places import LatLon
from planner.model.tracking import Cost, CostKind, Drive, DriveKind, Purpose, Source, Trip, TripState, TripStop
from planner.model.week import VisitKind
from planner.settings import check, mileage_rates_of
from planner.tracking.mileage import (
    UNKNOWN,
    check_odometer,
    drives_of_trip,
    metres_of,
    rate_cents_per_mile,
    tenths_of,
    totals,
)
from planner.tracking.trip_sums import trip_sums
from planner.values import replace

MONDAY = date(2026, 11, 30)
RATES = mileage_rates_of("2024 = 0.67; 2025 = 0.70; 2026 = 0.725")
OFFICE = LatLon(40.80, -77.85)
MILE = 1609.344


def trip(*stops: TripStop, **more: object) -> Trip:
    numbered = tuple(replace(stop, position=number) for number, stop in enumerate(stops))
    last = max((stop.day for stop in stops), default=MONDAY)
    return Trip(3, "Altoona", MONDAY, last, TripState.PLANNED, Purpose.OTHER, "Home", 28_800, stops=numbered, **more)


def shop(number: int, metres: int | None, **more: object) -> TripStop:
    return TripStop(
        0, more.pop("day", MONDAY), f"Shop {number}", None, number, VisitKind.CAPTURE, f"account-{number}", metres=metres, **more
    )


def home(metres: int | None = 4_000, **more: object) -> TripStop:
    return TripStop(0, more.pop("day", MONDAY), "Home", LatLon(40.7, -77.9), metres=metres, **more)


def office(metres: int = 3_000, name: str = "Sales meeting") -> TripStop:
    return TripStop(0, MONDAY, name, OFFICE, kind=VisitKind.DUTY, stop_key="duty", metres=metres)


def drive(metres: int, day: date = MONDAY, **more: object) -> Drive:
    return Drive(0, day, "Home", "Shop", metres, Source.PLAN, **{"confirmed": True} | more)


def test_a_trip_is_a_line_a_leg_and_none_is_confirmed():
    lines = drives_of_trip(trip(shop(1, 10_000), shop(2, 0), shop(3, 2_000), home()))
    assert [(line.start, line.destination, line.metres, line.account_id) for line in lines] == [
        ("Home", "Shop 1", 10_000, 1),
        ("Shop 2", "Shop 3", 2_000, 3),
        ("Shop 3", "Home", 4_000, None),
    ]
    assert {(line.kind, line.source, line.confirmed, line.trip_id) for line in lines} == {(DriveKind.BUSINESS, Source.PLAN, False, 3)}
    assert [line.purpose for line in lines] == ["Sales call on a prospect", "Sales call on a prospect", "Drive back"]


def test_between_home_and_the_office_without_an_account_before_or_after_is_a_commute():
    kinds = [line.kind for line in drives_of_trip(trip(office(), home()), OFFICE)]
    assert kinds == [DriveKind.COMMUTE, DriveKind.COMMUTE]
    kinds = [line.kind for line in drives_of_trip(trip(office(), shop(1, 5_000), home()), OFFICE)]
    assert kinds == [DriveKind.COMMUTE, DriveKind.BUSINESS, DriveKind.BUSINESS]
    kinds = [line.kind for line in drives_of_trip(trip(shop(1, 5_000), office(), home()), OFFICE)]
    assert kinds == [DriveKind.BUSINESS, DriveKind.BUSINESS, DriveKind.COMMUTE]
    from_office = replace(trip(shop(1, 5_000), replace(home(), name="Office")), start="Office")
    assert {line.kind for line in drives_of_trip(from_office, OFFICE)} == {DriveKind.BUSINESS}


def test_what_was_driven_takes_the_place_of_what_was_planned_day_by_day():
    tuesday = MONDAY + timedelta(days=1)
    stops = [shop(1, 10_000, came_s=40_000, drove_m=11_000), shop(2, 3_000), home(4_000, drove_m=4_500), shop(3, 8_000, day=tuesday)]
    lines = drives_of_trip(trip(*stops, home(day=tuesday), source=Source.GPX))
    assert [(line.destination, line.metres, line.source) for line in lines] == [
        ("Shop 1", 11_000, Source.GPX),
        ("Home", 4_500, Source.GPX),
        ("Shop 3", 8_000, Source.PLAN),
        ("Home", 4_000, Source.PLAN),
    ]
    assert lines[1].start == "Shop 1"


def test_a_leg_whose_length_nobody_knows_says_so():
    (line, _back) = drives_of_trip(trip(shop(1, None), home()))
    assert (line.metres, line.note) == (0, UNKNOWN)


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_the_drives_add_up_to_the_metres_of_the_trip(metres: list[int], driven: list[bool]):
    planned = trip(*(shop(number, far) for number, far in enumerate(metres)), home())
    assert sum(line.metres for line in drives_of_trip(planned, OFFICE)) == planned.planned_m
    stops = [
        replace(stop, drove_m=far + 7 if is_driven else None) for stop, far, is_driven in zip(planned.stops, metres, driven, strict=False)
    ]
    real = trip(*stops, home(4_000, drove_m=4_100))
    assert sum(line.metres for line in drives_of_trip(real, OFFICE)) == real.driven_m


def claimed(drives: list[Drive], year: int) -> int:
    """The cents that a year's drives are claimed with."""
    return totals(drives, year, RATES).whole.cents


@given(st.lists(st.tuples(st.integers(0, 2_000_000), st.dates(date(2024, 1, 1), date(2027, 12, 31))), max_size=30))
def test_money_is_exact_to_the_cent_line_by_line(lines: list[tuple[int, date]]):
    cents = dict.fromkeys({day.year for _metres, day in lines}, 0)
    for metres, day in lines:
        miles = (Decimal(metres) / Decimal("1609.344")).quantize(Decimal("0.1"), ROUND_HALF_UP)
        rate = {2024: Decimal("0.67"), 2025: Decimal("0.70")}.get(day.year, Decimal("0.725"))
        cents[day.year] += int((miles * rate).quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)
    drives = [drive(metres, day) for metres, day in lines]
    assert {year: claimed(drives, year) for year in cents} == cents


def test_half_a_cent_is_rounded_up():
    assert claimed([drive(metres_of(2))], 2026) == 15  # 14.5


def test_a_trip_over_new_year_uses_two_rates():
    drives = [drive(metres_of(1000), date(2025, 12, 31)), drive(metres_of(1000), date(2026, 1, 1))]
    assert [claimed(drives, year) for year in (2025, 2026)] == [7000, 7250]


def test_only_confirmed_business_is_claimed():
    drives = [
        drive(metres_of(100)),
        drive(metres_of(200), confirmed=False),
        drive(metres_of(300), kind=DriveKind.COMMUTE),
        drive(metres_of(400), kind=DriveKind.PERSONAL, day=date(2026, 2, 1)),
    ]
    assert claimed(drives, 2026) == 725
    told = totals(drives, 2026, RATES)
    assert [tenths_of(each) for each in (told.whole.business_m, told.whole.unconfirmed_m, told.whole.commute_m)] == [100, 200, 300]
    assert [(month.month, tenths_of(month.personal_m), month.cents) for month in told.months if month.personal_m or month.cents] == [
        (2, 400, 0),
        (11, 0, 725),
    ]
    assert totals(drives, 2025, RATES).whole.business_m == 0


def test_a_year_without_a_rate_has_that_of_the_year_before_and_says_so():
    assert rate_cents_per_mile(date(2026, 5, 1), RATES) == (Decimal("72.5"), "")
    rate, note = rate_cents_per_mile(date(2028, 5, 1), RATES)
    assert rate == Decimal("72.5")
    assert note == "There is no mileage rate for 2028: that of 2026 is used."
    with pytest.raises(UserProblem, match="no mileage rate for 2020"):
        rate_cents_per_mile(date(2020, 5, 1), RATES)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026 = x", "2026 = -1", "2026 = 0.7; 2026 = 0.8", "26 = 0.7", "2026 = 0.7, 2027 = 0.8", "2026 = 99"]
)
def test_rates_that_cannot_be_are_a_plain_problem(text: str):
    with pytest.raises(UserProblem, match=r"2025 = 0\.70; 2026 = 0\.725"):
        check("mileage_rates", text)


def test_rates_are_read_as_they_are_written():
    assert mileage_rates_of(check("mileage_rates", " 2025=$0.70 ;2026 = 0.725; ")) == {2025: Decimal("0.70"), 2026: Decimal("0.725")}


def test_tenths_of_a_mile_go_there_and_back():
    assert all(tenths_of(metres_of(tenths)) == tenths for tenths in range(5_000))


def read(begin: int, end: int, day: date = MONDAY) -> Drive:
    return drive(metres_of(end - begin), day, odometer=(begin, end))


def test_an_odometer_that_agrees_says_nothing():
    between = drive(metres_of(200))
    assert check_odometer([read(1_000, 1_100), read(1_105, 1_200), between, read(1_400, 1_500)]) == []


@pytest.mark.parametrize(
    ("drives", "told"),
    [
        ([read(1_100, 1_000)], "goes back on the odometer, from 110.0 to 100.0"),
        ([read(5_000, 5_100), read(1_000, 1_100)], r"has less on the odometer \(100.0\) than Home to Shop"),
        ([read(1_000, 1_100), read(1_050, 1_200)], "they overlap"),
        ([read(1_000, 1_100), read(1_500, 1_600)], "40.0 miles between .* are in no line of the log"),
        ([read(1_000, 1_100), drive(metres_of(500)), read(1_200, 1_300)], "The log has 40.0 miles more"),
    ],
)
def test_what_the_odometer_says_against_the_log(drives: list[Drive], told: str):
    (sentence,) = check_odometer(drives)
    assert re.search(told, sentence)
    assert sentence.endswith(".")


def test_a_trip_comes_to_its_miles_nights_and_money():
    planned = trip(
        shop(1, metres_of(100), arrive_s=30_000, leave_s=33_000), home(metres_of(50), arrive_s=34_000), nights=1
    )  # ten miles out, five back
    costs = [
        Cost(1, 3, MONDAY, CostKind.HOTEL, 12_000),
        Cost(2, 3, MONDAY, CostKind.MEALS, 1_550),
        Cost(3, 3, MONDAY, CostKind.MEALS, 450),
        Cost(4, 9, MONDAY, CostKind.TOLLS, 999),
    ]
    sums = trip_sums(planned, costs, RATES)
    assert (sums.planned_m, sums.driven_m, sums.nights, sums.mileage_cents, sums.total_cents) == (
        metres_of(100) + metres_of(50),
        None,
        1,
        None,
        None,
    )
    assert sums.costs == {CostKind.HOTEL: 12_000, CostKind.MEALS: 2_000}
    assert (sums.planned_driving_s, sums.driving_s, sums.planned_mileage_cents) == (1_200 + 1_000, None, 725 + 363)
    driven = replace(planned, stops=tuple(replace(stop, drove_m=metres_of(100)) for stop in planned.stops))
    assert trip_sums(driven, costs, RATES).total_cents == 14_000 + 1_450
