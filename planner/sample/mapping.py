"""The drawn county as OSM data: ways with the tags of the field, bridges, turn restrictions, boundaries and place names."""

import math
from collections import defaultdict

from planner.progress import Report
from planner.sample.chance import dice
from planner.sample.county import County
from planner.sample.downtown import CITY
from planner.sample.geometry import Crosser, Line, rounded, unit
from planner.sample.grounds import Shapes
from planner.sample.network import Key, Span, key, spans
from planner.sample.osm_writer import Member, OsmData
from planner.sample.railway import RAILWAY_NAME
from planner.sample.river import LAKE_NAME, RIVER_NAME
from planner.sample.streets import Street
from planner.sample.terrain import COUNTY
from planner.sample.towns import TOWNS

COUNTY_NAME = "Tamarack County"
FICTIONAL = {"note": "fictional"}
_SAY = "Mapping the sample territory"
_RESTRICTIONS = 44
_HAMLETS = {
    "Loon Lake": -9700 + 4250j,
    "Old Forge": -12300 - 2350j,
    "Quarry Gap": 8700 - 6700j,
    "Tannery": 12500 + 300j,
    "Dry Hollow": 11600 + 12900j,
}
_NEIGHBOURHOODS = {
    "Downtown": 60 + 30j,
    "Northside": -900 + 1750j,
    "Eastview": 2150 + 900j,
    "Mill Flats": -1150 - 1000j,
    "Southgate": 300 - 2050j,
    "College Hill": 1200 - 700j,
    "West End": -2700 - 250j,
}


def map_county(county: County, report: Report) -> OsmData:
    """Make OSM data of the county, all but its addresses and businesses."""
    data = OsmData()
    _boundaries(data)
    _water(data, county)
    for patch, tags in county.land:
        data.patch(patch, tags)
    _grounds(data, county.shapes)
    report(0.3, _SAY)
    _railway(data, county)
    report(0.4, _SAY)
    _roads(data, county)
    report(1.0, _SAY)
    for point, number in county.exits:
        data.tag_shared(point, {"highway": "motorway_junction", "ref": number})
    for point in county.level_crossings:
        data.tag_shared(point, {"railway": "level_crossing"})
    return data


def _boundaries(data: OsmData) -> None:
    corner = len(COUNTY) // 2
    first = data.line(COUNTY[: corner + 1], {"boundary": "administrative", "admin_level": "6"})
    refs = [data.ways[first - 1][0][-1], *[data.node(p) for p in COUNTY[corner + 1 :]], data.ways[first - 1][0][0]]
    data.ways.append((refs, {"boundary": "administrative", "admin_level": "6"}))
    members = [Member("way", first, "outer"), Member("way", len(data.ways), "outer")]
    data.relation(members, {"type": "boundary", "boundary": "administrative", "admin_level": "6", "name": COUNTY_NAME, **FICTIONAL})
    limits = rounded(
        [3900 - 2700j, 4300 + 700j, 3300 + 3100j, 600 + 3700j, -1500 + 3500j, -3600 + 2100j, -3900 - 600j, -3000 - 2800j, 400 - 3350j], 2
    )
    way = data.ring(limits, {"boundary": "administrative", "admin_level": "8"})
    data.relation(
        [Member("way", way, "outer")], {"type": "boundary", "boundary": "administrative", "admin_level": "8", "name": CITY, **FICTIONAL}
    )
    data.node(0j, {"place": "city", "name": CITY, "population": "46200", **FICTIONAL})
    for town in TOWNS:
        data.node(town.centre, {"place": "town", "name": town.name, "population": str(town.population), **FICTIONAL})
    for name, point in _HAMLETS.items():
        data.node(point, {"place": "hamlet", "name": name, **FICTIONAL})
    for name, point in _NEIGHBOURHOODS.items():
        data.node(point, {"place": "suburb" if name == "Northside" else "neighbourhood", "name": name, **FICTIONAL})


def _water(data: OsmData, county: County) -> None:
    water = county.water
    data.line(water.river, {"waterway": "river", "name": RIVER_NAME, **FICTIONAL})
    data.patch(water.river_area, {"natural": "water", "water": "river", "name": RIVER_NAME})
    data.patch(water.lake, {"natural": "water", "water": "reservoir", "name": LAKE_NAME, **FICTIONAL})
    for name, line in water.creeks.items():
        data.line(line, {"waterway": "stream", "name": name})


def _grounds(data: OsmData, shapes: Shapes) -> None:
    for patch, tags in shapes.areas:
        data.patch(patch, tags)
    for line, tags in shapes.lines:
        data.line(line, tags)


def _railway(data: OsmData, county: County) -> None:
    water = [Crosser(bank) for bank in county.water.banks]
    for span in spans(Street(county.track, "rail"), water, []):
        data.road(span.line, {"railway": "rail", "name": RAILWAY_NAME, "gauge": "1435", "usage": "branch", **_deck(span)})
    for siding in county.sidings:
        data.line(siding, {"railway": "rail", "service": "yard"})


def _deck(span: Span) -> dict[str, str]:
    return {"bridge": "yes", "layer": "1"} if span.bridge else {}


def road_tags(street: Street) -> dict[str, str]:
    """The tags of a street."""
    tags = {"highway": street.highway}
    if street.name:
        tags["name"] = street.name
    if street.ref:
        tags["ref"] = street.ref
    if street.highway != "service":
        tags["maxspeed"] = f"{street.speed} mph"
    if street.lanes != 2:
        tags["lanes"] = str(street.lanes)
    if street.oneway:
        tags["oneway"] = "yes"
    tags.update({k: v for k, v in street.tags if k != "turning_circle"})
    return tags


def _roads(data: OsmData, county: County) -> None:
    water = [Crosser(bank) for bank in county.water.banks]
    motorways = [Crosser(street.line) for street in county.streets if street.highway == "motorway"]
    rails = [Crosser(county.track)]
    vias = _restricted_junctions(county.streets)
    ends: defaultdict[Key, list[tuple[int, Line, Street]]] = defaultdict(list)
    for street in county.streets:
        below = rails if street.highway == "motorway" else motorways if street.at_grade else []
        for span in spans(street, water, below):
            for line in _split_at(span.line, vias):
                way = data.road(line, {**road_tags(street), **_deck(span)})
                ends[key(line[0])].append((way, line, street))
                ends[key(line[-1])].append((way, line, street))
        if dict(street.tags).get("turning_circle"):
            data.tag_shared(street.line[-1], {"highway": "turning_circle"})
    for via in vias:
        _restrict(data, via, ends[via])


def _split_at(line: Line, vias: set[Key]) -> list[Line]:
    pieces: list[Line] = [[line[0]]]
    for point in line[1:]:
        pieces[-1].append(point)
        if key(point) in vias:
            pieces.append([point])
    return [piece for piece in pieces if len(piece) > 1]


def _restricted_junctions(streets: list[Street]) -> set[Key]:
    """Some junctions of four arms in the city where a main street is crossed."""
    arms: defaultdict[Key, list[Street]] = defaultdict(list)
    for street in streets:
        if street.at_grade and street.town == CITY:
            for a, b in zip(street.line, street.line[1:], strict=False):
                arms[key(a)].append(street)
                arms[key(b)].append(street)
    main = {"trunk", "primary", "secondary", "tertiary"}
    places = [
        at for at, found in arms.items() if len(found) == 4 and any(s.highway in main for s in found) and len({s.name for s in found}) > 1
    ]
    places.sort(key=lambda at: (math.hypot(*at), at))
    chance = dice("restrictions")
    return set(chance.sample(places[:150], min(_RESTRICTIONS, len(places[:150]))))


def _restrict(data: OsmData, via: Key, arms: list[tuple[int, Line, Street]]) -> None:
    """Forbid the left turn from the busiest arm that has one; traffic signals go with it."""
    best: tuple[int, int] | None = None
    point = 0j
    for from_way, line, street in arms:
        if key(line[-1]) != via and street.oneway:
            continue
        arriving = line if key(line[-1]) == via else line[::-1]
        point = arriving[-1]
        inward = unit(arriving[-1] - arriving[-2])
        for to_way, other, target in arms:
            if to_way == from_way or (key(other[0]) != via and target.oneway):
                continue
            leaving = other if key(other[0]) == via else other[::-1]
            turn = math.degrees(math.atan2(*_components(unit(leaving[1] - leaving[0]) / inward)))
            if 55 < turn < 125 and best is None:
                best = from_way, to_way
    if best and data.shared_node(point):
        data.tag_shared(point, {"highway": "traffic_signals"})
        members = [Member("way", best[0], "from"), Member("node", data.shared_node(point), "via"), Member("way", best[1], "to")]
        data.relation(members, {"type": "restriction", "restriction": "no_left_turn"})


def _components(value: complex) -> tuple[float, float]:
    return value.imag, value.real
