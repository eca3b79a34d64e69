import threading

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from planner.errors import PackProblem
from planner.model.places import LatLon, NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import world_of
from ui.map.palette import DARK, LIGHT
from ui.map.picture import picture_of
from ui.map.pins import Pin
from ui.map.routes import DayRoute, RouteStop
from ui.map.view import MapView

HOME = NamedPlace("Home", LatLon(40.78, -77.86))
MIDDLE = LatLon(40.79, -77.86)


def spot(view, point):
    return QPointF(*view.camera.to_screen(*world_of(point))).toPoint()


def wheel(view, at, notches):
    where = QPointF(at)
    event = QWheelEvent(
        where, view.mapToGlobal(where), QPoint(), QPoint(0, 120 * notches), Qt.NoButton, Qt.NoModifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, event)


def colours(image):
    return {QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}


def map_threads():
    return {thread for thread in threading.enumerate() if thread.name.startswith("map-")}


def test_the_map_shows_water_and_land(view):
    seen = colours(view.grab().toImage())
    assert {LIGHT.water, LIGHT.ground} <= seen


def test_the_wheel_zooms_in_and_keeps_the_point_under_the_cursor(view, settle):
    before = view.camera.to_world(100, 80)
    wheel(view, QPoint(100, 80), 2)
    settle(view)
    assert view.camera.zoom == pytest.approx(13)
    assert view.camera.to_screen(*before) == pytest.approx((100, 80), abs=0.01)


def test_dragging_moves_the_map_with_the_hand(view, qtbot):
    under = view.camera.to_world(300, 200)
    qtbot.mousePress(view, Qt.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(view, QPoint(320, 210))
    qtbot.mouseMove(view, QPoint(350, 230))
    qtbot.mouseRelease(view, Qt.LeftButton, pos=QPoint(350, 230))
    assert view.camera.to_screen(*under) == pytest.approx((350, 230), abs=0.01)


@pytest.mark.parametrize(("key", "east", "north"), [(Qt.Key_Right, 1, 0), (Qt.Key_Left, -1, 0), (Qt.Key_Up, 0, 1), (Qt.Key_Down, 0, -1)])
def test_arrow_keys_move_the_map(view, qtbot, settle, key, east, north):
    before = view.camera.centre
    qtbot.keyClick(view, key)
    settle(view)
    after = view.camera.centre
    assert (round((after.lon - before.lon) * 100), round((after.lat - before.lat) * 100)) != (0, 0)
    assert (after.lon - before.lon) * east >= 0
    assert (after.lat - before.lat) * north >= 0


def test_plus_and_minus_zoom_and_home_shows_all(view, qtbot, settle, pins):
    qtbot.keyClick(view, Qt.Key_Plus)
    settle(view)
    assert view.camera.zoom == pytest.approx(12.5)
    qtbot.keyClick(view, Qt.Key_Minus)
    settle(view)
    assert view.camera.zoom == pytest.approx(12)
    view.set_pins(pins)
    view.centre_on(LatLon(10, 10), 9)
    qtbot.keyClick(view, Qt.Key_Home)
    assert all(view.rect().contains(spot(view, pin.point)) for pin in pins)


def test_clicking_a_pin_picks_its_account(view, qtbot, pins):
    view.set_pins(pins)
    with qtbot.waitSignal(view.picked) as told:
        qtbot.mouseClick(view, Qt.LeftButton, pos=spot(view, pins[1].point))
    assert told.args == [101]
    assert view.selected == 101


def test_clicking_beside_the_pins_picks_nothing(view, qtbot, pins):
    view.set_pins(pins)
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view, Qt.LeftButton, pos=spot(view, pins[1].point) + QPoint(0, 60))


def crowded(view, settle, metres):
    """Three accounts so far apart in the middle of the map, in one cluster."""
    view.set_pins([Pin(n, LatLon(MIDDLE.lat, MIDDLE.lon + n * metres / 84_200), VisitKind.CARE, f"Account {n}", "") for n in (1, 2, 3)])
    view.centre_on(MIDDLE, 12)
    settle(view)
    return QPoint(*map(round, view.camera.to_screen(*world_of(MIDDLE))))


def test_a_click_on_a_cluster_zooms_in_until_its_pins_part(view, qtbot, settle):
    at = crowded(view, settle, 60)
    picked = []
    view.picked.connect(picked.append)
    qtbot.mouseClick(view, Qt.LeftButton, pos=at)
    settle(view)
    assert not picked
    assert 13 < view.camera.zoom <= 18
    assert view._content.pins.clusters(view.camera.zoom).counts.tolist() == [1, 1, 1]


def test_clicks_on_a_cluster_at_one_spot_go_through_its_accounts(view, qtbot, settle):
    at = crowded(view, settle, 0)
    picked = []
    view.picked.connect(picked.append)
    for _ in range(4):
        qtbot.mouseClick(view, Qt.LeftButton, pos=at)
        settle(view)
    assert picked == [1, 2, 3, 1]
    assert view.camera.zoom == 12


def test_names_keep_clear_of_the_account_that_is_looked_at(view, settle):
    spot = view.camera.centre
    view.set_pins([Pin(1, spot, VisitKind.CARE, "A", "")])
    view.select(1)
    settle(view)
    overlay = view._overlay.overlay
    x, y = overlay.camera.to_screen(*world_of(spot))
    boxes = [box for label in overlay.labels for box in label.boxes]
    assert boxes
    assert not any(left < x + 14 and right > x - 14 and top < y + 14 and bottom > y - 14 for left, top, right, bottom in boxes)


def test_double_click_and_enter_activate_and_on_empty_ground_zoom_in(view, qtbot, settle, pins):
    view.set_pins(pins)
    with qtbot.waitSignal(view.activated) as told:
        qtbot.mouseDClick(view, Qt.LeftButton, pos=spot(view, pins[0].point))
    assert told.args == [100]
    view.select(102)
    with qtbot.waitSignal(view.activated) as told:
        qtbot.keyClick(view, Qt.Key_Return)
    assert told.args == [102]
    qtbot.mouseDClick(view, Qt.LeftButton, pos=QPoint(30, 300))
    settle(view)
    assert view.camera.zoom == pytest.approx(13)


def test_pointing_tells_what_is_hovered(view, qtbot, pins):
    view.set_pins(pins)
    with qtbot.waitSignal(view.hovered) as told:
        qtbot.mouseMove(view, spot(view, pins[1].point))
    assert told.args == [101]
    with qtbot.waitSignal(view.hovered) as told:
        qtbot.mouseMove(view, QPoint(20, 380))
    assert told.args == [None]


def test_selecting_an_account_out_of_sight_brings_it_into_view(view, settle, pins):
    view.set_pins(pins)
    view.centre_on(LatLon(40.5, -78.3), 12)
    view.select(103)
    settle(view)
    assert view.rect().contains(spot(view, pins[3].point))
    assert "Account 3" in view.accessibleDescription()


def test_the_theme_switches_live(view, settle):
    view.set_theme("dark")
    settle(view)
    seen = colours(view.grab().toImage())
    assert {DARK.water, DARK.ground} <= seen
    assert LIGHT.water not in seen


def test_a_stop_of_the_active_day_is_painted_in_the_colour_of_its_kind_and_can_be_picked(view, qtbot, settle):
    stop = RouteStop(1, 7, LatLon(40.80, -77.83), VisitKind.SUPPORT, "Torrey Dental")
    view.set_routes([DayRoute(1, "Tue Dec 1", (stop,), HOME, HOME)])
    view.set_active_day(1)
    settle(view)
    at = spot(view, stop.point)
    assert QColor(view.grab().toImage().pixel(at.x() - 8, at.y())).name() == LIGHT.kinds[VisitKind.SUPPORT]
    with qtbot.waitSignal(view.picked) as told:
        qtbot.mouseClick(view, Qt.LeftButton, pos=at)
    assert told.args == [7]


def test_the_route_is_painted_where_the_road_runs(view, settle):
    shape = (HOME.point, LatLon(40.78, -77.80))
    view.set_routes([DayRoute(0, "Mon", (), HOME, NamedPlace("Office", shape[1]), shape)])
    view.set_active_day(0)
    settle(view)
    at = spot(view, LatLon(40.78, -77.845))
    strip = {QColor(view.grab().toImage().pixel(x, at.y())).name() for x in range(at.x() - 30, at.x() + 30)}
    assert LIGHT.route in strip


def test_a_menu_is_asked_for_with_the_account_and_the_place(view, qtbot, pins):
    view.set_pins(pins)
    at = spot(view, pins[0].point)
    with qtbot.waitSignal(view.context_requested) as told:
        from PySide6.QtGui import QContextMenuEvent

        QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
    key, point, _ = told.args
    assert key == 100
    assert point.metres_to(pins[0].point) < 100


def test_a_basemap_set_later_leaves_the_camera_where_it_is(view, basemap):
    before = view.camera
    view.set_basemap(None)
    view.set_basemap(basemap)
    assert view.camera == before


def test_the_first_content_is_shown_whole(qtbot, basemap, pins):
    made = MapView()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    made.set_pins(pins)
    made.set_basemap(basemap)
    assert all(made.rect().contains(spot(made, pin.point)) for pin in pins)
    made.stop()


def test_without_a_basemap_the_map_says_what_to_do_and_still_shows_pins(qtbot, settle, pins):
    made = MapView()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.set_empty_text("Build a road pack first.")
    made.set_pins(pins)
    made.show()
    settle(made)
    seen = colours(made.grab().toImage())
    assert LIGHT.empty in seen
    at = spot(made, pins[0].point)
    assert QColor(made.grab().toImage().pixel(at)).name() == LIGHT.kinds[pins[0].kind]
    made.stop()


def test_a_picture_for_export_has_every_tile_and_the_size_asked_for(view):
    image = picture_of(view.snapshot(QSize(900, 700), 2.0))
    assert (image.width(), image.height()) == (1800, 1400)
    assert {LIGHT.water, LIGHT.ground} <= colours(image)


def test_no_thread_is_left_after_closing(qtbot, basemap):
    made = MapView()
    qtbot.addWidget(made)
    made.set_basemap(basemap)
    made.show()
    qtbot.waitUntil(lambda: bool(map_threads()))
    made.close()
    assert not map_threads()


def test_a_map_destroyed_in_mid_work_takes_its_threads_along(qtbot, basemap):
    made = MapView()
    made.set_basemap(basemap)
    made.show()
    qtbot.waitUntil(lambda: bool(basemap.asked))
    made.deleteLater()
    qtbot.waitUntil(lambda: not map_threads())


def test_a_map_shown_again_after_closing_goes_on(view, settle):
    view.close()
    view.show()
    view.centre_on(LatLon(40.9, -77.6), 11)
    settle(view)
    assert LIGHT.water in colours(view.grab().toImage())


def test_a_damaged_basemap_is_told_and_the_map_goes_on(qtbot, basemap):
    def damaged(z, x, y):
        raise PackProblem("The basemap is damaged.", "A tile cannot be read.", "Build the road pack again.")

    basemap.tile = damaged
    made = MapView()
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.failed) as told:
        made.set_basemap(basemap)
        made.show()
    assert isinstance(told.args[0], PackProblem)
    qtbot.waitUntil(lambda: made.is_settled)
    assert LIGHT.ground in colours(made.grab().toImage())
    made.stop()
