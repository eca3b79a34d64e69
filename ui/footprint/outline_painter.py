"""Paints outlines of regions, areas and packs, and a drawing in the making."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from planner.model.areas import Area
from ui.footprint.drawing import Drawing
from ui.map.camera import Camera, world_array, world_of
from ui.style import SMALL_PX, Colours, font

WORLD = 1e6
"""Outlines are kept on a world this wide, so that no arithmetic of Qt takes two corners for one."""


@dataclass(slots=True)
class Scene:
    """What there is to paint: regions by key with their names, the key under the cursor and the chosen one, and what lies on them."""

    regions: dict[str, tuple[str, QPainterPath]] = field(default_factory=dict)
    pickable: bool = True
    hovered: str = ""
    chosen: str = ""
    packs: list[QPainterPath] = field(default_factory=list)
    area: QPainterPath | None = None
    dots: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    drawing: Drawing | None = None


def path_of(area: Area) -> QPainterPath:
    """The outlines of an area on a world `WORLD` wide."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for outline in area.outlines:
        path.addPolygon(QPolygonF([QPointF(x * WORLD, y * WORLD) for x, y in world_array(outline)]))
        path.closeSubpath()
    return path


def paint_outlines(painter: QPainter, scene: Scene, camera: Camera, colours: Colours) -> None:
    """Regions, the chosen one, packs, the area, and the accounts."""
    scale = camera.scale
    left, top = camera.to_screen(0.0, 0.0)
    to_screen = QTransform(scale / WORLD, 0, 0, scale / WORLD, left, top)
    line, ground, chosen, accent = (QColor(each) for each in (colours.hatch, colours.ground, colours.chosen, colours.accent))
    for key, (_, path) in scene.regions.items():
        _paint(painter, to_screen.map(path), chosen if key == scene.hovered else ground, QPen(line, 1))
    if scene.pickable and scene.chosen in scene.regions:
        _paint(painter, to_screen.map(scene.regions[scene.chosen][1]), chosen, QPen(accent, 2))
    for path in scene.packs:
        _paint(painter, to_screen.map(path), None, _pack_pen(colours))
    if scene.area is not None:
        _paint(painter, to_screen.map(scene.area), _see_through(accent), QPen(accent, 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.support))
    for x, y in camera.screen_array(scene.dots):
        painter.drawEllipse(QPointF(float(x), float(y)), 2, 2)


def paint_drawing(painter: QPainter, drawing: Drawing, camera: Camera, cursor: QPointF | None, colours: Colours) -> None:
    """The corners set so far, joined, with a line to the cursor; without a cursor, a cross where Space sets the next one."""
    accent = QColor(colours.accent)
    corners = [QPointF(*camera.to_screen(*world_of(corner))) for corner in drawing.corners]
    line = [*corners, cursor] if cursor is not None and corners else corners
    painter.setPen(QPen(accent, 2, Qt.PenStyle.DashLine))
    painter.setBrush(_see_through(accent))
    if len(line) > 2:
        painter.drawPolygon(QPolygonF(line))
    else:
        painter.drawPolyline(QPolygonF(line))
    painter.setPen(QPen(accent, 2))
    painter.setBrush(QColor(colours.ground))
    for corner in corners:
        painter.drawEllipse(corner, 4, 4)
    if cursor is None:
        middle = QPointF(camera.width / 2, camera.height / 2)
        for arm in (QPointF(8, 0), QPointF(0, 8)):
            painter.drawLine(middle - arm, middle + arm)


def paint_words(painter: QPainter, scene: Scene, box: QRectF, colours: Colours) -> None:
    """The region's name, what the marks mean, and where the outlines are from."""
    foot = box.adjusted(12, 10, -12, -8)
    painter.setFont(font(SMALL_PX))
    painter.setPen(QColor(colours.quiet))
    if scene.regions:
        painter.drawText(foot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, "© OpenStreetMap contributors")
    elif scene.drawing is None and scene.area is None and not scene.packs:
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, "Outlines are shown here once the list of regions is read.")
    for row, text in enumerate(_legend(painter, scene, foot, colours)):
        painter.setPen(QColor(colours.quiet))
        painter.drawText(QPointF(foot.left() + 28, foot.top() + 11 + 18 * row), text)
    named = scene.regions.get(scene.hovered) or (scene.regions.get(scene.chosen) if scene.pickable else None)
    if named and scene.drawing is None:
        painter.setPen(QColor(colours.text))
        painter.setFont(font(bold=True))
        painter.drawText(foot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, named[0])


def _legend(painter: QPainter, scene: Scene, box: QRectF, colours: Colours) -> Iterator[str]:
    """Paints the mark of each line, and yields its text."""
    y = box.top() + 7
    if scene.packs:
        painter.setPen(_pack_pen(colours))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.left() + 20, y))
        yield "On this laptop"
        y += 18
    if len(scene.dots):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.support))
        painter.drawEllipse(QPointF(box.left() + 10, y), 3, 3)
        yield "Accounts"


def _pack_pen(colours: Colours) -> QPen:
    return QPen(QColor(colours.good), 1.5, Qt.PenStyle.DashLine)


def _paint(painter: QPainter, path: QPainterPath, fill: QColor | None, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _see_through(colour: QColor) -> QColor:
    return QColor(colour.red(), colour.green(), colour.blue(), 45)
