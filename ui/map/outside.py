"""What lies outside the ground that the basemap covers: shaded, with a word at its edge."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ui.map.camera import Camera
from ui.map.extent import Extent
from ui.map.label_layout import Occupied
from ui.map.label_shapes import Box, Measure, PointLabel
from ui.map.label_styles import TextStyle
from ui.map.palette import Palette

OUTSIDE = "outside the road pack"
_STEP_PX = 20.0


def paint_outside(painter: QPainter, extent: Extent, camera: Camera, palette: Palette) -> None:
    """A light shade over what is outside; its edge is soft."""
    rows, columns = extent.outside.shape
    shade = QColor(palette.outside)
    picture = np.zeros((rows, columns, 4), dtype=np.uint8)
    picture[..., :3] = shade.blue(), shade.green(), shade.red()
    picture[..., 3] = np.where(extent.outside, shade.alpha(), 0)
    left, top, right, bottom = _pixels(extent, camera)
    wide, high = camera.width, camera.height
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(left, top, right - left, bottom - top), QImage(picture.data, columns, rows, QImage.Format.Format_ARGB32))
    x, far_x = min(max(left, 0.0), wide), max(min(right, wide), 0.0)
    y, far_y = min(max(top, 0.0), high), max(min(bottom, high), 0.0)
    for a, b, c, d in ((0.0, 0.0, x, high), (far_x, 0.0, wide, high), (x, 0.0, far_x, y), (x, far_y, far_x, high)):
        if a < c and b < d:
            painter.fillRect(QRectF(a, b, c - a, d - b), shade)
    painter.restore()


def outside_label(
    extent: Extent, camera: Camera, measure: Measure, obstacles: Iterable[Box], type_scale: float = 1.0, margin_px: float = 0.0
) -> list[PointLabel]:
    """The word for it, as near to the middle of the picture as there is room outside; none where there is none."""
    half, tall = measure(OUTSIDE, TextStyle.MINOR) / 2 + 6, TextStyle.MINOR.row_height * type_scale / 2 + 6
    across = np.arange(margin_px + half, camera.width - margin_px - half, _STEP_PX)
    down = np.arange(margin_px + tall, camera.height - margin_px - tall, _STEP_PX)
    spots = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    middle, look = np.array((camera.width / 2, camera.height / 2)), np.array((camera.x, camera.y))
    for corner in ((0, 0), (-half, -tall), (half, -tall), (-half, tall), (half, tall)):
        spots = spots[extent.is_outside((spots + corner - middle) / camera.scale + look)]
    taken = Occupied(obstacles)
    order = ((spots - middle) ** 2).sum(axis=1).argsort(kind="stable")
    for x, y in spots[order].tolist():
        box = (x - half, y - tall, x + half, y + tall)
        if taken.is_free((box,)):
            return [PointLabel((OUTSIDE,), TextStyle.MINOR, x, y, (box,))]
    return []


def _pixels(extent: Extent, camera: Camera) -> Box:
    """Where the cells are in the picture."""
    left, top, right, bottom = extent.box
    return (*camera.to_screen(left, top), *camera.to_screen(right, bottom))
