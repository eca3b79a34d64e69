import math
from itertools import combinations

import numpy as np
import pytest

from ui.map.camera import Camera
from ui.map.label_layout import lay_out
from ui.map.label_shapes import Arrow, CurvedLabel, PointLabel, Shield
from ui.map.label_spots import wrapped
from ui.map.label_styles import ARROWS_FROM, LINES, PLACES, Network, sign_of
from ui.map.labels import LineName, PlaceName, TileNames, joined, tile_names

CAMERA = Camera(0.5, 0.5, 14, 1000, 800)


def measure(text, style):
    return len(text) * style.size_px * 0.6


def line(text, points, kind="major", refs=()):
    world = np.array([CAMERA.to_world(x, y) for x, y in points])
    return LineName.along(text, refs, kind, world)


def place(text, x, y, kind="town", population=1000):
    return PlaceName(text, kind, population, 0, *CAMERA.to_world(x, y))


def overlap(one, other):
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def boxes_of_different_labels(labels):
    for first, second in combinations(labels, 2):
        yield from ((a, b) for a in first.boxes for b in second.boxes)


def test_no_label_lies_over_another():
    chance = np.random.default_rng(3)
    places = tuple(place(f"Place {n}", *chance.uniform((0, 0), (1000, 800)).tolist()) for n in range(150))
    lines = tuple(
        line(f"Street number {n}", [(-50, 8 * n), (500, 8 * n + 40), (1100, 700 - 5 * n)], refs=(f"US {n}",), kind="highway")
        for n in range(80)
    )
    labels = lay_out([TileNames(places, lines)], CAMERA, measure)
    assert {type(label) for label in labels} == {PointLabel, CurvedLabel, Shield}
    assert not any(overlap(a, b) for a, b in boxes_of_different_labels(labels))


def test_labels_give_way_to_numbered_stops():
    names = TileNames((), (line("Long Street", [(0, 400), (1000, 400)]),))
    assert lay_out([names], CAMERA, measure)
    assert not lay_out([names], CAMERA, measure, obstacles=[(0, 380, 1000, 420)])


PIN = (495, 395, 505, 405)


@pytest.mark.parametrize("kind", ["city", "town", "suburb", "neighbourhood"])
def test_the_name_of_a_place_moves_aside_for_a_pin_on_its_middle(kind):
    (label,) = lay_out([TileNames((place("Milltown", 500, 400, kind),))], CAMERA, measure, marks=[PIN])
    assert not overlap(label.boxes[0], PIN)
    assert math.hypot(label.x - 500, label.y - 400) < 80


def test_among_pins_everywhere_only_the_name_of_a_town_stays_and_where_there_are_the_fewest():
    grid = [(x, y, x + 8, y + 8) for x in range(0, 1000, 20) for y in range(0, 800, 20) if (x, y) not in {(540, 400), (560, 400)}]
    names = TileNames((place("Milltown", 500, 400), place("Northside", 200, 600, "suburb")))
    (label,) = lay_out([names], CAMERA, measure, marks=grid)
    assert label.rows == ("Milltown",)
    under = sum(overlap(label.boxes[0], pin) for pin in grid)
    middle = lay_out([TileNames((place("Milltown", 500, 400),))], CAMERA, measure)[0]
    assert 0 < under < sum(overlap(middle.boxes[0], pin) for pin in grid)


def test_a_street_keeps_its_name_where_pins_leave_room_along_it():
    names = TileNames((), (line("Long Street", [(0, 600), (1000, 600)]),))
    pins = [(x, 590, x + 12, 610) for x in (460, 520, 100, 820, 900)]
    (first, *_) = labels = lay_out([names], CAMERA, measure, marks=pins)
    assert not any(overlap(box, pin) for label in labels for box in label.boxes for pin in pins)
    assert "".join(letter for letter, *_ in first.glyphs) == "Long Street"
    assert not lay_out([names], CAMERA, measure, marks=[(0, 590, 1000, 610)])


def test_a_town_moves_aside_for_a_stop_on_its_middle():
    (label,) = lay_out([TileNames((place("Milltown", 500, 400),))], CAMERA, measure, obstacles=[(490, 390, 510, 410)])
    assert label.rows == ("Milltown",)
    assert not overlap(label.boxes[0], (490, 390, 510, 410))


def test_of_two_towns_in_one_spot_the_larger_stays_in_its_place():
    names = TileNames((place("Smallville", 500, 400, population=10), place("Bigtown", 500, 400, population=90_000)))
    labels = {label.rows[0]: label for label in lay_out([names], CAMERA, measure)}
    assert (labels["Bigtown"].x, labels["Bigtown"].y) == pytest.approx((500, 400))


def test_a_name_that_is_in_two_tiles_is_written_once():
    twice = [TileNames((place("Milltown", 300, 300),)), TileNames((place("Milltown", 320, 500),))]
    assert len(lay_out(twice, CAMERA, measure)) == 1


def test_a_street_that_runs_to_the_left_is_still_read_from_left_to_right():
    (label,) = lay_out([TileNames((), (line("Long Street", [(900, 400), (300, 400)]),))], CAMERA, measure)
    across = [x for _, x, _, _ in label.glyphs]
    assert across == sorted(across)
    assert "".join(letter for letter, _, _, _ in label.glyphs) == "Long Street"


def test_a_street_too_short_or_too_bent_has_no_name():
    short = line("Long Street", [(400, 400), (430, 400)])
    hairpin = line("Long Street", [(400, 400), (460, 400), (400, 403)])
    assert not lay_out([TileNames((), (short, hairpin))], CAMERA, measure)


def test_no_label_is_cut_off_by_the_edge():
    names = TileNames((place("Edgeville", 3, 400), place("Cornerton", 998, 2)))
    for label in lay_out([names], CAMERA, measure):
        assert all(left >= 0 and top >= 0 and right <= 1000 and bottom <= 800 for left, top, right, bottom in label.boxes)


I, US, STATE = Network.INTERSTATE, Network.US, Network.STATE  # noqa: E741 - as the table below reads them


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("I 99", (I, "99", "")),
        ("I-80", (I, "80", "")),
        ("I 895", (I, "895", "")),
        ("I H1", (I, "H1", "")),
        ("I H201", (I, "H201", "")),
        ("I 35W", (I, "35W", "")),
        ("US 322", (US, "322", "")),
        ("US 322 Business", (US, "322", "BUS")),
        ("US 22 BUS", (US, "22", "BUS")),
        ("US 6N", (US, "6N", "")),
        ("PA 26", (STATE, "26", "")),
        ("MD 150", (STATE, "150", "")),
        ("HI 61", (STATE, "61", "")),
        ("HI-65", (STATE, "65", "")),
        ("HI 7241", (STATE, "7241", "")),
        ("83", (STATE, "83", "")),
        ("SR 520", (STATE, "520", "")),
        ("SR 1015", None),
        ("US 40 Truck", None),
        ("PA 144 Truck", None),
        ("T363", None),
        ("T-455", None),
        ("TR 793", None),
        ("CR 12", None),
        ("MST", None),
        ("l H3", None),
        ("", None),
        ("US", None),
    ],
)
def test_a_road_number_is_read_as_its_sign_shows_it(ref, expected):
    sign = sign_of(ref)
    assert (sign and (sign.network, sign.number, sign.banner)) == expected


def shields(refs, zoom, kind="highway"):
    camera = Camera(0.5, 0.5, zoom, 1000, 800)
    world = np.array([camera.to_world(x, 400) for x in (0, 1000)])
    labels = lay_out([TileNames((), (LineName.along("", refs, kind, world),))], camera, measure)
    return {label.sign.number for label in labels if isinstance(label, Shield)}


def test_a_road_with_several_numbers_shows_each_on_a_sign_of_its_own():
    assert shields(("I 99", "US 220", "US 322"), 12) == {"99", "220", "322"}


def test_far_out_a_road_shows_only_its_first_number():
    assert shields(("I 99", "US 220", "US 322"), 8) == {"99"}


def test_the_first_number_that_has_a_sign_stands_for_the_road():
    assert shields(("T363", "PA 144 Truck", "PA 26"), 8) == {"26"}


def test_no_number_is_repeated_within_sight_of_itself():
    camera = Camera(0.5, 0.5, 13, 1000, 800)
    roads = tuple(
        LineName.along("", ("US 22", "US 322"), "highway", np.array([camera.to_world(x, y) for x in (0, 1000)])) for y in (395, 405)
    )
    signs = [label for label in lay_out([TileNames((), roads)], camera, measure) if isinstance(label, Shield)]
    assert len(signs) > 4
    assert all(np.hypot(a.x - b.x, a.y - b.y) > 200 for a, b in combinations(signs, 2) if a.sign == b.sign)


def test_the_word_over_a_sign_takes_room_too():
    (plain,), (business,) = (
        lay_out([TileNames((), (line("", [(400, 400), (460, 400)], kind="highway", refs=(ref,)),))], CAMERA, measure)
        for ref in ("US 322", "US 322 Business")
    )
    assert business.boxes[0][1] < plain.boxes[0][1]
    assert business.boxes[0][3] == plain.boxes[0][3]


MIDDLE_OF_TILE = (8192 + 0.5) / 2**14


@pytest.fixture
def labels_on(tile_of):
    """The labels of a street from west to east, at a zoom, past some marks."""

    def made(oneway, zoom, marks=()):
        facts = {"kind": "major", "name": "Long Street"} | ({"oneway": oneway} if oneway else {})
        tile = tile_of(("roads", 2, facts, [(0, 2000), (4096, 2000)]))
        camera = Camera(MIDDLE_OF_TILE, MIDDLE_OF_TILE, zoom, 1000, 800)
        return lay_out([tile_names(tile, 14, 8192, 8192)], camera, measure, marks=marks)

    return made


def arrows(labels):
    return [label for label in labels if isinstance(label, Arrow)]


@pytest.mark.parametrize(("oneway", "angle"), [(1, 0), (-1, math.pi)])
def test_arrows_point_the_way_the_traffic_runs(labels_on, oneway, angle):
    found = arrows(labels_on(oneway, 17))
    assert found
    assert all(abs(arrow.angle) == pytest.approx(angle) for arrow in found)


def test_two_way_streets_and_far_views_have_no_arrows(labels_on):
    assert not arrows(labels_on(0, 17))
    assert not arrows(labels_on(1, ARROWS_FROM - 0.1))


def test_arrows_keep_clear_of_pins(labels_on):
    assert not arrows(labels_on(1, 17, marks=[(0, 0, 1000, 800)]))


def test_arrows_give_way_to_the_name_of_the_street(labels_on):
    labels = labels_on(1, 17)
    assert {type(label) for label in labels} == {CurvedLabel, Arrow}
    assert not any(overlap(a, b) for a, b in boxes_of_different_labels(labels))


@pytest.mark.parametrize("seed", range(8))
def test_no_label_lies_over_another_whatever_the_map(seed):
    chance = np.random.default_rng(seed)
    camera = Camera(0.5, 0.5, float(chance.uniform(11, 19)), 1000, 800)

    def walk():
        steps = chance.normal(0, 90, (chance.integers(2, 9), 2))
        return np.array([camera.to_world(x, y) for x, y in chance.uniform((0, 0), (1000, 800)) + np.cumsum(steps, axis=0)])

    kinds, refs = list(LINES), ("I 80", "US 22", "US 322 Business", "PA 45", "T363", "26")
    names = TileNames(
        tuple(
            PlaceName("Name " * int(chance.integers(1, 5)), str(chance.choice(list(PLACES))), n, 0, *camera.to_world(*at))
            for n, at in enumerate(chance.uniform((0, 0), (1000, 800), (60, 2)).tolist())
        ),
        tuple(LineName.along(f"Street {n}", tuple(chance.choice(refs, 2)), kinds[n % len(kinds)], walk()) for n in range(80)),
        tuple(LineName.along("", (), "minor", walk()) for _ in range(40)),
    )
    labels = lay_out([names], camera, measure, obstacles=[(400, 300, 500, 380)])
    assert labels
    assert not any(overlap(a, b) for a, b in boxes_of_different_labels(labels))
    assert not any(overlap(box, (400, 300, 500, 380)) for label in labels for box in label.boxes)


def test_labels_stay_where_they_are_while_the_map_is_pushed():
    names = TileNames(
        (place("Milltown", 500, 400), place("Eastham", 700, 250)),
        tuple(line(f"Street {n}", [(-400, 60 * n + 20), (1400, 60 * n + 50)], refs=(f"US {n}",)) for n in range(13)),
    )
    before = lay_out([names], CAMERA, measure)
    after = lay_out([names], CAMERA.panned(70, -40), measure)
    moved = {described(label, 70, -40) for label in before if in_sight(label, 70, -40)} - {described(label, 0, 0) for label in after}
    assert len(before) > 10
    assert not moved


def described(label, dx, dy):
    left, top, right, bottom = label.boxes[0]
    return type(label), round(left + dx), round(top + dy), round(right + dx), round(bottom + dy)


def in_sight(label, dx, dy):
    """Well inside the picture before and after it is pushed."""
    return all(
        left + min(dx, 0) > 100 and right + max(dx, 0) < 900 and top + min(dy, 0) > 100 and bottom + max(dy, 0) < 700
        for left, top, right, bottom in label.boxes
    )


def test_pieces_that_meet_become_one_street_and_a_sharp_turn_ends_it():
    first, second = np.array([(0, 0), (10, 0)]), np.array([(20, 0), (10, 0)])
    corner = np.array([(20, 0), (20, 10)])
    lines = joined([first, second, corner])
    assert sorted(len(one) for one in lines) == [2, 3]


def test_long_names_are_broken_near_their_middle():
    assert wrapped("Park Forest Village") == ("Park Forest", "Village")
    assert wrapped("State College") == ("State College",)


def test_names_are_read_from_a_tile_where_they_lie(basemap):
    names = tile_names(basemap.tile(12, 1162, 1547), 12, 1162, 1547)
    (town,) = names.places
    assert town.text == "Town 1162 1547"
    assert (town.x * 4096, town.y * 4096) == pytest.approx((1162 + 3000 / 4096, 1547 + 1000 / 4096))
    assert {name.text for name in names.lines} == {"Long Street", "Short Lane"}
    assert {name.refs for name in names.lines} == {("US 322",), ()}
