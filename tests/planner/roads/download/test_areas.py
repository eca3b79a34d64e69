"""An area by its name, and its map from an Overpass server: everything Roadbook reads, nothing lost."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import osmium
import pytest
import requests
from left_turns import left_turns
from map_servers import Fault, MapServer
from overpass_data import OsmData

from planner.errors import BadInputFile, Cancelled, PackProblem, ServerProblem
from planner.model.areas import Area
from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from planner.progress import silent
from planner.roads.basemap import selection
from planner.roads.download.area_queries import QUERIES
from planner.roads.download.areas import download_area, find_area, find_areas
from planner.roads.extract.check import check_extract
from planner.roads.gazetteer.scan import scan
from planner.roads.pack.packs import hash_files, write_manifest
from planner.roads.pack.tiles import build_tiles
from planner.roads.routing.engine import Engine

SOON = (0.01, 0.01)
# Beside the streets of the town: what else is read, and a turn that is forbidden.
MORE = """
<node id="6001" lat="40.001" lon="-76.9985"/><node id="6002" lat="40.001" lon="-76.9975"/><node id="6003" lat="40.002" lon="-76.9975"/>
<node id="6004" lat="40.0012" lon="-76.9982"><tag k="shop" v="florist"/><tag k="name" v="Rose &amp; &quot;Thorn&quot;"/></node>
<node id="6005" lat="40.003" lon="-76.996"><tag k="place" v="town"/><tag k="name" v="Ébène"/></node>
<node id="6006" lat="40.0005" lon="-76.9995"><tag k="addr:housenumber" v="10"/><tag k="addr:street" v="Street 0-0"/></node>
<node id="6007" lat="40.0005" lon="-76.9965"><tag k="addr:housenumber" v="40"/><tag k="addr:street" v="Street 0-0"/></node>
<way id="7001"><nd ref="6001"/><nd ref="6002"/><nd ref="6003"/><nd ref="6001"/></way>
<way id="7002"><nd ref="6006"/><nd ref="6007"/><tag k="addr:interpolation" v="even"/></way>
<way id="7003"><nd ref="6001"/><nd ref="6002"/><nd ref="6003"/><nd ref="6001"/><tag k="building" v="yes"/></way>
<way id="7004"><nd ref="6005"/><nd ref="6001"/><tag k="waterway" v="river"/><tag k="name" v="Slow River"/></way>
<way id="7005"><nd ref="6005"/><nd ref="6003"/></way>
<way id="7006"><nd ref="40"/><nd ref="1040"/><tag k="route" v="ferry"/></way>
<relation id="8001"><member type="way" ref="1" role="from"/><member type="node" ref="5" role="via"/><member type="way" ref="14" role="to"/>
<tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>
<relation id="8002"><member type="way" ref="7001" role="outer"/><tag k="type" v="multipolygon"/><tag k="natural" v="water"/></relation>
<relation id="8003"><member type="way" ref="7005" role="outer"/><member type="node" ref="6005" role="label"/>
<tag k="type" v="boundary"/><tag k="boundary" v="administrative"/><tag k="admin_level" v="6"/></relation>
"""
TOWN = Area("Town", ((LatLon(39.99, -77.02), LatLon(39.99, -76.92), LatLon(40.02, -76.92), LatLon(40.02, -77.02)),))


@pytest.fixture(scope="session")
def full_town(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town of the other tests with one of everything that is read."""
    path = tmp_path_factory.mktemp("full") / "town.osm"
    path.write_text(town.read_text(encoding="utf-8").replace("</osm>", f"{MORE}</osm>"), encoding="utf-8")
    return path


@pytest.fixture
def server(full_town: Path) -> Iterator[MapServer]:
    with MapServer(OsmData(full_town)) as running:
        yield running


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "extracts" / "town.osm.pbf"


@pytest.fixture
def fetch(server: MapServer, target: Path, tmp_path: Path) -> Callable[..., None]:
    """A function that downloads the town, with other arguments where given."""

    def do(report=silent, area: Area = TOWN, address: str = "", **more) -> None:
        usual = {"pauses_s": SOON}
        download_area(area, target, tmp_path / "cache", address or f"{server.url}/api", report, **(usual | more))

    return do


def is_whole(target: Path, full_town: Path) -> bool:
    """Whether an extract has all of the town as it is, and nothing lies about beside it."""
    had, has = OsmData(full_town), OsmData(target)
    same = (has.nodes, has.ways, has.relations) == (had.nodes, had.ways, had.relations)
    return same and list(target.parent.iterdir()) == [target] and not any((target.parents[1] / "cache").iterdir())


def test_everything_that_is_read_arrives_as_it_is(fetch, server: MapServer, target: Path, full_town: Path) -> None:
    told: list[tuple[float, str]] = []
    fetch(lambda fraction, text: told.append((fraction, text)), piece_km2=15.0)
    assert is_whole(target, full_town)
    assert check_extract(target).data_date == "2024-01-02"
    assert len(server.asked("/api/interpreter")) == 4 * len(QUERIES)
    assert any("turn restrictions (2 of 28)" in text for _, text in told)
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)


def test_the_extract_is_sorted_and_says_what_it_covers(fetch, target: Path) -> None:
    fetch()
    kinds = {"n": 0, "w": 1, "r": 2}
    order = [(kinds[thing.type_str()], thing.id) for thing in osmium.FileProcessor(str(target))]
    assert order == sorted(set(order))
    with osmium.io.Reader(str(target), osmium.osm.NOTHING) as reader:
        box = reader.header().box()
    assert (box.bottom_left.lat, box.bottom_left.lon, box.top_right.lat, box.top_right.lon) == (39.99, -77.02, 40.02, -76.92)


def test_a_cancelled_download_goes_on_and_asks_again_for_half_an_answer(fetch, server: MapServer, target, tmp_path, full_town) -> None:
    def cancel(_fraction: float, text: str) -> None:
        if "(5 of 7)" in text:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(cancel)
    assert not target.exists()
    kept = sorted(tmp_path.glob("cache/*/*.json"), key=lambda path: path.stat().st_mtime)
    assert len(kept) in {4, 5}
    os.truncate(kept[0], 1000)
    before = len(server.asked("/api/interpreter"))
    fetch()
    assert is_whole(target, full_town)
    assert len(server.asked("/api/interpreter")) - before == len(QUERIES) - len(kept) + 1


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_killed_download_goes_on_and_leaves_no_process(fetch, server: MapServer, target: Path, tmp_path: Path, full_town: Path) -> None:
    server.faults.extend([("/api/interpreter", Fault())] * 3)  # which are none, but the fourth answer never ends
    server.fail("/api/interpreter", Fault(after_bytes=100, stalls=True))
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom planner.model.areas import Area\nfrom planner.model.places import LatLon\n"
        "from planner.roads.download.areas import download_area\n"
        f'if __name__ == "__main__":\n    download_area({TOWN!r}, Path({str(target)!r}), Path({str(tmp_path / "cache")!r}), '
        f"'{server.url}/api', lambda *_: None, pauses_s={SOON})\n"
    )
    with subprocess.Popen([sys.executable, str(script)]) as program:
        while len(server.asked("/api/interpreter")) < 4:
            time.sleep(0.02)
            assert program.poll() is None
        children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
        os.kill(program.pid, signal.SIGKILL)
    assert children
    while any(_is_alive(int(child)) for child in children):
        time.sleep(0.02)
    fetch()
    assert is_whole(target, full_town)
    assert len(server.asked("/api/interpreter")) == len(QUERIES) + 1


def _is_alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_what_is_too_much_for_the_server_is_asked_in_smaller_pieces(fetch, server: MapServer, target: Path, full_town: Path) -> None:
    server.most_elements = 150
    told: set[str] = set()
    fetch(lambda _fraction, text: told.add(text))
    assert is_whole(target, full_town)
    assert "Asking for roads in smaller pieces" in told


def test_a_server_that_never_finishes_is_quoted(fetch, server: MapServer, target: Path) -> None:
    server.most_elements = 0
    with pytest.raises(ServerProblem, match=r"cannot give all of the area. It says: .*Query timed out"):
        fetch()
    assert not target.exists()


def test_a_busy_server_is_asked_again_and_given_up_in_the_end(fetch, server: MapServer, target: Path, full_town: Path) -> None:
    dispatcher = b'{"elements": [], "remark": "runtime error: open64: 0 Success /osm3s Dispatcher_Client::request_read_and_idx::timeout."}'
    server.fail("/api/interpreter", Fault(429, {"Retry-After": "1"}), Fault(504))
    told: set[str] = set()
    fetch(lambda _fraction, text: told.add(text))
    assert is_whole(target, full_town)
    assert any("asked too often" in text and "Trying again in 1 s" in text for text in told)
    server.fail("/api/interpreter", Fault(200, body=dispatcher), Fault(after_bytes=50), Fault(504))
    with pytest.raises(ServerProblem, match="too busy"):
        fetch()
    assert target.exists()  # of the first time


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(400, body=b"<html>parse error</html>"), "does not accept"),
        (Fault(200, body=b"<html>Sign in to the hotel</html>"), "something else than map data"),
        (Fault(200, body=b'{"elements": [{"type": "node", "id": 1}]}'), "not a map"),
    ],
)
def test_what_is_no_map_is_told(fetch, server: MapServer, target: Path, fault: Fault, says: str) -> None:
    server.fail("/api/interpreter", fault)
    with pytest.raises(ServerProblem, match=says):
        fetch()
    assert not target.exists()


def test_a_server_that_is_not_there_is_told_at_once(fetch, server: MapServer) -> None:
    server.__exit__()
    with pytest.raises(ServerProblem, match="refuses the connection"):
        fetch()


def test_a_server_of_ones_own_that_counts_nothing_is_not_waited_for(fetch, server: MapServer, target: Path, full_town: Path) -> None:
    server.slots = 0
    fetch()
    assert is_whole(target, full_town)
    assert len(server.asked("/api/status")) == 1


def test_an_area_that_is_too_large_is_told_without_asking(fetch, server: MapServer) -> None:
    states = Area("Four states", ((LatLon(37.0, -80.0), LatLon(37.0, -76.0), LatLon(42.0, -76.0), LatLon(42.0, -80.0)),))
    with pytest.raises(PackProblem, match=r"'Four states' is too large"):
        fetch(area=states)
    assert not server.requests


def test_answers_as_xml_are_osm_files_too(server: MapServer, full_town: Path, tmp_path: Path) -> None:
    query = "[out:xml][timeout:9];(way[\"highway\"](poly:'39 -78 39 -76 41 -76 41 -78');>;);out;"
    answer = requests.post(f"{server.url}/api/interpreter", data={"data": query}, timeout=20)
    (tmp_path / "answer.osm").write_bytes(answer.content)
    assert check_extract(tmp_path / "answer.osm").ways == check_extract(full_town).ways


def place(name: str, importance: float, kind: str = "boundary", shape: str = "Polygon") -> dict[str, object]:
    """A result as a Nominatim server writes it."""
    ring = [[-78.4, 40.6], [-77.1, 40.6], [-77.1, 41.2], [-78.4, 41.2], [-78.4, 40.6]]
    coordinates = {"Polygon": [ring, ring], "MultiPolygon": [[ring], [ring]], "Point": [-77.8, 40.8]}[shape]
    return {
        "place_id": 1,
        "class": kind,
        "lat": "40.9",
        "lon": "-77.8",
        "boundingbox": ["40.6", "41.2", "-78.4", "-77.1"],
        "importance": importance,
        "display_name": name,
        "geojson": {"type": shape, "coordinates": coordinates},
    }


CENTRE = "Centre County, Pennsylvania, United States"


def test_an_area_is_found_by_its_name_and_known_without_the_server_then(server: MapServer, tmp_path: Path) -> None:
    server.places = [
        place("Centre", 0.2, shape="Point"),
        place("Centre County Court", 0.7, "building"),
        place(CENTRE, 0.5, shape="MultiPolygon"),
    ]
    server.fail("/search", Fault(429))
    area = find_area(" centre  county, pennsylvania", server.url, tmp_path, silent, pauses_s=SOON)
    assert (area.name, area.bounds, len(area.outlines)) == (CENTRE, Bounds(40.6, -78.4, 41.2, -77.1), 2)
    assert len(area.outlines[0]) == 4
    asked = len(server.requests)
    assert find_area("centre county, pennsylvania", server.url, tmp_path, silent) == area
    assert len(server.requests) == asked == 2


def test_several_areas_of_a_name_are_told_and_one_can_be_named_in_full(server: MapServer, tmp_path: Path) -> None:
    other = "Centre County, Ohio, United States"
    server.places = [place(other, 0.3), place(CENTRE, 0.5), place(CENTRE, 0.4)]
    with pytest.raises(ServerProblem, match=rf"2 areas called 'Centre County'. For example: {CENTRE}; {other}"):
        find_area("Centre County", server.url, tmp_path, silent)
    assert [area.name for area in find_areas("Centre County", server.url, tmp_path, silent)] == [CENTRE, other]
    assert find_area(other.upper(), server.url, tmp_path, silent).name == other


@pytest.mark.parametrize(("places", "says"), [([], "No area called"), ([place("A pin", 0.5, shape="Point")], "is a point on the map")])
def test_a_name_without_an_area_is_told(server: MapServer, tmp_path: Path, places: list[dict[str, object]], says: str) -> None:
    server.places = places
    with pytest.raises(ServerProblem, match=says):
        find_area("'); DROP TABLE <b>", server.url, tmp_path, silent)


def test_no_name_is_told_without_asking(server: MapServer, tmp_path: Path) -> None:
    with pytest.raises(BadInputFile, match="No area is named"):
        find_area("  ", server.url, tmp_path, silent)
    assert not server.requests


def around(points: list[LatLon], degrees: float) -> Area:
    """A box around some points."""
    south, north = min(p.lat for p in points) - degrees, max(p.lat for p in points) + degrees
    west, east = min(p.lon for p in points) - degrees, max(p.lon for p in points) + degrees
    return Area("Around", ((LatLon(south, west), LatLon(south, east), LatLon(north, east), LatLon(north, west)),))


@pytest.fixture(scope="session")
def baltimore(shared_data: Path) -> Path:
    return shared_data / "osm" / "baltimore.osm.pbf"


@pytest.fixture(scope="session")
def baltimore_data(baltimore: Path) -> OsmData:
    return OsmData(baltimore)


@pytest.fixture(scope="session")
def downloaded(baltimore: Path, baltimore_data: OsmData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of the extract of Baltimore, by way of the servers."""
    folder = tmp_path_factory.mktemp("baltimore")
    bounds = check_extract(baltimore).bounds
    corners = [LatLon(bounds.south, bounds.west), LatLon(bounds.north, bounds.east)]
    with MapServer(baltimore_data) as server:
        download_area(around(corners, 0.01), folder / "baltimore.osm.pbf", folder / "cache", f"{server.url}/api", silent)
    return folder / "baltimore.osm.pbf"


def test_a_real_town_has_the_same_roads_addresses_and_businesses(baltimore: Path, downloaded: Path, tmp_path: Path) -> None:
    def searched(extract: Path) -> Counter[str]:
        return Counter(repr(one) for found in scan(extract, tmp_path / "scratch") for one in found)

    assert searched(downloaded) == searched(baltimore)
    was, now = check_extract(baltimore), check_extract(downloaded)
    assert (now.ways, now.nodes, now.bounds) == (was.ways, was.nodes, was.bounds)


def test_a_real_town_is_drawn_the_same(baltimore_data: OsmData, downloaded: Path) -> None:
    def drawn(data: OsmData) -> set[tuple[str, int]]:
        tags = [
            (kind, one["id"], one["tags"])
            for kind, all_ in (("node", data.nodes), ("way", data.ways))
            for one in all_.values()
            if "tags" in one
        ]
        return {
            (kind, number)
            for kind, number, tells in tags
            if (selection.place(tells) if kind == "node" else selection.way(tells) or selection.area(tells) or tells.get("natural"))
        }

    assert drawn(OsmData(downloaded)) == drawn(baltimore_data)


def metres(extract: Path, folder: Path, begin: LatLon, end: LatLon) -> int:
    """How far it is to drive, over tiles built from an extract."""
    build_tiles(extract, folder / "tiles", silent)
    pack = RoadPack("turn", "Turn", folder, "", "", "", Bounds(39, -77, 40, -76), {}, hash_files(folder, silent))
    write_manifest(pack)
    with Engine(pack) as engine:
        return engine.route([begin, end]).legs[0].metres


def test_a_real_left_turn_that_is_forbidden_is_not_driven(baltimore_data: OsmData, downloaded: Path, tmp_path: Path) -> None:
    turns = list(left_turns(baltimore_data))
    assert turns
    number, begin, end, direct_m = turns[0]
    lawless = tmp_path / "lawless.osm.pbf"
    with osmium.SimpleWriter(str(lawless)) as writer:
        for thing in osmium.FileProcessor(str(downloaded)):
            if not (thing.is_relation() and thing.id == number):
                writer.add(thing)
    assert metres(lawless, tmp_path / "lawless", begin, end) == pytest.approx(direct_m, abs=3)  # with the relation lost it is driven
    assert metres(downloaded, tmp_path / "lawful", begin, end) > 2 * direct_m
