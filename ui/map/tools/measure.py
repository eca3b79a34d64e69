"""How far it is from point to point."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from planner.model.places import LatLon
from planner.values import Struct, replace
from ui.map.camera import Camera, Spot, latlon_of, world_array
from ui.map.palette import Palette
from ui.map.picture import Layer
from ui.map.tools.drawing import draw_cross, draw_figure, draw_handle, draw_line, draw_road, figure_box, pixels
from ui.map.tools.points import Points
from ui.map.tools.tool import REACH_PX, Tool
from ui.map.view import MapView

type Metres = Callable[[Sequence[LatLon]], list[float]]
_LEAST_PX = 44.0
"""A leg shorter than this has no room for its figure."""
_BELOW_PX, _EDGE_PX = 20.0, 4.0


class MeasuredLine(Struct, frozen=True, eq=False):
    """Points, what is written at each leg between them, the way along the roads (or none), and what is written at the end."""

    spots: tuple[Spot, ...]
    legs: tuple[str, ...]
    road: NDArray[np.float64]
    total: str = ""

    def paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        """Paint it as a camera sees it."""
        at = pixels(camera, self.spots)
        if len(self.road):
            draw_road(painter, camera.screen_array(self.road), palette)
        draw_line(painter, at, palette)
        for point in at:
            draw_handle(painter, point, palette)
        for begin, end, text in zip(at, list(at)[1:], self.legs, strict=False):
            draw_leg(painter, begin, end, text, palette)
        if self.total:
            middle = at[len(self.spots) - 1] + QPointF(0, _BELOW_PX)
            half = figure_box(painter, middle, self.total).width() / 2 + _EDGE_PX
            middle.setX(max(half, min(middle.x(), camera.width - half)))
            draw_figure(painter, middle, self.total, palette)


def draw_leg(painter: QPainter, begin: QPointF, end: QPointF, text: str, palette: Palette) -> None:
    """What is written in the middle of a leg, where there is room for it."""
    if (end - begin).manhattanLength() >= _LEAST_PX:
        draw_figure(painter, (begin + end) / 2, text, palette)


class Measure(Tool):
    """Clicks set points, which snap to pins. `metres` says how far it is between points, `words` how a distance is written.

    `summary` says how far all of it is, for a picture.
    """

    def __init__(self, view: MapView, points: Callable[[], Points], metres: Metres, words: Callable[[float], str]) -> None:
        super().__init__(view)
        self._points = points
        self._metres = metres
        self._words = words
        self.summary: Callable[[], str] = lambda: words(self.total)
        self.spots: tuple[Spot, ...] = ()
        self.legs: list[float] = []
        self._road = world_array([])
        self._next: Spot | None = None
        self._next_leg = 0.0
        self._by_key = False

    @property
    def places(self) -> list[LatLon]:
        """The points that are set."""
        return [latlon_of(*spot) for spot in self.spots]

    @property
    def total(self) -> float:
        """Metres along all legs that are set, in straight lines."""
        return sum(self.legs)

    def clear(self) -> None:
        self.spots, self.legs, self._next, self._by_key = (), [], None, False
        self._road = world_array([])

    def begin_at(self, place: Spot) -> None:
        """Measure from a place on."""
        self.clear()
        self._set((place,))

    def show_shape(self, shape: Sequence[LatLon]) -> None:
        """Show the way along the roads, or none."""
        self._road = world_array(list(shape))
        self.view.update()

    def measure_again(self) -> None:
        """Measure what is set by a better arithmetic."""
        if len(self.spots) > 1:
            self.legs = self._metres(self.places)
            self.changed.emit(False)

    def click(self, at: QPointF, *, free: bool) -> None:
        self._by_key = False
        self._set((*self.spots, self._snapped(at, free=free)))

    def hover(self, at: QPointF | None, *, free: bool) -> None:
        self._next = None if at is None else self._snapped(at, free=free)
        self._by_key = self._by_key and at is None
        if self._next is not None and self.spots:
            (self._next_leg,) = self._metres([latlon_of(*self.spots[-1]), latlon_of(*self._next)])
            self.changed.emit(False)
        self.view.update()

    @property
    def reaching(self) -> float | None:
        """Metres to the cursor on top of the total, while it is on the map."""
        return self._next_leg if self._next is not None and self.spots else None

    def key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self._next, self._by_key = None, True
            self._set((*self.spots, self._snapped(self.middle(), free=False)))
        elif key == Qt.Key.Key_Backspace and self.spots:
            self._set(self.spots[:-1])
        else:
            return False
        return True

    def escape(self) -> bool:
        had = bool(self.spots)
        if had:
            self.clear()
            self.changed.emit(True)
        return had

    def start_by_key(self) -> None:
        """Show where Space would put the first point."""
        self._by_key = True

    def _set(self, spots: tuple[Spot, ...]) -> None:
        self.spots, self._road = spots, world_array([])
        self.legs = self._metres(self.places) if len(spots) > 1 else []
        self.changed.emit(True)

    def _snapped(self, at: QPointF, *, free: bool) -> Spot:
        found = None if free else self._points().nearest(self.view.camera, (at.x(), at.y()), REACH_PX)
        return found or self.spot(at)

    def sketch(self) -> Layer | None:
        return replace(self._line, total=self.summary()).paint if len(self.spots) > 1 else None

    @property
    def _line(self) -> MeasuredLine:
        return MeasuredLine(self.spots, tuple(self._words(metres) for metres in self.legs), self._road)

    def paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        if self._next is not None and self.spots:
            begin, end = dashed = pixels(camera, (self.spots[-1], self._next))
            draw_line(painter, dashed, palette, dashed=True)
            draw_leg(painter, begin, end, self._words(self._next_leg), palette)
        if self._next is not None:
            draw_handle(painter, QPointF(*camera.to_screen(*self._next)), palette, small=True)
        self._line.paint(painter, camera, palette)
        if self._by_key:
            draw_cross(painter, self.middle(), palette)
