"""Which names are shown, and where: the important first, and none over another."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.map.camera import Camera
from ui.map.labels import LineName, PlaceName, TileNames
from ui.map.label_styles import LINES, PLACES, SHIELD_FROM, LineStyle, Network, PlaceStyle, TextStyle, shield_of

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
Measure = Callable[[str, TextStyle], float]
"""Width of a text in pixels."""

_CELL = 64
_GAP = 3.0
SHIELD_HEIGHT = 17.0


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

    def take(self, boxes: Sequence[Box]) -> bool:
        """Take all the boxes, unless one of them overlaps what is taken: then none, and False."""
        if any(self._hits(box) for box in boxes):
            return False
        for box in boxes:
            self._add(box)
        return True

    def _hits(self, box: Box) -> bool:
        left, top, right, bottom = box
        return any(
            left < r and right > x and top < b and bottom > y for cell in _cells(box) if cell in self._cells for x, y, r, b in self._cells[cell]
        )

    def _add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells[cell].append(box)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (math.floor(side / _CELL) for side in box)
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def lay_out(tiles: Iterable[TileNames], camera: Camera, measure: Measure, obstacles: Iterable[Box] = ()) -> list[Label]:
    """Labels that fit into the camera's picture beside each other and beside the obstacles."""
    tiles = list(tiles)
    occupied = Occupied(obstacles)
    named: set[str] = set()
    spread = _Spread()
    found: list[Label] = []
    lines = [(LINES[name.kind], name) for tile in tiles for name in tile.lines if name.kind in LINES]
    places = [(PLACES[name.kind], name) for tile in tiles for name in tile.places if name.kind in PLACES]
    work: list[tuple[int, int, str, Callable[[], Iterator[Label]]]] = []
    for style, place in places:
        if max(style.from_zoom, place.from_zoom) <= camera.zoom < style.to_zoom:
            work.append((style.priority, -place.population, place.text, _Point(place, style, camera, measure, named)))
    for along, line in lines:
        if line.refs and camera.zoom >= SHIELD_FROM.get(line.kind, 99):
            work.append((along.shield_priority, 0, line.refs[0], _Signs(line, camera, measure, spread)))
        if line.text and camera.zoom >= along.from_zoom:
            work.append((along.priority, -len(line.line), line.text, _Along(line, along, camera, measure, spread)))
    for _, _, _, labels in sorted(work, key=lambda item: item[:3]):
        for label in labels():
            if _inside(label, camera) and occupied.take(label.boxes):
                found.append(label)
                if isinstance(label, PointLabel):
                    named.add(" ".join(label.rows))
                else:
                    spread.add(label)
    return found


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
        yield PointLabel(rows, text, x, y, ((x - half, y - tall, x + half, y + tall),))


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
        """Distances to put something `room` long at, from the middle outwards, about `every` pixels."""
        if self.length < room:
            return np.empty(0)
        count = max(1, int(self.length / max(every, room)))
        spots = (np.arange(count) + 0.5) * self.length / count
        return spots[np.argsort(np.abs(spots - self.length / 2), kind="stable")]


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
        text, style = self.name.text, self.style.text
        track = _Track(self.name.line, self.camera)
        advances = np.array([self.measure(letter, style) for letter in text])
        width = float(advances.sum())
        for middle, x, y in _visible(track, track.middles(width + 14, 340), self.camera):
            if not self.spread.is_clear(text, x, y, max(260.0, width + 120)):
                continue
            label = self._placed(track, advances, middle - width / 2)
            if label is not None:
                yield label

    def _placed(self, track: _Track, advances: NDArray[np.float64], start: float) -> CurvedLabel | None:
        ends = start + np.cumsum(advances)
        begins = ends - advances
        first, last = track.at(np.array([begins[0], ends[-1]]))
        if last[0] < first[0]:  # the line runs to the left: read it from its other end
            begins, ends = (begins[0] + ends[-1] - side for side in (begins, ends))
        lean = np.where(ends > begins, 4.0, -4.0)  # a little beyond the glyph, so that small kinks do not shake the letters
        span = track.at(ends + lean) - track.at(begins - lean)
        angles = np.unwrap(np.arctan2(span[:, 1], span[:, 0]))
        if np.ptp(angles) > 1.2 or (len(angles) > 1 and np.abs(np.diff(angles)).max() > 0.35):
            return None
        middles = track.at((begins + ends) / 2)
        glyphs = tuple(
            (letter, x, y, angle) for letter, (x, y), angle in zip(self.name.text, middles.tolist(), angles.tolist(), strict=True)
        )
        half = self.style.text.size_px / 2 + 1.5
        boxes = tuple((x - half, y - half, x + half, y + half) for _, x, y, _ in glyphs)
        return CurvedLabel(self.name.text, self.style.text, glyphs, boxes)


@dataclass(frozen=True, slots=True)
class _Signs:
    name: LineName
    camera: Camera
    measure: Measure
    spread: _Spread

    def __call__(self) -> Iterator[Shield]:
        track = _Track(self.name.line, self.camera)
        if track.length < 24:
            return
        text, network = shield_of(self.name.refs[0])
        width = max(SHIELD_HEIGHT + 1, self.measure(text, TextStyle.SIGN) + (11 if network is Network.US else 9))
        for _, x, y in _visible(track, track.middles(24, 300), self.camera):
            if self.spread.is_clear(text, x, y, 210):
                half, tall = width / 2 + _GAP, SHIELD_HEIGHT / 2 + _GAP
                yield Shield(text, network, x, y, width, ((x - half, y - tall, x + half, y + tall),))
