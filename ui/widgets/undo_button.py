"""What Undo and Redo would do, in the menu and in the header."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from planner.usecases.undo import Steps
from ui.widgets.plain_tip import plain_tip

WIDEST_PX = 420


class UndoButton(QPushButton):
    """Follows the action Undo; its text is elided where there is little room, and only its icon is left where there is hardly any."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # a button's own policy would not let it shrink
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(min(self._width_of(self._full), WIDEST_PX), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._room, super().sizeHint().height())

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
        fits = self.width() >= self._width_of("Undo…")
        room = max(self.width() - self._room, 0) + 2
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room) if fits else ""
        self.setText(shown.replace("&", "&&"))


def name_steps(actions: dict[str, QAction], steps: Steps) -> None:
    """Give the actions Undo and Redo the text of what they would do; they are off when there is nothing."""
    for name, verb, step in (("undo", "Undo", steps.undo), ("redo", "Redo", steps.redo)):
        action = actions[name]
        text = " ".join(f"{verb} {_in_sentence(step)}".split())
        action.setText(text.replace("&", "&&"))
        action.setToolTip(plain_tip(f"{text} ({action.shortcut().toString()})" if step else f"There is nothing to {verb.lower()}."))
        action.setEnabled(bool(step))


def _in_sentence(step: str) -> str:
    """What was done as it reads after a verb: "add meals", but "CSV read again"."""
    return step[:1].lower() + step[1:] if step[1:2].islower() else step
