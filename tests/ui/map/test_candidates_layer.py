import pytest
from PySide6.QtCore import QPoint, Qt

from planner.model.places import LatLon
from ui.map.candidates_layer import LETTERS, CandidatesLayer
from ui.map.pin_drag import PinDrag

PLACES = [LatLon(40.79, -77.86), LatLon(40.79, -77.85), LatLon(40.79, -77.85)]


@pytest.fixture
def layer(view):
    """Three candidates, two of them at one place, and a pin elsewhere."""
    made = CandidatesLayer(view)
    PinDrag(view, lambda at: made.find(at) is not None).show_pin(7, LatLon(40.80, -77.87))
    view.centre_on(PLACES[0], 14)
    made.show_candidates(PLACES)
    return made


def mark(view, layer, index):
    return layer.spots(view.camera)[index][1].toPoint()


def test_marks_of_one_place_stand_side_by_side(view, layer):
    (first, first_mark), (_, second_mark), (_, third_mark) = layer.spots(view.camera)
    assert first == first_mark
    assert third_mark.x() - second_mark.x() == pytest.approx(21)
    assert third_mark.y() == second_mark.y()


def test_a_mark_stands_beside_a_pin_that_would_hide_it(view):
    pin = PinDrag(view)
    layer = CandidatesLayer(view, lambda: pin.stands_at)
    pin.show_pin(7, PLACES[1])
    layer.show_candidates(PLACES[:2])
    (_, _), (spot, moved) = layer.spots(view.camera)
    assert moved.x() - spot.x() == pytest.approx(21)


def test_names_keep_clear_of_marks_and_pin(view, layer, settle):
    view.centre_on(PLACES[0], 13)
    settle(view)
    wanted = [box for covering in view._coverings for box in covering(view.camera)]
    assert len(wanted) == 4
    margin = (view._overlay.overlay.camera.width - view.width()) / 2
    boxes = [box for label in view._overlay.overlay.labels for box in label.boxes]
    assert boxes
    shifted = [(a + margin, b + margin, c + margin, d + margin) for a, b, c, d in wanted]
    assert not any(a < r and c > x and b < e and d > y for a, b, c, d in boxes for x, y, r, e in shifted)


def test_a_click_on_a_mark_picks_it_and_moves_no_pin(view, qtbot, layer):
    pin = view.findChild(PinDrag)
    with qtbot.waitSignal(layer.picked) as told:
        qtbot.mouseClick(view, Qt.LeftButton, pos=mark(view, layer, 2))
    assert told.args == [2]
    assert pin.moved_to is None


def test_a_press_that_is_let_go_elsewhere_picks_nothing(view, qtbot, layer):
    picked = []
    layer.picked.connect(picked.append)
    qtbot.mousePress(view, Qt.LeftButton, pos=mark(view, layer, 0))
    qtbot.mouseMove(view, QPoint(50, 50))
    qtbot.mouseRelease(view, Qt.LeftButton, pos=QPoint(50, 50))
    assert picked == []


def test_the_mark_under_the_cursor_is_told_and_drawn_larger(view, qtbot, layer):
    told = []
    layer.pointed.connect(told.append)
    flat = view.grab().toImage()
    qtbot.mouseMove(view, mark(view, layer, 0))
    raised = view.grab().toImage()
    qtbot.mouseMove(view, QPoint(20, 20))
    assert told == [0, None]
    assert raised != flat


def test_there_is_a_letter_for_each_that_is_shown(view, layer):
    layer.show_candidates(PLACES * 5)
    assert len(layer.spots(view.camera)) == len(LETTERS)
