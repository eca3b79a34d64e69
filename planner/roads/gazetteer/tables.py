"""The tables of a gazetteer and how they are filled.

An address, a piece of street and a business belong to a *locality*: one city, state and ZIP written together on the map. Where the map
leaves city or ZIP out, the locality of the neighbours is taken and marked as inferred, so that it never outvotes what was written.
"""

import sqlite3
import struct
from pathlib import Path

from planner.errors import Cancelled
from planner.model.grid import cell_of, cells_along, square_of
from planner.model.street_names import (
    GAZETTEER_FORMAT,
    house_numbers,
    normalise_street,
    normalise_town,
    plain_words,
    split_street,
    state_code,
    zip5,
)
from planner.progress import Report, part
from planner.roads.gazetteer.neighbours import Neighbours
from planner.roads.gazetteer.scan import Address, Business, Point, StreetPiece, Town, ZipArea
from planner.roads.gazetteer.schema import INDEXES, LOCALITY_SUMS, SCHEMA, SEARCH, STREET_SUMS

_ROWS_AT_ONCE = 5000
_STEPS_A_REPORT = 200_000  # of SQLite's machine
_ADDRESS = "INSERT OR IGNORE INTO address VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_PIECE = "INSERT INTO piece (id, street, zip, lat, lon, line) VALUES (?, ?, ?, ?, ?, ?)"
_PIECE_CELL = "INSERT INTO piece_cell VALUES (?, ?)"
_ALIAS = "INSERT OR IGNORE INTO alias VALUES (?, ?)"


class Tables:
    """A gazetteer being written; `finish` must be called last."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.create_function("square_of", 2, square_of, deterministic=True)
        self._db.create_function("plain", 1, _plain, deterministic=True)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;" + SCHEMA + "BEGIN;")
        self._waiting: dict[str, list[tuple[object, ...]]] = {sql: [] for sql in (_ADDRESS, _PIECE, _PIECE_CELL, _ALIAS)}
        self._pieces = 0
        self._streets: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._spelt: dict[tuple[str, str, str, bool], int] = {}
        self._localities: dict[tuple[str, str, str, bool], int] = {}
        self._written: dict[int, tuple[str, str, str]] = {}
        self._incomplete: dict[int, tuple[str, str, str]] = {}
        self._neighbours = Neighbours()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _add(self, sql: str, row: tuple[object, ...]) -> None:
        """Write a row with others of its kind, many at once."""
        rows = self._waiting[sql]
        rows.append(row)
        if len(rows) >= _ROWS_AT_ONCE:
            self._db.executemany(sql, rows)
            rows.clear()

    def add_address(self, found: Address) -> None:
        """Add one house number."""
        street = self._street(found.street)
        if not street:
            return
        locality = self._locality(found.city, found.state, found.postcode)
        if locality not in self._incomplete:
            self._neighbours.add_locality(locality, found.point)
        lat, lon = _rounded(found.point)
        self._add(_ADDRESS, (street, found.house.number, found.house.suffix, lat, lon, locality, found.exact, cell_of(lat, lon)))

    def add_piece(self, found: StreetPiece) -> None:
        """Add a piece of a street's centre line, under its main name; its other names become aliases."""
        street = self._street(found.name)
        if not street:
            return
        for other in {self._street(name) for name in found.others} - {street, 0}:
            self._add(_ALIAS, (street, other))
            self._add(_ALIAS, (other, street))
        self._pieces += 1
        line = struct.pack(f"<{2 * len(found.line)}i", *[round(degree * 1e6) for point in found.line for degree in point])
        lat, lon = _rounded(found.line[len(found.line) // 2])
        self._add(_PIECE, (self._pieces, street, zip5(found.postcode), lat, lon, line))
        for cell in cells_along(found.line):
            self._add(_PIECE_CELL, (cell, self._pieces))

    def add_town(self, found: Town) -> None:
        """Add a settlement, unless it is there already: the map often has a town both as a point and as an area."""
        if not self._neighbours.add_town(found):
            return
        row = (found.name, normalise_town(found.name), found.kind, found.rank, *_rounded(found.point))
        self._db.execute("INSERT INTO town (name, key, kind, rank, lat, lon) VALUES (?, ?, ?, ?, ?, ?)", row)

    def add_zip(self, found: ZipArea) -> None:
        """Add the area of a ZIP, unless it says none."""
        postcode = zip5(found.postcode)
        if postcode:
            self._db.execute("INSERT OR IGNORE INTO zip_area VALUES (?, ?, ?, ?)", (postcode, *_rounded(found.point), found.reach_m))

    def add_business(self, found: Business) -> None:
        """Add a named business."""
        houses = house_numbers(found.number)
        self._db.execute(
            "INSERT INTO business (name, key, kind, hours, number, street, locality, lat, lon) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                found.name,
                normalise_town(found.name),
                found.kind,
                found.hours,
                houses[0].number if houses else None,
                self._street(found.street) or None,
                self._locality(found.city, found.state, found.postcode),
                *_rounded(found.point),
            ),
        )

    def _street(self, name: str) -> int:
        """The row of a street's name, made when new; 0 when nothing is left of the name."""
        if name in self._names:
            return self._names[name]
        key = normalise_street(name)
        street = self._streets.get(key, 0)
        if key and not street:
            street = self._streets[key] = len(self._streets) + 1
            self._db.execute("INSERT INTO street VALUES (?, ?, ?, ?)", (street, key, split_street(key).core, name.strip()))
        self._names[name] = street
        return street

    def _locality(self, city: str, state: str, postcode: str, *, inferred: bool = False) -> int:
        """The row of a locality, made when new."""
        spelt = (city, state, postcode, inferred)
        if spelt in self._spelt:
            return self._spelt[spelt]
        parts = (city.strip(), state_code(state), zip5(postcode))
        key = (normalise_town(parts[0]), parts[1], parts[2], inferred)
        if key not in self._localities:
            number = self._localities[key] = len(self._localities) + 1
            self._written[number] = parts
            if not inferred and not (key[0] and key[2]):
                self._incomplete[number] = parts
        self._spelt[spelt] = self._localities[key]
        return self._localities[key]

    def finish(self, report: Report) -> int:
        """Give everything its locality, sum up, index, and return the number of addresses."""
        for sql, rows in self._waiting.items():
            self._db.executemany(sql, rows)
            rows.clear()
        self._complete(part(report, 0.0, 0.4))
        self._run(INDEXES + STREET_SUMS + LOCALITY_SUMS, part(report, 0.4, 0.7), "Summing up streets and towns")
        self._run(f"{SEARCH}; PRAGMA user_version={GAZETTEER_FORMAT}; COMMIT; ANALYZE", part(report, 0.7, 1.0), "Indexing names")
        report(1.0, "Addresses and streets are ready")
        return int(self._db.execute("SELECT count(*) FROM address WHERE exact").fetchone()[0])

    def _complete(self, report: Report) -> None:
        """Give rows that lack city or ZIP what their neighbours have, and each street piece the locality of its ZIP or its neighbours."""
        of_zip = self._largest_of_zips()

        def of_row(locality: int, lat: float, lon: float) -> int:
            return self._inferred(self._incomplete[locality], (lat, lon))

        def of_piece(postcode: str, lat: float, lon: float) -> int:
            near = self._neighbours.locality((lat, lon))
            if near and (not postcode or self._written[near][2] == postcode):
                return near
            return of_zip.get(postcode) or self._inferred(("", "", postcode), (lat, lon))

        self._db.create_function("of_row", 3, of_row)
        self._db.create_function("of_piece", 3, of_piece)
        incomplete = ", ".join(str(number) for number in self._incomplete)
        updates = (
            f"UPDATE address SET locality = of_row(locality, lat, lon) WHERE locality IN ({incomplete});"  # noqa: S608 - our own numbers
            f"UPDATE business SET locality = of_row(locality, lat, lon) WHERE locality IN ({incomplete});"
            "UPDATE piece SET locality = of_piece(zip, lat, lon)"
        )
        self._run(updates, report, "Placing addresses and streets in towns")
        rows = ((number, *self._written[number], key[0], key[3]) for key, number in self._localities.items())
        self._db.executemany("INSERT INTO locality (id, city, state, zip, city_key, inferred) VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _run(self, statements: str, report: Report, text: str) -> None:
        """Run statements, telling progress also within a long one; a report that stops the work stops it there."""
        parts = [statement for statement in statements.split(";") if statement.strip()]
        stopped: list[Cancelled] = []
        done = 0

        def tick() -> int:
            try:
                report(done / len(parts), text)
            except Cancelled as cancelled:
                stopped.append(cancelled)
            return len(stopped)

        self._db.set_progress_handler(tick, _STEPS_A_REPORT)
        try:
            for done, statement in enumerate(parts):  # noqa: B007 - `tick` reads it
                if tick():
                    break
                self._db.execute(statement)
        except sqlite3.OperationalError:
            if not stopped:
                raise
        finally:
            self._db.set_progress_handler(None, 0)
        if stopped:
            raise stopped[0]

    def _inferred(self, parts: tuple[str, str, str], point: Point) -> int:
        city, state, postcode = parts
        near = self._neighbours.locality(point)
        around = self._written[near] if near else (self._neighbours.town(point), "", "")
        return self._locality(city or around[0], state or around[1], postcode or around[2], inferred=True)

    def _largest_of_zips(self) -> dict[str, int]:
        """Of each ZIP the locality with the most addresses, among those written with a city."""
        of_zip: dict[str, int] = {}
        for (_, _, postcode, inferred), number in self._localities.items():
            if postcode and not inferred and number not in self._incomplete:
                best = of_zip.setdefault(postcode, number)
                if self._neighbours.size(number) > self._neighbours.size(best):
                    of_zip[postcode] = number
        return of_zip


def _plain(names: str) -> str:
    """The plain words of some names, each once."""
    return " ".join(dict.fromkeys(plain_words(names)))


def _rounded(point: Point) -> Point:
    """About a decimetre: finer places would keep the same address twice."""
    return round(point[0], 6), round(point[1], 6)
