"""OSM extracts: is this file one, and what does it cover."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from planner.errors import BadInputFile
from planner.model.places import Bounds
from planner.progress import Report, silent
from planner.values import Struct

SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")

# The values of "highway" a car may use: https://wiki.openstreetmap.org/wiki/Key:highway
_CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")
DRIVABLE = frozenset((*_CLASSES, *(f"{name}_link" for name in _CLASSES), "unclassified", "residential", "living_street", "service", "road"))

_REMEDY = "Choose an OSM extract: a file ending in .osm.pbf, .osm, .osm.gz or .osm.bz2."


class ExtractInfo(Struct, frozen=True):
    """What an extract holds.

    `bounds` is the box around its drivable roads, `data_date` the date of the data as the file tells it, else the newest edit of a road
    (ISO date, or empty when the edits carry no times), `ways` the drivable roads and `nodes` their points.
    """

    bounds: Bounds
    data_date: str
    nodes: int
    ways: int


def check_extract(path: Path, report: Report = silent, called: str = "") -> ExtractInfo:
    """Read an OSM extract once and say what it holds; raises BadInputFile when it is missing, damaged, not OSM, or has no drivable road.

    Problems name the file as `called`, for an extract that was made of other files.
    """
    check_file(path)
    called = called or path.name
    try:
        info = _read_roads(path, report)
    except (RuntimeError, ValueError, OSError) as error:  # what osmium raises for every kind of damage
        raise BadInputFile(
            f"'{called}' cannot be read as an OSM extract.",
            f"It may be cut short, damaged or something else ({_first_line(error)}).",
            "Download it again, or choose another file.",
        ) from error
    if info is None:
        raise BadInputFile(
            f"'{called}' has no road a car can use.",
            "Drive times need roads, with their points, in the extract.",
            "Choose an extract that has the roads of your footprint.",
        )
    return info


def check_file(path: Path) -> None:
    """Whether a file is there and is called as an extract is; raises BadInputFile when not."""
    if not path.is_file():
        raise BadInputFile(f"'{path}' is not there.", "It may have been moved or renamed.", _REMEDY)
    if not path.name.lower().endswith(SUFFIXES):
        raise BadInputFile(f"'{path.name}' is not an OSM extract.", "Its name does not end as one's does.", _REMEDY)
    if path.stat().st_size == 0:
        raise BadInputFile(f"'{path.name}' is empty.", "The download may have failed.", "Download it again.")


def _read_roads(path: Path, report: Report) -> ExtractInfo | None:
    import osmium

    kinds: Any = osmium.osm
    south = west = 180.0
    north = east = -180.0
    ways = nodes = 0
    newest = date(1970, 1, 1)
    # The filters run inside the library, so that only roads become Python objects.
    processor = osmium.FileProcessor(str(path), kinds.NODE | kinds.WAY).with_locations()
    roads: Any = processor.with_filter(osmium.filter.EntityFilter(kinds.WAY)).with_filter(osmium.filter.KeyFilter("highway"))
    report(0.0, "Reading the extract")
    for road in roads:
        if road.tags["highway"] not in DRIVABLE:
            continue
        points = [node.location for node in road.nodes if node.location.valid()]
        if len(points) < 2:
            continue
        ways, nodes, newest = ways + 1, nodes + len(points), max(newest, road.timestamp.date())
        lats, lons = [point.lat for point in points], [point.lon for point in points]
        south, west, north, east = min(south, *lats), min(west, *lons), max(north, *lats), max(east, *lons)
        if ways % 1000 == 0:
            report(0.0, f"Reading the extract: {ways:,} roads")
    if not ways:
        return None
    return ExtractInfo(Bounds(south, west, north, east), _data_date(path, newest), nodes, ways)


def _data_date(path: Path, newest: date) -> str:
    import osmium

    with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        stated = str(reader.header().get("osmosis_replication_timestamp", ""))[:10]
    with suppress(ValueError):  # anything may stand there
        return date.fromisoformat(stated).isoformat()
    return newest.isoformat() if newest.year > 1970 else ""


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
