"""How a place to check is painted in the list: a mark for its problem, the name, and the problem with the street below it."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from planner.model.placing import PlaceProblem
from ui.places.model import TO_CHECK
from ui.places.words import problem_words
from ui.style import SMALL_PX, TEXT_PX, Theme, font, scaled
from ui.widgets.row_ground import paint_row_ground

_LEFT, _RIGHT, _TOP, _TITLE, _LINE = 30.0, 10.0, 6.0, 18.0, 15.0
_MARKS: Mapping[PlaceProblem, tuple[str, str]] = MappingProxyType(
    {
        PlaceProblem.UNPLACED: ("✕", "bad"),
        PlaceProblem.OUTSIDE: ("◇", "support"),
        PlaceProblem.AREA: ("○", "support"),
        PlaceProblem.DOUBTFUL: ("?", "support"),
    }
)
"""A sign and a colour; the sign tells them apart without the colour."""


class PlacesDelegate(QStyledItemDelegate):
    """Rows of two lines, all of one height."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        return QSize(100, round(2 * _TOP + scaled(_TITLE + _LINE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        each, colours = index.data(TO_CHECK), self._theme.colours
        painter.save()
        box = paint_row_ground(painter, option, colours)
        sign, colour = _MARKS[each.problem]
        room = box.width() - _LEFT - _RIGHT + 8
        title = QRectF(box.left() + _LEFT - 4, box.top() + _TOP - 1, room, scaled(_TITLE))
        painter.setPen(QColor(getattr(colours, colour)))
        painter.setFont(font(TEXT_PX, bold=True))
        painter.drawText(QRectF(box.left() + 2, title.top(), 22, title.height()), Qt.AlignmentFlag.AlignCenter, sign)
        painter.setPen(QColor(colours.text))
        _line(painter, title, each.account.name, TEXT_PX)
        painter.setPen(QColor(colours.quiet))
        where = each.account.address.street or each.account.address.one_line
        below = " · ".join(part for part in (problem_words(each.problem), where) if part)
        _line(painter, QRectF(title.left(), title.bottom(), room, scaled(_LINE)), below, SMALL_PX)
        painter.restore()


def _line(painter: QPainter, box: QRectF, text: str, size_px: int) -> None:
    face = font(size_px)
    painter.setFont(face)
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
