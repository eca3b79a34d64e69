"""How different two pictures look, not how different their bytes are.

Colours are compared in CIELAB (CIE 15:2004; sRGB and the D65 white by IEC 61966-2-1), where a distance of 2.3 is just noticeable (Mahy
et al., 1994). Each picture is softened a little and cut into small blocks, and each block may look for its like one pixel around it, by
half pixels, so that antialiasing, hinting and a shift of a pixel weigh little. What is left is averaged over the block, and the worst
block counts: a label that is gone is as bad in a large picture as in a small one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK_PX = 8
NOTICED = 3.5
"""A mean distance over a block that is a difference. A page moved by a pixel and hinted anew stays below 3.1, another word of four
letters has 4.6, a small line that is gone 8.5 (tests/screens/test_difference.py)."""
_RGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]], np.float32
)
_WHITE = np.array([0.95047, 1.0, 1.08883], np.float32)
_SHIFTS = (-1.0, -0.5, 0.0, 0.5, 1.0)

type Pixels = NDArray[np.uint8]
"""height x width x 3, sRGB."""
type Lab = NDArray[np.float32]


@dataclass(frozen=True)
class Difference:
    """The worst block's mean distance in CIELAB, its middle (x, y in pixels), the share of blocks that differ, and the distance of each."""

    worst: float
    at: tuple[int, int]
    share: float
    blocks: NDArray[np.float32]

    @property
    def is_noticed(self) -> bool:
        """Whether somebody would see it."""
        return self.worst > NOTICED


def compare(now: Pixels, approved: Pixels) -> Difference:
    """Compare two pictures; those of another size differ wholly."""
    if now.shape != approved.shape:
        return Difference(100.0, (0, 0), 1.0, np.full((1, 1), 100.0, np.float32))
    one, other = _softened(_lab(now)), _softened(_lab(approved))
    found = _judged(_means(_distance(one, other)))
    # Looking around takes far longer and can only find less: it is for pictures that are not alike anyway.
    return _judged(_nearest(one, other)) if found.is_noticed else found


def _lab(pixels: Pixels) -> Lab:
    scale = np.arange(256, dtype=np.float32) / 255
    linear = np.where(scale <= 0.04045, scale / 12.92, ((scale + 0.055) / 1.055) ** 2.4).astype(np.float32)
    xyz = linear[pixels] @ _RGB_TO_XYZ.T / _WHITE
    root = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    return np.stack((116 * y - 16, 500 * (x - y), 200 * (y - z)), axis=-1)


def _softened(lab: Lab) -> Lab:
    """The mean of 3 x 3 pixels, the middle ones counting twice in each direction."""
    for axis in (0, 1):
        before, after = np.roll(lab, 1, axis), np.roll(lab, -1, axis)
        lab = (before + 2 * lab + after) / 4
    return lab


def _distance(one: Lab, other: Lab) -> NDArray[np.float32]:
    return np.sqrt(((one - other) ** 2).sum(axis=-1))


def _nearest(one: Lab, other: Lab) -> NDArray[np.float32]:
    """The distances of the blocks, each to the likest one around its place in the other picture."""
    down = [_moved(other, shift, 0) for shift in _SHIFTS]
    return np.min([_means(_distance(one, _moved(each, shift, 1))) for each in down for shift in _SHIFTS], axis=0)


def _moved(lab: Lab, shift: float, axis: int) -> Lab:
    """A picture moved by up to a pixel along an axis; half a pixel is the mean of two."""
    if not shift:
        return lab
    whole = np.take(lab, np.clip(np.arange(lab.shape[axis]) - round(np.sign(shift)), 0, lab.shape[axis] - 1), axis=axis)
    return whole if abs(shift) == 1 else (lab + whole) / 2


def _judged(blocks: NDArray[np.float32]) -> Difference:
    row, column = np.unravel_index(int(blocks.argmax()), blocks.shape)
    at = (int(column) * BLOCK_PX + BLOCK_PX // 2, int(row) * BLOCK_PX + BLOCK_PX // 2)
    return Difference(float(blocks.max()), at, float((blocks > NOTICED).mean()), blocks)


def _means(distances: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = (-(-size // BLOCK_PX) * BLOCK_PX for size in distances.shape)
    whole = np.pad(distances, ((0, height - distances.shape[0]), (0, width - distances.shape[1])), mode="edge")
    return whole.reshape(height // BLOCK_PX, BLOCK_PX, width // BLOCK_PX, BLOCK_PX).mean(axis=(1, 3))
