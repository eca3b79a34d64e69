"""How far recorded drives were: days over State College with noise, gaps and a tunnel, and drives that no road explains."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from driven_track import DrivenTrack, driven_track

from planner.errors import PackProblem
from planner.model.accounts import Account, AccountKind
from planner.model.packs import RoadPack
from planner.model.places import LatLon, PostalAddress
from planner.model.tracking import Dwell
from planner.model.travel import TrackPoint
from planner.roads.routing.driven import Measured, driven_metres
from planner.roads.routing.engine import Engine
from planner.tracking.track import between, clean, dwells, join_dwells

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SEEDS = range(20)


@pytest.fixture(scope="module")
def shops(accounts: list[LatLon]) -> list[Account]:
    return [
        Account(number, "", f"Shop {number}", AccountKind.CLIENT, PostalAddress(), place=place) for number, place in enumerate(accounts)
    ]


@pytest.fixture(scope="module")
def days(college: Engine, shops: list[Account]) -> list[tuple[DrivenTrack, list[int], list[Dwell], float]]:
    """Recorded days between seven accounts: the truth, the accounts stayed at, the stays found, and the metres found."""
    told = []
    for seed in SEEDS:
        some = random.Random(seed).sample(shops, 7)
        track = driven_track(college.route([account.place for account in some if account.place]), seed)
        points, problems = clean(track.points)
        assert problems == []
        found = dwells(points)
        stretches = between(points, found)
        driven = [driven_metres(college, [TrackPoint(point.place, point.at) for point in stretch]) for stretch in stretches]
        told.append((track, [account.id for account in some[1:-1]], found, sum(each.metres for each in driven)))
    return told


def test_the_miles_of_a_recorded_day_are_within_two_percent(days: list[tuple[DrivenTrack, list[int], list[Dwell], float]]):
    off = [abs(metres / track.metres - 1) for track, _stayed, _found, metres in days]
    assert max(off) <= 0.02
    assert sum(off) / len(off) <= 0.01


@pytest.mark.parametrize("plan_known", [True, False])
def test_the_stays_are_at_the_accounts_they_were_at(
    days: list[tuple[DrivenTrack, list[int], list[Dwell], float]], shops: list[Account], plan_known: bool
):
    """Of a thousand accounts many share a car park, so that only the plan knows which one of them it was."""
    right = total = wrong = 0
    for track, stayed, found, _metres in days:
        planned = {track.points[0].at.date(): stayed if plan_known else ()}
        joined = join_dwells(found, shops, planned)
        for (begin, end), account_id in zip(track.stays, stayed, strict=True):
            there = [joined_id for dwell, joined_id, _off in joined if dwell.begin < end and begin < dwell.end]
            right, total = right + (account_id in there), total + 1
        wrong += len(found) > len(track.stays)
    assert right / total >= (0.95 if plan_known else 0.8)
    assert wrong == 0


def recorded(*places: LatLon, every_s: float = 5) -> list[TrackPoint]:
    return [TrackPoint(place, NINE + timedelta(seconds=every_s * number)) for number, place in enumerate(places)]


def along(a: LatLon, b: LatLon, count: int) -> list[LatLon]:
    return [LatLon(a.lat + (b.lat - a.lat) * at / count, a.lon + (b.lon - a.lon) * at / count) for at in range(count + 1)]


@pytest.fixture(scope="module")
def engine(town_pack: RoadPack) -> Iterator[Engine]:
    with Engine(town_pack) as opened:
        opened.snap([LatLon(40.8, -77.9)])
        yield opened


def test_a_drive_along_a_street_is_laid_onto_it(engine: Engine, corner: Callable[..., LatLon]):
    a, b = corner(0, 0), corner(0, 3)
    driven = driven_metres(engine, recorded(*along(a, b, 40)))
    assert (driven.how, driven.bridged_m) == (Measured.MATCHED, 0)
    assert driven.metres == pytest.approx(a.metres_to(b), rel=0.02)
    assert driven.shape[0].metres_to(a) < 15


def test_a_hole_is_bridged_by_the_way_of_the_engine(engine: Engine, corner: Callable[..., LatLon]):
    a, b = corner(0, 0), corner(3, 3)
    route = engine.route((a, b))
    driven = driven_metres(engine, recorded(a, b, every_s=route.seconds))
    assert (driven.how, driven.metres) == (Measured.ROUTE, pytest.approx(route.metres, rel=0.02))


def test_off_the_roads_the_points_are_all_there_is(engine: Engine, corner: Callable[..., LatLon]):
    far = corner(0, 0).lat + 0.5
    places = along(LatLon(far, corner(0, 0).lon), LatLon(far + 0.02, corner(0, 0).lon), 30)
    driven = driven_metres(engine, recorded(*places))
    assert (driven.how, driven.bridged_m) == (Measured.POINTS, driven.metres)
    assert driven.metres == pytest.approx(places[0].metres_to(places[-1]), rel=0.01)
    with pytest.raises(PackProblem):
        engine.route((places[0], places[-1]))


def test_a_way_that_nobody_could_have_driven_in_the_time_is_not_believed(
    engine: Engine, corner: Callable[..., LatLon], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("planner.roads.routing.driven._SPARE_S", 0.0)
    a, b = corner(0, 0), corner(3, 3)
    driven = driven_metres(engine, recorded(a, b, every_s=5))
    assert (driven.how, driven.metres) == (Measured.POINTS, pytest.approx(a.metres_to(b), abs=2))


def test_one_point_or_none_is_no_drive(engine: Engine, corner: Callable[..., LatLon]):
    assert driven_metres(engine, []).metres == driven_metres(engine, recorded(corner(0, 0))).metres == 0
