"""Small pieces: labels with a role, buttons, an empty state."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget


def label(text: str, role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label in plain text, so that a name with < or & in it is only a name; `role` is its look in the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another look."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Button(QPushButton):
    """A button that Enter presses too while it has the focus, in the window as in a dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, role: str = "", run: Callable[[], None] | None = None) -> QPushButton:
    """A button that runs something."""
    made = Button(text)
    made.setProperty("role", role)
    made.setAutoDefault(False)
    if run is not None:
        made.clicked.connect(lambda _checked=False: run())
    return made


def action_button(text: str, action: QAction, role: str = "primary") -> QPushButton:
    """A button that does what an action does, off with its reason when the action is."""
    made = button(text, role, action.trigger)
    made.setEnabled(action.isEnabled())
    made.setToolTip("" if action.isEnabled() else action.toolTip())
    return made


def progress_bar(name: str, width_px: int = 0) -> QProgressBar:
    """A bar of a thousand steps with no text in it; as wide as its room for a width of 0."""
    made = QProgressBar()
    made.setRange(0, 1000)
    made.setTextVisible(False)
    made.setAccessibleName(name)
    if width_px:
        made.setFixedWidth(width_px)
    return made


def separator() -> QFrame:
    """A faint line."""
    line = QFrame()
    line.setObjectName("separator")
    line.setFixedHeight(1)
    return line


def gap(pixels: int = 6) -> QWidget:
    """Room between two groups of lines."""
    made = QWidget()
    made.setFixedHeight(pixels)
    return made


def pair(left: str | QWidget, right: str, *, right_role: str = "") -> QWidget:
    """A line with a text on the left, which may wrap, or a widget of one line, and a figure right-aligned."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    beside = Qt.AlignmentFlag.AlignTop if isinstance(left, str) else Qt.AlignmentFlag.AlignVCenter
    if isinstance(left, str):
        left = label(left, wrap=True)
        left.setAlignment(Qt.AlignmentFlag.AlignLeft | beside)
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    figure = label(right, right_role)
    figure.setAlignment(Qt.AlignmentFlag.AlignRight | beside)
    layout.addWidget(left, 1)
    layout.addWidget(figure)
    return row


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; what was in it is out of sight at once, and gone in the next round of events."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()  # to leave its parent would more than double what this costs: Qt makes a window of it first
            widget.deleteLater()


class LinkLine(QPushButton):
    """A name that can be pressed, elided where there is no room for all of it."""

    def __init__(self, text: str, run: Callable[[], None]) -> None:
        super().__init__()
        self._full = text
        self.setProperty("role", "linkline")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: run())
        self._elide(10_000)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._elide(event.size().width() - 4)

    def _elide(self, width: int) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, width)
        # A name with & in it is no shortcut.
        self.setText(shown.replace("&", "&&"))


class EmptyState(QWidget):
    """What to say where nothing is yet: an icon, a title, one sentence, and the buttons to go on with."""

    def __init__(self, title: str, sentence: str, *buttons: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = label(title, "title", wrap=True)
        self.sentence = label(sentence, "quiet", wrap=True)
        for line in (self.title, self.sentence):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = self.column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.picture)
        column.addSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        if buttons:
            column.addSpacing(10)
        for each in buttons:
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(440)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 10)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(3)

    def set_icon(self, icon: QIcon) -> None:
        """Show an icon above the title."""
        self.picture.setPixmap(icon.pixmap(44, 44))
