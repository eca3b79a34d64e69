"""Pictures as arrays, and as they are kept: half as large and in fewer colours, so that the whole set stays small."""

from pathlib import Path

import numpy as np
from difference import BLOCK_PX, NOTICED, Difference, Pixels
from PySide6.QtGui import QImage

APPROVED = Path(__file__).with_name("approved")
SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
DIFFERENCES = SCREENS / "differences"
FONTS = "fonts.txt"
STEP = 4
"""So many of the 256 shades of a colour become one."""


def load(file: Path) -> Pixels:
    """A picture from a file; raises OSError for one that cannot be read."""
    image = QImage(str(file))
    if image.isNull():
        raise OSError(f"{file} is no picture")
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def save(pixels: Pixels, file: Path) -> None:
    """Write a picture without loss; WebP takes half of what PNG takes."""
    height, width, _ = pixels.shape
    image = QImage(np.ascontiguousarray(pixels).data, width, height, 3 * width, QImage.Format.Format_RGB888)
    file.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(file), quality=100):
        raise OSError(f"{file} cannot be written")


def reduced(pixels: Pixels) -> Pixels:
    """Half as wide and high, each pixel the mean of four, in steps of STEP shades."""
    height, width = (size // 2 * 2 for size in pixels.shape[:2])
    fours = pixels[:height, :width].reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
    return np.minimum(np.round(fours / STEP) * STEP, 255).astype(np.uint8)


def approved_of(file: Path) -> Path:
    """Where the approved picture for one of the screens is kept."""
    return APPROVED / f"{file.stem}.webp"


def marked(now: Pixels, found: Difference) -> Pixels:
    """A picture pale, with what differs in red, the stronger the more."""
    strength = np.clip(found.blocks / (4 * NOTICED), 0, 1) * (found.blocks > NOTICED)
    large = np.repeat(np.repeat(strength, BLOCK_PX, axis=0), BLOCK_PX, axis=1)[: now.shape[0], : now.shape[1], None]
    if large.shape[:2] != now.shape[:2]:
        large = np.ones((*now.shape[:2], 1), np.float32)
    pale = 160 + now.astype(np.float32) * 0.37
    return (pale * (1 - 0.7 * large) + np.array([215, 20, 20]) * 0.7 * large).astype(np.uint8)
