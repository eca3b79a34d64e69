"""Dragging an account from the list of those left out onto the board."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QListView

from ui.style import Theme
from ui.week.board_carrier import BoardCarrier, Carried
from ui.week.left_out_model import LEFT_OUT
from ui.week.page import WeekPanel

if TYPE_CHECKING:
    from planner.model.week import LeftOut


class LeftOutDrag(QObject):
    """Listens to the mouse on the list, and hands the drag to the board that is under the pointer; Enter adds where it takes least."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: tuple[LeftOut, QPointF] | None = None
        self._carrier = BoardCarrier(theme, view.viewport())
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    @property
    def carried(self) -> Carried:
        """What is shown beside the pointer."""
        return self._carrier.carried

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._follow_mouse(event)
        if isinstance(event, QKeyEvent) and self._carrier.is_carrying and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self._carrier.end()
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add()
            return True
        return False

    def _add(self) -> None:
        index = self._view.currentIndex()
        for panel in self._view.window().findChildren(WeekPanel) if index.isValid() else ():
            panel.verbs.add(index.data(LEFT_OUT))

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        at, there = event.position(), event.globalPosition()
        if event.type() is QEvent.Type.MouseButtonPress:
            index = self._view.indexAt(at.toPoint())
            left = index.data(LEFT_OUT) if index.isValid() and event.button() is Qt.MouseButton.LeftButton else None
            self._pressed = (left, at) if left is not None else None
            if left is not None:
                self._carrier.prepare(left.key, left.account_id)
        elif event.type() is QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            if self._pressed is not None and (at - self._pressed[1]).manhattanLength() >= QApplication.startDragDistance():
                left, self._pressed = self._pressed[0], None
                self._carrier.begin(left.key, left.account_id, left.title)
            self._carrier.carry(there)
            return True  # the list does not select along
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
            if self._carrier.is_carrying:
                self._carrier.let_go(there)
                return True
        return False
