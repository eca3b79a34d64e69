"""Drive times of a pack that are kept: computed once for each two places, in `travel.sqlite` beside the roads."""

import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from planner.errors import Cancelled, PackProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.travel import TravelMatrix
from planner.progress import Report, part

Whole = NDArray[np.int32]

_MISSING = -2  # below UNREACHABLE: not computed yet
_ROWS_A_COMMIT = 60
_PATIENCE_S = 30.0
_AGAIN_S = 0.01
_PRECISION = 1_000_000  # places are the same when they agree in millionths of a degree, 0.1 m

_SOUND = {
    getattr(sqlite3, f"SQLITE_{name}") for name in ("BUSY", "LOCKED", "FULL", "READONLY", "CANTOPEN", "IOERR", "PERM", "AUTH", "NOMEM")
}
_ANYTHING = (sqlite3.DatabaseError, ValueError, TypeError, OverflowError)  # a damaged file holds anything in place of numbers
_FORMAT = 2  # to be raised when the tables change

# A strip is one line of the matrix: the drives from one place to many (outward 1), or to one place from many (outward 0). So a new account
# costs a few records, not a rewrite, and a footprint's first fill is one strip a place. `many` holds the ids of the many as int32. The
# `checksum` is over the drives and the places they are between: a strip that was damaged on the disk is computed again.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS stamp (pack TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, lat INTEGER NOT NULL, lon INTEGER NOT NULL, UNIQUE (lat, lon));
CREATE TABLE IF NOT EXISTS many (id INTEGER PRIMARY KEY, places BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS strip (
    place INTEGER NOT NULL, outward INTEGER NOT NULL, many INTEGER NOT NULL, seconds BLOB NOT NULL, metres BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS strip_of_place ON strip (place);
"""


class Router(Protocol):
    """What computes drives: `planner.roads.engine.Engine`."""

    def rows(self, sources: Sequence[LatLon], targets: Sequence[LatLon], report: Report) -> tuple[Whole, Whole]:
        """Seconds and metres from each source to each target."""
        ...


class TravelTimes:
    """The drive times kept for a pack. Use it in one thread; several may be open at once, in other threads or programs.

    Times of other roads, another version of the engine or another variant are discarded, and so is what is damaged: it is computed again.
    Raises PackProblem when the file cannot be written.
    """

    def __init__(self, pack: RoadPack, variant: str = "") -> None:
        """Open the file; drives of another `variant` (tolls avoided, say) take other times and have a file of their own."""
        self._path, self._stamp = _path(pack, variant), _stamp(pack, variant)
        try:
            self._db = _open(self._path, self._stamp)
        except sqlite3.Error as error:
            raise PackProblem(
                f"The drive times of “{pack.name}” cannot be kept.",
                f"{self._path.name} says: {error}.",
                "Check that the disk has room and that the pack's folder may be written to.",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def matrix(self, places: Sequence[LatLon], engine: Callable[[], Router], report: Report) -> TravelMatrix:
        """Drive times between the places, in their order (a place may stand twice); `engine` is asked for only when some are missing."""
        unique = _distinct(places)
        seconds, metres = self._read(unique)
        if (seconds == _MISSING).any():
            self.fill(places, engine, report)
            seconds, metres = self._read(unique)
            if (seconds == _MISSING).any():  # a damaged file does not give back what was put into it
                self._begin_anew()
                self.fill(places, engine, report)
                seconds, metres = self._read(unique)
        if len(unique) == len(places):
            return TravelMatrix(tuple(places), seconds, metres)
        position = {key: index for index, key in enumerate(unique)}
        order = [position[_key(place)] for place in places]
        every = np.ix_(order, order)
        return TravelMatrix(tuple(places), seconds[every], metres[every])

    def missing(self, places: Sequence[LatLon]) -> int:
        """How many of the places lack a drive to or from another of them."""
        lacking = self._read(_distinct(places))[0] == _MISSING
        return int((lacking.any(axis=0) | lacking.any(axis=1)).sum())

    def fill(self, places: Sequence[LatLon], engine: Callable[[], Router], report: Report) -> None:
        """Compute and keep what is missing between the places; each batch is kept as it comes, so a stopped fill goes on where it was."""
        try:
            self._fill(places, engine, report)
        except _ANYTHING as error:
            if not _is_damage(error):
                raise
            self._begin_anew()
            self._fill(places, engine, report)

    def _fill(self, places: Sequence[LatLon], engine: Callable[[], Router], report: Report) -> None:
        unique = _distinct(places)
        lacking = self._read(unique)[0] == _MISSING
        total, done = int(lacking.sum()), 0
        for sources, targets, outward in _batches(lacking):
            some = part(report, done / total, (done + len(sources) * len(targets)) / total)
            found = engine().rows([_place(unique[i]) for i in sources], [_place(unique[i]) for i in targets], some)
            self._keep([unique[i] for i in sources], [unique[i] for i in targets], found, outward=outward)
            done += len(sources) * len(targets)
        report(1.0, "Drive times are ready")

    def _begin_anew(self) -> None:
        """Throw a damaged file away."""
        self._db.close()
        _remove(self._path)
        self._db = _open(self._path, self._stamp)

    def _read(self, unique: list[tuple[int, int]]) -> tuple[Whole, Whole]:
        """Seconds and metres between the places, _MISSING where they are not kept."""
        try:
            return self._kept(unique)
        except _ANYTHING as error:
            if not _is_damage(error):
                raise
            self._begin_anew()
            return self._kept(unique)

    def _kept(self, unique: list[tuple[int, int]]) -> tuple[Whole, Whole]:
        seconds = np.full((len(unique), len(unique)), _MISSING, np.int32)
        metres = seconds.copy()
        np.fill_diagonal(seconds, 0)
        np.fill_diagonal(metres, 0)
        key_of = {number: (lat, lon) for number, lat, lon in self._db.execute("SELECT id, lat, lon FROM place")}
        index = {key: at for at, key in enumerate(unique)}
        position = {number: index[key] for number, key in key_of.items() if key in index}
        lists: dict[int, _Many] = {}
        query = """
            SELECT place, outward, many, seconds, metres, checksum FROM strip
            WHERE place IN (SELECT value FROM json_each(?)) ORDER BY rowid
        """
        for place, outward, many, blob_s, blob_m, checksum in self._db.execute(query, (json.dumps(list(position)),)):
            if many not in lists:
                lists[many] = self._many(many, key_of, position)
            others = lists[many]
            if place not in position or _checksum(key_of[place], outward, others.checksum, blob_s, blob_m) != checksum:
                continue
            line = (position[place], others.where) if outward else (others.where, position[place])
            seconds[line] = np.frombuffer(blob_s, np.int32)[others.taken]
            metres[line] = np.frombuffer(blob_m, np.int32)[others.taken]
        return seconds, metres

    def _many(self, many: int, key_of: dict[int, tuple[int, int]], position: dict[int, int]) -> "_Many":
        """Which of the places of a list are wanted, and where they stand in the matrix."""
        found = self._db.execute("SELECT places FROM many WHERE id = ?", (many,)).fetchone()
        ids = np.frombuffer(found[0] if found else b"", np.int32).tolist()
        at = np.array([position.get(number, -1) for number in ids], np.intp)
        return _Many(np.flatnonzero(at >= 0), at[at >= 0], _of_keys([key_of.get(number, (0, 0)) for number in ids]))

    def _keep(self, sources: list[tuple[int, int]], targets: list[tuple[int, int]], found: tuple[Whole, Whole], *, outward: bool) -> None:
        seconds, metres = (block if outward else block.T for block in found)
        ones, others = (sources, targets) if outward else (targets, sources)
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            if [(self._stamp,)] != self._db.execute("SELECT pack FROM stamp").fetchall():
                raise Cancelled  # the roads were built anew meanwhile: these are the times of the old ones
            self._db.executemany("INSERT OR IGNORE INTO place (lat, lon) VALUES (?, ?)", (*sources, *targets))
            many = self._db.execute("INSERT INTO many (places) VALUES (?)", (np.array(self._ids(others), np.int32).tobytes(),)).lastrowid
            of_others = _of_keys(others)
            for key, place, line_s, line_m in zip(ones, self._ids(ones), seconds, metres, strict=True):
                blobs = line_s.tobytes(), line_m.tobytes()
                row = (place, int(outward), many, *blobs, _checksum(key, int(outward), of_others, *blobs))
                self._db.execute("INSERT INTO strip (place, outward, many, seconds, metres, checksum) VALUES (?, ?, ?, ?, ?, ?)", row)

    def _ids(self, keys: list[tuple[int, int]]) -> list[int]:
        find = "SELECT id FROM place WHERE lat = ? AND lon = ?"
        return [self._db.execute(find, key).fetchone()[0] for key in keys]


def keep_drive_times(old: RoadPack, new: RoadPack) -> None:
    """Take the drive times of a pack over into one with the same roads; what cannot be read is computed again."""
    for kept in old.folder.glob(f"{old.travel.stem}*{old.travel.suffix}"):
        try:
            with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(new.folder / kept.name)) as target:
                source.backup(target)
        except sqlite3.Error:
            (new.folder / kept.name).unlink(missing_ok=True)


class _Many(NamedTuple):
    """Of a list of places those that are wanted (`taken`), where they stand in the matrix, and the checksum of the whole list."""

    taken: NDArray[np.intp]
    where: NDArray[np.intp]
    checksum: int


def _of_keys(keys: Sequence[tuple[int, int]]) -> int:
    return zlib.crc32(np.array(keys, np.int64).tobytes())


def _checksum(place: tuple[int, int], outward: int, others: int, seconds: bytes, metres: bytes) -> int:
    head = np.array((*place, outward, others), np.int64).tobytes()
    return zlib.crc32(metres, zlib.crc32(seconds, zlib.crc32(head)))


def _batches(lacking: NDArray[np.bool_]) -> Iterator[tuple[list[int], list[int], bool]]:
    """Cut what a matrix lacks into blocks (sources, targets, whether to keep them as lines from the sources).

    New places lack most of their line: first the lines from them, to all they lack. What is left of the others is the way to the new
    places: lines to them, or from the others if those are fewer.
    """
    left = lacking.copy()
    new = left.sum(axis=1) * 2 > len(left)
    yield from _blocks(left, np.flatnonzero(new), outward=True)
    left[new] = False
    sources, targets = np.flatnonzero(left.any(axis=1)), np.flatnonzero(left.any(axis=0))
    yield from _blocks(left, sources, outward=len(sources) <= len(targets))


def _blocks(lacking: NDArray[np.bool_], sources: NDArray[np.intp], *, outward: bool) -> Iterator[tuple[list[int], list[int], bool]]:
    for begin in range(0, len(sources), _ROWS_A_COMMIT):
        some = sources[begin : begin + _ROWS_A_COMMIT]
        yield some.tolist(), np.flatnonzero(lacking[some].any(axis=0)).tolist(), outward


def _open(path: Path, stamp: str) -> sqlite3.Connection:
    try:
        return _stamped(path, stamp)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
        _remove(path)
        return _stamped(path, stamp)


def _stamped(path: Path, stamp: str) -> sqlite3.Connection:
    """The file, emptied when it is of other roads."""
    db = _connect(path)
    try:
        with db:
            db.execute("BEGIN IMMEDIATE")
            if [(stamp,)] != db.execute("SELECT pack FROM stamp").fetchall():
                for table in ("stamp", "place", "many", "strip"):
                    db.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
                db.execute("INSERT INTO stamp (pack) VALUES (?)", (stamp,))
    except sqlite3.Error:
        db.close()
        raise
    return db


def _is_damage(error: Exception) -> bool:
    """Whether an error comes from the file's content, rather than from a lock, a full disk or want of a right."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _SOUND


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_PATIENCE_S)
    try:
        _write_ahead(db)
        db.execute("PRAGMA synchronous = NORMAL")
        with db:
            db.execute("BEGIN IMMEDIATE")  # two may open a new file at the same time
            known = db.execute("PRAGMA user_version").fetchone()[0]
            if known not in {0, _FORMAT} or (known == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]):
                raise sqlite3.DatabaseError("drive times of another version")
            for statement in (*_SCHEMA.split(";"), f"PRAGMA user_version = {_FORMAT}"):
                db.execute(statement)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Switch a new file to a log written ahead. SQLite does not wait here by itself: two that want to switch would wait for each other."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_AGAIN_S)
        else:
            return


def _path(pack: RoadPack, variant: str) -> Path:
    if not variant:
        return pack.travel
    return pack.travel.with_stem(f"{pack.travel.stem}-{hashlib.sha256(variant.encode()).hexdigest()[:12]}")


def _stamp(pack: RoadPack, variant: str) -> str:
    tiles = hashlib.sha256("".join(file.sha256 for file in pack.files if file.path.startswith("tiles/")).encode()).hexdigest()
    return f"{tiles} {version('pyvalhalla')} {variant}".strip()


def _key(place: LatLon) -> tuple[int, int]:
    return round(place.lat * _PRECISION), round(place.lon * _PRECISION)


def _place(key: tuple[int, int]) -> LatLon:
    return LatLon(key[0] / _PRECISION, key[1] / _PRECISION)


def _distinct(places: Sequence[LatLon]) -> list[tuple[int, int]]:
    return list(dict.fromkeys(map(_key, places)))
