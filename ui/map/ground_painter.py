"""Paints what lies under ways and pins, and finds room for the names of areas. Used in worker threads."""

from collections.abc import Iterable, Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from ui.map.camera import Camera
from ui.map.colouring import tint_of
from ui.map.ground import Area, Ground, Heat
from ui.map.label_layout import Occupied
from ui.map.label_shapes import Box, Measure, PointLabel
from ui.map.label_styles import TextStyle
from ui.map.palette import Palette
from ui.map.shapes import draw_start
from ui.map.tile_painter import path_of

START_PX = 10.0
_FAINTEST = 0.03
"""Less heat than this is not shown."""
_STRONGEST_ALPHA = 185
_BESIDE_PX = 5.0
_ROAMS = 13
"""So many places across and down are tried for a name that roams."""
_GAPS_PX, _ASIDE_PX = (12.0, 30.0, 48.0, 66.0), 60.0
"""How far from the edge of a small area its name is tried."""
_HAIRLINE_PX = 1.0
_PRECISION_PX = 0.75
_MANY_POINTS = 2_500
"""From so many points on, edges are hairlines: broader ones take eight times as long."""


def paint_ground(painter: QPainter, ground: Ground, camera: Camera, palette: Palette) -> None:
    """The heat, then each area with its edge."""
    if ground.heat is not None:
        _paint_heat(painter, ground.heat, camera, palette)
    many = sum(len(area.outline[0]) for area in ground.areas if area.rings) > _MANY_POINTS
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
        edge.setColor(_faded(colour, area.edge_opacity))
        edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        colour.setAlphaF(area.opacity)
        painter.fillPath(path, colour)
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def paint_starts(painter: QPainter, ground: Ground, camera: Camera, palette: Palette) -> None:
    """The marks of what something is told from."""
    for spot in ground.starts:
        draw_start(painter, QPointF(*camera.to_screen(*spot)), START_PX, palette)


def area_labels(
    ground: Ground,
    camera: Camera,
    measure: Measure,
    obstacles: Iterable[Box] = (),
    marks: Iterable[Box] = (),
    type_scale: float = 1.0,
    margin_px: float = 0.0,
) -> list[PointLabel]:
    """The names of the areas whose spot is in the picture and beside the obstacles and marks; of two that would cover each other only
    the first.

    Names that roam keep to what is in sight, which a margin of the picture is not; one that stays is where it is the least in the way.
    """
    labels: list[PointLabel] = []
    taken, marked = Occupied(obstacles), Occupied(marks)
    for area in ground.areas:
        half, tall = measure(area.label, TextStyle.AREA) / 2 + _BESIDE_PX, TextStyle.AREA.row_height * type_scale / 2 + 1
        boxes = [(x - half, y - tall, x + half, y + tall) for x, y in _spots(area, camera, margin_px)] if area.label else []
        seen = [box for box in boxes if _within(box, camera, margin_px if area.stays else 0.0)]
        free = (box for box in seen if taken.is_free((box,)) and marked.is_free((box,)))
        best = next(free, None)
        if best is None and area.stays:
            best = min(seen, key=lambda box: (taken.covered((box,)), marked.covered((box,))), default=None)
        if best is not None:
            taken.add(best)
            middle = (best[0] + best[2]) / 2, (best[1] + best[3]) / 2
            labels.append(PointLabel((area.label,), TextStyle.AREA, *middle, (best,)))
    return labels


def _spots(area: Area, camera: Camera, margin_px: float) -> list[tuple[float, float]]:
    """The pixels where the name of an area may stand, the best first."""
    spot = camera.to_screen(*area.spot)
    if not area.roams:
        return [spot]
    wide, tall = camera.width - margin_px, camera.height - margin_px
    (west, north), (east, south) = camera.to_screen(*area.box[:2]), camera.to_screen(*area.box[2:])
    west, north, east, south = max(west, margin_px), max(north, margin_px), min(east, wide), min(south, tall)
    if west >= east or north >= south:
        return []
    first = [spot] if margin_px <= spot[0] <= wide and margin_px <= spot[1] <= tall else []
    steps = ((np.arange(_ROAMS) + 0.5) / _ROAMS).tolist()
    pixels = [(west + (east - west) * right, north + (south - north) * down) for down in steps for right in steps]
    world = np.array([camera.to_world(*pixel) for pixel in pixels])
    inside = area.holds(world)
    mainly = inside & area.main.holds(world) if len(area.rings) > 1 else inside
    held = np.array(pixels)[mainly if mainly.any() else inside]
    if not len(held):
        return first
    order = ((held - held.mean(axis=0)) ** 2).sum(axis=1).argsort(kind="stable")
    inner = [(right, down) for right, down in held[order].tolist()]
    return [*first, *inner, *(_beside((west, north, east, south)) if area.stays else ())]


def _beside(box: Box) -> Iterator[tuple[float, float]]:
    """Spots above, below and at both sides of an area that is too small for its name."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    for gap in _GAPS_PX:
        yield from ((x, top - gap), (x, bottom + gap))
        yield from ((side, down) for side in (left - _ASIDE_PX - gap, right + _ASIDE_PX + gap) for down in (y, top - gap, bottom + gap))


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
    points, begins = area.outline
    line = camera.screen_array(points)
    cells = np.floor(line / _PRECISION_PX)
    keep = begins | np.roll(begins, -1)  # a ring begins and ends where it does, whatever is left of it
    keep[1:] |= (np.diff(cells, axis=0) != 0).any(axis=1)
    path = path_of(line[keep], begins[keep])
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def _faded(colour: QColor, opacity: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(opacity)
    return made


def _within(box: Box, camera: Camera, margin_px: float) -> bool:
    right, bottom = camera.width - margin_px, camera.height - margin_px
    return box[0] >= margin_px and box[1] >= margin_px and box[2] <= right and box[3] <= bottom


def label_boxes(labels: Iterable[PointLabel]) -> tuple[Box, ...]:
    """What the names of areas cover."""
    return tuple(box for label in labels for box in label.boxes)
