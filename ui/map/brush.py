"""How the shapes of a tile are drawn: what lies over what, in which colours and widths."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui.map.palette import Palette
from ui.map.styling import CASED_FROM, FROM_ZOOM, casing_width, width_at

TUNNEL, GROUND, BRIDGE = -1, 0, 1
LAND: Mapping[str, str] = {
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
ROAD_ORDER = ("drive", "service", "minor", "link", "medium", "major", "highway")
_PALE = {"drive", "service", "minor", "medium"}
"""Roads filled nearly as the ground is: as thin lines they are drawn in the colour of their casing."""
_TOWN_LIMITS_TO = 14.0
_TIES_FROM = 13.5


class Look(NamedTuple):
    """What is drawn alike: the layer and kind, areas or lines, and in a tunnel (-1), on the ground (0) or on a bridge (1)."""

    layer: str
    kind: str
    is_area: bool
    level: int = GROUND


class Brush:
    """One painting of one tile: `scale` is logical pixels a tile unit."""

    def __init__(self, painter: QPainter, paths: Mapping[Look, QPainterPath], scale: float, zoom: float, palette: Palette) -> None:
        self._painter = painter
        self._paths = paths
        self._scale = scale
        self._zoom = zoom
        self._palette = palette

    def paint(self) -> None:
        """Everything, bottom first."""
        self._land()
        self._water()
        self._air()
        self._buildings()
        for level in (TUNNEL, GROUND, BRIDGE):
            self._roads(level)
            self._rails(level)
        self._boundaries()

    def _land(self) -> None:
        for kind, fill in LAND.items():
            self._area("landuse", kind, self._palette.fills[fill])

    def _water(self) -> None:
        palette, zoom = self._palette, self._zoom
        for kind in ("stream", "canal", "river"):
            if zoom >= FROM_ZOOM.get(kind, 0):
                self._line(Look("water", kind, is_area=False), palette.water_line, width_at(kind, zoom))
        for kind in ("sea", "water"):
            self._area("water", kind, palette.water)
        self._line(Look("water", "ferry", is_area=False), palette.ferry, 1.1, (5.0, 4.0))
        self._area("landuse", "pier", palette.pier)
        self._line(Look("landuse", "pier", is_area=False), palette.pier, width_at("pier", zoom), flat=True)

    def _air(self) -> None:
        palette = self._palette
        self._area("aeroway", "aerodrome", palette.fills["aero"])
        for kind, colour in (("apron", palette.apron), ("taxiway", palette.apron), ("runway", palette.runway)):
            self._area("aeroway", kind, colour)
        for kind, colour in (("taxiway", palette.apron), ("runway", palette.runway)):
            self._line(Look("aeroway", kind, is_area=False), colour, width_at(kind, self._zoom), flat=True)

    def _buildings(self) -> None:
        path = self._paths.get(Look("buildings", "building", is_area=True))
        if path is None or self._zoom < FROM_ZOOM["building"]:
            return
        self._painter.fillPath(path, QColor(self._palette.building))
        if self._zoom >= FROM_ZOOM["building_edge"]:
            # Hairlines: outlines with a breadth of their own would take longer than all the rest of the tile.
            self._painter.strokePath(path, QPen(QColor(self._palette.building_edge), 0))

    def _roads(self, level: int) -> None:
        """Paths, then all casings, then all fills, so that roads of a level run into each other; a tunnel shows its casing dashed."""
        zoom, palette = self._zoom, self._palette
        if zoom >= FROM_ZOOM["path"] and level != TUNNEL:
            self._line(Look("roads", "path", is_area=False, level=level), palette.path, width_at("path", zoom), _path_dash(zoom))
        shown = [Look("roads", kind, is_area=False, level=level) for kind in ROAD_ORDER if zoom >= FROM_ZOOM.get(kind, 0)]
        for look in shown:
            if zoom >= CASED_FROM[look.kind]:
                dash = (5.0, 3.0) if level == TUNNEL else None
                self._line(look, palette.casings[look.kind], casing_width(look.kind, zoom), dash, flat=True)
        for look in shown:
            thin_on_pale = zoom < CASED_FROM[look.kind] and look.kind in _PALE and palette.is_light
            colour = palette.casings[look.kind] if thin_on_pale else palette.roads[look.kind]
            if level == TUNNEL:
                colour = _between(colour, palette.ground)
            self._line(look, colour, width_at(look.kind, zoom), flat=level == TUNNEL)

    def _rails(self, level: int) -> None:
        """A line, and close by the ties across it."""
        zoom, colour = self._zoom, self._palette.rail
        for kind in ("siding", "rail"):
            look = Look("roads", kind, is_area=False, level=level)
            if zoom < FROM_ZOOM.get(kind, 0):
                continue
            self._line(look, colour, width_at(kind, zoom))
            if kind == "rail" and zoom >= _TIES_FROM:
                self._line(look, colour, width_at("ties", zoom), (1.2, 8.0))

    def _boundaries(self) -> None:
        palette = self._palette
        if self._zoom < _TOWN_LIMITS_TO:
            self._line(Look("boundaries", "town", is_area=False), palette.boundary_faint, 0.8, (2.0, 3.0))
        self._line(Look("boundaries", "county", is_area=False), palette.boundary, 1.0, (6.0, 3.0))
        for kind in ("region", "country"):
            look = Look("boundaries", kind, is_area=False)
            self._line(look, palette.boundary_band, 4.5, flat=True)
            self._line(look, palette.boundary, 1.6, (9.0, 3.0, 2.0, 3.0))

    def _area(self, layer: str, kind: str, colour: str) -> None:
        path = self._paths.get(Look(layer, kind, is_area=True))
        if path is not None:
            self._painter.fillPath(path, QColor(colour))

    def _line(self, look: Look, colour: str, width_px: float, dash_px: tuple[float, ...] | None = None, *, flat: bool = False) -> None:
        path = self._paths.get(look)
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


def _path_dash(zoom: float) -> tuple[float, float]:
    """Dashes that stay longer than the path is wide."""
    width = width_at("path", zoom)
    return max(3.0, 2.2 * width), max(2.0, 1.2 * width)


def _between(colour: str, ground: str) -> str:
    """The colour halfway to the ground's, without being transparent: what crosses under must not shine through."""
    one, other = QColor(colour), QColor(ground)
    return QColor((one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2).name()
