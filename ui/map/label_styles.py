"""How each kind of name is set, from which zoom on, and which gives way to which (a lower priority number goes first)."""

import re
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from planner.model.street_names import state_code
from planner.values import Struct

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
    SIGN = (10, True, False, "sign_ink")
    BANNER = (8, True, False, "sign_ink")
    AREA = (12, True, False, "area_text")

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


class PlaceStyle(Struct, frozen=True):
    """How a name at a point is shown, between which zooms."""

    text: TextStyle
    from_zoom: float
    to_zoom: float
    priority: int


class LineStyle(Struct, frozen=True):
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
        "ferry": LineStyle(TextStyle.WATER, 14.5, 16),
    }
)

SHIELD_FROM: MappingProxyType[str, float] = MappingProxyType({"highway": 7, "major": 9.5, "medium": 12})
"""Zooms from which the numbers of these roads are shown."""


MORE_SHIELDS_AFTER = 2.0
"""How many zooms later a road's second and third numbers are shown."""
ARROWS_FROM = 16.0
"""Zoom from which one-way streets are marked."""


class Network(Enum):
    """Whose number a road carries; each has its own sign."""

    INTERSTATE = "interstate"
    US = "us"
    STATE = "state"


class Sign(Struct, frozen=True):
    """The number as on the sign, which sign, and the small word over it ("BUS" for a business route, or empty)."""

    number: str
    network: Network
    banner: str = ""


_STATE_ROUTES = {"SR", "SH"}
"""What may stand before the number of a state's road instead of the state."""
_BANNERS = {
    "business": "BUS",
    "bus": "BUS",
    "alternate": "ALT",
    "alt": "ALT",
    "bypass": "BYP",
    "byp": "BYP",
    "spur": "SPUR",
    "loop": "LOOP",
}
_REF = re.compile(r"(?:(?P<of>[A-Z]{1,2})[- ]?)?(?P<number>H?-?\d{1,4}[A-Z]?)(?: (?P<banner>[A-Za-z]+))?")
_NO_SIGN_DIGITS = 4
"""State route numbers of four digits are kept in the state's books and on no sign, as Pennsylvania's "SR 1015"."""


@lru_cache(maxsize=2_000)
def sign_of(ref: str) -> Sign | None:
    """The sign of a road's number: "I 99" is Interstate 99, "US 322 Business" a US highway, "PA 26" or a bare "26" a state's road.

    None for what stands on no sign, such as the "T363" of a township, and for detours for trucks.
    """
    read = _REF.fullmatch(ref.strip())
    if read is None:
        return None
    of, number, word = read["of"], read["number"].replace("-", ""), (read["banner"] or "").casefold()
    network = {"I": Network.INTERSTATE, "US": Network.US}.get(of or "")
    if network is None:
        network = Network.STATE if of is None or of in _STATE_ROUTES or state_code(of) else None
    unsigned = of == "SR" and len(number) >= _NO_SIGN_DIGITS
    if network is None or unsigned or (word and word not in _BANNERS) or (number[0] == "H" and network is not Network.INTERSTATE):
        return None
    return Sign(number, network, _BANNERS.get(word, ""))
