"""How well a colour is seen on another, after WCAG 2.1, which also says what is enough."""

from PySide6.QtGui import QColor

READABLE = 4.5
"""For text, 1.4.3 (AA)."""
VISIBLE = 3.0
"""For drawings that say something, 1.4.11 (AA)."""


def contrast(first: str | QColor, second: str | QColor) -> float:
    """The contrast ratio of two colours without any transparency, from 1 to 21."""
    high, low = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def laid_over(colour: str | QColor, ground: str | QColor) -> QColor:
    """What is seen of a colour that lets its ground through."""
    above, below = QColor(colour), QColor(ground)
    share = above.alphaF()
    parts = zip(above.getRgbF()[:3], below.getRgbF()[:3], strict=True)
    return QColor.fromRgbF(*(share * one + (1 - share) * other for one, other in parts))


def _luminance(colour: QColor) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
