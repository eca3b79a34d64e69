import numpy as np
import pytest

from planner.model.places import LatLon
from planner.model.week import VisitKind
from ui.map.camera import Camera, world_of
from ui.map.pins import Crowd, Pin, PinSet

KINDS = list(VisitKind)


@pytest.fixture(scope="module")
def many():
    """20,000 accounts over a degree square, some of them in one town."""
    chance = np.random.default_rng(7)
    lat, lon = chance.uniform(40, 41, 20_000), chance.uniform(-78, -77, 20_000)
    return PinSet(
        [
            Pin(5000 + n, LatLon(a, o), KINDS[n % 4], f"Account {n}", "")
            for n, (a, o) in enumerate(zip(lat.tolist(), lon.tolist(), strict=True))
        ]
    )


def camera_at(point, zoom):
    return Camera(*world_of(point), zoom, 1200, 800)


def test_among_20000_pins_the_one_pointed_at_is_found(many):
    for index in range(0, 20_000, 997):
        camera = camera_at(many.pins[index].point, 18)
        assert many.pick(camera, 600, 400, 11) == index


def test_what_is_found_is_the_nearest_of_all(many):
    camera = camera_at(LatLon(40.5, -77.5), 14)
    for x, y in ((600, 400), (100, 700), (1100, 30)):
        away = np.hypot(*(camera.screen_array(many.world) - (x, y)).T)
        expected = int(away.argmin()) if away.min() <= 40 else None
        assert many.pick(camera, x, y, 40) == expected


def test_nothing_is_found_beyond_reach():
    alone = PinSet([Pin(1, LatLon(40.5, -77.5), VisitKind.CARE, "A", "")])
    camera = camera_at(LatLon(40.5, -77.5), 14)
    assert alone.pick(camera, 605, 400, 11) == 0
    assert alone.pick(camera, 612, 400, 11) is None
    assert PinSet().pick(camera, 600, 400, 11) is None


def test_a_bright_pin_wins_over_a_dimmed_one_on_the_same_spot():
    spot = LatLon(40.5, -77.5)
    both = PinSet([Pin(1, spot, VisitKind.CARE, "Dim", "", dimmed=True), Pin(2, spot, VisitKind.CARE, "Bright", "")])
    assert both.pick(camera_at(spot, 14), 600, 400, 11) == 1


def row(*metres):
    """Accounts so many metres to the east of the first."""
    return PinSet([Pin(n, LatLon(40.5, -77.5 + m / 84_560), VisitKind.CARE, "A", "") for n, m in enumerate((0, *metres), 1)])


def crowds(pins, zoom, alone=None):
    return sorted(pins.clusters(zoom, alone).counts.tolist())


def test_few_pins_merge_where_they_hide_each_other_and_nowhere_else():
    two = row(100, 5_000)
    assert crowds(two, 11) == [1, 2]
    assert crowds(two, 14) == [1, 1, 1]


def test_pins_side_by_side_among_the_streets_stay_themselves():
    assert crowds(row(8), 17) == [1, 1]
    assert crowds(row(0.2), 17) == [2]


def test_pins_at_one_spot_merge_at_every_zoom():
    same = row(0, 0)
    assert all(crowds(same, zoom) == [3] for zoom in (8, 13, 19))


def test_the_account_that_is_looked_at_is_in_no_cluster():
    pins = row(20, 40)
    assert crowds(pins, 11, alone=2) == [1, 2]
    assert crowds(pins, 11, alone=None) == [3]
    assert pins.clusters(11, 2).counts[pins.clusters(11, 2).member[1]] == 1
    assert crowds(row(20), 11, alone=1) == [1, 1]


def test_many_pins_are_clustered_far_out_and_hardly_any_close_by(many):
    assert len(many.clusters(9).counts) < 1_000
    assert (many.clusters(17).counts == 1).mean() > 0.99


def test_clicks_go_through_the_pins_at_one_spot():
    same, camera = row(0, 0), camera_at(LatLon(40.5, -77.5), 17)
    same.clusters(17)
    found = same.pick(camera, 600, 400, 11)
    assert found.keys == (1, 2, 3)
    assert found.parts_at == np.inf
    pair = row(0)
    pair.clusters(17, 1)
    assert pair.pick(camera, 600, 400, 11, alone=1) == 1  # the second pin: the first is looked at already


def test_a_crowd_knows_the_zoom_from_which_it_parts():
    pins = row(100)
    pins.clusters(11)
    found = pins.pick(camera_at(LatLon(40.5, -77.5), 11), 600, 400, 11)
    assert 13 < found.parts_at < 15
    assert crowds(pins, found.parts_at + 1) == [1, 1]


def test_clusters_count_every_pin_once(many):
    clusters = many.clusters(9)
    assert clusters.counts.sum() == 20_000
    assert np.array_equal(np.bincount(clusters.member), clusters.counts)


def test_clusters_keep_apart_on_the_screen(many):
    clusters = many.clusters(10)
    crowds = camera_at(LatLon(40.5, -77.5), 10).screen_array(clusters.world[clusters.counts >= 20])
    apart = np.hypot(*(crowds[:, None] - crowds[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert np.median(apart.min(axis=1)) > 40
    assert apart.min() > 20


@pytest.mark.parametrize("shift", [0.0, 0.0003, 0.0011, 0.0047, 0.0123])
def test_pins_merge_by_how_near_they_are_wherever_they_lie(shift):
    zoom, chance = 10, np.random.default_rng(3)
    degrees_a_px = 360 / (512 * 2.0**zoom)
    crowd = chance.uniform(-12, 12, (2_000, 2)) * degrees_a_px
    spots = [LatLon(40.5 + shift + a * 0.76, -77.5 + shift + o) for a, o in crowd.tolist()]
    far = LatLon(40.5 + shift, -77.5 + shift + 120 * degrees_a_px)
    clusters = PinSet([Pin(n, spot, VisitKind.CARE, "A", "") for n, spot in enumerate([*spots, far])]).clusters(zoom)
    assert sorted(clusters.counts.tolist()) == [1, 2_000]


def test_pointing_at_a_cluster_finds_its_pins(many):
    clusters = many.clusters(9)
    largest = int(clusters.counts.argmax())
    camera = camera_at(LatLon(40.5, -77.5), 9)
    x, y = camera.screen_array(clusters.world[largest : largest + 1])[0].tolist()
    found = many.pick(camera, x, y, 11)
    assert isinstance(found, Crowd)
    assert found.count == clusters.counts[largest] == len(found.world)


def test_pins_out_of_the_picture_are_not_drawn(many):
    camera = camera_at(LatLon(40.5, -77.5), 13)
    seen = many.visible(camera, 0)
    spots = camera.screen_array(many.world[seen])
    assert 0 < len(seen) < 2000
    assert ((spots >= 0) & (spots <= (1200, 800))).all()
