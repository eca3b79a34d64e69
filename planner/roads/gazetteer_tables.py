"""The tables of a gazetteer and how they are filled.

An address, a piece of street and a business belong to a *locality*: one city, state and ZIP written together on the map. Where the map
leaves city or ZIP out, the locality of the neighbours is taken and marked as inferred, so that it never outvotes what was written.
"""

import sqlite3
import struct
from pathlib import Path

from planner.model.street_names import GAZETTEER_FORMAT, house_numbers, normalise_street, normalise_town, split_street, state_code, zip5
from planner.progress import Report, part
from planner.roads.gazetteer_neighbours import Neighbours
from planner.roads.gazetteer_scan import Address, Business, Point, StreetPiece, Town

_SCHEMA = """
CREATE TABLE locality (id INTEGER PRIMARY KEY, city TEXT, city_key TEXT, state TEXT, zip TEXT, inferred INTEGER,
    addresses INTEGER DEFAULT 0, lat REAL, lon REAL, spread REAL);
CREATE TABLE street (id INTEGER PRIMARY KEY, key TEXT UNIQUE, core TEXT, name TEXT);
CREATE TABLE alias (street INTEGER, other INTEGER, PRIMARY KEY (street, other)) WITHOUT ROWID;
CREATE TABLE address (street INTEGER, number INTEGER, suffix TEXT, lat REAL, lon REAL, locality INTEGER, exact INTEGER,
    PRIMARY KEY (street, number, suffix, lat, lon)) WITHOUT ROWID;
CREATE TABLE piece (id INTEGER PRIMARY KEY, street INTEGER, locality INTEGER, zip TEXT, lat REAL, lon REAL, line BLOB);
CREATE TABLE street_in (locality INTEGER, street INTEGER, lat REAL, lon REAL, south REAL, west REAL, north REAL, east REAL,
    PRIMARY KEY (locality, street)) WITHOUT ROWID;
CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, key TEXT, kind TEXT, rank INTEGER, lat REAL, lon REAL);
CREATE TABLE business (id INTEGER PRIMARY KEY, name TEXT, key TEXT, kind TEXT, hours TEXT, number INTEGER, street INTEGER,
    locality INTEGER, lat REAL, lon REAL);
CREATE VIRTUAL TABLE search USING fts5(name, town, kind UNINDEXED, lat UNINDEXED, lon UNINDEXED, prefix='2 3',
    tokenize="unicode61 remove_diacritics 2");
"""
_INDEXES = """
CREATE INDEX street_core ON street (core);
CREATE INDEX street_in_street ON street_in (street);
CREATE INDEX piece_street ON piece (street);
CREATE INDEX town_key ON town (key);
CREATE INDEX business_key ON business (key);
CREATE INDEX business_street ON business (street, number);
"""
_SUMS = """
INSERT INTO street_in
    SELECT locality, street, avg(lat), avg(lon), min(lat), min(lon), max(lat), max(lon)
    FROM (SELECT locality, street, lat, lon FROM address UNION ALL SELECT locality, street, lat, lon FROM piece) GROUP BY 1, 2;
UPDATE locality SET addresses = found.n
    FROM (SELECT locality, count(*) AS n FROM address GROUP BY 1) AS found WHERE found.locality = locality.id;
UPDATE locality SET lat = found.lat, lon = found.lon, spread = found.spread
    FROM (
        SELECT locality, avg(lat) AS lat, avg(lon) AS lon,
            avg(lat * lat) - avg(lat) * avg(lat) + avg(lon * lon) - avg(lon) * avg(lon) AS spread
        FROM (
            SELECT locality, lat, lon FROM address UNION ALL SELECT locality, lat, lon FROM piece
            UNION ALL SELECT locality, lat, lon FROM business
        ) GROUP BY 1
    ) AS found WHERE found.locality = locality.id;
UPDATE locality SET state = coalesce(
    (SELECT state FROM locality AS other WHERE other.zip = locality.zip AND other.state <> '' ORDER BY other.addresses DESC LIMIT 1), '')
    WHERE state = '' AND zip <> '';
INSERT INTO search
    SELECT DISTINCT street.name, trim(locality.city || ' ' || locality.state || ' ' || locality.zip), 'street',
        street_in.lat, street_in.lon
    FROM street_in JOIN street ON street.id = street_in.street JOIN locality ON locality.id = street_in.locality
    UNION ALL SELECT name, '', 'town', lat, lon FROM town
    UNION ALL SELECT DISTINCT business.name, locality.city, 'business', business.lat, business.lon
    FROM business JOIN locality ON locality.id = business.locality;
"""
_REPORT_ROWS = 2000


class Tables:
    """A gazetteer being written; `finish` must be called last."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA + "BEGIN;")
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

    def add_address(self, found: Address) -> None:
        """Add one house number."""
        street = self._street(found.street)
        if not street:
            return
        locality = self._locality(found.city, found.state, found.postcode)
        if locality not in self._incomplete:
            self._neighbours.add_locality(locality, found.point)
        self._db.execute(
            "INSERT OR IGNORE INTO address VALUES (?, ?, ?, ?, ?, ?, ?)",
            (street, found.house.number, found.house.suffix, *_rounded(found.point), locality, found.exact),
        )

    def add_piece(self, found: StreetPiece) -> None:
        """Add a piece of a street's centre line, under its main name; its other names become aliases."""
        street = self._street(found.name)
        if not street:
            return
        others = {self._street(name) for name in found.others} - {street, 0}
        pairs = [pair for other in others for pair in ((street, other), (other, street))]
        self._db.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", pairs)
        line = struct.pack(f"<{2 * len(found.line)}i", *(round(degree * 1e6) for point in found.line for degree in point))
        middle = _rounded(found.line[len(found.line) // 2])
        self._db.execute(
            "INSERT INTO piece (street, zip, lat, lon, line) VALUES (?, ?, ?, ?, ?)", (street, zip5(found.postcode), *middle, line)
        )

    def add_town(self, found: Town) -> None:
        """Add a settlement, unless it is there already: the map often has a town both as a point and as an area."""
        if not self._neighbours.add_town(found):
            return
        row = (found.name, normalise_town(found.name), found.kind, found.rank, *_rounded(found.point))
        self._db.execute("INSERT INTO town (name, key, kind, rank, lat, lon) VALUES (?, ?, ?, ?, ?, ?)", row)

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
            self._db.execute(
                "INSERT INTO locality (id, city, city_key, state, zip, inferred) VALUES (?, ?, ?, ?, ?, ?)",
                (number, parts[0], key[0], parts[1], parts[2], inferred),
            )
        self._spelt[spelt] = self._localities[key]
        return self._localities[key]

    def finish(self, report: Report) -> int:
        """Give everything its locality, sum up, index, and return the number of addresses."""
        self._complete("address", "street = ? AND number = ? AND suffix = ? AND lat = ? AND lon = ?", part(report, 0.0, 0.3))
        self._complete("business", "id = ?", part(report, 0.3, 0.4))
        self._complete_pieces(part(report, 0.4, 0.7))
        report(0.7, "Summing up streets and towns")
        for statement in (_INDEXES + _SUMS).split(";"):
            report(0.8, "Indexing names")
            self._db.execute(statement)
        self._db.executescript(f"PRAGMA user_version={GAZETTEER_FORMAT}; ANALYZE;")
        report(1.0, "Addresses and streets are ready")
        return int(self._db.execute("SELECT count(*) FROM address WHERE exact").fetchone()[0])

    def _complete(self, table: str, same_row: str, report: Report) -> None:
        """Give the rows that lack city or ZIP what their neighbours have."""
        key = ", ".join(condition.split()[0] for condition in same_row.split(" AND "))
        marks = ", ".join("?" * len(self._incomplete))
        rows = self._db.execute(
            f"SELECT lat, lon, locality, {key} FROM {table} WHERE locality IN ({marks})",  # noqa: S608 - names of our own tables
            list(self._incomplete),
        )
        # Changing a row while reading is safe here: the column is in no index, so no row moves, and a changed row is no longer incomplete.
        for seen, (lat, lon, locality, *row) in enumerate(rows):
            better = self._inferred(self._incomplete[locality], (lat, lon))
            self._db.execute(f"UPDATE {table} SET locality = ? WHERE {same_row}", (better, *row))  # noqa: S608 - as above
            if seen % _REPORT_ROWS == 0:
                report(seen / (seen + 50_000), "Placing addresses in towns")

    def _inferred(self, parts: tuple[str, str, str], point: Point) -> int:
        city, state, postcode = parts
        near = self._neighbours.locality(point)
        around = self._written[near] if near else (self._neighbours.town(point), "", "")
        return self._locality(city or around[0], state or around[1], postcode or around[2], inferred=True)

    def _complete_pieces(self, report: Report) -> None:
        """Give each street piece a locality: of its ZIP where one is noted, else of its neighbours."""
        of_zip: dict[str, int] = {}
        for (_, _, postcode, inferred), number in self._localities.items():
            if postcode and not inferred and number not in self._incomplete:
                best = of_zip.setdefault(postcode, number)
                if self._neighbours.size(number) > self._neighbours.size(best):
                    of_zip[postcode] = number
        for seen, (piece, lat, lon, postcode) in enumerate(self._db.execute("SELECT id, lat, lon, zip FROM piece")):
            near = self._neighbours.locality((lat, lon))
            if near and (not postcode or self._written[near][2] == postcode):
                locality = near
            else:
                locality = of_zip.get(postcode) or self._inferred(("", "", postcode), (lat, lon))
            self._db.execute("UPDATE piece SET locality = ? WHERE id = ?", (locality, piece))
            if seen % _REPORT_ROWS == 0:
                report(seen / (seen + 50_000), "Placing streets in towns")


def _rounded(point: Point) -> Point:
    """About a decimetre: finer places would keep the same address twice."""
    return round(point[0], 6), round(point[1], 6)
