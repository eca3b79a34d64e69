"""How far a day has come: what of it is behind, and which stop is next."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import Enum

from planner.values import Struct
from ui.map.routes import DayRoute


class Standing(Enum):
    """What a stop, or the way to it, is at the moment."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


class Progress(Struct, frozen=True):
    """By the keys of planned stops: those that are done, and the next one (empty for none). Says nothing while it is empty."""

    done: AbstractSet[str] = frozenset()
    coming: str = ""

    @property
    def is_told(self) -> bool:
        """Whether anything is known."""
        return bool(self.done or self.coming)

    def of(self, stop_key: str) -> Standing:
        """How it stands with a stop."""
        return Standing.DONE if stop_key in self.done else Standing.NEXT if stop_key == self.coming else Standing.LATER

    def of_legs(self, day: DayRoute) -> Iterator[Standing]:
        """How it stands with the way to each stop, and last with the way to where the day ends: that is next when all stops are done."""
        stops = [self.of(stop.stop_key) for stop in day.stops]
        yield from stops
        yield Standing.NEXT if all(each is Standing.DONE for each in stops) else Standing.LATER
