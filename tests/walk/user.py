"""Somebody who uses the window: looks, waits, clicks and types, and keeps a picture of every step."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reader import ScreenReader, State, Thing
from screen import Screen

PATIENCE_S = 90.0
"""So long a user of a very busy machine waits for what should come at once."""
LOOK_S = 0.15
DRAG_STEPS = 12
Wanted = str | re.Pattern[str]


@dataclass
class Step:
    """One step of the story: how long it took, and the clicks, keys and drags it needed; a typed text counts as one."""

    name: str
    seconds: float
    clicks: int
    keys: int
    texts: int
    drags: int


@dataclass
class User:
    """Knows only what is on the screen."""

    screen: Screen
    reader: ScreenReader
    pictures: Path
    steps: list[Step] = field(default_factory=list)
    clicks: int = 0
    keys: int = 0
    texts: int = 0
    drags: int = 0
    _since: float = field(default_factory=time.monotonic)

    def look(self, wanted: Wanted, role: str = "") -> Thing | None:
        """The first thing of that name and role that shows, in the window opened last if it is there; None if there is none."""
        return next((thing for thing in self.reader.things() if role in {"", thing.role} and _fits(thing.name, wanted)), None)

    def looks(self, wanted: Wanted, role: str = "") -> list[Thing]:
        """All things of that name and role that show."""
        return [thing for thing in self.reader.things() if role in {"", thing.role} and _fits(thing.name, wanted)]

    def sees(self, wanted: Wanted, role: str = "", within_s: float = PATIENCE_S) -> Thing:
        """Wait until it shows and stays where it is."""
        last: list[Thing | None] = [None]

        def rests() -> Thing | None:
            found, before = self.look(wanted, role), last[0]
            last[0] = found
            return found if found is not None and before is not None and found.box == before.box else None

        return self.wait(rests, f"“{wanted}” {role} shows", within_s)

    def no_longer_sees(self, wanted: Wanted, role: str = "", within_s: float = PATIENCE_S) -> None:
        """Wait until it is gone."""
        self.wait(lambda: self.look(wanted, role) is None, f"“{wanted}” {role} is gone", within_s)

    def wait[T](self, ask: Callable[[], T | None], what: str, within_s: float = PATIENCE_S) -> T:
        """Wait until something is true; fails with what was waited for, and keeps a picture of what shows instead."""
        until = time.monotonic() + within_s
        while True:
            if found := ask():
                return found
            if time.monotonic() > until:
                self.keep_picture("failed")
                shown = "; ".join(f"{thing.role} “{thing.name}”" for thing in self.reader.things() if thing.name)
                raise AssertionError(f"Waited {within_s:.0f} s until {what}. On the screen: {shown}")
            time.sleep(LOOK_S)

    def click(self, wanted: Wanted, role: str = "", within_s: float = PATIENCE_S) -> Thing:
        """Wait until something shows and can be used, and click it."""

        def usable() -> Thing | None:
            found = self.sees(wanted, role, within_s)
            return found if found.is_(State.SENSITIVE) or found.role == "label" else None

        thing = self.wait(usable, f"“{wanted}” {role} can be clicked", within_s)
        self.click_at(thing.middle)
        return thing

    def click_at(self, place: tuple[int, int], button: int = 1, times: int = 1) -> None:
        """Click a place of the screen, in px."""
        self.screen.act("mousemove", str(place[0]), str(place[1]), "click", "--repeat", str(times), "--delay", "60", str(button))
        self.clicks += 1

    def press(self, *keys: str) -> None:
        """Press keys in turn, such as "ctrl+k", "Return"."""
        self._give_focus()
        self.screen.act("key", "--delay", "40", *keys)
        self.keys += len(keys)

    def write(self, text: str) -> None:
        """Type a text where the cursor is."""
        self._give_focus()
        self.screen.act("type", "--delay", "8", text)
        self.texts += 1

    def fill(self, wanted: Wanted, text: str) -> None:
        """Click into a field, and type over what is in it."""
        self.click(wanted, "text")
        self.press("ctrl+a")
        self.write(text)

    def drag(self, start: tuple[int, int], end: tuple[int, int], rest: Callable[[], None] = lambda: None) -> None:
        """Drag from one place to another as a hand does, in steps; `rest` is called before letting go."""
        self.screen.act("mousemove", *_words(start), "mousedown", "1")
        for step in range(1, DRAG_STEPS + 1):
            at = [round(a + (b - a) * step / DRAG_STEPS) for a, b in zip(start, end, strict=True)]
            self.screen.act("mousemove", *_words(at), "sleep", "0.03")
        rest()
        self.screen.act("mouseup", "1")
        self.drags += 1

    def _give_focus(self) -> None:
        """Give the keyboard to the window on top when one before it was closed: there is no window manager here to do it."""
        windows = self.reader.windows()
        if windows and not any(thing.is_(State.ACTIVE) for thing in windows):
            ids = self.screen.act("search", "--onlyvisible", "--name", f"^{re.escape(windows[0].name)}$").split()
            self.screen.act("windowfocus", "--sync", ids[-1])

    def keep_picture(self, name: str) -> None:
        """Keep what shows, numbered by the steps so far."""
        self.screen.picture().save(str(self.pictures / f"{len(self.steps):02d}-{name}.png"))

    def done(self, name: str) -> None:
        """A step of the story is done: keep its picture, and what it took."""
        now = time.monotonic()
        self.steps.append(Step(name, now - self._since, self.clicks, self.keys, self.texts, self.drags))
        self.keep_picture(name)
        self._since, self.clicks, self.keys, self.texts, self.drags = now, 0, 0, 0, 0


def _fits(name: str, wanted: Wanted) -> bool:
    return name == wanted if isinstance(wanted, str) else wanted.search(name) is not None


def _words(place: Sequence[int]) -> list[str]:
    return [str(each) for each in place]
