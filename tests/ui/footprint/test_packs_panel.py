import os

import pytest
from PySide6.QtCore import Qt

from planner.progress import silent
from planner.usecases.footprint import build_from_files
from planner.usecases.packs import active_pack, list_packs
from planner.usecases.workspace import open_workspace
from ui.dialogs.confirm import Confirm
from ui.dialogs.findings import Findings

LONG = 60_000


@pytest.fixture(scope="module")
def two_home(town, town_home, tmp_path_factory):
    """A home with two packs, of which the second is in use."""
    import shutil

    home = tmp_path_factory.mktemp("two") / "home"
    shutil.copytree(town_home, home)
    with open_workspace(home) as opened:
        build_from_files(opened, [town], "Second", silent)
    return home


@pytest.fixture
def page(open_page, copy_of, two_home):
    """The page on a workspace with two packs."""
    return open_page(copy_of(two_home))


def row(page, number):
    model = page.packs.model
    return [model.index(number, column).data() for column in range(model.columnCount())]


def confirm(page):
    (dialog,) = [dialog for dialog in page.window_of_test.findChildren(Confirm) if dialog.isVisible()]
    return dialog


def test_without_packs_the_panel_says_what_to_do(open_page, workspace):
    page = open_page(workspace)
    assert page.packs.empty.isVisible()
    assert "press Start" in page.packs.empty.text()
    assert not page.packs.delete.isEnabled()
    assert page.packs.examine.isEnabled()


def test_packs_are_listed_with_use_age_size_and_area(page):
    assert page.packs.heading.text().strip() == "ON THIS LAPTOP · 2 road packs"
    name, use, data, size, area = row(page, 0)
    assert (name, use) == ("Second", "In use")
    assert data.startswith("May 6, 2024 · ")
    assert size.endswith(" MB")
    assert area.endswith(" mi")
    assert row(page, 1)[:2] == ["Small Town", ""]


def test_enter_takes_a_pack_into_use(page, qtbot, is_quiet):
    assert not page.packs.use.isEnabled()
    page.packs.table.selectRow(1)
    page.packs.table.activated.emit(page.packs.table.currentIndex())
    qtbot.waitUntil(is_quiet)
    assert active_pack(page.context.workspace).name == "Small Town"
    qtbot.waitUntil(lambda: row(page, 1)[1] == "In use")


def test_deleting_asks_names_the_size_and_keeps_the_others(page, qtbot, is_quiet):
    shown = []
    page.context.bus.basemap_shown.connect(shown.append)
    page.packs.table.setFocus()
    qtbot.keyClick(page.packs.table, Qt.Key.Key_Delete)
    confirm(page).no.click()
    assert len(list_packs(page.context.workspace)) == 2
    page.packs.delete.click()
    dialog = confirm(page)
    from PySide6.QtWidgets import QLabel

    assert any(" MB are free again" in each.text() for each in dialog.findChildren(QLabel))
    dialog.yes.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert [pack.name for pack in list_packs(page.context.workspace)] == ["Small Town"]
    assert shown[0] is None  # the map has let go of the file first
    qtbot.waitUntil(lambda: row(page, 0)[:2] == ["Small Town", "In use"])


def test_a_sound_pack_is_told_and_a_damaged_one_is_offered_to_be_updated(page, qtbot, is_quiet):
    told = []
    page.context.bus.told.connect(told.append)
    page.packs.check.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert told == ["Second: every file is as it was built."]
    pack = page.packs.chosen
    os.truncate(pack.gazetteer, 1000)
    page.packs.check.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert "gazetteer.sqlite has 1,000 bytes" in told[-1]
    confirm(page).yes.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    page.packs.check.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert told[-1] == "Second: every file is as it was built."


def test_an_update_says_when_nothing_is_newer(page, qtbot, is_quiet):
    told = []
    page.context.bus.told.connect(told.append)
    page.packs.update_.click()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    assert told == ["Second is up to date."]


def test_kept_downloads_are_removed_after_a_question(page, qtbot, is_quiet):
    downloads = page.context.workspace.home / "downloads"
    downloads.mkdir(exist_ok=True)
    (downloads / "kept.osm.pbf").write_bytes(b"x" * 2_000_000)
    told = []
    page.context.bus.told.connect(told.append)
    page.packs.clean.click()
    confirm(page).yes.click()
    qtbot.waitUntil(is_quiet)
    assert told[0].endswith("MB are free again.")
    assert not downloads.exists()


def test_everything_is_checked_and_shown_the_worst_first(page, qtbot, is_quiet):
    os.truncate(page.packs.model.packs[1].basemap, 10)
    page.packs.examine.click()
    assert not page.packs.delete.isEnabled()
    qtbot.waitUntil(is_quiet, timeout=LONG)
    (found,) = page.window_of_test.findChildren(Findings)
    from PySide6.QtWidgets import QLabel

    texts = [label.text() for label in found.findChildren(QLabel)]
    assert texts[0] == "1 thing does not work"
    assert texts[1] == "Small Town"
    assert texts[2].startswith("Damaged: basemap.pmtiles")
    found.reject()
    assert page.packs.delete.isEnabled()


def test_a_folder_that_is_no_pack_is_told(open_page, copy_of, two_home):
    workspace = copy_of(two_home)
    (workspace.packs_folder / "small-town" / "manifest.json").write_text("{}")
    page = open_page(workspace)
    assert "cannot be read" in page.packs.broken.text()
    assert page.packs.broken.isVisible()


def test_the_packs_are_outlined_on_the_picture(page):
    assert len(page.picture._scene.packs) == 2
