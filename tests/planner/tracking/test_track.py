"""Where a track stayed, whatever the receiver made of it."""

import math
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, PostalAddress
from planner.model.tracking import Dwell, TrackPoint
from planner.tracking.track import between, clean, dwells, join_dwells

NINE = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
SHOP = LatLon(40.79, -77.86)


def off(place: LatLon, north_m: float, east_m: float = 0.0) -> LatLon:
    return LatLon(place.lat + north_m / 111_195, place.lon + east_m / 111_195 / math.cos(math.radians(place.lat)))


def at(seconds: float, place: LatLon) -> TrackPoint:
    return TrackPoint(place, NINE + timedelta(seconds=seconds))


def driving(begin_s: float, start: LatLon, metres: float, step_s: float = 5.0, speed: float = 14.0) -> Iterator[TrackPoint]:
    """North from a place."""
    return (at(begin_s + number * step_s, off(start, number * step_s * speed)) for number in range(int(metres / speed / step_s)))


def staying(
    begin_s: float, seconds: float, place: LatLon = SHOP, sigma_m: float = 15.0, step_s: float = 5.0, seed: int = 1
) -> Iterator[TrackPoint]:
    chance = random.Random(seed)
    return (
        at(begin_s + step, off(place, chance.gauss(0, sigma_m), chance.gauss(0, sigma_m))) for step in range(0, int(seconds), int(step_s))
    )


def day(stay_s: float = 1200, **more: float) -> list[TrackPoint]:
    """A drive of 3 km to the shop, a stay, and a drive on."""
    there = list(driving(0, off(SHOP, -3000), 3000))
    left = 215 + stay_s
    return [*there, *staying(215, stay_s, **more), *driving(left, SHOP, 3000)]


def minutes(dwell: Dwell) -> float:
    return (dwell.end - dwell.begin).total_seconds() / 60


@pytest.mark.parametrize("sigma_m", [0.0, 10.0, 15.0, 20.0])
@pytest.mark.parametrize("step_s", [1.0, 5.0, 30.0])
def test_a_stay_is_found_through_the_noise(sigma_m: float, step_s: float):
    (dwell,) = dwells(day(sigma_m=sigma_m, step_s=step_s))
    assert dwell.place.metres_to(SHOP) < 15
    assert minutes(dwell) == pytest.approx(20, abs=1 + step_s / 30)


def test_a_stay_of_less_than_five_minutes_is_none():
    assert dwells(day(stay_s=200)) == []
    assert dwells([]) == dwells([at(0, SHOP)]) == []


def test_a_receiver_that_slept_at_the_place_still_stayed():
    points = [point for point in day() if not 300 < (point.at - NINE).total_seconds() < 1300]
    (dwell,) = dwells(points)
    assert minutes(dwell) == pytest.approx(20, abs=1)


def test_a_receiver_that_woke_down_the_road_stayed_where_it_fell_asleep():
    points = [*driving(0, off(SHOP, -3000), 3000), at(215, SHOP), *driving(1500, off(SHOP, 180), 3000)]
    (dwell,) = dwells(points)
    assert dwell.place.metres_to(SHOP) < 80
    assert minutes(dwell) > 20


def test_minutes_without_points_while_driving_and_a_tunnel_are_no_stay():
    road = list(driving(0, SHOP, 12_000))
    assert dwells([point for point in road if not 200 < (point.at - NINE).total_seconds() < 600]) == []
    assert dwells([point for point in road if not 200 < (point.at - NINE).total_seconds() < 257]) == []


def test_a_receiver_astray_for_a_minute_does_not_end_the_stay():
    points = [at((p.at - NINE).total_seconds(), off(p.place, 130)) if 600 < (p.at - NINE).total_seconds() < 660 else p for p in day()]
    (dwell,) = dwells(points)
    assert minutes(dwell) == pytest.approx(20, abs=1)


def test_passing_by_again_is_no_part_of_the_stay():
    out = list(driving(0, off(SHOP, -3000), 3000))
    stay = list(staying(215, 600, sigma_m=5))
    around = [*driving(815, SHOP, 400), *(at(845 + step, off(SHOP, 400 - 14 * step)) for step in range(0, 60, 5))]
    (dwell,) = dwells([*out, *stay, *around, *(at(905 + step, off(SHOP, -400 - 14 * step)) for step in range(0, 300, 5))])
    assert (dwell.end - NINE).total_seconds() < 825


def test_two_places_a_walk_apart_are_two_stays():
    next_door = off(SHOP, 150)
    points = [*staying(0, 900, sigma_m=8), *staying(960, 900, next_door, sigma_m=8, seed=2)]
    found = dwells(points)
    assert len(found) == 2
    assert found[0].place.metres_to(SHOP) < 20
    assert found[1].place.metres_to(next_door) < 20


def test_the_stretches_between_stays_leave_no_drive_out():
    points = day()
    found = dwells(points)
    before, after = between(points, found)
    assert before[-1].at == found[0].begin
    assert after[0].at == found[0].end
    assert (before[0], after[-1]) == (points[0], points[-1])
    assert between(points, []) == [points]


def test_a_jump_faster_than_any_car_is_dropped_and_told():
    points = day()
    points[10] = TrackPoint(off(points[10].place, 50_000), points[10].at)
    kept, problems = clean(points)
    assert len(kept) == len(points) - 1
    assert problems == ["1 point is impossibly far from the one before (faster than 200 km/h), left out."]


def test_a_wrong_beginning_does_not_take_the_track_with_it():
    points = [at(-5, off(SHOP, 90_000)), *day()]
    kept, _problems = clean(points)
    assert kept == points[1:]


def test_order_and_repeated_moments_are_mended_and_told():
    points = day()
    mixed = [*points[20:40], *points[:20], *points[40:], points[50]]
    kept, problems = clean(mixed)
    assert kept == points
    assert [problem.split(":")[0] for problem in problems] == [
        "The track goes back in time 2 times",
        "1 point is of a moment that was there already, left out.",
    ]


@given(st.lists(st.tuples(st.integers(0, 5_000), st.floats(-3_000, 3_000), st.floats(-3_000, 3_000)), max_size=60))
def test_any_points_are_cleaned_into_an_order_that_can_be_and_stay_so(raw: list[tuple[int, float, float]]):
    points = [at(seconds, off(SHOP, north, east)) for seconds, north, east in raw]
    kept, problems = clean(points)
    assert set(kept) <= set(points)
    assert all(a.at < b.at for a, b in pairwise(kept))
    assert len(kept) == len({point.at for point in points}) or problems
    found = dwells(kept)
    assert all(0 <= dwell.first < dwell.last < len(kept) and dwell.end > dwell.begin for dwell in found)
    assert all(a.last <= b.first for a, b in pairwise(found))


def account(number: int, place: LatLon | None) -> Account:
    return Account(number, "", f"Shop {number}", AccountKind.CLIENT, PostalAddress(), place=place)


def joined(accounts: Sequence[Account], planned: Sequence[int] = (), bases: Sequence[LatLon] = ()) -> tuple[int | None, float]:
    stay = Dwell(SHOP, NINE, NINE + timedelta(minutes=10), 0, 1)
    ((_dwell, account_id, metres),) = join_dwells([stay], accounts, {date(2026, 11, 30): planned}, ZoneInfo("America/New_York"), bases)
    return account_id, metres


def test_a_stay_is_at_the_nearest_account_within_150_metres():
    near, nearer, far = account(1, off(SHOP, 90)), account(2, off(SHOP, 0, 70)), account(3, off(SHOP, 160))
    assert joined([near, nearer, far]) == (2, pytest.approx(70, abs=1))
    assert joined([far, account(4, None)]) == (None, float("inf"))


def test_of_several_at_one_spot_the_planned_one_is_meant():
    accounts = [account(1, off(SHOP, 20)), account(2, off(SHOP, 45)), account(3, off(SHOP, 140))]
    assert joined(accounts, planned=[2])[0] == 2
    assert joined(accounts, planned=[3])[0] == 1  # another spot
    assert joined(accounts)[0] == 1


def test_a_stay_at_home_is_no_visit_next_door():
    assert joined([account(1, off(SHOP, 60))], bases=[off(SHOP, 10)])[0] is None
    assert joined([account(1, off(SHOP, 60))], planned=[1], bases=[off(SHOP, 10)])[0] == 1


def test_two_stays_at_planned_neighbours_are_told_apart_by_the_order_of_the_plan():
    accounts = [account(1, off(SHOP, 20)), account(2, off(SHOP, 60))]
    stays = [Dwell(SHOP, NINE + timedelta(hours=h), NINE + timedelta(hours=h, minutes=10), h, h + 1) for h in range(2)]
    for order in ([1, 2], [2, 1]):
        found = join_dwells(stays, accounts, {date(2026, 11, 30): order})
        assert [account_id for _dwell, account_id, _metres in found] == order
    assert [account_id for _dwell, account_id, _metres in join_dwells(stays, accounts)] == [1, 1]
