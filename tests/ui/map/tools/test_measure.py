import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from planner.model.places import LatLon
from planner.usecases.measure import straight_metres
from ui.map.camera import world_of
from ui.words import distance


@pytest.fixture
def measure(hand):
    """The tool in the hand, with its arithmetic ready."""
    hand.actions["tool-measure"].trigger()
    hand.settle()
    return hand.tools.measuring.tool


def test_legs_and_total_are_told_as_points_are_set(hand, measure):
    assert "Click from point to point" in hand.bar.text.text()
    hand.click(QPoint(100, 100), QPoint(500, 100), QPoint(500, 400))
    assert measure.legs == straight_metres(measure.places)
    assert len(measure.legs) == 2
    assert hand.bar.text.text() == f"{distance(sum(measure.legs))} straight · no road pack yet"


def test_the_distance_to_the_cursor_is_live(hand, measure):
    hand.click(QPoint(100, 100))
    hand.move(QPoint(500, 100))
    one = measure.reaching
    assert hand.bar.text.text() == f"{distance(one)} straight"
    hand.move(QPoint(300, 100))
    assert measure.reaching == pytest.approx(one / 2, rel=1e-3)


def test_points_snap_to_pins_and_alt_lets_them_be(hand, measure):
    place = hand.desk.accounts[3].place
    near = hand.pixel(place) + QPoint(5, 2)
    hand.click(near)
    hand.click(near, held=Qt.KeyboardModifier.AltModifier)
    assert measure.spots[0] == pytest.approx(world_of(place), abs=1e-12)
    assert measure.spots[1] != measure.spots[0]


def test_backspace_takes_a_point_back_escape_all_and_then_the_tool(qtbot, hand, measure):
    hand.click(QPoint(100, 100), QPoint(500, 100), QPoint(500, 400))
    qtbot.keyClick(hand.view, Qt.Key.Key_Backspace)
    assert len(measure.spots) == 2
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert measure.spots == ()
    assert hand.tools.box.tool == "measure"
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.tools.box.tool == ""
    assert not hand.bar.isVisible()


def test_points_are_set_by_keys_alone_and_the_result_is_copied(qtbot, hand, measure):
    for lat in (40.79, 40.80):
        hand.view.centre_on(LatLon(lat, -77.9))
        qtbot.keyClick(hand.view, Qt.Key.Key_Space)
    hand.press("Copy")
    assert QGuiApplication.clipboard().text() == "0.7 mi straight · no road pack yet"
    hand.press("Clear")
    assert measure.spots == ()


def test_another_tool_wipes_what_was_measured(hand, measure):
    hand.click(QPoint(100, 100), QPoint(500, 100))
    hand.actions["tool-move"].trigger()
    assert measure.spots == ()
    assert not hand.bar.isVisible()


def test_measuring_begins_at_a_place_that_is_named(hand):
    place = hand.desk.accounts[2].place
    hand.tools.measure_from(place)
    assert hand.tools.box.tool == "measure"
    assert hand.tools.measuring.tool.spots == (world_of(place),)


def test_along_the_roads_is_told_when_it_is_found(hand, measure, monkeypatch, sample_home, copy_of):
    from planner.usecases.accounts import list_accounts
    from planner.usecases.packs import active_pack

    sample = copy_of(sample_home)
    places = [account.place for account in list_accounts(sample) if account.place is not None][:2]
    monkeypatch.setattr(hand.desk, "pack", active_pack(sample))
    monkeypatch.setattr("ui.map.tools.measure_bar.road_between", lambda _workspace, points, report: road(sample, points, report))
    hand.view.show_points(places)
    for place in places:
        hand.click(hand.pixel(place))
    hand.settle()
    assert " mi by road, " in hand.bar.text.text()


def road(sample, points, report):
    from planner.usecases.measure import road_between

    return road_between(sample, points, report)


def test_what_was_measured_is_in_pictures_of_the_map_with_its_lengths(hand, measure):
    assert hand.view.snapshot().drawn == ()
    hand.click(QPoint(100, 100), QPoint(500, 100), QPoint(500, 400))
    (drawn,) = hand.view.snapshot().drawn
    line = drawn.__self__
    assert line.spots == measure.spots
    assert line.legs == tuple(distance(metres) for metres in measure.legs)
    assert line.total == f"{distance(measure.total)} straight"
    before = measure.spots
    hand.press("Clear")
    assert line.spots == before
