"""How each kind of name is set, from which zoom on, and which gives way to which (a lower priority number goes first)."""

import re
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

_STREETS_WIDE_FROM = 16.75


class TextStyle(Enum):
    """A way to set text: size in logical pixels, bold, italic, and the palette's colour for it."""

    CITY = (17, True, False, "place_text")
    TOWN = (14, True, False, "place_text")
    VILLAGE = (12, True, False, "place_text")
    SUBURB = (12, False, False, "place_text")
    MINOR = (11, False, False, "minor_text")
    WIDE_STREET = (13, False, False, "street_text")
    STREET = (11, False, False, "street_text")
    SMALL_STREET = (10, False, False, "street_text")
    WATER = (11, False, True, "water_text")
    GREEN = (11, False, False, "park_text")
    SIGN = (10, True, False, "place_text")

    @property
    def size_px(self) -> int:
        """Height of the type."""
        return self.value[0]

    @property
    def bold(self) -> bool:
        return self.value[1]

    @property
    def italic(self) -> bool:
        return self.value[2]

    @property
    def colour(self) -> str:
        """The field of the palette."""
        return self.value[3]

    @property
    def row_height(self) -> float:
        """Distance between two rows."""
        return self.size_px * 1.25


@dataclass(frozen=True, slots=True)
class PlaceStyle:
    """How a name at a point is shown, between which zooms."""

    text: TextStyle
    from_zoom: float
    to_zoom: float
    priority: int


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a name along a line is shown, and how its road numbers rank."""

    text: TextStyle
    from_zoom: float
    priority: int
    shield_priority: int = 99

    def text_at(self, zoom: float) -> TextStyle:
        """The text at this zoom: larger where streets are wide."""
        if zoom < _STREETS_WIDE_FROM:
            return self.text
        return {TextStyle.STREET: TextStyle.WIDE_STREET, TextStyle.SMALL_STREET: TextStyle.STREET}.get(self.text, self.text)


PLACES: MappingProxyType[str, PlaceStyle] = MappingProxyType(
    {
        "city": PlaceStyle(TextStyle.CITY, 4, 16, 0),
        "town": PlaceStyle(TextStyle.TOWN, 7, 16.5, 1),
        "village": PlaceStyle(TextStyle.VILLAGE, 9.5, 17, 3),
        "island": PlaceStyle(TextStyle.VILLAGE, 9, 15, 3),
        "suburb": PlaceStyle(TextStyle.SUBURB, 11.5, 17.5, 5),
        "hamlet": PlaceStyle(TextStyle.MINOR, 11.5, 17.5, 7),
        "neighbourhood": PlaceStyle(TextStyle.MINOR, 13, 18, 8),
        "locality": PlaceStyle(TextStyle.MINOR, 14, 18, 11),
        "water": PlaceStyle(TextStyle.WATER, 10, 20, 9),
        "aerodrome": PlaceStyle(TextStyle.MINOR, 11, 16, 9),
        "park": PlaceStyle(TextStyle.GREEN, 12, 20, 10),
        "cemetery": PlaceStyle(TextStyle.GREEN, 14.5, 20, 13),
        "hospital": PlaceStyle(TextStyle.MINOR, 13, 20, 10),
        "school": PlaceStyle(TextStyle.MINOR, 14, 20, 12),
        "commercial": PlaceStyle(TextStyle.MINOR, 14, 20, 12),
        "industrial": PlaceStyle(TextStyle.MINOR, 14, 20, 13),
    }
)

LINES: MappingProxyType[str, LineStyle] = MappingProxyType(
    {
        "highway": LineStyle(TextStyle.STREET, 13, 4, 2),
        "major": LineStyle(TextStyle.STREET, 12.5, 4, 4),
        "link": LineStyle(TextStyle.SMALL_STREET, 15.5, 13),
        "medium": LineStyle(TextStyle.STREET, 13, 6, 6),
        "minor": LineStyle(TextStyle.SMALL_STREET, 14.25, 12),
        "service": LineStyle(TextStyle.SMALL_STREET, 16, 14),
        "path": LineStyle(TextStyle.SMALL_STREET, 16, 15),
        "river": LineStyle(TextStyle.WATER, 11, 9),
        "canal": LineStyle(TextStyle.WATER, 13, 9),
        "stream": LineStyle(TextStyle.WATER, 14, 14),
    }
)

SHIELD_FROM: MappingProxyType[str, float] = MappingProxyType({"highway": 7, "major": 9.5, "medium": 12})
"""Zooms from which the numbers of these roads are shown."""


class Network(Enum):
    """Whose number a road carries; each has its own sign."""

    INTERSTATE = "interstate"
    US = "us"
    STATE = "state"


def shield_of(ref: str) -> tuple[str, Network] | None:
    """The number as on the sign, and the sign: "I 99" is Interstate 99, "US 322" a US highway, "PA 26" a state's road.

    None for what stands on no sign, such as the "T363" of a township.
    """
    interstate = re.fullmatch(r"I[- ]?(H?-?\d+\w?)", ref)
    if interstate:
        return interstate[1], Network.INTERSTATE
    us = re.match(r"US[- ]?(\d+\w?)", ref)
    if us:
        return us[1], Network.US
    state = re.match(r"(?:[A-Z]{2}[- ]?)?(\d+\w?)", ref)
    return (state[1], Network.STATE) if state else None
