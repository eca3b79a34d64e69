"""What a receiver records of a day of driving over a known route: the truth it was made from stays beside it.

Noise is drawn anew for each point; the way, the stays and the holes are those of the seed.
"""

import math
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

import gpxpy.gpx

from planner.model.places import LatLon
from planner.model.tracking import TrackPoint
from planner.model.travel import Route
from planner.values import Struct

NINE = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)  # in Pennsylvania


class Habits(Struct, frozen=True):
    """How a receiver records: noise in metres (one sigma, each way), a point in so many seconds, and what it misses."""

    sigma_m: float = 8.0
    every_s: tuple[float, float] = (1.0, 5.0)
    stay_min: tuple[int, int] = (5, 45)
    tunnel_m: float = 800.0
    gap_s: tuple[int, int] = (120, 300)
    gaps_driving: int = 1
    gaps_staying: int = 1


USUAL = Habits()


class DrivenTrack(Struct, frozen=True):
    """The recorded points, and the truth: metres of each leg, and from when to when she was at the end of each but the last."""

    points: list[TrackPoint]
    leg_metres: list[int]
    stays: list[tuple[datetime, datetime]]

    @property
    def metres(self) -> int:
        return sum(self.leg_metres)


def driven_track(route: Route, seed: int, habits: Habits = USUAL, begin: datetime = NINE) -> DrivenTrack:
    """Drive a route at the pace of the engine, stay between its legs, and record it."""
    chance = random.Random(seed)
    step_s = chance.uniform(*habits.every_s)
    exact: list[tuple[datetime, LatLon, bool]] = []  # when, where, whether driving
    stays, now = [], begin
    for number, leg in enumerate(route.legs):
        if number:
            minutes = chance.randint(*habits.stay_min)
            until = now + timedelta(minutes=minutes, seconds=20)
            stays.append((now, until))
            exact += [(now + timedelta(seconds=at), leg.shape[0], False) for at in _steps(minutes * 60 + 20, step_s)]
            now = until
        exact += [(now + timedelta(seconds=at), place, True) for at, place in _driving(leg.shape, leg.metres, leg.seconds, step_s)]
        now += timedelta(seconds=leg.seconds)
    holes = [*_tunnels(exact, habits, chance), *_gaps(exact, habits, chance)]
    seen = [(at, place) for at, place, _driving_ in exact if not any(a < at < b for a, b in holes)]
    return DrivenTrack(
        [TrackPoint(_blurred(place, habits.sigma_m, chance), at) for at, place in seen], [leg.metres for leg in route.legs], stays
    )


def write_gpx(path: Path, points: Sequence[TrackPoint]) -> Path:
    """Write recorded points as a GPX file of one track."""
    gpx = gpxpy.gpx.GPX()
    gpx.tracks.append(gpxpy.gpx.GPXTrack("Day"))
    written = [gpxpy.gpx.GPXTrackPoint(point.place.lat, point.place.lon, time=point.at) for point in points]
    gpx.tracks[0].segments.append(gpxpy.gpx.GPXTrackSegment(written))
    path.write_text(gpx.to_xml(), encoding="utf-8")
    return path


def _steps(seconds: float, step_s: float) -> Iterator[float]:
    return (number * step_s for number in range(int(seconds / step_s) + 1))


def _driving(shape: Sequence[LatLon], metres: int, seconds: int, step_s: float) -> Iterator[tuple[float, LatLon]]:
    """Where she is every so many seconds along a shape, at one pace."""
    along = [0.0, *accumulate(a.metres_to(b) for a, b in pairwise(shape))]
    corner = 0
    for at in _steps(seconds, step_s):
        ahead = along[-1] * at / max(1, seconds)
        while corner + 2 < len(along) and along[corner + 1] < ahead:
            corner += 1
        length = along[corner + 1] - along[corner]
        share = min(1.0, (ahead - along[corner]) / length) if length else 0.0
        a, b = shape[corner], shape[corner + 1]
        yield at, LatLon(a.lat + share * (b.lat - a.lat), a.lon + share * (b.lon - a.lon))


def _tunnels(exact: Sequence[tuple[datetime, LatLon, bool]], habits: Habits, chance: random.Random) -> Iterator[tuple[datetime, datetime]]:
    """One stretch of driving so many metres long in which nothing is received."""
    if not habits.tunnel_m:
        return
    begin = chance.randrange(len(exact) // 4, len(exact) // 2)
    while not exact[begin][2]:
        begin += 1
    passed, end = 0.0, begin
    while passed < habits.tunnel_m and end + 1 < len(exact) and exact[end + 1][2]:
        passed += exact[end][1].metres_to(exact[end + 1][1])
        end += 1
    yield exact[begin][0], exact[end][0]


def _gaps(exact: Sequence[tuple[datetime, LatLon, bool]], habits: Habits, chance: random.Random) -> Iterator[tuple[datetime, datetime]]:
    for count, driving in ((habits.gaps_driving, True), (habits.gaps_staying, False)):
        late = exact[-1][0] - timedelta(seconds=habits.gap_s[1] + 60)  # a recording that ends early is another matter
        places = [at for at, _place, drives in exact if drives is driving and exact[0][0] < at < late]
        for _gap in range(count if places else 0):
            begin = chance.choice(places)
            yield begin, begin + timedelta(seconds=chance.uniform(*habits.gap_s))


def _blurred(place: LatLon, sigma_m: float, chance: random.Random) -> LatLon:
    north, east = chance.gauss(0, sigma_m), chance.gauss(0, sigma_m)
    return LatLon(place.lat + north / 111_195, place.lon + east / 111_195 / math.cos(math.radians(place.lat)))
