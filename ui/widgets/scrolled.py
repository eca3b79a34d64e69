"""What can be longer than its room, and scrolls then."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Scrolled(QScrollArea):
    """Something that scrolls up and down, and across too where `across` says so; `name` is how a screen reader calls it."""

    def __init__(self, inside: QWidget, name: str = "", *, across: bool = False) -> None:
        super().__init__()
        inside.setObjectName("scrolled")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        if not across:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)


class ScrolledLines(Scrolled):
    """Lines below one another, put into `lines`; `margins` are left, top, right and bottom."""

    def __init__(self, name: str, margins: tuple[int, int, int, int], spacing: int = 6, *, across: bool = False) -> None:
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(*margins)
        lines.setSpacing(spacing)
        super().__init__(inside, name, across=across)
        self.lines = lines
