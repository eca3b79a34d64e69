"""What letters are drawn with: pictures of two machines can only be compared where their letters are as wide and as high."""

import os
from pathlib import Path

CONFIG = Path(__file__).with_name("fonts.conf")
LETTERS = "Hamburgefonstiv 0123456789 – “Plan week” · 1,310 mi →"


def use_only_ours() -> None:
    """Draw with the family of fonts.conf alone; to be called before Qt begins. Only Linux heeds it."""
    os.environ["FONTCONFIG_FILE"] = str(CONFIG)


def fingerprint() -> str:
    """The family that is drawn with, and the widths and heights of its letters in the sizes of the window; needs an application."""
    from PySide6.QtGui import QFontInfo, QFontMetricsF

    from ui.style import SMALL_PX, TEXT_PX, TITLE_PX, font

    parts = [QFontInfo(font()).family()]
    for pixels in (SMALL_PX, TEXT_PX, TITLE_PX, 30):
        for bold in (False, True):
            measures = QFontMetricsF(font(pixels, bold=bold))
            parts.append(f"{measures.horizontalAdvance(LETTERS):.0f}x{measures.height():.0f}")
    return " ".join(parts)
