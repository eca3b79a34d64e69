"""Areas from files, and the counties of an extract."""

import json
from pathlib import Path
from typing import Any

import pytest

from planner.errors import BadInputFile
from planner.model.areas import Area
from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.extract.clip import cut_extract
from planner.roads.extract.outlines import counties_of, county_names, read_area, united

SQUARE = [[-77.0, 40.0], [-76.0, 40.0], [-76.0, 41.0], [-77.0, 41.0], [-77.0, 40.0]]
CORNERS = (LatLon(40, -77), LatLon(40, -76), LatLon(41, -76), LatLon(41, -77))
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}
POLY = """centre
1
   -7.7E+01   40.0
 -76.0 40.0
-76.0\t41.0
-77.0 41.0
-77.0 40.0
END
!2
 -76.5 40.5
 -76.4 40.5
 -76.4 40.6
END
END
"""


def feature(name: Any = None, geometry: Any = POLYGON) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name} if name else None, "geometry": geometry}


def read(folder: Path, value: Any, name: str = "home.geojson") -> Area:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return read_area(path)


@pytest.mark.parametrize(
    ("document", "name", "outlines"),
    [
        (POLYGON, "home", 1),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}, "home", 2),
        (feature("Centre County"), "Centre County", 1),
        ({"type": "FeatureCollection", "features": [feature("A"), feature("B")]}, "home", 2),
        ({"type": "FeatureCollection", "features": [feature("A"), feature("A")]}, "A", 2),
        ({"type": "Polygon", "coordinates": [[[*corner, 350.5] for corner in SQUARE], SQUARE[1:4]]}, "home", 1),
    ],
)
def test_geojson_polygons_become_an_area(tmp_path: Path, document: Any, name: str, outlines: int) -> None:
    assert read(tmp_path, document) == Area(name, (CORNERS,) * outlines)


def test_a_polygon_file_becomes_an_area_without_its_holes(tmp_path: Path) -> None:
    assert read(tmp_path, POLY, "centre.poly") == Area("centre", (CORNERS,))


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + json.dumps(POLYGON)).outlines == (CORNERS,)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("", "line 1"),
        ('{"type": "Polygon",\n "coordinates": [[[1, 2]', "line 2"),
        ("[" * 100_000, "nested"),
        ('{"type": "FeatureCollection", "features": [' * 740 + "0" + "]}" * 740, "nested"),
        ([1, 2], "no GeoJSON object"),
        ({"type": "Point", "coordinates": [1, 2]}, "a Point, not a polygon"),
        ({"type": "FeatureCollection", "features": [feature(), feature(geometry={"type": "LineString"})]}, "feature 2 is a LineString"),
        ({"type": "FeatureCollection", "features": [feature(), feature(geometry=None)]}, "feature 2 is no GeoJSON object"),
        ({"type": "FeatureCollection", "features": []}, "no polygon"),
        ({"type": "FeatureCollection"}, "no list"),
        ({"type": "Polygon", "coordinates": []}, "without an outline"),
        ({"type": "Polygon", "coordinates": [[]]}, "fewer than three corners"),
        ({"type": "Polygon", "coordinates": [SQUARE[:2] + SQUARE[:1]]}, "fewer than three corners"),
        ({"type": "Polygon", "coordinates": [["a", "b", "c"]]}, "corner 1 of it is not a longitude"),
        ({"type": "Polygon", "coordinates": [[*SQUARE[:2], [None, 40]]]}, "corner 3 of it is not a longitude"),
        ({"type": "Polygon", "coordinates": [[*SQUARE[:2], [4_500_000, 260_000], *SQUARE[2:]]]}, "must be in degrees"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 3], [4, 4]]]}', "no place on earth"),
    ],
)
def test_bad_geojson_is_told_plainly(tmp_path: Path, document: Any, says: str) -> None:
    with pytest.raises(BadInputFile, match=f"(?i){says}") as told:
        read(tmp_path, document)
    assert told.value.why[0].isupper()
    assert "home.geojson" in told.value.what
    assert told.value.remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("name\nEND\n", "no polygon"),
        ("name\n1\n 1 2\n 3 4\n 5 7\nEND\n", "END, is missing"),
        ("name\n1\n 1 2\n 3 4\n 5 6\n", "END, is missing"),
        ("name\n1\n 1 2\n three 4\n 5 6\nEND\nEND\n", "line 4 is not a longitude and a latitude: 'three 4'"),
        ("name\n1\n 1 2 3\nEND\nEND\n", "line 3"),
        ("name\n1\n 1 2\n 200 4\n 5 6\nEND\nEND\n", "line 4 is no place on earth"),
        ("name\n1\n 1 1\n 2 2\n 3 3\nEND\nEND\n", "line 6 has an outline without an area"),
        ("name\n1\n 40 -77\n 40 -178\n 41 -100\nEND\nEND\n", "line 4 .* the wrong way round"),
        ("name\n1\n 1 2\n 3 4\nEND\nEND\n", "line 5 has an outline of fewer than three corners"),
    ],
)
def test_a_bad_polygon_file_is_told_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadInputFile, match=f"(?i){says}"):
        read(tmp_path, text, "home.poly")


def test_what_is_no_text_or_not_there_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "picture.geojson").write_bytes(b"\x89PNG\xff\xfe")
    for name in ("picture.geojson", "gone.poly"):
        with pytest.raises(BadInputFile, match=name):
            read_area(tmp_path / name)


def test_areas_that_adjoin_are_united_and_others_stay_apart() -> None:
    east = (LatLon(40, -76), LatLon(40, -75), LatLon(41, -75), LatLon(41, -76))
    far = (LatLon(30, -76), LatLon(30, -75), LatLon(31, -75))
    whole = united([Area("A", (CORNERS,)), Area("B", (east,)), Area("C", (far,))], "All three")
    assert (whole.name, len(whole.outlines)) == ("All three", 2)
    assert (whole.bounds.south, whole.bounds.west, whole.bounds.north, whole.bounds.east) == (30, -77, 41, -75)


def two_counties(folder: Path, *, second_ring: str = "34", names: tuple[str, str] = ("Union County", "Snyder County")) -> Path:
    """Two counties side by side that share way 3; `second_ring` are the ways of the second that are in the file."""
    places = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 2), (1, 2)]
    lines = [f'<node id="{number}" version="1" lat="{lat}" lon="{lon}"/>' for number, (lat, lon) in enumerate(places, 1)]
    for number, refs in (("1", (1, 2)), ("2", (3, 4, 1)), ("3", (2, 3)), ("4", (2, 5, 6, 3))):
        if number in "12" + second_ring:
            lines.append(f'<way id="{number}" version="1">{"".join(f"""<nd ref="{ref}"/>""" for ref in refs)}</way>')
    for number, (ways, name) in enumerate(zip(("123", second_ring), names, strict=True), 1):
        members = "".join(f'<member type="way" ref="{way}" role="outer"/>' for way in ways)
        tags = {"type": "boundary", "boundary": "administrative", "admin_level": "6", "name": name, "wikipedia": f"en:{name}, {number}"}
        inside = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        lines.append(f'<relation id="{number}" version="1">{members}{inside}</relation>')
    path = folder / "counties.osm"
    path.write_text(f'<?xml version="1.0"?><osm version="0.6">{"".join(lines)}</osm>', encoding="utf-8")
    return path


def test_whole_counties_have_their_outline(tmp_path: Path) -> None:
    extract = two_counties(tmp_path)
    snyder, union = counties_of(extract, silent)
    assert (snyder.name, union.name) == ("Snyder County", "Union County")
    assert set(union.outlines[0]) == {LatLon(0, 0), LatLon(0, 1), LatLon(1, 1), LatLon(1, 0)}
    assert county_names(extract).whole == ("Snyder County", "Union County")
    assert united([snyder, union], "Both").bounds.east == 2


def test_a_county_that_is_cut_off_is_named_but_has_no_outline(tmp_path: Path) -> None:
    extract = two_counties(tmp_path, second_ring="4")
    assert [area.name for area in counties_of(extract, silent)] == []  # the first one lacks its way 3
    assert county_names(extract).cut_off == ("Snyder County", "Union County")


def test_counties_of_one_name_are_told_apart(tmp_path: Path) -> None:
    extract = two_counties(tmp_path, names=("Union County", "Union County"))
    assert [area.name for area in counties_of(extract, silent)] == ["Union County, 1", "Union County, 2"]
    assert county_names(extract).whole == ("Union County, 1", "Union County, 2")


def test_the_county_of_oahu_is_whole_and_those_around_state_college_are_cut_off(shared_data: Path, tmp_path: Path) -> None:
    oahu = shared_data / "osm" / "honolulu.osm.pbf"
    (county,) = counties_of(oahu, silent)
    assert county.name == "Honolulu County"
    assert county.bounds.contains(LatLon(21.45, -158.0))
    around = shared_data / "osm" / "state-college.osm.pbf"
    assert counties_of(around, silent) == []
    assert "Centre County" in county_names(around).cut_off


def test_an_extract_can_be_cut_to_its_county(tmp_path: Path) -> None:
    extract = two_counties(tmp_path)
    _, union = counties_of(extract, silent)
    cut_extract([extract], union, tmp_path / "union.osm.pbf", silent)
    assert "Union County" in county_names(tmp_path / "union.osm.pbf").whole


@pytest.mark.parametrize("ask", [county_names, lambda path: counties_of(path, silent)])
def test_an_extract_that_cannot_be_read_is_told_plainly(tmp_path: Path, ask: Any) -> None:
    (tmp_path / "bad.osm.pbf").write_bytes(b"no map")
    with pytest.raises(BadInputFile, match=r"bad\.osm\.pbf") as told:
        ask(tmp_path / "bad.osm.pbf")
    assert told.value.why.endswith(".")
    assert not told.value.why.endswith("..")


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        ([[40.0, -77.0], [40.0, -178.0], [41.0, -100.0]], "the wrong way round"),
        ([[0, 0], [1, 1], [2, 2]], "without an area"),
        ([[10**400, 0], [1, 1], [0, 2]], "no place on earth"),
        ([[True, 0], [1, 1], [0, 2]], "not a longitude and a latitude"),
    ],
)
def test_an_outline_that_cannot_be_is_refused_with_its_likely_reason(tmp_path: Path, ring: list[list[float]], words: str) -> None:
    file = tmp_path / "area.geojson"
    file.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    with pytest.raises(BadInputFile, match=words):
        read_area(file)


def test_a_number_of_thousands_of_digits_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(BadInputFile, match="no place on earth"):
        read(tmp_path, f'{{"type": "Polygon", "coordinates": [[[{"9" * 5000}, 0], [1, 1], [0, 2]]]}}')


def test_the_name_of_an_area_has_no_control_characters(tmp_path: Path) -> None:
    assert read(tmp_path, feature("Centre\x1b[31m\nCounty\x07")).name == "Centre[31m County"
    assert read(tmp_path, POLY.replace("centre", "cen\x1btre"), "x.poly").name == "centre"
    assert read(tmp_path, feature("\x1b\x07")).name == "home"
