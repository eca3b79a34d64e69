import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.places import LatLon
from ui.map.camera import Camera, world_of
from ui.map.tools.points import Points

SPOTS = st.tuples(st.integers(0, 40), st.integers(0, 40))


def place(x, y):
    return LatLon(40 + y / 100, -77 + x / 100)


def inside_by_hand(point, ring):
    """A ray to the east crosses the line an odd number of times."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if min(y1, y2) <= y < max(y1, y2) and x < x1 + (y - y1) * ((x2 - x1) / (y2 - y1)):
            crossings += 1
    return crossings % 2 == 1


@given(st.lists(SPOTS, max_size=30), st.lists(SPOTS, min_size=3, max_size=12))
def test_inside_is_what_a_plain_recount_finds(spots, corners):
    places = [place(*spot) for spot in spots]
    ring = [world_of(place(x + 0.5, y + 0.25)) for x, y in corners]
    expected = {key for key, each in enumerate(places) if inside_by_hand(world_of(each), ring)}
    assert Points(enumerate(places)).inside(np.array(ring)) == expected


def test_the_hollow_of_an_area_is_not_inside():
    u_shape = [world_of(place(*spot)) for spot in ((0, 0), (30, 0), (30, 30), (20, 30), (20, 10), (10, 10), (10, 30), (0, 30))]
    points = Points([(1, place(5, 20)), (2, place(15, 20)), (3, place(25, 20)), (4, place(15, 5))])
    assert points.inside(np.array(u_shape)) == {1, 3, 4}


def test_two_corners_hold_nothing_and_no_accounts_are_in_nothing():
    ring = np.array([world_of(place(*spot)) for spot in ((0, 0), (30, 0), (30, 30))])
    assert Points([(1, place(20, 10))]).inside(ring[:2]) == frozenset()
    assert Points().inside(ring) == frozenset()


@given(st.lists(SPOTS, min_size=1, max_size=30), SPOTS, st.floats(0.5, 20))
def test_the_nearest_is_what_a_plain_recount_finds(spots, middle, radius):
    camera = Camera(*world_of(place(20, 20)), 9.0, 800, 600)
    points = Points(enumerate(place(*spot) for spot in spots))
    world = np.array([world_of(place(*spot)) for spot in spots])
    at = world_of(place(*middle))
    away = np.hypot(*(world - at).T) * camera.scale
    found = points.nearest(camera, camera.to_screen(*at), radius)
    if away.min() > radius:
        assert found is None
    else:
        assert found is not None
        assert np.hypot(*(np.array(found) - at)) * camera.scale == pytest.approx(away.min(), abs=1e-6)


def test_the_places_of_some_accounts_are_those_and_no_others():
    points = Points([(7, place(1, 2)), (8, place(3, 4)), (9, place(5, 6))])
    assert sorted(map(tuple, points.places(frozenset({7, 9, 99})).tolist())) == sorted([world_of(place(1, 2)), world_of(place(5, 6))])
    assert points.places(frozenset()).shape == (0, 2)
