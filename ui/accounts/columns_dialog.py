"""Chooses the columns of the list of accounts: a mark shows one, and those on show can be moved."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.accounts.columns import USUAL, Column
from ui.accounts.layout import NAME, order_of
from ui.widgets.parts import button, label

_KEY_ROLE = Qt.ItemDataRole.UserRole
_LINE_PX = 26


class ColumnsDialog(QDialog):
    """What is changed is seen in the list at once: `chosen` carries the keys of the columns on show, from the first to the last."""

    chosen = Signal(list)

    def __init__(self, columns: Sequence[Column], shown: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Columns")
        self.resize(380, 560)
        self._columns = {column.key: column for column in columns}
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a column")
        self.search.setAccessibleName("Find a column")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.list = QListWidget()
        self.list.setAccessibleName("Columns")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.list.model().rowsMoved.connect(lambda *_: self._tell())
        self.up = button("Move up", "", lambda: self.move_by(-1))
        self.up.setToolTip("Move the column towards the first (Ctrl+Up)")
        self.down = button("Move down", "", lambda: self.move_by(1))
        self.down.setToolTip("Move the column towards the last (Ctrl+Down)")
        moving = QHBoxLayout()
        moving.setSpacing(8)
        for each in (self.up, self.down, button("Usual columns", "", lambda: self._fill(USUAL, tell=True))):
            moving.addWidget(each)
        moving.addStretch(1)
        close = button("Close", "primary", self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Columns", "title"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(moving)
        layout.addLayout(row)
        self._fill(shown, tell=False)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = moves.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_by(step)
        elif step and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    @property
    def shown(self) -> list[str]:
        """The keys of the columns that are marked, from the first to the last."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(_KEY_ROLE) for item in items if item.checkState() is Qt.CheckState.Checked]

    def move_by(self, step: int) -> None:
        """Move the column the cursor is on up or down."""
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + step < self.list.count():
            return
        self.list.blockSignals(True)
        item = self.list.takeItem(row)
        self.list.insertItem(row + step, item)
        self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._tell()

    def _fill(self, shown: Sequence[str], *, tell: bool) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for key in order_of(list(self._columns), [key for key in shown if key in self._columns]):
            column = self._columns[key]
            item = QListWidgetItem(column.title)
            item.setData(_KEY_ROLE, key)
            item.setToolTip(column.section)
            item.setSizeHint(QSize(0, _LINE_PX))
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags if key == NAME else flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in shown or key == NAME else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._find(self.search.text())
        if tell:
            self._tell()

    def _find(self, text: str) -> None:
        """Show only the columns whose title or section has the text."""
        wanted = text.casefold().strip()
        for row in range(self.list.count()):
            column = self._columns[self.list.item(row).data(_KEY_ROLE)]
            self.list.setRowHidden(row, wanted not in f"{column.title} {column.section}".casefold())

    def _tell(self) -> None:
        self.chosen.emit(self.shown)
