"""Read what the basemap draws out of an OSM extract."""

from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from planner.errors import BadInputFile
from planner.progress import Report
from planner.roads.basemap.features import Box, FeatureFile, Shapes, from_square, to_square
from planner.roads.basemap.lakes import lake_polygons
from planner.roads.basemap.selection import AREA_KEYS, BOUNDARIES, MAX_ZOOM, WAY_KEYS, Drawn, area, boundary, place, way
from planner.roads.basemap.shores import Land
from planner.values import Struct, field

_REPORT_EVERY = 2_000
_BYTES_PER_OBJECT = 30  # of a pbf file for each object looked at, measured on towns; only progress depends on it
_FILE_BACKED_FROM = 100_000_000  # bytes of extract from which node places are kept in a file instead of memory
_LABEL_PX = 48  # an area is labelled once it is about this wide on a tile of 256 px
_LABELS_AT_ONCE = 500
_ONE = (1).to_bytes(4, "little")
_MARGIN = 0.08  # of the extract's size: how far beyond its roads the basemap may reach
_MOST_ROADS = 16_000  # kept to tell land from water: a sample is enough
_ON_THE_GROUND = frozenset(("highway", "major", "medium", "link", "minor"))


class _Lake(Struct):
    """A lake or river made of several ways; `open` until its area has been read, which an extract can cut open."""

    drawn: Drawn
    ways: frozenset[int]
    open: bool = True


class _Sample(Struct):
    """Every n-th road on the ground, with n growing so that there are never too many."""

    lines: list[bytes] = field(default_factory=list)
    every: int = 1
    seen: int = 0

    def add(self, line: bytes) -> None:
        if self.seen % self.every == 0:
            self.lines.append(line)
            if len(self.lines) > _MOST_ROADS:
                self.lines, self.every = self.lines[::2], self.every * 2
        self.seen += 1


class _Found(Struct):
    """What is not written at once, because it is only understood when everything is read."""

    levels: dict[int, str] = field(default_factory=dict)  # of the ways that are part of an administrative boundary
    lakes: dict[int, _Lake] = field(default_factory=dict)
    shores: dict[int, bytes | None] = field(default_factory=dict)  # of the lakes' ways
    coast: list[bytes] = field(default_factory=list)
    named: list[tuple[Drawn, bytes]] = field(default_factory=list)
    roads: _Sample = field(default_factory=_Sample)

    def has_member(self, way_id: int) -> bool:
        """Whether this way is part of a boundary or of a lake's shore."""
        return way_id in self.levels or way_id in self.shores


class Extract(NamedTuple):
    """What is known of an extract besides its features, in the world square: coastlines, outline (left, top, right, bottom) and land."""

    coast: Shapes
    outline: Box
    land: Land


def read_extract(extract: Path, features: FeatureFile, report: Report) -> Extract:
    """Write everything the basemap draws into `features`.

    Raises BadInputFile when the file is not an OSM extract, is cut off, or has no roads.
    """
    report(0.0, "Reading the map")
    try:
        box = _header_box(extract)
        found = _Found()
        with TemporaryDirectory(prefix="roadbook-map-") as scratch:
            _read(extract, Path(scratch), found, features, report)
    except RuntimeError as problem:
        raise BadInputFile(
            f"{extract.name} cannot be read as an OpenStreetMap extract.", str(problem), "Download the file again, or choose another one."
        ) from problem
    if not features.has("roads"):
        raise BadInputFile(f"{extract.name} has no roads.", "", "Choose an extract that covers your territory.")
    outline = _outline(box, features)
    land = Land(_in_square(found.roads.lines), found.roads.every)
    _add_cut_lakes(found, outline, land, features)
    _add_labels(found, features)
    return Extract(_in_square(found.coast), outline, land)


def _read(extract: Path, scratch: Path, found: _Found, features: FeatureFile, report: Report) -> None:
    import osmium

    wkb = osmium.geom.WKBFactory()

    def take(thing: Any) -> None:
        try:
            if thing.is_way():
                _take_way(thing, found, features, wkb)
            elif thing.is_area():
                _take_area(thing, found, features, wkb)
            else:
                _take_place(thing, features, wkb)
        except (osmium.InvalidLocationError, RuntimeError):
            return  # a clipped extract has ways without all their nodes: they make no shape

    expected = max(extract.stat().st_size / _BYTES_PER_OBJECT, 1)
    things = _things(extract, scratch, found)
    # Ways without a tag to be drawn by are only taken when they are part of a boundary or a shore.
    things.handler_for_filtered(SimpleNamespace(way=lambda thing: take(thing) if found.has_member(thing.id) else None))
    for looked_at, thing in enumerate(things, 1):
        if looked_at % _REPORT_EVERY == 0:
            report(looked_at / (looked_at + expected), "Reading the map")
        take(thing)
        if len(found.named) >= _LABELS_AT_ONCE:
            _add_labels(found, features)


def _things(extract: Path, scratch: Path, found: _Found) -> Any:
    """Reads the relations first, then the ways with their points, the areas and the places, each only with a tag to be drawn by."""
    import osmium

    places = "flex_mem" if extract.stat().st_size < _FILE_BACKED_FROM else f"sparse_file_array,{scratch / 'places'}"
    things = osmium.FileProcessor(extract).with_locations(places).with_areas(
        osmium.filter.KeyFilter("admin_level", *AREA_KEYS),
        SimpleNamespace(relation=lambda relation: _take_relation(relation, found)),
        osmium.filter.KeyFilter(*AREA_KEYS),
    )  # fmt: skip
    things.with_filter(osmium.filter.EntityFilter(osmium.osm.NODE | osmium.osm.WAY | osmium.osm.AREA))
    for entity, keys in ((osmium.osm.NODE, ("place",)), (osmium.osm.WAY, WAY_KEYS), (osmium.osm.AREA, AREA_KEYS)):
        drawn_by = osmium.filter.KeyFilter(*keys)
        drawn_by.enable_for(entity)
        things.with_filter(drawn_by)
    return things


def _take_relation(relation: Any, found: _Found) -> None:
    """What a relation says about ways: which are part of an administrative boundary, and which of the shore of a lake.

    The relations of boundaries are asked, not their ways' own tags: ways often have none, and clipped relations make no area. A way that
    is part of several has the lowest level.
    """
    tags = relation.tags
    level = tags.get("admin_level", "")
    if tags.get("boundary") == "administrative" and level in BOUNDARIES:
        for member in relation.members:
            if member.type == "w":
                found.levels[member.ref] = min(level, found.levels.get(member.ref, level))
    drawn = area(tags)
    if drawn is not None and drawn.layer == "water" and tags.get("type") == "multipolygon":
        members = [(member.ref, member.role) for member in relation.members if member.type == "w"]
        if any(role != "inner" for _, role in members):
            found.lakes[relation.id] = _Lake(drawn, frozenset(ref for ref, _ in members))
            found.shores.update((ref, None) for ref, _ in members)


def _take_way(thing: Any, found: _Found, features: FeatureFile, wkb: Any) -> None:
    tags, number = thing.tags, thing.id
    drawn = way(tags)
    coast = tags.get("natural") == "coastline"
    if drawn is None and not coast and not found.has_member(number):
        return
    line = bytes.fromhex(wkb.create_linestring(thing))
    if coast:
        found.coast.append(line)
    if number in found.shores:
        found.shores[number] = line
    if drawn is not None:
        if drawn.layer == "roads" and _is_on_the_ground(drawn):
            found.roads.add(line)
        features.add(drawn, line)
    edge = boundary(found.levels[number]) if number in found.levels else None
    if edge is not None:
        features.add(edge, line)


def _is_on_the_ground(road: Drawn) -> bool:
    known = dict(road.attributes)
    return known["kind"] in _ON_THE_GROUND and "bridge" not in known and "tunnel" not in known


def _take_area(thing: Any, found: _Found, features: FeatureFile, wkb: Any) -> None:
    drawn = area(thing.tags)
    if drawn is None:
        return
    polygon = bytes.fromhex(wkb.create_multipolygon(thing))
    if polygon[5:9] == _ONE:
        polygon = polygon[9:]  # the multipolygon's only polygon, which is quicker to work on
    if drawn.layer == "water" and not thing.from_way() and thing.orig_id() in found.lakes:
        found.lakes[thing.orig_id()].open = False
    _add_area(polygon, drawn, found, features)


def _add_area(polygon: bytes, drawn: Drawn, found: _Found, features: FeatureFile) -> None:
    features.add(drawn, polygon)
    if drawn.name:
        found.named.append((drawn, polygon))


def _take_place(thing: Any, features: FeatureFile, wkb: Any) -> None:
    drawn = place(thing.tags)
    if drawn is not None:
        features.add(drawn, bytes.fromhex(wkb.create_point(thing)))


def _add_cut_lakes(found: _Found, outline: Box, land: Land, features: FeatureFile) -> None:
    """The lakes and rivers that the extract cuts open, as far as it tells where their water is."""
    import shapely

    for lake in found.lakes.values():
        shore = [line for line in map(found.shores.get, sorted(lake.ways)) if line]
        if lake.open and shore:
            for polygon in lake_polygons(_in_square(shore), outline, land):
                _add_area(shapely.to_wkb(shapely.transform(polygon, from_square)), lake.drawn, found, features)


def _add_labels(found: _Found, features: FeatureFile) -> None:
    """A named point in the middle of each named area, shown from the zoom at which the area is wide enough to carry its name."""
    import shapely

    if not found.named:
        return
    areas, polygons = zip(*found.named, strict=True)
    found.named = []
    shapes = shapely.from_wkb(polygons)
    widths = np.sqrt(shapely.area(shapely.transform(shapes, to_square)))
    zooms = np.ceil(np.log2(_LABEL_PX / 256 / np.maximum(widths, 1e-12))).astype(int)
    points = shapely.to_wkb(shapely.point_on_surface(shapes))
    for drawn, zoom, point in zip(areas, zooms.tolist(), points.tolist(), strict=True):
        shown = max(zoom, drawn.from_zoom)
        attributes = (drawn.attributes[0], ("name", drawn.name), ("from_zoom", shown))
        features.add(Drawn("places", attributes, min(shown, MAX_ZOOM)), point)


def _header_box(extract: Path) -> Any:
    import osmium

    with osmium.io.Reader(extract, osmium.osm.NOTHING) as reader:
        return reader.header().box()


def _in_square(lines: list[bytes]) -> Shapes:
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
