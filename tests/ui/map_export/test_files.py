"""The map as files: a page holds shapes and text, a picture what the window shows, and a stopped export leaves nothing."""

import re
import zlib
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog

from planner.errors import Cancelled, UserProblem
from planner.model.places import Bounds, LatLon
from planner.model.week import VisitKind
from planner.progress import silent
from planner.values import replace
from ui.map.camera import world_array, world_of
from ui.map.ground import Area, Ground, Heat
from ui.map.pins import Pin
from ui.map.tools.drawing import draw_outline
from ui.map.tools.measure import MeasuredLine
from ui.map.tools.outline import Outline
from ui.map.view import MapView
from ui.map_export.commands import MapExportCommands
from ui.map_export.dialog import MapExportDialog
from ui.map_export.files import Page, Paper, write_page, write_picture

SQUARE = [LatLon(40.77, -77.89), LatLon(40.81, -77.89), LatLon(40.81, -77.83), LatLon(40.77, -77.83)]


@pytest.fixture
def view(qtbot):
    """A map with four pins and an area, and no basemap."""
    made = MapView()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.set_empty_text("")
    made.set_pins([Pin(n, LatLon(40.78, -77.88 + n * 0.02), kind, f"Account {n}", "") for n, kind in enumerate(VisitKind)])
    made.set_ground(Ground((Area.of("Rep A", [SQUARE], 0, SQUARE[0]),)))
    made.show()
    made.show_all()
    qtbot.waitUntil(lambda: made.is_settled)
    yield made
    made.stop()


def operators(file):
    """All that is drawn on the pages of a PDF, in its own language."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", file.read_bytes(), re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return b"\n".join(unpacked)


def images(file):
    """Width and height of each image in a PDF."""
    found = re.findall(rb"/Subtype /Image.*?/Width (\d+).*?/Height (\d+)", file.read_bytes(), re.DOTALL)
    return [(int(width), int(height)) for width, height in found]


def test_a_page_is_made_of_paths_and_text_and_holds_no_picture(view, tmp_path):
    file = write_page(view.snapshot(), Page(title="Week 49"), tmp_path / "map.pdf", silent)
    assert file.read_bytes().startswith(b"%PDF")
    drawn = operators(file)
    assert len(re.findall(rb"\b(?:l|c|re)\b", drawn)) > 100
    assert b" Tj" in drawn or b" TJ" in drawn
    assert images(file) == []


def test_heat_is_the_only_picture_on_a_page_and_a_small_one(view, tmp_path):
    view.set_ground(Ground(heat=Heat.of(np.ones((40, 60), np.float32), Bounds(40.7, -78.0, 40.9, -77.7))))
    found = images(write_page(view.snapshot(), Page(), tmp_path / "map.pdf", silent))
    assert set(found) <= {(60, 40)}
    assert found


@pytest.mark.parametrize(
    ("page", "size"),
    [(Page(), (792, 612)), (Page(Paper.LETTER, landscape=False), (612, 792)), (Page(Paper.A4), (842, 595)), (Page(Paper.A3), (1191, 842))],
)
def test_a_page_has_the_size_of_its_paper(view, tmp_path, page, size):
    file = write_page(view.snapshot(), page, tmp_path / "map.pdf", silent)
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes())
    assert (float(box[1]), float(box[2])) == pytest.approx(size, abs=1)


def test_a_picture_has_the_size_asked_for_and_shows_what_the_window_shows(view, tmp_path):
    written = QImage(str(write_picture(view.snapshot(), tmp_path / "map.png", silent)))
    shown = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert written.convertToFormat(QImage.Format.Format_RGB32) == shown
    finer = QImage(str(write_picture(view.snapshot(ratio=3), tmp_path / "finer.png", silent)))
    assert (finer.width(), finer.height()) == (1800, 1200)


def test_what_is_drawn_by_hand_is_in_pictures_and_as_shapes_on_pages(view, tmp_path):
    plain = operators(write_page(view.snapshot(), Page(), tmp_path / "plain.pdf", silent))
    ring = tuple(world_of(point) for point in SQUARE)
    line = MeasuredLine(ring, ("1 mi", "2 mi", "3 mi"), world_array(SQUARE), "6 mi straight")
    view.add_layer(line.paint, lambda: [line.paint])
    view.add_layer(partial(draw_outline, Outline(ring, closed=True)), lambda: [partial(draw_outline, Outline(ring, closed=True))])
    view.update()
    page = write_page(view.snapshot(), Page(), tmp_path / "map.pdf", silent)
    drawn = operators(page)
    assert images(page) == []
    assert drawn.count(b" Tf") >= plain.count(b" Tf") + 4
    assert len(re.findall(rb"\b(?:l|c|re)\b", drawn)) > len(re.findall(rb"\b(?:l|c|re)\b", plain)) + 20
    written = QImage(str(write_picture(view.snapshot(), tmp_path / "map.png", silent)))
    shown = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert written.convertToFormat(QImage.Format.Format_RGB32) == shown


def test_where_a_reach_starts_is_on_the_page(view, tmp_path):
    plain = operators(write_page(view.snapshot(), Page(), tmp_path / "plain.pdf", silent))
    view.set_ground(replace(view._content.ground, starts=(world_of(SQUARE[0]),)))
    page = write_page(view.snapshot(), Page(), tmp_path / "map.pdf", silent)
    assert len(operators(page)) > len(plain)
    assert images(page) == []


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_a_stopped_export_leaves_what_was_there(view, tmp_path, form):
    out = tmp_path / f"map.{form}"
    out.write_bytes(b"before")

    def stop(fraction, _text):
        if fraction > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_picture(view.snapshot(), out, stop) if form == "png" else write_page(view.snapshot(), Page(), out, stop)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(out.name, b"before")]


@pytest.mark.parametrize("form", ["png", "pdf"])
@pytest.mark.parametrize("where", ["", "missing/map"])
def test_a_place_that_cannot_be_written_is_told_plainly(view, tmp_path, form, where):
    out = tmp_path / where
    with pytest.raises(UserProblem) as told:
        write_picture(view.snapshot(), out, silent) if form == "png" else write_page(view.snapshot(), Page(), out, silent)
    assert told.value.what
    assert told.value.remedy


@pytest.fixture
def commands(context_of, filled, view):
    return MapExportCommands(context_of(filled), view, view)


def test_both_forms_are_asked_for_and_written_off_the_gui_thread(commands, view, qtbot, is_quiet, monkeypatch):
    names = []

    def choose(_window, _title, usual, _filter):
        names.append(usual)
        return usual, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    folder = commands._context.workspace.home
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _location: str(folder))
    for run in commands.handlers().values():
        run()
        dialog = next(each for each in view.findChildren(QDialog) if each.isVisible())
        with qtbot.waitSignal(commands._context.bus.told) as told:
            dialog.save.click()
        assert told.args[0].startswith("Saved ")
        qtbot.waitUntil(lambda: not any(each.isVisible() for each in view.findChildren(QDialog)))
    assert names == [str(folder / "2026-W49 map.png"), str(folder / "2026-W49 map.pdf")]
    assert QImage(names[0]).width() == 1200
    assert (folder / "2026-W49 map.pdf").read_bytes().startswith(b"%PDF")


def test_the_dialog_says_what_it_will_write(qtbot, view):
    for form in ("png", "pdf"):
        dialog = MapExportDialog(form, view.size(), "Week 49", view)
        assert all(
            field.accessibleName() for field in ((dialog.scale,) if form == "png" else (dialog.paper, dialog.orientation, dialog.title))
        )
    assert "1,200 × 800 pixels" in MapExportDialog("png", view.size(), "", view).scale.itemText(1)
    dialog.paper.setCurrentIndex(2)
    dialog.orientation.setCurrentIndex(1)
    assert dialog.page == Page(Paper.A4, landscape=False, title="Week 49")
