"""The rail: one button a page."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.options import PAGES
from ui.style import SMALL_PX, font
from ui.widgets.with_type import fit_with_type, keep_height

_NARROWEST_PX = 68
_ASIDE_PX = 4
_BESIDE_TEXT_PX = 2 * _ASIDE_PX + 3
"""What the rail takes beside its longest text: the room around a button, its border, and the line at its own edge."""


class Rail(QFrame):
    """Buttons for the pages, Settings at the foot; the one on show is marked. As wide as its longest text wants, whichever is marked."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_ASIDE_PX, 8, _ASIDE_PX, 8)
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
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the rail says how wide it is
            keep_height(button, 52)
            layout.addWidget(button)
            self.buttons[page] = button
        fit_with_type(self, self._fit)

    def show_page(self, page: str) -> None:
        """Mark the page on show."""
        for name, button in self.buttons.items():
            button.defaultAction().setChecked(name == page)

    def _fit(self) -> None:
        marked = QFontMetrics(font(SMALL_PX, bold=True))
        longest_px = max(marked.horizontalAdvance(button.text()) for button in self.buttons.values())
        self.setFixedWidth(max(_NARROWEST_PX, longest_px + _BESIDE_TEXT_PX))
