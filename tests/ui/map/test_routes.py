import math

import numpy as np
import pytest

from planner.model.places import LatLon, NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import Camera, world_of
from ui.map.routes import DayRoute, RouteSet, RouteStop, arrows, thinned

HOME = NamedPlace("Home", LatLon(40.79, -77.86))
STOP = RouteStop(1, 7, LatLon(40.80, -77.85), VisitKind.CARE, "Torrey Dental")
DAY = DayRoute(0, "Tue Dec 1", (STOP,), HOME, HOME)
CAMERA = Camera(*world_of(STOP.point), 14, 800, 600)


def test_a_numbered_stop_is_found_only_on_the_active_day():
    routes = RouteSet([DAY])
    assert routes.stop_at(0, CAMERA, 405, 300) == STOP
    assert routes.stop_at(0, CAMERA, 430, 300) is None
    assert routes.stop_at(None, CAMERA, 400, 300) is None


def test_without_roads_the_way_runs_straight_through_the_stops():
    line = RouteSet([DAY]).line(DAY, CAMERA)
    assert len(line) == 3
    assert line[1].tolist() == pytest.approx([400, 300])


def test_thinning_keeps_the_ends_and_the_look():
    line = np.column_stack((np.linspace(0, 100, 5000), np.zeros(5000)))
    thin = thinned(line)
    assert len(thin) < 200
    assert thin[0].tolist() == line[0].tolist()
    assert thin[-1].tolist() == line[-1].tolist()


def test_arrows_point_the_way_of_travel():
    line = np.array([(700.0, 300.0), (100.0, 300.0)])
    found = list(arrows(line, CAMERA))
    assert len(found) > 2
    assert all(abs(angle) == pytest.approx(math.pi) for _, _, angle in found)


def test_a_route_of_one_spot_has_no_arrows():
    assert not list(arrows(np.array([(100.0, 100.0)]), CAMERA))
