"""The shortcut sheet, read from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ui.actions import ROWS
from ui.widgets.parts import label, pair, separator

BY_HAND = (
    ("On the board: the visit before or after, the day before or after", "Arrows"),
    ("On the board: open the visit's details", "Enter"),
    ("On the map: move, closer, farther", "Arrows, +, -"),
    ("On the map: show everything", "Home"),
)


class Shortcuts(QDialog):
    """Every key there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.setMinimumWidth(460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(4)
        layout.addWidget(label("Keyboard shortcuts", "title"))
        layout.addSpacing(6)
        for text, keys in (*((row.text, row.shortcut) for row in ROWS if row.shortcut), *BY_HAND):
            layout.addWidget(pair(text, keys, right_role="quiet"))
            layout.addWidget(separator())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
