"""What is at a place: the nearest house, else the street, else the nearest town."""

from math import atan2, cos, degrees, radians

from planner.geocoding.index import Index, Town
from planner.geocoding.interpolate import nearest_on_line, squared_distance
from planner.model.grid import cells_around
from planner.model.places import LatLon, Match, MatchQuality
from planner.model.street_names import HouseNumber

_HOUSE_M, _STREET_M = 150.0, 250.0
_IN_TOWN_M = 800.0
_TOWN_M = 80_000.0
_M_A_MILE = 1_609.344
_WINDS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


def describe(index: Index, point: LatLon, source: str, *, miles: bool) -> Match:
    """The nearest thing with a name, with its own place, and in `text` how the point lies to it."""
    return _house(index, point, source) or _street(index, point, source) or _town(index, point, source, miles=miles)


def _house(index: Index, point: LatLon, source: str) -> Match | None:
    house = index.nearest_house(point, cells_around(point.lat, point.lon, _HOUSE_M))
    away = point.metres_to(house.point) if house else _HOUSE_M
    if house is None or away >= _HOUSE_M:
        return None
    number = HouseNumber(house.number, house.suffix)
    text = f"near {number} {index.street(house.street).name}{_in(index, house.locality)}"
    quality = MatchQuality.ROOFTOP if house.exact else MatchQuality.INTERPOLATED
    return Match(house.point, quality, source, round(1.0 - away / _HOUSE_M / 2, 3), text, f"{away:.0f} m away")


def _street(index: Index, point: LatLon, source: str) -> Match | None:
    pieces = index.pieces_in(cells_around(point.lat, point.lon, _STREET_M))
    piece = min(pieces, key=lambda one: squared_distance(point, one.line), default=None)
    place = nearest_on_line(point, piece.line) if piece else point
    away = point.metres_to(place)
    if piece is None or away >= _STREET_M:
        return None
    text = f"on {index.street(piece.street).name}{_in(index, piece.locality)}"
    return Match(place, MatchQuality.STREET, source, round(0.5 - away / _STREET_M / 4, 3), text, f"{away:.0f} m away")


def _town(index: Index, point: LatLon, source: str, *, miles: bool) -> Match:
    town = min(index.towns, key=lambda one: _squared(point, one.centre), default=None)
    away = point.metres_to(town.centre) if town else _TOWN_M
    if town is None or away >= _TOWN_M:
        return Match(
            None, MatchQuality.NONE, source, 0.0, f"{point.lat:.5f}, {point.lon:.5f}", "Nothing of this road pack is near", doubtful=True
        )
    return Match(town.centre, MatchQuality.CITY, source, 0.1, _away_from(town, point, away, miles=miles), f"{away:.0f} m away")


def _away_from(town: Town, point: LatLon, away: float, *, miles: bool) -> str:
    if away < _IN_TOWN_M:
        return f"in {town.name}"
    distance = max(1, round(away / (_M_A_MILE if miles else 1000.0)))
    unit = ("mile" if distance == 1 else "miles") if miles else "km"
    return f"{distance} {unit} {_wind(town.centre, point)} of {town.name}"


def _wind(start: LatLon, end: LatLon) -> str:
    """The eighth of the compass in which `end` lies from `start`."""
    east, north = (end.lon - start.lon) * cos(radians(start.lat)), end.lat - start.lat
    return _WINDS[round(degrees(atan2(east, north)) / 45.0) % 8]


def _squared(one: LatLon, other: LatLon) -> float:
    """Squared distance in degrees of latitude on a plane: enough to tell the nearest."""
    return (one.lat - other.lat) ** 2 + ((one.lon - other.lon) * cos(radians(one.lat))) ** 2


def _in(index: Index, locality: int) -> str:
    place = index.localities.get(locality)
    town = " ".join(part for part in (place.city, place.state) if part) if place else ""
    return f", {town}" if town else ""
