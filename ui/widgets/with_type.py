"""Sizes that go with the type: fitted at once, and whenever the type of a widget changes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.style import scaled


def fit_with_type(widget: QWidget, fit: Callable[[], None]) -> None:
    """Fit a widget to its type, now and whenever that changes."""
    _Watch(widget, fit)
    fit()


def keep_height(widget: QWidget, pixels: float) -> None:
    """Keep a widget so many pixels high with type as delivered, and higher with larger type."""
    fit_with_type(widget, lambda: widget.setFixedHeight(round(scaled(pixels))))


class _Watch(QObject):
    def __init__(self, widget: QWidget, fit: Callable[[], None]) -> None:
        super().__init__(widget)
        self._fit = fit
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()
        return False
