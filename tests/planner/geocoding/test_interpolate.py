import pytest

from planner.geocoding.interpolate import beside_line, between, beyond, nearest_on_line
from planner.model.places import LatLon


def houses(*numbers):
    """Houses along a parallel, 0.0001 degrees a number; odd ones 0.0002 degrees further north."""
    return [(number, LatLon(40.0 + 0.0002 * (number % 2), -77.0 + 0.0001 * number)) for number in numbers]


def test_a_number_lies_in_proportion_between_its_neighbours():
    spot = between(14, houses(10, 20))
    assert (spot.low, spot.high, spot.where) == (10, 20, "between 10 and 20")
    assert spot.point.metres_to(LatLon(40.0, -76.9986)) < 0.1


def test_neighbours_on_the_same_side_of_the_street_are_preferred():
    assert between(14, houses(12, 13, 15, 16)).where == "between 12 and 16"
    assert between(14, houses(8, 13, 15, 20)).where == "between 13 and 15"


def test_next_to_the_last_house_is_its_place():
    spot = between(24, houses(10, 20))
    assert (spot.where, spot.beside) == ("next to 20", True)
    assert between(40, houses(10, 20)) is None


def test_past_the_last_house_the_street_goes_on_as_before():
    spot = beyond(40, houses(10, 16, 20))
    assert spot.where == "beyond 20"
    assert spot.point.metres_to(LatLon(40.0, -76.996)) < 1
    back = beyond(100, houses(120, 130, 140))
    assert back.where == "beyond 120"
    assert back.point.metres_to(LatLon(40.0, -76.99)) < 1


@pytest.mark.parametrize(("asked", "known"), [(1000, (10, 20)), (40, (20,)), (40, ()), (300, (20, 160))])
def test_a_leap_past_the_last_house_is_no_guess(asked, known):
    assert beyond(asked, houses(*known)) is None


def test_a_guess_beside_the_street_is_brought_to_its_line():
    line = [(40.0, -77.0), (40.0, -76.99)]
    assert beside_line(LatLon(40.01, -76.995), [line]).metres_to(LatLon(40.0, -76.995)) < 0.1
    near = LatLon(40.0002, -76.995)
    assert beside_line(near, [line]) == near
    assert beside_line(near, []) == near


def test_the_nearest_point_of_a_line_may_be_its_end():
    assert nearest_on_line(LatLon(40.0, -76.0), [(40.0, -77.0), (40.0, -76.99)]) == LatLon(40.0, -76.99)
