"""Which names are shown, and where: the important first, and none over another."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.map.camera import Camera
from ui.map.label_styles import LINES, PLACES, SHIELD_FROM, LineStyle, Network, PlaceStyle, TextStyle, shield_of
from ui.map.labels import LineName, PlaceName, TileNames

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
Measure = Callable[[str, TextStyle], float]
"""Width of a text in pixels."""

_CELL = 64
_GAP = 3.0
SHIELD_HEIGHT = 17.0
_ASIDE = ((0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0))
_WORTH_A_SECOND_TRY = 8
_STRAIGHT_ENOUGH = 0.85
_SIGN_ROAD_PX = 24.0
_ENDS_PX = 14.0
"""Room left free at the ends of a street."""
_SHIFTS_PX = np.array((0.0, 45.0, -45.0, 90.0, -90.0))
"""Where else along a line something is tried when its first spot is taken."""


@dataclass(frozen=True, slots=True)
class PointLabel:
    """Text in one or two rows around a point."""

    rows: tuple[str, ...]
    style: TextStyle
    x: float
    y: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class CurvedLabel:
    """Text along a line: (character, x, y, angle in radians) for each glyph's middle on the baseline's line."""

    text: str
    style: TextStyle
    glyphs: tuple[tuple[str, float, float, float], ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Shield:
    """A road number on its sign, middle at (x, y)."""

    text: str
    network: Network
    x: float
    y: float
    width: float
    boxes: tuple[Box, ...]


Label = PointLabel | CurvedLabel | Shield


class Occupied:
    """Boxes taken so far, in a grid, so that asking does not slow down as they become many."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self._add(box)

    def is_free(self, boxes: Sequence[Box]) -> bool:
        """Whether none of the boxes overlaps what is taken."""
        return not any(self._hits(box) for box in boxes)

    def take(self, boxes: Sequence[Box]) -> bool:
        """Take all the boxes, unless one of them overlaps what is taken: then none, and False."""
        if not self.is_free(boxes):
            return False
        for box in boxes:
            self._add(box)
        return True

    def _hits(self, box: Box) -> bool:
        left, top, right, bottom = box
        return any(
            left < r and right > x and top < b and bottom > y
            for cell in _cells(box)
            if cell in self._cells
            for x, y, r, b in self._cells[cell]
        )

    def _add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells[cell].append(box)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (math.floor(side / _CELL) for side in box)
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def lay_out(
    tiles: Iterable[TileNames], camera: Camera, measure: Measure, obstacles: Iterable[Box] = (), marks: Iterable[Box] = ()
) -> list[Label]:
    """Labels that fit into the camera's picture beside each other and beside the obstacles.

    Streets and road numbers keep clear of the marks too; the names of places may stand over them.
    """
    occupied, marked = Occupied(obstacles), Occupied(marks)
    named: set[str] = set()
    spread = _Spread()
    found: list[Label] = []
    work = sorted(_work(tiles, camera, measure, named, spread), key=lambda job: job.rank)
    for job in work:
        for label in job.labels():
            if not _inside(label, camera):
                continue
            if isinstance(label, PointLabel):
                if occupied.take(label.boxes):
                    found.append(label)
                    named.add(" ".join(label.rows))
                    break
            elif marked.is_free(label.boxes) and occupied.take(label.boxes):
                found.append(label)
                spread.add(label)
    return found


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to put into words; the lowest rank goes first. `labels` offers places for it, best first, while they are still free."""

    rank: tuple[int, int, str]
    labels: Callable[[], Iterator[Label]]


def _work(tiles: Iterable[TileNames], camera: Camera, measure: Measure, named: set[str], spread: "_Spread") -> Iterator[_Job]:
    for tile in tiles:
        for place in tile.places:
            style = PLACES.get(place.kind)
            if style and max(style.from_zoom, place.from_zoom) <= camera.zoom < style.to_zoom:
                yield _Job((style.priority, -place.population, place.text), _Point(place, style, camera, measure, named))
        for name in tile.lines:
            along = LINES[name.kind]
            if not _touches(name, camera):
                continue
            if name.refs and camera.zoom >= SHIELD_FROM.get(name.kind, 99):
                yield _Job((along.shield_priority, 0, name.refs[0]), _Signs(name, camera, measure, spread))
            if name.text and camera.zoom >= along.from_zoom:
                yield _Job((along.priority, -len(name.line), name.text), _Along(name, along, camera, measure, spread))


def _touches(name: LineName, camera: Camera) -> bool:
    left, top, right, bottom = name.box
    (near_x, near_y), (far_x, far_y) = camera.to_world(0, 0), camera.to_world(camera.width, camera.height)
    return left < far_x and right > near_x and top < far_y and bottom > near_y


class _Spread:
    """Where each text along a line has been put, so that it is not repeated too near."""

    def __init__(self) -> None:
        self._placed: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def add(self, label: CurvedLabel | Shield) -> None:
        self._placed[label.text].append(_middle(label))

    def is_clear(self, text: str, x: float, y: float, distance: float) -> bool:
        return all(math.hypot(x - px, y - py) >= distance for px, py in self._placed[text])


def _middle(label: CurvedLabel | Shield) -> tuple[float, float]:
    if isinstance(label, Shield):
        return label.x, label.y
    _, x, y, _ = label.glyphs[len(label.glyphs) // 2]
    return x, y


def _inside(label: Label, camera: Camera) -> bool:
    return all(left >= 0 and top >= 0 and right <= camera.width and bottom <= camera.height for left, top, right, bottom in label.boxes)


@dataclass(frozen=True, slots=True)
class _Point:
    place: PlaceName
    style: PlaceStyle
    camera: Camera
    measure: Measure
    named: set[str]

    def __call__(self) -> Iterator[PointLabel]:
        if self.place.text in self.named:
            return
        text = self.style.text
        rows = wrapped(self.place.text)
        x, y = self.camera.to_screen(self.place.x, self.place.y)
        half = max(self.measure(row, text) for row in rows) / 2 + _GAP
        tall = len(rows) * text.row_height / 2 + 1
        for dx, dy in ((0.0, 0.0), *_ASIDE) if self.style.priority <= _WORTH_A_SECOND_TRY else ((0.0, 0.0),):
            cx, cy = x + dx * (half + 14), y + dy * (tall + 14)
            yield PointLabel(rows, text, cx, cy, ((cx - half, cy - tall, cx + half, cy + tall),))


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

    def middles(self, room: float, every: float) -> NDArray[np.float64]:
        """Distances to try something `room` long at, from the middle outwards, about `every` pixels, each with others beside it."""
        if self.length < room:
            return np.empty(0)
        count = max(1, int(self.length / max(every, room)))
        spots = (np.arange(count) + 0.5) * self.length / count
        spots = spots[np.argsort(np.abs(spots - self.length / 2), kind="stable")]
        tried: NDArray[np.float64] = (spots[:, None] + _SHIFTS_PX).ravel()
        return np.compress((tried >= room / 2) & (tried <= self.length - room / 2), tried)


def _visible(track: _Track, spots: NDArray[np.float64], camera: Camera) -> Iterator[tuple[float, float, float]]:
    for spot, (x, y) in zip(spots.tolist(), track.at(spots).tolist(), strict=True):
        if 0 <= x <= camera.width and 0 <= y <= camera.height:
            yield spot, x, y


@dataclass(frozen=True, slots=True)
class _Along:
    name: LineName
    style: LineStyle
    camera: Camera
    measure: Measure
    spread: _Spread

    def __call__(self) -> Iterator[CurvedLabel]:
        text, style = self.name.text, self.style.text_at(self.camera.zoom)
        if self.name.length * self.camera.scale < self.measure(text, style) + _ENDS_PX:
            return
        track = _Track(self.name.line, self.camera)
        advances = np.array([self.measure(letter, style) for letter in text])
        width = float(advances.sum())
        for middle, x, y in _visible(track, track.middles(width + _ENDS_PX, 340), self.camera):
            if not self.spread.is_clear(text, x, y, max(260.0, width + 120)):
                continue
            label = self._placed(track, style, advances, middle - width / 2)
            if label is not None:
                yield label

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
        half = style.size_px / 2 + 1.5
        boxes = tuple((x - half, y - half, x + half, y + half) for _, x, y, _ in glyphs)
        return CurvedLabel(self.name.text, style, glyphs, boxes)


@dataclass(frozen=True, slots=True)
class _Signs:
    name: LineName
    camera: Camera
    measure: Measure
    spread: _Spread

    def __call__(self) -> Iterator[Shield]:
        sign = next(filter(None, map(shield_of, self.name.refs)), None)
        if sign is None or self.name.length * self.camera.scale < _SIGN_ROAD_PX:
            return
        track = _Track(self.name.line, self.camera)
        text, network = sign
        width = max(SHIELD_HEIGHT + 1, self.measure(text, TextStyle.SIGN) + (11 if network is Network.US else 9))
        for _, x, y in _visible(track, track.middles(_SIGN_ROAD_PX, 300), self.camera):
            if self.spread.is_clear(text, x, y, 210):
                half, tall = width / 2 + _GAP, SHIELD_HEIGHT / 2 + _GAP
                yield Shield(text, network, x, y, width, ((x - half, y - tall, x + half, y + tall),))
