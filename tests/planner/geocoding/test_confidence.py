import pytest
from hypothesis import given
from hypothesis import strategies as st
from nominatim_answers import place

from planner.geocoding.asked import read_asked
from planner.geocoding.confidence import best_of, read_answers
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress

ADDRESS = PostalAddress("500 E College Ave", "State College", "PA", "16801")
HERE, NEAR, FAR = LatLon(40.8, -77.85), LatLon(40.801, -77.85), LatLon(40.81, -77.85)


def read(answer, address=ADDRESS, name=""):
    """What one answer says, or None."""
    return next(iter(read_answers(read_asked(address, name), [answer])), None)


def test_the_house_itself_is_sure():
    match = read(place())
    assert (match.quality, match.score, match.note, match.doubtful) == (MatchQuality.ROOFTOP, 1.0, "", False)
    assert (match.source, match.text) == ("nominatim", "500 East College Avenue, State College PA 16801")


def test_a_number_counted_along_the_street_is_interpolated():
    match = read(place(kind="place", sort="house", osm="way"))
    assert (match.quality, match.doubtful) == (MatchQuality.INTERPOLATED, False)


@pytest.mark.parametrize(
    ("answer", "quality", "said"),
    [
        (place(house_number="502"), MatchQuality.STREET, "Number 500 is not on the server's map; number 502 is shown"),
        (place(kind="highway", sort="primary", house_number=""), MatchQuality.STREET, "Number 500 is not on the server's map"),
        (place(road="Calder Way"), MatchQuality.ROOFTOP, "The server has it in 'Calder Way'"),
        (place(road="West College Avenue"), MatchQuality.ROOFTOP, "The server has it in 'West College Avenue'"),
        (place(city="Altoona", postcode="16602"), MatchQuality.ROOFTOP, "The server has it in Altoona; ZIP is 16602 on the server's map"),
        (place(kind="place", sort="postcode", house_number="", road=""), MatchQuality.ZIP, "The server does not know the street"),
        (place(kind="boundary", sort="administrative", house_number="", road=""), MatchQuality.CITY, "The server does not know the street"),
    ],
)
def test_what_disagrees_is_doubtful_and_told(answer, quality, said):
    match = read(answer)
    assert (match.quality, match.note, match.doubtful) == (quality, said, True)


@pytest.mark.parametrize(
    "answer",
    [
        place(state="Ohio", **{"ISO3166-2-lvl4": "US-OH"}),
        place(state="Ohio", **{"ISO3166-2-lvl4": ""}),
        place(state="", **{"ISO3166-2-lvl4": ""}),
        place(kind="highway", sort="primary", house_number="", road="Calder Way"),
        place(kind="boundary", sort="administrative", house_number="", road="", city="", postcode=""),
        place(lat=91.0),
        place(lat=float("nan")),
        {"lat": "40.8", "lon": "-77.85"},
        {"lat": "40.8", "lon": "-77.85", "address": ["PA"]},
        {"lat": "40.8", "lon": "-77.85", "address": {"state": 7, "house_number": {}, "road": None}},
        "text",
        None,
    ],
)
def test_another_state_another_street_and_what_is_no_place_are_no_answers(answer):
    assert read(answer) is None


def test_a_letter_amiss_in_the_street_is_mended_and_told():
    match = read(place(), PostalAddress("500 E Collage Ave", "State College", "PA", "16801"))
    assert (match.note, match.doubtful) == ("Street read as 'East College Avenue'", False)


def test_a_street_without_a_number_asked_for_is_sure():
    match = read(place(kind="highway", sort="primary", house_number=""), PostalAddress("E College Ave", "State College", "PA", "16801"))
    assert (match.quality, match.doubtful) == (MatchQuality.STREET, False)


def test_the_business_by_its_name_is_found_where_the_number_is_not():
    answer = place(kind="shop", sort="copyshop", name="Valley Printing", house_number="")
    match = read(answer, name="VALLEY PRINTING")
    assert (match.quality, match.doubtful) == (MatchQuality.BUSINESS, False)
    assert match.text.startswith("Valley Printing, East College Avenue")


def test_the_house_comes_before_its_street_and_town():
    house, street, town = place(), place(house_number=""), place(kind="place", sort="town", house_number="", road="")
    matches = read_answers(read_asked(ADDRESS), [town, street, house])
    assert [match.quality for match in matches] == [MatchQuality.ROOFTOP, MatchQuality.STREET, MatchQuality.CITY]


@given(st.recursive(st.none() | st.floats() | st.text(max_size=9), lambda inner: st.dictionaries(st.text(max_size=9), inner, max_size=4)))
def test_no_answer_whatever_breaks_the_reading(anything):
    assert read_answers(read_asked(ADDRESS), [anything, {"lat": "1", "lon": "2", "address": anything}]) == []


def found(quality, point=HERE, source="gazetteer", *, score=0.9, doubtful=False):
    return Match(point, quality, source, score, doubtful=doubtful)


STREET = found(MatchQuality.STREET, score=0.7, doubtful=True)
HOUSE = found(MatchQuality.ROOFTOP, FAR, "nominatim")
NOTHING = Match(None, MatchQuality.NONE, "nominatim", doubtful=True)


@pytest.mark.parametrize(
    ("offline", "online", "best"),
    [
        (STREET, HOUSE, HOUSE),
        (STREET, None, STREET),
        (STREET, NOTHING, STREET),
        (NOTHING, HOUSE, HOUSE),
        (found(MatchQuality.ROOFTOP), found(MatchQuality.ROOFTOP, NEAR, "nominatim"), found(MatchQuality.ROOFTOP)),
        (
            found(MatchQuality.BUSINESS, score=0.8),
            found(MatchQuality.STREET, FAR, score=0.7, doubtful=True),
            found(MatchQuality.BUSINESS, score=0.8),
        ),
        (
            found(MatchQuality.ROOFTOP),
            found(MatchQuality.MANUAL, FAR, "user", score=0.0),
            found(MatchQuality.MANUAL, FAR, "user", score=0.0),
        ),
    ],
)
def test_the_best_of_what_was_found_wins(offline, online, best):
    assert best_of(offline, online) == best


def test_two_exact_places_far_apart_ask_for_a_look():
    best = best_of(found(MatchQuality.ROOFTOP), found(MatchQuality.INTERPOLATED, FAR, "nominatim", score=0.8))
    assert (best.point, best.doubtful) == (HERE, True)
    assert best.note == "Road pack and server place it 1.1 km apart"
