"""How a left-out account is painted: a dot of its kind, title and value, and the reason in one or two quiet lines."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.style import SMALL_PX, TEXT_PX, Theme, font
from ui.week.left_out_model import LEFT_OUT
from ui.widgets.row_ground import paint_row_ground

_LEFT, _RIGHT, _TOP, _TITLE, _LINE = 28.0, 10.0, 7.0, 18.0, 15.0


class LeftOutDelegate(QStyledItemDelegate):
    """Rows are as high as their reason is long, two lines at most."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._small = QFontMetricsF(font(SMALL_PX))

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        view = self.parent()
        room = (view.viewport().width() if isinstance(view, QListView) else 280) - _LEFT - _RIGHT
        lines = 2 if self._small.horizontalAdvance(index.data(LEFT_OUT).text) > room else 1
        return QSize(100, int(2 * _TOP + _TITLE + lines * _LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        each, colours = index.data(LEFT_OUT), self._theme.colours
        painter.save()
        paint_row_ground(painter, option, colours)
        left, right, top = option.rect.left() + _LEFT, option.rect.right() - _RIGHT, option.rect.top() + _TOP
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.of_kind(each.kind))
        painter.setLayoutDirection(option.direction)  # which turns the texts; the boxes are turned below
        dot = QRectF(option.rect.left() + 11.5, top + _TITLE / 2 - 4.5, 9, 9)
        painter.drawEllipse(_turned(dot, option))
        face = font(TEXT_PX)
        metrics = QFontMetricsF(face)
        value = f"{each.value:.0f}"
        width = metrics.horizontalAdvance(value)
        line = _turned(QRectF(left, top, right - left, _TITLE), option)
        painter.setFont(face)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
        painter.setPen(QColor(colours.text))
        title = metrics.elidedText(each.title, Qt.TextElideMode.ElideRight, line.width() - width - 10)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(colours.quiet))
        self._paint_reason(painter, each.text, _turned(QRectF(left, top + _TITLE, right - left, 2 * _LINE), option))
        painter.restore()

    def _paint_reason(self, painter: QPainter, text: str, box: QRectF) -> None:
        """Two lines, the second one elided."""
        layout = QTextLayout(text, font(SMALL_PX))
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(box.width())
        split = first.textLength()
        layout.endLayout()
        painter.setFont(font(SMALL_PX))
        painter.drawText(QRectF(box.left(), box.top(), box.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, text[:split].rstrip())
        rest = self._small.elidedText(text[split:], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRectF(box.left(), box.top() + _LINE, box.width(), _LINE), Qt.AlignmentFlag.AlignVCenter, rest)


def _turned(box: QRectF, option: QStyleOptionViewItem) -> QRectF:
    """A box of a row, at the other side where one reads from right to left."""
    if option.direction is Qt.LayoutDirection.LeftToRight:
        return box
    turned = QRectF(box)
    turned.moveLeft(option.rect.left() + option.rect.right() + 1 - box.right())
    return turned
