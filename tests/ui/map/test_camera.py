import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.places import LatLon
from ui.map.camera import MAX_ZOOM, Camera, latlon_of, world_array, world_of

CAMERA = Camera(*world_of(LatLon(40.79, -77.86)), 12.5, 800, 600)
points = st.builds(LatLon, st.floats(-85, 85), st.floats(-180, 180))


@given(points)
def test_a_point_comes_back_from_the_world(point):
    back = latlon_of(*world_of(point))
    assert back.lat == pytest.approx(point.lat, abs=1e-9)
    assert back.lon == pytest.approx(point.lon, abs=1e-9)


@given(st.floats(0, 800), st.floats(0, 600))
def test_a_pixel_comes_back_from_the_world(x, y):
    assert CAMERA.to_screen(*CAMERA.to_world(x, y)) == pytest.approx((x, y), abs=1e-4)


@given(st.floats(0, 800), st.floats(0, 600), st.floats(4, 19))
def test_zooming_keeps_what_is_under_the_pixel(x, y, zoom):
    before = CAMERA.to_world(x, y)
    assert CAMERA.zoomed(zoom, (x, y)).to_screen(*before) == pytest.approx((x, y), abs=1e-3)


def test_zoom_stays_within_what_can_be_shown():
    assert CAMERA.zoomed(99, (0, 0)).zoom == MAX_ZOOM


def test_the_greenwich_equator_point_is_the_middle_of_the_world():
    assert world_of(LatLon(0, 0)) == pytest.approx((0.5, 0.5))


def test_many_points_land_where_each_one_does():
    some = [LatLon(40.79, -77.86), LatLon(-33.9, 151.2), LatLon(0, 0)]
    assert np.allclose(world_array(some), [world_of(point) for point in some])


def test_pushing_the_map_east_shows_what_lies_west():
    assert CAMERA.panned(100, 0).centre.lon < CAMERA.centre.lon


def test_fitting_shows_every_point_inside_the_padding():
    some = [LatLon(40.6, -77.9), LatLon(40.9, -77.5)]
    fitted = CAMERA.fitted(world_array(some), 50, 15)
    for x, y in fitted.screen_array(world_array(some)).tolist():
        assert 50 <= x <= 750
        assert 50 <= y <= 550


def test_fitting_one_point_does_not_go_closer_than_asked():
    assert CAMERA.fitted(world_array([LatLon(40.6, -77.9)]), 50, 15).zoom == 15


def test_tiles_cover_the_picture_and_begin_in_the_middle():
    tiles = CAMERA.tiles(12)
    corners = [CAMERA.to_world(x, y) for x in (0, 799) for y in (0, 599)]
    assert {(12, int(x * 4096), int(y * 4096)) for x, y in corners} <= set(tiles)
    assert tiles[0] == (12, int(CAMERA.x * 4096), int(CAMERA.y * 4096))


def test_a_mile_is_a_mile_on_the_ground():
    west, east = latlon_of(*CAMERA.to_world(300, 300)), latlon_of(*CAMERA.to_world(500, 300))
    assert 200 * CAMERA.metres_per_px == pytest.approx(west.metres_to(east), rel=0.004)
