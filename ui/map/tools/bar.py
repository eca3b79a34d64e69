"""A line at the foot of the map that says what a tool has found, with what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from ui.widgets.parts import button, clear, label
from ui.widgets.plain_tip import plain_tip

_ABOVE_EDGE_PX, _MARGIN_PX = 36, 10
_LEAST_TEXT_PX = 40
type Deed = tuple[str, Callable[[], None] | QMenu]
"""A button: its text, and what it does or the menu it opens."""


class MapBar(QFrame):
    """Stands in the middle of the map's lower edge while it says something. Escape in it is one on the map."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._view = view
        self._full = ""
        self.text: QLabel = label("", "week")
        self.buttons: list[QPushButton] = []
        self._offered: tuple[Deed, ...] = ()
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(10)
        layout.addWidget(self.text)
        layout.addLayout(self._row)
        view.installEventFilter(self)
        self.hide()

    def tell(self, text: str, deeds: Sequence[Deed] = ()) -> None:
        """Say something and offer what can be done; nothing at all without a text."""
        self._full = text
        if not text:
            self.hide()
            return
        self._offer(tuple(deeds))
        self.setAccessibleName(text)
        self._fit()
        self.show()
        self.raise_()

    def say(self, text: str) -> None:
        """Say something else, with the same to be done about it."""
        self._full = text
        self.setAccessibleName(text)
        self._fit()

    def _offer(self, deeds: tuple[Deed, ...]) -> None:
        if [name for name, _run in deeds] == [each.text() for each in self.buttons]:
            self._offered = deeds
            for each, (_name, run) in zip(self.buttons, deeds, strict=True):
                if isinstance(run, QMenu):
                    each.setMenu(run)
            return
        self._offered, self.buttons = deeds, []
        clear(self._row)
        for number, (name, run) in enumerate(deeds):
            made = button(name, "chip", None if isinstance(run, QMenu) else lambda number=number: self._do(number))
            if isinstance(run, QMenu):
                made.setMenu(run)
            self.buttons.append(made)
            self._row.addWidget(made)
            made.show()  # only what is shown counts when the bar is measured

    def _do(self, number: int) -> None:
        run = self._offered[number][1]
        if not isinstance(run, QMenu):
            run()

    def _fit(self) -> None:
        """Where there is little room the text gives way to the buttons: its last parts first, then what is left is elided."""
        room, parts = self._view.width() - 2 * _MARGIN_PX, self._full.split(" · ")
        for text in (" · ".join(parts[:kept]) for kept in range(len(parts), 0, -1)):
            self.text.setText(text)
            self.layout().activate()
            over = self.sizeHint().width() - room
            if over <= 0:
                break
        else:
            width = max(_LEAST_TEXT_PX, self.text.sizeHint().width() - over)
            self.text.setText(self.text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width))
            self.layout().activate()
        self.text.setToolTip("" if self.text.text() == self._full else plain_tip(self._full))
        self.resize(min(room, self.sizeHint().width()), self.sizeHint().height())
        self.move((self._view.width() - self.width()) // 2, self._view.height() - self.height() - _ABOVE_EDGE_PX)

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        event.ignore()  # the map is asked next: it knows what Escape ends
