import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor

from planner.model.places import LatLon
from ui.map.camera import world_of
from ui.map.palette import LIGHT
from ui.map.pin_drag import PinDrag, nudged

PLACE = LatLon(40.79, -77.86)
ORANGE = LIGHT.kinds["support"]
HEAD = QPoint(0, -22)


@pytest.fixture
def pin(view):
    """The pin of account 7 in the middle of the map."""
    made = PinDrag(view)
    view.centre_on(PLACE, 15)
    made.show_pin(7, PLACE)
    return made


@pytest.fixture
def moves(pin):
    told = []
    pin.pin_moved.connect(lambda key, place: told.append((key, place)))
    return told


def tip(view, place=PLACE):
    return QPointF(*view.camera.to_screen(*world_of(place))).toPoint()


def drag(qtbot, view, begin, by):
    qtbot.mousePress(view, Qt.LeftButton, pos=begin)
    qtbot.mouseMove(view, begin + by / 2)
    qtbot.mouseMove(view, begin + by)


def test_the_pin_follows_the_hand_and_tells_where_it_was_let_go(view, qtbot, pin, moves):
    camera = view.camera
    drag(qtbot, view, tip(view) + HEAD, QPoint(60, 40))
    assert pin.is_dragging
    assert moves == []
    qtbot.mouseRelease(view, Qt.LeftButton, pos=tip(view) + HEAD + QPoint(60, 40))
    ((key, place),) = moves
    assert key == 7
    assert tip(view, place) == tip(view) + QPoint(60, 40)
    assert pin.moved_to == place
    assert view.camera == camera


def test_escape_while_dragging_leaves_everything_as_it_was(view, qtbot, pin, moves):
    drag(qtbot, view, tip(view) + HEAD, QPoint(60, 40))
    qtbot.keyClick(view, Qt.Key_Escape)
    assert not pin.is_dragging
    qtbot.mouseRelease(view, Qt.LeftButton, pos=tip(view) + HEAD + QPoint(60, 40))
    assert pin.moved_to is None
    assert moves == []


def test_escape_takes_a_pin_that_was_let_go_back(view, qtbot, pin):
    pin.put(nudged(PLACE, 100, 0))
    with qtbot.waitSignal(pin.pin_left):
        qtbot.keyClick(view, Qt.Key_Escape)
    assert pin.moved_to is None


def test_a_press_beside_the_pin_drags_the_map(view, qtbot, pin, moves):
    before = view.camera
    drag(qtbot, view, QPoint(40, 40), QPoint(60, 40))
    qtbot.mouseRelease(view, Qt.LeftButton, pos=QPoint(100, 80))
    assert view.camera != before
    assert pin.moved_to is None
    assert moves == []


def test_a_click_puts_the_pin_there_even_when_it_was_nowhere(view, qtbot, pin, moves):
    pin.show_pin(8, None)
    qtbot.mouseClick(view, Qt.LeftButton, pos=QPoint(120, 90))
    ((key, place),) = moves
    assert key == 8
    assert tip(view, place) == QPoint(120, 90)


def test_a_double_click_zooms_and_moves_no_pin(view, qtbot, settle, pin):
    zoom = view.camera.zoom
    for moved in (None, nudged(PLACE, 100, 0)):
        if moved is not None:
            pin.put(moved)
        qtbot.mouseClick(view, Qt.LeftButton, pos=QPoint(120, 90))
        qtbot.mouseDClick(view, Qt.LeftButton, pos=QPoint(120, 90))
        settle(view)
        assert pin.moved_to == moved
    assert view.camera.zoom == pytest.approx(zoom + 2)


def test_a_click_on_the_pin_itself_moves_nothing(view, qtbot, pin, moves):
    qtbot.mouseClick(view, Qt.LeftButton, pos=tip(view) + HEAD)
    assert pin.moved_to is None
    assert moves == []


@pytest.mark.parametrize(("modifier", "metres"), [(Qt.NoModifier, 5), (Qt.ShiftModifier, 50)])
@pytest.mark.parametrize(("key", "east", "north"), [(Qt.Key_Right, 1, 0), (Qt.Key_Left, -1, 0), (Qt.Key_Up, 0, 1), (Qt.Key_Down, 0, -1)])
def test_arrows_nudge_the_pin(view, qtbot, pin, key, east, north, modifier, metres):
    before = view.camera
    qtbot.keyClick(view, key, modifier)
    assert pin.moved_to.metres_to(PLACE) == pytest.approx(metres, rel=0.01)
    assert (pin.moved_to.lon > PLACE.lon, pin.moved_to.lat > PLACE.lat) == (east > 0, north > 0)
    assert view.camera == before


def test_without_a_pin_the_arrows_move_the_map_and_space_puts_one_in_the_middle(view, qtbot, settle, pin, moves):
    pin.show_pin(8, None)
    before = view.camera
    qtbot.keyClick(view, Qt.Key_Right)
    settle(view)
    assert view.camera != before
    qtbot.keyClick(view, Qt.Key_Space)
    assert moves == [(8, view.camera.centre)]


def test_with_no_account_the_map_is_as_ever(view, qtbot, pin, moves):
    pin.show_pin(None, None)
    qtbot.mouseClick(view, Qt.LeftButton, pos=tip(view) + HEAD)
    assert moves == []


def test_a_pin_nudged_out_of_sight_is_followed(view, qtbot, pin):
    pin.put(nudged(PLACE, 0, 20_000))
    qtbot.keyClick(view, Qt.Key_Up)
    assert view.rect().contains(tip(view, pin.moved_to))


def test_a_nudge_stays_on_the_earth():
    assert nudged(LatLon(89.9, 179.9999), 0, 1e6).lat <= 90
    assert nudged(LatLon(0, 179.9999), 100, 0).lon < -179


def test_the_pin_is_hollow_where_it_is_and_filled_where_it_is_moved_to(view, pin):
    pin.put(nudged(PLACE, 300, 0))
    picture = view.grab().toImage()
    assert QColor(picture.pixelColor(tip(view, pin.moved_to) + HEAD + QPoint(6, 0))).name() == ORANGE
    assert QColor(picture.pixelColor(tip(view) + HEAD + QPoint(6, 0))).name() != ORANGE
