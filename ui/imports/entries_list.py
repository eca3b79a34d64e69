"""The list of what is to be imported: a line a table, with its kind, its rows and a mark."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.imports.entries import STATE_WORDS, Entry, State
from ui.style import SMALL_PX, Colours, Theme, font, scaled
from ui.widgets.plain_tip import plain_tip

_LINE_PX = 48
ENTRY = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class EntriesModel(QAbstractListModel):
    """Rows are entries."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def replace(self, row: int, entry: Entry) -> None:
        """Show another entry in a row."""
        self.entries = (*self.entries[:row], entry, *self.entries[row + 1 :])
        self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and habit
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.name}, {entry.about}, {STATE_WORDS[entry.state]}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{entry.path}\n{entry.about}\n{STATE_WORDS[entry.state]}")
        return entry if role == ENTRY else None


class EntriesList(QListView):
    """`picked` carries the row that is on show, `removed` one that is not wanted."""

    picked = Signal(int)
    removed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model_ = EntriesModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(_EntryDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setAccessibleName("Files and their tables")
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.picked.emit(now.row()))
        theme.changed.connect(self.viewport().update)

    @property
    def row(self) -> int:
        """The row on show, or -1."""
        return self.currentIndex().row()

    def show_entries(self, entries: Sequence[Entry], row: int) -> None:
        """Show these entries, one of them chosen."""
        self.model_.show(entries)
        self.setCurrentIndex(self.model_.index(min(row, len(entries) - 1)))
        self.picked.emit(self.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.row >= 0:
            self.removed.emit(self.row)
        else:
            super().keyPressEvent(event)


class _EntryDelegate(QStyledItemDelegate):
    """The name above, what it is below, and the mark at the left, which tells by its shape as well as by its colour."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint(option, index).width(), round(scaled(_LINE_PX)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, colours = index.data(ENTRY), self._theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state  # type: ignore[attr-defined]  # missing in the stubs
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chosen if state & QStyle.StateFlag.State_Selected else colours.hover))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2.5, 1.5, -2.5, -1.5), 6, 6)
        paint_state(painter, entry.state, colours, QPointF(option.rect.left() + 17, option.rect.center().y() + 0.5))
        box = option.rect.adjusted(32, 6, -8, -6)
        left = Qt.AlignmentFlag.AlignLeft
        for text, face, colour, side in (
            (entry.name, font(bold=True), colours.text, Qt.AlignmentFlag.AlignTop),
            (entry.about, font(SMALL_PX), colours.bad if entry.problem else colours.quiet, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(face)
            painter.setPen(QColor(colour))
            painter.drawText(box, left | side, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, box.width()))
        painter.restore()


def paint_state(painter: QPainter, state: State, colours: Colours, at: QPointF) -> None:
    """A disc for ready, a ring for left out, a square for what lacks something, a cross for what cannot be read."""
    if state is State.READY:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.good))
        painter.drawEllipse(at, 4, 4)
    elif state is State.LEFT_OUT:
        painter.setPen(QPen(QColor(colours.quiet), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 3.5, 3.5)
    elif state is State.LACKING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.support))
        painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))
    else:
        painter.setPen(QPen(QColor(colours.bad), 2))
        painter.drawLine(at + QPointF(-3.5, -3.5), at + QPointF(3.5, 3.5))
        painter.drawLine(at + QPointF(-3.5, 3.5), at + QPointF(3.5, -3.5))
