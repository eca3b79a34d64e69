"""Draws routes, numbered stops and the selected account (which the window does itself)."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPolygonF, QTransform

from planner.model.places import NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import Camera, Spot, world_of
from ui.map.content import Content
from ui.map.palette import Palette
from ui.map.progress import Progress, Standing
from ui.map.routes import ARROWS_FROM, STOP_RADIUS, DayRoute, RouteSet, arrows
from ui.map.shapes import draw_shape, round_pen
from ui.map.tile_painter import path_of

_PLACE_RADIUS = 12.0


def pin_radius(zoom: float) -> float:
    """How large a pin is: a dot over the whole region, a clear mark among the streets."""
    return float(np.interp(zoom, (8, 11, 13, 16), (2.8, 3.8, 5.0, 7.0)))


def selected_radius(content: Content, key: int | None, camera: Camera, type_scale: float = 1.0) -> float:
    """How large the mark of the selected account is, without its ring."""
    is_stop = any(stop.key == key for stop in content.active_stops)
    return STOP_RADIUS * type_scale if is_stop else max(8.0, pin_radius(camera.zoom) + 2)


def number_font(families: list[str], size_px: float) -> QFont:
    """The face of numbers on marks."""
    font = QFont(families)
    font.setPixelSize(round(size_px))
    font.setBold(True)
    return font


def paint_selected(painter: QPainter, content: Content, key: int | None, camera: Camera, palette: Palette, type_scale: float = 1.0) -> None:
    """A ring around the selected account, and its pin larger; a stop keeps its number."""
    place, spot = content.place_of(key), content.mark_of(key, camera, type_scale)
    if place is None or spot is None:
        return
    at, kind = QPointF(*spot), place[1]
    is_stop = any(stop.key == key for stop in content.active_stops)
    radius = selected_radius(content, key, camera, type_scale)
    glow = QColor(palette.accent)
    glow.setAlphaF(0.0 if is_stop else 0.30)
    circle = QPainterPath()
    circle.addEllipse(at, radius + 6, radius + 6)
    painter.fillPath(circle, glow)
    painter.strokePath(circle, round_pen(palette.ring, 4.5))
    painter.strokePath(circle, round_pen(palette.accent, 2.5))
    if not is_stop:
        draw_shape(painter, kind, at, radius, palette, 2.0, content.colour_of(key, palette))


def paint_ways(painter: QPainter, content: Content, camera: Camera, palette: Palette) -> None:
    """The ways of all days: the active one strong and last, the others faint. With no active day, all are alike.

    Of a day under way the leg to the next stop is strong, what comes later lighter, and what is behind faint.
    """
    routes, active = content.routes, content.active
    for day in routes.days:
        if day.index != active:
            _way(painter, routes.line(day, camera), palette.other_casing, palette.other_route, 2.2 if active is not None else 3.4)
    chosen = routes.day(active)
    if chosen is None:
        return
    legs = list(_legs(routes, chosen, content.progress, camera))
    for standing, line in sorted(legs, key=lambda leg: _LEG_ORDER.index(leg[0])):
        thinner, opacity = _LEG_LOOKS[standing] if content.progress.is_told else (1.0, 1.0)
        painter.setOpacity(opacity)
        _way(painter, line, palette.route_casing, palette.route, thinner * float(np.interp(camera.zoom, (11, 15), (4.5, 6.0))))
    painter.setOpacity(1.0)
    for standing, line in legs if camera.zoom >= ARROWS_FROM else ():
        for x, y, angle in arrows(line, camera) if standing is not Standing.DONE else ():
            _arrow(painter, x, y, angle, palette)


_LEG_LOOKS = {Standing.DONE: (0.7, 0.3), Standing.LATER: (0.6, 0.75), Standing.NEXT: (1.25, 1.0)}
"""How broad and how opaque the legs of a day under way are."""
_LEG_ORDER = tuple(_LEG_LOOKS)


def _legs(routes: RouteSet, day: DayRoute, progress: Progress, camera: Camera) -> Iterator[tuple[Standing, NDArray[np.float64]]]:
    """The way of a day, in one piece while nothing is known of how far it has come."""
    lines = routes.legs(day, camera) if progress.is_told else []
    if len(lines) == len(day.stops) + 1:
        yield from zip(progress.of_legs(day), lines, strict=True)
    else:
        yield Standing.LATER, routes.line(day, camera)


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


def paint_stops(
    painter: QPainter, content: Content, camera: Camera, palette: Palette, families: list[str], type_scale: float = 1.0
) -> None:
    """Home, office or hotel, then the active day's stops with their numbers, the first on top; a ring around the next one."""
    routes, progress = content.routes, content.progress
    chosen = routes.day(content.active)
    spots = routes.spots(chosen, camera, type_scale) if chosen else []
    _leaders(painter, spots, palette)
    for place in ends_of([chosen] if chosen else routes.days):
        _place_mark(painter, place, QPointF(*camera.to_screen(*world_of(place.point))), palette)
    painter.setFont(number_font(families, 12 * type_scale))
    half = 10 * type_scale
    for stop, (_, mark) in reversed(list(zip(chosen.stops if chosen else (), spots, strict=True))):
        at, standing = QPointF(*mark), progress.of(stop.stop_key)
        if standing is Standing.NEXT:
            _paint_next(painter, at, STOP_RADIUS * type_scale + 9, palette)
        if standing is Standing.DONE:  # pale, and yet nothing shines through
            draw_shape(painter, stop.kind, at, STOP_RADIUS * type_scale, palette, 2.0, palette.ring)
            painter.setOpacity(_DONE_OPACITY)
        draw_shape(painter, stop.kind, at, STOP_RADIUS * type_scale, palette, 2.0)
        painter.setPen(QColor(palette.ring))
        drop = 2.0 * type_scale if stop.kind is VisitKind.DUTY else 0.0
        number = str(stop.number) if stop.number else ""
        painter.drawText(QRectF(at.x() - 20, at.y() - half + drop, 40, 2 * half), Qt.AlignmentFlag.AlignCenter, number)
        painter.setOpacity(1.0)


_DONE_OPACITY = 0.4
_LEADER_FROM_PX = 3.0
"""Marks nearer to their place need no line to it."""


def _leaders(painter: QPainter, spots: Sequence[tuple[Spot, Spot]], palette: Palette) -> None:
    """Thin lines from marks that had to step aside to their places."""
    for place, mark in spots:
        at, to = QPointF(*place), QPointF(*mark)
        if (at - to).manhattanLength() > _LEADER_FROM_PX:
            for pen in (round_pen(palette.ring, 4.0), round_pen(palette.mark, 1.4)):
                painter.setPen(pen)
                painter.drawLine(at, to)
            painter.setBrush(QColor(palette.mark))
            painter.drawEllipse(at, 2.0, 2.0)


def _paint_next(painter: QPainter, at: QPointF, radius: float, palette: Palette) -> None:
    """A broad ring that shows from afar where to go now."""
    circle = QPainterPath()
    circle.addEllipse(at, radius, radius)
    glow = QColor(palette.route)
    glow.setAlphaF(0.25)
    painter.fillPath(circle, glow)
    painter.strokePath(circle, round_pen(palette.ring, 6.5))
    painter.strokePath(circle, round_pen(palette.mark, 3.5))


def ends_of(days: Sequence[DayRoute]) -> list[NamedPlace]:
    """Where days begin and end, each place once."""
    return list({place.point: place for day in days for place in (day.start, day.end)}.values())


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
