"""The ground of a row in a list that is painted by hand: rounded, tinted where it is chosen or pointed at, edged where it has the focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.style import Colours


def paint_row_ground(painter: QPainter, option: QStyleOptionViewItem, colours: Colours) -> QRectF:
    """Paint it; returns its box, in pixels of the view."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(option.rect).adjusted(4, 1, -4, -1)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chosen if chosen else colours.hover))
        painter.drawRoundedRect(box, 6, 6)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
    return box
