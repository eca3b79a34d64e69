"""The buttons of the tools, one under another at the edge of the map."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QFrame, QToolButton, QWidget

SIDE_PX, ICON_PX, GAP_PX = 28, 18, 3
EDGE_PX, UNDER_NOTICE_PX = 10, 40
LOW_PX = 250
"""In a map lower than this the buttons stand side by side, so that they do not reach down to the scale."""


class ToolStrip(QFrame):
    """One button for each action, which is on while its tool is in use."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName("Map tools")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._view = parent
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(GAP_PX, GAP_PX, GAP_PX, GAP_PX)
        self._row.setSpacing(2)
        self.buttons = []
        for action in actions:
            button = QToolButton()
            button.setProperty("role", "rail")
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.setFixedSize(SIDE_PX, SIDE_PX)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text())
            self._row.addWidget(button)
            self.buttons.append(button)
        parent.installEventFilter(self)
        self._place()

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        low = self._view.height() < LOW_PX
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom)
        self._row.activate()
        self.resize(self._row.sizeHint())
        self.move(EDGE_PX, EDGE_PX if low else UNDER_NOTICE_PX)
