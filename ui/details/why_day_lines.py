"""Why a visit is on its day, where that is told after the rest: unseen until then."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.parts import label


class WhyDayLines(QWidget):
    """A heading with the day of the visit, and what the other days would cost."""

    def __init__(self) -> None:
        super().__init__()
        self._heading, self._others = label("", "heading"), label("", "quiet", wrap=True)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 12, 0, 0)
        lines.setSpacing(6)
        lines.addWidget(self._heading)
        lines.addWidget(self._others)
        self.hide()

    def tell(self, day: str, others: str) -> None:
        """Say it, and be seen."""
        self._heading.setText(f"WHY {day}".upper())
        self._others.setText(others)
        self.show()
