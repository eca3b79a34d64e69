import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QDoubleSpinBox, QLineEdit, QSpinBox, QTimeEdit

from planner.model.week import VisitKind
from ui.style import DARK, LIGHT, Theme
from ui.style_sheet import sheet


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
    assert "@accent" in sheet("light")
    assert LIGHT.accent in qapp.styleSheet()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_drawings_of_the_sheet_are_there_and_in_the_ink_of_their_shade(colours):
    found = re.findall(r'url\("(.+?)"\)', sheet("dark" if colours is DARK else "light"))
    assert {Path(each).stem.split("-")[0] for each in found} == {"tick", "partly", "chevron"}
    for each in found:
        drawing = Path(each).read_text(encoding="utf-8")
        assert "tick" not in each or f'stroke="{colours.on_accent}"' in drawing


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_checked_boxes_have_a_tick_and_partly_checked_ones_a_dash(qtbot, theme, choice):
    theme.choose(choice)
    box = QCheckBox()
    box.setTristate(True)
    qtbot.addWidget(box)
    box.show()

    def ink(state):
        box.setCheckState(state)
        picture = box.grab().toImage()
        return {(x, y) for x in range(16) for y in range(picture.height()) if _near(picture.pixelColor(x, y), theme.colours.on_accent)}

    checked, partly = ink(Qt.CheckState.Checked), ink(Qt.CheckState.PartiallyChecked)
    assert 8 < len(checked) < 60
    assert 8 < len(partly) < 60
    assert checked != partly


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_fields_of_every_kind_are_of_one_height_with_the_focus_too(qtbot, theme, percent):
    theme.size_text(percent)
    heights = set()
    for kind in (QLineEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox, QDoubleSpinBox):
        field = kind()
        qtbot.addWidget(field)
        field.show()
        heights.add(field.sizeHint().height())
        field.setFocus()
        heights.add(field.sizeHint().height())
    theme.size_text(100)
    assert max(heights) - min(heights) <= (percent > 100), heights


def _near(colour, wanted):
    wanted = QColor(wanted)
    return max(abs(colour.red() - wanted.red()), abs(colour.green() - wanted.green()), abs(colour.blue() - wanted.blue())) < 40
