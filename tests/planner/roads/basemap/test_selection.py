import pytest

from planner.roads.basemap.selection import (
    LAYERS,
    MAX_ZOOM,
    MIN_ZOOM,
    area,
    at_zoom,
    boundary,
    place,
    road_numbers,
    same_attributes_from,
    way,
)


def test_a_road_keeps_its_kind_and_what_it_is_called():
    drawn = way({"highway": "primary", "name": "Atherton Street", "ref": "US 322", "bridge": "yes", "oneway": "-1"})
    assert (drawn.layer, drawn.from_zoom) == ("roads", 7)
    assert dict(drawn.attributes) == {
        "kind": "major", "detail": "primary", "name": "Atherton Street", "ref": "US 322", "bridge": 1, "oneway": -1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "service", "service": "emergency_access"},
        {"highway": "footway", "footway": "sidewalk"},
        {"highway": "pedestrian", "area": "yes"},
        {"highway": "proposed"},
        {"railway": "subway", "tunnel": "yes"},
        {"power": "line"},
    ],
)
def test_what_would_clutter_the_map_is_not_drawn(tags):
    assert way(tags) is None


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "service", "service": "driveway"}, "drive"),
        ({"highway": "service", "service": "parking_aisle"}, "drive"),
        ({"railway": "rail", "service": "yard"}, "siding"),
    ],
)
def test_drives_and_sidings_are_drawn_at_the_closest_zoom_only(tags, kind):
    drawn = way(tags)
    assert (drawn.layer, dict(drawn.attributes)["kind"], drawn.from_zoom) == ("roads", kind, MAX_ZOOM)


@pytest.mark.parametrize(
    ("ref", "cleaned"),
    [
        ("I 99;US 220;US 322", "I 99;US 220;US 322"),
        ("I H201; HI 78", "I H201;HI 78"),
        ("HI\x7f 99", "HI 99"),
        ("H\x7f\x7fI 99", "HI 99"),
        ("\x7f\x7f\x7fHI 99", "HI 99"),
        ("PA  26 ; PA 26;;", "PA 26"),
        ("US\n322", "US 322"),
        ("", ""),
    ],
)
def test_the_numbers_of_a_road_are_cleaned(ref, cleaned):
    assert road_numbers(ref) == cleaned


@pytest.mark.parametrize(
    ("tags", "direction"),
    [
        ({"oneway": "yes"}, 1),
        ({"oneway": "-1"}, -1),
        ({"oneway": "no"}, None),
        ({"oneway": "reversible"}, None),
        ({}, None),
        ({"junction": "roundabout"}, 1),
        ({"junction": "roundabout", "oneway": "no"}, None),
        ({"highway": "motorway"}, 1),
        ({"highway": "motorway", "oneway": "no"}, None),
    ],
)
def test_a_road_knows_which_way_its_traffic_runs(tags, direction):
    assert dict(way({"highway": "residential"} | tags).attributes).get("oneway") == direction


def test_ferries_cross_the_water_and_piers_stand_in_it():
    ferry = way({"route": "ferry", "name": "Island Ferry"})
    assert (ferry.layer, dict(ferry.attributes)) == ("water", {"kind": "ferry", "name": "Island Ferry"})
    assert way({"man_made": "pier"}).layer == area({"man_made": "pier"}).layer == "landuse"


def test_a_bridge_that_says_no_is_no_bridge():
    assert "bridge" not in dict(way({"highway": "primary", "bridge": "no"}).attributes)


def test_small_cities_show_later_than_big_ones():
    big, small = ({"place": "city", "name": "X", "population": people} for people in ("900,000", "12000"))
    assert place(big).from_zoom < place(small).from_zoom


@pytest.mark.parametrize("population", ["many", "", "1e5", "12 000", "99999999999"])
def test_any_population_can_be_read(population):
    assert place({"place": "town", "name": "X", "population": population}) is not None


def test_a_place_without_a_name_is_not_drawn():
    assert place({"place": "town"}) is None


def test_the_first_rule_that_fits_an_area_draws_it():
    drawn = area({"landuse": "grass", "leisure": "park", "name": "Green"})
    assert (drawn.layer, dict(drawn.attributes), drawn.name) == ("landuse", {"kind": "park"}, "Green")


def test_only_some_levels_are_boundaries():
    assert dict(boundary("4").attributes) == {"kind": "region"}
    assert boundary("10") is None


def test_far_out_roads_lose_what_is_not_drawn_there():
    drawn = way({"highway": "primary", "name": "Atherton Street", "ref": "US 322", "oneway": "yes"})
    assert dict(at_zoom(drawn.attributes, "roads", 9)) == {"kind": "major", "detail": "primary", "ref": "US 322"}
    assert at_zoom(drawn.attributes, "roads", 14) == drawn.attributes
    assert at_zoom((("kind", "city"), ("name", "X")), "places", 6) == (("kind", "city"), ("name", "X"))


def test_zooms_that_are_said_to_keep_the_same_attributes_do():
    full = {"highway": "primary", "name": "A", "ref": "1", "bridge": "yes", "tunnel": "yes", "oneway": "yes"}
    attributes = way(full).attributes
    for zoom in range(MIN_ZOOM, MAX_ZOOM + 1):
        assert at_zoom(attributes, "roads", same_attributes_from(zoom)) == at_zoom(attributes, "roads", zoom)


def test_every_layer_and_zoom_of_the_table_exists():
    from planner.roads.basemap.selection import AREAS, LINES, PLACES, ROADS

    assert {rule.layer for rule in (*AREAS, *LINES)} <= set(LAYERS)
    zooms = [*(rule.from_zoom for rule in (*AREAS, *LINES)), *PLACES.values(), *(zoom for _, zoom in ROADS.values())]
    assert min(zooms) >= MIN_ZOOM
    assert max(zooms) <= MAX_ZOOM
