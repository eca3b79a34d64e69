"""What of OpenStreetMap the basemap draws, in which layer and as what kind, and from which zoom on.

The tables are read top to bottom; the first rule that fits an object draws it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from planner.values import Struct

MIN_ZOOM = 6
MAX_ZOOM = 14
LAYERS = ("landuse", "water", "aeroway", "buildings", "roads", "boundaries", "places")

Attributes = tuple[tuple[str, str | int], ...]
_REMEMBERED = 8_192  # of the latest answers: most ways and areas have the tags of many others


class Drawn(NamedTuple):
    """How an object is drawn: layer, attributes, and the first zoom that shows it. An area's `name` is shown as a point of `places`."""

    layer: str
    attributes: Attributes
    from_zoom: int
    name: str = ""


class Rule(Struct, frozen=True):
    """Objects whose tag `key` has this `value` are drawn as this kind; `named` ones get a label at their middle."""

    key: str
    value: str
    layer: str
    kind: str
    from_zoom: int
    named: bool = False


# highway=* -> (kind, first zoom). The kind decides the width and colour of a road, its highway value (`detail`) the finer points.
# Drives and aisles of car parks are told by service=*: kind "drive", at the closest zoom only.
ROADS = {
    "motorway": ("highway", MIN_ZOOM),
    "trunk": ("highway", MIN_ZOOM),
    "primary": ("major", 7),
    "secondary": ("major", 9),
    "tertiary": ("medium", 10),
    "motorway_link": ("link", 10),
    "trunk_link": ("link", 11),
    "primary_link": ("link", 12),
    "secondary_link": ("link", 12),
    "tertiary_link": ("link", 12),
    "unclassified": ("minor", 11),
    "residential": ("minor", 12),
    "living_street": ("minor", 12),
    "road": ("minor", 12),
    "busway": ("service", 13),
    "service": ("service", 13),
    "track": ("path", 13),
    "pedestrian": ("path", 13),
    "footway": ("path", 14),
    "path": ("path", 14),
    "cycleway": ("path", 14),
    "bridleway": ("path", 14),
    "steps": ("path", 14),
}
_DRIVES = {"driveway", "parking_aisle", "drive-through"}
_HIDDEN_SERVICE = {"emergency_access"}
_HIDDEN_FOOTWAY = {"sidewalk", "crossing", "traffic_island"}
_RAILS = {"rail": 11, "light_rail": 13, "narrow_gauge": 13, "monorail": 13, "subway": 13, "tram": 13}
_ONE_WAY = {"yes": 1, "true": 1, "1": 1, "-1": -1, "reverse": -1}
_ONE_WAY_JUNCTIONS = {"roundabout", "circular"}

LINES = (
    Rule("waterway", "river", "water", "river", 9),
    Rule("waterway", "canal", "water", "canal", 11),
    Rule("waterway", "stream", "water", "stream", 13),
    Rule("route", "ferry", "water", "ferry", 9),
    Rule("man_made", "pier", "landuse", "pier", 13),
    Rule("man_made", "breakwater", "landuse", "pier", 13),
    Rule("aeroway", "runway", "aeroway", "runway", 11),
    Rule("aeroway", "taxiway", "aeroway", "taxiway", 12),
)

AREAS = (
    Rule("natural", "water", "water", "water", MIN_ZOOM, named=True),
    Rule("natural", "bay", "water", "water", MIN_ZOOM, named=True),
    Rule("waterway", "riverbank", "water", "water", MIN_ZOOM),
    Rule("waterway", "dock", "water", "water", 11),
    Rule("landuse", "reservoir", "water", "water", MIN_ZOOM, named=True),
    Rule("landuse", "basin", "water", "water", 12),
    Rule("aeroway", "aerodrome", "aeroway", "aerodrome", 10, named=True),
    Rule("aeroway", "apron", "aeroway", "apron", 13),
    Rule("aeroway", "runway", "aeroway", "runway", 12),
    Rule("leisure", "nature_reserve", "landuse", "park", 9, named=True),
    Rule("boundary", "national_park", "landuse", "park", 8, named=True),
    Rule("leisure", "park", "landuse", "park", 10, named=True),
    Rule("leisure", "golf_course", "landuse", "park", 11, named=True),
    Rule("landuse", "recreation_ground", "landuse", "park", 12, named=True),
    Rule("landuse", "cemetery", "landuse", "cemetery", 12, named=True),
    Rule("leisure", "garden", "landuse", "park", 14),
    Rule("leisure", "pitch", "landuse", "pitch", 14),
    Rule("amenity", "university", "landuse", "school", 11, named=True),
    Rule("amenity", "college", "landuse", "school", 12, named=True),
    Rule("amenity", "school", "landuse", "school", 13, named=True),
    Rule("amenity", "hospital", "landuse", "hospital", 12, named=True),
    Rule("amenity", "parking", "landuse", "parking", 14),
    Rule("landuse", "residential", "landuse", "residential", 9),
    Rule("landuse", "commercial", "landuse", "commercial", 11, named=True),
    Rule("landuse", "retail", "landuse", "commercial", 11, named=True),
    Rule("landuse", "industrial", "landuse", "industrial", 11, named=True),
    Rule("landuse", "military", "landuse", "industrial", 9, named=True),
    Rule("landuse", "forest", "landuse", "wood", 7),
    Rule("natural", "wood", "landuse", "wood", 7),
    Rule("natural", "wetland", "landuse", "wetland", 11),
    Rule("natural", "beach", "landuse", "sand", 11),
    Rule("natural", "sand", "landuse", "sand", 11),
    Rule("natural", "scrub", "landuse", "scrub", 11),
    Rule("natural", "heath", "landuse", "scrub", 11),
    Rule("natural", "grassland", "landuse", "grass", 11),
    Rule("landuse", "meadow", "landuse", "grass", 11),
    Rule("landuse", "grass", "landuse", "grass", 13),
    Rule("landuse", "farmland", "landuse", "farmland", 10),
    Rule("landuse", "orchard", "landuse", "farmland", 12),
    Rule("landuse", "vineyard", "landuse", "farmland", 12),
    Rule("natural", "bare_rock", "landuse", "rock", 10),
    Rule("landuse", "quarry", "landuse", "rock", 11),
    Rule("man_made", "pier", "landuse", "pier", 12),
    Rule("man_made", "breakwater", "landuse", "pier", 12),
)

PLACES = {"city": 6, "town": 8, "village": 10, "suburb": 11, "hamlet": 12, "neighbourhood": 13, "locality": 14, "island": 9}
BOUNDARIES = {"2": ("country", MIN_ZOOM), "4": ("region", MIN_ZOOM), "6": ("county", 8), "7": ("town", 11), "8": ("town", 11)}
WAY_KEYS = tuple(dict.fromkeys(("highway", "railway", "natural", *(rule.key for rule in LINES))))  # natural: for the coast
AREA_KEYS = tuple(dict.fromkeys((*(rule.key for rule in AREAS), "building")))

_LINE_RULES = {(rule.key, rule.value): rule for rule in LINES}
_BUILDING = AREA_KEYS.index("building")
_AREA_RULES: Mapping[tuple[str, str | None], tuple[int, Rule]] = {(rule.key, rule.value): (order, rule) for order, rule in enumerate(AREAS)}
_LINE_KEYS = tuple(dict.fromkeys(rule.key for rule in LINES))
_ROAD_KEYS = ("highway", "area", "service", "footway", "name", "ref", "bridge", "tunnel", "oneway", "junction")
_NO = {"", "no", "false", "0"}


def way(tags: Mapping[str, str]) -> Drawn | None:
    """How a way is drawn as a line, or None."""
    if tags.get("highway") is not None:
        return _road(*map(tags.get, _ROAD_KEYS))
    rail = tags.get("railway")
    if rail is not None:
        return _rail(rail, tags)
    for key in _LINE_KEYS:
        rule = _LINE_RULES.get((key, tags.get(key, "")))
        if rule is not None:
            return Drawn(rule.layer, _attributes(rule.kind, name=tags.get("name", "")), rule.from_zoom)
    return None


def boundary(admin_level: str) -> Drawn | None:
    """How a boundary of this admin_level is drawn, or None."""
    found = BOUNDARIES.get(admin_level)
    return Drawn("boundaries", (("kind", found[0]),), found[1]) if found else None


def area(tags: Mapping[str, str]) -> Drawn | None:
    """How an area is drawn as a polygon, or None."""
    return _area(tags.get("name", ""), *map(tags.get, AREA_KEYS))


@lru_cache(_REMEMBERED)
def _area(name: str, *values: str | None) -> Drawn | None:
    """An area by the values of AREA_KEYS."""
    fitting = [_AREA_RULES[found] for found in zip(AREA_KEYS, values, strict=True) if found in _AREA_RULES]
    if fitting:
        _, rule = min(fitting, key=lambda one: one[0])
        return Drawn(rule.layer, _attributes(rule.kind), rule.from_zoom, name if rule.named else "")
    if (values[_BUILDING] or "") not in _NO:
        return Drawn("buildings", _attributes("building"), MAX_ZOOM)
    return None


def place(tags: Mapping[str, str]) -> Drawn | None:
    """How a node is drawn as the name of a place, or None. Big cities show one zoom earlier, small ones two later."""
    kind, name = tags.get("place", ""), tags.get("name", "")
    if kind not in PLACES or not name:
        return None
    population = _count(tags.get("population", ""))
    zoom = PLACES[kind]
    if kind == "city":
        zoom += 2 if population < 50_000 else 1 if population < 250_000 else 0
    elif kind == "town" and population < 5_000:
        zoom += 1
    zoom = min(zoom, MAX_ZOOM)
    return Drawn("places", (("kind", kind), ("name", name), ("population", population), ("from_zoom", zoom)), zoom)


def _rail(rail: str, tags: Mapping[str, str]) -> Drawn | None:
    """The lines between stations; yards and sidings only close by."""
    if rail not in _RAILS or tags.get("tunnel", "") not in _NO:
        return None
    kind, zoom = ("siding", MAX_ZOOM) if "service" in tags else ("rail", _RAILS[rail])
    return Drawn("roads", _attributes(kind, detail=rail, bridge=int(tags.get("bridge", "") not in _NO)), zoom)


@lru_cache(_REMEMBERED)
def _road(highway: str, area: str | None, service: str | None, footway: str | None, *others: str | None) -> Drawn | None:
    """A road by the values of _ROAD_KEYS."""
    known = ROADS.get(highway)
    if known is None or area == "yes" or service in _HIDDEN_SERVICE or footway in _HIDDEN_FOOTWAY:
        return None
    kind, zoom = ("drive", MAX_ZOOM) if service in _DRIVES else known
    name, ref, bridge, tunnel, oneway, junction = others
    return Drawn(
        "roads",
        _attributes(
            kind,
            detail=highway,
            name=name or "",
            ref=road_numbers(ref or ""),
            bridge=int((bridge or "") not in _NO),
            tunnel=int((tunnel or "") not in _NO),
            oneway=_direction(highway, oneway, junction),
        ),
        zoom,
    )


def _direction(highway: str, oneway: str | None, junction: str | None) -> int:
    """1 where traffic only goes the way the line is drawn, -1 against it, else 0; motorways and roundabouts need not say so."""
    if oneway is not None:
        return _ONE_WAY.get(oneway, 0)
    return int(highway == "motorway" or junction in _ONE_WAY_JUNCTIONS)


def road_numbers(ref: str) -> str:
    """The numbers of a road as "I 99;US 220": each once, without stray control characters and spaces."""
    if not ref:
        return ref
    printable = "".join(letter for letter in ref if letter.isprintable() or letter.isspace())
    numbers = (re.sub(r"\s+", " ", number).strip() for number in printable.split(";"))
    return ";".join(dict.fromkeys(filter(None, numbers)))


def _attributes(kind: str, **others: str | int) -> Attributes:
    """Attributes without the empty ones, which would only take room."""
    return (("kind", kind), *((key, value) for key, value in others.items() if value))


def _count(text: str) -> int:
    digits = text.replace(",", "").replace(" ", "").split(".")[0]
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def at_zoom(attributes: Attributes, layer: str, zoom: int) -> Attributes:
    """The attributes a feature keeps at a zoom: what is not drawn there would only keep roads from being joined to long lines."""
    if layer != "roads" or zoom >= _ALL_FROM_ZOOM:
        return attributes
    return tuple(one for one in attributes if zoom >= _ROAD_ATTRIBUTE_FROM_ZOOM[one[0]])


def same_attributes_from(zoom: int) -> int:
    """The first of the zooms up to this one at which features keep the same attributes."""
    return max(first for first in _ROAD_ATTRIBUTE_FROM_ZOOM.values() if first <= zoom)


_ROAD_ATTRIBUTE_FROM_ZOOM = {"kind": 0, "detail": 0, "ref": 7, "name": 12, "bridge": 12, "tunnel": 12, "oneway": 14}
_ALL_FROM_ZOOM = max(_ROAD_ATTRIBUTE_FROM_ZOOM.values())
