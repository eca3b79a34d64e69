"""A made-up town of two street grids that do not meet, and its road pack, built once."""

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from planner.progress import silent
from planner.roads.build import build_pack
from planner.roads.packs import hash_files, load_pack, write_manifest
from planner.roads.tiles import build_tiles

STEP = 0.001  # degrees between two streets
SIDE = 9  # streets each way in a grid: more than Valhalla asks for to call roads a network
ISLAND = 0.05  # degrees from one grid to the other


def crossing(row: int, column: int, *, island: bool = False) -> LatLon:
    """A crossing of the town's grid, or of the one that no road leads to."""
    return LatLon(round(40.0 + row * STEP, 6), round(-77.0 + ISLAND * island + column * STEP, 6))


def town_xml(highway: str = "residential") -> str:
    """The town as OSM XML; every street has a name and the first house has an address."""
    nodes, ways = [], []
    for grid in (0, 1):
        first = grid * 1000 + 1

        def number(row: int, column: int, first: int = first) -> int:
            return first + row * SIDE + column

        for row in range(SIDE):
            for column in range(SIDE):
                point = crossing(row, column, island=grid == 1)
                nodes.append(
                    f'<node id="{number(row, column)}" lat="{point.lat}" lon="{point.lon}" version="1" timestamp="2024-05-06T07:08:09Z"/>'
                )
        lines = [[number(row, column) for column in range(SIDE)] for row in range(SIDE)]
        for index, line in enumerate([*lines, *map(list, zip(*lines, strict=True))]):
            refs = "".join(f'<nd ref="{node}"/>' for node in line)
            tags = f'<tag k="highway" v="{highway}"/><tag k="name" v="Street {grid}-{index}"/>'
            ways.append(f'<way id="{first + index}" version="1" timestamp="2024-05-06T07:08:09Z">{refs}{tags}</way>')
    house = '<tag k="addr:housenumber" v="1"/><tag k="addr:street" v="Street 0-0"/>'
    nodes.append(f'<node id="5000" lat="40.00005" lon="-76.9995" version="1" timestamp="2024-05-06T07:08:09Z">{house}</node>')
    return f'<?xml version="1.0"?><osm version="0.6" generator="test">{"".join(nodes)}{"".join(ways)}</osm>'


@pytest.fixture(scope="session")
def corner() -> Callable[..., LatLon]:
    """A function that says where a crossing is: row, column, and whether on the island."""
    return crossing


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town's extract as OSM XML."""
    path = tmp_path_factory.mktemp("town") / "town.osm"
    path.write_text(town_xml(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def town_pack(town: Path, tmp_path_factory: pytest.TempPathFactory) -> RoadPack:
    """The town's road pack; copy it to change it."""
    return build_pack(town, tmp_path_factory.mktemp("packs"), "Town", silent)


@pytest.fixture
def own_pack(town_pack: RoadPack, tmp_path: Path) -> RoadPack:
    """A copy of the town's pack to damage."""
    return load_pack(Path(shutil.copytree(town_pack.folder, tmp_path / "packs" / "town")))


@pytest.fixture(scope="session")
def college_pack(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> RoadPack:
    """The routing tiles of State College, without basemap and gazetteer."""
    folder = tmp_path_factory.mktemp("college")
    build_tiles(shared_data / "osm" / "state-college.osm.pbf", folder / "tiles", silent)
    pack = RoadPack("college", "College", folder, "", "", "", Bounds(40.4, -78.0, 41.0, -77.0), {}, hash_files(folder, silent))
    write_manifest(pack)
    return pack


@pytest.fixture
def processes_of() -> Callable[[Path], list[int]]:
    """A function that lists the running programs that were started with a path below a folder."""
    if sys.platform != "linux":
        pytest.skip("processes are looked up in /proc")

    def find(folder: Path) -> list[int]:
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and str(folder) in _command(entry)]

    return find


def _command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:  # ended in the meantime
        return ""


@pytest.fixture
def kill_children() -> Callable[[], None]:
    """A function that ends every process started through multiprocessing at once, as a crash would."""
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("there is no SIGKILL here")

    def kill() -> None:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
            child.join()

    return kill


@pytest.fixture(autouse=True)
def _no_process_stays() -> Iterator[None]:
    before = {child.pid for child in multiprocessing.active_children()}
    yield
    assert {child.pid for child in multiprocessing.active_children()} <= before
