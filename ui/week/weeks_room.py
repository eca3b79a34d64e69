"""Room for two weeks side by side: the panels beside the board give way to its days, and come back afterwards."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.style import scaled
from ui.week.board_layout import COLUMN_MIN_PX, GUTTER_PX

DAYS = 10
BESIDE_PX = 400
"""What the rail, the details and a scroll bar take beside the days."""
PutAside = Callable[[str, bool], None]
"""Hides a panel by its name, or shows it again."""


class WeeksRoom(QObject):
    """Puts the list aside while two weeks are on show, and the details too where the window is narrow."""

    def __init__(self, window: QWidget, put_aside: PutAside, *, two: bool) -> None:
        super().__init__(window)
        self._window, self._put_aside = window, put_aside
        self._two = False
        self._aside: frozenset[str] = frozenset()
        window.installEventFilter(self)
        self.follow(two)

    def follow(self, two: bool) -> None:
        """Two weeks are on show from now on, or one."""
        self._two = two
        self._fit()

    def _fit(self) -> None:
        narrow = self._window.width() < scaled(DAYS * COLUMN_MIN_PX + GUTTER_PX) + BESIDE_PX
        wanted = frozenset(("left", "details") if narrow else ("left",)) if self._two else frozenset[str]()
        for panel in wanted ^ self._aside:  # what she brings back meanwhile stays
            self._put_aside(panel, panel in wanted)
        self._aside = wanted

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False
