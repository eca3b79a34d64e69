"""How keys and the wheel zoom the hours of the board."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

STEP = 1.25
NOTCH = 120.0
"""The wheel's own units in one of its notches."""
AS_FITS = 0.0


def zoom_of_keys(event: QKeyEvent) -> float | None:
    """How many times higher the hours get: Ctrl++, Ctrl+−; Ctrl+0 is `AS_FITS`; None for other keys."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
    if held != Qt.KeyboardModifier.ControlModifier:
        return None
    keys = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP, Qt.Key.Key_0: AS_FITS}
    return keys.get(Qt.Key(event.key()))


def zoom_of_wheel(event: QWheelEvent) -> float:
    """How many times higher the hours get: a step for a notch, and as smoothly as a touchpad turns."""
    return float(STEP ** (event.angleDelta().y() / NOTCH))
