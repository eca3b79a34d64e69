"""What the colours of pins and areas tell, beside the shapes that tell kinds apart."""

import numpy as np
from PySide6.QtGui import QColor

from planner.values import Struct
from ui.map.palette import Palette

REST = -1
"""The group of what belongs to no group."""


class Colouring(Struct, frozen=True):
    """The names of the groups that pins are coloured by, and of the rest; `ordered` ones go from the most to the least.

    Without a title the colours are those of the kinds.
    """

    title: str = ""
    names: tuple[str, ...] = ()
    rest: str = ""
    ordered: bool = False

    @property
    def by_kind(self) -> bool:
        """Whether pins wear the colours of their kinds."""
        return not self.title

    def colours(self, palette: Palette) -> list[str]:
        """A colour for each group, as #rrggbb, and last the colour of the rest."""
        if not self.ordered:
            return [*(palette.groups[index % len(palette.groups)] for index in range(len(self.names))), palette.rest]
        return [*_steps(palette.ramp, len(self.names)), palette.rest]


def tint_of(tint: int | str, palette: Palette) -> str:
    """The colour of an area: a group's, the rest's, or the named one of the palette."""
    if isinstance(tint, str):
        return str(getattr(palette, tint))
    return palette.rest if tint == REST else palette.groups[tint % len(palette.groups)]


def _steps(ramp: tuple[str, ...], count: int) -> list[str]:
    """So many colours, evenly along a ramp."""
    anchors = [QColor(colour) for colour in ramp]
    at = np.linspace(0, len(ramp) - 1, max(count, 2))[:count]
    mixed = [np.interp(at, range(len(ramp)), [part(each) for each in anchors]) for part in (QColor.red, QColor.green, QColor.blue)]
    return [QColor(*(round(part) for part in parts)).name() for parts in zip(*(line.tolist() for line in mixed), strict=True)]
