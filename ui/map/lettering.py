"""How text and panels over the map are set: shared by legend, notice, card and scale."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ui.map.palette import Palette

EDGE_PX = 10.0
"""Between the edge of the map and what stands at it."""
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def face(families: Sequence[str], size_px: float, *, bold: bool = False) -> QFont:
    """A face in pixels."""
    font = QFont(list(families))
    font.setPixelSize(round(size_px))
    font.setBold(bold)
    return font


def panel(painter: QPainter, box: QRectF, palette: Palette) -> None:
    """The ground under text over the map."""
    painter.setPen(QPen(QColor(palette.panel_edge), 1))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def write(painter: QPainter, font: QFont, colour: str, box: QRectF, text: str, flags: Qt.AlignmentFlag | int = _LEFT_MIDDLE) -> None:
    """Text in a box, at its left and in the middle of its height when nothing else is said."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, flags, text)
