import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.geocoding.coverage import all_outside, outside
from planner.model.places import Bounds, LatLon, Match, MatchQuality

BOUNDS = Bounds(40.0, -78.0, 41.0, -77.0)
TRIANGLE = (LatLon(40.0, -78.0), LatLon(40.0, -77.0), LatLon(41.0, -78.0))
CORNER = (LatLon(40.9, -77.1), LatLon(40.9, -77.0), LatLon(41.0, -77.0), LatLon(41.0, -77.1))


def at(lat, lon):
    return Match(LatLon(lat, lon), MatchQuality.ROOFTOP)


@pytest.mark.parametrize(
    ("lat", "lon", "outlines", "expected"),
    [
        (40.5, -77.5, (), False),
        (41.1, -77.5, (), True),
        (40.2, -77.9, (TRIANGLE,), False),
        (40.8, -77.2, (TRIANGLE,), True),
        (40.95, -77.05, (TRIANGLE, CORNER), False),
        (39.9, -77.9, (TRIANGLE,), True),
    ],
)
def test_a_place_is_outside_beyond_the_bounds_or_all_outlines(lat, lon, outlines, expected):
    assert outside(at(lat, lon), BOUNDS, outlines) is expected


def test_what_has_no_place_is_not_outside():
    assert not outside(Match(None, MatchQuality.NONE), BOUNDS)


corners = st.builds(LatLon, st.integers(398, 412).map(lambda tenths: tenths / 10), st.integers(-782, -768).map(lambda tenths: tenths / 10))
rings = st.lists(corners, min_size=3, max_size=8).map(tuple)


@given(st.lists(corners, max_size=30), st.lists(rings, max_size=3))
def test_many_places_are_judged_as_each_of_them(points, outlines):
    told = all_outside([point.lat for point in points], [point.lon for point in points], BOUNDS, outlines)
    assert told.tolist() == [outside(Match(point, MatchQuality.ROOFTOP), BOUNDS, outlines) for point in points]
