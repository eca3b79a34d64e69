"""The second window on the same data: it only shows, and every action that would write says why it is off."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.actions import ROWS

BANNER = "Another Roadbook window has this data open. This one only shows it."
WHY = "Another Roadbook window has this data open, and this one only shows it. Make the change there."


def only_show(actions: dict[str, QAction], widgets: Iterable[QWidget]) -> None:
    """Switch the actions that write, and these widgets, off for good."""
    for row in ROWS:
        if row.writes:
            keep_off(actions[row.id])
    for widget in widgets:
        widget.setEnabled(False)
        widget.setToolTip(WHY)


def keep_off(action: QAction) -> None:
    """Switch an action off, and again whenever it is switched on."""

    def off() -> None:
        if action.isEnabled():
            action.setEnabled(False)
        if action.toolTip() != WHY:
            action.setToolTip(WHY)

    action.changed.connect(off)
    off()
