from itertools import pairwise

import numpy as np
import pytest
import shapely

from planner.model.areas import Area
from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.basemap.features import FeatureFile, to_square
from planner.roads.basemap.read import Extract, read_extract
from planner.roads.basemap.sea import sea_polygons
from planner.roads.basemap.shores import Land
from planner.roads.extract.clip import cut_extract

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


def test_land_with_roads_is_not_flooded_by_a_coast_that_lacks_a_piece():
    # The coast ends half way; the shortest way to close it would cut the town off with the sea.
    half = coast([(0.2540, 0.27), (0.2540, 0.2590)])
    town = coast(*([(x, 0.2592), (x, 0.2598)] for x in np.linspace(0.2510, 0.2550, 80)))
    sea = sea_polygons(half, FRAME, Land(town))
    assert not any(is_sea(sea, x, 0.2595) for x in (0.2515, 0.2535))


def read(extract, folder) -> Extract:
    with FeatureFile(folder) as features:
        return read_extract(extract, features, silent)


@pytest.fixture(scope="module")
def oahu(shared_data, tmp_path_factory) -> Extract:
    return read(shared_data / "osm" / "honolulu.osm.pbf", tmp_path_factory.mktemp("oahu"))


@pytest.fixture(scope="module")
def true_sea(oahu):
    sea = shapely.union_all(sea_polygons(oahu.coast, oahu.outline, oahu.land))
    shapely.prepare(sea)
    return sea


def flooded(sea, land: Land, truth) -> int:
    """How many roads lie in a sea that is none."""
    middles = shapely.line_interpolate_point(land.roads, 0.5, normalized=True)
    return int((shapely.contains(sea, middles) & ~shapely.contains(truth, middles)).sum())


def test_hardly_a_road_of_oahu_is_in_the_sea(oahu, true_sea):
    middles = shapely.line_interpolate_point(oahu.land.roads, 0.5, normalized=True)
    assert shapely.contains(true_sea, middles).sum() <= len(middles) // 1000


@pytest.mark.parametrize("seed", range(12))
def test_gaps_in_the_coast_never_flood_the_land(oahu, true_sea, seed):
    kept = np.random.default_rng(seed).random(len(oahu.coast)) > 0.12
    known, others = Land(oahu.land.roads[::2], 2.0), Land(oahu.land.roads[1::2])
    sea = shapely.union_all(sea_polygons(oahu.coast[kept], oahu.outline, known))
    assert flooded(sea, known, true_sea) == 0
    assert flooded(sea, others, true_sea) <= len(others.roads) // 400
    assert sea.difference(true_sea).area < 0.003 * shapely.box(*oahu.outline).area
    assert sea.area > 0.75 * true_sea.area  # what is not known to be sea is left dry


@pytest.mark.parametrize("seed", range(12))
def test_an_extract_cut_anywhere_by_others_has_no_flooded_land(oahu, true_sea, seed):
    # Five corners around a place on the island; ways with a point inside are whole, the others are gone.
    random = np.random.default_rng(seed)
    middle = np.array(shapely.line_interpolate_point(oahu.land.roads[random.integers(len(oahu.land.roads))], 0.5).coords[0])
    turns = np.sort(random.random(5)) * 2 * np.pi
    shape = shapely.Polygon(middle + random.uniform(1e-4, 5e-4, (5, 1)) * np.column_stack((np.cos(turns), np.sin(turns))))
    roads, coast_there = (lines[shapely.intersects(shape, lines)] for lines in (oahu.land.roads, oahu.coast))
    outline = tuple(map(float, shape.bounds))
    sea = shapely.union_all(sea_polygons(coast_there, outline, Land(roads[::2], 2.0)))
    assert flooded(sea, Land(roads[1::2]), true_sea) <= len(roads) // 200


def test_our_own_cut_has_the_sea_that_was_there(shared_data, tmp_path, oahu, true_sea):
    corners = (LatLon(21.24, -157.90), LatLon(21.30, -157.70), LatLon(21.45, -157.75), LatLon(21.42, -158.05), LatLon(21.33, -157.98))
    cut_extract([shared_data / "osm" / "honolulu.osm.pbf"], Area("Honolulu", (corners,)), tmp_path / "cut.osm.pbf", silent)
    cut = read(tmp_path / "cut.osm.pbf", tmp_path)
    sea = shapely.union_all(sea_polygons(cut.coast, cut.outline, cut.land))
    frame = shapely.box(*cut.outline)
    assert sea.symmetric_difference(true_sea.intersection(frame)).area < 1e-6 * frame.area
    for at, wet in (((21.27, -157.88), True), ((21.43, -157.79), True), ((21.309, -157.858), False), ((21.38, -157.80), False)):
        (place,) = to_square(np.array([at[::-1]]))
        assert is_sea([sea], *place) is wet


def test_inland_there_is_no_sea(shared_data, tmp_path):
    inland = Area("Wahiawa", ((LatLon(21.44, -158.06), LatLon(21.44, -157.99), LatLon(21.52, -157.99), LatLon(21.52, -158.06)),))
    cut_extract([shared_data / "osm" / "honolulu.osm.pbf"], inland, tmp_path / "cut.osm.pbf", silent)
    cut = read(tmp_path / "cut.osm.pbf", tmp_path)
    assert sea_polygons(cut.coast, cut.outline, cut.land) == []
