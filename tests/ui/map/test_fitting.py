import numpy as np
import pytest

from planner.model.places import LatLon
from ui.map.camera import Camera, world_array, world_of
from ui.map.fitting import covered, fitted_clear
from ui.map.pins import Pin

MIDDLE = LatLon(40.79, -77.86)
CAMERA = Camera(*world_of(MIDDLE), 10, 900, 600)
LEGEND = (640.0, 10.0, 890.0, 230.0)
CORNERS = world_array([LatLon(40.6, -78.2), LatLon(41.0, -78.2), LatLon(41.0, -77.6), LatLon(40.6, -77.6)])


def test_with_nothing_in_the_way_all_is_shown_as_near_as_can_be():
    assert fitted_clear(CAMERA, CORNERS, 56, 15.5, []) == CAMERA.fitted(CORNERS, 56, 15.5)


def test_nothing_that_is_to_be_seen_lies_under_the_legend():
    plain = CAMERA.fitted(CORNERS, 56, 15.5)
    assert covered(plain, CORNERS, [LEGEND]) == 1
    clear = fitted_clear(CAMERA, CORNERS, 56, 15.5, [LEGEND])
    assert covered(clear, CORNERS, [LEGEND]) == 0
    spots = clear.screen_array(CORNERS)
    assert ((spots > 0) & (spots < (900, 600))).all()
    assert clear.zoom > plain.zoom - 1


def test_the_notice_is_given_way_to_as_well():
    boxes = [LEGEND, (10.0, 10.0, 240.0, 32.0)]
    clear = fitted_clear(CAMERA, CORNERS, 12, 15.5, boxes)
    assert covered(clear, CORNERS, boxes) == 0


def test_where_no_place_is_clear_as_few_as_possible_are_covered():
    everywhere = [(0.0, 0.0, 900.0, 600.0)]
    assert fitted_clear(CAMERA, CORNERS, 56, 15.5, everywhere) == CAMERA.fitted(CORNERS, 56, 15.5)
    assert covered(CAMERA, np.empty((0, 2)), everywhere) == 0


@pytest.mark.parametrize("size", [(600, 400), (900, 700), (420, 520)])
def test_the_map_keeps_pins_from_under_its_furniture(view, size, pins):
    view.resize(*size)
    view.set_notice("Fictional sample territory")
    corners = [(40.7, -78.0), (40.9, -78.0), (40.9, -77.7), (40.7, -77.7)]
    view.set_pins([Pin(n, LatLon(*corner), pins[n].kind, "A", "") for n, corner in enumerate(corners)])
    view.show_all()
    assert covered(view.camera, view._content.pins.world, view._boxes()) == 0


def test_a_selected_pin_under_the_legend_is_brought_out(view, settle, pins):
    view.set_pins(pins)
    left, top, right, bottom = view._boxes()[0]
    x, y = view.camera.to_screen(*world_of(pins[0].point))
    view._put_camera(view.camera.panned((left + right) / 2 - x, (top + bottom) / 2 - y))
    assert covered(view.camera, world_array([pins[0].point]), view._boxes())
    view.select(pins[0].key)
    settle(view)
    assert not covered(view.camera, world_array([pins[0].point]), view._boxes())
