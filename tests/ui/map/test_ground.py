import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from planner.model.places import Bounds, LatLon
from ui.map.camera import Camera, world_of
from ui.map.ground import Area, Ground, GroundKey, Heat
from ui.map.ground_painter import area_labels, heat_image, paint_ground
from ui.map.palette import DARK, LIGHT

MIDDLE = LatLon(40.79, -77.86)
SQUARE = [LatLon(40.77, -77.89), LatLon(40.81, -77.89), LatLon(40.81, -77.83), LatLon(40.77, -77.83)]
HOLE = [LatLon(40.785, -77.87), LatLon(40.795, -77.87), LatLon(40.795, -77.85), LatLon(40.785, -77.85)]
CAMERA = Camera(*world_of(MIDDLE), 12, 600, 400)


def painted(ground, palette=LIGHT):
    image = QImage(600, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_ground(painter, ground, CAMERA, palette)
    painter.end()
    return image


def alpha_at(image, point):
    x, y = CAMERA.to_screen(*world_of(point))
    return image.pixelColor(round(x), round(y)).alpha()


def test_an_area_is_tinted_inside_and_clear_outside_and_in_its_hole():
    image = painted(Ground((Area.of("Rep A", [SQUARE, HOLE], 0, MIDDLE, opacity=0.5),)))
    assert alpha_at(image, LatLon(40.78, -77.88)) == pytest.approx(128, abs=2)
    assert alpha_at(image, MIDDLE) == 0
    assert alpha_at(image, LatLon(40.79, -77.90)) == 0


def test_an_area_wears_the_colour_of_its_group_in_either_theme():
    area = Area.of("Rep B", [SQUARE], 1, MIDDLE, opacity=1.0)
    x, y = (round(each) for each in CAMERA.to_screen(*world_of(MIDDLE)))
    for palette in (LIGHT, DARK):
        assert painted(Ground((area,)), palette).pixelColor(x, y).name() == palette.groups[1]


def test_an_area_out_of_the_picture_costs_nothing():
    far = [LatLon(point.lat + 5, point.lon) for point in SQUARE]
    image = painted(Ground((Area.of("Far", [far], 0, far[0]),)))
    assert image == painted(Ground())


def test_of_two_names_that_would_cover_each_other_the_first_is_shown():
    areas = [Area.of(name, [SQUARE], 0, MIDDLE) for name in ("Rep A", "Rep B")]
    assert [label.rows for label in area_labels(Ground(tuple(areas)), CAMERA, lambda text, _style: 6.0 * len(text))] == [("Rep A",)]


def test_a_name_does_not_stand_over_a_stop():
    ground = Ground((Area.of("Rep A", [SQUARE], 0, MIDDLE),))
    assert not area_labels(ground, CAMERA, lambda text, _style: 6.0 * len(text), [(290, 190, 310, 210)])


def test_heat_is_clear_where_there_is_none_and_stronger_where_there_is_more():
    shares = np.array([[0.0, 0.3, 1.0]], np.float32)
    image = heat_image(Heat.of(shares, Bounds(40.7, -78, 40.9, -77.7)), LIGHT)
    alphas = [image.pixelColor(column, 0).alpha() for column in range(3)]
    assert alphas[0] == 0 < alphas[1] < alphas[2] < 255
    assert image.pixelColor(2, 0).name() == LIGHT.ramp[0]


def test_heat_lies_where_its_box_is():
    shares = np.ones((4, 4), np.float32)
    image = painted(Ground(heat=Heat.of(shares, Bounds(40.78, -77.88, 40.80, -77.84))))
    assert alpha_at(image, MIDDLE) > 100
    assert alpha_at(image, LatLon(40.79, -77.90)) == 0


def test_the_map_shows_ground_under_its_pins_and_says_what_it_means(view, settle, pins):
    view.set_pins(pins[:1])
    area = Area.of("Rep A", [SQUARE], 0, LatLon(40.805, -77.88), opacity=1.0)
    view.set_ground(Ground((area,), keys=(GroundKey("Territories", (("Rep A", 0),)),)))
    settle(view)
    image = view.grab().toImage()
    x, y = (round(each) for each in view.camera.to_screen(*world_of(LatLon(40.78, -77.85))))
    assert QColor(image.pixel(x, y)).name() == LIGHT.groups[0]
    x, y = (round(each) for each in view.camera.to_screen(*world_of(pins[0].point)))
    assert QColor(image.pixel(x, y)).name() == LIGHT.kinds[pins[0].kind]
    assert "Territories: Rep A." in view.accessibleDescription()
    view.set_ground(Ground())
    settle(view)
    assert LIGHT.groups[0] != QColor(view.grab().toImage().pixel(x + 40, y + 40)).name()
    assert "Territories" not in view.accessibleDescription()
