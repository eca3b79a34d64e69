"""Grounds that streets keep out of: campus, hospital, parks, schools, shopping centres, works, the airport."""

from planner.sample.chance import dice
from planner.sample.geometry import Line, box, heading, rounded
from planner.values import Struct


class Site(Struct, frozen=True):
    """One piece of ground: its kind (see `landuse`), name, outline, and whether streets run around it."""

    kind: str
    name: str
    ring: Line
    streets: tuple[str, ...] = ()

    @property
    def middle(self) -> complex:
        """Its centre."""
        return sum(self.ring) / len(self.ring)


def _quad(kind: str, name: str, centre: complex, degrees: float, size: float, depth: float, streets: tuple[str, ...] = ()) -> Site:
    chance = dice(f"site/{name}")
    ring = [
        p + complex(chance.uniform(-1, 1), chance.uniform(-1, 1)) * min(size, depth) * 0.03
        for p in box(centre, heading(degrees), size, depth)
    ]
    return Site(kind, name, ring, streets)


def _blob(kind: str, name: str, centre: complex, degrees: float, size: float, depth: float) -> Site:
    chance = dice(f"site/{name}")
    ring = [p * 1.0 for p in box(centre, heading(degrees), size, depth)]
    halves = [
        q
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
        for q in (a, (a + b) / 2 + (((a + b) / 2) - centre) * chance.uniform(-0.12, 0.3))
    ]
    return Site(kind, name, rounded(halves, 2), ())


def city_sites() -> list[Site]:
    """The grounds in and around the city."""
    return [
        _quad(
            "university",
            "Tamarack State College",
            1180 - 240j,
            20,
            620,
            440,
            ("College Avenue", "Campus Drive", "Library Street", "Observatory Road"),
        ),
        _quad(
            "hospital",
            "Alder Falls Regional Hospital",
            -780 - 1010j,
            6,
            300,
            230,
            ("Medical Center Drive", "Hospital Street", "Nightingale Road", "Clinic Street"),
        ),
        _quad("park", "Courthouse Square", 222 + 9j, 16, 62, 50),
        _blob("park", "Riverside Park", 850 + 1075j, 33, 480, 130),
        _blob("park", "Millrace Park", -1120 - 150j, -74, 190, 110),
        _blob("park", "Hollis Park", -1480 + 2050j, -5, 340, 260),
        _quad("school", "Alder Falls High School", 1500 - 1500j, 8, 330, 260, ("Falcon Drive", "Schoolhouse Road")),
        _quad("school", "Northside Elementary School", -350 + 2080j, -8, 170, 130),
        _quad("school", "Elm Street School", -420 - 520j, 14, 120, 90),
        _quad("school", "Eastview Middle School", 2420 + 1180j, 36, 230, 170),
        _quad("cemetery", "Alder Hill Cemetery", 620 - 1780j, 10, 330, 240),
        _quad("retail", "Parkway Commons", 780 - 2900j, 4, 520, 300),
        _quad("retail", "Northgate Plaza", -1380 + 3080j, -12, 380, 230),
        _quad("retail", "Lindley Pike Market Place", 3750 + 1150j, 27, 400, 240),
        _quad("industrial", "Ironworks Business Park", -2300 - 2900j, 52, 620, 380),
        _quad("industrial", "Mill Flats", -1250 - 1060j, 62, 470, 150),
        _quad("industrial", "Airport Industrial Park", 1150 + 5000j, 35, 560, 330),
        _blob("golf", "Fox Creek Golf Club", -4150 + 980j, 25, 950, 560),
        _blob("park", "Quarry Lakes Park", 4950 - 3150j, 40, 700, 420),
        Site("aerodrome", "Tamarack County Airport", _airfield(), ()),
    ]


def _airfield() -> Line:
    return box(2950 + 5350j, heading(35), 2500, 620)
