"""The whole county, drawn in the order in which it grew: land, water, routes, city, towns, country roads, suburbs, houses."""

from collections.abc import Callable

import numpy as np

from planner.progress import Report, part
from planner.sample import downtown, highways, landuse, railway, rural, suburbs
from planner.sample.addresses import Builder, Premises
from planner.sample.contours import Lattice, filled, near_lines
from planner.sample.geometry import Line, crossings, resample
from planner.sample.grounds import Shapes, drives, furnish
from planner.sample.names import NameBook
from planner.sample.network import connected, join, level_crossings, merged, without_stubs
from planner.sample.river import Water, dig_water
from planner.sample.sites import Site, city_sites
from planner.sample.streets import Street, divide
from planner.sample.terrain import Terrain
from planner.sample.towns import TOWNS, lay_town
from planner.values import Struct, replace

_EXITS = (("Old Forge Road", "8"), ("Hartsgrove Pike", "15"), ("Ferry Road", "21"), ("Quarry Road", "24"), ("Tannery Road", "34"))

_SAY = "Drawing the sample territory"
_CITY_NAMES = {
    "Hartsgrove Pike": "West Main Street",
    "Lindley Pike": "East Main Street",
    "Ferry Road": "South Ferry Avenue",
    "Kettle Pike": "North Ferry Avenue",
    "Lake Road": "Lake Avenue",
    "Quarry Road": "Quarry Street",
    "Airport Road": "Airport Boulevard",
}


class County(Struct, frozen=True):
    """Everything there is, in metres: streets that meet in shared vertices, railway, water, landuse, grounds, addresses."""

    streets: list[Street]
    track: Line
    sidings: list[Line]
    level_crossings: Line
    exits: list[tuple[complex, str]]
    water: Water
    land: landuse.Laid
    shapes: Shapes
    sites: list[Site]
    premises: list[Premises]


def grow_county(report: Report) -> County:
    """Draw the county; takes a few seconds."""
    report(0.0, _SAY)
    terrain, water, sites = Terrain.rise(), dig_water(), city_sites()
    track = railway.lay_railway(water.river)
    ring = highways.parkway()
    carriageways = list(highways.interstate())
    report(0.08, _SAY)
    ground = downtown.survey(water.river, carriageways[0].line, track, ring.line, sites)
    old_town = downtown.lay_baselines(ground)
    gates = [old_town.main[0], old_town.main[-1], old_town.ferry[0], old_town.ferry[-1]]
    report(0.15, _SAY)
    routes = _in_city(highways.country_routes(gates), ring.line)
    book = NameBook(downtown.CITY)
    city = downtown.lay_city(ground, old_town, routes, ring, sites, book, part(report, 0.15, 0.4))
    report(0.4, _SAY)
    town_streets: list[Street] = []
    for town in TOWNS:
        routes, own = lay_town(town, routes, water.river, track)
        town_streets += own
        report(0.43, _SAY)
    country = rural.open_country(terrain, water, TOWNS, sites)
    routes, lanes = rural.lay_country_roads(routes, terrain, [carriageways[0].line], water.river, country, part(report, 0.44, 0.5))
    report(0.5, _SAY)
    ramps: list[Street] = []
    exits: list[tuple[complex, str]] = []
    for name, number in _EXITS:
        k = next(k for k, road in enumerate(routes) if road.name == name and crossings(road.line, carriageways[0].line))
        joined = highways.interchange(carriageways, routes[k])
        carriageways, routes[k] = joined.carriageways, joined.road
        ramps += joined.ramps
        exits += [(point, number) for point in joined.exits]
    roads = [*city, *town_streets, *routes, ring, *lanes]
    roads += drives(sites, [*city, *routes, ring], book)
    report(0.53, _SAY)
    roads += suburbs.lay_suburbs(
        [*routes, ring], [*roads, *carriageways, *ramps], _suburb_ground(ground, water, sites), downtown.CITY, book
    )
    report(0.6, _SAY)
    streets = join([*roads, *carriageways, *ramps])
    report(0.64, _SAY)
    streets = connected(without_stubs(merged(streets, 5.0), 70))
    report(0.68, _SAY)
    streets, track, level = level_crossings(streets, track)
    report(0.7, _SAY)
    grounds = [site.ring for site in sites if site.kind not in {"industrial", "retail"}]
    builder = Builder([s.line for s in streets], _no_building(water, carriageways, track), grounds, water.side())
    report(0.72, _SAY)
    shapes = furnish(sites, builder.claim)
    premises = builder.build(streets, part(report, 0.72, 0.88))
    report(0.88, _SAY)
    land = landuse.lay_land(terrain, water, streets, sites, part(report, 0.88, 1.0))
    report(1.0, _SAY)
    sidings = railway.yard_tracks(track, -1250 - 1060j)
    return County(streets, track, sidings, level, exits, water, land, shapes, sites, premises)


def _in_city(routes: list[Street], ring: Line) -> list[Street]:
    """Give the routes their street names inside the parkway."""
    found: list[Street] = []
    for route in routes:
        name = _CITY_NAMES.get(route.name)
        pieces = divide(route, crossings(route.line, [*ring, ring[0]])) if name else [route]
        for piece in pieces:
            inner = name and len(pieces) > 1 and abs(piece.line[len(piece.line) // 2]) < 3100
            found.append(replace(piece, name=name, town=downtown.CITY, speed=35, frontage="strip") if inner and name else piece)
    return found


def _suburb_ground(ground: downtown.Ground, water: Water, sites: list[Site]) -> Callable[[complex], bool]:
    lattice = Lattice.over(-7000, -7000, 7000, 7000, 60)
    shut = near_lines(lattice, [resample(water.river, 40)], 260) < 170
    for site in sites:
        shut |= filled(lattice, site.ring, 40.0)
    barred = lattice.lookup(shut.astype(np.float64))
    return lambda point: barred(point) == 0 and not (abs(point) < 4500 and ground.blocked_for_small(point))


def _no_building(water: Water, carriageways: list[Street], track: Line) -> Callable[[complex], bool]:
    lattice = Lattice.over(-24000, -17500, 24000, 19000, 60)
    shut = (near_lines(lattice, [resample(water.river, 45)], 150) < 78) | filled(lattice, water.lake.outer, 30.0)
    shut |= near_lines(lattice, [resample(street.line, 50) for street in carriageways], 120) < 70
    shut |= near_lines(lattice, [resample(track, 45)], 100) < 40
    barred = lattice.lookup(shut.astype(np.float64))
    return lambda point: barred(point) > 0
