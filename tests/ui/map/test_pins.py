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


def test_few_pins_are_never_clustered():
    few = PinSet([Pin(n, LatLon(40.5, -77.5), VisitKind.CARE, "A", "") for n in range(900)])
    assert few.clusters(8) is None


def test_many_pins_are_clustered_far_out_and_not_close_by(many):
    assert many.clusters(9) is not None
    assert many.clusters(16) is None


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
