"""A pin at a place that was searched for, which is no account."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPainterPath

from planner.model.places import LatLon
from ui.map.camera import Camera, world_of
from ui.map.palette import Palette
from ui.map.shapes import round_pen
from ui.map.view import MapView
from ui.style import TEXT_PX, font, scaled

_HEIGHT_PX, _HEAD_PX = 26.0, 9.0
_LABEL_GAP_PX, _LABEL_HIGH_PX, _EDGE_PX = 6.0, 24.0, 12.0


class PlacePin(QObject):
    """Plugs into a map; shows one pin with its name at most. Escape on the map takes it away."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self.point: LatLon | None = None
        self.text = ""
        view.add_layer(self._paint)
        view.installEventFilter(self)

    def show(self, point: LatLon, text: str) -> None:
        """Put the pin at a place."""
        self.point, self.text = point, text
        self._view.update()

    def hide(self) -> None:
        """Take the pin away."""
        if self.point is not None:
            self.point = None
            self._view.update()

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self.point is None or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        self.hide()
        return True

    def _paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        if self.point is None:
            return
        tip = QPointF(*camera.to_screen(*world_of(self.point)))
        painter.save()
        path = _outline().translated(tip)
        painter.strokePath(path, round_pen(palette.ring, 4))
        painter.fillPath(path, QColor(palette.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.ring))
        painter.drawEllipse(tip - QPointF(0, _HEIGHT_PX - _HEAD_PX), 3.4, 3.4)
        self._paint_label(painter, tip, camera.width, palette)
        painter.restore()

    def _paint_label(self, painter: QPainter, tip: QPointF, room: float, palette: Palette) -> None:
        """The name under the pin, where the legend in the corner does not hide it."""
        face = font(TEXT_PX, bold=True)
        metrics = QFontMetricsF(face)
        text = metrics.elidedText(self.text, Qt.TextElideMode.ElideRight, room - 2 * _EDGE_PX - 16)
        width = metrics.horizontalAdvance(text) + 16
        box = QRectF(tip.x() - width / 2, tip.y() + _LABEL_GAP_PX, width, scaled(_LABEL_HIGH_PX))
        painter.setBrush(QColor(palette.ring))
        painter.setPen(round_pen(palette.accent, 1))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(face)
        painter.setPen(QColor(palette.accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _outline() -> QPainterPath:
    """A drop standing on its tip."""
    middle = -_HEIGHT_PX + _HEAD_PX
    path = QPainterPath(QPointF(0, 0))
    path.cubicTo(QPointF(-2, -6), QPointF(-_HEAD_PX, middle + 7), QPointF(-_HEAD_PX, middle))
    path.arcTo(-_HEAD_PX, middle - _HEAD_PX, 2 * _HEAD_PX, 2 * _HEAD_PX, 180, -180)
    path.cubicTo(QPointF(_HEAD_PX, middle + 7), QPointF(2, -6), QPointF(0, 0))
    path.closeSubpath()
    return path
