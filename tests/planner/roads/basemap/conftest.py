from dataclasses import dataclass, field
from pathlib import Path

import pytest

from planner.progress import silent
from planner.roads.basemap.build import build_basemap
from planner.roads.basemap.reader import Basemap


@dataclass
class OsmFile:
    """Writes OSM XML by hand: ways are given as (lat, lon) points, nodes are shared where the points are equal."""

    nodes: dict[tuple[float, float], int] = field(default_factory=dict)
    tagged: dict[int, dict[str, str]] = field(default_factory=dict)
    ways: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)
    relations: list[tuple[list[int], dict[str, str]]] = field(default_factory=list)

    def node(self, lat: float, lon: float, **tags: str) -> int:
        number = self.nodes.setdefault((lat, lon), len(self.nodes) + 1)
        if tags:
            self.tagged[number] = tags
        return number

    def way(self, *points: tuple[float, float], **tags: str) -> int:
        self.ways.append(([self.node(*point) for point in points], tags))
        return len(self.ways)

    def box(self, south: float, west: float, north: float, east: float, **tags: str) -> int:
        return self.way((south, west), (south, east), (north, east), (north, west), (south, west), **tags)

    def relation(self, members: list[int], **tags: str) -> None:
        self.relations.append((members, tags))

    def write(self, path: Path) -> Path:
        def tags(of: dict[str, str]) -> str:
            return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in of.items())

        lines = ['<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">']
        for (lat, lon), number in self.nodes.items():
            lines.append(f'<node id="{number}" version="1" lat="{lat}" lon="{lon}">{tags(self.tagged.get(number, {}))}</node>')
        for number, (refs, of) in enumerate(self.ways, 1):
            lines.append(f'<way id="{number}" version="1">{"".join(f"""<nd ref="{ref}"/>""" for ref in refs)}{tags(of)}</way>')
        for number, (members, of) in enumerate(self.relations, 1):
            inside = "".join(f'<member type="way" ref="{member}" role="outer"/>' for member in members)
            lines.append(f'<relation id="{number}" version="1">{inside}{tags(of)}</relation>')
        path.write_text("\n".join([*lines, "</osm>"]), "utf-8")
        return path


@pytest.fixture
def osm() -> OsmFile:
    """An empty extract to fill."""
    return OsmFile()


def small_town() -> OsmFile:
    """A town by the sea: the coast runs north along longitude -75.00, so the sea is east of it."""
    town = OsmFile()
    town.node(40.00, -75.02, place="town", name="Seaford", population="12,000")
    town.way((39.98, -75.05), (40.00, -75.03), (40.02, -75.04), highway="motorway", ref="I 99", oneway="yes")
    town.way((40.00, -75.04), (40.00, -75.03), highway="residential", name="Main Street")
    town.way((40.00, -75.03), (40.00, -74.995), highway="residential", name="Main Street")  # ends on a pier
    town.way((40.01, -75.03), (40.00, -75.03), highway="residential", name="Bridge Street", bridge="yes")
    town.way((40.01, -75.03), (40.01, -75.02), highway="service", service="driveway")
    town.way((39.5, -75.0), (40.5, -75.0), natural="coastline")
    town.box(40.012, -75.03, 40.018, -75.02, leisure="park", name="Green Park")
    town.box(40.002, -75.028, 40.0022, -75.0277, building="yes")
    town.box(39.985, -75.03, 39.992, -75.02, natural="water", name="Round Pond")
    edge = town.way((39.97, -75.05), (40.03, -75.05))
    town.relation([edge], type="boundary", boundary="administrative", admin_level="6")
    return town


@pytest.fixture(scope="session")
def town_extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_town().write(tmp_path_factory.mktemp("town") / "town.osm")


@pytest.fixture(scope="session")
def town_file(town_extract: Path) -> Path:
    out = town_extract.with_name("basemap.pmtiles")
    build_basemap(town_extract, out, silent)
    return out


@pytest.fixture
def town(town_file: Path):
    with Basemap(town_file) as opened:
        yield opened
