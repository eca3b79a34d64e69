import pytest
from PySide6.QtCore import QPoint, Qt

from planner.model.places import LatLon
from ui.map.camera import world_of


@pytest.fixture
def polygon(hand):
    """The tool in the hand."""
    hand.actions["tool-polygon"].trigger()
    return hand.tools.box.polygon


@pytest.fixture
def closed(hand, polygon):
    """An area around the first three accounts."""
    box = hand.box_around(1, 2, 3)
    hand.click(*box, box[0])
    assert polygon.outline.closed
    return polygon


def at(hand, corner):
    x, y = hand.view.camera.to_screen(*corner)
    return QPoint(round(x), round(y))


def test_clicks_set_corners_and_a_click_on_the_first_closes(hand, polygon):
    box = hand.box_around(1, 2, 3)
    hand.click(*box)
    assert len(polygon.outline.corners) == 4
    assert not polygon.outline.closed
    assert hand.tools.box.ids == frozenset()
    hand.click(box[0] + QPoint(3, 2))
    assert polygon.outline.closed
    assert len(polygon.outline.corners) == 4
    assert hand.tools.box.ids == {1, 2, 3}


def test_enter_closes_and_backspace_takes_the_last_corner_back(qtbot, hand, polygon):
    box = hand.box_around(1, 2)
    hand.click(*box, QPoint(20, 20))
    qtbot.keyClick(hand.view, Qt.Key.Key_Backspace)
    qtbot.keyClick(hand.view, Qt.Key.Key_Return)
    assert len(polygon.outline.corners) == 4
    assert hand.tools.box.ids == {1, 2}


def test_a_double_click_closes_and_does_not_zoom(qtbot, hand, polygon):
    zoom = hand.view.camera.zoom
    box = hand.box_around(1, 2)
    hand.click(*box)
    qtbot.mouseDClick(hand.view, Qt.MouseButton.LeftButton, pos=box[3])
    assert hand.tools.box.ids == {1, 2}
    assert hand.view.camera.zoom == zoom


def test_escape_leaves_the_line_then_the_tool(qtbot, hand, polygon):
    hand.click(*hand.box_around(1, 2))
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert polygon.outline.corners == ()
    assert hand.tools.box.tool == "polygon"
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.tools.box.tool == ""
    assert not hand.bar.isVisible()


def test_corners_snap_to_pins_and_alt_lets_them_be(hand, polygon):
    place = hand.desk.accounts[2].place
    hand.click(hand.pixel(place) + QPoint(4, 3))
    assert polygon.outline.corners[0] == pytest.approx(world_of(place), abs=1e-12)
    hand.click(hand.pixel(place) + QPoint(4, -3), held=Qt.KeyboardModifier.AltModifier)
    assert at(hand, polygon.outline.corners[1]) == hand.pixel(place) + QPoint(4, -3)
    assert hand.desk.selected is None


def test_a_corner_that_is_set_snaps_to_another(hand, polygon):
    hand.click(QPoint(100, 100), QPoint(200, 100), QPoint(206, 104))
    assert polygon.outline.corners[2] == polygon.outline.corners[1]


def test_a_drag_while_drawing_moves_the_map_and_sets_nothing(hand, polygon):
    before = hand.view.camera
    hand.click(QPoint(100, 100))
    hand.drag(QPoint(400, 300), QPoint(430, 300), QPoint(460, 320))
    assert len(polygon.outline.corners) == 1
    assert hand.view.camera != before


def test_a_corner_is_dragged_and_what_is_inside_follows_the_hand(hand, closed):
    below = hand.box_around(1, 2, 3)[2]
    assert hand.tools.box.ids == {1, 2, 3}
    hand.drag(below, below + QPoint(8, 0), QPoint(below.x() - 300, 20), let_go=False)
    assert hand.tools.box.ids != {1, 2, 3}
    hand.drag(QPoint(below.x() - 300, 20), below + QPoint(40, 40), below)
    assert hand.tools.box.ids == {1, 2, 3}


def test_the_middle_of_an_edge_becomes_a_corner(hand, closed):
    box = hand.box_around(1, 2, 3)
    right = QPoint(box[1].x(), (box[1].y() + box[2].y()) // 2)
    hand.drag(right, right + QPoint(30, 0), right + QPoint(60, 0))
    assert len(closed.outline.corners) == 5
    assert at(hand, closed.outline.corners[2]) == right + QPoint(60, 0)


def test_escape_puts_a_dragged_corner_back(qtbot, hand, closed):
    before = closed.outline
    corner = hand.box_around(1, 2, 3)[2]
    hand.drag(corner, corner + QPoint(50, 50), let_go=False)
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert closed.outline == before
    assert hand.tools.box.ids == {1, 2, 3}


def test_tab_goes_from_corner_to_corner_and_arrows_move_it(qtbot, hand, closed):
    before = closed.outline.corners
    camera = hand.view.camera
    qtbot.keyClick(hand.view, Qt.Key.Key_Tab)
    qtbot.keyClick(hand.view, Qt.Key.Key_Tab)
    assert closed.corner == 1
    qtbot.keyClick(hand.view, Qt.Key.Key_Right)
    qtbot.keyClick(hand.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert at(hand, closed.outline.corners[1]) == at(hand, before[1]) + QPoint(1, 10)
    assert hand.view.camera == camera
    qtbot.keyClick(hand.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert closed.corner == 0


def test_tab_beyond_the_last_corner_leaves_the_map(qtbot, hand, closed):
    for _corner in closed.outline.corners:
        qtbot.keyClick(hand.view, Qt.Key.Key_Tab)
    assert closed.corner == 3
    assert hand.view.hasFocus()
    qtbot.keyClick(hand.view, Qt.Key.Key_Tab)
    assert closed.corner is None


def test_delete_takes_the_chosen_corner_out_and_two_are_no_area(qtbot, hand, closed):
    qtbot.keyClick(hand.view, Qt.Key.Key_Tab)
    qtbot.keyClick(hand.view, Qt.Key.Key_Delete)
    assert len(closed.outline.corners) == 3
    assert closed.corner == 0
    qtbot.keyClick(hand.view, Qt.Key.Key_Delete)
    assert not closed.outline.closed
    assert hand.tools.box.ids == frozenset()


def test_an_area_is_drawn_by_keys_alone(qtbot, hand, polygon):
    for lat, lon in ((40.7905, -77.862), (40.7905, -77.858), (40.7925, -77.858), (40.7925, -77.862)):
        hand.view.centre_on(LatLon(lat, lon))
        qtbot.keyClick(hand.view, Qt.Key.Key_Space)
    qtbot.keyClick(hand.view, Qt.Key.Key_Return)
    assert hand.tools.box.ids == {1, 2}


def test_the_next_shape_wipes_the_one_before_away(hand, closed):
    box = hand.box_around(4, 5)
    hand.tools.pick("")
    assert hand.tools.box.ids == {1, 2, 3}
    assert hand.bar.text.text().startswith("3 accounts")
    hand.drag(*box, box[0], held=Qt.KeyboardModifier.ShiftModifier)
    assert hand.tools.box.ids == {4, 5}
    assert closed.outline.corners == ()


def test_an_area_is_changed_further_when_its_tool_is_taken_again_and_gives_way_to_another(hand, closed):
    hand.tools.pick("")
    hand.tools.pick("polygon")
    assert hand.tools.box.ids == {1, 2, 3}
    hand.tools.pick("measure")
    assert hand.tools.box.ids == frozenset()
    assert closed.outline.corners == ()
