import pytest

from planner.errors import PackProblem
from planner.model.places import LatLon
from planner.usecases.accounts import list_accounts
from planner.usecases.measure import road_between, straight_metres


def test_a_straight_line_follows_the_ellipsoid():
    """A degree of latitude at the equator is 110.574 km, one of longitude 111.320 km (WGS84)."""
    metres = straight_metres([LatLon(0, 0), LatLon(1, 0), LatLon(1, 0), LatLon(0, 0), LatLon(0, 1)])
    assert metres == pytest.approx([110_574.4, 0, 110_574.4, 111_319.5], abs=0.1)
    assert straight_metres([LatLon(0, 0)]) == []


def test_the_way_by_road_is_longer_than_the_straight_one_and_touches_each_point(sample_home, copy_of):
    workspace = copy_of(sample_home)
    places = [account.place for account in list_accounts(workspace) if account.place is not None and not account.match_doubtful][:3]
    route = road_between(workspace, places)
    assert len(route.legs) == 2
    for leg, straight in zip(route.legs, straight_metres(places), strict=True):
        assert leg.metres > 0.95 * straight
        assert leg.seconds > 0
    assert route.legs[0].shape[-1].metres_to(places[1]) < 300


def test_beyond_the_pack_there_is_no_way(sample_home, copy_of):
    with pytest.raises(PackProblem):
        road_between(copy_of(sample_home), [LatLon(30.0, -60.0), LatLon(30.1, -60.0)])
