"""How the cells of the table of accounts are painted."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from planner.model.accounts import Account
from planner.usecases.accounts import purpose_of_visit
from ui.accounts.arrange import Group
from ui.accounts.columns import INDENT, MARKED, NONE
from ui.accounts.model import AccountsModel, Index
from ui.map.shapes import paint_kind
from ui.style import Theme, font, scaled

_MARK_PX = 14
_KIND_RADIUS_PX = 4.2
_LINE_PX = 30


class AccountsDelegate(QStyledItemDelegate):
    """Names in bold with the mark of their pin on the map, what is overdue in red, and a plain mark before a place that wants a look.

    The heading of a group runs over all cells of its line: each paints its part of it.
    """

    def __init__(self, theme: Theme, table: QTableView, model: AccountsModel) -> None:
        super().__init__(table)
        self._theme, self._table, self._model = theme, table, model
        theme.changed.connect(self._fit_lines)
        self._fit_lines()

    def _fit_lines(self) -> None:
        """Lines are as high as their text wants."""
        self._table.verticalHeader().setDefaultSectionSize(round(scaled(_LINE_PX)))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        key = self._model.columns[index.column()].key
        row = self._model.row_at(index.row())
        if key in MARKED:
            option.text = INDENT + option.text
        if key == "name":
            option.font = font(bold=True)
        colour = ""
        if option.text == NONE:
            colour = self._theme.colours.quiet
        elif key in {"due", "overdue"} and row is not None and (row.extra.due_days or 0) < 0:
            colour = self._theme.colours.bad
        if colour:
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, QColor(colour))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_at(index.row())
        if row is None:
            group = self._model.group_at(index.row())
            assert group is not None
            self._paint_heading(painter, option.rect, index, group)
            return
        super().paint(painter, option, index)
        key = self._model.columns[index.column()].key
        if key in MARKED:
            from_left = option.direction is Qt.LayoutDirection.LeftToRight
            x = option.rect.left() + _MARK_PX if from_left else option.rect.right() - _MARK_PX
            at = QPointF(x, option.rect.center().y() + 0.5)
            if key == "name":
                kind = purpose_of_visit(row.account, row.deals)
                paint_kind(painter, kind, at, _KIND_RADIUS_PX, self._theme.colours.of_kind(kind))
            else:
                _paint_place(painter, self._theme, row.account, at)
        if index.row() == self._table.currentIndex().row() and self._table.hasFocus():
            self._paint_focus(painter, option, index)

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A bar at the beginning of the current line."""
        if self._table.horizontalHeader().visualIndex(index.column()) == 0:
            rect = option.rect
            x = rect.left() if option.direction is Qt.LayoutDirection.LeftToRight else rect.right() - 2
            painter.fillRect(QRect(x, rect.top(), 3, rect.height() - 1), QColor(self._theme.colours.accent))

    def _paint_heading(self, painter: QPainter, cell: QRect, index: Index, group: Group) -> None:
        colours = self._theme.colours
        line = QRect(0, cell.top(), self._table.viewport().width(), cell.height())
        right_to_left = self._table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setClipRect(cell, Qt.ClipOperation.IntersectClip)
        painter.fillRect(cell, QColor(colours.hover))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_arrow(painter, QColor(colours.quiet), line, collapsed=self._model.is_collapsed(group), mirrored=right_to_left)
        words = line.adjusted(12, 0, -28, 0) if right_to_left else line.adjusted(28, 0, -12, 0)
        side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        how = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(font(bold=True))
        painter.setPen(QColor(colours.text))
        sums = self._model.sums_text(group)
        room = max(words.width() - painter.fontMetrics().horizontalAdvance(sums) - 16, words.width() // 3)
        title = painter.fontMetrics().elidedText(group.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, how, title)
        taken = painter.fontMetrics().horizontalAdvance(title) + 16
        painter.setFont(font())
        painter.setPen(QColor(colours.quiet))
        painter.drawText(words.adjusted(0, 0, -taken, 0) if right_to_left else words.adjusted(taken, 0, 0, 0), how, sums)
        if index.row() == self._table.currentIndex().row() and self._table.hasFocus():
            x = line.right() - 2 if right_to_left else line.left()
            painter.fillRect(QRect(x, line.top(), 3, line.height() - 1), QColor(colours.accent))
        painter.setPen(QColor(colours.faint_line))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        painter.restore()


def _paint_arrow(painter: QPainter, colour: QColor, line: QRect, *, collapsed: bool, mirrored: bool) -> None:
    """Down for a group that is expanded, to the side for one that is collapsed."""
    middle = QPointF(line.right() - 15 if mirrored else line.left() + 15, line.center().y() + 0.5)
    side = -1 if mirrored else 1
    points = [(-2 * side, -4), (-2 * side, 4), (3 * side, 0)] if collapsed else [(-4, -2), (4, -2), (0, 3)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in points]))


def _paint_place(painter: QPainter, theme: Theme, account: Account, at: QPointF) -> None:
    """A full dot for a sure place, a ring for a doubtful one, a cross for none: told by shape as well as by colour."""
    colours = theme.colours
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if account.place is None:
        painter.setPen(QPen(QColor(colours.bad), 2))
        painter.drawLine(at + QPointF(-3.5, -3.5), at + QPointF(3.5, 3.5))
        painter.drawLine(at + QPointF(-3.5, 3.5), at + QPointF(3.5, -3.5))
    elif account.match_doubtful:
        painter.setPen(QPen(QColor(colours.support), 2))
        painter.drawEllipse(at, 3.5, 3.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.good))
        painter.drawEllipse(at, 4, 4)
    painter.restore()
