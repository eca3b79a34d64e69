import numpy as np
import shapely

from planner.roads.basemap.shores import NO_LAND, Land, closed_shores

FRAME = (0.0, 0.0, 10.0, 10.0)


def lines(*several):
    return np.array([shapely.LineString(one) for one in several], object)


def areas(shores):
    return sorted(round(float(area), 6) for area in shapely.area(shores.faces))


def test_no_line_in_the_outline_makes_no_shores():
    assert closed_shores(lines(), FRAME, NO_LAND) is None
    assert closed_shores(lines([(20, 20), (30, 30)]), FRAME, NO_LAND) is None


def test_a_loose_end_is_led_to_the_nearest_edge():
    shores = closed_shores(lines([(4, -1), (4, 8)]), FRAME, NO_LAND)
    assert areas(shores) == [40, 60]


def test_a_gap_is_joined_rather_than_led_to_the_edge_twice():
    shores = closed_shores(lines([(5, 0), (5, 4)], [(5, 6), (5, 10)]), FRAME, NO_LAND)
    assert areas(shores) == [50, 50]


def test_an_open_ring_is_closed_across_its_gap():
    shores = closed_shores(lines([(4, 6), (4, 4), (6, 4), (6, 6)]), FRAME, NO_LAND)
    assert areas(shores) == [4, 96]


def test_a_closing_goes_round_the_roads():
    roads = np.array([shapely.LineString([(x, 8.5), (x, 9.5)]) for x in np.linspace(3, 5, 30)] * 2, object)
    roads = np.concatenate((roads, lines(*([(3, y), (5, y)] for y in np.linspace(8.2, 9.8, 20)))))
    free = closed_shores(lines([(4, -1), (4, 8)]), FRAME, NO_LAND)
    guided = closed_shores(lines([(4, -1), (4, 8)]), FRAME, Land(roads))
    assert areas(free) == [40, 60]
    assert areas(guided) == [32, 68]  # to the left edge instead


def test_roads_are_counted_in_the_face_of_their_middle():
    shores = closed_shores(lines([(4, 0), (4, 10)]), FRAME, NO_LAND)
    left, right = np.argsort(shapely.get_x(shapely.centroid(shores.faces)))
    found = shores.land(Land(lines([(1, 5), (2, 5)], [(3, 5), (9, 5)]), weight=3.0))
    assert (found[left], found[right]) == (3.0, 18.0)
