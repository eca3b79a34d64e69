"""Dragging an account from the map onto the board: with Ctrl, as a drag without it moves the map."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.context import AppContext
from ui.map.view import MapView
from ui.week.board_carrier import BoardCarrier


class MapDrag(QObject):
    """Plugs into the map; the pin under the pointer is what is picked up."""

    def __init__(self, context: AppContext, view: MapView) -> None:
        super().__init__(view)
        self._context = context
        self._pointed: int | None = None
        self._pressed: tuple[int, QPointF] | None = None
        self.carrier = BoardCarrier(context.theme, view)
        view.hovered.connect(self._point_at)
        view.installEventFilter(self)

    def _point_at(self, account_id: int | None) -> None:
        self._pointed = account_id

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QMouseEvent):
            return self._follow_mouse(event)
        if isinstance(event, QKeyEvent) and self.carrier.is_carrying and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self.carrier.end()
            event.accept()
            return True
        return False

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        at, there = event.position(), event.globalPosition()
        if event.type() is QEvent.Type.MouseButtonPress:
            wanted = event.button() is Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            self._pressed = (self._pointed, at) if wanted and self._pointed is not None else None
            if self._pressed is not None:
                self.carrier.prepare(_key(self._pressed[0]), self._pressed[0])
            return self._pressed is not None
        if event.type() is QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            if self._pressed is not None and (at - self._pressed[1]).manhattanLength() >= QApplication.startDragDistance():
                account_id, self._pressed = self._pressed[0], None
                account = self._context.desk.accounts.get(account_id)
                self.carrier.begin(_key(account_id), account_id, account.name if account else "")
            self.carrier.carry(there)
            return self.carrier.is_carrying or self._pressed is not None
        if event.type() is QEvent.Type.MouseButtonRelease:
            if self.carrier.is_carrying:
                self.carrier.let_go(there)
                return True
            if self._pressed is not None:  # a click, then
                self._context.desk.select(self._pressed[0])
                self._pressed = None
                return True
        return False


def _key(account_id: int) -> str:
    return f"account-{account_id}"
