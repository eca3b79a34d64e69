"""The name of a rep, and beneath it, small, who needs help and why; as high as its words need."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.style import SMALL_PX, TEXT_PX, Theme, font

_AROUND_PX, _BESIDE_PX = 6, 11


class NameDelegate(QStyledItemDelegate):
    """The first line of a text is the name, what follows is the reason; it wraps where the column is narrow."""

    def __init__(self, theme: Theme, table: QTableView, parent: QObject | None = None) -> None:
        super().__init__(parent or table)
        self._theme = theme
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        width = self._table.columnWidth(index.column())
        why = self._bounds(_parts(index)[1], width - 2 * _BESIDE_PX)
        return QSize(width, 2 * _AROUND_PX + QFontMetrics(font(TEXT_PX)).height() + why.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        name, why = _parts(index)
        box = option.rect.adjusted(_BESIDE_PX, _AROUND_PX, -_BESIDE_PX, -_AROUND_PX)
        text = QFontMetrics(font(TEXT_PX))
        painter.save()
        painter.setFont(font(TEXT_PX))
        painter.setPen(QColor(self._theme.colours.text))
        top = QRect(box.left(), box.top(), box.width(), text.height())
        painter.drawText(QRectF(top), Qt.AlignmentFlag.AlignVCenter, text.elidedText(name, Qt.TextElideMode.ElideRight, box.width()))
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(self._theme.colours.quiet))
        painter.drawText(QRectF(box.adjusted(0, text.height(), 0, 0)), Qt.TextFlag.TextWordWrap, why)
        painter.restore()

    def _bounds(self, why: str, width: int) -> QRect:
        return QFontMetrics(font(SMALL_PX)).boundingRect(QRect(0, 0, max(width, 40), 10_000), Qt.TextFlag.TextWordWrap, why)


def _parts(index: QModelIndex | QPersistentModelIndex) -> tuple[str, str]:
    name, _, why = str(index.data()).partition("\n")
    return name, why
