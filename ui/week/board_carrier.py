"""Carrying an account to the board from elsewhere in the window: beside the pointer until it is over the board, which takes over then."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.style import Theme, font, scaled
from ui.week.page import WeekPanel


class Carried(QWidget):
    """The title of what is carried, beside the pointer until the board takes over."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, text: str, there: QPointF) -> None:
        """Show a text beside a point of the screen, over everything in the window."""
        window = self.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.text = text
        self.setFont(font(11))
        self.resize(self.fontMetrics().horizontalAdvance(text) + 22, round(scaled(24)))
        self.move((window.mapFromGlobal(there) + QPointF(14, 12)).toPoint())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._theme.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(QColor(colours.chosen))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(QColor(colours.text))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)


class BoardCarrier:
    """What a widget that accounts are dragged from does with the pointer: `begin`, `carry` at each step, `let_go` or `end`."""

    def __init__(self, theme: Theme, origin: QWidget) -> None:
        self._origin = origin
        self._what: tuple[str, int | None, str] | None = None
        self._over: WeekPanel | None = None
        self.carried = Carried(theme, origin)

    @property
    def is_carrying(self) -> bool:
        """Whether something is on its way."""
        return self._what is not None

    def prepare(self, key: str, account_id: int | None) -> None:
        """Get the boards of the window ready to take an account in."""
        for panel in self._origin.window().findChildren(WeekPanel):
            panel.verbs.prepare(key, account_id)

    def begin(self, key: str, account_id: int | None, title: str) -> None:
        """Pick an account up, by its key on the board."""
        self._what = (key, account_id, title)
        self._origin.setCursor(Qt.CursorShape.ClosedHandCursor)

    def carry(self, there: QPointF) -> None:
        """The pointer is at a point of the screen."""
        if self._what is None:
            return
        key, account_id, title = self._what
        panel = self._panel_at(there)
        if panel is not self._over:
            if self._over is not None:
                self._over.drag.cancel()
            self._over = None
            if panel is not None and panel.verbs.board is not None:
                if not panel.drag.begin(key, account_id):  # it cannot be put in, and the board has said why
                    self.end()
                    return
                self._over = panel
        if self._over is not None:
            self._over.drag.over(self._over.board.viewport().mapFromGlobal(there))
            self.carried.hide()
        else:
            self.carried.show_at(title, there)

    def let_go(self, there: QPointF) -> None:
        """Drop it at a point of the screen."""
        panel = self._panel_at(there)
        if self._what is not None and self._over is not None:
            self._over.drag.drop()
        elif self._what is not None and panel is not None:
            panel.verbs.tries(*self._what[:2])  # says why not
        self.end()

    def end(self) -> None:
        """Carry nothing any more."""
        if self._over is not None:
            self._over.drag.cancel()
        if self._what is not None:
            self._origin.unsetCursor()
        self._what = self._over = None
        self.carried.hide()

    def _panel_at(self, there: QPointF) -> WeekPanel | None:
        """The board of the window that is under a point of the screen, if it shows a plan."""
        window = self._origin.window()
        widget: QWidget | None = window.childAt(window.mapFromGlobal(there).toPoint())
        while widget is not None and not isinstance(widget, WeekPanel):
            widget = widget.parentWidget()
        return widget if widget is not None and widget.currentWidget() is widget.board else None
