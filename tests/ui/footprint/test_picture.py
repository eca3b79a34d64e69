import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from planner.model.areas import Area
from planner.model.places import LatLon
from ui.footprint.picture import OutlinePicture


def box(name, south, west, north, east):
    return Area(name, ((LatLon(south, west), LatLon(south, east), LatLon(north, east), LatLon(north, west)),))


COUNTRY, STATE, ISLAND = box("Country", 30, -100, 45, -70), box("State", 39, -80, 42, -75), box("Island", 50, -60, 51, -58)


@pytest.fixture
def picture(qtbot, theme):
    made = OutlinePicture(theme)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.show_regions({"state": STATE, "country": COUNTRY, "island": ISLAND})
    made.look_at([COUNTRY])
    return made


def at(picture, lat, lon):
    return picture.screen_of(LatLon(lat, lon))


def test_the_smallest_region_at_a_place_is_found(picture):
    assert picture.region_at(at(picture, 40, -78)) == "state"
    assert picture.region_at(at(picture, 35, -90)) == "country"
    assert picture.region_at(at(picture, 48, -90)) == ""


def test_a_click_picks_and_a_drag_moves(picture, qtbot):
    picked = []
    picture.picked.connect(picked.append)
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at(picture, 40, -78).toPoint())
    assert picked == ["state"]
    before = at(picture, 40, -78)
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(picture, QPoint(350, 220))
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=QPoint(350, 220))
    assert picked == ["state"]
    moved = at(picture, 40, -78) - before
    assert (round(moved.x()), round(moved.y())) == (50, 20)


def test_what_is_looked_at_fills_the_picture(picture):
    picture.look_at([STATE])
    corner, other = at(picture, 42, -80), at(picture, 39, -75)
    assert 0 < corner.x() < other.x() < 600
    assert 0 < corner.y() < other.y() < 400
    assert other.x() - corner.x() > 250


def test_it_stays_fitted_when_the_window_grows_until_it_was_moved(picture, qtbot):
    picture.look_at([STATE])
    picture.resize(900, 600)
    middle = at(picture, 40.5, -77.5)
    assert abs(middle.x() - 450) < 5
    zoom = picture.camera.zoom
    qtbot.keyClick(picture, Qt.Key.Key_Plus)
    picture.resize(600, 400)
    assert picture.camera.zoom == zoom + 0.5
    qtbot.keyClick(picture, Qt.Key.Key_Home)
    assert picture.camera.zoom < zoom


def test_an_area_is_drawn_with_keys_alone(picture, qtbot):
    drawn = []
    picture.drawn.connect(drawn.append)
    picture.draw(True)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(picture, key)
    assert drawn == []  # two corners are no area yet
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(picture, key)
    (area,) = drawn
    first, second, third = area.outlines[0]
    assert second.lon > first.lon
    assert third.lat < second.lat
    assert picture.drawing is None


def test_while_drawing_a_click_sets_a_corner_and_picks_nothing(picture, qtbot):
    picked, corners = [], []
    picture.picked.connect(picked.append)
    picture.corners_changed.connect(corners.append)
    picture.draw(True)
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at(picture, 40, -78).toPoint())
    assert (picked, corners) == ([], [1])


def test_regions_shown_only_as_ground_cannot_be_picked(picture, qtbot):
    picked = []
    picture.picked.connect(picked.append)
    picture.show_regions({"state": STATE}, pickable=False)
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=at(picture, 40, -78).toPoint())
    assert picked == []


def test_the_chosen_region_is_painted_in_the_accent_colour(picture, theme):
    picture.look_at([STATE])

    def edge():
        spot = at(picture, 40.5, -80).toPoint()
        image = picture.grab().toImage()
        return {image.pixelColor(spot.x() + dx, spot.y()).name() for dx in range(-2, 3)}

    assert theme.colours.accent not in edge()
    picture.choose("state")
    assert theme.colours.accent in edge()


def test_an_area_across_many_corners_is_hit_exactly(picture):
    spot = at(picture, 38.999, -78)
    picture.look_at([STATE])
    assert picture.region_at(at(picture, 38.999, -78)) == "country"
    assert picture.region_at(at(picture, 39.001, -78)) == "state"
    assert isinstance(spot, QPointF)
