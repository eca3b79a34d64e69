"""Turn restrictions survive all three ways in: a left turn that is forbidden on the street is not driven, whichever way the roads came."""

from collections.abc import Callable, Iterator
from pathlib import Path

import osmium
import pytest
from left_turns import left_turns
from map_servers import MapServer, Served
from overpass_data import OsmData

from planner.model.areas import Area
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.regions import Region
from planner.progress import silent
from planner.store.settings import write_setting
from planner.usecases import footprint
from planner.usecases.workspace import Workspace

type Bring = Callable[[Workspace, MapServer, Path, Area], RoadPack]


@pytest.fixture(scope="module")
def extract(shared_data: Path) -> Path:
    return shared_data / "osm" / "baltimore.osm.pbf"


@pytest.fixture(scope="module")
def data(extract: Path) -> OsmData:
    return OsmData(extract)


@pytest.fixture
def server(data: OsmData, extract: Path, workspace: Workspace) -> Iterator[MapServer]:
    with MapServer(data) as running:
        running.files["/baltimore.osm.pbf"] = Served(extract.read_bytes())
        with workspace.writing("Test") as db:
            write_setting(db, "overpass", f"{running.url}/api")
        yield running


def around(point: LatLon) -> Area:
    """Some blocks around a crossing."""
    south, north, west, east = point.lat - 0.01, point.lat + 0.01, point.lon - 0.013, point.lon + 0.013
    return Area("Around", ((LatLon(south, west), LatLon(south, east), LatLon(north, east), LatLon(north, west)),))


def from_file(workspace: Workspace, _server: MapServer, extract: Path, _area: Area) -> RoadPack:
    return footprint.build_from_files(workspace, [extract], "Turn", silent)


def from_clipped_file(workspace: Workspace, _server: MapServer, extract: Path, area: Area) -> RoadPack:
    return footprint.build_from_files(workspace, [extract], "Turn", silent, area)


def from_region(workspace: Workspace, server: MapServer, _extract: Path, _area: Area) -> RoadPack:
    region = Region("md/baltimore", "Baltimore", "md", "US / Baltimore", f"{server.url}/baltimore.osm.pbf", "", None)
    return footprint.build_from_region(workspace, region, "Turn", silent)


def from_area(workspace: Workspace, _server: MapServer, _extract: Path, area: Area) -> RoadPack:
    return footprint.build_from_area(workspace, area, "Turn", silent)


def metres(workspace: Workspace, pack: RoadPack, begin: LatLon, end: LatLon) -> int:
    return workspace.engine(pack).route([begin, end]).metres


@pytest.mark.parametrize("bring", [from_file, from_clipped_file, from_region, from_area])
def test_a_forbidden_left_turn_is_not_driven(workspace: Workspace, server: MapServer, data: OsmData, extract: Path, bring: Bring) -> None:
    _, begin, end, direct_m = next(left_turns(data))
    pack = bring(workspace, server, extract, around(begin))
    assert metres(workspace, pack, begin, end) > 1.5 * direct_m


def test_it_would_be_driven_if_nothing_forbade_it(workspace: Workspace, data: OsmData, extract: Path, tmp_path: Path) -> None:
    number, begin, end, direct_m = next(left_turns(data))
    lawless = tmp_path / "lawless.osm.pbf"
    with osmium.SimpleWriter(str(lawless)) as writer:
        for thing in osmium.FileProcessor(str(extract)):
            if not (thing.is_relation() and thing.id == number):
                writer.add(thing)
    pack = footprint.build_from_files(workspace, [lawless], "Lawless", silent)
    assert metres(workspace, pack, begin, end) == pytest.approx(direct_m, abs=3)
