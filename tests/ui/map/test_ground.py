import time
from dataclasses import replace

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


def width(text, _style):
    return 6.0 * len(text)


def labels_of(area, obstacles=()):
    return area_labels(Ground((area,)), CAMERA, width, obstacles)


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


def test_a_name_that_roams_stands_in_the_part_that_is_in_sight():
    wide = [LatLon(40.6, -78.5), LatLon(41.0, -78.5), LatLon(41.0, -77.86), LatLon(40.6, -77.86)]
    kept = Area.of("16801", [wide], 0, LatLon(40.8, -78.3))
    assert not labels_of(kept)
    (label,) = labels_of(replace(kept, roams=True))
    assert 100 < label.x < 300
    assert 100 < label.y < 300
    (label,) = labels_of(replace(kept, roams=True), [(label.x - 1, label.y - 1, label.x + 1, label.y + 1)])
    assert kept.holds(np.array([CAMERA.to_world(label.x, label.y)])).all()


def test_a_name_that_roams_stays_at_its_spot_while_that_is_free():
    (label,) = labels_of(Area.of("16801", [SQUARE], 0, MIDDLE, roams=True))
    assert (label.x, label.y) == pytest.approx((300, 200))


def test_a_name_that_roams_keeps_out_of_the_margin():
    strip = [LatLon(40.6, -78.5), LatLon(41.0, -78.5), LatLon(41.0, -77.896), LatLon(40.6, -77.896)]
    area = Area.of("16801", [strip], 0, LatLon(40.8, -78.3), roams=True)
    assert len(area_labels(Ground((area,)), CAMERA, width, margin_px=0)) == 1
    assert not area_labels(Ground((area,)), CAMERA, width, margin_px=100)


def test_an_area_holds_what_is_inside_and_not_in_its_hole():
    area = Area.of("", [SQUARE, HOLE], 0, MIDDLE)
    assert area.holds(np.array([world_of(LatLon(40.78, -77.88)), world_of(MIDDLE), world_of(LatLon(40.9, -77.86))])).tolist() == [
        True,
        False,
        False,
    ]


def test_a_name_does_not_stand_over_a_stop():
    ground = Ground((Area.of("Rep A", [SQUARE], 0, MIDDLE),))
    assert not area_labels(ground, CAMERA, lambda text, _style: 6.0 * len(text), [(290, 190, 310, 210)])


SPOTS = [(295, 195, 305, 205), (200, 195, 400, 205)]


def test_a_name_that_stays_moves_out_of_the_way_of_pins_and_stops():
    area = Area.of("Rep A · 30", [SQUARE], 0, MIDDLE, roams=True, stays=True)
    for hard, soft in (((), SPOTS), (SPOTS, ())):
        (label,) = area_labels(Ground((area,)), CAMERA, width, hard, soft)
        assert not any(label.boxes[0][0] < r and label.boxes[0][2] > x and label.boxes[0][1] < b and label.boxes[0][3] > y
                       for x, y, r, b in SPOTS)  # fmt: skip


def test_every_area_that_stays_has_one_name_whatever_is_in_its_way():
    areas = tuple(Area.of(f"Rep {n}", [SQUARE], n, MIDDLE, roams=True, stays=True) for n in range(4))
    labels = area_labels(Ground(areas), CAMERA, width, [(0, 0, 600, 400)], [(0, 0, 600, 400)])
    assert [label.rows[0] for label in labels] == ["Rep 0", "Rep 1", "Rep 2", "Rep 3"]
    free = area_labels(Ground(areas), CAMERA, width)
    assert len({(label.x, label.y) for label in free}) == 4


def test_the_name_stands_in_the_first_part_while_that_is_in_sight():
    east = [LatLon(40.77, -77.80), LatLon(40.81, -77.80), LatLon(40.81, -77.78), LatLon(40.77, -77.78)]
    area = Area.of("Rep A", [east, SQUARE], 0, LatLon(40.9, -77.79), roams=True, stays=True)
    far = Camera(*world_of(LatLon(40.79, -77.83)), 12, 700, 400)
    (label,) = area_labels(Ground((area,)), far, width)
    assert area.main.holds(np.array([far.to_world(label.x, label.y)])).all()
    assert area_labels(Ground((area,)), Camera(*world_of(MIDDLE), 13, 400, 300), width)


def test_thousands_of_rings_are_made_at_once_and_painted_quickly():
    small = [[LatLon(p.lat + n % 90 / 900, p.lon + n // 90 / 900) for p in SQUARE] for n in range(4_000)]
    begun = time.perf_counter()
    area = Area.of("Rep A", small, 0, MIDDLE)
    made = time.perf_counter() - begun
    assert len(area.rings) == 4_000
    assert area.rings[3] == pytest.approx(np.array([world_of(point) for point in small[3]]))
    begun = time.perf_counter()
    points, begins = area.outline
    assert (points[begins] == [ring[0] for ring in area.rings]).all()
    assert made + time.perf_counter() - begun < 1.0


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
