"""Outlines of areas: read from files, and of the counties in an extract."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from planner.errors import BadInputFile
from planner.model.areas import Area
from planner.model.places import LatLon
from planner.model.plain_text import one_line
from planner.progress import Report
from planner.values import Struct

_REMEDY = "Choose a GeoJSON file with polygons, or an Osmosis .poly file."
_COUNTY_LEVEL = "6"  # admin_level of counties, and of cities that belong to none, in the United States

Ring = tuple[LatLon, ...]


class CountyNames(Struct, frozen=True):
    """The counties of an extract: those whose outline is in it, and those that the extract cuts off."""

    whole: tuple[str, ...]
    cut_off: tuple[str, ...]


def read_area(path: Path) -> Area:
    """Read an area from GeoJSON (polygons, features or a collection of them) or from an Osmosis polygon file (.poly).

    Its name is what the file says, else the file's own; holes are left out. Raises BadInputFile, which names the line or feature.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputFile(f"'{path}' is not there.", "It may have been moved or renamed.", _REMEDY) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputFile(f"'{path.name}' cannot be read as text.", str(error), _REMEDY) from error
    try:
        name, rings = _of_poly(text) if path.suffix.lower() == ".poly" else _of_geojson(text)
    except ValueError as error:
        why = str(error)
        raise BadInputFile(f"'{path.name}' is not an area.", f"{why[:1].upper()}{why[1:]}.", _REMEDY) from error
    except RecursionError as error:
        raise BadInputFile(f"'{path.name}' is not an area.", "It is nested too deeply.", _REMEDY) from error
    return Area(one_line(name) or one_line(path.stem), tuple(rings))


def united(areas: Sequence[Area], name: str) -> Area:
    """The union of areas as one; what lies between their outlines, as a hole would, belongs to it."""
    import shapely

    whole = shapely.union_all([_polygon(ring) for area in areas for ring in area.outlines])
    return Area(name, tuple(_ring(part.exterior.coords) for part in shapely.get_parts(whole)))


def counties_of(extract: Path, report: Report) -> list[Area]:
    """The counties whose whole outline is in an extract, by name; `county_names` tells those that are cut off.

    A name that several counties have is told apart by its state. Raises BadInputFile when the extract cannot be read.
    """
    import osmium

    report(0.0, "Looking for counties")
    county = osmium.filter.TagFilter(("admin_level", _COUNTY_LEVEL))
    areas = osmium.filter.EntityFilter(osmium.osm.AREA)
    found: list[tuple[dict[str, str], tuple[Ring, ...]]] = []
    thing: Any
    with TemporaryDirectory(prefix="roadbook-counties-") as scratch:
        source = osmium.FileProcessor(extract).with_locations(f"sparse_file_array,{Path(scratch) / 'places'}").with_areas(county)
        try:
            for thing in source.with_filter(areas).with_filter(county):
                tags = dict(thing.tags)
                rings = tuple(_ring((node.lon, node.lat) for node in ring) for ring in thing.outer_rings())
                if rings and tags.get("boundary") == "administrative" and tags.get("name"):  # one that is not closed has no rings
                    found.append((tags, rings))
                    report(0.5, "Looking for counties")
        except RuntimeError as error:
            raise _unreadable(extract, error) from error
    report(1.0, "The counties are known")
    names = _names([tags for tags, _ in found])
    return sorted((Area(name, rings) for name, (_, rings) in zip(names, found, strict=True)), key=lambda area: area.name)


def county_names(extract: Path) -> CountyNames:
    """The names of the counties of an extract, without their outlines: much quicker than `counties_of`."""
    import osmium

    counties: list[tuple[dict[str, str], list[int]]] = []
    thing: Any
    try:
        relations = osmium.FileProcessor(extract, osmium.osm.RELATION).with_filter(osmium.filter.TagFilter(("admin_level", _COUNTY_LEVEL)))
        for thing in relations:
            tags = dict(thing.tags)
            if tags.get("boundary") == "administrative" and tags.get("name"):
                counties.append((tags, [member.ref for member in thing.members if member.type == "w"]))
        ends = _ends_of_ways(extract, {way for _, ways in counties for way in ways})
    except RuntimeError as error:
        raise _unreadable(extract, error) from error
    names = _names([tags for tags, _ in counties])
    whole = {name for name, (_, ways) in zip(names, counties, strict=True) if _is_closed(ways, ends)}
    return CountyNames(tuple(sorted(whole)), tuple(sorted(set(names) - whole)))


def _ends_of_ways(extract: Path, wanted: set[int]) -> dict[int, tuple[int, int]]:
    """The first and the last node of each of these ways that is in the extract."""
    import osmium

    ways: Any = osmium.FileProcessor(extract, osmium.osm.WAY) if wanted else ()
    return {way.id: (way.nodes[0].ref, way.nodes[-1].ref) for way in ways if way.id in wanted and len(way.nodes)}


def _is_closed(ways: list[int], ends: dict[int, tuple[int, int]]) -> bool:
    """Whether ways form closed rings: all are there, and at each end as many begin as go on."""
    if not ways or not all(way in ends for way in ways):
        return False  # many tools leave out the members that an extract lacks, so that this alone does not tell
    meeting = Counter(node for way in set(ways) for node in ends[way])
    return all(count % 2 == 0 for count in meeting.values())


def _names(counties: list[dict[str, str]]) -> list[str]:
    """The name of each; where several have the same, the longer one of its article ("Union County, Pennsylvania")."""
    count = Counter(tags["name"] for tags in counties)
    return [tags["name"] if count[tags["name"]] == 1 else tags.get("wikipedia", "").split(":")[-1] or tags["name"] for tags in counties]


def _unreadable(extract: Path, error: RuntimeError) -> BadInputFile:
    return BadInputFile(
        f"'{extract.name}' cannot be read as an OSM extract.", f"{str(error).rstrip('.')}.", "Download it again, or choose another file."
    )


def _polygon(ring: Ring) -> Any:
    import shapely

    return shapely.make_valid(shapely.Polygon([(corner.lon, corner.lat) for corner in ring]), method="structure")


def _ring(lonlat: Any) -> Ring:
    corners = [LatLon(lat, lon) for lon, lat, *_ in lonlat]
    return tuple(corners[:-1] if corners[0] == corners[-1] else corners)


def _of_geojson(text: str) -> tuple[str, list[Ring]]:
    try:
        document = json.loads(text, parse_int=float)  # a whole number of hundreds of digits is infinity, and no place on earth
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: line {error.lineno}: {error.msg}") from error
    rings, names = [], set()
    for where, geometry, name in _geometries(document, "it"):
        names.add(name)
        rings += [_checked(polygon[0], where) for polygon in _polygons(geometry, where)]
    if not rings:
        raise ValueError("it has no polygon")
    return (names.pop() if len(names) == 1 else ""), rings


def _geometries(value: Any, where: str) -> Iterator[tuple[str, Any, str]]:
    """Each geometry with where it is and the name it goes by."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection":
        for number, feature in enumerate(_list(value.get("features"), where), 1):
            yield from _geometries(feature, f"feature {number}")
    elif kind == "Feature":
        properties = value.get("properties")
        name = properties.get("name") if isinstance(properties, dict) else None
        yield where, value.get("geometry"), name if isinstance(name, str) else ""
    else:
        yield where, value, ""


def _polygons(geometry: Any, where: str) -> list[Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"{where} is {f'a {kind}' if isinstance(kind, str) else 'no GeoJSON object'}, not a polygon")
    polygons = [geometry.get("coordinates")] if kind == "Polygon" else _list(geometry.get("coordinates"), where)
    for polygon in polygons:
        if not _list(polygon, where):
            raise ValueError(f"{where} has a polygon without an outline")
    return polygons


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{where} has no list where its corners should be")  # noqa: TRY004 - one kind of error for all that a file can hold
    return value


def _checked(ring: Any, where: str) -> Ring:
    corners = []
    for number, corner in enumerate(_list(ring, where), 1):
        lonlat = corner[:2] if isinstance(corner, list) else []
        if len(lonlat) < 2 or not all(isinstance(one, float) for one in lonlat):
            raise ValueError(f"corner {number} of {where} is not a longitude and a latitude")
        corners.append(_place(lonlat[0], lonlat[1], f"corner {number} of {where}"))
    return _closed(corners, where)


def _place(lon: float, lat: float, where: str) -> LatLon:
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # also false for what is no number
        swapped = abs(lat) <= 180 and abs(lon) <= 90
        why = "Longitude comes first: the two may be the wrong way round" if swapped else "The file must be in degrees (WGS84)"
        raise ValueError(f"{where} is no place on earth. {why}")
    return LatLon(lat, lon)


def _closed(corners: list[LatLon], where: str) -> Ring:
    ring = tuple(corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners)
    if len(set(ring)) < 3:
        raise ValueError(f"{where} has an outline of fewer than three corners")
    if _polygon(ring).area == 0:
        raise ValueError(f"{where} has an outline without an area: its corners lie on one line")
    return ring


def _of_poly(text: str) -> tuple[str, list[Ring]]:
    """Name and outer rings of an Osmosis polygon file (OpenStreetMap wiki, "Osmosis/Polygon Filter File Format")."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise ValueError("it is empty")
    rings: list[Ring] = []
    corners: list[LatLon] = []
    section = ""
    for number, line in lines[1:]:
        if not section:
            if line == "END":
                break
            section, corners = line, []
        elif line == "END":
            if not section.startswith("!"):  # a hole
                rings.append(_closed(corners, f"the section that ends in line {number}"))
            section = ""
        else:
            corners.append(_corner(line, number))
    else:
        raise ValueError("its last line, END, is missing: it may be cut short")
    if not rings:
        raise ValueError("it has no polygon")
    return lines[0][1], rings


def _corner(line: str, number: int) -> LatLon:
    try:
        lon, lat = (float(word) for word in line.split())
    except ValueError as error:
        raise ValueError(f"line {number} is not a longitude and a latitude: '{line[:40]}'") from error
    return _place(lon, lat, f"line {number}")
