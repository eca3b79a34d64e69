"""What stands on the larger grounds: sheds and shops with their parking, school wings, the campus, paths in the parks, the runway."""

from collections.abc import Callable

from planner.sample.chance import dice
from planner.sample.contours import Patch
from planner.sample.downtown import CITY
from planner.sample.geometry import Line, box, heading, nearest, rounded, spline, unit
from planner.sample.names import NameBook
from planner.sample.sites import Site
from planner.sample.streets import Street, insert_point
from planner.values import Struct, field

_AREA_TAGS: dict[str, dict[str, str]] = {
    "university": {"amenity": "university"},
    "hospital": {"amenity": "hospital", "emergency": "yes"},
    "park": {"leisure": "park"},
    "school": {"amenity": "school"},
    "cemetery": {"landuse": "cemetery"},
    "retail": {"landuse": "retail"},
    "industrial": {"landuse": "industrial"},
    "golf": {"leisure": "golf_course"},
    "aerodrome": {"aeroway": "aerodrome", "note": "fictional"},
}


class Shapes(Struct):
    """Areas and lines that are neither roads nor addresses, each with its tags."""

    areas: list[tuple[Patch, dict[str, str]]] = field(default_factory=list)
    lines: list[tuple[Line, dict[str, str]]] = field(default_factory=list)

    def area(self, ring: Line, **tags: str) -> None:
        """Add an area without holes."""
        self.areas.append((Patch(ring), tags))


def drives(sites: list[Site], streets: list[Street], book: NameBook) -> list[Street]:
    """A named road into each shopping centre and each works, so that what stands there has an address, and to the terminal."""
    found: list[Street] = []
    names = ["Commerce Drive", "Market Place Drive", "Northgate Drive", "Enterprise Drive", "Foundry Lane", "Logistics Way"]
    frontages = {"industrial": "works", "retail": "strip"}
    for site in sites:
        a, b, c, d = site.ring[:4]
        if site.kind == "aerodrome":
            kerb = site.middle - 215j * unit(b - a)
            _gap, foot = _way_in(streets, kerb)
            found.append(Street([foot, *spline([foot + (kerb - foot) * 0.3, kerb], 40)], "residential", book.claim("Terminal Drive"), CITY))
        elif site.kind in frontages:
            west, east = (a + d) / 2, (b + c) / 2
            near, far = sorted((west, east), key=lambda end: _way_in(streets, end)[0])
            foot = _way_in(streets, near)[1]
            inner = near + (far - near) * 0.93
            line = [foot, *spline([foot + (near - foot) * 0.3, near, (near + inner) / 2, inner], 40)]
            found.append(Street(line, "residential", book.claim(names.pop(0)), CITY, frontage=frontages[site.kind]))
    return found


def _way_in(streets: list[Street], point: complex) -> tuple[float, complex]:
    """How far the nearest street is, and the place on it."""
    street = min(streets, key=lambda street: nearest(street.line, point)[0])
    return nearest(street.line, point)[0], insert_point(street.line, point)[1]


def furnish(sites: list[Site], claim: Callable[[Line], bool]) -> Shapes:
    """Lay out all grounds; `claim` takes the ground of a building and says whether it was free."""
    shapes = Shapes()
    for site in sites:
        shapes.area(site.ring, **_AREA_TAGS[site.kind], **({} if site.kind == "industrial" and not site.name else {"name": site.name}))
        lay = {
            "university": _campus,
            "hospital": _wings,
            "school": _school,
            "park": _park,
            "cemetery": _cemetery,
            "golf": _golf,
            "aerodrome": _airfield,
            "retail": _parking,
        }.get(site.kind)
        if lay:
            lay(site, shapes, claim)
    return shapes


Claim = Callable[[Line], bool]


def _frame(site: Site) -> tuple[complex, complex, float, float]:
    """Middle, direction, size and depth of a four-cornered site."""
    a, b, c, _d = site.ring[:4]
    return site.middle, unit(b - a), abs(b - a), abs(c - b)


def _place(shapes: Shapes, claim: Claim, ring: Line, **tags: str) -> None:
    if claim(ring):
        shapes.area(ring, building=tags.pop("building", "yes"), **tags)


def _campus(site: Site, shapes: Shapes, claim: Claim) -> None:
    centre, u, size, depth = _frame(site)
    chance = dice(site.name)
    halls = [
        "Old Main",
        "Whitcomb Hall",
        "Merritt Library",
        "Science Center",
        "Kepler Hall",
        "Student Union",
        "Larkin Gymnasium",
        "Sutter Hall",
        "Tilden Hall",
    ]
    stadium = centre + u * size * 0.36 - 1j * u * depth * 0.24
    shapes.area(rounded(box(stadium, 1j * u, 170, 92), 2), leisure="track")
    shapes.area(box(stadium, 1j * u, 105, 66), leisure="pitch", sport="american_football")
    shapes.area(box(centre - u * size * 0.4 - 1j * u * depth * 0.33, u, 90, 100), amenity="parking")
    for row in range(5):
        for column in range(7):
            spot = (
                centre
                + u * size * ((column - 3) / 7 + chance.uniform(-0.02, 0.02))
                + 1j * u * depth * ((row - 2) / 5 + chance.uniform(-0.03, 0.03))
            )
            green = abs(spot - centre) < 70 or abs(spot - stadium) < 130
            ring = box(spot, u * (1j if chance.random() < 0.4 else 1), chance.uniform(38, 62), chance.uniform(16, 26))
            if not green and chance.random() < 0.8:
                _place(shapes, claim, ring, building="university", **({"name": halls.pop(0)} if halls else {}))
    for k in range(-2, 3):
        shapes.lines.append(
            ([centre + u * size * k / 5 - 1j * u * depth * 0.46, centre + u * size * k / 7 + 1j * u * depth * 0.46], {"highway": "footway"})
        )
        shapes.lines.append(
            ([centre - u * size * 0.46 + 1j * u * depth * k / 6, centre + u * size * 0.3 + 1j * u * depth * k / 5], {"highway": "footway"})
        )


def _wings(site: Site, shapes: Shapes, claim: Claim) -> None:
    centre, u, size, depth = _frame(site)
    _place(shapes, claim, box(centre, u, size * 0.55, depth * 0.24), building="hospital")
    _place(shapes, claim, box(centre + 1j * u * depth * 0.32, u, size * 0.3, depth * 0.22), building="hospital")
    _place(shapes, claim, box(centre - u * size * 0.38, 1j * u, depth * 0.5, size * 0.12), building="hospital")
    shapes.area(box(centre - 1j * u * depth * 0.33, u, size * 0.7, depth * 0.22), amenity="parking")


def _school(site: Site, shapes: Shapes, claim: Claim) -> None:
    centre, u, size, depth = _frame(site)
    _place(shapes, claim, box(centre - u * size * 0.16 + 1j * u * depth * 0.18, u, size * 0.5, depth * 0.26), building="school")
    shapes.area(box(centre - u * size * 0.2 - 1j * u * depth * 0.26, u, size * 0.42, depth * 0.26), amenity="parking")
    shapes.area(box(centre + u * size * 0.3, 1j * u, depth * 0.62, size * 0.24), leisure="pitch")


def _park(site: Site, shapes: Shapes, _claim: Claim) -> None:
    ring, centre = site.ring, site.middle
    loop = [centre + (p - centre) * 0.72 for p in ring]
    shapes.lines.append(([*loop, loop[0]], {"highway": "footway"}))
    shapes.lines.append(([loop[0], centre, loop[len(loop) // 2]], {"highway": "footway"}))
    if len(ring) > 8 and abs(ring[0] - centre) > 120:
        pond = rounded([centre + (p - centre) * 0.28 + (ring[3] - centre) * 0.25 for p in ring[::3]], 2)
        shapes.area(pond, natural="water", water="pond")


def _cemetery(site: Site, shapes: Shapes, _claim: Claim) -> None:
    centre, u, size, depth = _frame(site)
    for share in (0.34, 0.7):
        ring = rounded(box(centre, u, size * share, depth * share), 2)
        shapes.lines.append(([*ring, ring[0]], {"highway": "footway"}))


def _golf(site: Site, shapes: Shapes, claim: Claim) -> None:
    chance = dice(site.name)
    centre = site.middle
    for k in range(9):
        start = centre + heading(40 * k) * chance.uniform(120, 330)
        fairway = spline([start, start + heading(40 * k + 70) * 110, start + heading(40 * k + chance.uniform(60, 110)) * 250], 30)
        ring = [p + heading(40 * k + 150) * 16 for p in fairway] + [p - heading(40 * k + 150) * 16 for p in fairway[::-1]]
        shapes.area(rounded(ring, 1), landuse="grass", golf="fairway")
    for k in range(3):
        at = centre + heading(120 * k + 20) * 170
        shapes.area(rounded([at + heading(60 * j) * chance.uniform(18, 40) for j in range(6)], 2), natural="water", water="pond")
    _place(shapes, claim, box(centre, heading(20), 34, 20), building="yes", name="Fox Creek Clubhouse")


def _airfield(site: Site, shapes: Shapes, claim: Claim) -> None:
    centre, u, size, _depth = _frame(site)
    runway = [centre - u * size * 0.43 + 60j * u, centre + u * size * 0.43 + 60j * u]
    taxiway = [runway[0], runway[0] - 110j * u + 90 * u, runway[1] - 110j * u - 90 * u, runway[1]]
    shapes.lines.append((runway, {"aeroway": "runway", "ref": "06/24", "surface": "asphalt"}))
    shapes.lines.append((taxiway, {"aeroway": "taxiway"}))
    shapes.lines.append(([centre + 60j * u, centre - 50j * u], {"aeroway": "taxiway"}))
    shapes.area(box(centre - 105j * u, u, 420, 105), aeroway="apron")
    _place(shapes, claim, box(centre - 185j * u, u, 130, 34), building="yes", name="Terminal", aeroway="terminal")
    for k in range(4):
        _place(shapes, claim, box(centre - 180j * u + u * (150 + 62 * k), u, 44, 36), building="hangar")
    shapes.area(box(centre - 255j * u, u, 240, 60), amenity="parking")


def _parking(site: Site, shapes: Shapes, claim: Claim) -> None:
    centre, u, size, depth = _frame(site)
    for k, tenant in enumerate((0.32, 0.26, 0.2)):
        _place(
            shapes,
            claim,
            box(centre + u * size * (0.3 * k - 0.3) + 1j * u * depth * 0.34, u, size * tenant, depth * 0.24),
            building="retail",
        )
    shapes.area(box(centre + 1j * u * depth * 0.12, u, size * 0.9, depth * 0.16), amenity="parking")
    shapes.area(box(centre - 1j * u * depth * 0.3, u, size * 0.55, depth * 0.3), amenity="parking")
