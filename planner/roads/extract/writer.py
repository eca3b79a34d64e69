"""Write an OSM extract as a PBF file: beside its place, renamed when whole."""

import ctypes
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from planner.model.places import Bounds


class ExtractWriter:
    """Writes OSM objects, given in order (nodes, ways, relations, each by id), to a PBF file that is there only when all went well.

    `bounds` is what the extract covers and `data_date` how old its data is (ISO time); either may be unknown. Raises OSError when the file
    cannot be written.
    """

    def __init__(self, target: Path, bounds: Bounds | None, data_date: str) -> None:
        import osmium

        self._target = target
        self._beside = target.with_name(target.name + ".part")
        with_header: Any = _header(bounds, data_date)
        try:
            self._writer = osmium.SimpleWriter(osmium.io.File(self._beside, "pbf"), header=with_header, overwrite=True)
        except RuntimeError as error:
            raise OSError(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def add(self, thing: Any) -> None:
        """Write a node, way or relation."""
        try:
            self._writer.add(thing)
        except RuntimeError as error:
            raise OSError(str(error)) from error

    @property
    def handler(self) -> Any:
        """What osmium can hand objects to directly."""
        return self._writer

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        try:
            self._close()
            if error is None:
                self._beside.replace(self._target)
        finally:
            self._beside.unlink(missing_ok=True)

    def _close(self) -> None:
        try:
            self._writer.close()
        except RuntimeError as error:
            # A writer whose disk is full ends the whole program when it is collected: this one never is.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._writer))
            raise OSError(str(error)) from error


def _header(bounds: Bounds | None, data_date: str) -> Any:
    import osmium

    header = osmium.io.Header()
    header.set("generator", f"roadbook {version('roadbook')}")
    header.set("sorting", "Type_then_ID")
    if data_date:
        header.set("osmosis_replication_timestamp", data_date)
    if bounds is not None:
        header.add_box(osmium.osm.Box(bounds.west, bounds.south, bounds.east, bounds.north))
    return header
