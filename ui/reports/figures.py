"""Tables of texts and figures: figures stand right, a row may be greyed or marked, and what has no room is left out."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.style import SMALL_PX, Theme, font, scaled
from ui.widgets.text_table import Row, TextTableModel
from ui.widgets.with_type import fit_with_type

_ROW_PX = 30
_HEAD_PX = 20
"""Around the text of a header, as the style sheet has it."""
_MEASURED_ROWS = 60
"""From the first one in sight, for the width of a column."""


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

    def head(self, column: int, text: str) -> None:
        """Give a column another header."""
        self._headers = (*self._headers[:column], text, *self._headers[column + 1 :])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

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
    """A table of whole rows; columns with the width 0 share what room is left. Space, Enter and Del are told.

    Where there is not room for all, the columns in `spare` go, the first one first. One that is `snug` is no higher than its rows, and
    in one that `wraps` each row is as high as its delegates want it. In one that is `measured`, columns are as wide as what is in them, and
    the widths are only what they are at first.
    """

    space = Signal()
    enter = Signal()
    delete = Signal()

    def __init__(
        self,
        model: FigureModel,
        name: str,
        widths: Sequence[int],
        *,
        several: bool = False,
        least: int = 150,
        spare: Sequence[int] = (),
        snug: bool = False,
        wraps: bool = False,
        measured: bool = False,
    ) -> None:
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
        self.horizontalHeader().setHighlightSections(False)
        self._widths, self._least, self._spare, self._snug = tuple(widths), least, tuple(spare), snug
        self._wraps, self._measured = wraps, measured
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED_ROWS)
        fit_with_type(self, self._fit)
        model.modelReset.connect(self._fit)
        self.doubleClicked.connect(lambda _index: self.enter.emit())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give each column its width, as the type is, and leave out what has no room."""
        self.verticalHeader().setDefaultSectionSize(round(scaled(_ROW_PX)))
        least = {column: self._least_of(column, width) for column, width in enumerate(self._widths)}
        room, gone = self.viewport().width() - sum(least.values()), 0
        while room < 0 and gone < len(self._spare):
            room += least[self._spare[gone]]
            gone += 1
        for column in self._spare:
            self.setColumnHidden(column, column in self._spare[:gone])
        more = max(room, 0) // max(self._widths.count(0), 1)
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, least[column] if width else least[column] + more)
        self._fit_height()

    def _least_of(self, column: int, width: int) -> int:
        if self._measured and width and self.model().rowCount():
            head = str(self.model().headerData(column, Qt.Orientation.Horizontal))
            return max(self.sizeHintForColumn(column), QFontMetrics(font(SMALL_PX, bold=True)).horizontalAdvance(head) + _HEAD_PX) + 2
        return round(scaled(width or self._least))

    def _fit_height(self) -> None:
        if self._wraps:
            self.resizeRowsToContents()
        if self._snug:
            head = self.horizontalHeader().sizeHint().height()
            across = 0 if self.horizontalScrollBar().maximum() <= 0 else self.horizontalScrollBar().sizeHint().height()
            self.setMaximumHeight(head + self.verticalHeader().length() + across + 2)

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
