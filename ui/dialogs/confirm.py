"""A question before something is removed: what, what it means, and a button that says what it does."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label

_WIDTH = 480


class Confirm(QDialog):
    """Runs something when its button is pressed; Esc and Cancel do nothing, and Cancel has the focus."""

    def __init__(self, title: str, text: str, action: str, run: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Roadbook")
        self.accepted.connect(run)
        self.yes = button(action, "primary", self.accept)
        self.no = button("Cancel", "", self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title", wrap=True))
        layout.addWidget(label(text, wrap=True))
        layout.addSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        layout.addLayout(row)
        self.no.setAutoDefault(True)
        self.no.setFocus()
        fit_height(self, _WIDTH)
