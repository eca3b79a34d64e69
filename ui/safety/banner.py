"""A bar across the window for what stays true of the data: that it is only shown, or, in red, that something is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.icons import icon
from ui.safety.read_only import BANNER
from ui.style import Theme
from ui.widgets.parts import button, label

_ICON_PX = 18


class SafetyBanner(QFrame):
    """Hidden while all is well; one alarm takes the place of another. `alarmed` carries the one on show, "" for none."""

    alarmed = Signal(str)

    def __init__(self, backups: QAction, theme: Theme, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("alarm", "no" if read_only else "yes")
        self._read_only, self._theme = read_only, theme
        self.alarm = ""
        self.icon = QLabel()
        self.text = label(BANNER if read_only else "", wrap=True, selectable=True)
        self.button = button("Backups and safety…", "", backups.trigger)
        if read_only:
            self.icon.hide()
            self.button.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.setSpacing(10)
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.button)
        layout.addWidget(self.text, 1)
        self.setVisible(read_only)
        theme.changed.connect(self._tint)
        self._tint()

    def tell(self, alarm: str) -> None:
        """Show what is wrong, or hide for an empty text; a window that only shows goes on saying that."""
        if not self._read_only:
            self.alarm = alarm
            self.text.setText(alarm)
            self.setVisible(bool(alarm))
            self.alarmed.emit(alarm)

    def _tint(self) -> None:
        self.icon.setPixmap(icon("warning", self._theme.colours.bad).pixmap(_ICON_PX, _ICON_PX))
