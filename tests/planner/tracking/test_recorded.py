"""A recorded day in a trip: what was planned and what was."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from planner.model.places import LatLon
from planner.model.tracking import Purpose, Source, Trip, TripState, TripStop
from planner.model.week import VisitKind
from planner.tracking.recorded import RecordedDay, RecordedStop, days_of, recorded_trip, seconds_of, wall_clock, with_recording
from planner.values import replace

MONDAY = date(2026, 11, 30)
HOME, SHOP = LatLon(40.79, -77.86), LatLon(40.9, -77.7)


def clock(hour: int, minute: int = 0, day: int = 30) -> datetime:
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - a clock on the wall


def came(name: str, hour: int, metres: int, number: int | None = None, place: LatLon = SHOP) -> RecordedStop:
    return RecordedStop(name, place, clock(hour), clock(hour, 30), metres, number, VisitKind.CARE if number else None)


def recorded(*stops: RecordedStop, left: datetime = clock(8)) -> RecordedDay:  # noqa: B008 - never changed
    return RecordedDay(MONDAY, "Home", HOME, left, stops)


def planned() -> Trip:
    stops = [
        TripStop(
            number, MONDAY, f"Shop {number}", SHOP, number, VisitKind.CARE, f"account-{number}", hour * 3600, hour * 3600 + 1800, 5_000
        )
        for number, hour in ((1, 9), (2, 11), (3, 13))
    ]
    end = TripStop(3, MONDAY, "Home", HOME, arrive_s=61_200, metres=7_000)
    numbered = tuple(replace(stop, position=at) for at, stop in enumerate([*stops, end]))
    return Trip(5, "Lemont", MONDAY, MONDAY, TripState.PLANNED, Purpose.OTHER, "Home", 28_800, week="2026-W49", stops=numbered)


END = came("Home", 17, 8_000, place=HOME)


def told(trip: Trip) -> list[tuple[str, int | None, int | None]]:
    return [(stop.name, stop.came_s and stop.came_s // 3600, stop.drove_m) for stop in trip.stops]


def test_a_planned_trip_gets_what_was_in_the_order_it_was():
    trip = with_recording(
        planned(), recorded(came("Shop 2", 9, 6_000, 2), came("a gas station", 10, 900), came("Shop 1", 12, 4_000, 1), END)
    )
    assert told(trip) == [
        ("Shop 2", 9, 6_000),
        ("a gas station", 10, 900),
        ("Shop 1", 12, 4_000),
        ("Shop 3", None, None),
        ("Home", 17, 8_000),
    ]
    assert trip.source is Source.GPX
    assert trip.stops[0].arrive_s == 11 * 3600
    assert trip.driven_m == 18_900
    assert trip.planned_m == planned().planned_m
    assert [stop.position for stop in trip.stops] == [0, 1, 2, 3, 4]


def test_an_appointment_is_where_it_was_planned():
    trip = planned()
    meeting = replace(trip.stops[1], name="Staff meeting", account_id=None, kind=VisitKind.DUTY, place=LatLon(40.8, -77.8))
    trip = replace(trip, stops=(trip.stops[0], meeting, *trip.stops[2:]))
    there = came("Office", 10, 2_000, place=LatLon(40.8005, -77.8))
    assert told(with_recording(trip, recorded(came("Shop 1", 9, 6_000, 1), there, END)))[:3] == [
        ("Shop 1", 9, 6_000),
        ("Staff meeting", 10, 2_000),
        ("Shop 3", None, None),
    ]


def test_the_same_recording_again_changes_nothing():
    day = recorded(came("Shop 2", 9, 6_000, 2), came("a gas station", 10, 900), END)
    once = with_recording(planned(), day)
    assert with_recording(once, day) == once


def test_a_second_recording_of_the_day_goes_on_where_the_first_ended():
    morning = with_recording(planned(), recorded(came("Shop 1", 9, 6_000, 1), came("Shop 2", 11, 3_000, 2)))
    assert told(morning) == [("Shop 1", 9, 6_000), ("Shop 2", 11, 3_000), ("Shop 3", None, None), ("Home", None, None)]
    whole = with_recording(morning, recorded(came("Shop 3", 13, 4_000, 3), END, left=clock(12)))
    assert told(whole) == [("Shop 1", 9, 6_000), ("Shop 2", 11, 3_000), ("Shop 3", 13, 4_000), ("Home", 17, 8_000)]
    evening_first = with_recording(with_recording(planned(), recorded(came("Shop 3", 13, 4_000, 3), END, left=clock(12))), recorded(
        came("Shop 1", 9, 6_000, 1), came("Shop 2", 11, 3_000, 2)
    ))  # fmt: skip
    assert told(evening_first) == told(whole)


def test_a_day_that_was_not_planned_is_a_trip_of_its_own():
    trip = recorded_trip(recorded(came("Shop 1", 9, 6_000, 1), END), {1: "Lemont"})
    assert (trip.name, trip.state, trip.source, trip.leave_s, trip.nights) == ("Shop 1, Lemont", TripState.DONE, Source.GPX, 28_800, 0)
    assert (trip.driven_m, trip.planned_m) == (14_000, 0)


def test_a_drive_past_midnight_belongs_to_the_day_it_began_on():
    assert days_of([clock(22, day=28), clock(0, 30, day=29), clock(9, day=29), clock(3, day=30)]) == [
        date(2026, 11, 28),
        date(2026, 11, 28),
        date(2026, 11, 29),
        date(2026, 11, 29),
    ]
    assert days_of([clock(2)]) == [MONDAY]
    assert seconds_of(date(2026, 11, 29), clock(0, 30)) == 86_400 + 1_800


def test_the_clock_on_the_wall_is_that_of_the_zone_on_the_night_the_clocks_change():
    zone = ZoneInfo("America/New_York")
    before, after = datetime(2026, 3, 8, 6, 59, tzinfo=UTC), datetime(2026, 3, 8, 7, 1, tzinfo=UTC)
    assert [f"{wall_clock(at, zone):%H:%M}" for at in (before, after)] == ["01:59", "03:01"]
    autumn = [datetime(2026, 11, 1, hour, 30, tzinfo=UTC) for hour in (5, 6, 7)]
    assert [f"{wall_clock(at, zone):%H:%M}" for at in autumn] == ["01:30", "01:30", "02:30"]
