import re

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
