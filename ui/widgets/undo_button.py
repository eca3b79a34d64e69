"""What Undo and Redo would do, in the menu and in the header."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QPushButton

from planner.usecases.undo import Steps
from ui.widgets.plain_tip import plain_tip

WIDEST_PX = 250


class UndoButton(QPushButton):
    """Follows the action Undo; its text is elided where there is no room for all of it."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(min(self._width_of(self._full), WIDEST_PX), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._width_of("Undo…"), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._elide()

    @property
    def _full(self) -> str:
        return self._action.text().replace("&&", "&")

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + self._room

    @property
    def _room(self) -> int:
        """What icon, padding and border take."""
        return 54

    def _follow(self) -> None:
        self.setIcon(self._action.icon())
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width() - self._room, 0) + 2)
        self.setText(shown.replace("&", "&&"))


def name_steps(actions: dict[str, QAction], steps: Steps) -> None:
    """Give the actions Undo and Redo the text of what they would do; they are off when there is nothing."""
    for name, verb, step in (("undo", "Undo", steps.undo), ("redo", "Redo", steps.redo)):
        action = actions[name]
        text = " ".join(f"{verb} {step}".split())
        action.setText(text.replace("&", "&&"))
        action.setToolTip(plain_tip(f"{text} ({action.shortcut().toString()})"))
        action.setEnabled(bool(step))
