"""Where things are."""

import math
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from planner.values import Struct


class LatLon(Struct, frozen=True, order=True):
    """A point on the earth in WGS84 degrees; lon/lat order exists only at the border of a library."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90.0 <= self.lat <= 90.0 and -180.0 <= self.lon <= 180.0):
            raise ValueError(f"not a place on earth: {self.lat}, {self.lon}")

    def metres_to(self, other: "LatLon") -> float:
        """Great-circle distance in metres (haversine, mean earth radius 6,371,008.8 m)."""
        lat1, lat2 = math.radians(self.lat), math.radians(other.lat)
        dlat, dlon = lat2 - lat1, math.radians(other.lon - self.lon)
        h = math.sin(dlat / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
        return 2 * 6_371_008.8 * math.asin(min(1.0, math.sqrt(h)))


class Bounds(Struct, frozen=True):
    """A box in degrees."""

    south: float
    west: float
    north: float
    east: float

    def contains(self, point: LatLon) -> bool:
        """Whether the point lies in the box, edges included."""
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east

    @property
    def centre(self) -> LatLon:
        """The middle of the box."""
        return LatLon((self.south + self.north) / 2, (self.west + self.east) / 2)


class NamedPlace(Struct, frozen=True):
    """A point with the name people use for it: Home, Office, a hotel."""

    name: str
    point: LatLon


class PostalAddress(Struct, frozen=True):
    """A US address as written in a file; any part may be empty."""

    street: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""

    @property
    def one_line(self) -> str:
        """The address as one line, without empty parts."""
        tail = " ".join(part for part in (self.state, self.postcode) if part)
        return ", ".join(part for part in (self.street, self.city, tail) if part)


class MatchQuality(StrEnum):
    """How exactly an address was placed, best first."""

    ROOFTOP = "rooftop"  # the house number itself is on the map
    INTERPOLATED = "interpolated"  # between two known numbers of the street
    STREET = "street"  # the street is known, the number is not
    BUSINESS = "business"  # found by the business's name
    ZIP = "zip"  # middle of the ZIP area
    CITY = "city"  # middle of the town
    MANUAL = "manual"  # the user put the pin there
    NONE = "none"  # not placed


class Match(Struct, frozen=True):
    """Where an address was found and how sure that is.

    `score` runs from 0 (a guess) to 1 (every part agrees); `doubtful` asks for a look; `text` is the address as the source has it;
    `note` says in words what was mended or why it failed ("Street read as 'Hamilton Avenue'").
    """

    point: LatLon | None
    quality: MatchQuality
    source: str = ""
    score: float = 0.0
    text: str = ""
    note: str = ""
    doubtful: bool = False


def is_inside(ring: Sequence[LatLon], point: LatLon) -> bool:
    """Whether a point lies inside a ring: a ray from it to the east crosses the ring an odd number of times."""
    crossings = 0
    for a, b in pairwise((*ring, ring[0])):
        if (a.lat > point.lat) != (b.lat > point.lat):
            crossings += point.lon < a.lon + (point.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon)
    return crossings % 2 == 1
