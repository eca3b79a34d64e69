import numpy as np
from PySide6.QtGui import QColor

from ui.map.palette import DARK, LIGHT
from ui.map.tile_painter import TileView, paint_tile, path_of, tile_shapes

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
    assert colour(image, 400, 375) == LIGHT.roads["major"][0]


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
    assert colour(image, 800, 750) == LIGHT.roads["major"][0]


def test_a_path_lifts_its_pen_where_a_part_begins():
    path = path_of(np.array([(0, 0), (1, 0), (5, 5), (6, 5)]), np.array([True, False, True, False]))
    assert [path.elementAt(n).isMoveTo() for n in range(4)] == [True, False, True, False]
    assert (path.elementAt(3).x, path.elementAt(3).y) == (6, 5)
