"""How far it is from point to point."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from planner.model.places import LatLon
from ui.map.camera import Camera, Spot, latlon_of, world_array
from ui.map.palette import Palette
from ui.map.tools.drawing import draw_cross, draw_figure, draw_handle, draw_line, draw_road, pixels
from ui.map.tools.points import Points
from ui.map.tools.tool import REACH_PX, Tool
from ui.map.view import MapView

type Metres = Callable[[Sequence[LatLon]], list[float]]
_LEAST_PX = 44.0
"""A leg shorter than this has no room for its figure."""


class Measure(Tool):
    """Clicks set points, which snap to pins. `metres` says how far it is between points, `words` how a distance is written."""

    def __init__(self, view: MapView, points: Callable[[], Points], metres: Metres, words: Callable[[float], str]) -> None:
        super().__init__(view)
        self._points = points
        self._metres = metres
        self._words = words
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

    def paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        at = pixels(camera, self.spots)
        ends = [*at, QPointF(*camera.to_screen(*self._next))] if self._next is not None else list(at)
        if len(self._road):
            draw_road(painter, camera.screen_array(self._road), palette)
        draw_line(painter, at, palette)
        if self._next is not None and self.spots:
            draw_line(painter, pixels(camera, (self.spots[-1], self._next)), palette, dashed=True)
        for point in at:
            draw_handle(painter, point, palette)
        if self._next is not None:
            draw_handle(painter, ends[-1], palette, small=True)
        legs = [*self.legs, self._next_leg] if self._next is not None and self.spots else self.legs
        for begin, end, metres in zip(ends, ends[1:], legs, strict=False):
            if (end - begin).manhattanLength() >= _LEAST_PX:
                draw_figure(painter, (begin + end) / 2, self._words(metres), palette)
        if self._by_key:
            draw_cross(painter, self.middle(), palette)
