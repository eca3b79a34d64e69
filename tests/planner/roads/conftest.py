"""A made-up town of two street grids that do not meet, and its road pack, built once."""

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_town import crossing, town_xml

from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from planner.progress import silent
from planner.roads.pack.build import build_pack
from planner.roads.pack.packs import hash_files, load_pack, write_manifest
from planner.roads.pack.tiles import build_tiles


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
