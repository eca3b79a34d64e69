"""Which names are shown, and where: the important first, and none over another."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from planner.values import Struct
from ui.map.camera import Camera
from ui.map.label_shapes import Box, Label, Measure, PointLabel
from ui.map.label_spots import AlongLine, AlongTraffic, AtPoint, OnRoad, Spread
from ui.map.label_styles import ARROWS_FROM, LINES, MORE_SHIELDS_AFTER, PLACES, SHIELD_FROM, sign_of
from ui.map.labels import LineName, TileNames

_CELL = 64
_MOST_SIGNS = 3
_SECOND_SIGN_LATER = 5
"""How much lower than its first the other numbers of a road rank."""
_ARROW_PRIORITY = 50


class Occupied:
    """Boxes taken so far, in a grid, so that asking does not slow down as they become many."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Take a box, whatever else is there."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, boxes: Sequence[Box]) -> bool:
        """Whether none of the boxes overlaps what is taken."""
        return not any(map(self._hits, boxes))

    def take(self, boxes: Sequence[Box]) -> bool:
        """Take all the boxes, unless one of them overlaps what is taken: then none, and False."""
        if not self.is_free(boxes):
            return False
        for box in boxes:
            self.add(box)
        return True

    def covered(self, boxes: Sequence[Box]) -> int:
        """How many of the taken boxes these overlap."""
        near = {other for box in boxes for cell in _cells(box) for other in self._cells.get(cell, ())}
        return sum(any(a < r and c > x and b < d and e > y for a, b, c, e in boxes) for x, y, r, d in near)

    def _hits(self, box: Box) -> bool:
        left, top, right, bottom = box
        for cell in _cells(box):
            for x, y, r, b in self._cells.get(cell, ()):
                if left < r and right > x and top < b and bottom > y:
                    return True
        return False


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = box
    rows = range(math.floor(top / _CELL), math.floor(bottom / _CELL) + 1)
    return ((x, y) for x in range(math.floor(left / _CELL), math.floor(right / _CELL) + 1) for y in rows)


def lay_out(
    tiles: Iterable[TileNames],
    camera: Camera,
    measure: Measure,
    obstacles: Iterable[Box] = (),
    marks: Iterable[Box] = (),
    type_scale: float = 1.0,
) -> list[Label]:
    """Labels that fit into the camera's picture beside each other and beside the obstacles.

    All keep clear of the marks too; only the names of towns may lie under some of them where there is no other room.
    """
    occupied, marked = Occupied(obstacles), Occupied(marks)
    named: set[str] = set()
    spread = Spread()
    found: list[Label] = []

    def is_free(boxes: Sequence[Box]) -> bool:
        return marked.is_free(boxes) and occupied.is_free(boxes)

    work = sorted(_work(tiles, camera, measure, named, spread, is_free, type_scale), key=lambda job: job.rank)
    for job in work:
        if isinstance(job.labels, AtPoint):
            label = _placed(job.labels, camera, occupied, marked)
            if label is not None and occupied.take(label.boxes):
                found.append(label)
                named.add(" ".join(label.rows))
            continue
        for label in job.labels():
            if _inside(label, camera) and marked.is_free(label.boxes) and occupied.take(label.boxes):
                found.append(label)
                spread.add(label)
    return found


def _placed(name: AtPoint, camera: Camera, occupied: Occupied, marked: Occupied) -> PointLabel | None:
    """The name of a place at its first free spot; that of a town else where it lies under the fewest marks."""
    free = [label for label in name() if _inside(label, camera) and occupied.is_free(label.boxes)]
    clear = next((label for label in free if marked.is_free(label.boxes)), None)
    if clear is not None or not name.is_town:
        return clear
    return min(free, key=lambda label: marked.covered(label.boxes), default=None)


class _Job(Struct, frozen=True):
    """Something to put into words; the lowest rank goes first. `labels` offers places for it, best first, while they are still free."""

    rank: tuple[int, int, str]
    labels: Callable[[], Iterator[Label]]


def _work(
    tiles: Iterable[TileNames],
    camera: Camera,
    measure: Measure,
    named: set[str],
    spread: Spread,
    is_free: Callable[[Sequence[Box]], bool],
    type_scale: float,
) -> Iterator[_Job]:
    for tile in tiles:
        for place in tile.places:
            style = PLACES.get(place.kind)
            if style and max(style.from_zoom, place.from_zoom) <= camera.zoom < style.to_zoom:
                yield _Job((style.priority, -place.population, place.text), AtPoint(place, style, camera, measure, named, type_scale))
        for name in tile.lines:
            along = LINES[name.kind]
            if not _touches(name, camera):
                continue
            yield from _signs(name, camera, measure, spread, type_scale)
            if name.text and camera.zoom >= along.from_zoom:
                spots = AlongLine(name, along, camera, measure, spread, is_free, type_scale)
                yield _Job((along.priority, -len(name.line), name.text), spots)
        for way in tile.one_ways if camera.zoom >= ARROWS_FROM else ():
            if _touches(way, camera):
                yield _Job((_ARROW_PRIORITY, 0, way.kind), AlongTraffic(way, camera))


def _signs(name: LineName, camera: Camera, measure: Measure, spread: Spread, type_scale: float) -> Iterator[_Job]:
    """The road's numbers, each on its own sign; far out only the first."""
    since = camera.zoom - SHIELD_FROM.get(name.kind, 99)
    if since < 0 or not name.refs:
        return
    signs = [sign for sign in map(sign_of, name.refs) if sign]
    for nth, sign in enumerate(signs[: _MOST_SIGNS if since >= MORE_SHIELDS_AFTER else 1]):
        priority = LINES[name.kind].shield_priority + (_SECOND_SIGN_LATER if nth else 0)
        yield _Job((priority, nth, sign.number), OnRoad(sign, name, camera, measure, spread, type_scale))


def _touches(name: LineName, camera: Camera) -> bool:
    left, top, right, bottom = name.box
    (near_x, near_y), (far_x, far_y) = camera.to_world(0, 0), camera.to_world(camera.width, camera.height)
    return left < far_x and right > near_x and top < far_y and bottom > near_y


def _inside(label: Label, camera: Camera) -> bool:
    return all(left >= 0 and top >= 0 and right <= camera.width and bottom <= camera.height for left, top, right, bottom in label.boxes)
