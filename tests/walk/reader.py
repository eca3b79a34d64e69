"""What a screen reader is told of a window: names, roles, values and where things are, read from outside, over AT-SPI.

It only reads. What is found here is what somebody who cannot see the window would find, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from wire import Bus, Refused

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_COMPONENT = "org.a11y.atspi.Component"
_ON_SCREEN = 0
MANY = 400
"""No list with more rows than this is read through: nobody reads a book of a thousand accounts aloud."""


class State(IntEnum):
    """The states that are asked for, by their number in AT-SPI."""

    ACTIVE = 1
    CHECKED = 4
    ENABLED = 8
    FOCUSED = 12
    SELECTED = 23
    SENSITIVE = 24
    SHOWING = 25


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the screen: its name, its role ("push button", "label", ...), its states, and left, top, width and height in px."""

    name: str
    role: str
    states: frozenset[int]
    box: tuple[int, int, int, int]
    bus: Bus
    at: tuple[str, str]

    @property
    def middle(self) -> tuple[int, int]:
        """Where it is clicked."""
        left, top, width, height = self.box
        return left + width // 2, top + height // 2

    def is_(self, state: State) -> bool:
        """Whether it is in a state."""
        return int(state) in self.states

    def text(self) -> str:
        """What is written in a field."""
        try:
            return str(self.bus.call(*self.at, "org.a11y.atspi.Text", "GetText", 0, 100_000))
        except Refused:
            return ""


class ScreenReader:
    """Reads what the program shows that is alone on its own bus."""

    def __init__(self, session: str) -> None:
        """By the address of the session's bus, which knows the one of accessibility."""
        asked = Bus(session)
        self._bus = Bus(str(asked.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")))
        asked.close()

    def close(self) -> None:
        """Stop reading."""
        self._bus.close()

    def things(self) -> Iterator[Thing]:
        """Everything that shows; of several windows, the one opened last comes first."""
        for program in self._children(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")):
            for window in reversed(self._children(program)):
                yield from self._within(window)

    def windows(self) -> list[Thing]:
        """The windows that show, the one opened last first."""
        programs = self._children(("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"))
        return [thing for program in programs for at in reversed(self._children(program)) if (thing := self._thing(at)) is not None]

    def _within(self, at: tuple[str, str]) -> Iterator[Thing]:
        thing = self._thing(at)
        if thing is None:
            return
        yield thing
        for child in self._children(at):
            yield from self._within(child)

    def _thing(self, at: tuple[str, str]) -> Thing | None:
        try:
            low, high = self._bus.call(*at, _ACCESSIBLE, "GetState")
            states = frozenset(bit for bit in range(64) if (low | high << 32) >> bit & 1)
            if State.SHOWING not in states:
                return None
            name = self._bus.call(*at, "org.freedesktop.DBus.Properties", "Get", _ACCESSIBLE, "Name")
            role = self._bus.call(*at, _ACCESSIBLE, "GetRoleName")
            box = self._bus.call(*at, _COMPONENT, "GetExtents", _ON_SCREEN)
        except Refused:
            return None
        return Thing(name, role, states, box, self._bus, at)

    def _children(self, at: tuple[str, str]) -> list[tuple[str, str]]:
        try:
            if self._bus.call(*at, "org.freedesktop.DBus.Properties", "Get", _ACCESSIBLE, "ChildCount") > MANY:
                return []
            return list(self._bus.call(*at, _ACCESSIBLE, "GetChildren"))
        except Refused:
            return []
