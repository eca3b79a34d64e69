"""Make a larger extract out of one: copies of it, each shifted over the map and with ids of its own.

usage: python tests/bench/shifted.py EXTRACT.osm.pbf OUT.osm.pbf [COPIES]
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium
from osmium.osm import mutable

GAP = 0.02  # degrees between two copies, so that nothing of one lies in another


def write_shifted(extract: Path, out: Path, copies: int) -> None:
    """Write `copies` of an extract side by side, in rows of four, relations and their members too; sorted as an extract should be."""
    highest, (width, height) = _highest(extract), _size(extract)
    shifts = [(copy % 4 * (width + GAP), copy // 4 * (height + GAP)) for copy in range(copies)]
    with osmium.SimpleWriter(out, header=_header(extract, shifts), overwrite=True) as writer:
        for kind in (osmium.osm.NODE, osmium.osm.WAY, osmium.osm.RELATION):
            for copy, (east, north) in enumerate(shifts):
                offset = {letter: copy * (number + 1) for letter, number in highest.items()}
                for thing in _shifted(extract, kind, offset, east, north):
                    writer.add(thing)


def _shifted(extract: Path, kind: Any, offset: dict[str, int], east: float, north: float) -> Iterator[Any]:
    for thing in osmium.FileProcessor(extract, kind):
        number = thing.id + offset[thing.type_str()]
        if kind == osmium.osm.NODE:
            yield mutable.Node(thing, id=number, location=(thing.lon + east, thing.lat + north))
        elif kind == osmium.osm.WAY:
            yield mutable.Way(thing, id=number, nodes=[node.ref + offset["n"] for node in thing.nodes])
        else:
            yield mutable.Relation(thing, id=number, members=[(one.type, one.ref + offset[one.type], one.role) for one in thing.members])


def _highest(extract: Path) -> dict[str, int]:
    """The highest ids of nodes, ways and relations."""
    found = {"n": 0, "w": 0, "r": 0}
    for thing in osmium.FileProcessor(extract):
        found[thing.type_str()] = max(found[thing.type_str()], thing.id)
    return found


def _box(extract: Path) -> osmium.osm.Box:
    with osmium.io.Reader(extract, osmium.osm.NOTHING) as reader:
        return reader.header().box()


def _size(extract: Path) -> tuple[float, float]:
    """Width and height in degrees: of the box in the header, else of all places of nodes."""
    box = _box(extract)
    if not box.valid():
        for node in osmium.FileProcessor(extract, osmium.osm.NODE):
            box.extend(node.location)
    return box.top_right.lon - box.bottom_left.lon, box.top_right.lat - box.bottom_left.lat


def _header(extract: Path, shifts: list[tuple[float, float]]) -> osmium.io.Header:
    header = osmium.io.Header()
    header.set("generator", "shifted")
    box = _box(extract)
    if box.valid():
        east, north = max(one[0] for one in shifts), max(one[1] for one in shifts)
        header.add_box(osmium.osm.Box(box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon + east, box.top_right.lat + north))
    return header


if __name__ == "__main__":
    write_shifted(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 16)
