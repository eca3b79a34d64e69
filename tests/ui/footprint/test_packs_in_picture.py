from planner.model.places import LatLon


def test_without_a_list_of_regions_the_picture_looks_at_what_is_on_this_laptop(qtbot, open_page, copy_of, town_home):
    page = open_page(copy_of(town_home), ask=False)
    qtbot.waitUntil(lambda: page.picture.camera.zoom > 9)
    assert page.picture.rect().contains(page.picture.screen_of(LatLon(40.0, -77.0)).toPoint())
