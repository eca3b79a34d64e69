"""Every text can be read on what is under it, and every mark be seen: by the pairs that are painted, and by what labels really show."""

from collections import Counter

import pytest
from contrast import READABLE, VISIBLE, contrast, laid_over
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel
from whole_window import live_in, opened, pages, settle

from planner.model.week import VisitKind
from ui.map import palette as map_colours
from ui.style import DARK, LIGHT

GROUNDS = ("ground", "raised", "hover", "chosen", "chip", "notice")
TINTS = ("capture_tint", "care_tint", "support_tint", "duty_tint")
TEXTS = {
    "text": (*GROUNDS, *TINTS),  # rows, cards, menus, chips, tool tips
    "quiet": (*GROUNDS, *TINTS),  # second lines of rows and cards, headings, the notice
    "accent": ("ground", "raised", "hover", "chosen"),  # links, the page on show, today on the board
    "good": ("ground", "raised", "hover"),  # what went well, the badge
    "bad": ("ground", "raised", "hover", "chosen"),  # what is wrong, beside a field or in a row
    "support": ("ground", "raised", "hover"),  # what wants a look
    "on_accent": ("accent", "accent_hover"),  # primary buttons, letters of candidates, selected text
}
MARKS = {
    "accent": ("ground", "raised", "hover", "chosen", *TINTS),  # the frame of what has the focus, and of the card that is selected
    "quiet": ("ground", "raised", "hover", "chosen"),  # icons, the frames of check boxes
    "good": ("ground", "hover"),  # where a dragged card fits, the outlines of packs
    "bad": ("ground", "hover", *TINTS),  # conflicts on cards, where a dragged card does not fit
    "support": ("ground", "hover", "chosen"),  # the hatching of time off, signs of places to check, dots of accounts
    "overnight": ("ground",),  # nights
}
both = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
both_maps = pytest.mark.parametrize("palette", [map_colours.LIGHT, map_colours.DARK], ids=["light", "dark"])


def too_weak(colours, pairs, least):
    return [
        f"{ink} on {ground}: {ratio:.2f}"
        for ink, grounds in pairs.items()
        for ground in grounds
        if (ratio := contrast(getattr(colours, ink), getattr(colours, ground))) < least
    ]


@both
def test_every_text_of_the_style_can_be_read(colours):
    assert too_weak(colours, TEXTS, READABLE) == []


@both
def test_every_mark_of_the_style_can_be_seen(colours):
    assert too_weak(colours, MARKS, VISIBLE) == []


@both
def test_the_kinds_of_visits_are_seen_on_the_ground_and_on_their_own_cards(colours):
    for kind in VisitKind:
        assert contrast(colours.of_kind(kind), colours.ground) >= VISIBLE
        assert contrast(colours.of_kind(kind), colours.tint_of(kind)) >= VISIBLE
    assert contrast(colours.ground, colours.bad) >= VISIBLE  # the sign in the mark of a conflict


@both_maps
def test_what_stands_still_over_the_map_can_be_read_on_whatever_is_below(palette):
    for below in (palette.ground, palette.water, *palette.fills.values(), *(palette.roads.values())):
        ground = laid_over(palette.panel, below)
        assert contrast(palette.panel_text, ground) >= READABLE
        assert contrast(palette.panel_quiet, ground) >= READABLE


@both_maps
def test_marks_of_the_map_are_seen_against_their_rings_and_their_signs_in_them(palette):
    assert contrast(palette.cluster_text, palette.cluster) >= READABLE
    assert contrast(palette.mark_text, palette.mark) >= READABLE
    for colour in (*palette.kinds.values(), palette.accent, palette.rest):
        assert contrast(colour, palette.ring) >= VISIBLE
    assert contrast(palette.scale_ink, laid_over(palette.halo, palette.water)) >= READABLE


@both_maps
def test_names_can_be_read_on_their_halos(palette):
    for name in ("place_text", "minor_text", "street_text", "water_text", "park_text", "area_text"):
        for below in (palette.ground, palette.water, *palette.roads.values()):
            assert contrast(getattr(palette, name), laid_over(palette.halo, below)) >= READABLE, name


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_every_label_in_the_window_can_be_read_where_it_stands(filled, accounts, plan, theme, choice):
    live_in(filled, accounts, plan)
    theme.choose(choice)
    weak = []
    with opened(filled, theme) as window:
        for page, turn_to in pages().items():
            turn_to(window)
            settle(window)
            picture = window.grab().toImage()
            for label in window.findChildren(QLabel):
                if label.isVisible() and label.isEnabled() and label.text() and (ground := ground_of(label, window, picture)):
                    ratio = contrast(label.palette().color(label.foregroundRole()), ground)
                    weak += [f"{page}: “{label.text()}” {ratio:.2f} on {ground}"] if ratio < READABLE else []
    assert weak == []


def ground_of(label, window, picture):
    """The colour that is seen most often where a label is; None when it lies outside of what is in sight."""
    box = QRect(label.mapTo(window, QPoint(0, 0)), label.size()) & picture.rect()
    box &= QRect(label.parentWidget().mapTo(window, QPoint(0, 0)), label.parentWidget().size())
    if label.visibleRegion().isEmpty() or box.isEmpty():
        return None
    seen = Counter(picture.pixelColor(x, y).name() for x in range(box.left(), box.right(), 3) for y in range(box.top(), box.bottom(), 3))
    return seen.most_common(1)[0][0] if seen else None
