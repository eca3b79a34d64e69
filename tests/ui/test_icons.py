import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

from planner.paths import resources_dir
from ui.icons import icon

DRAWINGS = (resources_dir() / "icons").glob("*.svg")
NAMES = sorted(path.stem for path in DRAWINGS if "currentColor" in path.read_text(encoding="utf-8"))


def inks(picture):
    """The colours of the opaque pixels."""
    image = picture.toImage()
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in spots if image.pixelColor(x, y).alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_its_colour_at_any_scale(qapp, name):
    for ratio in (1, 1.5, 3):
        picture = icon(name, "#1f5fd6").pixmap(QSize(24, 24), ratio)
        assert picture.width() == round(24 * ratio)
        if ratio == 3:  # smaller ones may be all edges
            wanted = QColor("#1f5fd6")
            near = [abs(wanted.blue() - QColor(ink).blue()) <= 2 and abs(wanted.red() - QColor(ink).red()) <= 2 for ink in inks(picture)]
            assert near
            assert all(near)


def test_what_is_switched_on_has_the_other_colour(qapp):
    made = icon("week", "#667085", "#1f5fd6")
    on = made.pixmap(QSize(96, 96), 1, QIcon.Mode.Normal, QIcon.State.On)
    assert inks(on) == {"#1f5fd6"}
    assert inks(made.pixmap(QSize(96, 96))) == {"#667085"}


def test_an_action_that_is_off_is_drawn_paler(qapp):
    pale = icon("week", "#667085").pixmap(QSize(96, 96), 1, QIcon.Mode.Disabled)
    assert not inks(pale)
    assert pale.toImage().allGray() is False


def test_an_unknown_name_is_told(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no such drawing", "#000000")
