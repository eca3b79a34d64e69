"""Marks that would cover each other, moved a little apart."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ui.map.camera import Spot

_ROUNDS = 120
_ENOUGH_PX = 0.2
_TURN = math.pi * (3 - math.sqrt(5))
"""The golden angle: so many marks at one spot leave it in as many directions."""


@lru_cache(maxsize=64)
def spread(spots: tuple[Spot, ...], fixed: tuple[Spot, ...], scale: float, apart_px: float) -> tuple[Spot, ...]:
    """How far, in pixels, each mark has to stand from its spot so that none is nearer than `apart_px` to another or to a fixed one.

    Spots are in world positions, `scale` is the pixels the world is wide. A mark that is in nobody's way stays at its spot.
    """
    start = (np.array(spots) - spots[0]) * scale if spots else np.empty((0, 2))
    walls = (np.array(fixed) - spots[0]) * scale if spots and fixed else np.empty((0, 2))
    count = len(start)
    at = start.copy()
    nudge = np.arange(count) * _TURN
    sideways = np.column_stack((np.cos(nudge), np.sin(nudge)))
    for _ in range(_ROUNDS):
        pushed = _pushed(at, np.vstack((at, walls)), apart_px, sideways)
        if not len(pushed) or np.abs(pushed).max() < _ENOUGH_PX:
            break
        at += pushed
    return tuple((x, y) for x, y in (at - start).tolist())


def _pushed(at: NDArray[np.float64], others: NDArray[np.float64], apart_px: float, sideways: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where each is pushed by all the others on the mean: half the way by what moves itself, all of it by what does not."""
    count = len(at)
    away = at[:, None] - others[None]
    distance = np.hypot(away[..., 0], away[..., 1])
    too_near = np.clip(apart_px - distance, 0, None)
    too_near[np.arange(count), np.arange(count)] = 0
    direction = np.where(distance[..., None] > 1e-3, away / np.maximum(distance, 1e-3)[..., None], sideways[:, None])
    share = np.where(np.arange(len(others)) < count, 0.5, 1.0)
    crowd = np.maximum(1, (too_near > 0).sum(axis=1))
    pushed: NDArray[np.float64] = (direction * (too_near * share)[..., None]).sum(axis=1) / crowd[:, None]
    return pushed
