from itertools import combinations

import numpy as np
import pytest

from ui.map.camera import Camera
from ui.map.label_layout import CurvedLabel, PointLabel, Shield, lay_out, wrapped
from ui.map.label_styles import Network, shield_of
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


def test_street_names_keep_clear_of_pins_and_places_may_stand_over_them():
    names = TileNames((place("Milltown", 500, 400),), (line("Long Street", [(0, 600), (1000, 600)]),))
    labels = lay_out([names], CAMERA, measure, marks=[(0, 390, 1000, 410), (0, 590, 1000, 610)])
    assert [type(label) for label in labels] == [PointLabel]


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


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("I 99", ("99", Network.INTERSTATE)),
        ("I H1", ("H1", Network.INTERSTATE)),
        ("US 322", ("322", Network.US)),
        ("PA 26", ("26", Network.STATE)),
        ("HI 61", ("61", Network.STATE)),
        ("T363", None),
    ],
)
def test_a_road_number_is_read_as_its_sign_shows_it(ref, expected):
    assert shield_of(ref) == expected


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
