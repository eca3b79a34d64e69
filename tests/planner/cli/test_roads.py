"""roadbook roads on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from map_servers import MapServer, Served
from small_town import town_xml

from planner.cli.app import EXIT_USER_PROBLEM, run
from planner.usecases.packs import list_packs
from planner.usecases.workspace import open_workspace

type Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """A function that runs one command of `roadbook roads`: exit code, what it printed, what it told."""

    def call(*arguments: object, home: Path | None = None) -> tuple[int, str, str]:
        name, *others = map(str, arguments)
        code = run(["roads", name, "--home", str(home or tmp_path / "home"), *others])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.osm"
    path.write_text(town_xml(), encoding="utf-8")
    return path


def test_a_pack_is_built_listed_checked_examined_and_deleted(command: Command, town: Path, tmp_path: Path) -> None:
    assert command("list")[2].startswith("No road pack is here yet")
    code, out, told = command("build", town, "--name", "Old Town")
    assert (code, out) == (0, "")
    assert "Road pack “Old Town” is ready" in told
    (pack,) = json.loads(command("list", "--json")[1])
    assert (pack["id"], pack["in_use"], pack["data_date"], pack["origin"]) == ("old-town", True, "2024-05-06", "file")
    assert pack["sources"] == [str(town)]
    assert command("verify", "Old Town")[0] == 0
    assert command("update")[2].strip().endswith("“Old Town” is up to date.")
    code, out, _ = command("doctor", "--json")
    assert code == 0
    assert {one["health"] for one in json.loads(out)} <= {"good", "look"}
    (tmp_path / "home" / "packs" / "old-town" / "basemap.pmtiles").write_bytes(b"no map")
    code, out, told = command("doctor", "--json")
    assert code == EXIT_USER_PROBLEM
    assert "basemap.pmtiles" in json.loads(out)[0]["text"]
    assert command("verify")[0] == EXIT_USER_PROBLEM
    assert "is brought up to date" in command("update", "old-town")[2]
    assert command("verify")[0] == 0
    assert command("delete", "old-town", "--yes")[0] == 0
    assert json.loads(command("list", "--json")[1]) == []


def test_two_packs_stand_side_by_side_and_one_is_in_use(command: Command, town: Path) -> None:
    command("build", town, "--name", "First")
    command("build", town, "--name", "Second")
    assert [pack["in_use"] for pack in json.loads(command("list", "--json")[1])] == [False, True]
    command("use", "first")
    assert [pack["in_use"] for pack in json.loads(command("list", "--json")[1])] == [True, False]
    code, _, told = command("use", "third")
    assert code == EXIT_USER_PROBLEM
    assert "There is: First, Second." in told


def test_extracts_are_merged_and_clipped(command: Command, town: Path, tmp_path: Path) -> None:
    area = tmp_path / "area.geojson"
    ring = [[-77.02, 39.99], [-76.98, 39.99], [-76.98, 40.02], [-77.02, 40.02], [-77.02, 39.99]]
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    other = tmp_path / "other.osm"
    other.write_text(town_xml("service").replace("Street ", "Lane "), encoding="utf-8")
    command("build", town, other, "--name", "Both", "--clip", area)
    (pack,) = json.loads(command("list", "--json")[1])
    assert pack["bounds"][3] < -76.97
    assert [Path(source).name for source in pack["sources"]] == ["town.osm", "other.osm"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "nowhere.osm.pbf"), "is not there"),
        (("download",), "not said what to download"),
        (("counties", "nowhere.osm.pbf"), "is not there"),
        (("use", "x"), "none yet"),
        (("route", "here", "there"), "no roads on this laptop"),
        (("route", "here"), "needs two places"),
        (("match", "nowhere.gpx"), "nowhere.gpx"),
    ],
)
def test_what_cannot_be_is_told_plainly(command: Command, arguments: tuple[str, ...], words: str) -> None:
    code, _, told = command(*arguments) if arguments[0] != "counties" else (run(["roads", *arguments]), "", words)
    assert code == EXIT_USER_PROBLEM
    assert words in told
    assert "Traceback" not in told


def test_the_roads_answer_from_the_command_line(command: Command, sample_home: Path, tmp_path: Path) -> None:
    with open_workspace(sample_home) as workspace:
        (pack,) = list_packs(workspace)
        middle = pack.bounds.centre
    code, out, _ = command("route", "office", "home", "--leave", "07:30", "--json", home=sample_home)
    assert code == 0
    (drive,) = json.loads(out)
    assert drive["reached"][0] == "07:30"
    assert drive["metres"] > 100
    assert drive["legs"][0]["turns"][-1]["text"].startswith("You have arrived")
    assert "arrived" in command("route", "home", "office", "--alternates", "2", home=sample_home)[1]
    near = tmp_path / "near.geojson"
    assert command("reach", "office", "--minutes", "10", "--out", near, home=sample_home)[0] == 0
    (feature,) = json.loads(near.read_text(encoding="utf-8"))["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert len(feature["geometry"]["coordinates"][0][0]) > 8
    assert command("near", "--", middle.lat, middle.lon, home=sample_home)[1].strip()
    found = json.loads(command("search", "main", "--json", home=sample_home)[1])
    assert found
    points = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lat, lon in drive["legs"][0]["shape"])
    track = tmp_path / "drive.gpx"
    track.write_text(f'<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>')
    (matched,) = json.loads(command("match", track, "--json", home=sample_home)[1])
    assert abs(matched["metres"] - drive["metres"]) < 0.05 * drive["metres"] + 50


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("route", "home", "office", "--leave", "foo"), "“foo” is not a time of day"),
        (("route", "home", "office", "--leave", "25:00"), "is not a time of day"),
        (("route", "home", "office", "home", "--alternates", "3"), "between two places only"),
        (("reach", "office", "--out", "nowhere/near.geojson"), "cannot be written"),
        (("reach", "office", "--out", "."), "cannot be written"),
        (("download", "Here", "--polygon", "x.geojson"), "A polygon is downloaded as it is"),
        (("download", "--polygon", "x.geojson", "--county", "Centre"), "A polygon is downloaded as it is"),
        (("download", "--polygon", "x.geojson", "--clip", "y.geojson"), "A polygon is downloaded as it is"),
        (("download", "Centre County", "--area", "--county", "Centre"), "an area is downloaded as it is"),
        (("download", "Centre County", "--area", "--clip", "x.geojson"), "an area is downloaded as it is"),
        (("build", "x.osm", "--clip", "x.geojson", "--county", "Centre"), "not to both"),
    ],
)
def test_slips_on_the_command_line_are_told_plainly(command: Command, sample_home: Path, arguments: tuple[str, ...], words: str) -> None:
    code, _, told = command(*arguments, home=sample_home)
    assert code == EXIT_USER_PROBLEM
    assert words in told


def test_distances_follow_the_units_and_short_times_are_seconds(command: Command, sample_home: Path) -> None:
    _, out, _ = command("route", "office", "home", home=sample_home)
    assert " mi" in out
    assert " km" not in out
    assert " 0 min" not in out
    _, late, _ = command("route", "office", "home", "--leave", "23:59", home=sample_home)
    assert "00:" in late
    assert "(next day)" in late.replace("\n", " ")


def test_a_pack_that_cannot_be_read_is_named_and_can_be_deleted(command: Command, town: Path, tmp_path: Path) -> None:
    command("build", town, "--name", "First")
    command("build", town, "--name", "Second")
    (tmp_path / "home" / "packs" / "second" / "manifest.json").write_text("{", encoding="utf-8")
    assert command("verify", "first")[0] == 0
    code, _, told = command("verify", "second")
    assert code == EXIT_USER_PROBLEM
    assert "roadbook roads delete second" in told
    code, _, told = command("verify")
    assert code == EXIT_USER_PROBLEM
    assert "roadbook roads delete second" in told
    assert command("delete", "second", "--yes")[0] == 0
    assert command("verify")[0] == 0
    assert [pack["id"] for pack in json.loads(command("list", "--json")[1])] == ["first"]


def test_every_pack_that_is_damaged_is_told_at_once(command: Command, town: Path, tmp_path: Path) -> None:
    for name in ("First Town", "Second", "Third"):
        command("build", town, "--name", name)
    folder = tmp_path / "home" / "packs"
    (folder / "first-town" / "basemap.pmtiles").write_bytes(b"no map")
    (folder / "second" / "manifest.json").write_text("{", encoding="utf-8")
    (folder / "third" / "gazetteer.sqlite").unlink()
    code, _, told = command("verify")
    assert code == EXIT_USER_PROBLEM
    for words in ("roadbook roads update first-town", "roadbook roads delete second", "roadbook roads update third"):
        assert words in told


def test_a_state_comes_before_a_country_of_the_same_name(command: Command, tmp_path: Path) -> None:
    def region(ident: str, iso: dict[str, list[str]], parent: str) -> dict[str, Any]:
        urls = {"pbf": f"{server.url}/{ident.replace('/', '-')}.osm.pbf"}
        properties = {"id": ident, "parent": parent, "name": "Georgia", "urls": urls} | iso
        return {"type": "Feature", "properties": properties, "geometry": None}

    with MapServer() as server:
        listed = [region("georgia", {"iso3166-1:alpha2": ["GE"]}, "europe"), region("us/georgia", {"iso3166-2": ["US-GA"]}, "us")]
        server.files["/index.json"] = Served(json.dumps({"type": "FeatureCollection", "features": listed}).encode())
        assert run(["settings", "set", "region_index", f"{server.url}/index.json", "--home", str(tmp_path / "home")]) == 0
        assert command("download", "Georgia")[0] == EXIT_USER_PROBLEM  # there is the list, but no extract
        assert server.asked("/us-georgia")
        assert not server.asked("/georgia")


def test_the_name_of_a_pack_has_no_control_characters(command: Command, town: Path) -> None:
    told = command("build", town, "--name", "a\x1b[31mred\x07")[2]
    assert "“a[31mred” is ready" in told
    (pack,) = json.loads(command("list", "--json")[1])
    assert pack["name"] == "a[31mred"


def test_lengths_of_tracks_follow_the_units(command: Command, sample_home: Path, tmp_path: Path) -> None:
    (drive,) = json.loads(command("route", "office", "home", "--json", home=sample_home)[1])
    points = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lat, lon in drive["legs"][0]["shape"])
    track = tmp_path / "drive.gpx"
    track.write_text(f'<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>')
    out = command("match", track, home=sample_home)[1]
    assert " mi" in out
    assert " km" not in out


@pytest.mark.parametrize(
    ("key", "value"), [("rush_hours", "abc"), ("rush_hours", "7-9 = 0"), ("routing_service", "ftp://x"), ("overpass", "overpass")]
)
def test_a_setting_that_could_not_work_is_refused_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, value: str) -> None:
    assert run(["settings", "set", key, value, "--home", str(tmp_path)]) == EXIT_USER_PROBLEM
    assert "Nothing was changed" in capsys.readouterr().err
