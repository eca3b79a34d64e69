from itertools import pairwise

import numpy as np
import pytest
import shapely

from planner.roads.basemap.sea import sea_polygons

FRAME = (0.25, 0.25, 0.26, 0.26)  # left, top, right, bottom; y runs down
MIDDLE = 0.255


def coast(*lines):
    return np.array([shapely.LineString(line) for line in lines], object)


def is_sea(polygons, x, y):
    return any(polygon.contains(shapely.Point(x, y)) for polygon in polygons)


def test_without_a_coast_there_is_no_sea():
    assert sea_polygons(coast(), FRAME) == []
    assert sea_polygons(coast([(0.5, 0.5), (0.6, 0.6)]), FRAME) == []


@pytest.mark.parametrize(("line", "east_is_sea"), [([(MIDDLE, 0.27), (MIDDLE, 0.24)], True), ([(MIDDLE, 0.24), (MIDDLE, 0.27)], False)])
def test_the_sea_is_on_the_right_of_the_coast(line, east_is_sea):
    sea = sea_polygons(coast(line), FRAME)
    assert is_sea(sea, 0.258, 0.252) is east_is_sea
    assert is_sea(sea, 0.252, 0.252) is not east_is_sea


def test_an_island_is_land_in_the_sea_and_a_lagoon_ring_is_sea_in_land():
    around = [(0.254, 0.254), (0.254, 0.256), (0.256, 0.256), (0.256, 0.254), (0.254, 0.254)]
    island = sea_polygons(coast(around), FRAME)
    assert (is_sea(island, 0.255, 0.255), is_sea(island, 0.252, 0.252)) == (False, True)
    lagoon = sea_polygons(coast(around[::-1]), FRAME)
    assert (is_sea(lagoon, 0.255, 0.255), is_sea(lagoon, 0.252, 0.252)) == (True, False)


def test_a_coast_that_ends_before_the_frame_is_closed_to_it():
    sea = sea_polygons(coast([(MIDDLE, 0.259), (MIDDLE, 0.251)]), FRAME)
    assert is_sea(sea, 0.258, 0.255)
    assert not is_sea(sea, 0.252, 0.255)
    assert sum(shapely.area(sea)) == pytest.approx(0.005 * 0.01)


def test_a_coast_in_many_pieces_is_joined():
    ys = np.linspace(0.27, 0.24, 40)
    pieces = [[(MIDDLE, a), (MIDDLE, b)] for a, b in pairwise(ys)]
    sea = sea_polygons(coast(*pieces), FRAME)
    assert sum(shapely.area(sea)) == pytest.approx(0.005 * 0.01)


def test_one_piece_drawn_the_wrong_way_does_not_flood_the_land():
    ys = np.linspace(0.27, 0.24, 10)
    pieces = [[(MIDDLE, a), (MIDDLE, b)] for a, b in pairwise(ys)]
    pieces[5].reverse()
    sea = sea_polygons(coast(*pieces), FRAME)
    assert is_sea(sea, 0.258, 0.255)
    assert not is_sea(sea, 0.252, 0.255)
