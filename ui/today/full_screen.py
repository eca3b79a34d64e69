"""Today alone on the screen: its page in large type, and the map where there is room."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from ui.workplace import Workplace

PANEL_PX = 780
"""What the page takes of the width in large type, where the map stands beside it."""


class Large(Protocol):
    """What can be in large type."""

    def enlarge(self, *, large: bool) -> None:
        """Be in large type, or not."""


class FullScreen(QObject):
    """Hides what is `around` the page, and gives all of it back; nothing of it is remembered."""

    def __init__(self, window: QMainWindow, workplace: Workplace, around: Sequence[QWidget], page: Callable[[], Large]) -> None:
        super().__init__(window)
        self._window = window
        self._workplace = workplace
        self._around = around
        self._page = page
        self._hidden: list[QWidget] = []
        self._before = Qt.WindowState.WindowNoState
        self.is_on = False
        window.installEventFilter(self)

    def toggle(self) -> None:
        """Go into it, or leave it."""
        if self.is_on:
            self.leave()
        else:
            self._enter()

    def _enter(self) -> None:
        self.is_on = True
        self._before = self._window.windowState()
        self._hidden = [each for each in self._around if not each.isHidden()]
        for each in self._hidden:
            each.hide()
        self._workplace.widen_left(PANEL_PX)
        self._page().enlarge(large=True)
        self._window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)

    def leave(self) -> None:
        """Be as before."""
        if not self.is_on:
            return
        self.is_on = False
        for each in self._hidden:
            each.show()
        self._page().enlarge(large=False)
        self._workplace.widen_left(None)
        self._window.setWindowState(self._before)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Escape leaves, where nothing else has a use for it."""
        if self.is_on and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        return False
