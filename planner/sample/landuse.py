"""Woods on the ridges, farms in the valleys, and the built-up ground around the streets."""

import numpy as np

from planner.progress import Report, part
from planner.sample.contours import Lattice, Patch, filled, near_lines, patches
from planner.sample.geometry import Line, length, resample
from planner.sample.river import Water
from planner.sample.sites import Site
from planner.sample.streets import Street
from planner.sample.terrain import COUNTY, RIDGE_DIRECTION, Terrain, noise
from planner.sample.towns import TOWNS

_SAY = "Planting the woods of the sample territory"

Laid = list[tuple[Patch, dict[str, str]]]


def lay_land(terrain: Terrain, water: Water, streets: list[Street], sites: list[Site], report: Report) -> Laid:
    """All landuse areas with their tags, the widest first."""
    built = [resample(s.line, 30) for s in streets if s.frontage in {"houses", "shops", "strip"} and length(s.line) > 30 and s.town]
    suburbs = _residential(built)
    report(0.4, _SAY)
    return [*_country(terrain, water, built, sites, part(report, 0.4, 1.0)), *suburbs]


def _country(terrain: Terrain, water: Water, built: list[Line], sites: list[Site], report: Report) -> Laid:
    lattice = terrain.lattice
    shape = lattice.x.shape
    bend = 350 * noise(lattice.x, lattice.y, 1700, "lie of the fields")
    turned = lattice.points() / RIDGE_DIRECTION
    x, y = turned.real / 1.7 + bend, turned.imag + bend
    away = np.minimum(near_lines(lattice, [line[::4] for line in built], 700), 700)
    wet = np.minimum(near_lines(lattice, [water.river[::2], water.lake.outer], 400), 400)
    on_site = np.zeros(shape, dtype=np.bool_)
    for site in sites:
        on_site |= filled(lattice, site.ring, 60.0)
    on_site |= filled(lattice, water.lake.outer)
    line = near_lines(lattice, [resample([*COUNTY, COUNTY[0]], 200)], 1500)
    within = np.where(filled(lattice, COUNTY), line, -line) / 300
    room = np.minimum(np.where(on_site, -1.0, (away - 210) / 200), within)
    woods = terrain.height - 0.4 + 0.2 * noise(x, y, 900, "edge of woods") + 0.12 * noise(x, y, 420, "fringe")
    lots = 1.1 * (noise(x, y, 640, "woodlots") * 0.7 + 0.5 * noise(x, y, 1500, "woodlots 2") - 0.52)
    wooded = np.minimum(np.maximum(woods, lots), np.minimum(room, (wet - 60) / 90))
    farms = np.minimum(0.24 - terrain.height + 0.1 * noise(x, y, 800, "farms"), 0.62 + noise(x, y, 1900, "fields"))
    farms = np.minimum(np.minimum(farms, -wooded - 0.02), np.minimum(np.minimum(room - 0.4, within), (wet - 110) / 120))
    meadows = np.minimum(noise(x, y, 750, "meadows") - 0.35, np.minimum(-wooded - 0.03, room - 0.2))
    report(0.4, _SAY)
    found: Laid = [(patch, {"landuse": "farmland"}) for patch in patches(lattice, farms, smallest=5e5, tolerance=40)]
    found += [(patch, {"landuse": "meadow"}) for patch in patches(lattice, meadows, smallest=2.5e5, tolerance=36)]
    report(0.7, _SAY)
    found += [(patch, {"natural": "wood"}) for patch in patches(lattice, wooded, smallest=1.6e5, tolerance=32)]
    return found


def _residential(built: list[Line]) -> Laid:
    found: Laid = []
    for centre, reach in ((0j, 7500.0), *((town.centre, 2500.0) for town in TOWNS)):
        group = [line for line in built if abs(line[0] - centre) < reach]
        xs, ys = [p.real for line in group for p in line], [p.imag for line in group for p in line]
        lattice = Lattice.over(min(xs) - 200, min(ys) - 200, max(xs) + 200, max(ys) + 200, 45)
        found += [
            (patch, {"landuse": "residential"})
            for patch in patches(lattice, 68 - near_lines(lattice, group, 110), smallest=3e4, tolerance=14)
        ]
    return found
