import numpy as np
import pytest
import shapely

from planner.roads.basemap.lakes import lake_polygons
from planner.roads.basemap.shores import Land

FRAME = (0.25, 0.25, 0.26, 0.26)  # left, top, right, bottom; y runs down


def at(*points):
    return shapely.LineString([(0.25 + x / 1000, 0.25 + y / 1000) for x, y in points])


def lines(*several):
    return np.array([at(*one) for one in several], object)


def grid(*boxes):
    """Roads that run across boxes given as (left, top, right, bottom)."""
    return Land(np.array([at((x, top), (x, bottom)) for left, top, right, bottom in boxes for x in np.linspace(left, right, 12)], object))


def is_water(polygons, x, y):
    return any(polygon.contains(shapely.Point(0.25 + x / 1000, 0.25 + y / 1000)) for polygon in polygons)


def test_a_lake_cut_by_the_edge_is_closed_along_it():
    shore = lines([(11, 3), (6, 3), (6, 7), (11, 7)])
    water = lake_polygons(shore, FRAME, grid((0, 0, 5, 10)))
    assert is_water(water, 8, 5)
    assert not is_water(water, 3, 5)
    assert sum(shapely.area(water)) == pytest.approx(16e-6)


def test_a_river_through_the_extract_lies_between_its_banks():
    banks = lines([(-1, 4), (5, 4), (11, 4)], [(-1, 6), (11, 6)])
    water = lake_polygons(banks, FRAME, grid((0, 0, 10, 3), (0, 7, 10, 10)))
    assert [is_water(water, 5, y) for y in (2, 5, 8)] == [False, True, False]


def test_an_island_in_the_river_is_land():
    banks = lines([(-1, 3), (11, 3)], [(-1, 7), (11, 7)], [(4, 4), (6, 4), (6, 6), (4, 6), (4, 4)])
    water = lake_polygons(banks, FRAME, grid((0, 0, 10, 2), (0, 8, 10, 10)))
    assert [is_water(water, x, 5) for x in (2, 5, 8)] == [True, False, True]


def test_banks_that_end_before_the_edge_are_joined_across_the_river():
    banks = lines([(1, 4), (11, 4)], [(1, 6), (11, 6)])
    water = lake_polygons(banks, FRAME, grid((0, 0, 10, 3), (0, 7, 10, 10)))
    assert is_water(water, 5, 5)
    assert not is_water(water, 5, 2)


def test_a_shore_with_roads_on_both_sides_is_left_open():
    assert lake_polygons(lines([(-1, 4), (11, 4)]), FRAME, grid((0, 0, 10, 3), (0, 5, 10, 10))) == []


def test_without_roads_nobody_knows_where_the_water_is():
    assert lake_polygons(lines([(11, 3), (6, 3), (6, 7), (11, 7)]), FRAME, Land(np.empty(0, object))) == []


def test_the_water_is_where_the_roads_are_not_however_large_it_is():
    water = lake_polygons(lines([(2, -1), (2, 11)]), FRAME, grid((0, 0, 1.8, 10)))
    assert is_water(water, 6, 5)
    assert not is_water(water, 1, 5)
