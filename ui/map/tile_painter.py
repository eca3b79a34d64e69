"""Paints one vector tile into a picture. Runs in worker threads: touches nothing but its arguments."""

import math
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from planner.model.places import Bounds
from planner.values import Struct
from ui.map.brush import BRIDGE, GROUND, TUNNEL, Brush, Look
from ui.map.palette import Palette

UNITS = 4096
"""Tile units along the edge of a tile."""
_LINE, _POLYGON = 2, 3
_REACH_OUTSIDE = 0.12
"""How far a line's breadth may reach into a tile, as a share of its edge."""
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


class TileLayer(Protocol):
    """What the map reads of a layer: see the reader of basemaps for the shapes of these arrays."""

    @property
    def kinds(self) -> NDArray[Any]: ...
    @property
    def xy(self) -> NDArray[Any]: ...
    @property
    def starts(self) -> NDArray[Any]: ...
    @property
    def feature(self) -> NDArray[Any]: ...
    def attributes(self, index: int) -> dict[str, Any]: ...


class VectorTile(Protocol):
    """A decoded tile: its layers by name."""

    @property
    def layers(self) -> Mapping[str, TileLayer]: ...


class Basemap(Protocol):
    """Where vector tiles come from; any thread may ask."""

    min_zoom: int
    max_zoom: int
    bounds: Bounds

    def tile(self, z: int, x: int, y: int) -> VectorTile | None:
        """The decoded tile, or None where there is nothing; raises UserProblem when it is damaged."""


class TileView(Struct, frozen=True):
    """Which part of a vector tile to paint: the square `step`-th of it at (column, row), `edge_px` device pixels wide
    (a fraction is rounded up for the picture, not for what is drawn in it), for a display zoom.
    """

    step: int
    column: int
    row: int
    edge_px: float
    ratio: float
    zoom: float


def path_of(xy: NDArray[Any], starts: NDArray[np.bool_]) -> QPainterPath:
    """One path of many points, (n, 2); `starts` marks where the pen is lifted.

    Goes through the wire format of QDataStream, one call instead of one for each point.
    """
    elements = np.empty(len(xy), _ELEMENT)
    elements["kind"] = np.where(starts, 0, 1)
    elements["x"] = xy[:, 0]
    elements["y"] = xy[:, 1]
    wire = np.array([len(xy)], ">i4").tobytes() + elements.tobytes() + np.array([0, int(Qt.FillRule.WindingFill.value)], ">i4").tobytes()
    path = QPainterPath()
    QDataStream(QByteArray(wire)) >> path
    return path


class Shapes(Struct, frozen=True):
    """Lines or rings of one kind, in tile units: `xy` (n, 2), `starts` where each begins, `boxes` (m, 4) left, top, right and bottom."""

    xy: NDArray[Any]
    starts: NDArray[np.bool_]
    boxes: NDArray[Any]

    def near(self, view: TileView) -> QPainterPath | None:
        """One path of those that may be seen, or None: far beyond the basemap's last zoom, most of a tile is out of sight."""
        if view.step == 1:
            return path_of(self.xy, self.starts)
        edge = UNITS / view.step
        left, top = view.column * edge, view.row * edge
        reach = edge * _REACH_OUTSIDE
        boxes = self.boxes
        seen = (
            (boxes[:, 0] < left + edge + reach)
            & (boxes[:, 2] > left - reach)
            & (boxes[:, 1] < top + edge + reach)
            & (boxes[:, 3] > top - reach)
        )
        if not seen.any():
            return None
        points = seen[np.cumsum(self.starts) - 1]
        return path_of(self.xy[points], self.starts[points])


def tile_shapes(tile: VectorTile) -> dict[Look, Shapes]:
    """The shapes of a tile by how they look."""
    found: dict[Look, Shapes] = {}
    for name, layer in tile.layers.items():
        if name == "places":
            continue
        groups: dict[tuple[str, int, int], int] = {}
        shapes = layer.kinds.tolist()
        looks = (_kind_and_level(layer.attributes(index)) for index in range(len(shapes)))
        group = np.array([groups.setdefault((*look, shape), len(groups)) for look, shape in zip(looks, shapes, strict=True)])
        of_point = group[layer.feature]
        for (kind, level, shape), index in groups.items():
            if shape in {_LINE, _POLYGON}:
                chosen = of_point == index
                xy, starts = layer.xy[chosen], layer.starts[chosen]
                if shape == _POLYGON:
                    xy, starts = _closed(xy, starts)
                found[Look(name, kind, shape == _POLYGON, level)] = Shapes(xy, starts, _boxes(xy, starts))
    return found


def _kind_and_level(facts: Mapping[str, Any]) -> tuple[str, int]:
    return str(facts.get("kind", "")), TUNNEL if facts.get("tunnel") else BRIDGE if facts.get("bridge") else GROUND


def paint_tile(shapes: Mapping[Look, Shapes], view: TileView, palette: Palette) -> QImage:
    """A picture of the tile, `edge_px` square."""
    pixels = math.ceil(view.edge_px - 0.01)
    image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(view.ratio)
    image.fill(QColor(palette.ground))
    with QPainter(image) as painter:
        draw_tile(painter, shapes, view, palette)
    return image


def draw_tile(painter: QPainter, shapes: Mapping[Look, Shapes], view: TileView, palette: Palette) -> None:
    """The tile's shapes, its top left corner at the painter's origin; they reach a little over its edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = view.edge_px / view.ratio * view.step / UNITS
    painter.scale(scale, scale)
    painter.translate(-view.column * UNITS / view.step, -view.row * UNITS / view.step)
    paths = {key: path for key, some in shapes.items() if (path := some.near(view)) is not None}
    Brush(painter, paths, scale, view.zoom, palette).paint()


def _boxes(xy: NDArray[Any], starts: NDArray[np.bool_]) -> NDArray[Any]:
    first = np.flatnonzero(starts)
    return np.column_stack((np.minimum.reduceat(xy, first, axis=0), np.maximum.reduceat(xy, first, axis=0)))


def _closed(xy: NDArray[Any], starts: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Rings with their first point repeated at the end: filling takes the last side for granted, stroking does not."""
    first = np.flatnonzero(starts)
    ends = np.append(first[1:], len(xy))
    return np.insert(xy, ends, xy[first], axis=0), np.insert(starts, ends, False)
