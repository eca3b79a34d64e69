"""The labels of a map as values: what is written or drawn, and where."""

from collections.abc import Callable

from planner.values import Struct
from ui.map.label_styles import Sign, TextStyle

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
Measure = Callable[[str, TextStyle], float]
"""Width of a text in pixels."""

SHIELD_HEIGHT = 17.0
BANNER_HEIGHT = 9.0


class PointLabel(Struct, frozen=True):
    """Text in one or two rows around a point."""

    rows: tuple[str, ...]
    style: TextStyle
    x: float
    y: float
    boxes: tuple[Box, ...]


class CurvedLabel(Struct, frozen=True):
    """Text along a line: (character, x, y, angle in radians) for each glyph's middle on the baseline's line."""

    text: str
    style: TextStyle
    glyphs: tuple[tuple[str, float, float, float], ...]
    boxes: tuple[Box, ...]


class Shield(Struct, frozen=True):
    """A road number on its sign, the sign's middle at (x, y); a banner, where there is one, stands on top of it."""

    sign: Sign
    x: float
    y: float
    width: float
    boxes: tuple[Box, ...]


class Arrow(Struct, frozen=True):
    """The direction of a one-way street: middle, angle in radians, and length in pixels."""

    x: float
    y: float
    angle: float
    length: float
    boxes: tuple[Box, ...]


Label = PointLabel | CurvedLabel | Shield | Arrow
