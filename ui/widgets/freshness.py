"""Panels are made anew only while somebody looks at them, and once for all the news of a moment."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class Freshness(QObject):
    """Calls `refresh` after `outdate`: at once when its widget comes into sight, else when the news of this moment have all arrived."""

    def __init__(self, widget: QWidget, refresh: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._refresh = refresh
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._freshen)
        widget.installEventFilter(self)

    def outdate(self, *_news: object) -> None:
        """What the widget shows is old; can be connected to any signal."""
        self._stale = True
        if self._widget.isVisible():
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show:
            self._freshen()
        return super().eventFilter(watched, event)

    def _freshen(self) -> None:
        if self._stale:
            self._stale = False
            self._refresh()
