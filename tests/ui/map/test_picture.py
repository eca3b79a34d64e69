import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from planner.errors import Cancelled, PackProblem
from planner.progress import silent
from ui.map.palette import LIGHT
from ui.map.picture import picture_of


def same(one, other):
    return one.convertToFormat(QImage.Format.Format_RGB32) == other.convertToFormat(QImage.Format.Format_RGB32)


def test_a_picture_is_what_the_window_shows(view, settle, pins):
    view.set_pins(pins)
    view.set_notice("Fictional sample territory")
    view.select(101)
    settle(view)
    assert same(picture_of(view.snapshot()), view.grab().toImage())


def test_a_picture_stays_what_it_was_asked_of(view, settle, pins):
    view.set_pins(pins)
    settle(view)
    shot, before = view.snapshot(), view.grab().toImage()
    view.set_pins([])
    view.set_theme("dark")
    assert same(picture_of(shot), before)


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
def test_a_finer_picture_shows_the_same_place(view, ratio):
    image = picture_of(view.snapshot(ratio=ratio))
    assert (image.width(), image.height()) == (600 * ratio, 400 * ratio)
    small = picture_of(view.snapshot())
    spots = [(x, y) for x in range(5, 600, 53) for y in range(60, 380, 41)]
    alike = [small.pixelColor(x, y) == image.pixelColor(round((x + 0.5) * ratio), round((y + 0.5) * ratio)) for x, y in spots]
    assert sum(alike) > 0.9 * len(spots)


def test_a_picture_can_be_cancelled(view):
    def stop(fraction, _text):
        if fraction > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        picture_of(view.snapshot(QSize(2000, 1500)), stop)


def test_a_damaged_basemap_is_told(view, basemap):
    def damaged(z, x, y):
        raise PackProblem("The basemap is damaged.", "A tile cannot be read.", "Build the road pack again.")

    basemap.tile = damaged
    view.set_basemap(basemap)
    with pytest.raises(PackProblem):
        picture_of(view.snapshot(), silent)
    view.stop()


def test_on_paper_it_is_light(view, pins):
    view.set_theme("dark")
    view.set_pins(pins)
    shot = view.snapshot().on_paper()
    assert shot.scene.palette is LIGHT
    assert shot.furnishing.legend == view._content.legend(LIGHT)
