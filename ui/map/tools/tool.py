"""What a tool is: it is told what the hand does, and paints what it has made."""

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from ui.map.camera import Camera, Spot
from ui.map.palette import Palette
from ui.map.picture import Layer
from ui.map.view import MapView

REACH_PX = 9.0
"""A corner or pin within so many pixels of the cursor is meant."""


class Tool(QObject):
    """A way to use the mouse on the map. `free` in what it is told says that Alt is held: nothing snaps.

    `changed` tells that it made something else, and whether that is final or still under way.
    """

    changed = Signal(bool)

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self.view = view

    def clear(self) -> None:
        """Forget what was made."""

    def grip(self, at: QPointF, *, free: bool) -> bool:  # noqa: ARG002 - what a tool may be told
        """Take hold of what is under a pixel; False where there is nothing to hold, and a drag moves the map."""
        return False

    def drag(self, at: QPointF, *, free: bool) -> None:
        """Move what is held."""

    def drop(self) -> None:
        """Let go of what is held."""

    def let_be(self) -> None:
        """Put what is held back."""

    def click(self, at: QPointF, *, free: bool) -> None:
        """A click that held nothing."""

    def double_click(self, at: QPointF) -> None:
        """The second click of two on one spot."""

    def hover(self, at: QPointF | None, *, free: bool) -> None:
        """The cursor is over a pixel, or nowhere."""

    def key(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - what a tool may be told
        """A key was pressed; False when it means nothing here."""
        return False

    def escape(self) -> bool:
        """Undo what is under way; False when there is nothing, and the tool itself is left."""
        return False

    def paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        """Paint what was made."""

    def sketch(self) -> Layer | None:
        """What was made, without what is only for the hand, as it belongs into a picture; None for nothing."""
        return None

    def spot(self, at: QPointF) -> Spot:
        """The world position under a pixel."""
        return self.view.camera.to_world(at.x(), at.y())

    def middle(self) -> QPointF:
        """The pixel in the middle of the map, where keys put things."""
        return QPointF(self.view.width() / 2, self.view.height() / 2)

    def follow_key(self, event: QKeyEvent) -> QPointF | None:
        """How far an arrow key moves what is chosen, in pixels: one, or ten with Shift; None for other keys."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        step = steps.get(Qt.Key(event.key()))
        far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        return QPointF(step[0] * far, step[1] * far) if step else None
