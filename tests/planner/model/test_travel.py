"""Rush hours: what they do to a drive, and how they are written; rings of isochrones; totals of a matched track."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.places import LatLon
from planner.model.travel import Isochrone, MatchedPiece, MatchedTrack, RushHours

rush_hours = st.lists(st.integers(100, 300), min_size=24, max_size=24).map(lambda percent: RushHours(tuple(percent)))
times = st.integers(-86_400, 2 * 86_400)
drives = st.integers(0, 6 * 3600)


def test_a_drive_across_the_hour_is_slowed_where_it_is_slow() -> None:
    rush = RushHours.read("7-9 = 1.25; 16-18 = 1.3")
    assert rush.arrive_s(6 * 3600, 1800) == 6 * 3600 + 1800
    assert rush.arrive_s(7 * 3600, 1800) == 7 * 3600 + 2250
    assert rush.arrive_s(7 * 3600 - 600, 1800) == 7 * 3600 + 1500  # 600 s as usual, 1200 s at 1.25
    assert rush.arrive_s(9 * 3600 - 1250, 1800) == 9 * 3600 + 800  # 1000 s of it in the rush hour
    assert rush.arrive_s(86_400 + 7 * 3600, 1800) == 86_400 + 7 * 3600 + 2250
    assert rush.depart_s(7 * 3600 + 1500, 1800) == 7 * 3600 - 600


@given(rush_hours, times, times, drives)
def test_who_departs_later_never_arrives_earlier(rush: RushHours, one: int, other: int, drive: int) -> None:
    early, late = sorted((one, other))
    assert rush.arrive_s(early, drive) <= rush.arrive_s(late, drive)


@given(rush_hours, times, drives, drives)
def test_a_longer_drive_never_arrives_earlier_nor_quicker_than_usual(rush: RushHours, depart: int, one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert depart + short <= rush.arrive_s(depart, short) <= rush.arrive_s(depart, long) <= depart + 3 * long


@given(times, drives)
def test_without_factors_a_drive_takes_its_usual_time(depart: int, drive: int) -> None:
    assert RushHours().arrive_s(depart, drive) == depart + drive
    assert RushHours().depart_s(depart, drive) == depart - drive


@given(rush_hours, times, drives, drives)
def test_a_drive_cut_in_two_arrives_as_the_whole_does(rush: RushHours, depart: int, first: int, second: int) -> None:
    whole = rush.arrive_s(depart, first + second)
    assert whole <= rush.arrive_s(rush.arrive_s(depart, first), second) <= whole + 3  # one second of waiting, at most three times as slow


@given(rush_hours, times, drives)
def test_the_last_departure_is_the_last_one(rush: RushHours, arrive: int, drive: int) -> None:
    depart = rush.depart_s(arrive, drive)
    assert rush.arrive_s(depart, drive) <= arrive < rush.arrive_s(depart + 1, drive) + (drive == 0)


@pytest.mark.parametrize("text", ["7-9 = 1.25; 16-18 = 1.3", " 7:00–9:00=1.25 ;16 - 18=1.30; ", "16-18=1.3;7-9=1.25"])
def test_rush_hours_are_read_as_people_write_them(text: str) -> None:
    percent = [125 if hour in (7, 8) else 130 if hour in (16, 17) else 100 for hour in range(24)]
    assert RushHours.read(text) == RushHours(tuple(percent))


def test_no_text_is_no_rush_hour() -> None:
    assert RushHours.read("") == RushHours.read(" ; ") == RushHours()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("7-9", "not written like 7-9 = 1.25"),
        ("seven-nine = 1.2", "not written like"),
        ("7-9 = 1,25", "not written like"),
        ("7:30-9 = 1.2", "not written like"),
        ("9-7 = 1.2", "from an earlier hour of the day to a later one"),
        ("20-25 = 1.2", "from an earlier hour"),
        ("7-9 = 0.5", "a factor from 1 to 3"),
        ("7-9 = 3.5", "a factor from 1 to 3"),
        ("7-9 = 1.2; 8-10 = 1.1", "“8-10 = 1.1” overlaps another rush hour"),
    ],
)
def test_what_is_no_rush_hour_is_told_plainly(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RushHours.read(text)


def square(low: float, high: float) -> tuple[LatLon, ...]:
    return (LatLon(low, low), LatLon(low, high), LatLon(high, high), LatLon(high, low))


def test_a_ring_inside_a_ring_is_a_hole_in_an_isochrone() -> None:
    isochrone = Isochrone(10, (square(0, 9), square(3, 6), square(20, 21)))
    assert [isochrone.contains(LatLon(lat, lon)) for lat, lon in ((1, 1), (4, 4), (7, 8), (20.5, 20.5), (10, 5))] == [
        *(True, False, True, True, False)
    ]
    assert not Isochrone(10, ()).contains(LatLon(0, 0))


def test_a_matched_track_sums_its_pieces_and_has_no_time_where_one_has_none() -> None:
    one = MatchedPiece((), 100, 10, ("Mill Road", "Elm Street"), 0, 3)
    two = MatchedPiece((), 50, 0, ("Elm Street",), 5, 6)
    timeless = MatchedPiece((), 7, None, (), 8, 9)
    assert (MatchedTrack((one, two), ()).metres, MatchedTrack((one, two), ()).seconds) == (150, 10)
    assert MatchedTrack((one, two), ()).streets == ("Mill Road", "Elm Street")
    assert MatchedTrack((one, timeless), ()).seconds is None
    assert MatchedTrack((), ()).seconds == 0


def test_rings_become_outlines_with_their_own_holes() -> None:
    def square(half: float, lon: float = 0.0) -> tuple[LatLon, ...]:
        return (LatLon(-half, lon - half), LatLon(-half, lon + half), LatLon(half, lon + half), LatLon(half, lon - half))

    island, lake, land, apart = square(0.1), square(0.3), square(0.5), square(0.2, lon=5.0)
    reached = Isochrone(10, (island, land, apart, lake))
    assert set(reached.polygons) == {(land, lake), (island,), (apart,)}
    assert [reached.contains(LatLon(0.0, lon)) for lon in (0.0, 0.2, 0.4, 5.0, 6.0)] == [True, False, True, True, False]
