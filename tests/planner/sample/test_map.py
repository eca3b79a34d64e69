from collections import Counter, defaultdict, deque
from itertools import pairwise

import osmium

from planner.sample.geometry import nearest

ROADS = {"motorway", "motorway_link", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "service"}


def roads(osm):
    return {k: way for k, way in osm.ways.items() if way[1].get("highway") in ROADS}


def test_objects_come_sorted_by_kind_and_id_and_are_dated(osm):
    assert osm.order == sorted(osm.order)
    assert osm.attributes == {(1, "2026-01-01T00:00:00+00:00")}


def test_no_way_or_relation_refers_to_something_missing(osm):
    assert all(ref in osm.nodes for refs, _tags in osm.ways.values() for ref in refs)
    kinds = {"n": osm.nodes, "w": osm.ways}
    assert all(ref in kinds[kind] for members, _tags in osm.relations.values() for kind, ref, _role in members)


def test_bounds_hold_all_nodes(sample, osm):
    box = osmium.io.Reader(str(sample.osm)).header().box()
    assert all(box.contains(osmium.osm.Location(lon, lat)) for lat, lon, _tags in osm.nodes.values())


def test_all_areas_can_be_assembled(sample):
    count = Counter()

    class Areas(osmium.SimpleHandler):
        def area(self, area):
            for key in ("natural", "landuse", "building"):
                if key in area.tags:
                    count[key, area.tags[key]] += 1
            count[area.tags.get("name", "")] += 1

    Areas().apply_file(str(sample.osm), locations=True)
    assert count["Tamarack River"] == count["Loon Lake"] == count["Tamarack County"] == count["Tamarack State College"] == 1
    assert count["natural", "wood"] > 40
    assert count["landuse", "farmland"] >= 5
    assert count["building", "house"] > 3000


def test_the_county_is_of_moderate_size_and_has_all_kinds_of_roads(osm):
    kinds = Counter(tags["highway"] for _refs, tags in roads(osm).values())
    assert {"motorway", "motorway_link", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential"} <= set(kinds)
    assert 30_000 < len(osm.nodes) < 90_000
    assert sum("oneway" in tags for _refs, tags in osm.ways.values()) > 30
    assert sum(tags.get("bridge") == "yes" and tags.get("layer") == "1" for _refs, tags in osm.ways.values()) > 25


def test_every_road_can_be_left_and_reached_again_restrictions_and_all(osm):
    """Breadth-first search over directed pieces of road, forwards and backwards; turning round only at dead ends."""
    banned = set(osm.restrictions())
    leaving, arriving = defaultdict(list), defaultdict(list)
    pieces = []
    for way, (refs, tags) in roads(osm).items():
        for a, b in pairwise(refs):
            for piece in [(a, b, way)] if tags.get("oneway") == "yes" or tags["highway"] == "motorway" else [(a, b, way), (b, a, way)]:
                pieces.append(piece)
                leaving[piece[0]].append(piece)
                arriving[piece[1]].append(piece)

    def allowed(before, after):
        turns_round = before[0] == after[1] and before[2] == after[2]
        return (before[2], before[1], after[2]) not in banned and (not turns_round or len(leaving[before[1]]) == 1)

    def reached(step):
        seen, waiting = {pieces[0]}, deque([pieces[0]])
        while waiting:
            for piece in step(waiting.popleft()):
                if piece not in seen:
                    seen.add(piece)
                    waiting.append(piece)
        return seen

    everything = set(pieces)
    assert reached(lambda piece: [after for after in leaving[piece[1]] if allowed(piece, after)]) == everything
    assert reached(lambda piece: [before for before in arriving[piece[0]] if allowed(before, piece)]) == everything


def test_no_piece_of_road_is_shorter_than_a_step(osm):
    def gap(a, b):
        (lat1, lon1, _), (lat2, lon2, _) = osm.nodes[a], osm.nodes[b]
        return (((lat1 - lat2) * 111_133) ** 2 + ((lon1 - lon2) * 83_600) ** 2) ** 0.5

    assert min(gap(a, b) for refs, _tags in roads(osm).values() for a, b in pairwise(refs)) > 1.0


def test_restrictions_join_ways_that_end_at_their_via_node(osm):
    restrictions = osm.restrictions()
    assert len(restrictions) > 25
    for before, via, after in restrictions:
        assert before != after
        for way in (before, after):
            refs, tags = osm.ways[way]
            assert "highway" in tags
            assert via in {refs[0], refs[-1]}
    for members, tags in osm.relations.values():
        if tags.get("type") == "restriction":
            assert tags["restriction"].startswith("no_")
            assert [(kind, role) for kind, _ref, role in members] == [("w", "from"), ("n", "via"), ("w", "to")]


def test_addresses_are_unique_and_complete(osm):
    addresses = osm.addresses()
    assert len(addresses) > 5000
    assert all(len(found) == 1 for found in addresses.values())
    codes = Counter(found[0]["addr:postcode"] for found in addresses.values())
    assert set(codes) == {f"1699{k}" for k in range(1, 8)}
    assert min(codes.values()) > 50


def test_numbers_grow_along_each_side_of_a_street_even_on_one_and_odd_on_the_other(osm):
    def metres(refs):
        return [complex((osm.nodes[ref][1] + 78.2) * 83_600, (osm.nodes[ref][0] - 41.2) * 111_133) for ref in refs]

    pieces = defaultdict(list)
    for refs, tags in roads(osm).values():
        if "name" in tags:
            pieces[tags["name"]].append(metres(refs))
    lines = {name: found[0] for name, found in pieces.items() if len(found) == 1}
    houses = defaultdict(list)
    for refs, tags in osm.ways.values():
        if tags.get("addr:street") in lines:
            corners = metres(refs[:-1])
            _gap, along, side = nearest(lines[tags["addr:street"]], sum(corners) / len(corners))
            houses[tags["addr:street"], side > 0].append((along, int(tags["addr:housenumber"])))
    assert len(houses) > 200
    for (street, left), found in houses.items():
        numbers = [number for _along, number in sorted(found)]
        assert len({number % 2 for number in numbers}) == 1
        assert numbers in (sorted(numbers), sorted(numbers, reverse=True))
        assert all(number % 2 != numbers[0] % 2 for _along, number in houses.get((street, not left), ()))


def test_every_street_of_an_address_is_a_road_nearby(osm):
    names = defaultdict(list)
    for refs, tags in roads(osm).values():
        if "name" in tags:
            names[tags["name"]] += [osm.nodes[ref] for ref in refs]
    for refs, tags in osm.ways.values():
        if "addr:street" in tags:
            lat, lon, _ = osm.nodes[refs[0]]
            gap = min(((lat - a) * 111_000) ** 2 + ((lon - b) * 83_600) ** 2 for a, b, _tags in names[tags["addr:street"]])
            assert gap < 1500**2


def test_opening_hours_are_understood(osm):
    from opening_hours import OpeningHours

    written = {tags["opening_hours"] for _refs, tags in osm.ways.values() if "opening_hours" in tags}
    assert len(written) > 15
    for hours in written:
        OpeningHours(hours)
