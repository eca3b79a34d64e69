import re
from itertools import combinations

import numpy as np
import pytest

from planner.paths import resources_dir
from planner.roads.basemap import selection
from ui.map.brush import LAND, ROAD_ORDER
from ui.map.label_styles import LINES, PLACES, TextStyle
from ui.map.palette import COLOURS, DARK, FILLS, LIGHT, ROADS, VISITS
from ui.map.styling import CASED_FROM, WIDTHS

READABLE = 4.5
"""WCAG 2.1, 1.4.3 (AA)."""
VISIBLE = 3.0
"""WCAG 2.1, 1.4.11, for drawings that say something."""

both = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour):
    """Relative luminance of #rrggbb (WCAG 2.1), whatever stands before it for its opacity."""
    shares = [int(colour[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


SEEN_BY = {
    "everyone": np.eye(3),
    "who sees no red": np.array([(0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)]),
    "who sees no green": np.array([(0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)]),
    "who sees no blue": np.array([(1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)]),
}
"""Simulation of dichromacy in linear light (Machado, Oliveira and Fernandes, 2009)."""
TOLD_APART = 15.0
"""CIE76 difference; 2.3 can just be seen side by side."""


def lab(colour, seen):
    """CIE L*a*b* of #rrggbb as somebody sees it."""
    shares = np.array([int(colour[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4)])
    light = np.clip(seen @ np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4), 0, 1)
    xyz = np.array([(0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)]) @ light / (0.9505, 1, 1.089)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@both
@pytest.mark.parametrize("seen", SEEN_BY.values(), ids=SEEN_BY)
def test_any_two_groups_can_be_told_apart_by_everyone(palette, seen):
    apart = {(one, other): np.linalg.norm(lab(one, seen) - lab(other, seen)) for one, other in combinations(palette.groups, 2)}
    assert not {pair: distance for pair, distance in apart.items() if distance < TOLD_APART}


def hue(colour):
    """Degrees of hue of #rrggbb in CIE L*a*b*."""
    _, a, b = lab(colour, SEEN_BY["everyone"])
    return np.degrees(np.arctan2(b, a))


def test_a_group_has_one_hue_by_day_and_by_night():
    turned = [abs((hue(day) - hue(night) + 180) % 360 - 180) for day, night in zip(LIGHT.groups, DARK.groups, strict=True)]
    assert max(turned) < 25


@both
def test_what_is_more_stands_out_more_from_the_ground(palette):
    contrasts = [contrast(colour, palette.ground) for colour in palette.ramp]
    assert contrasts == sorted(contrasts, reverse=True)
    assert len(set(contrasts)) == len(contrasts)


@both
def test_groups_can_be_seen_on_the_ground(palette):
    assert min(contrast(colour, palette.ground) for colour in palette.groups) >= VISIBLE


@both
def test_every_label_can_be_read_on_every_kind_of_land(palette):
    grounds = [palette.ground, *palette.fills.values()]
    texts = {style.colour for style in TextStyle} - {"sign_ink"}
    unreadable = [(text, ground) for text in texts for ground in grounds if contrast(getattr(palette, text), ground) < READABLE]
    assert not unreadable


@both
def test_names_of_waters_can_be_read_on_water(palette):
    assert contrast(palette.water_text, palette.water) >= READABLE
    assert contrast(palette.place_text, palette.water) >= READABLE


@both
def test_road_numbers_can_be_read_on_their_signs(palette):
    assert contrast(palette.sign_ink, palette.sign_paper) >= READABLE
    assert contrast(palette.sign_paper, palette.sign_blue) >= READABLE


@both
def test_one_way_arrows_can_be_seen_on_streets(palette):
    assert min(contrast(palette.one_way, palette.roads[kind]) for kind in ("major", "medium", "minor", "service", "drive")) >= VISIBLE


@both
def test_the_classes_of_roads_differ_from_each_other_and_from_the_ground(palette):
    seen = [palette.ground, *(palette.roads[kind] for kind in ("highway", "major", "medium", "minor"))]
    assert len(set(seen)) == len(seen)


def test_every_row_has_a_colour_by_day_and_by_night():
    rows = [*COLOURS.values(), *FILLS.values(), *VISITS.values(), *(shades for pair in ROADS.values() for shades in pair)]
    assert all(len(row) == 2 and all(re.fullmatch(r"#([0-9a-f]{2})?[0-9a-f]{6}", colour) for colour in row) for row in rows)


def test_every_kind_of_land_that_a_basemap_holds_has_a_colour():
    held = {rule.kind for rule in selection.AREAS if rule.layer == "landuse"} - {"pier"}
    assert held <= set(LAND)
    assert set(LAND.values()) <= set(FILLS)


def test_every_kind_of_road_that_a_basemap_holds_has_colours_and_a_width():
    held = {kind for kind, _ in selection.ROADS.values()} | {"drive"}
    assert held - {"path"} == set(ROAD_ORDER) == set(ROADS) == set(CASED_FROM)
    assert held <= set(WIDTHS)


def test_every_kind_of_line_that_a_basemap_holds_has_a_width():
    assert {rule.kind for rule in selection.LINES} - {"ferry"} <= set(WIDTHS)


def test_every_kind_of_name_that_a_basemap_holds_has_a_style():
    assert {rule.kind for rule in selection.AREAS if rule.named} | set(selection.PLACES) <= set(PLACES)
    assert {rule.kind for rule in selection.LINES if rule.layer == "water"} <= set(LINES)


def test_the_exported_map_wears_the_same_colours():
    script = (resources_dir() / "web" / "basemap_style.js").read_text("utf-8")
    table = dict(re.findall(r'(\w+): "(#[0-9a-f]{6})"', script[script.index("const colour") : script.index("};")]))
    land = {kind: LIGHT.fills[LAND[kind]] for kind in table if kind in LAND}
    roads = {"highway": "highway", "major": "major", "medium": "medium", "road": "minor"}
    same = {
        "earth": "ground", "aerodrome": None, "apron": "apron", "runway": "runway", "water": "water", "waterLine": "water_line",
        "ferry": "ferry", "pier": "pier", "building": "building", "buildingEdge": "building_edge", "rail": "rail", "boundary": "boundary",
        "path": "path", "text": "place_text", "street": "street_text", "quiet": "minor_text", "waterText": "water_text",
        "parkText": "park_text",
    }  # fmt: skip
    expected = {name: getattr(LIGHT, field) if field else LIGHT.fills["aero"] for name, field in same.items()}
    expected |= land | {name: LIGHT.roads[kind] for name, kind in roads.items()}
    expected |= {f"{name}Edge": LIGHT.casings[kind] for name, kind in roads.items()} | {"halo": "#ffffff"}
    assert table == expected
