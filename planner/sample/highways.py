"""The roads between places: the interstate with its ramps, the US and state routes, the parkway around the city."""

import math
from dataclasses import dataclass, replace

from planner.sample.chance import dice
from planner.sample.geometry import Line, crossings, cut, dot, length, nearest, offset, point_at, resample, simplify, spline, stations, unit
from planner.sample.streets import Street, insert_point

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


@dataclass(frozen=True)
class Course:
    """A numbered route in the country: its points, name there, and class."""

    ref: str
    name: str
    highway: str
    points: Line
    speed: int = 50


COURSES = (
    Course("US 226", "Hartsgrove Pike", "primary", [-23300 - 12800j, -20100 - 11800j, -16800 - 10600j, -13300 - 9300j, -10900 - 7600j, -8200 - 6600j, -6100 - 4300j, -4900 - 2600j, -3500 - 1150j, -2300 - 700j, -1200 - 350j], 55),
    Course("US 226", "Lindley Pike", "primary", [1400 + 370j, 2300 + 720j, 3250 + 1250j, 4700 + 1900j, 6900 + 3600j, 8800 + 5400j, 10800 + 7400j, 12500 + 8500j, 14700 + 10200j, 17400 + 10600j, 21300 + 12200j], 55),
    Course("SR 28", "Ferry Road", "primary", [1300 - 15600j, 900 - 14100j, 100 - 12600j, -350 - 11500j, -600 - 9900j, -1000 - 8300j, -1300 - 6600j, 100 - 5000j, 250 - 3500j, 420 - 2400j, 330 - 1150j], 50),
    Course("SR 28", "Kettle Pike", "primary", [-330 + 1150j, -650 + 1900j, -1000 + 2700j, -1500 + 4300j, -2600 + 5700j, -3200 + 7400j, -4700 + 9100j, -5500 + 10600j, -6000 + 12400j, -7600 + 14200j, -8300 + 16900j], 50),
    Course("SR 317", "Lake Road", "secondary", [-560 + 1600j, -1500 + 1450j, -2600 + 1600j, -4200 + 2300j, -6300 + 2300j, -8400 + 3600j, -9900 + 4700j, -11200 + 4500j, -12700 + 3600j, -15200 + 3500j, -18200 + 5300j, -22300 + 6600j], 45),
    Course("SR 545", "Quarry Road", "secondary", [340 - 1250j, 1050 - 1450j, 1800 - 2150j, 2700 - 3150j, 4300 - 4600j, 6900 - 5500j, 9200 - 7000j, 11900 - 7700j, 15100 - 9600j, 18900 - 10500j], 45),
    Course("SR 88", "Tannery Road", "secondary", [12700 + 8600j, 13300 + 6700j, 13000 + 4650j, 13400 + 2400j, 12300 + 200j, 12500 - 2400j, 11100 - 4800j, 11300 - 7560j], 50),
    Course("SR 61", "Old Forge Road", "secondary", [-13250 - 9250j, -13000 - 7000j, -12500 - 4950j, -12900 - 2600j, -11700 - 200j, -11500 + 2300j, -10500 + 4650j], 50),
    Course("SR 61", "Dam Road", "secondary", [-9900 + 4700j, -8300 + 6400j, -8100 + 8000j, -6900 + 9500j, -5550 + 10650j], 45),
    Course("SR 904", "Airport Road", "secondary", [-850 + 2300j, -100 + 2600j, 500 + 3500j, 1300 + 4400j, 3300 + 4300j, 5600 + 6100j, 7500 + 7800j, 9700 + 9500j, 11600 + 10300j, 12500 + 8500j], 45),
)  # fmt: skip


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
    """The US and state routes from the city outwards, their ends tied to each other and to the gates, where the streets of the old town end."""
    routes = []
    for c in COURSES:
        controls = [next((gate for gate in gates if abs(gate - p) < 520), p) if p in (c.points[0], c.points[-1]) else p for p in c.points]
        line = simplify(_meander(spline(controls, 50), 42, f"{c.ref}{c.name}"), 1.2)
        routes.append(Street(line, c.highway, c.name, ref=c.ref, speed=c.speed, frontage="rural"))
    for k, route in enumerate(routes):
        for end in (0, -1):
            routes[k] = replace(routes[k], line=_tie(routes, k, end))
    return routes


def _tie(routes: list[Street], k: int, end: int) -> Line:
    """Let an end that comes near another route meet it in a shared point."""
    line = list(routes[k].line)
    for j, other in enumerate(routes):
        if j != k and 0 < nearest(other.line, line[end])[0] < 260:
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


@dataclass(frozen=True)
class Interchange:
    """What joining a road to the interstate gives: both carriageways and the road with their new vertices, the ramps, and where one leaves."""

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
