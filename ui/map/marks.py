"""Draws pins, clusters, routes and numbered stops. Used in worker threads and, for the one selected, in the window's."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPolygonF, QTransform

from planner.model.places import NamedPlace
from planner.model.week import VisitKind
from ui.map.camera import Camera, world_of
from ui.map.content import Content
from ui.map.label_shapes import Box
from ui.map.palette import Palette
from ui.map.pins import KINDS, Clusters, PinSet, cluster_radius
from ui.map.routes import ARROWS_FROM, STOP_RADIUS, DayRoute, RouteSet, arrows
from ui.map.shapes import draw_shape, round_pen
from ui.map.tile_painter import path_of

_DIMMED = 0.38
_PLACE_RADIUS = 12.0


def pin_radius(zoom: float) -> float:
    """How large a pin is: a dot over the whole region, a clear mark among the streets."""
    return float(np.interp(zoom, (8, 11, 13, 16), (2.8, 3.8, 5.0, 7.0)))


def pin_boxes(pins: PinSet, camera: Camera) -> list[Box]:
    """What pins that stand alone cover, for street names to keep away from; none where there are clusters."""
    if pins.clusters(camera.zoom) is not None:
        return []
    reach = pin_radius(camera.zoom) * 0.8
    return [(x - reach, y - reach, x + reach, y + reach) for x, y in camera.screen_array(pins.world[pins.visible(camera, 0)]).tolist()]


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


def paint_pins(painter: QPainter, pins: PinSet, camera: Camera, palette: Palette, ratio: float, families: list[str]) -> None:
    """All pins in the picture, or clusters where there are too many."""
    clusters = pins.clusters(camera.zoom)
    if clusters is None:
        _stamp(painter, pins, pins.visible(camera, 10), camera, palette, ratio)
        return
    alone = clusters.first[clusters.counts == 1]
    spots = camera.screen_array(pins.world[alone])
    inside = ((spots > -10) & (spots < (camera.width + 10, camera.height + 10))).all(axis=1)
    _stamp(painter, pins, alone[inside], camera, palette, ratio)
    _paint_clusters(painter, clusters, camera, palette, families)


def _stamp(painter: QPainter, pins: PinSet, chosen: NDArray[np.int64], camera: Camera, palette: Palette, ratio: float) -> None:
    radius = pin_radius(camera.zoom)
    ring = 1.4 if radius > 4 else 1.0
    stamps = [_pin_stamp(kind, radius, ring, palette, ratio, dimmed=dimmed) for kind in KINDS for dimmed in (False, True)]
    half = stamps[0].width() / ratio / 2
    corners = np.round((camera.screen_array(pins.world[chosen]) - half) * ratio) / ratio
    which = pins.kind[chosen] * 2 + pins.dimmed[chosen]
    draw = painter.drawImage
    for (x, y), stamp in zip(corners.tolist(), which.tolist(), strict=True):
        draw(QPointF(x, y), stamps[stamp])


def _pin_stamp(kind: VisitKind, radius: float, ring: float, palette: Palette, ratio: float, *, dimmed: bool) -> QImage:
    edge = math.ceil((radius * 1.24 + ring + 1) * ratio) * 2
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(_DIMMED if dimmed else 1.0)
    draw_shape(painter, kind, QPointF(edge / ratio / 2, edge / ratio / 2), radius, palette, ring)
    painter.end()
    return image


def _paint_clusters(painter: QPainter, clusters: Clusters, camera: Camera, palette: Palette, families: list[str]) -> None:
    spots = camera.screen_array(clusters.world)
    inside = ((spots > -30) & (spots < (camera.width + 30, camera.height + 30))).all(axis=1) & (clusters.counts > 1)
    chosen = np.flatnonzero(inside)
    painter.setFont(number_font(families, 11))
    fill = QColor(palette.cluster)
    glow = QColor(fill)
    glow.setAlphaF(0.28)
    for index in chosen[np.argsort(clusters.counts[chosen])].tolist():
        count = int(clusters.counts[index])
        at, radius = QPointF(*spots[index].tolist()), cluster_radius(count)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(at, radius + 4, radius + 4)
        painter.setBrush(fill)
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QColor(palette.cluster_text))
        text = f"{count:,}" if count < 10_000 else f"{count // 1000}k"
        painter.drawText(QRectF(at.x() - 40, at.y() - 10, 80, 20), Qt.AlignmentFlag.AlignCenter, text)


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
        draw_shape(painter, kind, at, radius, palette, 2.0)


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
