"""Paints outlines of regions, areas and packs, and a drawing in the making."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from planner.model.areas import Area
from planner.values import Struct, field
from ui.footprint.drawing import Drawing
from ui.map.camera import Camera, world_array, world_of
from ui.style import SMALL_PX, Colours, font, scaled

WORLD = 1e6
"""Outlines are kept on a world this wide, so that no arithmetic of Qt takes two corners for one."""


class Scene(Struct):
    """What there is to paint: regions by key with their names, the key under the cursor and the chosen one, and what lies on them.

    The `map` was painted for its own camera, and shows within the packs only.
    """

    regions: dict[str, tuple[str, QPainterPath]] = field(default_factory=dict)
    pickable: bool = True
    hovered: str = ""
    chosen: str = ""
    packs: list[QPainterPath] = field(default_factory=list)
    area: QPainterPath | None = None
    dots: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    drawing: Drawing | None = None
    map: tuple[QImage, Camera] | None = None


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
    _paint_map(painter, scene, camera, to_screen)
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


def _paint_map(painter: QPainter, scene: Scene, camera: Camera, to_screen: QTransform) -> None:
    """As it was painted for another camera, it is moved and stretched until it is painted anew."""
    if scene.map is None or not scene.packs:
        return
    image, seen = scene.map
    corner = camera.to_screen(*seen.to_world(0, 0))
    grown = camera.scale / seen.scale
    inside = QPainterPath()
    inside.setFillRule(Qt.FillRule.WindingFill)
    for path in scene.packs:
        inside.addPath(to_screen.map(path))
    painter.save()
    painter.setClipPath(inside)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, grown != 1)
    painter.drawImage(QRectF(*corner, seen.width * grown, seen.height * grown), image)
    painter.restore()


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


def paint_words(painter: QPainter, scene: Scene, camera: Camera, box: QRectF, colours: Colours) -> None:
    """The names of regions where there is room, that of the one chosen, what the marks mean, and where the outlines are from."""
    foot = box.adjusted(12, 10, -12, -8)
    painter.setFont(font(SMALL_PX))
    painter.setPen(QColor(colours.quiet))
    if scene.regions or scene.map:
        painter.drawText(foot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, "© OpenStreetMap contributors")
    _paint_names(painter, scene, camera, box, colours)
    _paint_panel(painter, scene, foot, colours)
    for row, text in enumerate(_legend(painter, scene, foot, colours)):
        painter.setPen(QColor(colours.quiet))
        painter.drawText(QPointF(foot.left() + 28, foot.top() + scaled(11 + 18 * row)), text)
    named = scene.regions.get(scene.hovered) or (scene.regions.get(scene.chosen) if scene.pickable else None)
    if named and scene.drawing is None:
        painter.setPen(QColor(colours.text))
        painter.setFont(font(bold=True))
        painter.drawText(foot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, named[0])


def _legend(painter: QPainter, scene: Scene, box: QRectF, colours: Colours) -> Iterator[str]:
    """Paints the mark of each line, and yields its text."""
    y = box.top() + scaled(7)
    if scene.packs:
        painter.setPen(_pack_pen(colours))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.left() + 20, y))
        yield "On this laptop"
        y += scaled(18)
    if len(scene.dots):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.support))
        painter.drawEllipse(QPointF(box.left() + 10, y), 3, 3)
        yield "Accounts"


def _paint_panel(painter: QPainter, scene: Scene, foot: QRectF, colours: Colours) -> None:
    """A ground under the legend, which can be read on any map then."""
    lines = bool(scene.packs) + bool(len(scene.dots))
    if lines:
        ground = QColor(colours.raised)
        ground.setAlpha(225)
        wide = 28 + painter.fontMetrics().horizontalAdvance("On this laptop") + 16
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(foot.left() - 8, foot.top() - 5, wide, scaled(18 * lines) + 7), 6, 6)


def _paint_names(painter: QPainter, scene: Scene, camera: Camera, box: QRectF, colours: Colours) -> None:
    """The name of each region that is wide enough for it on screen and lies by its middle in the picture."""
    painter.setPen(QColor(colours.quiet))
    for name, path in scene.regions.values():
        frame = path.boundingRect()
        wide, x = frame.width() / WORLD * camera.scale, camera.to_screen(frame.center().x() / WORLD, frame.center().y() / WORLD)
        room = painter.fontMetrics().horizontalAdvance(name) + 8
        if room < wide < 2 * box.width() and box.contains(QPointF(*x)):
            painter.drawText(QRectF(x[0] - room / 2, x[1] - 10, room, 20), Qt.AlignmentFlag.AlignCenter, name)


def _pack_pen(colours: Colours) -> QPen:
    return QPen(QColor(colours.good), 1.5, Qt.PenStyle.DashLine)


def _paint(painter: QPainter, path: QPainterPath, fill: QColor | None, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _see_through(colour: QColor) -> QColor:
    return QColor(colour.red(), colour.green(), colour.blue(), 45)
