"""Paints one vector tile into a picture. Runs in worker threads: touches nothing but its arguments."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from planner.model.places import Bounds
from ui.map.palette import Palette
from ui.map.styling import CASED_FROM, FROM_ZOOM, width_at

UNITS = 4096
"""Tile units along the edge of a tile."""
_LINE, _POLYGON = 2, 3
_TOWN_LIMITS_TO = 14.0
_REACH_OUTSIDE = 0.12
"""How far a line's breadth may reach into a tile, as a share of its edge."""
_ROAD_ORDER = ("service", "minor", "link", "medium", "major", "highway")
_LAND = {
    "residential": "residential",
    "farm": "farm",
    "farmland": "farm",
    "wood": "wood",
    "grass": "grass",
    "scrub": "grass",
    "rock": "rock",
    "sand": "sand",
    "ice": "ice",
    "wetland": "wetland",
    "commercial": "commercial",
    "industrial": "industrial",
    "school": "school",
    "hospital": "hospital",
    "cemetery": "park",
    "park": "park",
    "pitch": "pitch",
    "parking": "parking",
}
"""Kinds of land, bottom first, and the fill each is given."""
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])

ShapeKey = tuple[str, str, bool]


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


@dataclass(frozen=True, slots=True)
class TileView:
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


@dataclass(frozen=True, slots=True)
class Shapes:
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


def tile_shapes(tile: VectorTile) -> dict[ShapeKey, Shapes]:
    """The shapes of a tile by (layer, kind, is it an area)."""
    found: dict[ShapeKey, Shapes] = {}
    for name, layer in tile.layers.items():
        if name == "places":
            continue
        groups: dict[tuple[str, int], int] = {}
        shapes = layer.kinds.tolist()
        kinds = (str(layer.attributes(index).get("kind", "")) for index in range(len(shapes)))
        group = np.array([groups.setdefault(pair, len(groups)) for pair in zip(kinds, shapes, strict=True)])
        of_point = group[layer.feature]
        for (kind, shape), index in groups.items():
            if shape in {_LINE, _POLYGON}:
                chosen = of_point == index
                xy, starts = layer.xy[chosen], layer.starts[chosen]
                if shape == _POLYGON:
                    xy, starts = _closed(xy, starts)
                found[name, kind, shape == _POLYGON] = Shapes(xy, starts, _boxes(xy, starts))
    return found


def paint_tile(shapes: Mapping[ShapeKey, Shapes], view: TileView, palette: Palette) -> QImage:
    """A picture of the tile, `edge_px` square."""
    pixels = math.ceil(view.edge_px - 0.01)
    image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(view.ratio)
    image.fill(QColor(palette.ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = view.edge_px / view.ratio * view.step / UNITS
    painter.scale(scale, scale)
    painter.translate(-view.column * UNITS / view.step, -view.row * UNITS / view.step)
    paths = {key: path for key, some in shapes.items() if (path := some.near(view)) is not None}
    _Brush(painter, paths, scale, view.zoom, palette).paint()
    painter.end()
    return image


def _boxes(xy: NDArray[Any], starts: NDArray[np.bool_]) -> NDArray[Any]:
    first = np.flatnonzero(starts)
    return np.column_stack((np.minimum.reduceat(xy, first, axis=0), np.maximum.reduceat(xy, first, axis=0)))


class _Brush:
    """One painting of one tile: `scale` is logical pixels a tile unit."""

    def __init__(self, painter: QPainter, paths: Mapping[ShapeKey, QPainterPath], scale: float, zoom: float, palette: Palette) -> None:
        self._painter = painter
        self._paths = paths
        self._scale = scale
        self._zoom = zoom
        self._palette = palette

    def paint(self) -> None:
        self._land()
        self._water()
        self._air()
        self._buildings()
        self._roads()
        self._boundaries()

    def _land(self) -> None:
        for kind, fill in _LAND.items():
            self._area("landuse", kind, self._palette.fills[fill])

    def _water(self) -> None:
        for kind in ("sea", "water"):
            self._area("water", kind, self._palette.water)
        for kind in ("stream", "canal", "river"):
            if self._zoom >= FROM_ZOOM.get(kind, 0):
                self._line("water", kind, self._palette.water_line, width_at(kind, self._zoom))

    def _air(self) -> None:
        self._area("aeroway", "aerodrome", self._palette.fills["aero"])
        for kind in ("apron", "taxiway", "runway"):
            self._area("aeroway", kind, self._palette.apron)
        for kind in ("taxiway", "runway"):
            self._line("aeroway", kind, self._palette.apron, width_at(kind, self._zoom), flat=True)

    def _buildings(self) -> None:
        path = self._paths.get(("buildings", "building", True))
        if path is None or self._zoom < FROM_ZOOM["building"]:
            return
        if self._zoom >= 15.5:
            self._painter.strokePath(path, self._pen(self._palette.building_edge, 1.6))
        self._painter.fillPath(path, QColor(self._palette.building))

    def _roads(self) -> None:
        zoom, palette = self._zoom, self._palette
        if zoom >= FROM_ZOOM["path"]:
            self._line("roads", "path", palette.path, width_at("path", zoom), (3.0, 2.0))
        shown = [kind for kind in _ROAD_ORDER if zoom >= FROM_ZOOM.get(kind, 0)]
        for kind in shown:
            if zoom >= CASED_FROM[kind]:
                self._line("roads", kind, palette.roads[kind][1], width_at(kind, zoom) + min(2.0, 0.9 + 0.15 * (zoom - 12)), flat=True)
        for kind in shown:
            fill, casing = palette.roads[kind]
            thin_on_pale = zoom < CASED_FROM[kind] and kind in {"minor", "service", "medium"}
            self._line("roads", kind, casing if thin_on_pale and palette.ground > "#8" else fill, width_at(kind, zoom))
        self._line("roads", "rail", palette.rail, width_at("rail", zoom), (6.0, 3.0) if zoom >= 13 else None)

    def _boundaries(self) -> None:
        for kind in ("town", "county", "region", "country"):
            if kind != "town":
                self._line("boundaries", kind, self._palette.boundary, 1.0 if kind == "county" else 1.4, (6.0, 3.0))
            elif self._zoom < _TOWN_LIMITS_TO:
                self._line("boundaries", kind, self._palette.boundary_faint, 0.8, (2.0, 3.0))

    def _area(self, layer: str, kind: str, colour: str) -> None:
        path = self._paths.get((layer, kind, True))
        if path is not None:
            self._painter.fillPath(path, QColor(colour))

    def _line(
        self, layer: str, kind: str, colour: str, width_px: float, dash_px: tuple[float, float] | None = None, *, flat: bool = False
    ) -> None:
        path = self._paths.get((layer, kind, False))
        if path is None:
            return
        pen = self._pen(colour, width_px)
        if dash_px:
            pen.setDashPattern([part / width_px for part in dash_px])
        if dash_px or flat:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.strokePath(path, pen)

    def _pen(self, colour: str, width_px: float) -> QPen:
        return QPen(QColor(colour), width_px / self._scale, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _closed(xy: NDArray[Any], starts: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Rings with their first point repeated at the end: filling takes the last side for granted, stroking does not."""
    first = np.flatnonzero(starts)
    ends = np.append(first[1:], len(xy))
    return np.insert(xy, ends, xy[first], axis=0), np.insert(starts, ends, False)
