"""How far a day has come, as the map shows it."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from planner.model.places import LatLon, NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import Camera, world_of
from ui.map.content import Content
from ui.map.marks import paint_stops, paint_ways
from ui.map.palette import LIGHT
from ui.map.progress import Progress, Standing
from ui.map.routes import DayRoute, RouteSet, RouteStop

HOME = NamedPlace("Home", LatLon(40.79, -77.90))
STOPS = tuple(RouteStop(n, n, LatLon(40.79, -77.90 + 0.02 * n), VisitKind.CARE, f"Stop {n}", f"account-{n}") for n in (1, 2, 3))
END = NamedPlace("Office", LatLon(40.79, -77.82))
SHAPE = tuple(LatLon(40.79, -77.90 + 0.005 * n) for n in range(17))
DAY = DayRoute(0, "Tue 1", STOPS, HOME, END, (*SHAPE[:5], *SHAPE[4:9], *SHAPE[8:13], *SHAPE[12:]), (5, 5, 5, 5))
CAMERA = Camera(*world_of(LatLon(40.79, -77.86)), 12, 800, 300)
UNDER_WAY = Progress(frozenset({"account-1"}), "account-2")


def painted(paint, progress=UNDER_WAY, day=DAY):
    image = QImage(800, 300, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint(painter, Content(routes=RouteSet([day]), active=0, progress=progress), CAMERA)
    painter.end()
    return image


def ways(painter, content, camera):
    paint_ways(painter, content, camera, LIGHT)


def stops(painter, content, camera):
    paint_stops(painter, content, camera, LIGHT, ["sans-serif"])


def breadth_at(image, lon, colour=LIGHT.route):
    """How many pixels across the way are of its full colour."""
    x = round(CAMERA.to_screen(*world_of(LatLon(40.79, lon)))[0])
    return sum(image.pixelColor(x, y).name() == colour for y in range(130, 170))


def test_each_stop_and_the_way_to_it_has_its_standing():
    assert [UNDER_WAY.of(stop.stop_key) for stop in STOPS] == [Standing.DONE, Standing.NEXT, Standing.LATER]
    assert list(UNDER_WAY.of_legs(DAY)) == [Standing.DONE, Standing.NEXT, Standing.LATER, Standing.LATER]


def test_when_all_stops_are_done_the_way_back_is_next():
    done = Progress(frozenset(stop.stop_key for stop in STOPS))
    assert list(done.of_legs(DAY))[-1] is Standing.NEXT


@pytest.mark.parametrize("shape", [DAY.shape, ()])
def test_legs_run_from_stop_to_stop(shape):
    day = DayRoute(0, "Tue 1", STOPS, HOME, END, shape, DAY.legs if shape else ())
    legs = RouteSet([day]).legs(day, CAMERA)
    places = [HOME.point, *(stop.point for stop in STOPS), END.point]
    spots = [CAMERA.to_screen(*world_of(place)) for place in places]
    assert np.array([(leg[0], leg[-1]) for leg in legs]) == pytest.approx(np.array(list(pairwise(spots))), abs=0.5)


def test_without_known_legs_the_way_is_one():
    day = DayRoute(0, "Tue 1", STOPS, HOME, END, SHAPE)
    assert len(RouteSet([day]).legs(day, CAMERA)) == 1


def test_the_leg_to_the_next_stop_is_strong_and_what_is_behind_is_faint():
    image = painted(ways)
    behind, ahead, later = (breadth_at(image, lon) for lon in (-77.893, -77.873, -77.853))
    assert behind == 0
    assert ahead >= 5
    plain = painted(ways, Progress())
    assert breadth_at(plain, -77.893) == breadth_at(plain, -77.853) < ahead
    assert later < ahead


def test_the_next_stop_has_a_ring_and_one_that_is_done_is_pale():
    image, plain = painted(stops), painted(stops, Progress())
    marks = [CAMERA.to_screen(*world_of(stop.point)) for stop in STOPS]
    ring = [image.pixelColor(round(x), round(y) - 21).name() for x, y in marks]
    assert ring[1] == LIGHT.mark
    assert LIGHT.mark not in (ring[0], ring[2])
    colours = [[each.pixelColor(round(x) - 8, round(y)).name() for x, y in marks] for each in (image, plain)]
    assert colours[0][0] != colours[1][0] == LIGHT.kinds[VisitKind.CARE]
    assert colours[0][2] == colours[1][2]


def test_the_map_is_told_of_it_and_says_it_in_words(view, settle):
    view.set_routes([DAY])
    view.set_active_day(0)
    settle(view)
    before = view.grab().toImage()
    view.set_progress({"account-1"}, "account-2")
    settle(view)
    assert view.grab().toImage() != before
    assert "Next: Stop 2." in view.accessibleDescription()
    view.set_progress((), "")
    settle(view)
    assert view.grab().toImage() == before
    assert "Next:" not in view.accessibleDescription()
