from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

import osmium
import pytest

from planner.progress import silent
from planner.sample.territory import write_territory

TODAY = date(2026, 11, 23)


@dataclass
class OsmFile(osmium.SimpleHandler):
    """Everything of an OSM file, in the order in which osmium reads it."""

    nodes: dict = field(default_factory=dict)
    ways: dict = field(default_factory=dict)
    relations: dict = field(default_factory=dict)
    order: list = field(default_factory=list)
    attributes: set = field(default_factory=set)

    def __post_init__(self):
        super().__init__()

    def node(self, node):
        self.order.append((0, node.id))
        self.nodes[node.id] = (node.location.lat, node.location.lon, dict(node.tags))
        self.attributes.add((node.version, node.timestamp.isoformat()))

    def way(self, way):
        self.order.append((1, way.id))
        self.ways[way.id] = ([node.ref for node in way.nodes], dict(way.tags))

    def relation(self, relation):
        self.order.append((2, relation.id))
        self.relations[relation.id] = ([(m.type, m.ref, m.role) for m in relation.members], dict(relation.tags))

    def tagged(self, key, value=None):
        return {k: way for k, way in self.ways.items() if key in way[1] and value in (None, way[1][key])}

    def restrictions(self):
        found = []
        for members, tags in self.relations.values():
            if tags.get("type") == "restriction":
                role = {role: ref for _kind, ref, role in members}
                found.append((role["from"], role["via"], role["to"]))
        return found

    def addresses(self):
        found = defaultdict(list)
        for _refs, tags in self.ways.values():
            if "addr:housenumber" in tags:
                found[f"{tags['addr:housenumber']} {tags['addr:street']}", tags["addr:city"]].append(tags)
        return found


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    return write_territory(tmp_path_factory.mktemp("sample"), silent, TODAY)


@pytest.fixture(scope="session")
def osm(sample):
    file = OsmFile()
    file.apply_file(str(sample.osm))
    return file
