import sqlite3
import struct
import tracemalloc

import pytest

from planner.errors import BadInputFile, Cancelled
from planner.model.street_names import GAZETTEER_FORMAT
from planner.progress import silent
from planner.roads.gazetteer.build import build_gazetteer
from planner.roads.gazetteer.scan import along, centroid

OSM = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="test">
  <node id="1" version="1" lat="40.0000" lon="-77.0000">{elm} <tag k="addr:housenumber" v="10"/></node>
  <node id="2" version="1" lat="40.0000" lon="-76.9900">{elm} <tag k="addr:housenumber" v="18"/></node>
  <node id="3" version="1" lat="40.0010" lon="-77.0000">{elm} <tag k="addr:housenumber" v="11-15"/>
    <tag k="name" v="Caf\u00e9 Uno"/><tag k="amenity" v="cafe"/><tag k="opening_hours" v="Mo-Fr 08:00-17:00"/></node>
  <node id="4" version="1" lat="40.0030" lon="-77.0000"><tag k="addr:street" v="Oak Lane"/><tag k="addr:housenumber" v="7;9"/></node>
  <node id="5" version="1" lat="40.0000" lon="-77.0000"><tag k="place" v="village"/><tag k="name" v="Elmville"/></node>
  <node id="6" version="1" lat="40.0020" lon="-77.0000"/>
  <node id="7" version="1" lat="40.0020" lon="-76.9990"/>
  <node id="8" version="1" lat="40.0030" lon="-76.9990"/>
  <node id="9" version="1" lat="40.0030" lon="-77.0000"/>
  <node id="10" version="1" lat="40.5000" lon="-77.5000"/>
  <node id="11" version="1" lat="40.5000" lon="-77.4900"/>
  <way id="20" version="1"><nd ref="1"/><nd ref="2"/><tag k="addr:interpolation" v="even"/></way>
  <way id="21" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/>
    <tag k="name" v="Elm Street"/><tag k="ref" v="US 22;PA 45"/></way>
  <way id="22" version="1"><nd ref="6"/><nd ref="7"/><nd ref="8"/><nd ref="9"/><nd ref="6"/>{elm}
    <tag k="building" v="yes"/><tag k="addr:housenumber" v="20A"/></way>
  <way id="23" version="1"><nd ref="6"/><nd ref="7"/><tag k="highway" v="footway"/><tag k="name" v="Foot Walk"/></way>
  <way id="24" version="1"><nd ref="10"/><nd ref="11"/><nd ref="999"/><tag k="highway" v="residential"/><tag k="name" v="Far Road"/></way>
  <way id="25" version="1"><nd ref="6"/><nd ref="7"/><nd ref="8"/><nd ref="9"/><nd ref="6"/></way>
  <relation id="31" version="1"><member type="way" ref="25" role="outer"/><tag k="type" v="boundary"/>
    <tag k="boundary" v="postal_code"/><tag k="postal_code" v="17005"/></relation>
  <relation id="30" version="1"><member type="way" ref="25" role="outer"/><tag k="type" v="multipolygon"/>{elm}
    <tag k="building" v="yes"/><tag k="addr:housenumber" v="24"/></relation>
  <relation id="31" version="1"><member type="way" ref="25" role="outer"/><tag k="type" v="multipolygon"/>
    <tag k="place" v="village"/><tag k="name" v="Elmville"/></relation>
</osm>"""
WHERE = {"street": "Elm Street", "city": "Elmville", "state": "PA", "postcode": "17001-1234"}
ELM = "".join(f'<tag k="addr:{part}" v="{value}"/>' for part, value in WHERE.items())


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    path = tmp_path_factory.mktemp("extract") / "tiny.osm"
    path.write_text(OSM.format(elm=ELM), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def gazetteer(extract):
    out = extract.with_name("gazetteer.sqlite")
    build_gazetteer(extract, out, silent)
    opened = sqlite3.connect(out)
    yield opened
    opened.close()


def numbers_of(gazetteer, street):
    rows = gazetteer.execute(
        "SELECT number || suffix, exact FROM address JOIN street ON street.id = street WHERE key = ? ORDER BY number, suffix",
        (street,),
    )
    return dict(rows)


def test_houses_come_from_points_buildings_and_relations(gazetteer):
    exact = [number for number, exact in numbers_of(gazetteer, "elm st").items() if exact]
    assert exact == ["10", "11", "11-15", "13", "15", "18", "20A", "24"]


def test_lists_of_numbers_are_each_a_house(gazetteer):
    assert list(numbers_of(gazetteer, "oak ln")) == ["7", "9"]


def test_interpolation_ways_are_counted_out_and_marked(gazetteer):
    counted = [number for number, exact in numbers_of(gazetteer, "elm st").items() if not exact]
    assert counted == ["12", "14", "16"]
    lon = gazetteer.execute("SELECT lon FROM address WHERE number = 14 AND NOT exact").fetchone()[0]
    assert lon == pytest.approx(-76.995)


def test_a_building_lies_at_its_centre_of_gravity(gazetteer):
    assert gazetteer.execute("SELECT lat, lon FROM address WHERE number = 20").fetchone() == pytest.approx((40.0025, -76.9995))


def test_missing_city_and_zip_are_taken_from_the_neighbours_and_marked(gazetteer):
    row = gazetteer.execute(
        "SELECT city, state, zip, inferred FROM address JOIN locality ON locality.id = address.locality WHERE number = 7"
    ).fetchone()
    assert row == ("Elmville", "PA", "17001", 1)


def test_streets_keep_their_other_names_and_their_line(gazetteer):
    others = gazetteer.execute(
        "SELECT key FROM alias JOIN street ON street.id = other WHERE alias.street = (SELECT id FROM street WHERE key = 'elm st')"
    )
    assert {key for (key,) in others} == {"rt 22", "rt 45"}
    line = gazetteer.execute("SELECT line FROM piece JOIN street ON street.id = piece.street WHERE key = 'elm st'").fetchone()[0]
    assert struct.unpack("<4i", line) == (40_000_000, -77_000_000, 40_000_000, -76_990_000)


def test_footpaths_are_no_streets_and_clipped_streets_are(gazetteer):
    keys = {key for (key,) in gazetteer.execute("SELECT key FROM street")}
    assert "far rd" in keys
    assert "foot walk" not in keys


def test_a_town_that_is_both_point_and_area_is_kept_once(gazetteer):
    assert gazetteer.execute("SELECT name, kind FROM town").fetchall() == [("Elmville", "village")]


def test_businesses_keep_name_hours_and_address(gazetteer):
    row = gazetteer.execute(
        "SELECT business.name, kind, hours, number, street.key FROM business JOIN street ON street.id = business.street"
    ).fetchone()
    assert row == ("Caf\u00e9 Uno", "cafe", "Mo-Fr 08:00-17:00", 11, "elm st")


def test_names_are_found_by_their_beginning_and_without_accents(gazetteer):
    found = gazetteer.execute("SELECT name, town, kind FROM search WHERE search MATCH '\"caf\" *'").fetchall()
    assert found == [("Caf\u00e9 Uno", "11 Elm Street, Elmville PA", "business")]


def test_a_street_is_listed_once_a_town_on_its_line_and_with_its_other_names(gazetteer):
    found = gazetteer.execute("SELECT words, name, town, lat, lon FROM search WHERE kind = 'street' AND name = 'Elm Street'").fetchall()
    assert found == [("elm street st us 22 rt pa 45", "Elm Street", "Elmville PA 17001", 40.0, -76.99)]


def test_the_area_of_a_zip_is_kept_with_its_middle_and_reach(gazetteer):
    assert gazetteer.execute("SELECT zip, lat, lon FROM zip_area").fetchall() == [
        ("17005", pytest.approx(40.0025), pytest.approx(-76.9995))
    ]
    assert gazetteer.execute("SELECT reach_m FROM zip_area").fetchone()[0] == pytest.approx(70, abs=5)


def test_houses_and_lines_are_found_by_the_square_they_are_in(gazetteer):
    from planner.model.grid import cell_of

    assert gazetteer.execute("SELECT count(*) FROM address WHERE cell = ? AND number = 10", (cell_of(40.0, -77.0),)).fetchone()[0] == 1
    far = "SELECT street.name FROM piece_cell JOIN piece ON piece.id = piece JOIN street ON street.id = street WHERE cell = ?"
    assert gazetteer.execute(far, (cell_of(40.5, -77.495),)).fetchall() == [("Far Road",)]


def test_the_file_says_its_format(gazetteer):
    assert gazetteer.execute("PRAGMA user_version").fetchone()[0] == GAZETTEER_FORMAT


def test_the_count_is_of_houses_on_the_map(extract, tmp_path):
    assert build_gazetteer(extract, tmp_path / "g.sqlite", silent) == 10


def test_a_large_extract_keeps_node_places_in_a_file_and_finds_the_same(extract, tmp_path, monkeypatch):
    monkeypatch.setattr("planner.roads.gazetteer.scan._FILE_BACKED_FROM", 0)
    assert build_gazetteer(extract, tmp_path / "g.sqlite", silent) == 10
    assert [path.name for path in tmp_path.iterdir()] == ["g.sqlite"]


def test_an_extract_without_addresses_makes_an_empty_gazetteer(tmp_path):
    empty = tmp_path / "empty.osm"
    empty.write_text('<osm version="0.6"><node id="1" lat="1" lon="1"/></osm>')
    assert build_gazetteer(empty, tmp_path / "g.sqlite", silent) == 0


@pytest.mark.parametrize(("name", "content"), [("bad.osm.pbf", b"no pbf at all"), ("bad.osm", b"<osm><node"), ("bad.osm.pbf", b"")])
def test_a_file_that_is_no_extract_is_told_plainly_and_leaves_nothing(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInputFile, match="cannot be read"):
        build_gazetteer(tmp_path / name, tmp_path / "g.sqlite", silent)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_extract_is_told_plainly(tmp_path):
    with pytest.raises(BadInputFile, match="not there"):
        build_gazetteer(tmp_path / "none.osm.pbf", tmp_path / "g.sqlite", silent)


def test_cancelling_leaves_the_old_file_and_nothing_else(extract, tmp_path):
    out = tmp_path / "g.sqlite"
    out.write_text("old")

    def cancel(fraction, _text):
        if fraction > 0.85:
            raise Cancelled

    with pytest.raises(Cancelled):
        build_gazetteer(extract, out, cancel)
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("step", range(1, 30, 3))
def test_cancelling_at_any_step_leaves_nothing(extract, tmp_path, step):
    told = []

    def cancel(fraction, text):
        told.append((fraction, text))
        if len(told) == step:
            raise Cancelled

    with pytest.raises(Cancelled):
        build_gazetteer(extract, tmp_path / "g.sqlite", cancel)
    assert len(told) == step
    assert list(tmp_path.iterdir()) == []


def test_progress_rises_to_the_end(extract, tmp_path):
    told = []
    build_gazetteer(extract, tmp_path / "g.sqlite", lambda fraction, _text: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_real_extract_is_read_whole_in_little_memory(shared_data, tmp_path):
    tracemalloc.start()
    count = build_gazetteer(shared_data / "osm" / "baltimore.osm.pbf", tmp_path / "g.sqlite", silent)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 1300
    assert peak < 20_000_000


def test_the_centre_of_gravity_of_a_ring_without_area_is_its_middle():
    assert centroid(((40.0, -77.0), (40.0, -76.0), (40.0, -77.0))) == pytest.approx((40.0, -76.66667))


def test_a_share_of_a_line_is_measured_along_its_legs():
    line = [(0.0, 0.0), (0.0, 1.0), (3.0, 1.0)]
    assert along(line, 0.5) == pytest.approx((1.0, 1.0))
    assert along(line, 1.0) == pytest.approx((3.0, 1.0))
