"""How a left-out account is painted: the mark of its pin, title and value, and the reason in one or two quiet lines."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.map.shapes import paint_kind
from ui.style import SMALL_PX, TEXT_PX, Theme, font, scaled
from ui.week.left_out_model import LEFT_OUT
from ui.widgets.row_ground import paint_row_ground
from ui.words import number

_LEFT, _RIGHT, _TOP, _TITLE, _LINE = 28.0, 10.0, 7.0, 18.0, 15.0
_MARK_PX, _MARK_RADIUS_PX = 16.0, 4.5


class LeftOutDelegate(QStyledItemDelegate):
    """Rows are as high as their reason is long, two lines at most."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        theme.changed.connect(view.scheduleDelayedItemsLayout)

    @property
    def room_px(self) -> float:
        """How wide reasons may be: the same before a scroll bar comes and after, so that rows keep the height they were given."""
        return self._view.maximumViewportSize().width() - self._view.verticalScrollBar().sizeHint().width() - _LEFT - _RIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        lines = 2 if QFontMetricsF(font(SMALL_PX)).horizontalAdvance(index.data(LEFT_OUT).text) > self.room_px else 1
        return QSize(100, round(2 * _TOP + scaled(_TITLE + lines * _LINE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        each, colours = index.data(LEFT_OUT), self._theme.colours
        painter.save()
        paint_row_ground(painter, option, colours)
        left, right, top = option.rect.left() + _LEFT, option.rect.right() - _RIGHT, option.rect.top() + _TOP
        painter.setLayoutDirection(option.direction)  # which turns the texts; the boxes are turned below
        mark = _turned(QRectF(option.rect.left() + _MARK_PX, top + scaled(_TITLE) / 2, 0, 0), option).topLeft()
        paint_kind(painter, each.kind, QPointF(mark), _MARK_RADIUS_PX, colours.of_kind(each.kind))
        face = font(TEXT_PX)
        metrics = QFontMetricsF(face)
        value = number(each.value)
        width = metrics.horizontalAdvance(value)
        line = _turned(QRectF(left, top, right - left, scaled(_TITLE)), option)
        painter.setFont(face)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
        painter.setPen(QColor(colours.text))
        title = metrics.elidedText(each.title, Qt.TextElideMode.ElideRight, line.width() - width - 10)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(QColor(colours.quiet))
        self._paint_reason(painter, each.text, _turned(QRectF(left, top + scaled(_TITLE), self.room_px, scaled(2 * _LINE)), option))
        painter.restore()

    def _paint_reason(self, painter: QPainter, text: str, box: QRectF) -> None:
        """Two lines, the second one elided."""
        face, line_px = font(SMALL_PX), scaled(_LINE)
        layout = QTextLayout(text, face)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(box.width())
        split = first.textLength()
        layout.endLayout()
        painter.setFont(face)
        painter.drawText(QRectF(box.left(), box.top(), box.width(), line_px), Qt.AlignmentFlag.AlignVCenter, text[:split].rstrip())
        rest = QFontMetricsF(face).elidedText(text[split:], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRectF(box.left(), box.top() + line_px, box.width(), line_px), Qt.AlignmentFlag.AlignVCenter, rest)


def _turned(box: QRectF, option: QStyleOptionViewItem) -> QRectF:
    """A box of a row, at the other side where one reads from right to left."""
    if option.direction is Qt.LayoutDirection.LeftToRight:
        return box
    turned = QRectF(box)
    turned.moveLeft(option.rect.left() + option.rect.right() + 1 - box.right())
    return turned
