"""The roads between places: the interstate with its ramps, the US and state routes, the parkway around the city."""

import math

from planner.sample.chance import dice
from planner.sample.geometry import Line, crossings, cut, dot, length, nearest, offset, point_at, simplify, spline, stations
from planner.sample.names import word_lists
from planner.sample.streets import Street, insert_point
from planner.values import Struct, replace

INTERSTATE = "I 92"
_HALF_MEDIAN = 15.0

_INTERSTATE_COURSE: Line = [
    *(
        -23600 - 1500j,
        -19500 - 3700j,
        -15200 - 4900j,
        -10200 - 5000j,
        -6000 - 4300j,
        -3000 - 3650j,
        -300 - 3500j,
        2600 - 3150j,
        5300 - 1700j,
    ),
    *(7300 + 500j, 9600 + 2900j, 13100 + 4650j, 17000 + 5300j, 21800 + 6800j),
]

PARKWAY_COURSE: Line = [
    *(2300 - 2050j, 2850 - 900j, 3450 + 500j, 3150 + 2000j, 1900 + 2750j, 500 + 3050j, -900 + 2600j, -2300 + 2250j, -3250 + 900j),
    *(-3150 - 600j, -2450 - 1850j, -1100 - 2600j, 700 - 2350j),
]


def _meander(line: Line, size: float, part: str) -> Line:
    """Let a road follow the small shapes of the land; its ends stay where they are."""
    chance = dice(f"meander/{part}")
    phases = [chance.uniform(0, 2 * math.pi) for _ in range(3)]
    total = length(line)

    def aside(s: float) -> float:
        near_city = min(1.0, max(0.0, (abs(point_at(line, along, s)[0]) - 1800) / 2500))
        ease = min(1.0, s / 900, (total - s) / 900) * near_city
        return ease * size * (math.sin(s / 420 + phases[0]) + 0.5 * math.sin(s / 190 + phases[1]) + 0.8 * math.sin(s / 1100 + phases[2]))

    along = stations(line)
    return offset(line, aside)


def country_routes(gates: Line) -> list[Street]:
    """The US and state routes from the city outwards, their ends tied to each other and to the gates, where the old town's streets end."""
    routes = []
    for course in word_lists("routes"):
        points = [complex(x, y) for x, y in course["points"]]
        for end in (0, -1):
            points[end] = next((gate for gate in gates if abs(gate - points[end]) < 520), points[end])
        line = simplify(_meander(spline(points, 50), 42, f"{course['ref']}{course['name']}"), 1.2)
        routes.append(Street(line, course["class"], course["name"], ref=course["ref"], speed=course["mph"], frontage="rural"))
    for k in range(len(routes)):
        for end in (0, -1):
            routes[k] = replace(routes[k], line=_tie(routes, k, end))
    return routes


def _tie(routes: list[Street], k: int, end: int) -> Line:
    """Let an end that comes near another route meet it in a shared point."""
    line = list(routes[k].line)
    for j, other in enumerate(routes):
        if j != k and min(abs(p - line[end]) for p in other.line[::3]) < 900 and 0 < nearest(other.line, line[end])[0] < 260:
            past = [s for s in crossings(line, other.line) if (s > length(line) - 300 if end else s < 300)]
            if past:
                line = cut(line, 0.0, past[0]) if end else cut(line, past[-1], length(line))
            joined, vertex = insert_point(other.line, line[end])
            routes[j] = replace(other, line=joined)
            line = [*line[:-1], vertex] if end and past else [*line, vertex] if end else [vertex, *line[bool(past) :]]
            break
    return line


def parkway() -> Street:
    """The parkway around the city: a ring, its first point repeated at its end."""
    ring = spline(PARKWAY_COURSE, 45, closed=True)
    return Street([*simplify([*ring, ring[0]], 1.0)], "trunk", "Perimeter Parkway", "Alder Falls", "SR 199", 45, 4)


def interstate() -> tuple[Street, Street]:
    """The two carriageways, east- and westbound; they meet at both ends, where the data ends."""
    middle = spline(_INTERSTATE_COURSE, 60)
    total = length(middle)

    def apart(s: float) -> float:
        return _HALF_MEDIAN * min(1.0, s / 400, (total - s) / 400)

    east, west = offset(middle, lambda s: -apart(s)), offset(middle, apart)
    road = Street(simplify(east, 0.8), "motorway", "", ref=INTERSTATE, speed=70, oneway=True)
    back = simplify(west, 0.8)[::-1]
    back[0], back[-1] = road.line[-1], road.line[0]
    return road, replace(road, line=back)


class Interchange(Struct, frozen=True):
    """A road joined to the interstate: both carriageways and the road with their new vertices, the ramps, and where one leaves."""

    carriageways: list[Street]
    road: Street
    ramps: list[Street]
    exits: Line


def interchange(carriageways: list[Street], road: Street) -> Interchange:
    """Join a road that crosses the interstate to it with a diamond of four ramps."""
    ramps: list[Street] = []
    exits: Line = []
    changed = []
    for street in carriageways:
        line = street.line
        s = crossings(line, road.line)[0]
        here, along = point_at(line, stations(line), s)
        right = -1j * along
        tangent = point_at(road.line, stations(road.line), nearest(road.line, here)[1])[1]
        away = tangent if dot(tangent, right) > 0 else -tangent
        joined, foot = insert_point(road.line, here + away * 115)
        road = replace(road, line=joined)
        line, leave = insert_point(line, point_at(line, stations(line), s - 420)[0])
        line, enter = insert_point(line, point_at(line, stations(line), s + 420)[0])
        ramp = Street([], "motorway_link", speed=35, lanes=1, oneway=True)
        ramps.append(replace(ramp, line=_ramp(leave, along, foot, right), tags=(("destination:ref", road.ref),) if road.ref else ()))
        ramps.append(replace(ramp, line=_ramp(enter, -along, foot, right)[::-1], tags=(("destination:ref", INTERSTATE),)))
        exits.append(leave)
        changed.append(replace(street, line=line))
    return Interchange(changed, road, ramps, exits)


def _ramp(start: complex, direction: complex, end: complex, right: complex) -> Line:
    """A ramp that leaves along `direction`, swings out and comes to its end (a cubic Bezier curve)."""
    reach = abs(end - start)
    c1, c2 = start + direction * reach * 0.45 + right * 6, end - direction * reach * 0.3 + right * 10
    curve = [start * (1 - t) ** 3 + 3 * c1 * t * (1 - t) ** 2 + 3 * c2 * t * t * (1 - t) + end * t**3 for t in (k / 12 for k in range(13))]
    return [start, *curve[1:-1], end]
