"""Read the gazetteer file of a road pack."""

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planner.errors import PackProblem
from planner.model.places import LatLon
from planner.model.street_names import GAZETTEER_FORMAT

_REMEDY = "Build the road pack again, or choose another one."
_M_A_DEGREE = 111_195.0
_KEPT_LISTS = 64  # lists of streets kept in memory: a file names few different towns


@dataclass(frozen=True, slots=True)
class Locality:
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


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement of the map; `rank` is 0 for a city and grows as they get smaller."""

    name: str
    key: str
    rank: int
    centre: LatLon


@dataclass(frozen=True, slots=True)
class Street:
    """A street's name; the same row stands for all streets of that name."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class House:
    """One house number at a point; `exact` is false when it was counted along an interpolation way."""

    street: int
    number: int
    suffix: str
    point: LatLon
    locality: int
    exact: bool


@dataclass(frozen=True, slots=True)
class StreetIn:
    """A street within a locality: its middle and how far it reaches (corner to corner, metres)."""

    street: int
    locality: int
    middle: LatLon
    reach_m: float


@dataclass(frozen=True, slots=True)
class Business:
    """A named business of the map."""

    name: str
    key: str
    locality: int
    point: LatLon


class Index:
    """The tables of one gazetteer, read only. Raises `PackProblem` when the file is missing, damaged or of another version."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise PackProblem("The addresses of this road pack are missing.", f"There is no file '{path}'.", _REMEDY)
        self._path = path
        self._streets: dict[tuple[int, ...], tuple[dict[int, Street], list[str], list[int]]] = {}
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
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

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tell damage found while reading as a `PackProblem`."""
        try:
            yield
        except (sqlite3.DatabaseError, struct.error, ValueError) as damage:
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

    def _house_rows(self, condition: str, values: tuple[int, ...]) -> list[House]:
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

    def pieces(self, street: int, localities: Iterable[int]) -> list[list[LatLon]]:
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

    def names_like(self, words: list[str], limit: int) -> list[tuple[str, str, LatLon]]:
        """Texts that hold all words, each perhaps unfinished and the first in the name itself, best first: text, kind and place.

        Kinds are 'street', 'town' and 'business'. A word found in the name weighs more than one found in the town.
        """
        first, *others = (f'"{word}"*' for word in words)
        query = " AND ".join([f"name : {first}", *others])
        sql = "SELECT name, town, kind, lat, lon FROM search WHERE search MATCH ? ORDER BY bm25(search, 10.0, 1.0) LIMIT ?"
        rows = self._db.execute(sql, (query, limit))
        return [(", ".join(part for part in (name, town) if part), kind, LatLon(lat, lon)) for name, town, kind, lat, lon in rows]


def _unpacked(line: bytes) -> list[LatLon]:
    values = struct.unpack(f"<{len(line) // 4}i", line)
    return [LatLon(lat / 1e6, lon / 1e6) for lat, lon in zip(values[::2], values[1::2], strict=True)]
