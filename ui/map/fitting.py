"""Where the map has to look so that nothing that matters lies under what stands on it."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from planner.values import replace
from ui.map.camera import Camera
from ui.map.label_shapes import Box

_CLEAR_PX = 10.0
"""How far a spot has to be from a box."""
_LARGEST_SHARE = 0.45
"""No more than this of the map is kept free on one side."""

Insets = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


def fitted_clear(camera: Camera, world: NDArray[np.float64], padding_px: float, max_zoom: float, boxes: Sequence[Box]) -> Camera:
    """Showing all these positions, as near as can be with none of them under a box; where that cannot be, as few of them as can be."""
    plain = camera.fitted(world, padding_px, max_zoom)
    best, fewest = plain, covered(plain, world, boxes)
    for insets in _rooms(camera, boxes) if fewest else ():
        tried = _fitted_into(camera, world, padding_px, max_zoom, insets)
        hidden = covered(tried, world, boxes)
        if (hidden, -tried.zoom) < (fewest, -best.zoom) or (best is plain and hidden < fewest):
            best, fewest = tried, hidden
    return best


def covered(camera: Camera, world: NDArray[np.float64], boxes: Sequence[Box]) -> int:
    """How many of the positions lie under a box."""
    if not len(world):
        return 0
    x, y = camera.screen_array(world).T
    under = np.zeros(len(world), dtype=np.bool_)
    for left, top, right, bottom in boxes:
        under |= (x > left - _CLEAR_PX) & (x < right + _CLEAR_PX) & (y > top - _CLEAR_PX) & (y < bottom + _CLEAR_PX)
    return int(under.sum())


def _rooms(camera: Camera, boxes: Sequence[Box]) -> Iterator[Insets]:
    """What is left of the map when it gives way to the boxes at its top, right, left or bottom, or at several of them."""
    width, height = camera.width, camera.height
    tops = [bottom for _, _, _, bottom in boxes if bottom < height * _LARGEST_SHARE]
    rights = [width - left for left, _, _, _ in boxes if width - left < width * _LARGEST_SHARE]
    lefts = [right for left, _, right, bottom in boxes if right < width * _LARGEST_SHARE and bottom < height - 40]
    bottoms = [height - top for _, top, _, _ in boxes if height - top < height * _LARGEST_SHARE]
    top, right, left, bottom = (max(each, default=0.0) for each in (tops, rights, lefts, bottoms))
    yield 0.0, top, 0.0, 0.0
    yield 0.0, 0.0, right, 0.0
    yield left, 0.0, right, 0.0
    yield left, top, 0.0, 0.0
    yield 0.0, 0.0, 0.0, bottom
    yield 0.0, top, 0.0, bottom
    yield left, 0.0, right, bottom
    yield left, top, 0.0, bottom


def _fitted_into(camera: Camera, world: NDArray[np.float64], padding_px: float, max_zoom: float, insets: Insets) -> Camera:
    left, top, right, bottom = insets
    inner = camera.resized(camera.width - left - right, camera.height - top - bottom).fitted(world, padding_px, max_zoom)
    whole = replace(inner, width=camera.width, height=camera.height)
    return whole.panned((left - right) / 2, (top - bottom) / 2)
