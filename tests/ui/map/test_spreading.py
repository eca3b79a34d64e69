import time
from itertools import combinations

import numpy as np
import pytest

from planner.model.places import LatLon, NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import Camera, world_of
from ui.map.routes import DayRoute, RouteSet, RouteStop
from ui.map.spreading import spread

SCALE = 1_000_000.0
APART = 25.0


def spots(*pixels):
    return tuple((0.3 + x / SCALE, 0.4 + y / SCALE) for x, y in pixels)


def marks(pixels, fixed=()):
    return np.array(pixels) + np.array(spread(spots(*pixels), spots(*fixed), SCALE, APART))


def nearest(placed):
    return min(np.hypot(*(one - other)) for one, other in combinations(placed, 2))


def test_marks_in_nobodys_way_stay_where_they_are():
    assert spread(spots((0, 0), (40, 0)), (), SCALE, APART) == ((0, 0), (0, 0))
    assert spread((), (), SCALE, APART) == ()


@pytest.mark.parametrize("pixels", [[(0, 0), (6, 2)], [(0, 0)] * 2, [(0, 0)] * 9, [(3 * n, n % 2) for n in range(12)]])
def test_marks_that_would_hide_each_other_part(pixels):
    placed = marks(pixels)
    assert nearest(placed) > APART - 3
    assert np.hypot(*(placed - pixels).T).max() < 80


def test_what_does_not_move_is_given_way_to():
    placed = marks([(0, 0)], fixed=[(4, 0)])
    assert np.hypot(*(placed[0] - (4, 0))) > APART - 2


def test_the_same_marks_part_in_the_same_way():
    pixels = [(0, 0), (5, 5), (5, 5), (1, 9)]
    assert (marks(pixels) == marks(pixels)).all()


def test_a_stop_is_found_where_its_mark_is():
    place, home = LatLon(40.80, -77.85), NamedPlace("Home", LatLon(40.79, -77.86))
    stops = tuple(RouteStop(n, n, place, VisitKind.CARE, f"Stop {n}") for n in (1, 2, 3))
    day, camera = DayRoute(0, "Tue 1", stops, home, home), Camera(*world_of(place), 14, 800, 600)
    routes = RouteSet([day])
    shown = routes.spots(day, camera)
    assert all(where == pytest.approx((400, 300)) for where, _ in shown)
    assert [routes.stop_at(0, camera, *mark).number for _, mark in shown] == [1, 2, 3]


def test_a_day_of_stops_is_parted_within_a_frame():
    chance = np.random.default_rng(2)
    many = tuple(map(tuple, chance.uniform(0.3, 0.30005, (20, 2)).tolist()))
    begun = time.perf_counter()
    spread(many, (), SCALE + 1, APART)
    assert time.perf_counter() - begun < 0.1
