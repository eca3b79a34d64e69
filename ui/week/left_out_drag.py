"""Dragging an account from the list of those left out onto the board."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QListView, QWidget

from planner.model.week import LeftOut
from ui.style import Theme, font
from ui.week.left_out_model import LEFT_OUT
from ui.week.page import WeekPanel


class Carried(QWidget):
    """The title of what is carried, beside the pointer until the board takes over."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = ""
        self.setFont(font(11))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, text: str, there: QPointF) -> None:
        """Show a text beside a point of the screen, over everything in the window."""
        window = self.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.text = text
        self.resize(self.fontMetrics().horizontalAdvance(text) + 22, 24)
        self.move((window.mapFromGlobal(there) + QPointF(14, 12)).toPoint())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter, colours = QPainter(self), self._theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent), 1))
        painter.setBrush(QColor(colours.chosen))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(colours.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)


class LeftOutDrag(QObject):
    """Listens to the mouse on the list, and hands the drag to the board that is under the pointer; Enter adds where it takes least."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: tuple[LeftOut, QPointF] | None = None
        self._carried: LeftOut | None = None
        self._over: WeekPanel | None = None
        self.carried = Carried(theme, view)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._follow_mouse(event)
        if isinstance(event, QKeyEvent) and self._carried is not None and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.KeyPress:
                self._end()
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
                for panel in self._view.window().findChildren(WeekPanel):
                    panel.verbs.prepare(left.key, left.account_id)
        elif event.type() is QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            if self._pressed is not None and (at - self._pressed[1]).manhattanLength() >= QApplication.startDragDistance():
                self._carried, self._pressed = self._pressed[0], None
                self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._carried is not None:
                self._carry(self._carried, there)
            return True  # the list does not select along
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
            if self._carried is not None:
                self._let_go(self._carried, there)
                self._end()
                return True
        return False

    def _carry(self, left: LeftOut, there: QPointF) -> None:
        panel = _panel_at(self._view.window(), there)
        if panel is not self._over:
            if self._over is not None:
                self._over.drag.cancel()
            self._over = None
            if panel is not None and panel.verbs.board is not None:
                if not panel.drag.begin(left.key, left.account_id):  # it cannot be put in, and the board has said why
                    self._end()
                    return
                self._over = panel
        if self._over is not None:
            self._over.drag.over(self._over.board.viewport().mapFromGlobal(there))
        if self._over is None:
            self.carried.show_at(left.title, there)
        else:
            self.carried.hide()

    def _let_go(self, left: LeftOut, there: QPointF) -> None:
        panel = _panel_at(self._view.window(), there)
        if self._over is not None:
            self._over.drag.drop()
        elif panel is not None:
            panel.verbs.tries(left.key, left.account_id)  # says why not

    def _end(self) -> None:
        if self._over is not None:
            self._over.drag.cancel()
        self._carried = self._over = self._pressed = None
        self.carried.hide()
        self._view.viewport().unsetCursor()


def _panel_at(window: QWidget, there: QPointF) -> WeekPanel | None:
    """The board of a window that is under a point of the screen, if it shows a plan."""
    widget: QWidget | None = window.childAt(window.mapFromGlobal(there).toPoint())
    while widget is not None and not isinstance(widget, WeekPanel):
        widget = widget.parentWidget()
    return widget if widget is not None and widget.currentWidget() is widget.board else None
