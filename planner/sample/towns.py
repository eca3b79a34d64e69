"""Small towns on the state routes: a main street, a few streets beside and across it."""

import numpy as np

from planner.sample.chance import dice
from planner.sample.contours import Lattice, near_lines
from planner.sample.geometry import Line, crossings, heading, nearest, resample
from planner.sample.names import NameBook
from planner.sample.streets import Street, divide
from planner.sample.terrain import noise
from planner.sample.weave import Grain, Weave, directions, tie_ends
from planner.values import Struct, replace


class Town(Struct, frozen=True):
    """A town: where, how its streets are turned (degrees from east), how far it reaches in metres along and across, and its postal code."""

    name: str
    centre: complex
    degrees: float
    reach: tuple[float, float]
    postcode: str
    population: int


CITY_CODES = {"core": "16991", "north": "16992", "south": "16993"}
TOWNS = (
    Town("Kettle Mills", -5480 + 10600j, 112, (720, 430), "16994", 3870),
    Town("Lindley", 12560 + 8560j, 42, (780, 520), "16995", 6120),
    Town("Hartsgrove", -13270 - 9270j, 26, (690, 400), "16996", 2940),
    Town("Stony Ferry", -420 - 11300j, 96, (640, 360), "16997", 2210),
)


def lay_town(town: Town, routes: list[Street], river: Line, rails: Line) -> tuple[list[Street], list[Street]]:
    """Lay a town's streets; returns all routes, their pieces in the town renamed, and the town's own streets."""
    book = NameBook(town.name)
    routes, inner = _main_streets(town, routes, book)
    reach = max(town.reach) + 250
    c = town.centre
    lattice = Lattice.over(c.real - reach, c.imag - reach, c.real + reach, c.imag + reach, 40)
    local = [p for p in river if abs(p - c) < 2 * reach]
    shut = (near_lines(lattice, [resample(river, 30)], 200) < 90) | (near_lines(lattice, [resample(rails, 30)], 90) < 42)
    wet = lattice.lookup(shut.astype(np.float64))
    points = (lattice.points() - c) * heading(-town.degrees)
    away = np.hypot(points.real / town.reach[0], points.imag / town.reach[1]) + 0.3 * noise(lattice.x, lattice.y, 260, town.name)
    built = lattice.lookup(np.where(away < 1, 1.0, 0.0))
    twist = 0.2 * noise(lattice.x, lattice.y, 420, f"twist {town.name}")
    chance = dice(town.name)
    grid = chance.uniform(98, 112), chance.uniform(122, 140)

    def spacing(point: complex, across: bool) -> float:
        return grid[across] if built(point) > 0 else 0.0

    weave = Weave(directions(lattice, [Grain(c, town.degrees, 2000)], local[::2], twist), spacing, lambda p: wet(p) > 0)
    lines = [street.line for street in inner]
    for line in lines:
        weave.keep_clear_of(line)
    weave.lines += [(line, False) for line in lines]
    weave.fill(150)
    laid = weave.lines[len(lines) :]
    others = [street.line for street in routes]
    streets = tie_ends([line for line, _ in laid], others, 170, lambda p: wet(p) > 0)
    across = sorted((found[0], k) for k, line in enumerate(streets) if laid[k][1] and (found := crossings(inner[0].line, line)))
    ordinal = {k: book.ordinal(position) for position, (_s, k) in enumerate(across)} if chance.random() < 0.6 else {}
    own = []
    for k, line in enumerate(streets):
        shops = min(abs(p - c) for p in line) < 130
        own.append(Street(line, "residential", ordinal.get(k) or book.street(chance), town.name, frontage="shops" if shops else "houses"))
    return routes, own


def _main_streets(town: Town, routes: list[Street], book: NameBook) -> tuple[list[Street], list[Street]]:
    """Rename the pieces of the routes within the town; the most important becomes Main Street, all of it."""
    kept: list[Street] = []
    inner: list[Street] = []
    names: dict[str, str] = {}
    for route in routes:
        gap, s, _side = nearest(route.line, town.centre)
        if gap > 150:
            kept.append(route)
            continue
        for piece in divide(route, [s - town.reach[0] * 1.05, s + town.reach[0] * 1.05]):
            middle = piece.line[len(piece.line) // 2]
            if abs(middle - town.centre) < town.reach[0] * 1.05 and nearest(piece.line, town.centre)[0] < 150:
                name = names.setdefault(route.ref, "") or book.claim(
                    "Main Street" if not names.get(route.ref) and not inner else f"{('Mill', 'Church', 'Depot')[len(inner) % 3]} Street"
                )
                names[route.ref] = name
                inner.append(replace(piece, name=name, town=town.name, speed=30, frontage="shops"))
            else:
                kept.append(piece)
    return [*kept, *inner], inner
