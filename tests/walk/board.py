"""Where the cards of the week board are, seen by the colour of their edges."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QColor, QImage

EDGES = {"capture": "#1f5fd6", "care": "#0f766e", "support": "#b45309"}
"""The colours of the light theme by the kind of visit."""
LEAST_HEIGHT_PX = 18
"""A lower edge is a mark, or a card that is cut off."""
GRIP_PX = 40
"""So far from its edge a card is taken hold of."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card: its kind, its day counted from 0 in the order of the edges, and the left, top and height of its edge in px of the screen."""

    kind: str
    day: int
    left: int
    top: int
    height: int

    @property
    def grip(self) -> tuple[int, int]:
        """Where it is clicked, and taken hold of."""
        return self.left + GRIP_PX, self.top + self.height // 2


def cards(picture: QImage, box: tuple[int, int, int, int]) -> list[Card]:
    """The cards of visits in a box of the picture (left, top, width, height in px), day by day and from above."""
    left, top, width, height = box
    colours = {QColor(name).rgb(): kind for kind, name in EDGES.items()}
    found = []
    for x in range(left, left + width):
        column = [picture.pixel(x, y) for y in range(top, top + height)]
        for kind, start, length in _runs([colours.get(pixel, "") for pixel in column]):
            if length >= LEAST_HEIGHT_PX:
                found.append((x, kind, top + start, length))
    edges = _first_of_each(found)
    lefts = sorted({x for x, *_ in edges})
    return sorted((Card(kind, lefts.index(x), x, y, length) for x, kind, y, length in edges), key=lambda card: (card.day, card.top))


def _runs(kinds: list[str]) -> Iterable[tuple[str, int, int]]:
    start = 0
    for at in range(1, len(kinds) + 1):
        if at == len(kinds) or kinds[at] != kinds[start]:
            if kinds[start]:
                yield kinds[start], start, at - start
            start = at


def _first_of_each(found: list[tuple[int, str, int, int]]) -> list[tuple[int, str, int, int]]:
    """An edge is some px wide: its longest column counts."""
    edges: list[tuple[int, str, int, int]] = []
    for each in sorted(found, key=lambda each: -each[3]):
        x, _, y, length = each
        if not any(abs(x - other[0]) < 6 and y < other[2] + other[3] and other[2] < y + length for other in edges):
            edges.append(each)
    widest = {x: min(other[0] for other in edges if abs(other[0] - x) < 6) for x, *_ in edges}
    return [(widest[x], kind, y, length) for x, kind, y, length in edges]
