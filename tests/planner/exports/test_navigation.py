from urllib.parse import parse_qs, urlsplit

import pytest

from planner.exports.navigation import day_links, stop_links
from planner.model.places import LatLon


def places(count):
    return [LatLon(40 + i / 100, -75) for i in range(count)]


def query(link):
    return {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}


def test_each_service_gets_the_place_in_its_own_words():
    links = dict(stop_links(LatLon(40.7934, -77.86)))
    assert query(links["Google Maps"]) == {"api": "1", "destination": "40.793400,-77.860000", "travelmode": "driving"}
    assert query(links["Apple Maps"]) == {"destination": "40.793400,-77.860000", "mode": "driving"}
    assert query(links["Waze"]) == {"ll": "40.793400,-77.860000", "navigate": "yes"}


def test_a_place_near_zero_is_not_written_with_an_exponent():
    assert "0.000010,-0.000010" in stop_links(LatLon(0.00001, -0.00001))[2][1].replace("%2C", ",")


@pytest.mark.parametrize(("count", "links"), [(0, 0), (1, 0), (2, 1), (5, 1), (6, 2), (9, 2), (10, 3)])
def test_a_long_day_becomes_several_links(count, links):
    assert len(day_links(places(count))) == links


def test_each_link_begins_where_the_last_one_ended_and_none_of_the_places_is_lost():
    wanted = places(10)
    passed = []
    for link in day_links(wanted):
        parts = query(link)
        between = parts.get("waypoints", "").split("|") if parts.get("waypoints") else []
        assert len(between) <= 3
        assert not passed or passed[-1] == parts["origin"]
        passed += [*([] if passed else [parts["origin"]]), *between, parts["destination"]]
    assert passed == [f"{place.lat:.6f},{place.lon:.6f}" for place in wanted]


def test_links_stay_within_the_length_that_is_allowed():
    assert all(len(link) <= 2048 for link in day_links(places(11), waypoints=9))
