"""What an OSM extract says about addresses, streets, towns and businesses."""

from collections.abc import Generator, Iterable, Iterator
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from struct import unpack_from
from typing import Any

from planner.errors import BadInputFile
from planner.model.street_names import HouseNumber, house_numbers
from planner.values import Struct

Point = tuple[float, float]
"""Latitude and longitude in degrees; a plain pair, because an extract holds millions."""

_BUSINESS_KEYS = ("shop", "office", "amenity", "craft", "healthcare", "tourism", "leisure", "club", "industrial", "man_made")
_NOT_BUSINESS = frozenset({"parking", "bench", "shelter", "toilets", "parking_space", "pitch", "park", "playground", "garden", "tower"})
_NOT_STREETS = frozenset(
    {"footway", "path", "cycleway", "steps", "bridleway", "proposed", "construction", "raceway", "corridor", "platform"}
)
_OTHER_NAMES = ("name_1", "alt_name", "old_name", "official_name", "loc_name", "short_name", "ref")
_TOWNS = ("city", "town", "township", "borough", "village", "suburb", "hamlet", "neighbourhood", "locality", "isolated_dwelling")
_FILE_BACKED_FROM = 100_000_000  # bytes of extract from which node places are kept in a file instead of memory
_INTERPOLATION_LIMIT = 500
_M_A_DEGREE = 111_195.0
_WKB_HEAD, _WKB_POINT = 9, 16  # bytes


class Address(Struct, frozen=True):
    """A house number at a point; `exact` is false when it was counted along an interpolation way."""

    house: HouseNumber
    street: str
    city: str
    state: str
    postcode: str
    point: Point
    exact: bool = True


class StreetPiece(Struct, frozen=True):
    """A piece of a named street: its centre line, its other names and the ZIP it is said to be in."""

    name: str
    others: tuple[str, ...]
    postcode: str
    line: tuple[Point, ...]


class Town(Struct, frozen=True):
    """A settlement; `rank` is 0 for a city and grows as they get smaller."""

    name: str
    kind: str
    rank: int
    point: Point


class Business(Struct, frozen=True):
    """A named shop, office or other place people work at; `address` is empty text where unknown."""

    name: str
    kind: str
    hours: str
    number: str
    street: str
    city: str
    state: str
    postcode: str
    point: Point


class ZipArea(Struct, frozen=True):
    """The area of a ZIP: its centre of gravity, and how far from it its corners lie at most."""

    postcode: str
    point: Point
    reach_m: float


Found = Address | StreetPiece | Town | Business | ZipArea


def scan(extract: Path, scratch: Path) -> Generator[list[Found]]:
    """Yield what each object of an `.osm.pbf` or `.osm` file says, often an empty list.

    `scratch` is a file name that may be used for node places while scanning. Raises `BadInputFile` when the file is no OSM file.
    """
    import osmium

    keys = ("addr:housenumber", "addr:interpolation", "place", "name", "ref", "postal_code")
    large = extract.stat().st_size >= _FILE_BACKED_FROM
    try:
        ends = _interpolation_ends(extract)
        objects: Iterable[Any] = (
            osmium.FileProcessor(str(extract))
            .with_locations(f"sparse_file_array,{scratch}" if large else "flex_mem")
            .with_areas(osmium.filter.KeyFilter("addr:housenumber", "place", "postal_code"))
            .with_filter(osmium.filter.KeyFilter(*keys))
        )
        end_addresses: dict[int, Address] = {}
        lines = _Lines()
        for thing in objects:
            found: list[Found] = []
            if thing.is_node():
                found = _of_point(dict(thing.tags), (thing.lat, thing.lon))
                if thing.id in ends:
                    end_addresses.update((thing.id, one) for one in found[:1] if isinstance(one, Address))
            elif thing.is_way():
                found = _of_way(dict(thing.tags), thing, lines, end_addresses)
            elif thing.is_area() and not thing.from_way():
                found = _of_area(dict(thing.tags), [_line(ring) for ring in thing.outer_rings()])
            yield found
    except RuntimeError as problem:
        raise BadInputFile(
            f"'{extract.name}' cannot be read as an OpenStreetMap extract.",
            str(problem),
            "Choose an .osm.pbf or .osm file, or download it again.",
        ) from problem


def _interpolation_ends(extract: Path) -> frozenset[int]:
    """The nodes of address interpolation ways, needed before the ways themselves come by."""
    import osmium

    ways: Iterable[Any] = osmium.FileProcessor(str(extract), osmium.osm.WAY).with_filter(osmium.filter.KeyFilter("addr:interpolation"))
    return frozenset(node.ref for way in ways for node in way.nodes)


def _line(nodes: Iterable[Any]) -> tuple[Point, ...]:
    """The places of nodes; those that a clipped extract lacks are left out."""
    return tuple((node.lat, node.lon) for node in nodes if node.location.valid())


class _Lines:
    """The places of a way's nodes, taken at once as well-known binary: asking node by node takes three times as long."""

    def __init__(self) -> None:
        from osmium import InvalidLocationError
        from osmium.geom import WKBFactory, use_nodes

        self._factory, self._every = WKBFactory(), use_nodes.ALL
        self._lacking = (InvalidLocationError, RuntimeError)  # a node without a place, or a way of one node

    def of(self, way: Any) -> tuple[Point, ...]:
        """The line of a way; nodes that a clipped extract lacks are left out."""
        try:
            binary = bytes.fromhex(self._factory.create_linestring(way, self._every))
        except self._lacking:
            return _line(way.nodes)
        values = unpack_from(f"<{2 * ((len(binary) - _WKB_HEAD) // _WKB_POINT)}d", binary, _WKB_HEAD)
        return tuple(zip(values[1::2], values[::2], strict=True))


def centroid(ring: tuple[Point, ...]) -> Point:
    """The centre of gravity of a closed ring (shoelace formula), or the middle of its corners when it has no area."""
    lat0, lon0 = ring[0]
    area = lat_sum = lon_sum = 0.0
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise(ring):
        cross = (lon_a - lon0) * (lat_b - lat0) - (lon_b - lon0) * (lat_a - lat0)
        area += cross
        lat_sum += (lat_a + lat_b - 2 * lat0) * cross
        lon_sum += (lon_a + lon_b - 2 * lon0) * cross
    if abs(area) < 1e-14:
        return sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    return lat0 + lat_sum / (3 * area), lon0 + lon_sum / (3 * area)


def _of_point(tags: dict[str, str], point: Point) -> list[Found]:
    found: list[Found] = [*_addresses(tags, point)]
    name = tags.get("name", "").strip()
    place = tags.get("place", "")
    if name and place in _TOWNS:
        found.append(Town(name, place, _TOWNS.index(place), point))
    kind = next((tags[key] for key in _BUSINESS_KEYS if key in tags), "")
    if name and kind and kind not in _NOT_BUSINESS and "highway" not in tags:
        found.append(
            Business(name, kind.replace("_", " "), tags.get("opening_hours", ""), tags.get("addr:housenumber", ""), *_where(tags), point)
        )
    return found


def _where(tags: dict[str, str]) -> tuple[str, str, str, str]:
    """Street, city, state and ZIP of an object's address."""
    street = tags.get("addr:street") or tags.get("addr:place", "")
    return street, tags.get("addr:city", ""), tags.get("addr:state", ""), tags.get("addr:postcode", "")


def _addresses(tags: dict[str, str], point: Point) -> list[Address]:
    where = _where(tags)
    if not where[0]:
        return []
    return [Address(house, *where, point) for house in house_numbers(tags.get("addr:housenumber", ""))]


def _of_area(tags: dict[str, str], rings: list[tuple[Point, ...]]) -> list[Found]:
    """What a relation that is an area says; its largest ring stands for it."""
    rings = [ring for ring in rings if ring]
    if not rings:
        return []
    ring = max(rings, key=len)
    middle = centroid(ring)
    found = _of_point(tags, middle)
    if tags.get("boundary") == "postal_code":
        shrink = cos(radians(middle[0]))
        reach = max(hypot(lat - middle[0], (lon - middle[1]) * shrink) for lat, lon in ring)
        found.append(ZipArea(tags.get("postal_code", ""), middle, _M_A_DEGREE * reach))
    return found


def _of_way(tags: dict[str, str], way: Any, lines: _Lines, end_addresses: dict[int, Address]) -> list[Found]:
    highway = tags.get("highway")
    if highway and (highway in _NOT_STREETS or highway.endswith("_link")):
        return []
    if "addr:interpolation" in tags and "addr:housenumber" not in tags:
        return [*_interpolated(tags["addr:interpolation"], way.nodes, end_addresses)]
    line = lines.of(way)
    if not line:
        return []
    if highway:
        if len(line) < 2:
            return []
        others = tuple(part.strip() for key in _OTHER_NAMES for part in tags.get(key, "").split(";") if part.strip())
        name = tags.get("name", "").strip() or next(iter(others), "")
        return [StreetPiece(name, tuple(other for other in others if other != name), tags.get("tiger:zip_left", ""), line)] if name else []
    closed = len(line) > 3 and line[0] == line[-1]
    return _of_point(tags, centroid(line) if closed else line[len(line) // 2])


def _interpolated(rule: str, nodes: Any, end_addresses: dict[int, Address]) -> Iterator[Address]:
    """Count the numbers between neighbouring ends of an interpolation way (OSM wiki, "Addresses: using interpolation")."""
    step = {"odd": 2, "even": 2, "all": 1}.get(rule) or (int(rule) if rule.isdigit() and int(rule) > 0 else 0)
    places = [(node.ref, (node.lat, node.lon)) for node in nodes if node.location.valid()]
    marks = [at for at, (ref, _) in enumerate(places) if ref in end_addresses]
    for begin, end in pairwise(marks):
        low, high = end_addresses[places[begin][0]], end_addresses[places[end][0]]
        line = [point for _, point in places[begin : end + 1]]
        if low.house > high.house:
            low, high, line = high, low, line[::-1]
        span = high.house.number - low.house.number
        if not step or span > step * _INTERPOLATION_LIMIT:
            continue
        for number in range(low.house.number + step, high.house.number, step):
            point = along(line, (number - low.house.number) / span)
            yield Address(HouseNumber(number), low.street, low.city, low.state, low.postcode, point, exact=False)


def along(line: list[Point], share: float) -> Point:
    """The point at a share (0..1) of a line's length, measured in degrees: good for the length of a street block."""
    legs = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for a, b in pairwise(line)]
    left = share * sum(legs)
    for (a, b), leg in zip(pairwise(line), legs, strict=True):
        if left <= leg and leg > 0:
            return a[0] + (b[0] - a[0]) * left / leg, a[1] + (b[1] - a[1]) * left / leg
        left -= leg
    return line[-1]
