"""Read the tiles of a basemap file."""

import gzip
import zlib
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from planner.errors import PackProblem
from planner.model.places import Bounds
from planner.roads.basemap.mvt import DamagedTile, VectorTile, decode

if TYPE_CHECKING:
    from types import TracebackType

_HEADER_BYTES = 127
_MAX_DEPTH = 4  # of directories, by the PMTiles specification


class Basemap:
    """A PMTiles file of gzip vector tiles. Any thread may ask it for tiles.

    The directories are decoded once and kept: decoding them for each tile, as the library's own reader does, costs more than the tile.
    """

    def __init__(self, path: Path) -> None:
        """Open the file; raises PackProblem when it is missing or not a basemap."""
        from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, deserialize_header

        self.path = path
        self._lock = Lock()
        self._directories: dict[int, Any] = {}
        try:
            self._file = path.open("rb")
        except OSError as problem:
            raise PackProblem(f"The basemap {path.name} cannot be opened.", str(problem), _REMEDY) from problem
        try:
            header = deserialize_header(self._file.read(_HEADER_BYTES))
        except (MagicNumberNotFound, SpecVersionUnsupported, ValueError, IndexError) as problem:
            self._file.close()
            raise PackProblem(f"The basemap {path.name} is damaged.", "It does not begin as a map file does.", _REMEDY) from problem
        self._header = header
        self.min_zoom: int = header["min_zoom"]
        self.max_zoom: int = header["max_zoom"]
        south, west, north, east = (header[key] / 1e7 for key in ("min_lat_e7", "min_lon_e7", "max_lat_e7", "max_lon_e7"))
        self.bounds = Bounds(south, west, north, east)

    def tile(self, z: int, x: int, y: int) -> VectorTile | None:
        """The decoded tile, or None where the basemap has nothing; raises PackProblem when it is damaged."""
        packed = self.raw(z, x, y)
        if packed is None:
            return None
        try:
            return decode(gzip.decompress(packed))
        except (DamagedTile, zlib.error, OSError, EOFError) as problem:
            raise self._damaged(f"Tile {z}/{x}/{y} cannot be read.") from problem

    def raw(self, z: int, x: int, y: int) -> bytes | None:
        """The gzip bytes of a tile, or None where the basemap has nothing or is closed."""
        from pmtiles.tile import find_tile, zxy_to_tileid

        side = 1 << z
        if not (self.min_zoom <= z <= self.max_zoom and 0 <= x < side and 0 <= y < side):
            return None
        tile_id = zxy_to_tileid(z, x, y)
        offset, size = self._header["root_offset"], self._header["root_length"]
        with self._lock:
            if self._file.closed:
                return None
            for _ in range(_MAX_DEPTH):
                entry = find_tile(self._directory(offset, size), tile_id)
                if entry is None:
                    return None
                if entry.run_length:
                    return self._bytes(self._header["tile_data_offset"] + entry.offset, entry.length)
                offset, size = self._header["leaf_directory_offset"] + entry.offset, entry.length
        raise self._damaged("Its directories do not end.")

    def close(self) -> None:
        """Let go of the file; tiles asked for later are None."""
        with self._lock:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: "TracebackType | None") -> None:
        self.close()

    def _directory(self, offset: int, size: int) -> Any:
        from pmtiles.tile import deserialize_directory

        kept = self._directories.get(offset)
        if kept is None:
            try:
                kept = deserialize_directory(self._bytes(offset, size))
            except (zlib.error, OSError, EOFError, IndexError, TypeError) as problem:
                raise self._damaged("Its directory cannot be read.") from problem
            self._directories[offset] = kept
        return kept

    def _bytes(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        found = self._file.read(size)
        if len(found) != size:
            raise self._damaged("The file is cut off.")
        return found

    def _damaged(self, why: str) -> PackProblem:
        return PackProblem(f"The basemap {self.path.name} is damaged.", why, _REMEDY)


_REMEDY = "Build the road pack again."
