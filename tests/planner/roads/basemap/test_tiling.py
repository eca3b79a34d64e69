import gzip

import numpy as np
import shapely

from planner.progress import silent
from planner.roads.basemap.features import FeatureFile, from_square, to_square
from planner.roads.basemap.mvt import decode
from planner.roads.basemap.selection import Drawn
from planner.roads.basemap.tiling import cut_tiles

OUTLINE = (0.2900, 0.3750, 0.2920, 0.3770)


def lonlat(*xy):
    return from_square(np.array(xy, float))


def tiles_of(tmp_path, *rows):
    with FeatureFile(tmp_path) as features:
        for row in rows:
            features.add(*row)
        return {tile: decode(gzip.decompress(packed)) for tile, packed in cut_tiles(features.table(), OUTLINE, silent)}


def road(*xy, zoom=6, **attributes):
    return Drawn("roads", (("kind", "major"), *attributes.items()), zoom), shapely.to_wkb(shapely.LineString(lonlat(*xy)))


def test_the_world_square_and_degrees_are_inverse():
    degrees = np.array([(-77.86, 40.79), (0.0, 0.0), (179.9, -84.0)])
    assert np.allclose(from_square(to_square(degrees)), degrees)
    assert to_square(np.array([(0.0, 0.0)])).tolist() == [[0.5, 0.5]]


def test_a_line_over_the_edge_of_a_tile_is_in_both_tiles_and_reaches_over(tmp_path):
    edge = 4760 / 16384
    tiles = tiles_of(tmp_path, road((edge - 2e-5, 0.3760), (edge + 2e-5, 0.3760)))
    row = int(0.3760 * 16384)
    left, right = tiles[14, 4759, row].layers["roads"], tiles[14, 4760, row].layers["roads"]
    assert left.xy[:, 0].max() == 4096 + 64
    assert right.xy[:, 0].min() == -64


def test_a_feature_is_not_in_tiles_before_its_zoom(tmp_path):
    tiles = tiles_of(tmp_path, road((0.2905, 0.3760), (0.2915, 0.3761), zoom=12))
    assert {zoom for zoom, _, _ in tiles} == {12, 13, 14}


def test_roads_that_look_alike_are_joined_and_others_are_not(tmp_path):
    a, b, c, d = ((0.29048 + i * 1e-5, 0.3760) for i in range(4))
    tiles = tiles_of(tmp_path, road(a, b, name="A"), road(c, b, name="A"), road(c, d, name="B"))
    (tile,) = [tile for tile in tiles if tile[0] == 13]
    roads = tiles[tile].layers["roads"]
    assert sorted(roads.attributes(i)["name"] for i in range(len(roads.kinds))) == ["A", "B"]


def test_one_way_roads_keep_their_direction(tmp_path):
    a, b, c = ((0.29048 + i * 1e-5, 0.3760) for i in range(3))
    tiles = tiles_of(tmp_path, road(b, a, oneway=1), road(c, b, oneway=1))
    (tile,) = [tile for tile in tiles if tile[0] == 14]
    xs = tiles[tile].layers["roads"].xy[:, 0]
    assert len(xs) >= 2
    assert (np.diff(xs) < 0).all()


def test_small_areas_are_painted_after_large_ones(tmp_path):
    def wood(size, kind):
        box = shapely.box(0.2905, 0.3755, 0.2905 + size, 0.3755 + size)
        return Drawn("landuse", (("kind", kind),), 6), shapely.to_wkb(shapely.transform(box, from_square))

    tiles = tiles_of(tmp_path, wood(1e-5, "small"), wood(1e-4, "large"))
    landuse = [tile.layers["landuse"] for (zoom, _, _), tile in tiles.items() if zoom == 14]
    (both,) = [layer for layer in landuse if len(layer.kinds) == 2]
    assert [both.attributes(i)["kind"] for i in range(2)] == ["large", "small"]


def test_areas_too_small_to_see_are_left_out_except_close_up(tmp_path):
    box = shapely.transform(shapely.box(0.2905, 0.3755, 0.2905 + 3e-7, 0.3755 + 3e-7), from_square)
    tiles = tiles_of(tmp_path, (Drawn("buildings", (("kind", "building"),), 6), shapely.to_wkb(box)))
    assert {zoom for zoom, _, _ in tiles} == {14}


def test_a_table_without_features_has_no_tiles(tmp_path):
    assert tiles_of(tmp_path) == {}


def test_nothing_is_left_in_the_folder(tmp_path):
    tiles_of(tmp_path, road((0.2905, 0.3760), (0.2915, 0.3761)))
    assert list(tmp_path.iterdir()) == []


def test_tiles_that_one_shape_fills_are_those_that_would_be_cut_one_by_one(tmp_path):
    sea = Drawn("water", (("kind", "sea"),), 6), shapely.to_wkb(shapely.transform(shapely.box(0.28, 0.36, 0.30, 0.39), from_square))
    tiles = tiles_of(tmp_path, sea)
    zooms = [zoom for zoom, _, _ in tiles]
    assert zooms.count(14) == 4 * 4**5  # the outline meets four blocks of zoom 9
    for zoom in (11, 14):
        corners = {tuple(map(tuple, tile.layers["water"].xy.tolist())) for at, tile in tiles.items() if at[0] == zoom}
        assert len(corners) == 1
        assert set(corners.pop()) == {(-64, -64), (-64, 4160), (4160, -64), (4160, 4160)}


def test_a_road_through_many_tiles_is_in_each_what_one_cut_would_leave(tmp_path):
    line = shapely.LineString([(0.29001, 0.37505), (0.29052, 0.37641), (0.29195, 0.37693)])
    tiles = tiles_of(tmp_path, (Drawn("roads", (("kind", "major"),), 6), shapely.to_wkb(shapely.transform(line, from_square))))
    for zoom in range(6, 15):
        side, over = 1 << zoom, 64 / 4096
        found = {(x, y): tile.layers["roads"] for (z, x, y), tile in tiles.items() if z == zoom}
        left, top, right, bottom = (int(value * side) for value in OUTLINE)
        for x, y in ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)):
            box = shapely.box(x - over, y - over, x + 1 + over, y + 1 + over)
            there = shapely.transform(line, lambda xy: xy * side).intersection(box)  # noqa: B023  # used at once
            assert ((x, y) in found) == (there.length * 4096 > 1)
            if (x, y) in found:
                drawn = shapely.LineString(found[x, y].xy / 4096 + (x, y))
                assert drawn.hausdorff_distance(there) * 4096 < 1
