"""OSM data in memory and as XML: nodes, ways and relations in the order of their ids, as osmium wants them."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

from planner.model.places import Bounds, LatLon
from planner.progress import Report
from planner.sample.contours import Patch
from planner.sample.geometry import Line, area
from planner.sample.network import Key, key
from planner.values import Struct, field

ORIGIN = LatLon(41.2, -78.2)
"""Where the middle of the city lies: in the largest wild area of the state, where there is no real city."""

_METRES_PER_LAT = 111_132.95
_METRES_PER_LON = _METRES_PER_LAT * math.cos(math.radians(ORIGIN.lat))
_STAMP = 'version="1" timestamp="2026-01-01T00:00:00Z"'

Tags = Mapping[str, str]


def to_latlon(point: complex) -> LatLon:
    """The coordinates of a point of the plane, rounded to 1e-7 degrees as OSM has them (equirectangular around the origin)."""
    return LatLon(round(ORIGIN.lat + point.imag / _METRES_PER_LAT, 7), round(ORIGIN.lon + point.real / _METRES_PER_LON, 7))


class Member(Struct, frozen=True):
    """A member of a relation: "node" or "way", its id, its role."""

    kind: str
    ref: int
    role: str


class OsmData(Struct):
    """Everything that goes into the file; ids count up from 1 for each kind."""

    nodes: list[tuple[LatLon, dict[str, str]]] = field(default_factory=list)
    ways: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)
    relations: list[tuple[list[Member], dict[str, str]]] = field(default_factory=list)
    shared: dict[Key, int] = field(default_factory=dict)

    def node(self, point: complex, tags: Tags | None = None) -> int:
        """Add a node that nothing else shares; returns its id."""
        self.nodes.append((to_latlon(point), dict(tags or {})))
        return len(self.nodes)

    def shared_node(self, point: complex) -> int:
        """The node of the road network at a point, made when it is first asked for."""
        found = self.shared.get(key(point))
        if found is None:
            found = self.shared[key(point)] = self.node(point)
        return found

    def tag_shared(self, point: complex, tags: Tags) -> None:
        """Add tags to the network's node at a point."""
        self.nodes[self.shared_node(point) - 1][1].update(tags)

    def road(self, line: Line, tags: Tags) -> int:
        """Add a way of the road network; returns its id."""
        return self._way([self.shared_node(point) for point in line], tags)

    def line(self, line: Line, tags: Tags) -> int:
        """Add a way with nodes of its own; returns its id."""
        return self._way([self.node(point) for point in line], tags)

    def ring(self, ring: Line, tags: Tags) -> int:
        """Add a closed way with nodes of its own; returns its id."""
        refs = [self.node(point) for point in (ring if area(ring) > 0 else ring[::-1])]
        return self._way([*refs, refs[0]], tags)

    def patch(self, patch: Patch, tags: Tags) -> None:
        """Add an area: a closed way, or a multipolygon when it has holes."""
        if patch.holes:
            members = [Member("way", self.ring(patch.outer, {}), "outer")]
            members += [Member("way", self.ring(hole, {}), "inner") for hole in patch.holes]
            self.relation(members, {"type": "multipolygon", **tags})
        else:
            self.ring(patch.outer, tags)

    def relation(self, members: Iterable[Member], tags: Tags) -> None:
        """Add a relation."""
        self.relations.append((list(members), dict(tags)))

    def bounds(self) -> Bounds:
        """The box around all nodes."""
        lats, lons = [place.lat for place, _ in self.nodes], [place.lon for place, _ in self.nodes]
        return Bounds(min(lats), min(lons), max(lats), max(lons))

    def _way(self, refs: list[int], tags: Tags) -> int:
        self.ways.append((refs, dict(tags)))
        return len(self.ways)


def write_osm(data: OsmData, path: Path, report: Report) -> None:
    """Write the data as OSM XML (version 0.6), sorted by kind and id; a file that is cut short by cancelling does not stay."""
    unfinished = path.with_name(f"{path.name}.part")
    try:
        _write_xml(data, unfinished, report)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_xml(data: OsmData, path: Path, report: Report) -> None:
    box = data.bounds()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="Roadbook sample (fictional)">\n')
        file.write(f' <bounds minlat="{box.south:.7f}" minlon="{box.west:.7f}" maxlat="{box.north:.7f}" maxlon="{box.east:.7f}"/>\n')
        for number, (place, tags) in enumerate(data.nodes, 1):
            if number % 4000 == 0:
                report(0.7 * number / len(data.nodes), "Writing the map of the sample territory")
            head = f' <node id="{number}" {_STAMP} lat="{place.lat:.7f}" lon="{place.lon:.7f}"'
            file.write(f"{head}>\n{_tags(tags)} </node>\n" if tags else f"{head}/>\n")
        report(0.7, "Writing the map of the sample territory")
        for number, (refs, tags) in enumerate(data.ways, 1):
            points = "".join(f'  <nd ref="{ref}"/>\n' for ref in refs)
            file.write(f' <way id="{number}" {_STAMP}>\n{points}{_tags(tags)} </way>\n')
        report(0.95, "Writing the map of the sample territory")
        for number, (members, tags) in enumerate(data.relations, 1):
            lines = "".join(f'  <member type="{m.kind}" ref="{m.ref}" role={quoteattr(m.role)}/>\n' for m in members)
            file.write(f' <relation id="{number}" {_STAMP}>\n{lines}{_tags(tags)} </relation>\n')
        file.write("</osm>\n")


def _tags(tags: Tags) -> str:
    return "".join([_tag(key, value) for key, value in tags.items()])


@lru_cache(maxsize=4096)
def _tag(key: str, value: str) -> str:
    return f"  <tag k={quoteattr(key)} v={quoteattr(value)}/>\n"
