"""The small card that a hint stands on."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.hints.table import Edge
from ui.widgets.parts import button, label

_WIDEST_PX, _MARGIN_PX, _ABOVE_FOOT_PX = 420, 12, 36
"""Above the foot of the map stand its scale bar and its source."""


class HintCard(QFrame):
    """Over an edge of the map; takes no focus by itself. A click on it, its button or Esc says that it was read: `read`."""

    read = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._view = view
        self._edge = Edge.BOTTOM
        self.text = label("", wrap=True)
        self.got_it = button("Got it", "link", self.read.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.got_it)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.read.emit)
        view.installEventFilter(self)
        self.hide()

    def tell(self, text: str, edge: Edge) -> None:
        """Stand at an edge of the map with a text, which is also said aloud."""
        self._edge = edge
        self.text.setText(text)
        self.setAccessibleName(f"Hint: {text}")
        self.got_it.setAccessibleName(f"Got it: {text}")
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"Hint: {text}"))

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.read.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._view and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.ensurePolished()
        one_line = self.text.fontMetrics().horizontalAdvance(self.text.text()) + self.got_it.sizeHint().width() + 42
        width = max(120, min(one_line, _WIDEST_PX, self._view.width() - 2 * _MARGIN_PX))
        layout = self.layout()
        assert layout is not None
        height = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
        self.resize(width, height)
        x, y = (self._view.width() - width) // 2, self._view.height() - height - _ABOVE_FOOT_PX
        if self._edge is Edge.TOP:
            y = _MARGIN_PX
        elif self._edge is Edge.BEGIN:
            turned = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            x, y = self._view.width() - width - _MARGIN_PX if turned else _MARGIN_PX, y - _ABOVE_FOOT_PX
        self.move(x, y)
