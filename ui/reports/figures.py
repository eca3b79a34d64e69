"""Tables of texts and figures: figures stand right, a row may be greyed or marked."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.style import Theme, font
from ui.widgets.text_table import Row, TextTableModel


class FigureModel(TextTableModel):
    """Rows under their headers; the columns in `figures` are right-aligned, the rows in `marked` want something done, and say
    so in the column `mark`.
    """

    def __init__(
        self, headers: Sequence[str], figures: frozenset[int], theme: Theme, parent: QObject | None = None, *, mark: int = 0
    ) -> None:
        super().__init__(headers, theme, parent)
        self._mark = mark
        self._figures = figures
        self._marked: frozenset[int] = frozenset()
        self._strong: frozenset[int] = frozenset()

    def put(
        self, rows: Sequence[Row], *, quiet: frozenset[int] = frozenset(), marked: frozenset[int] = frozenset(), strong: int | None = None
    ) -> None:
        """Show other rows; `strong` is one of sums."""
        self._marked = marked
        self._strong = frozenset() if strong is None else frozenset({strong})
        self.show(rows, quiet)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section in self._figures:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid():
            if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._figures:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            if role == Qt.ItemDataRole.ForegroundRole and index.row() in self._marked and index.column() == self._mark:
                return QColor(self._theme.colours.support)
            if role == Qt.ItemDataRole.FontRole and index.row() in self._strong:
                return QFont(font(bold=True))
        return super().data(index, role)


class FigureTable(QTableView):
    """A table of whole rows; the column with the width 0 takes what room is left. Space, Enter and Del are told."""

    space = Signal()
    enter = Signal()
    delete = Signal()

    def __init__(self, model: FigureModel, name: str, widths: Sequence[int], *, several: bool = False, least: int = 150) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(30)
        self.horizontalHeader().setHighlightSections(False)
        self._widths, self._least = tuple(widths), least
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width or least)
        self.doubleClicked.connect(lambda _index: self.enter.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if 0 in self._widths:
            room = self.viewport().width() - sum(self._widths)
            self.setColumnWidth(self._widths.index(0), max(room, self._least))

    @property
    def row(self) -> int:
        """The row that is current, or -1."""
        return self.currentIndex().row()

    @property
    def rows(self) -> list[int]:
        """The rows that are selected, from above."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def pick(self, row: int) -> None:
        """Make a row the current one, the nearest there is."""
        last = self.model().rowCount() - 1
        if last >= 0:
            # Not setCurrentIndex, which toggles while somebody holds Ctrl down.
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.model().index(min(max(row, 0), last), 0), how)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        keys = {
            Qt.Key.Key_Space: self.space,
            Qt.Key.Key_Return: self.enter,
            Qt.Key.Key_Enter: self.enter,
            Qt.Key.Key_Delete: self.delete,
        }
        told = keys.get(Qt.Key(event.key()))
        if told is not None:
            told.emit()
        else:
            super().keyPressEvent(event)
