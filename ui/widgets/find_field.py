"""The one field of the header: it looks like a field, and what is typed into it goes on in the search that opens over the window."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from ui.icons import icon
from ui.style import Theme
from ui.widgets.parts import label
from ui.widgets.with_type import keep_height

_WIDEST_PX = 270


class FindField(QPushButton):
    """A press opens the search by its action; `typed` carries the letter that was typed instead."""

    typed = Signal(str)

    def __init__(self, action: QAction, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "field")
        self.setAutoDefault(False)
        keep_height(self, 30)
        self.setMaximumWidth(_WIDEST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName("Search or do anything")
        self.setAccessibleDescription("Opens the search of accounts, addresses, actions, weeks, reps, pages and settings")
        self.setToolTip(action.toolTip())
        self.words = label("", "quiet")
        self.keys = label(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "), "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(31, 0, 10, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addStretch(1)
        layout.addWidget(self.keys)
        for part in (self.words, self.keys):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _checked=False: action.trigger())
        theme.changed.connect(self._tint)
        self._tint()
        self.show_words(roomy=True, narrow=False)

    def show_words(self, *, roomy: bool, narrow: bool) -> None:
        """Say all of it where there is room, and less where there is not."""
        self.words.setText("Search or do anything" if roomy else "Search")
        self.keys.setVisible(not narrow)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        layout = self.layout()
        return QSize(layout.minimumSize().width() if layout is not None else 0, self.minimumHeight())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        text = event.text()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.click()
        elif not held and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _tint(self) -> None:
        self.setIcon(icon("search", self._theme.colours.quiet))
