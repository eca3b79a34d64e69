"""Paints what lies under ways and pins, and finds room for the names of areas. Used in worker threads."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from ui.map.camera import Camera
from ui.map.colouring import tint_of
from ui.map.ground import Area, Ground, Heat
from ui.map.label_shapes import Box, Measure, PointLabel
from ui.map.label_styles import TextStyle
from ui.map.palette import Palette
from ui.map.routes import thinned
from ui.map.tile_painter import path_of

_FAINTEST = 0.03
"""Less heat than this is not shown."""
_STRONGEST_ALPHA = 185
_BESIDE_PX = 5.0
_HAIRLINE_PX = 1.0
_MANY_POINTS = 2_500
"""From so many points on, edges are hairlines: broader ones take eight times as long."""


def paint_ground(painter: QPainter, ground: Ground, camera: Camera, palette: Palette) -> None:
    """The heat, then each area with its edge."""
    if ground.heat is not None:
        _paint_heat(painter, ground.heat, camera, palette)
    many = sum(len(ring) for area in ground.areas for ring in area.rings) > _MANY_POINTS
    for area in ground.areas:
        path = _path(area, camera)
        if path is None:
            continue
        colour = QColor(tint_of(area.tint, palette))
        edge = QPen(
            colour,
            min(_HAIRLINE_PX, area.edge_px) if many else area.edge_px,
            Qt.PenStyle.DashLine if area.dashed else Qt.PenStyle.SolidLine,
        )
        edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        colour.setAlphaF(area.opacity)
        painter.fillPath(path, colour)
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def area_labels(ground: Ground, camera: Camera, measure: Measure, obstacles: Iterable[Box] = ()) -> list[PointLabel]:
    """The names of the areas whose spot is in the picture and beside the obstacles; of two that would cover each other only the first."""
    labels: list[PointLabel] = []
    taken = list(obstacles)
    for area in ground.areas:
        x, y = camera.to_screen(*area.spot)
        half, tall = measure(area.label, TextStyle.AREA) / 2 + _BESIDE_PX, TextStyle.AREA.row_height / 2 + 1
        box = (x - half, y - tall, x + half, y + tall)
        if area.label and _within(box, camera) and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            labels.append(PointLabel((area.label,), TextStyle.AREA, x, y, (box,)))
    return labels


def heat_image(heat: Heat, palette: Palette) -> QImage:
    """The surface in the colours of the palette, a pixel a cell, clear where there is hardly any heat."""
    levels = np.clip((heat.shares * 255).astype(np.int64), 0, 255)
    picture = np.ascontiguousarray(_heat_table(palette)[levels])
    rows, columns = heat.shares.shape
    return QImage(picture.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32).copy()


def _heat_table(palette: Palette) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    """Blue, green, red and opacity for each of 256 levels."""
    ramp = [QColor(colour) for colour in reversed(palette.ramp)]
    at, anchors = np.linspace(0, 1, 256), np.linspace(0, 1, len(ramp))
    colours = [np.interp(at, anchors, [channel(colour) for colour in ramp]) for channel in (QColor.blue, QColor.green, QColor.red)]
    alpha = np.where(at < _FAINTEST, 0, _STRONGEST_ALPHA * np.sqrt(np.clip((at - _FAINTEST) / (1 - _FAINTEST), 0, 1)))
    return np.column_stack((*colours, alpha)).astype(np.uint8)


def _paint_heat(painter: QPainter, heat: Heat, camera: Camera, palette: Palette) -> None:
    left, top, right, bottom = heat.box
    (x, y), (far_x, far_y) = camera.to_screen(left, top), camera.to_screen(right, bottom)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(x, y, far_x - x, far_y - y), heat_image(heat, palette))
    painter.restore()


def _path(area: Area, camera: Camera) -> QPainterPath | None:
    """The outline of an area that may be seen, in pixels."""
    left, top, right, bottom = area.box
    (x, y), (far_x, far_y) = camera.to_screen(left, top), camera.to_screen(right, bottom)
    if not area.rings or x > camera.width or y > camera.height or far_x < 0 or far_y < 0:
        return None
    lines = [thinned(camera.screen_array(np.vstack((ring, ring[:1])))) for ring in area.rings]
    path = path_of(np.concatenate(lines), np.concatenate([np.arange(len(line)) == 0 for line in lines]))
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def _within(box: Box, camera: Camera) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= camera.width and box[3] <= camera.height


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def label_boxes(labels: Iterable[PointLabel]) -> tuple[Box, ...]:
    """What the names of areas cover."""
    return tuple(box for label in labels for box in label.boxes)
