"""Street pattern of a town: lines that follow a field of directions, one family along it and one across.

After Chen et al., "Interactive procedural street modeling" (2008), and the evenly spaced streamlines of Jobard and Lefer (1997): the
field blends the grid of the old town, the bends of the river and the lie of the land, so that blocks are regular and yet no two are alike.
"""

import itertools
import math
from collections import deque
from collections.abc import Callable

import numpy as np

from planner.sample.contours import Lattice
from planner.sample.geometry import Buckets, Line, dot, length, resample, simplify, unit
from planner.sample.streets import SegmentIndex
from planner.values import Struct, field

_STEP = 18.0


class Grain(Struct, frozen=True):
    """One influence on the directions: at `centre`, `degrees` from east, fading over `reach` metres."""

    centre: complex
    degrees: float
    reach: float
    weight: float = 1.0


def directions(
    lattice: Lattice, grains: list[Grain], river: Line, twist: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> Callable[[complex], complex]:
    """A reader of the field: the unit vector along the streets at a point. `twist` turns it, in radians, at each lattice point."""
    points = lattice.points()
    doubled = np.zeros(points.shape, dtype=np.complex128)
    for grain in grains:
        fade = np.exp(-((np.abs(points - grain.centre) / grain.reach) ** 2))
        doubled += grain.weight * fade * np.exp(2j * math.radians(grain.degrees))
    if river:
        course = np.array(river)
        flow = np.gradient(course)
        reach = np.abs(points[..., None] - course[None, None, :])
        close = reach.argmin(axis=-1)
        doubled += 1.3 * np.exp(-((reach.min(axis=-1) / 330) ** 2)) * (flow[close] / np.abs(flow[close])) ** 2
    angle = np.angle(doubled) / 2 + twist
    read_x, read_y = lattice.lookup(np.cos(2 * angle)), lattice.lookup(np.sin(2 * angle))

    def direction(point: complex) -> complex:
        turn = math.atan2(read_y(point), read_x(point)) / 2
        return complex(math.cos(turn), math.sin(turn))

    return direction


class Weave(Struct):
    """Traces streets one after another, each keeping its distance from those before it.

    `direction` is the field, `spacing(point, across)` the metres wanted between parallel streets (0 where no streets belong),
    `blocked` tells where streets must not go. Lines with `across` run across the field.
    """

    direction: Callable[[complex], complex]
    spacing: Callable[[complex, bool], float]
    blocked: Callable[[complex], bool]
    lines: list[tuple[Line, bool]] = field(default_factory=list)
    _samples: dict[bool, Buckets[int]] = field(default_factory=lambda: {False: Buckets(150.0), True: Buckets(150.0)})

    def keep_clear_of(self, line: Line) -> None:
        """Count a road laid before as a street of whichever family it runs along."""
        for a, b in itertools.pairwise(line):
            for point in resample([a, b], _STEP)[:-1]:
                along = abs(dot(b - a, self.direction(point))) > 0.71 * abs(b - a)
                self._samples[not along].add(point, -1)

    def trace(self, seed: complex, across: bool, shortest: float = 120.0) -> Line | None:
        """Lay one street through the seed as far as it can go; None when there is no room for it."""
        if self._crowded(seed, across, 0.85):
            return None
        forward, backward = self._follow(seed, across, 1.0), self._follow(seed, across, -1.0)
        line = [*backward[:0:-1], *forward]
        if length(line) < shortest:
            return None
        for point in line[::2]:
            self._samples[across].add(point, len(self.lines))
        self.lines.append((line, across))
        return line

    def fill(self, shortest: float = 120.0) -> None:
        """Lay streets beside the ones there are until no room is left."""
        waiting = deque(self.lines)
        while waiting:
            line, across = waiting.popleft()
            for point in line[:: max(1, round(72 / _STEP))]:
                for family in (across, not across):
                    gap = self.spacing(point, family)
                    normal = self.direction(point) * (1 if family else 1j)
                    for seed in (point + normal * gap, point - normal * gap):
                        laid = self.trace(seed, family, shortest) if gap else None
                        if laid:
                            waiting.append((laid, family))

    def _crowded(self, point: complex, across: bool, share: float) -> bool:
        gap = self.spacing(point, across)
        return gap == 0 or self.blocked(point) or self._samples[across].any_near(point, gap * share)

    def _follow(self, seed: complex, across: bool, sense: float) -> Line:
        turn = sense * (1j if across else 1)
        line = [seed]
        before = self.direction(seed) * turn
        for k in range(400):
            here = line[-1]
            half = self._toward(here, turn, before)
            ahead = self._toward(here + half * _STEP / 2, turn, half)
            point = here + ahead * _STEP
            circles = k > 20 and abs(point - seed) < 60
            if circles or self._crowded(point, across, 0.55):
                break
            line.append(point)
            before = ahead
        return line

    def _toward(self, point: complex, turn: complex, before: complex) -> complex:
        vector = self.direction(point) * turn
        return vector if dot(vector, before) >= 0 else -vector


def tie_ends(lines: list[Line], others: list[Line], reach: float, blocked: Callable[[complex], bool]) -> list[Line]:
    """Lead each loose end straight on to the next street within `reach` metres, or cut it back to the last one it crossed.

    Where something is in the way ahead and no street was crossed within `reach` metres, the end stays a dead end.
    """
    index = SegmentIndex([*lines, *others])
    tied = []
    for line in lines:
        grown = line
        for _end in range(2):
            grown = _tie_end(grown[::-1], index, reach, blocked)
        grown = simplify(grown, 0.9)
        index.add(grown)
        tied.append(grown)
    return tied


def _tie_end(line: Line, index: SegmentIndex, reach: float, blocked: Callable[[complex], bool]) -> Line:
    own = frozenset(itertools.pairwise(line))
    back = 0.0
    for k in range(len(line) - 1, 0, -1):
        hit = index.first_hit(line[k], line[k - 1], own)
        if hit is not None:
            return [*line[:k], hit]
        back += abs(line[k] - line[k - 1])
        if back > reach * 0.45:
            break
    end = line[-1]
    hit = index.first_hit(end, end + unit(end - line[-2]) * reach, own)
    if hit is not None and not any(blocked(point) for point in resample([end, hit], 12)[1:-1]):
        return [*line, hit]
    return line
