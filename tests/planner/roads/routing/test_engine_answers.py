"""What the engine answers where an answer is not obvious: on a made-up network, and on the roads of State College."""

import random
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from planner.model.travel import UNREACHABLE, DriveOptions, Turn
from planner.progress import silent
from planner.roads.pack.packs import hash_files, write_manifest
from planner.roads.pack.tiles import build_tiles
from planner.roads.routing.engine import Engine

STEP = 0.004  # degrees of the made-up network
Road = tuple[dict[str, str], list[tuple[float, float]]]


def at(row: float, column: float) -> LatLon:
    """A place on the made-up network."""
    return LatLon(round(40 + row * STEP, 6), round(-77 + column * STEP, 6))


def detoured(row: int, across: dict[str, str], depth: int = 4) -> list[Road]:
    """A street from column 0 to 12 whose middle has special tags, and a longer way round that middle."""
    street = {"highway": "secondary", "name": f"Street {row}"}
    return [
        (street, [(row, 0), (row, 2), (row, 4)]),
        ({**street, "name": f"Middle {row}", **across}, [(row, 4), (row, 6), (row, 8)]),
        (street, [(row, 8), (row, 12)]),
        ({**street, "name": f"Detour {row}"}, [(row, 4), (row + depth, 4), (row + depth, 8), (row, 8)]),
    ]


ROADS: list[Road] = [
    *detoured(0, {"toll": "yes"}),
    *detoured(10, {"surface": "gravel", "maxspeed": "90"}),
    *detoured(20, {"highway": "", "route": "ferry", "motor_vehicle": "yes", "duration": "00:01"}, depth=18),
    ({"highway": "secondary", "name": "Side Road"}, [(0, 0), (10, 0), (20, 0)]),
    # beyond these there is no other way
    ({"highway": "secondary", "name": "Toll Spur", "toll": "yes"}, [(0, 12), (0, 14), (0, 16)]),
    ({"highway": "secondary", "name": "Behind the Toll"}, [(0, 16), (0, 18)]),
    ({"highway": "secondary", "name": "Gravel Spur", "surface": "gravel"}, [(10, 12), (10, 14), (10, 16)]),
    ({"highway": "secondary", "name": "Behind the Gravel"}, [(10, 16), (10, 18)]),
    ({"route": "ferry", "motor_vehicle": "yes", "name": "Spur Ferry"}, [(20, 12), (20, 16)]),
    ({"highway": "secondary", "name": "Behind the Ferry"}, [(20, 16), (20, 18)]),
    # a highway of two carriageways 30 m apart, tied to the rest at both ends
    ({"highway": "trunk", "name": "East Carriageway", "oneway": "yes"}, [(0, 0), (-2, 0), (-2, 12), (0, 12)]),
    ({"highway": "trunk", "name": "West Carriageway", "oneway": "yes"}, [(0, 12), (-1.93, 12), (-1.93, 0), (0, 0)]),
    # a car park off Street 0: a drive to the aisle
    ({"highway": "service", "service": "driveway"}, [(0, 2), (0.2, 2)]),
    ({"highway": "service", "service": "parking_aisle"}, [(0.2, 2), (0.2, 2.5)]),
    # roads that meet no other, far enough from all
    ({"highway": "residential", "name": "Island Road"}, [(30, -9), (30, -5), (32, -5), (30, -9)]),
]


def network_xml() -> str:
    """The roads as OSM XML; points of the same row and column are one node."""
    numbers: dict[tuple[float, float], int] = {}
    ways = []
    stamp = 'version="1" timestamp="2024-05-06T07:08:09Z"'
    for number, (tags, line) in enumerate(ROADS, 1):
        refs = "".join(f'<nd ref="{numbers.setdefault(point, len(numbers) + 1)}"/>' for point in line)
        ways.append(f'<way id="{number}" {stamp}>{refs}{"".join(f"<tag k={k!r} v={v!r}/>" for k, v in tags.items() if v)}</way>')
    nodes = [f'<node id="{number}" lat="{at(*point).lat}" lon="{at(*point).lon}" {stamp}/>' for point, number in numbers.items()]
    return f'<?xml version="1.0"?><osm version="0.6" generator="test">{"".join(nodes)}{"".join(ways)}</osm>'


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> RoadPack:
    """The routing tiles of the made-up network."""
    folder = tmp_path_factory.mktemp("network")
    extract = folder.parent / f"{folder.name}.osm"
    extract.write_text(network_xml(), encoding="utf-8")
    build_tiles(extract, folder / "tiles", silent)
    pack = RoadPack("network", "Network", folder, "", "", "", Bounds(39.9, -77.1, 40.2, -76.9), {}, hash_files(folder, silent))
    write_manifest(pack)
    return pack


@pytest.fixture(scope="module")
def engine(network: RoadPack) -> Iterator[Engine]:
    with Engine(network) as opened:
        opened.snap([at(0, 0)])  # its process runs from here on
        yield opened


def passes(engine: Engine, *places: LatLon, by: LatLon) -> bool:
    """Whether the way goes by a place."""
    return any(corner.metres_to(by) < 5 for leg in engine.route(places).legs for corner in leg.shape)


def streets(engine: Engine, *places: LatLon) -> list[str]:
    """The names driven along, as the maneuvers tell them."""
    return [name for leg in engine.route(places).legs for maneuver in leg.maneuvers for name in maneuver.streets]


# avoided roads

AVOIDED = {
    "tolls": (0, DriveOptions(avoid_tolls=True)),
    "unpaved": (10, DriveOptions(avoid_unpaved=True)),
    "ferries": (20, DriveOptions(avoid_ferries=True)),
}


@pytest.mark.parametrize("kind", AVOIDED)
def test_what_is_avoided_is_driven_round_where_another_way_leads_there(network: RoadPack, engine: Engine, kind: str) -> None:
    row, options = AVOIDED[kind]
    start, end = at(row, 1), at(row, 11)
    with Engine(network, options) as avoiding:
        assert passes(engine, start, end, by=at(row, 6))
        assert not passes(avoiding, start, end, by=at(row, 6))
        for one in (engine, avoiding):
            seconds, metres = one.rows([start], [end])
            route = one.route([start, end])
            assert abs(route.seconds - seconds[0, 0]) <= 1
            assert abs(route.metres - metres[0, 0]) <= 2
        assert avoiding.route([start, end]).metres > engine.route([start, end]).metres + 1000


@pytest.mark.parametrize("kind", AVOIDED)
def test_what_is_avoided_is_driven_on_where_no_other_way_leads_there(network: RoadPack, engine: Engine, kind: str) -> None:
    row, options = AVOIDED[kind]
    start, beyond = at(row, 9), at(row, 17.5)
    with Engine(network, options) as avoiding:
        for pair in ((start, beyond), (beyond, start)):
            route = avoiding.route(pair)
            assert route == engine.route(pair)
            assert abs(route.seconds - avoiding.rows(pair[:1], pair[1:])[0][0, 0]) <= 1
        day = [start, beyond, at(row, 11), at(0, 1)]
        assert len(avoiding.route(day).legs) == 3


def test_a_place_on_an_avoided_road_itself_is_reached(network: RoadPack) -> None:
    with Engine(network, DriveOptions(avoid_tolls=True, avoid_ferries=True, avoid_unpaved=True)) as avoiding:
        places = [at(0, 1), at(0, 6), at(10, 6), at(10, 15)]
        seconds, _ = avoiding.rows(places, places)
        assert (seconds >= 0).all()
        for leg, (a, b) in zip(avoiding.route(places).legs, pairwise(range(4)), strict=True):
            assert abs(leg.seconds - seconds[a, b]) <= 1


def test_each_choice_of_options_has_a_stamp_of_its_own_and_the_defaults_none() -> None:
    choices = [DriveOptions(a, b, c) for a in (False, True) for b in (False, True) for c in (False, True)]
    assert len({options.stamp for options in choices}) == 8
    assert DriveOptions().stamp == ""


# edge cases on the made-up network: what, the places, drive seconds of each step (None where only the sign matters)

EDGES = {
    "the same place twice": ([at(0, 1), at(0, 1)], [0]),
    "two places that snap to one point": ([at(0, 1), at(0.02, 1)], [0]),
    "a place in a car park": ([at(0.25, 2.3), at(0, 1)], [None]),
    "between two carriageways": ([at(-1.965, 6), at(0, 1)], [None]),
    "an island, within itself": ([at(30, -8), at(30, -6)], [None]),
    "to an island": ([at(0, 1), at(30, -8)], [UNREACHABLE]),
    "from an island": ([at(30, -8), at(0, 1)], [UNREACHABLE]),
    "beside the roads, farther than the cutoff": ([at(0, 1), at(5.5, -4)], [UNREACHABLE]),
    "outside the pack": ([at(0, 1), LatLon(41.5, -75.0)], [UNREACHABLE]),
    "on the other side of the earth": ([at(0, 1), LatLon(-40.0, 103.0)], [UNREACHABLE]),
}


@pytest.mark.parametrize("case", EDGES)
def test_rows_and_routes_agree_on_every_edge_case(engine: Engine, case: str) -> None:
    places, expected = EDGES[case]
    seconds, metres = engine.rows(places[:1], places[1:])
    assert [None if s > 0 and e is None else s for s, e in zip(seconds[0], expected, strict=True)] == expected
    if UNREACHABLE in expected:
        assert metres[0, 0] == UNREACHABLE
        with pytest.raises(PackProblem):
            engine.route(places)
    else:
        (leg,) = engine.route(places).legs
        assert abs(leg.seconds - seconds[0, 0]) <= 1
        assert abs(leg.metres - metres[0, 0]) <= 2
        ends = [snap.point for snap in engine.snap(places)]
        for end, shown in zip(ends, (leg.shape[0], leg.shape[-1]), strict=True):
            assert end is not None
            assert end.metres_to(shown) < 1


def test_a_place_in_a_car_park_is_on_its_aisle(engine: Engine) -> None:
    (snap,) = engine.snap([at(0.25, 2.3)])
    assert snap.point is not None
    assert snap.point.lat == pytest.approx(at(0.2, 0).lat, abs=2e-6)


def test_between_two_carriageways_the_nearer_one_is_driven_on(engine: Engine) -> None:
    nearer_west, nearer_east = at(-1.955, 6), at(-1.975, 6)
    assert "West Carriageway" in streets(engine, nearer_west, at(0, 1))
    assert streets(engine, nearer_east, at(0, 1))[0] == "East Carriageway"


@pytest.mark.parametrize(
    ("places", "message"),
    [
        (
            [at(0, 1), LatLon(41.5, -75.0)],
            r"No road is near stop 2 of 2, 41\.50000, -75\.00000\. It lies outside the road pack “Network”\.",
        ),
        ([at(5.5, -4), at(0, 1)], r"No road is near stop 1 of 2, .* The road pack “Network” has none within 1,000 m\. Move the pin"),
        ([at(0, 1), at(0, 2), at(30, -8), at(0, 3)], r"No road leads from stop 2 \(.*\) to stop 3 \(.*\)\."),
    ],
)
def test_a_problem_names_the_stop(engine: Engine, places: list[LatLon], message: str) -> None:
    with pytest.raises(PackProblem, match=message):
        engine.route(places)


def test_nothing_asked_is_nothing_answered(engine: Engine) -> None:
    assert engine.snap([]) == []
    assert engine.rows([], [])[0].shape == (0, 0)
    assert engine.route([]).legs == engine.route([at(0, 1)]).legs == ()
    assert engine.isochrones(at(0, 1), []) == ()
    assert engine.match_track([]).pieces == ()


# routes in words


def test_maneuvers_tell_a_leg_in_words_and_cover_it(college: Engine, accounts: list[LatLon]) -> None:
    stops = random.Random(5).sample(accounts, 6)
    for leg in college.route(stops).legs:
        assert leg.maneuvers[0].turn is Turn.DEPART
        assert leg.maneuvers[-1].turn is Turn.ARRIVE
        assert leg.maneuvers[0].begin == 0
        assert leg.maneuvers[-1].begin == len(leg.shape) - 1
        assert all(a.begin <= b.begin for a, b in pairwise(leg.maneuvers))
        assert sum(m.seconds for m in leg.maneuvers) == pytest.approx(leg.seconds, abs=len(leg.maneuvers))
        assert sum(m.metres for m in leg.maneuvers) == pytest.approx(leg.metres, abs=len(leg.maneuvers))
        assert all(m.text.endswith(".") for m in leg.maneuvers)
        for turn, word in ((Turn.LEFT, "left"), (Turn.RIGHT, "right")):
            assert all(word in m.text for m in leg.maneuvers if m.turn is turn)


def test_a_turn_at_a_crossing_is_told_with_the_street_it_leads_to(engine: Engine) -> None:
    (leg,) = engine.route([at(5, 0), at(0, 3)]).legs
    assert [(m.turn, m.streets[:1]) for m in leg.maneuvers[:2]] == [(Turn.DEPART, ("Side Road",)), (Turn.LEFT, ("Street 0",))]
    assert leg.shape[leg.maneuvers[1].begin].metres_to(at(0, 0)) < 1


def test_alternates_begin_with_the_route_and_are_different_ways(college: Engine, accounts: list[LatLon]) -> None:
    chosen = random.Random(8)
    several = 0
    for _ in range(12):
        start, end = chosen.sample(accounts, 2)
        ways = college.alternates(start, end, 3)
        assert ways[0] == college.route([start, end])
        assert 1 <= len(ways) <= 3
        assert len({way.legs[0].shape for way in ways}) == len(ways)
        assert [way.seconds for way in ways[1:]] == sorted(way.seconds for way in ways[1:])
        several += len(ways) > 1
    assert several >= 6
    assert college.alternates(accounts[0], accounts[0], 3)[0].seconds == 0
    assert len(college.alternates(accounts[0], accounts[1], 1)) == 1


# isochrones


@pytest.mark.parametrize("minutes", [5, 10, 20, 30])
def test_isochrones_agree_with_drive_times_near_their_rings(college: Engine, accounts: list[LatLon], minutes: int) -> None:
    """Of places on roads within 600 m of a ring, at least 95 % are on its right side, give or take a minute's drive."""
    chosen = random.Random(17)
    wrong, total, inside = 0, 0, 0
    for centre in chosen.sample(accounts, 3):
        (isochrone,) = college.isochrones(centre, [minutes])
        corners = [corner for ring in isochrone.rings for corner in ring]
        near = [LatLon(corner.lat + chosen.uniform(-0.0054, 0.0054), corner.lon + chosen.uniform(-0.0071, 0.0071))
                for corner in chosen.choices(corners, k=300)]  # fmt: skip
        places = [snap.point for snap in college.snap(near, 300) if snap.point]
        seconds = college.rows([centre], places)[0][0]
        within = np.array([isochrone.contains(place) for place in places])
        wrong += int((within & (seconds > minutes * 60 + 60) | ~within & (seconds < minutes * 60 - 60)).sum())
        total += len(places)
        inside += int(within.sum())
    assert wrong <= 0.05 * total
    assert 0.2 * total < inside < 0.98 * total  # the places are on both sides


def test_isochrones_come_in_the_order_asked_for_and_the_longer_holds_the_shorter(college: Engine) -> None:
    centre = LatLon(40.7934, -77.86)
    rings = college.isochrones(centre, [15, 5, 10, 5])
    assert [isochrone.minutes for isochrone in rings] == [15, 5, 10, 5]
    assert rings[1] == rings[3]
    assert all(isochrone.contains(centre) for isochrone in rings)
    largest = max(rings[1].rings, key=len)
    assert sum(rings[0].contains(corner) for corner in largest) >= 0.97 * len(largest)


def test_an_isochrone_off_the_roads_is_a_plain_problem(college: Engine) -> None:
    with pytest.raises(PackProblem, match=r"No road is near 45\.00000, -77\.00000\. It lies outside the road pack “College”"):
        college.isochrones(LatLon(45.0, -77.0), [10])


# State College: the same edge cases on real roads


def test_real_car_parks_are_reached_and_left_where_they_snap(college: Engine, accounts: list[LatLon]) -> None:
    places = random.Random(3).sample(accounts, 40)
    snaps = college.snap(places)
    seconds, _ = college.rows(places, places)
    assert (seconds >= 0).mean() > 0.95
    for (a, place), (b, _) in pairwise(enumerate(places)):
        if seconds[a, b] >= 0:
            (leg,) = college.route([place, places[b]], [int(seconds[a, b])]).legs
            assert abs(leg.seconds - seconds[a, b]) <= 1
            for point, shown in ((snaps[a].point, leg.shape[0]), (snaps[b].point, leg.shape[-1])):
                assert point is not None
                assert point.metres_to(shown) < 6  # nearer to a crossing than 5 m, Valhalla starts at the crossing


def test_without_known_times_a_route_is_as_long_as_the_matrix_says(college: Engine, accounts: list[LatLon]) -> None:
    stops = random.Random(31).sample(accounts, 25)
    seconds, _ = college.rows(stops, stops)
    legs = college.route(stops).legs
    assert [abs(leg.seconds - seconds[i, i + 1]) <= 1 for i, leg in enumerate(legs)] == [True] * 24


def test_a_place_in_the_sea_is_named_as_outside(college: Engine) -> None:
    with pytest.raises(PackProblem, match=r"No road is near stop 1 of 2, 0\.00000, 0\.00000\. It lies outside the road pack “College”"):
        college.alternates(LatLon(0.0, 0.0), LatLon(40.79, -77.86), 2)
