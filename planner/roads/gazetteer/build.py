"""Build the gazetteer of a road pack: the addresses, streets, towns and businesses of an extract in one SQLite file."""

import time
from contextlib import closing
from pathlib import Path

from planner.errors import BadInputFile
from planner.progress import Report, part
from planner.roads.gazetteer.scan import Address, Business, Found, StreetPiece, Town, ZipArea, scan
from planner.roads.gazetteer.tables import Tables

_BYTES_AN_OBJECT = {".pbf": 140, ".osm": 1500}  # of the extract for each object of interest: only for the progress shown
_REPORT_EVERY_S = 0.1


def build_gazetteer(extract: Path, out: Path, report: Report) -> int:
    """Write `out` from an `.osm.pbf` or `.osm` file and return the number of addresses; an existing file is replaced when all is done.

    Raises `BadInputFile` when the extract cannot be read. Memory does not grow with the number of addresses, only with the number of
    different street names and towns, and (16 bytes each, in a file for large extracts) with the number of nodes.
    """
    if not extract.is_file():
        raise BadInputFile(f"The extract '{extract}' is not there.", remedy="Choose an .osm.pbf or .osm file.")
    beside = out.with_name(out.name + ".building")
    scratch = out.with_name(out.name + ".nodes")
    beside.unlink(missing_ok=True)
    try:
        tables = Tables(beside)
        try:
            _fill(tables, extract, scratch, part(report, 0.0, 0.8))
            count = tables.finish(part(report, 0.8, 1.0))
        finally:
            tables.close()
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
        scratch.unlink(missing_ok=True)
    return count


def _fill(tables: Tables, extract: Path, scratch: Path, report: Report) -> None:
    expected = extract.stat().st_size / _BYTES_AN_OBJECT.get(extract.suffix, 140)
    report(0.0, "Reading addresses and streets")
    told = time.monotonic()
    with closing(scan(extract, scratch)) as objects:
        for seen, found in enumerate(objects):
            for one in found:
                _add(tables, one)
            if time.monotonic() - told > _REPORT_EVERY_S:
                told = time.monotonic()
                report(seen / (seen + expected / 4), "Reading addresses and streets")


def _add(tables: Tables, one: Found) -> None:
    match one:
        case Address():
            tables.add_address(one)
        case StreetPiece():
            tables.add_piece(one)
        case Town():
            tables.add_town(one)
        case Business():
            tables.add_business(one)
        case ZipArea():
            tables.add_zip(one)
