"""One picture to be taken: what it is called and what has to be done for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from stage import Stage

BOOKS = ("sample", "empty", "state-college")
"""What the window is opened over."""
THEMES = ("light", "dark")
LARGE, SMALL = (1440, 900), (1100, 700)
"""The sizes of the window, in pixels."""


@dataclass(frozen=True)
class Scene:
    """A picture: its name, what to do for it, and in which sizes of the window and which themes it is wanted."""

    name: str
    arrange: "Callable[[Stage], object]"
    sizes: tuple[tuple[int, int], ...] = (LARGE,)
    themes: tuple[str, ...] = THEMES

    def file(self, theme: str, size: tuple[int, int]) -> str:
        """The name of its file in a theme and a size."""
        return f"{self.name}-{theme}-{size[0]}.png"

    def files(self) -> tuple[str, ...]:
        """The names of all its files."""
        return tuple(self.file(theme, size) for theme in self.themes for size in self.sizes)
