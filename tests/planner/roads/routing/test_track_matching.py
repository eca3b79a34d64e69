"""Recorded tracks on the roads: true drives over State College, sampled and blurred, found again; and tracks with gaps and strays."""

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import gpxpy.gpx
import pytest

from planner.imports.gpx import read_gpx
from planner.model.places import LatLon
from planner.model.travel import TrackPoint
from planner.progress import silent
from planner.roads.routing import track_matching
from planner.roads.routing.engine import Engine

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def between(a: LatLon, b: LatLon, share: float) -> LatLon:
    return LatLon(a.lat + share * (b.lat - a.lat), a.lon + share * (b.lon - a.lon))


def every(shape: Sequence[LatLon], step_m: float) -> list[LatLon]:
    """Places along a shape, so many metres apart."""
    places, ahead = [], 0.0
    for a, b in pairwise(shape):
        length = a.metres_to(b)
        while ahead < length:
            places.append(between(a, b, ahead / length))
            ahead += step_m
        ahead -= length
    return places


def blurred(places: Sequence[LatLon], noise_m: float, chance: random.Random) -> list[LatLon]:
    """The places as a receiver sees them: wrong by so many metres, in any direction."""
    seen = []
    for place in places:
        angle, metres = chance.uniform(0, 2 * math.pi), chance.uniform(5, noise_m)
        narrow = math.cos(math.radians(place.lat))
        seen.append(LatLon(place.lat + metres * math.sin(angle) / 111_195, place.lon + metres * math.cos(angle) / 111_195 / narrow))
    return seen


def recorded(places: Sequence[LatLon], every_s: float = 5) -> list[TrackPoint]:
    return [TrackPoint(place, NINE + timedelta(seconds=every_s * index)) for index, place in enumerate(places)]


def drive(engine: Engine, stops: Sequence[LatLon], chance: random.Random) -> tuple[list[TrackPoint], list[LatLon], int]:
    """What a receiver records of a drive once in 5 s, the true shape and its metres."""
    route = engine.route(stops)
    shape = [corner for leg in route.legs for corner in leg.shape]
    return recorded(blurred(every(shape, route.metres / route.seconds * 5), 8, chance)), shape, route.metres


def share_near(places: Sequence[LatLon], shapes: Sequence[Sequence[LatLon]], metres: float) -> float:
    """The share of places that lie so near to one of the shapes."""
    spots = [spot for shape in shapes for spot in every(shape, metres / 2)]
    cells: dict[tuple[int, int], list[LatLon]] = {}
    for spot in spots:
        cells.setdefault((int(spot.lat * 5000), int(spot.lon * 5000)), []).append(spot)

    def near(place: LatLon) -> bool:
        lat, lon = int(place.lat * 5000), int(place.lon * 5000)
        around = (spot for a in (-1, 0, 1) for b in (-1, 0, 1) for spot in cells.get((lat + a, lon + b), ()))
        return any(spot.metres_to(place) <= metres for spot in around)

    return sum(map(near, places)) / len(places)


@pytest.mark.parametrize("seed", range(6))
def test_a_recorded_drive_is_found_again_out_of_its_gpx_file(college: Engine, accounts: list[LatLon], tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    track, shape, metres = drive(college, chance.sample(accounts, 2), chance)
    gpx = gpxpy.gpx.GPX()
    gpx.tracks.append(gpxpy.gpx.GPXTrack("Drive"))
    gpx.tracks[0].segments.append(
        gpxpy.gpx.GPXTrackSegment([gpxpy.gpx.GPXTrackPoint(p.place.lat, p.place.lon, time=p.time) for p in track])
    )
    (tmp_path / "drive.gpx").write_text(gpx.to_xml(), encoding="utf-8")
    (read,) = read_gpx(tmp_path / "drive.gpx")
    matched = college.match_track(read.points)
    assert matched.off_road == ()
    assert len(matched.pieces) == 1
    assert matched.metres == pytest.approx(metres, rel=0.03)
    assert share_near(every(shape, 10), [piece.shape for piece in matched.pieces], 4) >= 0.95
    assert matched.seconds == 5 * (len(track) - 1)


def test_a_day_of_many_calls_is_one_piece_as_if_it_were_one_call(
    college: Engine, accounts: list[LatLon], monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(4)
    track, shape, metres = drive(college, chance.sample(accounts, 4), chance)
    assert len(track) > 300
    at_once = college.match_track(track)
    monkeypatch.setattr(track_matching, "_POINTS_A_CALL", 60)
    in_calls = college.match_track(track)
    assert [(piece.first, piece.last) for piece in in_calls.pieces] == [(piece.first, piece.last) for piece in at_once.pieces]
    assert in_calls.metres == pytest.approx(at_once.metres, rel=0.01)
    assert in_calls.metres == pytest.approx(metres, rel=0.03)
    assert share_near(every(shape, 50), [piece.shape for piece in in_calls.pieces], 4) >= 0.95
    assert in_calls.off_road == at_once.off_road
    monkeypatch.setattr(track_matching, "_METRES_A_CALL", 6000)
    assert college.match_track(track).metres == pytest.approx(metres, rel=0.03)


def test_streets_are_told_in_the_order_they_were_driven(college: Engine) -> None:
    start, end = LatLon(40.7917, -77.8662), LatLon(40.8003, -77.8522)
    track, _, _ = drive(college, [start, end], random.Random(1))
    told = [name for maneuver in college.route([start, end]).legs[0].maneuvers for name in maneuver.streets[:1]]
    matched = college.match_track(track).streets
    assert [name for name in matched if name in told] == [name for name in told if name in matched]
    assert len(set(told) & set(matched)) >= 2


def test_a_rest_and_a_jump_each_begin_a_new_piece(college: Engine, accounts: list[LatLon]) -> None:
    chance = random.Random(9)
    first, _, one_m = drive(college, chance.sample(accounts, 2), chance)
    second, _, other_m = drive(college, chance.sample(accounts, 2), chance)
    assert first[-1].place.metres_to(second[0].place) > 2000
    jump = [*first, *second]
    late = [TrackPoint(point.place, point.time + timedelta(hours=1)) for point in first[len(first) // 2 :] if point.time]
    rest = [*first[: len(first) // 2], *late]
    assert [(piece.first, piece.last) for piece in college.match_track(jump).pieces] == [
        (0, len(first) - 1),
        (len(first), len(jump) - 1),
    ]
    assert college.match_track(jump).metres == pytest.approx(one_m + other_m, rel=0.03)
    assert len(college.match_track(rest).pieces) == 2
    assert (college.match_track(rest).seconds or 0) < 5 * len(rest)


def test_strays_are_listed_and_the_way_goes_on_under_them(college: Engine) -> None:
    track, _, metres = drive(college, [LatLon(40.7917, -77.8662), LatLon(40.7400, -77.8500)], random.Random(12))
    moved = {at: place for at in range(5, len(track) - 5) if (place := _beside(college, track[at].place))}
    stray = next(at for at in moved if at + 1 in moved and at + 2 in moved)
    for wide in (1, 3):
        strayed = [*track[:stray], *[TrackPoint(moved[at], track[at].time) for at in range(stray, stray + wide)], *track[stray + wide :]]
        matched = college.match_track(strayed)
        assert matched.off_road == tuple(range(stray, stray + wide))
        assert [(piece.first, piece.last) for piece in matched.pieces] == [(0, len(track) - 1)]
        assert matched.metres == pytest.approx(metres, rel=0.03)


def _beside(engine: Engine, place: LatLon) -> LatLon | None:
    """The nearest place to the north, within a kilometre, that is farther than 80 m from every road."""
    places = [LatLon(place.lat + step * 0.0005, place.lon) for step in range(1, 18)]
    return next((found for found, snap in zip(places, engine.snap(places, 80), strict=True) if not snap.point), None)


def test_a_track_off_all_roads_has_no_piece(college: Engine) -> None:
    ridge = [TrackPoint(LatLon(40.7400 + step * 1e-4, -77.9000)) for step in range(10)]
    assert all(snap.point is None for snap in college.snap([point.place for point in ridge], 60))
    matched = college.match_track(ridge)
    assert (matched.pieces, matched.off_road, matched.metres) == ((), tuple(range(10)), 0)


def test_a_track_of_nothing_of_one_point_and_of_a_car_that_stands(college: Engine, accounts: list[LatLon]) -> None:
    (snap,) = college.snap(accounts[:1])
    assert snap.point is not None
    here = TrackPoint(snap.point)
    assert college.match_track([]).pieces == ()
    assert (college.match_track([here]).pieces, college.match_track([here]).off_road) == ((), ())
    standing = college.match_track([TrackPoint(place) for place in blurred([snap.point] * 50, 8, random.Random(2))])
    assert standing.metres < 150
    assert standing.seconds is None


def test_a_point_that_noise_puts_up_a_side_road_does_not_send_the_way_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody drives 400 m in the two seconds between three points 20 m apart; an excursion with the time for it stays."""
    north = [LatLon(40.0 + metres / 111_195, -77.0) for metres in (0, 20, 40)]
    spur = LatLon(north[1].lat, -77.0 + 200 / 111_195 / math.cos(math.radians(40.0)))
    asked: list[int] = []
    monkeypatch.setattr(track_matching, "points", tuple)

    def ask(places: Sequence[LatLon], _report: object) -> dict[str, object]:
        asked.append(len(places))
        strayed = len(places) == 3
        shape = [north[0], north[1], spur, north[1], north[2]] if strayed else [north[0], north[2]]
        on = [north[0], spur, north[2]] if strayed else [north[0], north[2]]
        edges = [{"begin_shape_index": at, "end_shape_index": at + 1} for at in range(len(shape) - 1)]
        matched = [{"lat": p.lat, "lon": p.lon, "edge_index": shape.index(p) and shape.index(p) - 1} for p in on]
        return {"shape": shape, "edges": edges, "matched_points": matched}

    for every_s, calls, metres in ((1, [3, 2], 40), (60, [3], 440)):
        asked.clear()
        matched = track_matching.match_track(recorded(north, every_s), ask, silent)
        assert asked == calls
        assert matched.metres == pytest.approx(metres, abs=2)
