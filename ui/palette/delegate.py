"""How a thing found is painted: an icon, its title, and quietly at the right what else there is to say."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from planner.usecases.find_anything import Group, Thing
from ui.actions import ROWS
from ui.icons import icon
from ui.palette.rows import THING
from ui.style import SMALL_PX, TEXT_PX, Theme, font, scaled

_ROW_PX, _HEADING_PX = 34, 28
_ICON_PX = 16.0
_LEFT, _TEXT_LEFT, _RIGHT, _BETWEEN = 18.0, 44.0, 18.0, 20.0
_TITLE_SHARE = 0.62
_ICONS = {
    Group.ACCOUNTS: "accounts",
    Group.PLACES: "pin",
    Group.WEEKS: "week",
    Group.REPS: "team",
    Group.SETTINGS: "settings",
}


def row_px() -> int:
    """The height of a thing found."""
    return round(scaled(_ROW_PX))


def heading_px() -> int:
    """The height of a heading."""
    return round(scaled(_HEADING_PX))


class FoundDelegate(QStyledItemDelegate):
    """Headings are small and quiet; the chosen row has the ground of a selection."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = {row.id: row.icon for row in ROWS}

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        return QSize(100, row_px() if index.data(THING) is not None else heading_px())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        thing, box = index.data(THING), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if thing is None:
            face = font(SMALL_PX, bold=True)
            painter.setFont(face)
            painter.setPen(QColor(self._theme.colours.quiet))
            line = box.adjusted(_LEFT, scaled(8), -_RIGHT, 0)
            text = QFontMetricsF(face).elidedText(index.data(), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen or option.state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.colours.chosen if chosen else self._theme.colours.hover))
                painter.drawRoundedRect(box.adjusted(8, 1, -8, -1), 6, 6)
            self._paint_thing(painter, thing, box, chosen=chosen)
        painter.restore()

    def _paint_thing(self, painter: QPainter, thing: Thing, box: QRectF, *, chosen: bool) -> None:
        colours = self._theme.colours
        name = _ICONS.get(thing.group) or self._icons[str(thing.key)]
        if name:
            picture = icon(name, colours.accent if chosen else colours.quiet)
            at = QRectF(box.left() + _LEFT, box.center().y() - _ICON_PX / 2, _ICON_PX, _ICON_PX)
            picture.paint(painter, at.toRect())
        line = box.adjusted(_TEXT_LEFT, 0, -_RIGHT, 0)
        face, small = font(TEXT_PX), font(SMALL_PX)
        metrics, small_metrics = QFontMetricsF(face), QFontMetricsF(small)
        # The title may take all that the note leaves, and most of the line in any case.
        note_width = small_metrics.horizontalAdvance(thing.note)
        room = max(line.width() * _TITLE_SHARE, line.width() - note_width - _BETWEEN)
        title = metrics.elidedText(thing.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(face)
        painter.setPen(QColor(colours.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        left = line.width() - metrics.horizontalAdvance(title) - _BETWEEN
        painter.setFont(small)
        painter.setPen(QColor(colours.quiet))
        note = small_metrics.elidedText(thing.note, Qt.TextElideMode.ElideRight, left)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
