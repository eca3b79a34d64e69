"""How a territory is painted: its colour on the map, the name, what waits, and two bars to compare what is expected and the work by."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from planner.usecases.territories import Territory
from ui.map.colouring import tint_of
from ui.map.palette import PALETTES
from ui.style import SMALL_PX, TEXT_PX, Theme, font
from ui.territory.model import TERRITORY, TerritoryModel
from ui.territory.words import hours, waiting_words
from ui.widgets.row_ground import paint_row_ground
from ui.words import money, number

_LEFT, _RIGHT, _TOP, _GAP, _BAR = 28.0, 12.0, 8.0, 2.0, 6.0
_BEGIN, _END = (side | Qt.AlignmentFlag.AlignVCenter for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))
"""Of a line in the direction of reading: a painter turns left and right around by itself."""
_LONGEST_CAPTION, _LONGEST_FIGURE = "Expected ", "$1,234,567 "


class TerritoryDelegate(QStyledItemDelegate):
    """All rows but that of everyone are equally high: a line of text, a small one, and two bars."""

    def __init__(self, theme: Theme, model: TerritoryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    @property
    def _text(self) -> QFontMetricsF:
        return QFontMetricsF(font(TEXT_PX))

    @property
    def _small(self) -> QFontMetricsF:
        return QFontMetricsF(font(SMALL_PX))

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        lines = self._text.height() + (3 * (self._small.height() + _GAP) if index.data(TERRITORY) else 0)
        return QSize(100, round(2 * _TOP + lines))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        each, colours = index.data(TERRITORY), self._theme.colours
        painter.save()
        paint_row_ground(painter, option, colours)
        turned = option.direction is Qt.LayoutDirection.RightToLeft
        head, tail = (_RIGHT, _LEFT) if turned else (_LEFT, _RIGHT)
        room = QRectF(option.rect).adjusted(head, _TOP, -tail, -_TOP)
        line = QRectF(room.left(), room.top(), room.width(), self._text.height())
        accounts = each.accounts if each else sum(one.accounts for one in self._model.territories)
        self._write(painter, line, index.data(), number(accounts))
        if each is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tint_of(each.group, PALETTES[self._theme.name])))
            beside = option.rect.right() - 16 if turned else option.rect.left() + 16
            painter.drawEllipse(QPointF(beside, line.center().y()), 5, 5)
            self._paint_bars(painter, each, QRectF(room.left(), line.bottom() + _GAP, room.width(), 0), option.direction)
        painter.restore()

    def _write(self, painter: QPainter, line: QRectF, text: str, figure: str) -> None:
        """A text at the beginning of a line, elided, and a figure at its end."""
        colours = self._theme.colours
        painter.setFont(font(TEXT_PX))
        painter.setPen(QColor(colours.quiet))
        painter.drawText(line, _END, figure)
        painter.setPen(QColor(colours.text))
        width = line.width() - self._text.horizontalAdvance(figure) - 10
        painter.drawText(line, _BEGIN, self._text.elidedText(text, Qt.TextElideMode.ElideRight, width))

    def _paint_bars(self, painter: QPainter, each: Territory, under: QRectF, direction: Qt.LayoutDirection) -> None:
        """What waits, and beneath it a bar of what is expected and one of the work, as long as their part of the greatest."""
        colours, height = self._theme.colours, self._small.height()
        line = QRectF(under.left(), under.top(), under.width(), height)
        painter.setFont(font(SMALL_PX))
        painter.setPen(QColor(colours.quiet))
        told = self._small.elidedText(waiting_words(each.overdue, each.unseen), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _BEGIN, told)
        caption, figure = self._small.horizontalAdvance(_LONGEST_CAPTION) + 6, self._small.horizontalAdvance(_LONGEST_FIGURE)
        turned = direction is Qt.LayoutDirection.RightToLeft
        for name, amount, most, text, colour in (
            ("Expected", each.value_cents, self._model.most_value, money(each.value_cents), colours.care),
            ("Work", each.work_s, self._model.most_work, hours(each.work_s), colours.support),
        ):
            line.translate(0, height + _GAP)
            painter.setPen(QColor(colours.quiet))
            painter.drawText(line, _BEGIN, name)
            painter.drawText(line, _END, text)
            whole = line.adjusted(figure if turned else caption, 0, -caption if turned else -figure, 0)
            whole = QRectF(whole.left(), whole.center().y() - _BAR / 2, whole.width(), _BAR)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chip))
            painter.drawRoundedRect(whole, _BAR / 2, _BAR / 2)
            filled = QRectF(whole)
            filled.setWidth(max(_BAR, whole.width() * amount / most) if most and amount else 0)
            if turned:
                filled.moveRight(whole.right())
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(filled, _BAR / 2, _BAR / 2)
