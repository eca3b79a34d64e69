"""The days of a week as routes on the map: the values, and what of them is drawn where."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon, NamedPlace
from planner.model.week import VisitKind
from planner.values import Struct
from ui.map.camera import Camera, Spot, world_array, world_of
from ui.map.spreading import spread

STOP_RADIUS = 12.0
ARROWS_FROM = 12.5
_ARROW_EVERY_PX = 110.0
_PRECISION_PX = 0.75


class RouteStop(Struct, frozen=True):
    """A stop of a day with its number (0 for none, as a duty has); `key` is the account's id, None for a duty.

    `stop_key` is what the plan calls the stop.
    """

    number: int
    key: int | None
    point: LatLon
    kind: VisitKind
    title: str
    stop_key: str = ""


class DayRoute(Struct, frozen=True):
    """One day: its stops in order and `shape` along the roads from start to end (empty while the roads are not known).

    `legs` is how many points of the shape lead to each stop and to the end; empty where that is not known.
    """

    index: int
    title: str
    stops: tuple[RouteStop, ...]
    start: NamedPlace
    end: NamedPlace
    shape: tuple[LatLon, ...] = ()
    legs: tuple[int, ...] = ()


class RouteSet:
    """Days, ready to be drawn. Does not change, so that any thread may read it."""

    def __init__(self, days: Sequence[DayRoute] = ()) -> None:
        self.days = tuple(days)
        self._lines = {day.index: world_array(day.shape or _straight(day)) for day in self.days}
        self._stops = {day.index: tuple(world_of(stop.point) for stop in day.stops) for day in self.days}
        self._ends = {day.index: tuple(dict.fromkeys((world_of(day.start.point), world_of(day.end.point)))) for day in self.days}

    def day(self, index: int | None) -> DayRoute | None:
        """The day with this index, or None."""
        return next((day for day in self.days if day.index == index), None)

    @property
    def world(self) -> NDArray[np.float64]:
        """World positions of everything of all days, (n, 2)."""
        ends = [world_array((day.start.point, *(stop.point for stop in day.stops), day.end.point)) for day in self.days]
        return np.concatenate([np.empty((0, 2)), *ends, *self._lines.values()])

    def line(self, day: DayRoute, camera: Camera) -> NDArray[np.float64]:
        """Pixels of the day's way, without points that could not be told apart."""
        return thinned(camera.screen_array(self._lines[day.index]))

    def legs(self, day: DayRoute, camera: Camera) -> list[NDArray[np.float64]]:
        """Pixels of the way to each stop and to the end of the day; the whole way as one where the legs are not known."""
        line = self._lines[day.index]
        ends = np.cumsum(day.legs or ((2,) + (1,) * len(day.stops) if not day.shape else ()))
        if len(ends) != len(day.stops) + 1 or ends[-1] != len(line):
            return [self.line(day, camera)]
        return [thinned(camera.screen_array(line[max(0, begin - 1) : end])) for begin, end in zip((0, *ends[:-1]), ends, strict=True)]

    def spots(self, day: DayRoute, camera: Camera, type_scale: float = 1.0) -> list[tuple[Spot, Spot]]:
        """For each stop of a day the pixel of its place and of its mark; marks that would hide one another stand beside each other."""
        stops, apart = self._stops[day.index], 2 * STOP_RADIUS * type_scale + 1
        moved = spread(stops, self._ends[day.index], camera.scale, apart)
        places = [camera.to_screen(*stop) for stop in stops]
        return [((x, y), (x + dx, y + dy)) for (x, y), (dx, dy) in zip(places, moved, strict=True)]

    def stop_at(self, index: int | None, camera: Camera, x: float, y: float, type_scale: float = 1.0) -> RouteStop | None:
        """The stop of a day whose mark is under a pixel; the one on top is found first."""
        day = self.day(index)
        if day is None:
            return None
        marks = zip(day.stops, self.spots(day, camera, type_scale), strict=True)
        near = (stop for stop, (_, (sx, sy)) in marks if math.hypot(sx - x, sy - y) <= STOP_RADIUS * type_scale + 2)
        return next(near, None)


def _straight(day: DayRoute) -> tuple[LatLon, ...]:
    return (day.start.point, *(stop.point for stop in day.stops), day.end.point)


def thinned(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """The line without points that stay within the same pixel; its ends are kept."""
    if len(line) < 3:
        return line
    cell = np.floor(line / _PRECISION_PX)
    keep = np.concatenate(([True], (np.diff(cell, axis=0) != 0).any(axis=1)))
    keep[-1] = True
    return line[keep]


def arrows(line: NDArray[np.float64], camera: Camera) -> Iterator[tuple[float, float, float]]:
    """Where the direction of travel is marked: (x, y, angle in radians), evenly along the line and only in the picture."""
    steps = np.hypot(*np.diff(line, axis=0).T) if len(line) > 1 else np.zeros(0)
    upto = np.concatenate(([0.0], np.cumsum(steps)))
    spots = np.arange(_ARROW_EVERY_PX / 2, upto[-1] - STOP_RADIUS, _ARROW_EVERY_PX)
    if not len(spots):
        return
    at, before, after = (np.column_stack([np.interp(spots + shift, upto, line[:, axis]) for axis in (0, 1)]) for shift in (0, -5, 5))
    inside = ((at > 0) & (at < (camera.width, camera.height))).all(axis=1)
    for (x, y), (ax, ay), (bx, by) in zip(at[inside].tolist(), before[inside].tolist(), after[inside].tolist(), strict=True):
        if math.hypot(bx - ax, by - ay) > 6:
            yield x, y, math.atan2(by - ay, bx - ax)
