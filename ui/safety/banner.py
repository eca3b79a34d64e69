"""A calm bar across the window for what stays true of the data: that it is only shown, or that something is wrong with it."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.safety.read_only import BANNER
from ui.widgets.parts import button, label


class SafetyBanner(QFrame):
    """Hidden while all is well; one alarm takes the place of another."""

    def __init__(self, backups: QAction, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._read_only = read_only
        self.text = label(BANNER if read_only else "", wrap=True, selectable=True)
        self.button = button("Backups and safety…", "link", backups.trigger)
        self.button.setVisible(not read_only)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        self.setVisible(read_only)

    def tell(self, alarm: str) -> None:
        """Show what is wrong, or hide for an empty text; a window that only shows goes on saying that."""
        if not self._read_only:
            self.text.setText(alarm)
            self.setVisible(bool(alarm))
