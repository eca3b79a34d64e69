"""Read what the basemap draws out of an OSM extract."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from planner.errors import BadInputFile
from planner.progress import Report
from planner.roads.basemap.features import Box, FeatureFile, Row, Shapes, to_square
from planner.roads.basemap.selection import AREA_KEYS, BOUNDARIES, MAX_ZOOM, Drawn, area, boundary, place, way

_REPORT_EVERY = 2_000
_BYTES_PER_OBJECT = 30  # of a pbf file for each object looked at, measured on towns; only progress depends on it
_LABEL_PX = 48  # an area is labelled once it is about this wide on a tile of 256 px
_MARGIN = 0.08  # of the extract's size: how far beyond its roads the basemap may reach


class _Named(NamedTuple):
    wkb: str
    kind: str
    name: str
    from_zoom: int


@dataclass(slots=True)
class _Found:
    """What is not written at once, because it is only understood when everything is read."""

    coast: list[str]
    named: list[_Named]
    roads: int = 0
    looked_at: int = 0


class Extract(NamedTuple):
    """What is known of an extract besides its features: the coastlines and the outline (left, top, right, bottom), in the world square."""

    coast: Shapes
    outline: Box


def read_extract(extract: Path, features: FeatureFile, report: Report) -> Extract:
    """Write everything the basemap draws into `features`.

    Raises BadInputFile when the file is not an OSM extract, is cut off, or has no roads.
    """
    report(0.0, "Reading the map")
    found = _Found([], [])
    try:
        box = _header_box(extract)
        levels = _boundary_levels(extract)
        for row in _rows(extract, levels, found, report):
            features.add(row)
    except RuntimeError as problem:
        raise BadInputFile(
            f"{extract.name} cannot be read as an OpenStreetMap extract.", str(problem), "Download the file again, or choose another one."
        ) from problem
    if not found.roads:
        raise BadInputFile(f"{extract.name} has no roads.", "", "Choose an extract that covers your territory.")
    for row in _labels(found.named):
        features.add(row)
    return Extract(_in_square(found.coast), _outline(box, features))


def _rows(extract: Path, levels: Mapping[int, str], found: _Found, report: Report) -> Iterator[Row]:
    import osmium

    tagged_nodes = osmium.filter.KeyFilter("place")
    tagged_nodes.enable_for(osmium.osm.NODE)
    no_relations = osmium.filter.EntityFilter(osmium.osm.NODE | osmium.osm.WAY | osmium.osm.AREA)
    source = osmium.FileProcessor(extract).with_locations().with_areas(osmium.filter.KeyFilter(*AREA_KEYS))
    wkb = osmium.geom.WKBFactory()
    expected = max(extract.stat().st_size / _BYTES_PER_OBJECT, 1)
    thing: Any
    for thing in source.with_filter(no_relations).with_filter(tagged_nodes):
        found.looked_at += 1
        if found.looked_at % _REPORT_EVERY == 0:
            report(found.looked_at / (found.looked_at + expected), "Reading the map")
        try:
            if thing.is_way():
                yield from _from_way(thing, levels, found, wkb)
            elif thing.is_area():
                drawn = area(thing.tags)
                if drawn is not None:
                    yield _from_area(thing, drawn, found, wkb)
            else:
                drawn = place(thing.tags)
                if drawn is not None:
                    yield Row(drawn.layer, drawn.attributes, drawn.from_zoom, wkb.create_point(thing))
        except (osmium.InvalidLocationError, RuntimeError):
            continue  # a clipped extract has ways without all their nodes: they make no shape


def _from_way(thing: Any, levels: Mapping[int, str], found: _Found, wkb: Any) -> Iterator[Row]:
    tags = thing.tags
    drawn = way(tags)
    edge = boundary(levels.get(thing.id, ""))
    coast = tags.get("natural") == "coastline"
    if drawn is None and edge is None and not coast:
        return
    line = wkb.create_linestring(thing)
    if coast:
        found.coast.append(line)
    for kind in (drawn, edge):
        if kind is not None:
            found.roads += kind.layer == "roads"
            yield Row(kind.layer, kind.attributes, kind.from_zoom, line)


def _from_area(thing: Any, drawn: Drawn, found: _Found, wkb: Any) -> Row:
    polygon = wkb.create_multipolygon(thing)
    if drawn.name:
        found.named.append(_Named(polygon, str(drawn.attributes[0][1]), drawn.name, drawn.from_zoom))
    return Row(drawn.layer, drawn.attributes, drawn.from_zoom, polygon)


def _header_box(extract: Path) -> Any:
    import osmium

    with osmium.io.Reader(extract, osmium.osm.NOTHING) as reader:
        return reader.header().box()


def _boundary_levels(extract: Path) -> dict[int, str]:
    """The admin_level of each way that is part of an administrative boundary; the lowest where there are several.

    The relations are asked, not the ways' own tags: ways often have none, and clipped relations make no area.
    """
    import osmium

    levels: dict[int, str] = {}
    relation: Any
    for relation in osmium.FileProcessor(extract, osmium.osm.RELATION).with_filter(osmium.filter.KeyFilter("admin_level")):
        level = relation.tags.get("admin_level", "")
        if relation.tags.get("boundary") != "administrative" or level not in BOUNDARIES:
            continue
        for member in relation.members:
            if member.type == "w":
                levels[member.ref] = min(level, levels.get(member.ref, level))
    return levels


def _labels(named: list[_Named]) -> Iterator[Row]:
    """A named point in the middle of each named area, shown from the zoom at which the area is wide enough to carry its name."""
    import shapely

    if not named:
        return
    shapes = shapely.from_wkb([one.wkb for one in named])
    widths = np.sqrt(shapely.area(shapely.transform(shapes, to_square)))
    zooms = np.ceil(np.log2(_LABEL_PX / 256 / np.maximum(widths, 1e-12))).astype(int)
    points = shapely.to_wkb(shapely.point_on_surface(shapes))
    for one, zoom, point in zip(named, zooms.tolist(), points.tolist(), strict=True):
        shown = max(zoom, one.from_zoom)
        yield Row("places", (("kind", one.kind), ("name", one.name), ("from_zoom", shown)), min(shown, MAX_ZOOM), point)


def _in_square(lines: list[str]) -> Shapes:
    import shapely

    shapes: Shapes = shapely.transform(shapely.from_wkb(np.array(lines, object)), to_square)
    return shapes


def _outline(box: Any, features: FeatureFile) -> Box:
    """What the extract covers: the box of its header, but no more than a margin beyond its roads, or where there is no such box that."""
    left, top, right, bottom = features.bounds_of("roads")
    margin = _MARGIN * max(right - left, bottom - top)
    outline = np.array((left - margin, top - margin, right + margin, bottom + margin))
    if box.valid():
        corners = to_square(np.array(((box.bottom_left.lon, box.top_right.lat), (box.top_right.lon, box.bottom_left.lat))))
        outline = np.concatenate((np.maximum(outline[:2], corners[0]), np.minimum(outline[2:], corners[1])))
    return (float(outline[0]), float(outline[1]), float(outline[2]), float(outline[3]))
