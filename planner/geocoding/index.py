"""Read the gazetteer file of a road pack."""

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import cos, radians
from pathlib import Path

from planner.errors import PackProblem
from planner.model.places import LatLon
from planner.model.street_names import GAZETTEER_FORMAT
from planner.values import Struct

_REMEDY = "Build the road pack again, or choose another one."
_M_A_DEGREE = 111_195.0
_KEPT_LISTS = 64  # lists of streets kept in memory: a file names few different towns


class Locality(Struct, frozen=True):
    """A city, state and ZIP written together on the map; `inferred` when taken from neighbours, `radius_m` one standard deviation."""

    id: int
    city: str
    city_key: str
    state: str
    zip: str
    inferred: bool
    addresses: int
    centre: LatLon
    radius_m: float


class Town(Struct, frozen=True):
    """A settlement of the map; `rank` is 0 for a city and grows as they get smaller."""

    name: str
    key: str
    rank: int
    centre: LatLon


class Street(Struct, frozen=True):
    """A street's name; the same row stands for all streets of that name."""

    id: int
    key: str
    name: str


class House(Struct, frozen=True):
    """One house number at a point; `exact` is false when it was counted along an interpolation way."""

    street: int
    number: int
    suffix: str
    point: LatLon
    locality: int
    exact: bool


class StreetIn(Struct, frozen=True):
    """A street within a locality: its middle and how far it reaches (corner to corner, metres)."""

    street: int
    locality: int
    middle: LatLon
    reach_m: float


class Business(Struct, frozen=True):
    """A named business of the map."""

    name: str
    key: str
    locality: int
    point: LatLon


class Entry(Struct, frozen=True):
    """Something that can be searched by name: `words` are all its names, `kind` is 'town', 'zip', 'street' or 'business'.

    `street` is 0 for what is no street, `city` the key of the town it is in.
    """

    words: str
    name: str
    town: str
    kind: str
    street: int
    city: str
    point: LatLon


Line = list[tuple[float, float]]
"""The corners of a line in degrees of latitude and longitude: plain pairs, because streets have thousands."""


class Piece(Struct, frozen=True):
    """A piece of a street's centre line."""

    street: int
    locality: int
    line: Line


class Index:
    """The tables of one gazetteer, read only. Raises `PackProblem` when the file is missing, damaged or of another version."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise PackProblem("The addresses of this road pack are missing.", f"There is no file '{path}'.", _REMEDY)
        self._path = path
        self._streets: dict[tuple[int, ...], tuple[dict[int, Street], list[str], list[int]]] = {}
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._db.execute("PRAGMA cell_size_check = ON")
        try:
            self._load()
        except BaseException:
            self._db.close()
            raise

    def _load(self) -> None:
        with self.reading():
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version != GAZETTEER_FORMAT:
                why = f"'{self._path.name}' has version {version}; this Roadbook reads version {GAZETTEER_FORMAT}."
                raise PackProblem("The addresses of this road pack were built by another version of Roadbook.", why, _REMEDY)
            rows = self._db.execute(
                "SELECT id, city, city_key, state, zip, inferred, addresses, lat, lon, spread FROM locality WHERE lat IS NOT NULL"
            )
            self.localities = {
                number: Locality(
                    number, city, key, state, postcode, bool(inferred), count, LatLon(lat, lon), _M_A_DEGREE * max(spread, 0) ** 0.5
                )
                for number, city, key, state, postcode, inferred, count, lat, lon, spread in rows
            }
            rows = self._db.execute("SELECT name, key, rank, lat, lon FROM town ORDER BY rank, id")
            self.towns = [Town(name, key, rank, LatLon(lat, lon)) for name, key, rank, lat, lon in rows]
            rows = self._db.execute("SELECT zip, lat, lon, reach_m FROM zip_area")
            self.zip_areas = {postcode: (LatLon(lat, lon), float(reach_m)) for postcode, lat, lon, reach_m in rows}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tell damage found while reading as a `PackProblem`.

        A flipped bit can also give a number where a text should be, or name a row that is not there.
        """
        try:
            yield
        except (sqlite3.Error, struct.error, ValueError, TypeError, LookupError, ArithmeticError) as damage:
            what = "The addresses of this road pack cannot be read."
            raise PackProblem(what, f"'{self._path.name}' is damaged ({damage}).", _REMEDY) from damage

    def streets_of_key(self, key: str) -> list[Street]:
        """The street of exactly this key, as a list of one or none."""
        return self._street_rows("SELECT id, key, name FROM street WHERE key = ?", (key,))

    def streets_of_core(self, core: str) -> list[Street]:
        """The streets that differ at most in direction and kind."""
        return self._street_rows("SELECT id, key, name FROM street WHERE core = ?", (core,))

    def other_names(self, street: int) -> list[Street]:
        """Other names of the same road, such as its route number."""
        return self._street_rows("SELECT id, key, name FROM alias JOIN street ON street.id = alias.other WHERE alias.street = ?", (street,))

    def _street_rows(self, sql: str, values: tuple[str | int, ...]) -> list[Street]:
        return [Street(*row) for row in self._db.execute(sql, values)]

    def streets_within(self, localities: tuple[int, ...]) -> tuple[dict[int, Street], list[str], list[int]]:
        """The streets of some localities by id, and beside them their cores and ids in the same order; kept for the next call."""
        if localities not in self._streets:
            if len(self._streets) >= _KEPT_LISTS:
                self._streets.clear()
            rows = (
                row
                for locality in localities
                for row in self._db.execute(
                    "SELECT id, key, name, core FROM street_in JOIN street ON street.id = street_in.street WHERE locality = ?", (locality,)
                )
            )
            found = {row[0]: row for row in rows}
            streets = {number: Street(*row[:3]) for number, row in found.items()}
            self._streets[localities] = (streets, [row[3] for row in found.values()], list(found))
        return self._streets[localities]

    def houses(self, street: int, number: int) -> list[House]:
        """Everything with this number in streets of this name."""
        return self._house_rows("street = ? AND number = ?", (street, number))

    def houses_between(self, street: int, low: int, high: int) -> list[House]:
        """The houses of a street from one number to another, in order."""
        return self._house_rows("street = ? AND number BETWEEN ? AND ? ORDER BY number", (street, low, high))

    def _house_rows(self, condition: str, values: tuple[float, ...]) -> list[House]:
        sql = f"SELECT street, number, suffix, lat, lon, locality, exact FROM address WHERE {condition}"  # noqa: S608 - conditions above only
        rows = self._db.execute(sql, values)
        return [House(a, b, c, LatLon(lat, lon), locality, bool(exact)) for a, b, c, lat, lon, locality, exact in rows]

    def street_in(self, street: int) -> list[StreetIn]:
        """The localities a street of this name runs through."""
        rows = self._db.execute("SELECT locality, lat, lon, south, west, north, east FROM street_in WHERE street = ?", (street,))
        return [
            StreetIn(street, locality, LatLon(lat, lon), LatLon(south, west).metres_to(LatLon(north, east)))
            for locality, lat, lon, south, west, north, east in rows
        ]

    def pieces(self, street: int, localities: Iterable[int]) -> list[Line]:
        """The centre lines of a street within some localities."""
        wanted = set(localities)
        rows = self._db.execute("SELECT locality, line FROM piece WHERE street = ?", (street,))
        return [_unpacked(line) for locality, line in rows if locality in wanted]

    def businesses_of_key(self, key: str) -> list[Business]:
        """The businesses of exactly this name."""
        return self._business_rows("key = ?", (key,))

    def businesses_at(self, street: int, number: int) -> list[Business]:
        """The businesses at a house number in streets of this name."""
        return self._business_rows("street = ? AND number = ?", (street, number))

    def _business_rows(self, condition: str, values: tuple[str | int, ...]) -> list[Business]:
        rows = self._db.execute(f"SELECT name, key, locality, lat, lon FROM business WHERE {condition}", values)  # noqa: S608 - as above
        return [Business(name, key, locality, LatLon(lat, lon)) for name, key, locality, lat, lon in rows]

    def street(self, number: int) -> Street:
        """The street of a row."""
        return self._street_rows("SELECT id, key, name FROM street WHERE id = ?", (number,))[0]

    def search(self, query: str, limit: int) -> list[Entry]:
        """What an expression of SQLite's FTS5 finds in the columns `words`, `around` and `place`, the most important first."""
        sql = "SELECT words, name, town, kind, street, city, lat, lon FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?"
        rows = self._db.execute(sql, (query, limit))
        return [Entry(words, name, town, kind, street, city, LatLon(lat, lon)) for words, name, town, kind, street, city, lat, lon in rows]

    def words(self) -> list[tuple[str, int]]:
        """All words of names and towns, in order, and in how many entries each is."""
        self._db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, col)")
        sql = "SELECT term, sum(doc) FROM temp.words WHERE col <> 'place' GROUP BY term ORDER BY term"
        return [(str(term), int(entries)) for term, entries in self._db.execute(sql)]

    def nearest_house(self, point: LatLon, cells: list[int]) -> House | None:
        """The house of some squares that is nearest to a point."""
        marks = ", ".join("?" * len(cells))
        apart = "(lat - ?) * (lat - ?) + (lon - ?) * (lon - ?) * ?"
        shrink = cos(radians(point.lat)) ** 2
        values = (*cells, point.lat, point.lat, point.lon, point.lon, shrink)
        return next(iter(self._house_rows(f"cell IN ({marks}) ORDER BY {apart} LIMIT 1", values)), None)

    def pieces_in(self, cells: list[int]) -> list[Piece]:
        """The pieces of streets that run through some squares."""
        marks = ", ".join("?" * len(cells))
        sql = f"SELECT street, locality, line FROM piece WHERE id IN (SELECT piece FROM piece_cell WHERE cell IN ({marks}))"  # noqa: S608
        return [Piece(street, locality, _unpacked(line)) for street, locality, line in self._db.execute(sql, cells)]


def _unpacked(line: bytes) -> Line:
    values = struct.unpack(f"<{len(line) // 4}i", line)
    return [(lat / 1e6, lon / 1e6) for lat, lon in zip(values[::2], values[1::2], strict=True)]
