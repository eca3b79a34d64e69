"""Marks and names on the map grow with the type, what they cover and where they are hit with them."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from planner.model.places import LatLon, NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import Camera, world_of
from ui.map.content import Content
from ui.map.coverage import stop_boxes
from ui.map.furniture import Furnishing, Furniture, scale_bar
from ui.map.label_layout import lay_out
from ui.map.label_painter import Letters
from ui.map.label_shapes import Shield
from ui.map.labels import LineName, PlaceName, TileNames
from ui.map.marks import number_font
from ui.map.palette import LIGHT
from ui.map.pins import Pin, PinSet, cluster_radius
from ui.map.routes import STOP_RADIUS, DayRoute, RouteSet, RouteStop

AREA = QRectF(0, 0, 900, 600)
SPOT = LatLon(40.79, -77.86)
CAMERA = Camera(*world_of(SPOT), 14.0, 900, 600)
STOP = RouteStop(12, 3, SPOT, VisitKind.CAPTURE, "Torrey Dental")
HOME = NamedPlace("Home", LatLon(40.9, -77.9))
SCALES = (1.0, 16 / 13, 20 / 13)


def height(boxes):
    return max(bottom - top for _, top, _, bottom in boxes)


def names():
    x, y = world_of(SPOT)
    reach = 300 / CAMERA.scale
    road = np.array([(x - reach, y + reach / 3), (x + reach, y + reach / 3)])
    town = PlaceName("Milltown", "town", 900, 0.0, x, y - reach / 3)
    return TileNames((town,), (LineName.along("Atherton Street", ("US 322",), "highway", road),))


def test_names_and_signs_take_more_room(qapp):
    found = {}
    for scale in SCALES:
        letters = Letters(list(qapp.font().families()), scale)
        labels = lay_out([names()], CAMERA, letters.width, type_scale=scale)
        found[scale] = {type(label).__name__: height(label.boxes) for label in labels}
        (sign,) = [label for label in labels if isinstance(label, Shield)][:1]
        assert sign.width > letters.width("322", next(style for style in letters.fonts if style.name == "SIGN"))
    assert set(found[1.0]) == {"PointLabel", "CurvedLabel", "Shield"}
    for smaller, larger in pairwise(SCALES):
        assert all(found[larger][kind] > found[smaller][kind] for kind in found[smaller])


@pytest.mark.parametrize("scale", SCALES)
def test_a_stop_holds_its_number_and_is_hit_where_it_is_seen(qapp, scale):
    routes = RouteSet([DayRoute(0, "Mon 30", (STOP,), HOME, HOME)])
    content = Content(PinSet(), routes, active=0)
    wide = QFontMetricsF(number_font(list(qapp.font().families()), 12 * scale)).horizontalAdvance("12")
    assert wide < 2 * STOP_RADIUS * scale
    edge = STOP_RADIUS * scale
    assert content.find(CAMERA, 450 + edge, 300, scale) == STOP
    assert content.find(CAMERA, 450 + edge + 6, 300, scale) is None
    assert height(stop_boxes(routes, 0, CAMERA, scale)) == pytest.approx(2 * (edge + 3))


@pytest.mark.parametrize("scale", SCALES)
def test_a_crowd_holds_its_number_and_is_hit_where_it_is_seen(qapp, scale):
    face = QFontMetricsF(number_font(list(qapp.font().families()), 11 * scale))
    for count in (2, 42, 1234, 99_999):
        text = f"{count:,}" if count < 10_000 else f"{count // 1000}k"
        assert face.horizontalAdvance(text) < 2 * cluster_radius(count, scale)
    many = PinSet([Pin(number, SPOT, VisitKind.CAPTURE, "", "") for number in range(2000)])
    assert many.clusters(CAMERA.zoom) is not None
    edge = cluster_radius(2000, scale)
    assert many.pick(CAMERA, 450 + edge, 300, 1, scale) is not None
    assert many.pick(CAMERA, 450 + edge + 6, 300, 1, scale) is None


def test_what_stands_on_the_map_keeps_clear_of_its_larger_texts(qapp):
    told = Furnishing(has_map=True, bar=scale_bar(10.0, metric=False), notice="Fictional sample territory")
    boxes = {scale: Furniture(qapp.font().families(), scale).boxes(AREA, told) for scale in SCALES}
    for smaller, larger in pairwise(SCALES):
        for small, large in zip(boxes[smaller], boxes[larger], strict=True):
            assert large[3] - large[1] > small[3] - small[1]


@pytest.mark.parametrize("scale", SCALES)
def test_the_hover_card_holds_both_its_lines(qapp, scale):
    from painted_texts import painted_texts

    picture = QImage(900, 600, QImage.Format.Format_RGB32)
    with painted_texts() as painted, QPainter(picture) as painter:
        Furniture(qapp.font().families(), scale).card(painter, AREA, QPointF(300, 300), ("Torrey Dental", "Prospect · tier A"), LIGHT)
    title, below = painted
    assert not title.is_cut
    assert not below.is_cut
    assert title.box.bottom() <= below.box.top() + 1.5 * scale
