from hypothesis import given
from hypothesis import strategies as st

from planner.model.grid import CELL_DEGREES, cell_of, cells_along, cells_around, square_of, squares_around
from planner.model.places import LatLon

LATS, LONS = st.floats(-70, 70), st.floats(-179, 179)


@given(LATS, LONS, st.floats(-1, 1), st.floats(-1, 1))
def test_every_point_within_reach_is_in_one_of_the_squares_around(lat, lon, down, right):
    other = LatLon(lat + down * 0.004, lon + right * 0.004)
    reach_m = LatLon(lat, lon).metres_to(other) + 1
    assert cell_of(other.lat, other.lon) in cells_around(lat, lon, reach_m)


def test_the_squares_around_are_few():
    assert len(cells_around(40.8, -77.86, 150)) <= 9


@given(LATS, LONS, st.floats(-0.02, 0.02), st.floats(-0.02, 0.02), st.floats(0, 1))
def test_no_point_of_a_line_is_more_than_half_a_square_from_its_squares(lat, lon, down, right, share):
    line = [(lat, lon), (lat + down, lon + right)]
    at = (lat + down * share, lon + right * share)
    nearby = {cell_of(at[0] + up * CELL_DEGREES / 2, at[1] + aside * CELL_DEGREES / 2) for up in (-1, 0, 1) for aside in (-1, 0, 1)}
    assert nearby & cells_along(line)


def test_a_point_is_in_the_first_of_the_large_squares_around_it_or_its_neighbours():
    assert square_of(40.8, -77.86) in squares_around(40.8, -77.86)
    assert len(set(squares_around(40.8, -77.86))) == 9
    assert square_of(40.8, -77.6) in squares_around(40.8, -77.86)
