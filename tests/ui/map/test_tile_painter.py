import numpy as np
import pytest
from PySide6.QtGui import QColor

from ui.map.brush import ROAD_ORDER
from ui.map.palette import DARK, LIGHT
from ui.map.styling import casing_width, width_at
from ui.map.tile_painter import UNITS, TileView, paint_tile, path_of, tile_shapes

WHOLE = TileView(1, 0, 0, 512, 1.0, 13.0)


def colour(image, x, y):
    return QColor(image.pixel(x, y)).name()


def test_water_is_painted_in_the_colour_of_water_and_land_in_that_of_land(basemap):
    shapes = tile_shapes(basemap.tile(13, 0, 0))
    for palette in (LIGHT, DARK):
        image = paint_tile(shapes, WHOLE, palette)
        assert colour(image, 100, 100) == palette.water
        assert colour(image, 400, 100) == palette.ground


def test_a_main_road_is_painted_in_its_colour(basemap):
    image = paint_tile(tile_shapes(basemap.tile(13, 0, 0)), WHOLE, LIGHT)
    assert colour(image, 400, 375) == LIGHT.roads["major"]


def test_an_empty_tile_is_plain_ground():
    assert colour(paint_tile({}, WHOLE, LIGHT), 256, 256) == LIGHT.ground


def test_a_part_of_a_tile_looks_as_that_part_of_the_whole(basemap):
    shapes = tile_shapes(basemap.tile(14, 0, 0))
    west, east = (paint_tile(shapes, TileView(4, column, 0, 512, 1.0, 16.0), LIGHT) for column in (0, 3))
    assert colour(west, 256, 256) == LIGHT.water
    assert colour(east, 256, 256) == LIGHT.ground


def test_a_picture_for_a_fine_screen_has_more_pixels_of_the_same_view(basemap):
    image = paint_tile(tile_shapes(basemap.tile(13, 0, 0)), TileView(1, 0, 0, 1024, 2.0, 13.0), LIGHT)
    assert image.width() == 1024
    assert colour(image, 200, 200) == LIGHT.water
    assert colour(image, 800, 750) == LIGHT.roads["major"]


def test_a_path_lifts_its_pen_where_a_part_begins():
    path = path_of(np.array([(0, 0), (1, 0), (5, 5), (6, 5)]), np.array([True, False, True, False]))
    assert [path.elementAt(n).isMoveTo() for n in range(4)] == [True, False, True, False]
    assert (path.elementAt(3).x, path.elementAt(3).y) == (6, 5)


def line_across(layer, kind, **facts):
    """From the left edge to the right, along the middle of the tile."""
    return layer, 2, {"kind": kind, **facts}, [(-64, 2048), (4160, 2048)]


def square(layer, kind, left, right):
    return layer, 3, {"kind": kind}, [(left, -64), (right, -64), (right, 4160), (left, 4160)]


def row_of(image, y):
    return [colour(image, x, y) for x in range(8, image.width() - 8)]


def test_a_tunnel_is_paler_than_the_road_and_its_casing_is_broken(tile_of):
    view = TileView(1, 0, 0, 512, 1.0, 14.0)
    road, tunnel = (paint_tile(tile_shapes(tile_of(line_across("roads", "highway", tunnel=one))), view, LIGHT) for one in (0, 1))
    assert colour(road, 256, 256) == LIGHT.roads["highway"]
    assert colour(tunnel, 256, 256) not in {LIGHT.roads["highway"], LIGHT.ground}
    edge = 256 + int(width_at("highway", 14) / 2)
    assert len(set(row_of(road, edge))) == 1
    assert len(set(row_of(tunnel, edge))) > 1


def test_a_bridge_covers_even_a_larger_road_below(tile_of):
    below = ("roads", 2, {"kind": "highway"}, [(2048, -64), (2048, 4160)])
    view = TileView(1, 0, 0, 512, 1.0, 14.0)
    crossing, bridge = (
        paint_tile(tile_shapes(tile_of(below, line_across("roads", "minor", **facts))), view, LIGHT) for facts in ({}, {"bridge": 1})
    )
    assert colour(crossing, 256, 256) == LIGHT.roads["highway"]
    assert colour(bridge, 256, 256) == LIGHT.roads["minor"]


def test_a_railway_has_ties_and_a_siding_has_none(tile_of):
    view = TileView(1, 0, 0, 512, 1.0, 15.0)
    rail, siding = (paint_tile(tile_shapes(tile_of(line_across("roads", kind))), view, LIGHT) for kind in ("rail", "siding"))
    aside = 256 + int(width_at("ties", 15) / 2) - 1
    assert 0 < row_of(rail, aside).count(LIGHT.ground) < len(row_of(rail, aside))
    assert set(row_of(siding, aside)) == {LIGHT.ground}


def test_a_state_line_is_stronger_than_a_county_line(tile_of):
    def inked(kind):
        image = paint_tile(tile_shapes(tile_of(line_across("boundaries", kind))), WHOLE, LIGHT)
        return sum(colour(image, x, y) != LIGHT.ground for x in range(100, 200) for y in range(250, 262))

    assert inked("region") > 2 * inked("county") > 0


def test_a_county_line_is_broken(tile_of):
    image = paint_tile(tile_shapes(tile_of(line_across("boundaries", "county"))), WHOLE, DARK)
    assert 0 < row_of(image, 256).count(DARK.ground) < len(row_of(image, 256))


def test_a_pier_stands_in_the_water_and_a_ferry_crosses_it(tile_of):
    sea = square("water", "water", -64, 4160)
    pier = square("landuse", "pier", 1000, 1200)
    image = paint_tile(tile_shapes(tile_of(sea, pier, line_across("water", "ferry"))), WHOLE, LIGHT)
    assert colour(image, 137, 100) == LIGHT.pier
    assert colour(image, 400, 100) == LIGHT.water
    assert 0 < row_of(image, 256).count(LIGHT.water) < len(row_of(image, 256)) - 30


def test_a_river_does_not_show_inside_the_water_it_runs_through(tile_of):
    lake = square("water", "water", -64, 2048)
    image = paint_tile(tile_shapes(tile_of(lake, line_across("water", "river"))), WHOLE, LIGHT)
    assert colour(image, 100, 256) == LIGHT.water
    assert colour(image, 400, 256) == LIGHT.water_line


@pytest.mark.parametrize("zoom", [15, 16, 17, 18, 19])
def test_beyond_the_last_zoom_of_the_basemap_an_edge_is_as_sharp_as_before(tile_of, zoom):
    step = 1 << (zoom - 14)
    shore = UNITS // step // 2
    shapes = tile_shapes(tile_of(square("water", "water", -64, shore)))
    seen = row_of(paint_tile(shapes, TileView(step, 0, 0, 512, 1.0, float(zoom)), LIGHT), 100)
    assert seen[:200] == [LIGHT.water] * 200
    assert seen[-200:] == [LIGHT.ground] * 200
    assert sum(one not in {LIGHT.water, LIGHT.ground} for one in seen) <= 1


@pytest.mark.parametrize("zoom", [14, 16, 18, 19])
def test_a_street_is_as_wide_as_the_zoom_asks_for_however_far_its_tile_is_enlarged(tile_of, zoom):
    step = 1 << (zoom - 14)
    half = UNITS // step // 2
    street = ("roads", 2, {"kind": "minor"}, [(half, -64), (half, 4160)])
    seen = row_of(paint_tile(tile_shapes(tile_of(street)), TileView(step, 0, 0, 512, 1.0, float(zoom)), LIGHT), 200)
    assert seen.count(LIGHT.roads["minor"]) == pytest.approx(width_at("minor", zoom), abs=2)


def test_streets_grow_with_every_zoom():
    for kind in ROAD_ORDER:
        widths = [width_at(kind, zoom) for zoom in range(14, 20)]
        assert widths == sorted(widths)
        assert casing_width(kind, 19) > width_at(kind, 19)


def test_buildings_have_edges_close_by(tile_of):
    house = ("buildings", 3, {"kind": "building"}, [(1024, 1024), (3072, 1024), (3072, 3072), (1024, 3072)])
    far, near = (paint_tile(tile_shapes(tile_of(house)), TileView(1, 0, 0, 512, 1.0, zoom), LIGHT) for zoom in (14.75, 15.0))
    assert colour(far, 256, 256) == colour(near, 256, 256) == LIGHT.building
    assert colour(far, 127, 256) == LIGHT.ground
    assert colour(near, 127, 256) not in {LIGHT.ground, LIGHT.building}


def test_drives_appear_close_by_only(tile_of):
    shapes = tile_shapes(tile_of(line_across("roads", "drive")))
    far, near = (paint_tile(shapes, TileView(1, 0, 0, 512, 1.0, zoom), LIGHT) for zoom in (15.0, 17.0))
    assert colour(far, 256, 256) == LIGHT.ground
    assert colour(near, 256, 256) == LIGHT.roads["drive"]
