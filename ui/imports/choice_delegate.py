"""Cells that open a list to choose from."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui.imports.columns_model import HEADER, OPTIONS, QUIET, WRONG
from ui.style import Theme, font

_SHOWN_AT_ONCE = 18
_ARROW_PX = 24

Index = QModelIndex | QPersistentModelIndex


class ChoiceDelegate(QStyledItemDelegate):
    """Paints a small arrow where there is something to choose, quiet and wrong cells in their colours, and opens the list at once."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme
        table.setItemDelegate(self)
        table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed)
        table.clicked.connect(lambda index: table.edit(index) if index.data(OPTIONS) else None)
        theme.changed.connect(table.viewport().update)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        colours = self._theme.colours
        if index.column() == HEADER:
            option.font = font(bold=True)
        colour = colours.bad if index.data(WRONG) else colours.quiet if index.data(QUIET) else colours.text
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, QColor(colour))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        has_options = index.data(OPTIONS) is not None
        super().paint(painter, option, index)
        if not has_options:
            return
        paint_arrow(painter, QRectF(option.rect), self._theme)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 - Qt's name
        editor = ChoiceEditor(parent)
        editor.setAccessibleName(
            f"{index.siblingAtColumn(HEADER).data()}: {index.model().headerData(index.column(), Qt.Orientation.Horizontal)}"
        )
        for at, (value, text, tip) in enumerate(index.data(OPTIONS) or []):
            editor.addItem(text, value)
            editor.setItemData(at, tip, Qt.ItemDataRole.ToolTipRole)
        editor.chosen.connect(self._close)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        if isinstance(editor, ChoiceEditor):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802 - Qt's name
        if isinstance(editor, ChoiceEditor):
            model.setData(index, editor.currentData())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802 - Qt's name
        editor.setGeometry(option.rect)

    def _close(self, editor: QObject) -> None:
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


class ChoiceBox(QComboBox):
    """A box to choose from, with the same arrow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setMaxVisibleItems(_SHOWN_AT_ONCE)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        with QPainter(self) as painter:
            paint_arrow(painter, QRectF(self.rect()), self._theme)


def paint_arrow(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """A small arrow at the right of a box: here is something to choose."""
    middle = QPointF(box.right() - _ARROW_PX / 2, box.center().y() + 0.5)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.colours.quiet), 1.5))
    painter.drawPolyline([middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)])
    painter.restore()


class ChoiceEditor(QComboBox):
    """A list that is open as soon as it is there, and done when it closes; `chosen` carries the editor itself."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(_SHOWN_AT_ONCE)
        self._open = QTimer(self, singleShot=True, interval=0)
        self._open.timeout.connect(self.showPopup)
        self._open.start()
        # The list tells that it closes before it says what was chosen.
        self._done = QTimer(self, singleShot=True, interval=0)
        self._done.timeout.connect(lambda: self.chosen.emit(self))

    def hidePopup(self) -> None:  # noqa: N802 - Qt's name
        super().hidePopup()
        self._done.start()
