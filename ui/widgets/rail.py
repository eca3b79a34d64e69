"""The rail: one button a page."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.options import PAGES


class Rail(QFrame):
    """Buttons for the pages, Settings at the foot; the one on show is marked."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setMinimumWidth(68)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 8, 4, 8)
        layout.setSpacing(4)
        self.buttons: dict[str, QToolButton] = {}
        for page in PAGES:
            if page == "settings":
                layout.addStretch(1)
            button = QToolButton()
            action = actions[f"page-{page}"]
            action.setCheckable(True)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(20, 20))
            button.setProperty("role", "rail")
            button.setAccessibleName(f"{action.text()} page")
            button.ensurePolished()  # its font is known only then
            button.setFixedHeight(52)
            button.setMinimumWidth(max(59, button.fontMetrics().horizontalAdvance(action.text()) + 6))
            layout.addWidget(button)
            self.buttons[page] = button

    def show_page(self, page: str) -> None:
        """Mark the page on show."""
        for name, button in self.buttons.items():
            button.defaultAction().setChecked(name == page)
