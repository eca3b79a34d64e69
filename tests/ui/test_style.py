import pytest
from PySide6.QtGui import QColor

from planner.model.week import VisitKind
from ui.style import DARK, LIGHT, Theme
from ui.style_sheet import SHEET


def contrast(first, second):
    """The contrast ratio of WCAG 2.1."""

    def luminance(colour):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()[:3]]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(colours):
    grounds = [colours.ground, colours.raised, colours.hover, colours.chosen, colours.chip, colours.notice]
    grounds += [colours.tint_of(kind).name() for kind in VisitKind]
    for ground in grounds:
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.quiet, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    for strong in (colours.accent, colours.good, colours.bad, colours.support, colours.care, colours.capture):
        assert contrast(strong, colours.ground) >= 4.5


def test_switching_the_theme_fills_every_colour_and_tells(qtbot, qapp):
    theme = Theme(qapp, "light")
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.name == "dark"
    assert "@" not in qapp.styleSheet()
    assert DARK.accent in qapp.styleSheet()
    theme.choose("light")
    assert "@accent" in SHEET
    assert LIGHT.accent in qapp.styleSheet()
