"""The elements of a small extract, and the answers of an Overpass server to the queries osmnx writes."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import osmium
import shapely

_SELECTION = re.compile(r"""\(?(node|way|relation)((?:\[[^\]]*\])*)\(poly:['"]([^'"]*)['"]\)""")
_BY_KEY = re.compile(r"""\[~"([^"]*)"~"([^"]*)"\]""")
_BY_VALUE = re.compile(r"""\[['"]([^'"]+)['"](?:(=|~|!~)['"]([^'"]*)['"])?\]""")
_NO_TAGS: dict[str, str] = {}


class OsmData:
    """All elements of an extract, by id."""

    def __init__(self, extract: Path) -> None:
        self.nodes, self.ways, self.relations = {}, {}, {}
        for thing in osmium.FileProcessor(str(extract)):
            tags = dict(thing.tags)
            if thing.is_node():
                self.nodes[thing.id] = {"type": "node", "id": thing.id, "lat": thing.lat, "lon": thing.lon} | (
                    {"tags": tags} if tags else {}
                )
            elif thing.is_way():
                self.ways[thing.id] = {"type": "way", "id": thing.id, "nodes": [node.ref for node in thing.nodes]} | (
                    {"tags": tags} if tags else {}
                )
            else:
                kinds = {"n": "node", "w": "way", "r": "relation"}
                members = [{"type": kinds[one.type], "ref": one.ref, "role": one.role} for one in thing.members]
                self.relations[thing.id] = {"type": "relation", "id": thing.id, "members": members} | ({"tags": tags} if tags else {})
        self._ids = np.array(list(self.nodes))
        self._at = np.array([(node["lon"], node["lat"]) for node in self.nodes.values()])
        self._inside: dict[tuple[str, str], set[int]] = {}

    def answer(self, query: str) -> list[dict]:
        """All elements a query selects, with the ways of relations and the nodes of ways, as every query of osmnx asks."""
        found = {"node": set(), "way": set(), "relation": set()}
        selections = _SELECTION.findall(query)
        if not selections:
            raise ValueError(f"a query of another form: {query[:200]}")
        for kind, filters, polygon in selections:
            fits = _filter(filters)
            everything = self._all(kind)
            found[kind] |= {one for one in self._within(kind, polygon) if fits(everything[one].get("tags", _NO_TAGS))}
        for relation in found["relation"]:
            for member in self.relations[relation]["members"]:
                if member["type"] != "relation" and member["ref"] in self._all(member["type"]):
                    found[member["type"]].add(member["ref"])
        for way in found["way"]:
            found["node"].update(node for node in self.ways[way]["nodes"] if node in self.nodes)
        return [self._all(kind)[one] for kind in ("node", "way", "relation") for one in sorted(found[kind])]

    def as_xml(self, elements: list[dict]) -> str:
        """Elements as OSM XML."""
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="test">{"".join(map(_xml, elements))}</osm>'

    def _all(self, kind: str) -> dict[int, dict]:
        return {"node": self.nodes, "way": self.ways, "relation": self.relations}[kind]

    def _within(self, kind: str, polygon: str) -> set[int]:
        if (kind, polygon) not in self._inside:
            self._inside[kind, polygon] = self._find(kind, polygon)
        return self._inside[kind, polygon]

    def _find(self, kind: str, polygon: str) -> set[int]:
        """Nodes in a polygon, ways with a node in it, relations with such a node or way."""
        if kind == "node":
            numbers = [float(number) for number in polygon.split()]
            outline = shapely.Polygon(list(zip(numbers[1::2], numbers[::2], strict=True)))
            shapely.prepare(outline)
            return set(self._ids[shapely.contains_xy(outline, self._at)].tolist())
        nodes = self._within("node", polygon)
        if kind == "way":
            return {way for way, one in self.ways.items() if not nodes.isdisjoint(one["nodes"])}
        inside = {"node": nodes, "way": self._within("way", polygon), "relation": set()}
        return {relation for relation, one in self.relations.items() if any(m["ref"] in inside[m["type"]] for m in one["members"])}


def _filter(text: str) -> Callable[[dict[str, str]], bool]:
    """Whether tags fit all of some filters: a key, a key with a value, with or without a pattern, or patterns for both."""
    by_key = _BY_KEY.findall(text)
    by_value = _BY_VALUE.findall(_BY_KEY.sub("", text))
    assert by_key or by_value, text
    tests = [partial(_any_fits, re.compile(key), re.compile(value)) for key, value in by_key]
    tests += [partial(_value_fits, key, sign, value) for key, sign, value in by_value]
    return lambda tags: bool(tags) and all(test(tags) for test in tests)


def _any_fits(key: re.Pattern[str], value: re.Pattern[str], tags: dict[str, str]) -> bool:
    return any(key.search(name) and value.search(one) for name, one in tags.items())


def _value_fits(key: str, sign: str, value: str, tags: dict[str, str]) -> bool:
    has = tags.get(key)
    if sign == "!~":
        return has is None or re.search(value, has) is None
    if has is None:
        return False
    return not sign or (has == value if sign == "=" else re.search(value, has) is not None)


def _xml(element: dict) -> str:
    tags = "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in element.get("tags", {}).items())
    kind, number = element["type"], element["id"]
    if kind == "node":
        return f'<node id="{number}" lat="{element["lat"]}" lon="{element["lon"]}">{tags}</node>'
    if kind == "way":
        return f'<way id="{number}">{"".join(f'<nd ref="{node}"/>' for node in element["nodes"])}{tags}</way>'
    members = "".join(f'<member type="{m["type"]}" ref="{m["ref"]}" role={quoteattr(m["role"])}/>' for m in element["members"])
    return f'<relation id="{number}">{members}{tags}</relation>'
