"""The shortcut sheet, read from the table of actions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.actions import ROWS
from ui.widgets.parts import label, pair, separator

BY_HAND = (
    ("On the board: the visit before or after, the day before or after", "Arrows"),
    ("On the board: open the visit's details", "Enter"),
    ("On the board: earlier, later, to another day", "Alt+arrows"),
    ("On the board: lock the day, lock the time", "L, Shift+L"),
    ("On the board: take out of the plan", "Del"),
    ("On the board: swap two visits", "S, S"),
    ("On the board: menu of the day", "M"),
    ("On the board: higher, lower hours, as fits", "Ctrl++, Ctrl+−, Ctrl+0"),
    ("In the list: add where it takes least", "Enter"),
    ("In the search: next group, accounts near it", "Tab, Ctrl+Enter"),
    ("Today: arrived, done, skip, late, who is near, directions", "A D S L W R"),
    ("On the map: move, closer, farther", "Arrows, +, -"),
    ("On the map: show everything", "Home"),
    ("On the map: lasso", "Shift+drag"),
    ("From the map onto the board", "Ctrl+drag a pin"),
    ("On the map: card of the selected account, or a corner or point in the middle", "Space"),
    ("Menu of what is selected", "Shift+F10"),
)
_SIZE = (860, 600)


class Shortcuts(QDialog):
    """Every key there is, in two columns that scroll where the screen is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(*_SIZE)
        lines = [*((row.text, row.shortcut) for row in ROWS if row.shortcut), *BY_HAND]
        half = (len(lines) + 1) // 2
        inside = QWidget()
        inside.setObjectName("scrolled")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 10, 0)
        columns.setSpacing(32)
        for part in (lines[:half], lines[half:]):
            column = QVBoxLayout()
            column.setSpacing(4)
            for text, keys in part:
                column.addWidget(pair(text, keys, right_role="quiet"))
                column.addWidget(separator())
            column.addStretch(1)
            columns.addLayout(column, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName("Keyboard shortcuts")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label("Keyboard shortcuts", "title"))
        layout.addWidget(scroll, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
