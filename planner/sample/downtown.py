"""The city: its old town on a turned grid with one-way pairs, and the streets that spread from it between river, parks and parkway."""

from collections.abc import Callable

import numpy as np

from planner.progress import Report
from planner.sample.chance import dice
from planner.sample.contours import Lattice, Raster, filled, near_lines
from planner.sample.geometry import Crosser, Line, crossings, cut, heading, length, nearest, resample, simplify, stations
from planner.sample.names import NameBook
from planner.sample.sites import Site
from planner.sample.streets import Street, divide
from planner.sample.terrain import noise
from planner.sample.weave import Grain, Weave, directions, tie_ends
from planner.values import Struct, replace

CITY = "Alder Falls"
_SAY = "Laying the streets of the sample city"
GRID = 16.0
"""Degrees by which the old town's grid is turned from east."""

_GRAINS = [
    Grain(0j, GRID, 1050, 1.6),
    Grain(-900 + 1900j, -9, 900),
    Grain(2300 + 900j, 37, 950),
    Grain(500 - 1900j, 5, 900),
    Grain(-2700 - 300j, -24, 1000),
    Grain(-1500 - 1900j, 48, 800, 0.8),
    Grain(0j, 30, 6000, 0.12),
]


class Ground(Struct):
    """What the city's streets must respect, read quickly: where they must not go and how close to each other they lie."""

    lattice: Lattice
    direction: Callable[[complex], complex]
    blocked_for_all: Callable[[complex], bool]
    blocked_for_small: Callable[[complex], bool]
    spacing: Callable[[complex, bool], float]


def survey(river: Line, interstate: Line, rails: Line, ring: Line, sites: list[Site]) -> Ground:
    """Read the ground: small streets keep from the railway and from the parkway's `ring` as well, larger ones cross them."""
    lattice = Lattice.over(-4900, -4200, 4900, 4200, 40)
    coarse = Lattice.over(-4900, -4200, 4900, 4200, 120)
    radius = np.hypot(coarse.x, coarse.y)
    twist = 0.42 * np.clip((radius - 1200) / 1500, 0, 1) * noise(coarse.x, coarse.y, 650, "twist")
    reach = near_lines(lattice, [resample(river, 30)], 200) < 100
    reach |= near_lines(lattice, [resample(interstate, 30)], 200) < 150
    for site in sites:
        reach |= filled(lattice, site.ring, 6.0 if site.streets else 22.0)
    small = reach | (near_lines(lattice, [resample(ring, 30)], 120) < 62) | (near_lines(lattice, [resample(rails, 30)], 90) < 42)
    dense = _density(lattice)
    blocked, blocked_small, density = (lattice.lookup(raster.astype(np.float64)) for raster in (reach, small, dense))

    def spacing(point: complex, across: bool) -> float:
        share = density(point)
        return 0.0 if share <= 0 else (132 if across else 104) * share

    return Ground(
        lattice,
        directions(coarse, _GRAINS, [p for p in river[::2] if abs(p) < 6500], twist),
        lambda p: blocked(p) > 0,
        lambda p: blocked_small(p) > 0,
        spacing,
    )


def _density(lattice: Lattice) -> Raster:
    """How far apart streets are, as a multiple of the old town's blocks; 0 beyond the built-up area, whose edge is ragged."""
    radius = np.hypot(lattice.x - 100, lattice.y - 150)
    edge = 2350 + 520 * noise(lattice.x, lattice.y, 1300, "edge") + 160 * noise(lattice.x, lattice.y, 420, "edge2")
    return np.where(radius < edge, 1.0 + 0.55 * np.clip((radius - 700) / 1500, 0, 1), 0.0)


class OldTown(Struct, frozen=True):
    """The baselines that everything is counted from, and the one-way pairs beside them."""

    main: Line
    ferry: Line
    market: Line
    court: Line


def lay_baselines(ground: Ground) -> OldTown:
    """Trace Main Street and Ferry Avenue through the middle, Market Street and Court Avenue beside them."""
    weave = Weave(ground.direction, ground.spacing, ground.blocked_for_all)
    u = heading(GRID)

    def baseline(seed: complex, across: bool, reach: float) -> Line:
        line = weave.trace(seed, across)
        if line is None:
            raise AssertionError("the old town has room for its own baselines")
        s = nearest(line, seed)[1]
        piece = simplify(cut(line, s - reach, s + reach), 0.6)
        return (
            piece
            if (piece[-1] - piece[0]).real * (0 if across else 1) + (piece[-1] - piece[0]).imag * (1 if across else 0) > 0
            else piece[::-1]
        )

    return OldTown(baseline(0j, False, 1150), baseline(0j, True, 1150), baseline(1j * u * 106, False, 900), baseline(u * 134, True, 800))


def lay_city(
    ground: Ground, town: OldTown, routes: list[Street], ring: Street, sites: list[Site], book: NameBook, report: Report
) -> list[Street]:
    """All streets of the city within reach of its old town, the baselines included."""
    fixed = [town.main, town.ferry, town.market, town.court]
    roads = [
        ring.line,
        *(cut(r.line, 0, 4000) if abs(r.line[0]) < 3000 else r.line for r in routes if min(abs(r.line[0]), abs(r.line[-1])) < 4500),
    ]
    walls = _around_sites(sites, book)
    collectors = Weave(ground.direction, lambda p, across: 560.0 if ground.spacing(p, across) else 0.0, ground.blocked_for_all)
    for line in [*fixed, *roads]:
        collectors.keep_clear_of(line)
    seeds = (
        620 - 600j,
        -650 + 1750j,
        1900 + 420j,
        -2450 - 420j,
        450 - 1900j,
        -350 - 700j,
        -1700 + 2000j,
        1750 + 1700j,
        -1500 - 1700j,
        2350 - 600j,
    )
    for seed in seeds:
        for across in (False, True):
            collectors.trace(seed, across, 450)
    main_lines = tie_ends([line for line, _across in collectors.lines], [*fixed, *roads], 190, ground.blocked_for_all)
    report(0.3, _SAY)
    locals_ = Weave(ground.direction, ground.spacing, ground.blocked_for_small)
    for line in [*fixed, *roads, *main_lines, *(wall.line for wall in walls)]:
        locals_.keep_clear_of(line)
    locals_.lines += [(line, False) for line in fixed] + [(line, False) for line in main_lines]
    known = len(locals_.lines)
    locals_.fill(150)
    report(0.6, _SAY)
    families = [across for _line, across in locals_.lines[known:]]
    small = tie_ends(
        [line for line, _ in locals_.lines[known:]], [*fixed, *roads, *main_lines, *(w.line for w in walls)], 175, ground.blocked_for_small
    )
    report(0.8, _SAY)
    wall_lines = tie_ends([wall.line for wall in walls], [*fixed, *roads, *main_lines, *small], 190, ground.blocked_for_all)
    streets = [replace(wall, line=line) for wall, line in zip(walls, wall_lines, strict=True)]
    streets += [Street(line, "tertiary", book.collector(line), CITY, speed=30, frontage="strip") for line in main_lines]
    streets += _small_streets(small, families, town, book)
    return [*_baseline_streets(town, small), *streets]


def _around_sites(sites: list[Site], book: NameBook) -> list[Street]:
    """Streets along the sides of the grounds that have named ones."""
    found = []
    for site in sites:
        for k, name in enumerate(site.streets):
            a, b = site.ring[k], site.ring[(k + 1) % 4]
            outward = -1j * (b - a) / abs(b - a) * 36
            along = (b - a) / abs(b - a) * 36
            found.append(
                Street(
                    [a + outward - along, b + outward + along],
                    "tertiary" if k == 0 else "residential",
                    book.claim(name),
                    CITY,
                    frontage="houses",
                )
            )
    return found


def _baseline_streets(town: OldTown, small: list[Line]) -> list[Street]:
    """Main and Market Street, Ferry and Court Avenue; each pair is one-way between two streets that cross both of its lines."""
    found = []
    for pair, base, names, prefixes in (
        ((town.main, town.market), town.ferry, ("Main Street", "Market Street"), ("West", "East")),
        ((town.ferry, town.court), town.main, ("Ferry Avenue", "Court Avenue"), ("South", "North")),
    ):
        sides = [Crosser(side) for side in pair]
        spanning = [line for line in small if all(side.stations_on(line) for side in sides)]
        rungs = [(crossings(pair[0], line)[0], crossings(pair[1], line)[0]) for line in spanning]
        middles = [crossings(side, base)[0] for side in pair]
        first = min(rungs, key=lambda rung: abs(rung[0] - (middles[0] - 470)))
        last = min(rungs, key=lambda rung: abs(rung[0] - (middles[0] + 470)))
        for side, (line, name, middle) in enumerate(zip(pair, names, middles, strict=True)):
            street = Street(line, "secondary" if side else "primary", name, CITY, speed=25, frontage="shops")
            marks = [first[side], middle, last[side]]
            for k, piece in enumerate(divide(street, marks)):
                named = replace(piece, name=f"{prefixes[k // 2]} {name}")
                inner = k in {1, 2}
                found.append(replace(named, line=named.line[::-1] if inner and side else named.line, oneway=inner))
    return found


def _small_streets(lines: list[Line], families: list[bool], town: OldTown, book: NameBook) -> list[Street]:
    """Name the small streets: numbered ones across Main Street by their order along it, the others after trees and people."""
    streets: list[Street] = []
    main, ferry = Crosser(town.main), Crosser(town.ferry)
    crossing = {k for k, line in enumerate(lines) if families[k] and main.stations_on(line)}
    numbered = sorted((crossings(town.main, lines[k])[0], k) for k in crossing)
    ordinal = {k: book.ordinal(position) for position, (_s, k) in enumerate(numbered)}
    chance = dice("small streets")
    for k, line in enumerate(lines):
        shops = min(abs(p) for p in line) < 420
        name = ordinal.get(k) or book.street(chance, avenue=families[k])
        street = Street(line, "residential", name, CITY, frontage="shops" if shops else "houses")
        base = town.main if families[k] else town.ferry
        parts = divide(street, (main if families[k] else ferry).stations_on(line)[:1])
        if len(parts) == 2:
            low = nearest(base, parts[0].line[0])[2] < 0
            names = ("South", "North") if families[k] else ("East", "West")
            pair = names if low else names[::-1]
            streets += [replace(part, name=f"{prefix} {name}") for part, prefix in zip(parts, pair, strict=True)]
        else:
            streets.append(street)
    return [street for street in streets if length(street.line) > 40 and stations(street.line)]
