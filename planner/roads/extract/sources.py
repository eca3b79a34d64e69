"""The extracts that a footprint is cut out of: what each holds, and where its nodes are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import BadInputFile
from planner.model.places import Bounds
from planner.progress import Report, part
from planner.roads.extract.writer import ExtractWriter
from planner.values import Struct

_REPORT_EVERY = 20_000
_BYTES_AN_OBJECT = 70  # of a PBF file for each way and relation; only for the progress shown
_BLOCK = 1_000_000
# What osmium writes into a "sparse_file_array": the id, and longitude and latitude in 1e-7 degrees.
_PLACE = np.dtype([("id", "<u8"), ("lon", "<i4"), ("lat", "<i4")])


class Source(Struct, frozen=True):
    """An extract whose nodes, ways and relations are each in the order of their ids, each once.

    `bounds` is the box its header states, and `data_date` how old its data is: the time that the header states, else the newest edit of a
    road; empty when it tells neither. `places` is a file with the places of its nodes, see `node_places`.
    """

    path: Path
    places: Path
    bounds: Bounds | None
    data_date: str
    nodes: int
    ways: int
    relations: int


class _Seen(Struct):
    ways: int = 0
    relations: int = 0
    newest: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    in_order: bool = True


def survey(path: Path, scratch: Path, report: Report) -> Source:
    """Read an extract once and say what it holds, with files in the folder `scratch`.

    One that is not in order is sorted there first, all of it in memory. Raises BadInputFile when it is missing, damaged or no extract.
    """
    if not path.is_file():
        raise BadInputFile(f"'{path}' is not there.", "It may have been moved or renamed.", "Choose an OSM extract.")
    report(0.0, f"Reading {path.name}")
    try:
        bounds, stated = _header(path)
        places = scratch / f"{path.name}.places"
        nodes, nodes_in_order = _write_places(path, places)
        seen = _look(path, part(report, 0.2, 0.9))
        if not (seen.in_order and nodes_in_order):
            report(0.9, f"Sorting {path.name}")
            path = _sorted(path, scratch)
    except RuntimeError as error:  # what osmium raises for every kind of damage
        raise BadInputFile(
            f"'{path.name}' cannot be read as an OSM extract.",
            f"It may be cut short, damaged or something else ({str(error).splitlines()[0]}).",
            "Download it again, or choose another file.",
        ) from error
    edited = f"{seen.newest:%Y-%m-%dT%H:%M:%SZ}" if seen.newest.year > 1970 else ""
    return Source(path, places, bounds, stated or edited, nodes, seen.ways, seen.relations)


def node_places(source: Source) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]]:
    """The nodes of an extract, block by block: ids, longitudes and latitudes in degrees."""
    for block in _blocks(source.places):
        yield block["id"].astype(np.int64), block["lon"] / 1e7, block["lat"] / 1e7


def _header(path: Path) -> tuple[Bounds | None, str]:
    import osmium

    with osmium.io.Reader(path, osmium.osm.NOTHING) as reader:
        header: Any = reader.header()
        box = header.box()
    corners = (box.bottom_left, box.top_right)
    bounds = Bounds(corners[0].lat, corners[0].lon, corners[1].lat, corners[1].lon) if box.valid() else None
    return bounds, header.get("osmosis_replication_timestamp", "")


def _write_places(path: Path, places: Path) -> tuple[int, bool]:
    """Write the ids and places of all nodes, which never become Python objects; say how many there are, and whether they are in order."""
    import osmium

    with osmium.io.Reader(path, osmium.osm.NODE) as reader:
        osmium.apply(reader, osmium.NodeLocationsForWays(osmium.index.create_map(f"sparse_file_array,{places}")))
    count, last, in_order = 0, 0, True
    for block in _blocks(places):
        ids = np.append(last, block["id"].astype(np.int64))
        in_order &= bool((np.diff(ids) > 0).all())
        _refuse_unnumbered(path, int(ids.min()))
        count, last = count + len(block), int(ids[-1])
    return count, in_order


def _blocks(places: Path) -> Iterator[NDArray[Any]]:
    with places.open("rb") as file:
        while len(block := np.fromfile(file, _PLACE, _BLOCK)):
            used = block[block["id"] != 0]  # the file ends with room for more
            if len(used):
                yield used


def _look(path: Path, report: Report) -> _Seen:
    import osmium

    seen = _Seen()
    expected = path.stat().st_size / _BYTES_AN_OBJECT
    last_way = last_relation = 0
    thing: Any
    for count, thing in enumerate(osmium.FileProcessor(path, osmium.osm.WAY | osmium.osm.RELATION)):
        if count % _REPORT_EVERY == 0:
            report(count / (count + expected), f"Reading {path.name}")
        _refuse_unnumbered(path, thing.id)
        if thing.is_way():
            seen.in_order &= thing.id > last_way
            last_way, seen.ways = thing.id, seen.ways + 1
            if "highway" in thing.tags:
                seen.newest = max(seen.newest, thing.timestamp)
        else:
            seen.in_order &= thing.id > last_relation
            last_relation, seen.relations = thing.id, seen.relations + 1
    return seen


def _refuse_unnumbered(path: Path, number: int) -> None:
    if number < 0:
        raise BadInputFile(
            f"'{path.name}' has objects that are not part of OpenStreetMap yet.",
            "They have no number of their own, so they cannot be told from those of another extract.",
            "Leave them out, or upload them first.",
        )


def _sorted(path: Path, scratch: Path) -> Path:
    import osmium

    target = scratch / f"{path.name}.sorted.osm.pbf"
    everything = osmium.MergeInputReader()
    everything.add_file(str(path))
    with ExtractWriter(target, None, "") as writer:
        everything.apply(writer.handler)
    return target
