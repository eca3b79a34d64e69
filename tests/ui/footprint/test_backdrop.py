"""The map behind the outlines: that of the pack in use, within its outline only, and none where there is no pack."""

import pytest
from PySide6.QtCore import QPointF

from ui.footprint.backdrop import Backdrop
from ui.footprint.page import FootprintPage


def colours(picture):
    """How many colours there are within the pack's outline."""
    image = picture.grab().toImage()
    ratio = picture.devicePixelRatioF()
    box = picture._scene.packs[0].boundingRect()
    spots = [(box.left() + box.width() * x / 40, box.top() + box.height() * y / 40) for x in range(2, 39) for y in range(2, 39)]
    points = [QPointF(*picture.camera.to_screen(x / 1e6, y / 1e6)) for x, y in spots]
    inside = [each for each in points if picture.rect().contains(each.toPoint())]
    return {image.pixelColor(round(each.x() * ratio), round(each.y() * ratio)).name() for each in inside}


@pytest.fixture
def town_page(qtbot, open_page, workspace_of_town):
    return open_page(workspace_of_town, ask=False)


@pytest.fixture
def workspace_of_town(town_home, tmp_path):
    import shutil

    from planner.usecases.workspace import open_workspace

    shutil.copytree(town_home, tmp_path / "home")
    with open_workspace(tmp_path / "home") as opened:
        yield opened


def test_the_map_of_the_pack_is_painted_and_follows_the_picture(qtbot, town_page, is_quiet):
    picture = town_page.picture
    qtbot.waitUntil(lambda: picture._scene.map is not None and is_quiet())
    assert len(colours(picture)) > 3  # land, streets and their casings
    seen = picture._scene.map[1]
    assert seen == picture.camera
    picture._show(picture.camera.panned(40, 0))
    assert len(colours(picture)) > 3  # what there is moves along at once
    qtbot.waitUntil(lambda: picture._scene.map[1] == picture.camera and is_quiet())


def test_without_a_pack_its_place_says_what_to_do(qtbot, open_page, workspace):
    page = open_page(workspace, ask=False)
    assert isinstance(page, FootprintPage)
    assert isinstance(page.backdrop, Backdrop)
    qtbot.waitUntil(page.nothing.isVisible)
    assert not page.picture.isVisible()
    page.tabs[1].click()
    page.areas.draw.setChecked(True)
    qtbot.waitUntil(page.picture.isVisible)
    page.areas.draw.setChecked(False)
    qtbot.waitUntil(page.nothing.isVisible)
    next(each for each in page.nothing.findChildren(type(page.start.start)) if each.text() == "Get the list of regions").click()
    qtbot.waitUntil(page.picture.isVisible)
    assert page.picture.has_regions


def test_the_second_step_leads_back_and_on(qtbot, town_page):
    closed = []
    town_page.closed.connect(lambda: closed.append(True))
    town_page.step.begin({}, None)
    assert town_page.step.isVisible()
    assert town_page.step.text.text().startswith("Step 2 of 3")
    assert not town_page.step.button.isVisible()
    town_page.step.back.click()
    assert closed == [True]
    town_page.step.begin({1: object()}, None)
    assert not town_page.step.isVisible()
