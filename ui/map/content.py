"""What is on the map besides the ground: pins, routes and the day on show; what of it is under the cursor, and how it is called."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.model.week import VisitKind
from ui.map.camera import Camera, Spot, world_of
from ui.map.furniture import Legend
from ui.map.pins import Crowd, PinSet
from ui.map.routes import RouteSet, RouteStop

Found = RouteStop | Crowd | int | None
"""Something under the cursor: a stop, a crowd, the index of a pin, or nothing."""

_REACH_PX = 11.0


@dataclass(frozen=True, slots=True)
class Content:
    """Values only, so that a thread may paint from it while the window goes on to the next."""

    pins: PinSet = field(default_factory=PinSet)
    routes: RouteSet = field(default_factory=RouteSet)
    active: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on the map."""
        return not len(self.pins) and not self.routes.days

    @property
    def world(self) -> NDArray[np.float64]:
        """World positions of everything, (n, 2)."""
        return np.concatenate([self.pins.world, self.routes.world])

    @property
    def active_stops(self) -> tuple[RouteStop, ...]:
        """The stops that are drawn with their numbers."""
        day = self.routes.day(self.active)
        return day.stops if day else ()

    def find(self, camera: Camera, x: float, y: float) -> Found:
        """What is under a pixel: a numbered stop before a pin."""
        return self.routes.stop_at(self.active, camera, x, y) or self.pins.pick(camera, x, y, _REACH_PX)

    def key_of(self, found: Found) -> int | None:
        """The account found, or None."""
        if isinstance(found, RouteStop):
            return found.key
        return self.pins.pins[found].key if isinstance(found, int) else None

    def place_of(self, key: int | None) -> tuple[Spot, VisitKind] | None:
        """World position and kind of an account's pin, or of its stop where it has no pin."""
        index = self.pins.index_of(key)
        if index is not None:
            pin = self.pins.pins[index]
            return world_of(pin.point), pin.kind
        stop = self._stop_of(key)
        return (world_of(stop.point), stop.kind) if stop else None

    def card(self, found: Found) -> tuple[str, str]:
        """Title and subtitle for the hover card."""
        if isinstance(found, Crowd):
            return f"{found.count:,} accounts", "Click to zoom in"
        if isinstance(found, RouteStop):
            index = self.pins.index_of(found.key)
            number = f"{found.number}  " if found.number else ""
            return number + found.title, self.pins.pins[index].subtitle if index is not None else ""
        return (self.pins.pins[found].title, self.pins.pins[found].subtitle) if found is not None else ("", "")

    def legend(self) -> Legend:
        """The day on show and the kinds of visit on the map."""
        day = self.routes.day(self.active)
        present = self.pins.kinds | {stop.kind for some in self.routes.days for stop in some.stops}
        kinds = tuple(kind for kind in VisitKind if kind in present)
        return Legend(day.title if day else "", kinds, "other days dimmed" if day and len(self.routes.days) > 1 else "")

    def described(self, key: int | None) -> str:
        """In words, for those who cannot see it."""
        day = self.routes.day(self.active)
        index, stop = self.pins.index_of(key), self._stop_of(key)
        chosen = self.pins.pins[index].title if index is not None else stop.title if stop else ""
        parts = [
            f"{len(self.pins):,} accounts.",
            f"{day.title}: {len(day.stops)} stops." if day else "",
            f"Selected: {chosen}." if chosen else "",
            "Arrows move, plus and minus zoom, Home shows all.",
        ]
        return " ".join(part for part in parts if part)

    def _stop_of(self, key: int | None) -> RouteStop | None:
        stops = (stop for day in self.routes.days for stop in day.stops)
        return next((stop for stop in (*self.active_stops, *stops) if key is not None and stop.key == key), None)
