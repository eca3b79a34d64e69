"""A list of lines, each with a quieter text at its right."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from ui.style import SMALL_PX, Theme, font

VALUE = Qt.ItemDataRole.UserRole
"""What a line stands for."""
_ASIDE = Qt.ItemDataRole.UserRole + 1
LINE_PX = 28
"""How high a line is."""


class Lines(QListWidget):
    """Lines that can be chosen; texts are plain."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_LineDelegate(self, theme))
        theme.changed.connect(self.viewport().update)

    def add(self, text: str, aside: str, value: object) -> QListWidgetItem:
        """Add a line."""
        item = QListWidgetItem(text)
        item.setData(VALUE, value)
        item.setData(_ASIDE, aside)
        item.setToolTip(f"{text}\n{aside}" if aside else text)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}, {aside}" if aside else text)
        self.addItem(item)
        return item

    @property
    def values(self) -> tuple[object, ...]:
        """What the lines stand for, in their order."""
        return tuple(self.item(row).data(VALUE) for row in range(self.count()))


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint(option, index).width(), LINE_PX)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        super().initStyleOption(option, index)
        colours = self._theme.colours
        option.palette.setColor(QPalette.ColorRole.Highlight, QColor(colours.chosen))
        option.palette.setColor(QPalette.ColorRole.HighlightedText, QColor(colours.text))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        if aside := index.data(_ASIDE):
            painter.save()
            painter.setFont(font(SMALL_PX))
            painter.setPen(QColor(self._theme.colours.quiet))
            box = option.rect.adjusted(8, 0, -8, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(aside))
            painter.restore()


class OnKey(QObject):
    """Runs something when a key is pressed in a widget, instead of what the widget would do."""

    def __init__(self, widget: QObject, key: Qt.Key, run: Callable[[], object]) -> None:
        super().__init__(widget)
        self._key = key
        self._run = run
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == self._key:
            self._run()
            return True
        return super().eventFilter(watched, event)
