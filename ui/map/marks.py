"""Draws routes, numbered stops and the selected account (which the window does itself), and says what marks cover."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPolygonF, QTransform

from planner.model.places import NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import Camera, world_of
from ui.map.content import Content
from ui.map.label_shapes import Box
from ui.map.palette import Palette
from ui.map.pins import CROWD, PinSet, cluster_radius
from ui.map.routes import ARROWS_FROM, STOP_RADIUS, DayRoute, RouteSet, arrows
from ui.map.shapes import draw_shape, round_pen
from ui.map.tile_painter import path_of

_PLACE_RADIUS = 12.0


def pin_radius(zoom: float) -> float:
    """How large a pin is: a dot over the whole region, a clear mark among the streets."""
    return float(np.interp(zoom, (8, 11, 13, 16), (2.8, 3.8, 5.0, 7.0)))


def pin_boxes(pins: PinSet, camera: Camera) -> list[Box]:
    """What pins that stand alone cover, for street names to keep away from; none where there are clusters, or too many pins."""
    if pins.clusters(camera.zoom) is not None:
        return []
    reach, seen = pin_radius(camera.zoom) * 0.8, pins.visible(camera, 0)
    if len(seen) > CROWD:
        return []
    return [(x - reach, y - reach, x + reach, y + reach) for x, y in camera.screen_array(pins.world[seen]).tolist()]


def cluster_boxes(pins: PinSet, camera: Camera) -> list[Box]:
    """What clusters cover: a name over one would hide its number."""
    clusters = pins.clusters(camera.zoom)
    if clusters is None:
        return []
    crowds = [
        (spot, cluster_radius(count))
        for spot, count in zip(camera.screen_array(clusters.world).tolist(), clusters.counts.tolist(), strict=True)
        if count > 1
    ]
    return [(x - reach, y - reach, x + reach, y + reach) for (x, y), reach in crowds]


def number_font(families: list[str], size_px: int) -> QFont:
    """The face of numbers on marks."""
    font = QFont(families)
    font.setPixelSize(size_px)
    font.setBold(True)
    return font


def paint_selected(painter: QPainter, content: Content, key: int | None, camera: Camera, palette: Palette) -> None:
    """A ring around the selected account, and its pin larger; a stop keeps its number."""
    place = content.place_of(key)
    if place is None:
        return
    spot, kind = place
    at = QPointF(*camera.to_screen(*spot))
    is_stop = any(stop.key == key for stop in content.active_stops)
    radius = STOP_RADIUS if is_stop else max(8.0, pin_radius(camera.zoom) + 2)
    glow = QColor(palette.accent)
    glow.setAlphaF(0.0 if is_stop else 0.30)
    circle = QPainterPath()
    circle.addEllipse(at, radius + 6, radius + 6)
    painter.fillPath(circle, glow)
    painter.strokePath(circle, round_pen(palette.ring, 4.5))
    painter.strokePath(circle, round_pen(palette.accent, 2.5))
    if not is_stop:
        draw_shape(painter, kind, at, radius, palette, 2.0, content.colour_of(key, palette))


def paint_ways(painter: QPainter, routes: RouteSet, active: int | None, camera: Camera, palette: Palette) -> None:
    """The ways of all days: the active one strong and last, the others faint. With no active day, all are alike."""
    for day in routes.days:
        if day.index != active:
            _way(painter, routes.line(day, camera), palette.other_casing, palette.other_route, 2.2 if active is not None else 3.4)
    chosen = routes.day(active)
    if chosen is None:
        return
    line = routes.line(chosen, camera)
    _way(painter, line, palette.route_casing, palette.route, float(np.interp(camera.zoom, (11, 15), (4.5, 6.0))))
    if camera.zoom >= ARROWS_FROM:
        for x, y, angle in arrows(line, camera):
            _arrow(painter, x, y, angle, palette)


def _way(painter: QPainter, line: NDArray[np.float64], casing: str, colour: str, width: float) -> None:
    if len(line) < 2:
        return
    path = path_of(line, np.arange(len(line)) == 0)
    painter.strokePath(path, round_pen(casing, width + 3))
    painter.strokePath(path, round_pen(colour, width))


def _arrow(painter: QPainter, x: float, y: float, angle: float, palette: Palette) -> None:
    turn = QTransform().translate(x, y).rotateRadians(angle)
    head = QPainterPath()
    head.addPolygon(turn.map(QPolygonF([QPointF(-5, -6), QPointF(7, 0), QPointF(-5, 6), QPointF(-2.5, 0)])))
    head.closeSubpath()
    painter.strokePath(head, round_pen(palette.route_casing, 2.6))
    painter.fillPath(head, QColor(palette.route))


def paint_other_stops(painter: QPainter, routes: RouteSet, active: int | None, camera: Camera, palette: Palette) -> None:
    """Stops of the days that are not active, as small dots."""
    painter.setOpacity(0.75)
    for day in routes.days:
        for stop in day.stops if day.index != active else ():
            draw_shape(painter, stop.kind, QPointF(*camera.to_screen(*world_of(stop.point))), 4.5, palette, 1.2)
    painter.setOpacity(1.0)


def paint_stops(painter: QPainter, routes: RouteSet, active: int | None, camera: Camera, palette: Palette, families: list[str]) -> None:
    """Home, office or hotel, then the active day's stops with their numbers, the first on top."""
    chosen = routes.day(active)
    for place in _ends([chosen] if chosen else routes.days):
        _place_mark(painter, place, QPointF(*camera.to_screen(*world_of(place.point))), palette)
    painter.setFont(number_font(families, 12))
    for stop in reversed(chosen.stops if chosen else ()):
        at = QPointF(*camera.to_screen(*world_of(stop.point)))
        draw_shape(painter, stop.kind, at, STOP_RADIUS, palette, 2.0)
        painter.setPen(QColor(palette.ring))
        drop = 2.0 if stop.kind is VisitKind.DUTY else 0.0
        number = str(stop.number) if stop.number else ""
        painter.drawText(QRectF(at.x() - 20, at.y() - 10 + drop, 40, 20), Qt.AlignmentFlag.AlignCenter, number)


def _ends(days: Sequence[DayRoute]) -> list[NamedPlace]:
    return list({place.point: place for day in days for place in (day.start, day.end)}.values())


def stop_boxes(routes: RouteSet, active: int | None, camera: Camera) -> list[Box]:
    """What numbered stops and the marks of home, office and hotel cover, for labels to keep away from."""
    day = routes.day(active)
    reach = STOP_RADIUS + 3
    points = [place.point for place in _ends([day] if day else routes.days)] + [stop.point for stop in (day.stops if day else ())]
    return [(x - reach, y - reach, x + reach, y + reach) for x, y in (camera.to_screen(*world_of(point)) for point in points)]


def _place_mark(painter: QPainter, place: NamedPlace, at: QPointF, palette: Palette) -> None:
    circle = QPainterPath()
    circle.addEllipse(at, _PLACE_RADIUS, _PLACE_RADIUS)
    painter.strokePath(circle, round_pen(palette.ring, 4))
    painter.fillPath(circle, QColor(palette.mark))
    name = place.name.casefold()
    sign = _HOUSE if "home" in name else _BED if "hotel" in name or "inn" in name else _OFFICE
    painter.fillPath(_sign(sign).translated(at), QColor(palette.mark_text))


_HOUSE = (
    (
        (0, -6.2),
        (6.6, -0.4),
        (4.4, -0.4),
        (4.4, 5.2),
        (1.4, 5.2),
        (1.4, 1.4),
        (-1.4, 1.4),
        (-1.4, 5.2),
        (-4.4, 5.2),
        (-4.4, -0.4),
        (-6.6, -0.4),
    ),
)
_OFFICE = (
    ((-4.2, -5.6), (4.2, -5.6), (4.2, 5.4), (1.1, 5.4), (1.1, 2.6), (-1.1, 2.6), (-1.1, 5.4), (-4.2, 5.4)),
    ((-2.4, -3.8), (-0.8, -3.8), (-0.8, -2.2), (-2.4, -2.2)),
    ((0.8, -3.8), (2.4, -3.8), (2.4, -2.2), (0.8, -2.2)),
    ((-2.4, -0.8), (-0.8, -0.8), (-0.8, 0.8), (-2.4, 0.8)),
    ((0.8, -0.8), (2.4, -0.8), (2.4, 0.8), (0.8, 0.8)),
)
_BED = (
    ((-6.2, -4), (-4.8, -4), (-4.8, 1), (6.2, 1), (6.2, 4.6), (4.8, 4.6), (4.8, 2.8), (-4.8, 2.8), (-4.8, 4.6), (-6.2, 4.6)),
    ((-4, -2.8), (-1.6, -2.8), (-1.6, 0), (-4, 0)),
    ((-0.8, -2.4), (4.4, -2.4), (6.2, -0.8), (6.2, 0), (-0.8, 0)),
)


def _sign(rings: Sequence[Sequence[tuple[float, float]]]) -> QPainterPath:
    path = QPainterPath()
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    return path
