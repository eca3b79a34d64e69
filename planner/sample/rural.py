"""Country roads: a loose net between the routes that bends with the land and mostly keeps to the valleys."""

import itertools
from collections import defaultdict
from collections.abc import Callable
from random import Random

import numpy as np

from planner.progress import Report
from planner.sample.chance import dice
from planner.sample.contours import filled, near_lines
from planner.sample.geometry import Buckets, Crosser, Line, inside, length, point_at, simplify, stations
from planner.sample.names import NameBook
from planner.sample.river import Water
from planner.sample.sites import Site
from planner.sample.streets import Street, insert_point
from planner.sample.terrain import COUNTY, Terrain
from planner.sample.towns import Town
from planner.values import replace

_SAY = "Laying the country roads of the sample territory"
_SPACING = 1900.0
_LONGEST = 4200.0
_LONGEST_ROAD = 9000.0


def open_country(terrain: Terrain, water: Water, towns: tuple[Town, ...], sites: list[Site]) -> Callable[[complex], bool]:
    """A quick test of whether a country road may pass: outside the towns, off the lake and off the grounds."""
    lattice = terrain.lattice
    points = lattice.points()
    closed = (np.abs(points) < 3750) | filled(lattice, water.lake.outer, 60.0) | (near_lines(lattice, [water.lake.outer], 260) < 190)
    for town in towns:
        closed |= np.abs(points - town.centre) < town.reach[0]
    for site in sites:
        closed |= filled(lattice, site.ring, 150.0)
    shut = lattice.lookup(closed.astype(np.float64))
    return lambda point: shut(point) == 0


def lay_country_roads(
    routes: list[Street], terrain: Terrain, barriers: list[Line], river: Line, free: Callable[[complex], bool], report: Report
) -> tuple[list[Street], list[Street]]:
    """Lay the country roads; returns the routes, with a vertex wherever a road joins them, and the roads.

    `barriers` are lines that few roads cross (the river) or none joins (the interstate); `free` tells where roads may be.
    """
    chance = dice("rural")
    height = terrain.lattice.lookup(terrain.height)
    points = _scatter(chance, height, free)
    on_route = []
    for k, route in enumerate(routes):
        along = stations(route.line)
        for s in range(700, int(along[-1]) - 400, 1700):
            point = point_at(route.line, along, s + chance.uniform(-350, 350))[0]
            if free(point) and inside(COUNTY, point):
                on_route.append((point, k))
    routes = list(routes)
    joints: dict[complex, int] = {}
    for point, k in on_route:
        line, vertex = insert_point(routes[k].line, point)
        routes[k] = replace(routes[k], line=line)
        joints[vertex] = k
    walls, wet = [Crosser(line) for line in barriers], Crosser(river)
    lines = [Crosser(route.line) for route in routes]
    report(0.3, _SAY)
    edges = []
    for a, b in _neighbours([*points, *joints]):
        if joints.get(a, -1) != joints.get(b, -2) and _worth(chance, a, b, height, walls, wet):
            line = _bent(chance, a, b)
            if all(free(p) for p in line[1:-1]) and not any(other.stations_on(line[1:-1]) for other in lines):
                edges.append(line)
    report(0.8, _SAY)
    book = NameBook("country")
    roads = []
    for line in _chained(edges):
        kind = "unclassified" if length(line) > 1500 else "residential"
        roads.append(Street(simplify(_softened(line), 1.6), kind, book.rural(chance), speed=35, frontage="rural"))
    return routes, roads


def _chained(edges: list[Line]) -> list[Line]:
    """Join lines end to end where just two of them meet, so that a road does not bend sharply or change its name for no reason."""
    at: defaultdict[complex, list[int]] = defaultdict(list)
    for k, line in enumerate(edges):
        at[line[0]].append(k)
        at[line[-1]].append(k)
    chains: dict[int, Line] = dict(enumerate(edges))
    home = list(range(len(edges)))
    for point, meeting in at.items():
        if len(meeting) == 2:
            first, second = home[meeting[0]], home[meeting[1]]
            if first != second and length(chains[first]) + length(chains[second]) < _LONGEST_ROAD:
                one, other = chains[first], chains.pop(second)
                one = one if one[-1] == point else one[::-1]
                chains[first] = one + (other if other[0] == point else other[::-1])[1:]
                home = [first if owner == second else owner for owner in home]
    return list(chains.values())


def _softened(line: Line) -> Line:
    """Round off a line's bends; its ends stay."""
    for _ in range(14):
        line = [line[0], *[(p + 2 * q + r) / 4 for p, q, r in zip(line, line[1:], line[2:], strict=False)], line[-1]]
    return line


def _scatter(chance: Random, height: Callable[[complex], float], free: Callable[[complex], bool]) -> Line:
    found: Line = []
    for i in range(-12, 13):
        for j in range(-9, 10):
            point = complex(i + chance.uniform(-0.38, 0.38), j + chance.uniform(-0.38, 0.38)) * _SPACING
            low = height(point) < 0.4 or chance.random() < 0.12
            if low and free(point) and inside(COUNTY, point):
                found.append(point)
    return found


def _neighbours(points: Line) -> list[tuple[complex, complex]]:
    """Pairs with no third point nearer to both than they are to each other (relative neighbourhood graph, Toussaint 1980)."""
    near: Buckets[int] = Buckets(_LONGEST)
    for k, point in enumerate(points):
        near.add(point, k)
    pairs = []
    for k, a in enumerate(points):
        around = [(b, j) for b, j in near.near(a, _LONGEST) if j != k]
        for b, j in around:
            size = abs(a - b) * 0.96
            if j > k and size > 350 and not any(abs(c - a) < size and abs(c - b) < size for c, i in around if i != j):
                pairs.append((a, b))
    return pairs


def _worth(chance: Random, a: complex, b: complex, height: Callable[[complex], float], barriers: list[Crosser], river: Crosser) -> bool:
    climb = max(height(a + (b - a) * t) for t in (0.25, 0.5, 0.75))
    if climb > 0.55 and chance.random() < 0.75:
        return False
    if river.stations_on([a, b]) and chance.random() < 0.8:
        return False
    return not any(barrier.stations_on([a, b]) for barrier in barriers) or chance.random() < 0.3


def _bent(chance: Random, a: complex, b: complex) -> Line:
    """A road from a to b that winds (midpoint displacement), with points every 60 metres or so."""
    line = [a, b]
    sway = 0.16
    while abs(line[1] - line[0]) > 55:
        finer: Line = [line[0]]
        for p, q in itertools.pairwise(line):
            finer += [(p + q) / 2 + 1j * (q - p) * min(max(chance.gauss(0, sway), -0.3), 0.3), q]
        line = finer
        sway *= 0.8
    return line
