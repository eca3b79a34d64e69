"""Where a label could stand: the spots for it, best first."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from planner.values import Struct
from ui.map.camera import Camera
from ui.map.label_shapes import BANNER_HEIGHT, SHIELD_HEIGHT, Arrow, Box, CurvedLabel, Measure, PointLabel, Shield
from ui.map.label_styles import LineStyle, Network, PlaceStyle, Sign, TextStyle
from ui.map.labels import LineName, PlaceName
from ui.map.styling import width_at

GAP_PX = 3.0
_ASIDE = ((0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (1.0, -1.0), (-1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
_TOWNS, _WORTH_A_SECOND_TRY = 3, 8
_TOWN_GAPS_PX, _ASIDE_GAPS_PX = (4.0, 14.0, 26.0, 40.0), (4.0, 14.0)
"""How far aside of its point a name is tried."""
_STRAIGHT_ENOUGH = 0.85
_SIGN_ROAD_PX = 24.0
_ENDS_PX = 14.0
"""Room left free at the ends of a street."""
_SHIFTS_PX = np.array((0.0, 45.0, -45.0, 90.0, -90.0))
"""Where else along a line something is tried when its first spot is taken."""
_ALONG_PX = np.array((0.0, *(side * step for step in range(20, 180, 20) for side in (1, -1))), dtype=np.float64)
"""Where else a name is: all along the line, for accounts stand along streets as names do."""
_PROBES = np.array((-0.46, -0.23, 0.0, 0.23, 0.46))
"""Where along a name it is looked first whether there is room, as parts of its length."""
_ARROW_ROAD_PX = 5.5
"""A road narrower than this has no room for an arrow."""
_ARROW_EVERY_PX = 150.0


class Spread:
    """Where each text along a line has been put, so that it is not repeated too near."""

    def __init__(self) -> None:
        self._placed: dict[str | Sign, list[tuple[float, float]]] = defaultdict(list)

    def add(self, label: CurvedLabel | Shield | Arrow) -> None:
        """Remember where this stands."""
        if isinstance(label, Shield):
            self._placed[label.sign].append((label.x, label.y))
        elif isinstance(label, CurvedLabel):
            _, x, y, _ = label.glyphs[len(label.glyphs) // 2]
            self._placed[label.text].append((x, y))

    def is_clear(self, text: str | Sign, x: float, y: float, distance: float) -> bool:
        """Whether the same does not stand within this many pixels."""
        return all(math.hypot(x - px, y - py) >= distance for px, py in self._placed[text])


class AtPoint(Struct, frozen=True):
    """The name of a place: on its point, or aside of it when that is taken; the more it is worth, the further."""

    place: PlaceName
    style: PlaceStyle
    camera: Camera
    measure: Measure
    named: set[str]
    type_scale: float = 1.0

    @property
    def is_town(self) -> bool:
        """Whether the name may not be missing."""
        return self.style.priority <= _TOWNS

    def __call__(self) -> Iterator[PointLabel]:
        if self.place.text in self.named:
            return
        text = self.style.text
        rows = wrapped(self.place.text)
        x, y = self.camera.to_screen(self.place.x, self.place.y)
        half = max(self.measure(row, text) for row in rows) / 2 + GAP_PX
        tall = len(rows) * text.row_height * self.type_scale / 2 + 1
        for dx, dy, gap in self._tried():
            cx, cy = x + dx * (half + gap), y + dy * (tall + gap)
            yield PointLabel(rows, text, cx, cy, ((cx - half, cy - tall, cx + half, cy + tall),))

    def _tried(self) -> Iterator[tuple[float, float, float]]:
        """Directions from the point and how far, the best first."""
        yield 0.0, 0.0, 0.0
        if self.style.priority > _WORTH_A_SECOND_TRY:
            yield from ((dx, dy, 1.0) for dx, dy in _ASIDE[:2])
            return
        yield from ((dx, dy, gap) for gap in (_TOWN_GAPS_PX if self.is_town else _ASIDE_GAPS_PX) for dx, dy in _ASIDE)


def wrapped(text: str) -> tuple[str, ...]:
    """The text in one row, or in two of about the same length when it is long."""
    if len(text) <= 15 or " " not in text:
        return (text,)
    spaces = [index for index, letter in enumerate(text) if letter == " "]
    cut = min(spaces, key=lambda index: abs(index - len(text) / 2))
    return text[:cut], text[cut + 1 :]


class _Track:
    """A line on the screen, and places along it by distance."""

    def __init__(self, line: NDArray[np.float64], camera: Camera) -> None:
        points = camera.screen_array(line)
        steps = np.hypot(*np.diff(points, axis=0).T)
        keep = np.concatenate(([True], steps > 1e-6))
        self._points = points[keep]
        self._upto = np.concatenate(([0.0], np.cumsum(steps)))[keep]
        self.length = float(self._upto[-1])

    def at(self, distances: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels at these distances from the start, (n, 2)."""
        return np.column_stack([np.interp(distances, self._upto, self._points[:, axis]) for axis in (0, 1)])

    def middles(self, room: float, every: float, shifts: NDArray[np.float64] = _SHIFTS_PX) -> NDArray[np.float64]:
        """Distances to try something `room` long at, from the middle outwards, about `every` pixels, each with others beside it."""
        if self.length < room:
            return np.empty(0)
        count = max(1, int(self.length / max(every, room)))
        spots = (np.arange(count) + 0.5) * self.length / count
        spots = spots[np.argsort(np.abs(spots - self.length / 2), kind="stable")]
        tried: NDArray[np.float64] = (spots[:, None] + shifts).ravel()
        return np.compress((tried >= room / 2) & (tried <= self.length - room / 2), tried)


def _visible(track: _Track, spots: NDArray[np.float64], camera: Camera) -> Iterator[tuple[float, float, float]]:
    for spot, (x, y) in zip(spots.tolist(), track.at(spots).tolist(), strict=True):
        if 0 <= x <= camera.width and 0 <= y <= camera.height:
            yield spot, x, y


class AlongLine(Struct, frozen=True):
    """A name along a street or river, again and again where it is long."""

    name: LineName
    style: LineStyle
    camera: Camera
    measure: Measure
    spread: Spread
    is_free: Callable[[Sequence[Box]], bool]
    type_scale: float = 1.0

    def __call__(self) -> Iterator[CurvedLabel]:
        text, style = self.name.text, self.style.text_at(self.camera.zoom)
        if self.name.length * self.camera.scale < self.measure(text, style) + _ENDS_PX:
            return
        track = _Track(self.name.line, self.camera)
        advances = np.array([self.measure(letter, style) for letter in text])
        width = float(advances.sum())
        middles = track.middles(width + _ENDS_PX, 340, _ALONG_PX)
        probes = track.at((middles[:, None] + _PROBES * width).ravel()).reshape(-1, len(_PROBES), 2)
        for middle, looked_at in zip(middles.tolist(), probes.tolist(), strict=True):
            x, y = looked_at[len(_PROBES) // 2]
            seen = 0 <= x <= self.camera.width and 0 <= y <= self.camera.height
            if not seen or not self.spread.is_clear(text, x, y, max(260.0, width + 120)) or not self._has_room(looked_at):
                continue
            label = self._placed(track, style, advances, middle - width / 2)
            if label is not None:
                yield label

    def _has_room(self, looked_at: list[list[float]]) -> bool:
        """A quick look at a few spots along the name, before its letters are laid out."""
        return self.is_free([(x - 1, y - 1, x + 1, y + 1) for x, y in looked_at])

    def _placed(self, track: _Track, style: TextStyle, advances: NDArray[np.float64], start: float) -> CurvedLabel | None:
        ends = start + np.cumsum(advances)
        begins = ends - advances
        first, last = track.at(np.array([begins[0], ends[-1]]))
        if last[0] < first[0]:  # the line runs to the left: read it from its other end
            begins, ends = (begins[0] + ends[-1] - side for side in (begins, ends))
        if math.hypot(*(last - first)) < _STRAIGHT_ENOUGH * float(advances.sum()):
            return None
        lean = np.where(ends > begins, 4.0, -4.0)  # a little beyond the glyph, so that small kinks do not shake the letters
        span = track.at(ends + lean) - track.at(begins - lean)
        angles = np.unwrap(np.arctan2(span[:, 1], span[:, 0]))
        if np.ptp(angles) > 1.2 or (len(angles) > 1 and np.abs(np.diff(angles)).max() > 0.35):
            return None
        middles = track.at((begins + ends) / 2)
        glyphs = tuple(
            (letter, x, y, angle) for letter, (x, y), angle in zip(self.name.text, middles.tolist(), angles.tolist(), strict=True)
        )
        half = style.size_px * self.type_scale / 2 + 1.5
        boxes = tuple((x - half, y - half, x + half, y + half) for _, x, y, _ in glyphs)
        return CurvedLabel(self.name.text, style, glyphs, boxes)


class OnRoad(Struct, frozen=True):
    """The sign of a road's number, again and again along the road."""

    sign: Sign
    name: LineName
    camera: Camera
    measure: Measure
    spread: Spread
    type_scale: float = 1.0

    def __call__(self) -> Iterator[Shield]:
        if self.name.length * self.camera.scale < _SIGN_ROAD_PX:
            return
        track = _Track(self.name.line, self.camera)
        sign, high = self.sign, SHIELD_HEIGHT * self.type_scale
        width = max(high + 1, self.measure(sign.number, TextStyle.SIGN) + (11 if sign.network is Network.US else 9))
        broad = max(width, self.measure(sign.banner, TextStyle.BANNER) + 4 if sign.banner else 0)
        half, tall, over = broad / 2 + GAP_PX, high / 2 + GAP_PX, BANNER_HEIGHT * self.type_scale if sign.banner else 0
        for _, x, y in _visible(track, track.middles(_SIGN_ROAD_PX, 300), self.camera):
            if self.spread.is_clear(sign, x, y, 210):
                yield Shield(sign, x, y, width, ((x - half, y - tall - over, x + half, y + tall),))


class AlongTraffic(Struct, frozen=True):
    """Arrows on a one-way street, whose line runs the way the traffic does."""

    way: LineName
    camera: Camera

    def __call__(self) -> Iterator[Arrow]:
        width = width_at(self.way.kind, self.camera.zoom)
        length = min(18.0, 8.0 + 0.5 * width)
        room = 3.5 * length
        if width < _ARROW_ROAD_PX or self.way.length * self.camera.scale < room:
            return
        track = _Track(self.way.line, self.camera)
        reach = length / 2
        for spot, x, y in _visible(track, track.middles(room, _ARROW_EVERY_PX, shifts=_SHIFTS_PX[:1]), self.camera):
            (ax, ay), (bx, by) = track.at(np.array([spot - reach, spot + reach])).tolist()
            if math.hypot(bx - ax, by - ay) > 0.95 * length:
                yield Arrow(x, y, math.atan2(by - ay, bx - ax), length, ((x - reach, y - reach, x + reach, y + reach),))
