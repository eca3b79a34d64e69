"""The table of accounts: chooses several, folds groups, and finds a name that is typed, by mouse and by keyboard."""

import time

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ui.accounts.model import ACCOUNT, AccountsModel

MOST_RUNS = 400
"""A choice that a new order tears into more pieces than this is given up: choosing each would take too long."""
_Flag = QItemSelectionModel.SelectionFlag


class AccountsTable(QTableView):
    """`opened` carries the account that was double-clicked, `menu_wanted` the one whose menu is asked for and where on the screen."""

    opened = Signal(int)
    menu_wanted = Signal(int, QPoint)
    copy_wanted = Signal()

    def __init__(self, model: AccountsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accounts = model
        self._typed, self._typed_at = "", 0.0
        self.setModel(model)
        self.setObjectName("accounts")
        self.setAccessibleName("Accounts")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # A header that follows the selection asks every cell of 20,000 lines whether it can be selected.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())  # headings of groups stay in sight

    @property
    def chosen(self) -> list[int]:
        """The ids of the accounts that are chosen, from top to bottom."""
        parts = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())
        return [account_id for top, bottom in parts for account_id in self._accounts.ids_between(top, bottom)]

    def choose(self, account_ids: list[int]) -> bool:
        """Choose these accounts, as far as they are shown; says whether several are."""
        lines = self._accounts.lines_of(set(account_ids))
        starts = [at for at, line in enumerate(lines) if at == 0 or line != lines[at - 1] + 1]
        if len(lines) < 2 or len(starts) > MOST_RUNS:
            return False
        last, wanted = self._accounts.columnCount() - 1, QItemSelection()
        for begin, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            wanted.select(self._accounts.index(lines[begin], 0), self._accounts.index(lines[end - 1], last))
        self.selectionModel().select(wanted, _Flag.ClearAndSelect)
        return True

    def go_to(self, line: int, *, choose: bool = True) -> None:
        """Make a line the current one, and bring it into sight; it alone is chosen then, unless what is chosen stays."""
        column = self.currentIndex().column() if self.currentIndex().isValid() else ACCOUNT
        how = _Flag.ClearAndSelect | _Flag.Rows if choose else _Flag.NoUpdate
        self.selectionModel().setCurrentIndex(self._accounts.index(line, column), how)
        self.scrollTo(self._accounts.index(line, column))

    def fold(self, line: int, *, collapsed: bool) -> None:
        """Collapse the group that a line is in, or expand it; its heading is the current line then."""
        heading = self._accounts.heading_of(line)
        group = self._accounts.group_at(heading) if heading >= 0 else None
        if group is not None and self._accounts.is_collapsed(group) != collapsed:
            self._accounts.fold([group.title], collapsed=collapsed)
        if heading >= 0:
            self.go_to(heading, choose=False)

    def fold_all(self, *, collapsed: bool) -> None:
        """Collapse all groups, or expand them."""
        heading = self._accounts.heading_of(max(self.currentIndex().row(), 0)) if self._accounts.rowCount() else -1
        group = self._accounts.group_at(heading) if heading >= 0 else None
        self._accounts.fold([each.title for each in self._accounts.groups], collapsed=collapsed)
        lines = range(self._accounts.rowCount())
        found = next((line for line in lines if self._accounts.group_at(line) is group), -1) if group is not None else -1
        if found >= 0:
            self.go_to(found, choose=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and len(self.chosen) > 1:
            self.go_to(max(self.currentIndex().row(), 0))
        elif not (self._accounts.groups and self._fold_by_key(event)):
            super().keyPressEvent(event)

    def _fold_by_key(self, event: QKeyEvent) -> bool:
        """Fold groups by the arrows, + and -; says whether the key was one of these."""
        line, key = self.currentIndex().row(), event.key()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            key = {Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left}.get(Qt.Key(key), key)
        if line < 0 or (
            event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier) and key != Qt.Key.Key_Plus
        ):
            return False
        on_heading = self._accounts.group_at(line) is not None
        everything = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        collapse = key in {Qt.Key.Key_Left, Qt.Key.Key_Minus}
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus} or (key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and (on_heading or everything)):
            if everything:
                self.fold_all(collapsed=collapse)
            else:
                self.fold(line, collapsed=collapse)
            return True
        if key == Qt.Key.Key_Space and on_heading:
            self._turn(line)
            return True
        if key == Qt.Key.Key_Left and self.horizontalHeader().visualIndex(self.currentIndex().column()) == 0:
            self.go_to(self._accounts.heading_of(line), choose=False)
            return True
        return False

    def _turn(self, line: int) -> None:
        group = self._accounts.group_at(line)
        if group is not None:
            self.fold(line, collapsed=not self._accounts.is_collapsed(group))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and self._accounts.group_at(index.row()) is not None:
            self._turn(index.row())
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self._accounts.row_at(index.row()) if index.isValid() else None
        if row is not None:
            at = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.menu_wanted.emit(row.account.id, at)
        event.accept()

    def keyboardSearch(self, text: str) -> None:  # noqa: N802 - Qt's name
        # Qt would ask for the text of every cell of the column.
        now = time.monotonic()
        goes_on = now - self._typed_at < QApplication.keyboardInputInterval() / 1000
        self._typed, self._typed_at = self._typed + text if goes_on else text, now
        line = self._accounts.line_called(self._typed, max(self.currentIndex().row(), 0) + (not goes_on))
        if line >= 0:
            self.go_to(line)

    def _open(self, index: QModelIndex) -> None:
        row = self._accounts.row_at(index.row()) if index.isValid() else None
        if row is not None:
            self.opened.emit(row.account.id)
        elif index.isValid():
            self._turn(index.row())
