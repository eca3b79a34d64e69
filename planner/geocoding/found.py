"""A place found for an address, and what is said about it."""

from collections.abc import Sequence
from operator import attrgetter
from types import MappingProxyType

from planner.geocoding.areas import Fit
from planner.geocoding.index import Index
from planner.geocoding.match import Reading
from planner.model.places import LatLon, MatchQuality
from planner.values import Struct

QUALITY_WORTH = MappingProxyType(
    {MatchQuality.ROOFTOP: 1.0, MatchQuality.INTERPOLATED: 0.87, MatchQuality.BUSINESS: 0.8, MatchQuality.STREET: 0.72}
)
RIVAL = 0.06
"""Finds this near to the best one's score are as likely."""
APART_M = 120.0
"""Finds further apart are different places."""
CLOSE_M = 400.0
"""A find that may be off by more asks for a look."""


class Found(Struct, frozen=True):
    """A place found for an address, how, and what had to be mended."""

    point: LatLon
    quality: MatchQuality
    score: float
    notes: tuple[str, ...] = ()
    doubtful: bool = False


def street_notes(reading: Reading) -> tuple[str, ...]:
    """What was mended in the street's name."""
    return (f"Street read as '{reading.street.name}'",) if reading.alias or reading.likeness < 1.0 else ()


def place_notes(index: Index, locality: int, fit: Fit) -> tuple[str, ...]:
    """Where city or ZIP on the map differ from those asked for."""
    place = index.localities[locality]
    city = (f"The map has it in {place.city}",) if fit.city_same is False and place.city else ()
    return (*city, f"ZIP is {place.zip} on the map") if fit.zip_same is False and place.zip else city


def middle(points: Sequence[LatLon]) -> LatLon:
    """The one of some points that is nearest to their mean."""
    mean = LatLon(sum(point.lat for point in points) / len(points), sum(point.lon for point in points) / len(points))
    return min(points, key=mean.metres_to)


def spread(points: Sequence[LatLon]) -> float:
    """How far the first of some points is from the others at most, in metres; 0 for none."""
    return max((points[0].metres_to(point) for point in points), default=0.0)


def better(first: Found | None, second: Found | None) -> Found | None:
    """The find with the higher score; the first when they are equal."""
    return max((found for found in (first, second) if found), key=attrgetter("score"), default=None)
