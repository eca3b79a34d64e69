"""The field in the head of a list that keeps to what has a text in it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from ui.widgets.with_type import keep_height

PAUSE_MS = 120


class FilterField(QLineEdit):
    """`asked` carries the text a moment after the last key; lists that share one text put it into each other's field by `follow`."""

    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setPlaceholderText("Filter by name")
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (Ctrl+F)")
        self.setClearButtonEnabled(True)
        keep_height(self, 30)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.asked.emit(self.text()))
        self.textChanged.connect(self._pause.start)

    def follow(self, text: str) -> None:
        """Show the text that was asked for, here or elsewhere."""
        if text != self.text():
            self.setText(text)
            self._pause.stop()

    def take(self) -> None:
        """Be ready to type."""
        self.setFocus()
        self.selectAll()
