import pytest

from planner.geocoding.zips import UsZips, locate_by_zip
from planner.model.places import LatLon, MatchQuality, PostalAddress


@pytest.fixture(scope="module")
def zips():
    return UsZips()


@pytest.mark.parametrize("postcode", ["16801", "16801-1234", " 16801 "])
def test_a_zip_gives_its_middle_marked_as_the_last_resort(zips, postcode):
    match = locate_by_zip(PostalAddress("500 E College Ave", "State College", "PA", postcode), zips)
    assert (match.quality, match.source, match.doubtful) == (MatchQuality.ZIP, "zipcodes", True)
    assert match.note == "The middle of ZIP 16801 (from the US list of ZIP codes)"
    assert match.point.metres_to(LatLon(40.7925, -77.8523)) < 2000
    assert match.score < 0.3


def test_a_zip_of_another_state_says_so(zips):
    assert locate_by_zip(PostalAddress("", "", "PA", "90210"), zips).note.endswith("it is in CA")


@pytest.mark.parametrize(("city", "state"), [("State College", "PA"), ("STATE COLLEGE", "Pennsylvania"), ("  state college", "pa")])
def test_city_and_state_without_a_zip_give_the_middle_of_the_town(zips, city, state):
    match = locate_by_zip(PostalAddress("1 Main St", city, state, ""), zips)
    assert (match.quality, match.doubtful) == (MatchQuality.CITY, True)
    assert match.point.metres_to(LatLon(40.79, -77.86)) < 8000
    assert match.note == "The middle of State College, PA (from the US list of ZIP codes)"


def test_an_unknown_zip_falls_back_to_the_city(zips):
    assert locate_by_zip(PostalAddress("", "Bellefonte", "PA", "00000"), zips).quality is MatchQuality.CITY


def test_a_lost_leading_zero_is_put_back(zips):
    assert locate_by_zip(PostalAddress("", "", "MA", "2108"), zips).note.startswith("The middle of ZIP 02108")


@pytest.mark.parametrize(
    "address",
    [
        PostalAddress(),
        PostalAddress("1 Main St"),
        PostalAddress("", "State College"),
        PostalAddress("", "Nowhere At All", "PA"),
        PostalAddress("", "", "AE", "09001"),
    ],
)
def test_what_the_list_does_not_know_is_not_placed(zips, address):
    match = locate_by_zip(address, zips)
    assert (match.point, match.quality, match.doubtful) == (None, MatchQuality.NONE, True)
    assert match.note


def test_the_address_is_kept_as_text(zips):
    assert locate_by_zip(PostalAddress("PO Box 7", "Lemont", "PA", "16851"), zips).text == "PO Box 7, Lemont, PA 16851"
