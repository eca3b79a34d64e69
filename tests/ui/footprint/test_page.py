import pytest
from map_servers import Fault
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from small_town import crossing

from planner.model.areas import Area
from planner.model.places import LatLon
from planner.usecases.packs import active_pack, list_packs
from ui.errors import ProblemDialog

LONG = 60_000


@pytest.fixture
def page(open_page, workspace):
    """The page on an empty workspace."""
    return open_page(workspace)


def texts(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def names(lines):
    return [lines.item(row).text() for row in range(lines.count())]


def click(qtbot, picture, place):
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.screen_of(place).toPoint())


def test_states_are_listed_and_searched_as_one_types(page, qtbot):
    assert names(page.regions.list) == ["New York", "Ohio", "Pennsylvania"]
    assert "Choose a region" in texts(page.start)
    assert not page.start.start.isEnabled()
    qtbot.keyClicks(page.regions.search, "pa")
    assert names(page.regions.list) == ["Pennsylvania"]
    qtbot.keyClick(page.regions.search, Qt.Key.Key_Return)
    assert page.regions.region.name == "Pennsylvania"
    assert page.start.name.text() == "Pennsylvania"
    assert "of the disk are free" in texts(page.start)


def test_a_search_without_an_answer_says_what_to_do(page, qtbot):
    qtbot.keyClicks(page.regions.search, "atlantis")
    assert "No region is called “atlantis”" in texts(page.regions)


def test_a_click_on_the_picture_chooses_a_region_even_one_the_search_left_out(page, qtbot):
    page.regions.search.setText("penn")
    page.picture.look_at([Area("all", ((LatLon(38, -85), LatLon(45, -85), LatLon(45, -73), LatLon(38, -73)),))])
    click(qtbot, page.picture, LatLon(40.0, -83.0))
    assert page.regions.region.name == "Ohio"
    assert page.regions.search.text() == ""


def test_the_list_and_the_name_are_followed_unless_a_name_was_typed(page, qtbot):
    page.regions.choose("us/ohio")
    page.regions.counties.setText("Wood, Lucas")
    assert page.start.name.text() == "Wood, Lucas, Ohio"
    page.start.name.clear()
    qtbot.keyClicks(page.start.name, "North west")
    page.regions.choose("us/new-york")
    assert page.start.name.text() == "North west"


def test_a_region_is_downloaded_built_and_taken_into_use_and_the_page_says_what_next(page, qtbot, is_quiet, workspace):
    told = []
    page.context.bus.changed.connect(told.append)
    page.regions.choose("us/pennsylvania")
    qtbot.keyClick(page.start.name, Qt.Key.Key_Return)
    assert page.start.working.cancel.isVisible()
    assert not page.packs.examine.isEnabled()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert page.start.outcome.text() == "“Pennsylvania” is ready"
    assert page.start.next.isVisible()
    assert page.start.next.text() == "Import accounts…"
    assert active_pack(workspace).name == "Pennsylvania"
    assert any(changes.accounts and changes.packs and changes.settings for changes in told)
    assert page.packs.model.packs[0].name == "Pennsylvania"
    page.start.other.click()
    assert page.start.start.isVisible()


def test_a_stopped_download_says_that_it_goes_on_and_does(page, qtbot, is_quiet, server, workspace):
    server.fail("/PA-latest.osm.pbf", Fault(after_bytes=2_000, stalls=True))
    page.regions.choose("us/pennsylvania")
    page.start.begin()
    qtbot.waitUntil(lambda: bool(server.asked("/PA-latest.osm.pbf", "GET")), timeout=LONG)
    page.start.working.cancel.click()
    assert page.start.working.doing.text() == "Stopping…"
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert page.start.outcome.text() == "Stopped"
    assert "goes on from there" in texts(page.start)
    assert list_packs(workspace) == []
    page.start.again.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert page.start.outcome.text() == "“Pennsylvania” is ready"


def test_what_went_wrong_is_told_in_a_dialog_and_stays_on_the_page(page, qtbot, is_quiet):
    page.regions.choose("us/ohio")  # the server has no such extract
    page.start.begin()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    (problem,) = page.window_of_test.findChildren(ProblemDialog)
    problem.accept()
    assert page.start.outcome.text()
    assert page.start.outcome.property("role") == "bad"
    assert page.start.again.text() == "Try again"


def test_without_the_list_the_page_says_why_and_reads_it_when_tried_again(qtbot, open_page, workspace, server, is_quiet):
    server.fail("/index-v1.json", Fault(503))
    page = open_page(workspace)
    assert "busy" in page.regions.note.text()
    assert "other two ways" in page.regions.note.text()
    page.regions.again.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert page.regions.list.count() == 3
    assert not page.regions.again.isVisible()


def test_no_server_is_asked_before_somebody_wants_it(qtbot, open_page, workspace, server, is_quiet):
    page = open_page(workspace, ask=False)
    assert server.requests == []
    assert page.regions.again.text() == "Get the list of regions"
    page.regions.again.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert page.regions.list.count() == 3
    page.hide()
    asked = len(server.requests)
    later = open_page(workspace, ask=False)
    assert later.regions.list.count() == 3
    assert not later.regions.again.isVisible()
    assert len(server.requests) == asked


def test_of_several_areas_of_a_name_one_is_chosen(page, qtbot, is_quiet):
    page.tabs[1].click()
    qtbot.keyClicks(page.areas.name, "Grid County")
    qtbot.keyClick(page.areas.name, Qt.Key.Key_Return)
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert names(page.areas.list) == ["Grid County, Pennsylvania, United States", "Grid County, Ohio, United States"]
    qtbot.keyClick(page.areas.list, Qt.Key.Key_Down)
    assert page.areas.area.bounds.west == -83.0
    assert page.start.name.text() == "Grid County, Ohio"
    assert "sq mi" in texts(page.areas)


def test_an_area_nobody_knows_is_told_beside_the_field(page, qtbot, is_quiet, server):
    server.places = []
    page.tabs[1].click()
    page.areas.look_for()
    assert "Write a name first" in texts(page.areas)
    qtbot.keyClicks(page.areas.name, "Atlantis")
    page.areas.find_button.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert "No area called 'Atlantis' was found" in texts(page.areas)
    assert page.areas.order() is None


def test_an_area_is_drawn_with_the_mouse_and_its_roads_are_fetched(page, qtbot, is_quiet, workspace):
    page.tabs[1].click()
    page.picture.look_at([Area("town", ((LatLon(39.98, -77.03), LatLon(39.98, -76.97), LatLon(40.03, -77.03)),))])
    page.areas.draw.click()
    corners = [LatLon(39.99, -77.02), LatLon(39.99, -76.98), LatLon(40.02, -76.98)]
    for corner in corners:
        click(qtbot, page.picture, corner)
    assert "3 corners" in texts(page.areas)
    click(qtbot, page.picture, LatLon(40.0, -77.0))
    qtbot.keyClick(page.picture, Qt.Key.Key_Backspace)
    assert "3 corners" in texts(page.areas)
    last = page.picture.screen_of(LatLon(40.02, -77.02)).toPoint()
    qtbot.mouseClick(page.picture, Qt.MouseButton.LeftButton, pos=last)
    qtbot.mouseDClick(page.picture, Qt.MouseButton.LeftButton, pos=last)
    assert page.picture.drawing is None
    assert not page.areas.draw.isChecked()
    (outline,) = page.areas.area.outlines
    assert len(outline) == 4
    assert outline[0].metres_to(corners[0]) < 200
    page.start.begin()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    pack = active_pack(workspace)
    assert pack.name == "Drawn area"
    assert pack.bounds.contains(crossing(4, 4))
    assert not pack.bounds.contains(crossing(4, 4, island=True))


def test_esc_drops_the_corners_then_leaves_the_drawing_then_closes(page, qtbot):
    page.tabs[1].click()
    page.areas.draw.click()
    qtbot.mouseClick(page.picture, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.keyClick(page.picture, Qt.Key.Key_Escape)
    assert page.picture.drawing.corners == ()
    qtbot.keyClick(page.picture, Qt.Key.Key_Escape)
    assert page.picture.drawing is None
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.picture, Qt.Key.Key_Escape)


def test_an_outline_is_read_from_a_file_and_a_wrong_file_is_told(page, qtbot, is_quiet, tmp_path):
    good, wrong = tmp_path / "mine.poly", tmp_path / "wrong.geojson"
    good.write_text("mine\n1\n -77.0 40.0\n -76.9 40.0\n -76.9 40.1\nEND\nEND\n")
    wrong.write_text("{}")
    page.tabs[1].click()
    page.areas.read_file(good)
    qtbot.waitUntil(is_quiet)
    assert page.start.name.text() == "mine"
    page.areas.read_file(wrong)
    qtbot.waitUntil(is_quiet)
    assert "'wrong.geojson' is not an area" in texts(page.areas)


def test_a_file_tells_its_counties_and_is_cut_to_those_checked(page, qtbot, is_quiet, town, workspace):
    page.add_files([town])
    qtbot.waitUntil(is_quiet, timeout=LONG)
    far, grid = page.files.counties.item(1), page.files.counties.item(0)
    assert (grid.text(), far.text()) == ("Grid County", "Far County")
    assert not far.flags() & Qt.ItemFlag.ItemIsEnabled
    assert page.start.name.text() == "Small Town"
    grid.setCheckState(Qt.CheckState.Checked)
    assert page.start.name.text() == "Grid County"
    page.start.begin()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    pack = active_pack(workspace)
    assert pack.origin.area.name == "Grid County"
    assert not pack.bounds.contains(crossing(4, 4, island=True))


def test_files_that_are_no_extracts_are_named_and_left_out(page, qtbot, is_quiet, town, tmp_path):
    page.add_files([town, tmp_path / "accounts.csv", town])
    assert page.files.files == (town,)
    assert "accounts.csv is no extract" in texts(page.files)
    qtbot.waitUntil(is_quiet, timeout=LONG)
    qtbot.keyClick(page.files.list, Qt.Key.Key_Delete)
    assert page.files.files == ()
    assert page.files.order() is None


def test_an_outline_to_cut_to_takes_the_place_of_checked_counties(page, qtbot, is_quiet, town, tmp_path):
    outline = tmp_path / "mine.poly"
    outline.write_text("mine\n1\n -77.02 39.99\n -76.98 39.99\n -76.98 40.02\n -77.02 40.02\nEND\nEND\n")
    page.add_files([town])
    qtbot.waitUntil(is_quiet, timeout=LONG)
    page.files.counties.item(0).setCheckState(Qt.CheckState.Checked)
    page.files.read_clip(outline)
    qtbot.waitUntil(is_quiet)
    assert page.files.checked == ()
    assert page.start.name.text() == "mine"
    page.files.no_clip.click()
    assert page.start.name.text() == "Small Town"


def test_every_field_has_a_name_for_screen_readers(page):
    from PySide6.QtWidgets import QAbstractItemView, QLineEdit

    nameless = [each for kind in (QLineEdit, QAbstractItemView) for each in page.findChildren(kind) if not each.accessibleName()]
    assert [each for each in nameless if each.parent() is not None and not each.inherits("QHeaderView")] == []


def test_tab_leads_through_the_way_to_start(page, qtbot):
    page.regions.choose("us/ohio")
    page.activateWindow()
    page.tabs[0].setFocus()
    seen = []
    while page.picture not in seen and len(seen) < 20:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        seen.append(page.focusWidget())
    wanted = [page.regions.search, page.regions.list, page.regions.counties, page.start.name, page.start.start, page.picture]
    assert [each for each in seen if each in wanted] == wanted
