"""A text on one line, elided where there is no room for all of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.widgets.plain_tip import plain_tip


class OneLine(QLabel):
    """A label that gives way to what stands beside it; what is cut off stands in its tool tip, and `text` has all of it.

    `short` says the same in fewer letters, where the whole has no room.
    """

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def shown(self) -> str:
        """What there is room for."""
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        text = self.short if self.short and metrics.horizontalAdvance(self.text()) > room else self.text()
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        alignment = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter, self.contentsRect(), int(alignment), self.palette(), self.isEnabled(), self.shown, self.foregroundRole()
            )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.setToolTip(plain_tip(self.text()) if self.shown != self.text() else "")
