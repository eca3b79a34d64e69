"""What is on the map besides the ground: pins, routes and the day on show; what of it is under the cursor, and how it is called."""

import numpy as np
from numpy.typing import NDArray

from planner.model.week import VisitKind
from planner.values import Struct, field
from ui.map.camera import MAX_ZOOM, Camera, Spot, world_of
from ui.map.colouring import REST, Colouring, tint_of
from ui.map.ground import Ground, GroundKey
from ui.map.legend import Entry, Legend, Section, Swatch
from ui.map.palette import Palette
from ui.map.pins import Crowd, PinSet
from ui.map.progress import Progress, Standing
from ui.map.routes import RouteSet, RouteStop
from ui.words import number

Found = RouteStop | Crowd | int | None
"""Something under the cursor: a stop, a crowd, the index of a pin, or nothing."""

_REACH_PX = 11.0
_KINDS = {VisitKind.CAPTURE: "Capture", VisitKind.CARE: "Client care", VisitKind.SUPPORT: "Support", VisitKind.DUTY: "Appointment"}


class Content(Struct, frozen=True):
    """Values only, so that a thread may paint from it while the window goes on to the next."""

    pins: PinSet = field(default_factory=PinSet)
    routes: RouteSet = field(default_factory=RouteSet)
    active: int | None = None
    ground: Ground = field(default_factory=Ground)
    colouring: Colouring = field(default_factory=Colouring)
    progress: Progress = field(default_factory=Progress)

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

    def find(self, camera: Camera, x: float, y: float, type_scale: float = 1.0, selected: int | None = None) -> Found:
        """What is under a pixel: a numbered stop before a pin. Marks with numbers are larger with larger type."""
        stop = self.routes.stop_at(self.active, camera, x, y, type_scale)
        return stop or self.pins.pick(camera, x, y, _REACH_PX, type_scale, selected)

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

    def mark_of(self, key: int | None, camera: Camera, type_scale: float = 1.0) -> Spot | None:
        """The pixel of an account's mark: that of its numbered stop, or else of its pin."""
        day = self.routes.day(self.active)
        for stop, (_, mark) in zip(day.stops, self.routes.spots(day, camera, type_scale), strict=True) if day else ():
            if key is not None and stop.key == key:
                return mark
        place = self.place_of(key)
        return camera.to_screen(*place[0]) if place else None

    def card(self, found: Found) -> tuple[str, str]:
        """Title and subtitle for the hover card."""
        if isinstance(found, Crowd):
            title = f"{number(found.count)} accounts"
            return (title, "Click to zoom in") if found.parts_at <= MAX_ZOOM else (f"{title} at one place", "Click to see them one by one")
        if isinstance(found, RouteStop):
            index = self.pins.index_of(found.key)
            place = f"{found.number}  " if found.number else ""
            return place + found.title, self.pins.pins[index].subtitle if index is not None else ""
        return (self.pins.pins[found].title, self.pins.pins[found].subtitle) if found is not None else ("", "")

    def colour_of(self, key: int | None, palette: Palette) -> str:
        """The colour of an account's pin; empty when it is that of its kind."""
        index = self.pins.index_of(key)
        if index is None or self.colouring.by_kind:
            return ""
        return self.colouring.colours(palette)[int(self.pins.group[index])]

    def legend(self, palette: Palette) -> Legend:
        """The day on show, the kinds of visit on the map, what the colours tell, and what lies on the ground."""
        day = self.routes.day(self.active)
        present = self.pins.kinds | {stop.kind for some in self.routes.days for stop in some.stops}
        neutral = "" if self.colouring.by_kind else palette.panel_quiet
        kinds = tuple(Entry(_KINDS[kind], kind, neutral) for kind in VisitKind if kind in present)
        dimmed = "other days dimmed" if day and len(self.routes.days) > 1 else ""
        sections = [Section("", kinds, dimmed, inline=True)] if kinds else []
        if not self.colouring.by_kind and len(self.pins):
            sections.append(self._colour_section(palette))
        for key in self.ground.keys:
            start = (Entry(key.start, Swatch.START, palette.mark),) if key.start else ()
            entries = (Entry(text, _swatch_of(key), tint_of(tint, palette)) for text, tint in key.entries)
            sections.append(Section(key.title, (*start, *entries), key.note))
        return Legend(day.title if day else "", tuple(sections))

    def _colour_section(self, palette: Palette) -> Section:
        """The groups that some pin is in; the rest last."""
        present = set(np.unique(self.pins.group).tolist())
        told, colours = self.colouring, self.colouring.colours(palette)
        entries = [Entry(name, Swatch.DOT, colours[index]) for index, name in enumerate(told.names) if index in present]
        if told.rest and REST in present:
            entries.append(Entry(told.rest, Swatch.DOT, colours[-1]))
        return Section(told.title, tuple(entries))

    def described(self, key: int | None, legend: Legend) -> str:
        """In words, for those who cannot see it."""
        day = self.routes.day(self.active)
        index, stop = self.pins.index_of(key), self._stop_of(key)
        chosen = self.pins.pins[index].title if index is not None else stop.title if stop else ""
        parts = [
            f"{number(len(self.pins))} accounts.",
            f"{day.title}: {number(len(day.stops))} stops." if day else "",
            *(f"Next: {stop.title}." for stop in self.active_stops if self.progress.of(stop.stop_key) is Standing.NEXT),
            f"Selected: {chosen}." if chosen else "",
            legend.words,
            "Arrows move, plus and minus zoom, Home shows all.",
        ]
        return " ".join(part for part in parts if part)

    def _stop_of(self, key: int | None) -> RouteStop | None:
        stops = (stop for day in self.routes.days for stop in day.stops)
        return next((stop for stop in (*self.active_stops, *stops) if key is not None and stop.key == key), None)


def _swatch_of(key: GroundKey) -> Swatch:
    if key.edges:
        return Swatch.DASHES if key.dashed else Swatch.LINE
    return Swatch.HEAT if key.heat else Swatch.AREA
