"""The features of a basemap between reading and drawing, kept so that a large extract does not have to fit into memory.

Shapes are in Web Mercator scaled to the world square: x and y from 0 to 1, y down (EPSG:3857 as tile schemes use it).
"""

import mmap
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray

from planner.roads.basemap.selection import LAYERS, Attributes, Drawn
from planner.values import Struct

_FLUSH_AFTER = 4_000
_LAYER_INDEX = {layer: index for index, layer in enumerate(LAYERS)}
_MAX_LAT = 85.051128779807  # where the world square ends

Shapes = NDArray[np.object_]
Box = tuple[float, float, float, float]


def to_square(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes and latitudes (N, 2) in degrees -> x and y in the world square."""
    lat = np.radians(np.clip(lonlat[:, 1], -_MAX_LAT, _MAX_LAT))
    return np.column_stack(((lonlat[:, 0] + 180) / 360, 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)))


def from_square(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The inverse of `to_square`."""
    lat = 2 * np.arctan(np.exp((0.5 - xy[:, 1]) * 2 * np.pi)) - np.pi / 2
    return np.column_stack((xy[:, 0] * 360 - 180, np.degrees(lat)))


class FeatureTable(Struct, frozen=True):
    """Columns of the features written; `shapes` loads the geometries of some of them."""

    layer: NDArray[np.int8]
    attributes: NDArray[np.int32]
    from_zoom: NDArray[np.int8]
    bounds: NDArray[np.float64]
    area: NDArray[np.float64]
    offset: NDArray[np.int64]
    values: tuple[Attributes, ...]
    wkb: Any

    def shapes(self, rows: NDArray[np.int64]) -> Shapes:
        """The geometries of these rows."""
        import shapely

        at = self.offset
        parsed: Shapes = shapely.from_wkb([self.wkb[at[row] : at[row + 1]] for row in rows.tolist()])
        return parsed

    def within(self, box: Box, zoom: int) -> NDArray[np.int64]:
        """Rows that are shown at a zoom and whose bounds meet a box (left, top, right, bottom)."""
        left, top, right, bottom = box
        b = self.bounds
        meets = (b[:, 0] <= right) & (b[:, 2] >= left) & (b[:, 1] <= bottom) & (b[:, 3] >= top)
        return np.flatnonzero(meets & (self.from_zoom <= zoom))


class FeatureFile:
    """A temporary file that takes features in longitude and latitude, many at a time."""

    def __init__(self, folder: Path) -> None:
        """Write beside the basemap, where there is room for it."""
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed by __exit__
        self._map: mmap.mmap | None = None
        self._interned: dict[Attributes, int] = {}
        self._pending: list[tuple[int, int, int, bytes]] = []
        self._columns: list[tuple[NDArray[Any], ...]] = []

    def add(self, drawn: Drawn, wkb: bytes) -> None:
        """Take one feature; its shape is in degrees."""
        attributes = self._interned.setdefault(drawn.attributes, len(self._interned))
        self._pending.append((_LAYER_INDEX[drawn.layer], attributes, drawn.from_zoom, wkb))
        if len(self._pending) >= _FLUSH_AFTER:
            self._flush()

    def extend_square(self, layer: str, attributes: Attributes, from_zoom: int, shapes: Sequence[Any]) -> None:
        """Take shapes that are in the world square already."""
        self._flush()
        index = self._interned.setdefault(attributes, len(self._interned))
        count = len(shapes)
        if count:
            columns = (np.full(count, LAYERS.index(layer)), np.full(count, index), np.full(count, from_zoom))
            self._write(*columns, np.array(shapes, object))

    def has(self, layer: str) -> bool:
        """Whether there is a feature of a layer."""
        self._flush()
        return any((layers == LAYERS.index(layer)).any() for layers, *_ in self._columns)

    def bounds_of(self, layer: str) -> Box:
        """The box around all features of a layer, which must have some."""
        self._flush()
        boxes = np.concatenate([bounds[layers == LAYERS.index(layer)] for layers, _, _, bounds, _, _ in self._columns])
        left, top = boxes[:, :2].min(axis=0).tolist()
        right, bottom = boxes[:, 2:].max(axis=0).tolist()
        return (left, top, right, bottom)

    def table(self) -> FeatureTable:
        """All features written, in order. Nothing can be added afterwards."""
        self._flush()
        self._file.flush()
        if not self._columns:
            none = np.empty(0)
            self._columns.append((none, none, none, np.empty((0, 4)), none, none))
        layer, attributes, from_zoom, bounds, area, size = (np.concatenate(column) for column in zip(*self._columns, strict=True))
        offset = np.concatenate(([0], np.cumsum(size))).astype(np.int64)
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if offset[-1] else None
        return FeatureTable(
            layer.astype(np.int8),
            attributes.astype(np.int32),
            from_zoom.astype(np.int8),
            bounds,
            area,
            offset,
            tuple(self._interned),
            self._map,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if self._map is not None:
            self._map.close()
        self._file.close()

    def _flush(self) -> None:
        import shapely

        if self._pending:
            layer, attributes, from_zoom, wkb = zip(*self._pending, strict=True)
            self._pending = []
            shapes = shapely.transform(shapely.from_wkb(np.array(wkb, object)), to_square)
            self._write(np.array(layer), np.array(attributes), np.array(from_zoom), shapes)

    def _write(self, layer: NDArray[Any], attributes: NDArray[Any], from_zoom: NDArray[Any], shapes: Shapes) -> None:
        import shapely

        packed = shapely.to_wkb(shapes).tolist()
        self._file.writelines(packed)
        size = np.array([len(one) for one in packed])
        self._columns.append((layer, attributes, from_zoom, shapely.bounds(shapes), shapely.area(shapes), size))
