import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import Cancelled
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.model.street_names import normalise_street
from planner.progress import silent


def alder(street, city="Alder Falls", state="PA", postcode="17001"):
    return PostalAddress(street, city, state, postcode)


@pytest.mark.parametrize(
    "street",
    [
        "12 West Hamilton Avenue",
        "12 W Hamilton Ave",
        "12 W. HAMILTON AVE.",
        "  12  West   Hamilton  Avenue ",
        "12 W Hamilton Ave, Suite 254",
        "12 W Hamilton Ave #3",
        "12 Suite B West Hamilton Avenue",
        "12 W Hamilton Ave 2nd Floor",
        "Attn: Jo Doe\n12 W Hamilton Ave",
        "12 Hamilton Ave West",
        "12-14 W Hamilton Ave",
        "12 West Hamitlon Avenue",
        "12 West Hamilton Aveneu",
        "12 Wset Hamilton Avenue",
        "12 West Hamilton",
        "PO Box 77, 12 W Hamilton Ave",
    ],
)
def test_one_house_is_found_however_it_is_written(gazetteer, valley, street):
    match = gazetteer.locate(alder(street))
    assert match.quality is MatchQuality.ROOFTOP
    assert not match.doubtful
    assert match.point.metres_to(valley.truth[12, "West Hamilton Avenue", "Alder Falls", "17001"]) < 1


def test_an_exact_address_scores_one_and_needs_no_note(gazetteer):
    match = gazetteer.locate(alder("50 4th Street"))
    assert (match.score, match.note, match.source, match.text) == (1.0, "", "gazetteer", "50 4th Street, Alder Falls, PA 17001")


def test_what_was_mended_is_told(gazetteer):
    assert gazetteer.locate(alder("12 West Hamitlon Avenue")).note == "Street read as 'West Hamilton Avenue'"
    assert gazetteer.locate(alder("50 Fourth St", postcode="17009")).note == "ZIP is 17001 on the map"


@pytest.mark.parametrize(
    ("city", "postcode"), [("Birchwood", ""), ("", "17002"), ("Brichwood", ""), ("Birchwood", "17009"), ("", "17002-1234")]
)
def test_a_street_name_of_two_towns_is_told_apart_by_city_or_zip(gazetteer, valley, city, postcode):
    match = gazetteer.locate(PostalAddress("110 Main St", city, "PA", postcode))
    assert match.point.metres_to(valley.truth[110, "Main Street", "Birchwood", "17002"]) < 1
    assert not match.doubtful


def test_an_address_that_two_towns_have_is_doubtful_without_city_and_zip(gazetteer):
    match = gazetteer.locate(PostalAddress("110 Main St"))
    assert match.doubtful
    assert "Several places" in match.note


def test_an_address_that_one_town_has_needs_neither_city_nor_zip(gazetteer, valley):
    match = gazetteer.locate(PostalAddress("9 Quarry Ln"))
    assert match.point == valley.truth[9, "Quarry Lane", "Birchwood", "17002"]
    assert not match.doubtful


def test_a_house_in_another_town_than_asked_is_never_placed_silently(gazetteer):
    match = gazetteer.locate(PostalAddress("9 Quarry Lane", "Alder Falls", "PA", "17001"))
    assert match.doubtful
    assert "Birchwood" in match.note or match.quality is not MatchQuality.ROOFTOP


def test_the_wrong_side_of_town_is_doubtful(gazetteer):
    match = gazetteer.locate(alder("40 West Hamilton Avenue"))
    assert match.quality is not MatchQuality.ROOFTOP or match.doubtful


def test_two_sides_of_town_with_one_number_are_doubtful_without_a_direction(gazetteer):
    assert gazetteer.locate(alder("12 Hamilton Avenue")).doubtful


def test_numbered_streets_are_never_mended_into_each_other(gazetteer):
    match = gazetteer.locate(alder("52 5th Street"))
    assert match.quality is MatchQuality.INTERPOLATED
    assert "between 51 and 60" in match.note


def test_a_road_is_found_by_its_route_number(gazetteer, valley):
    for street in ("200 Route 45", "200 PA-45", "200 State Hwy 45"):
        match = gazetteer.locate(alder(street))
        assert match.point == valley.truth[200, "Earlystown Road", "Alder Falls", "17001"]
        assert match.note == "Street read as 'Earlystown Road'"


def test_a_number_unknown_on_a_route_is_doubtful_because_a_route_has_many_streets(gazetteer):
    match = gazetteer.locate(alder("204 Route 45"))
    assert (match.quality, match.doubtful) == (MatchQuality.INTERPOLATED, True)


def test_an_unknown_number_is_placed_between_its_neighbours(gazetteer):
    match = gazetteer.locate(alder("16 E Hamilton Ave"))
    assert match.quality is MatchQuality.INTERPOLATED
    assert match.note == "Number 16 placed between 12 and 20"
    assert match.point.metres_to(LatLon(40.0027, -77 + 16 * 0.0002)) < 1


def test_hyphenated_numbers_are_whole_numbers(gazetteer, valley):
    known = gazetteer.locate(PostalAddress("66-121 Kamehameha Hwy", "Birchwood", "PA", "17002"))
    assert known.point == valley.truth["66-121", "Kamehameha Highway", "Birchwood", "17002"]
    between = gazetteer.locate(PostalAddress("66-115 Kamehameha Hwy", "Birchwood", "PA", "17002"))
    assert between.note == "Number 66-115 placed between 111 and 121"
    assert between.point.metres_to(LatLon(40.1054, -77 + 115 * 0.0002)) < 1


def test_a_number_far_beyond_the_known_ones_gets_the_street_and_doubt(gazetteer):
    match = gazetteer.locate(alder("9000 E Hamilton Ave"))
    assert match.quality is MatchQuality.STREET
    assert match.doubtful


def test_a_street_without_numbers_is_found(gazetteer):
    match = gazetteer.locate(alder("Hill Road"))
    assert match.quality is MatchQuality.STREET
    assert match.point.metres_to(LatLon(40.02, -76.999)) < 200


@pytest.mark.parametrize(
    "street", ["PO Box 12", "P.O. Box 12", "P O BOX 12", "Post Office Box 12", "POB 12", "Box 12", "RR 2 Box 45", "po box 12 ste 3"]
)
def test_a_post_office_box_is_never_a_house(gazetteer, street):
    match = gazetteer.locate(alder(street), "Valley Printing")
    assert match.quality is MatchQuality.ZIP
    assert match.doubtful
    assert match.note == "A post office box has no place on the map; the middle of ZIP 17001 is shown"


def test_a_post_office_box_in_an_unknown_zip_gets_the_town(gazetteer):
    match = gazetteer.locate(alder("PO Box 12", postcode="17999"))
    assert (match.quality, match.doubtful) == (MatchQuality.CITY, True)


def test_an_unknown_street_gets_zip_or_town_and_doubt(gazetteer):
    by_zip, by_town = gazetteer.locate(alder("5 Zyx Plaza")), gazetteer.locate(alder("5 Zyx Plaza", postcode=""))
    assert (by_zip.quality, by_town.quality) == (MatchQuality.ZIP, MatchQuality.CITY)
    assert by_zip.doubtful
    assert by_town.doubtful


def test_a_business_is_found_by_its_name_when_the_street_is_not(gazetteer):
    match = gazetteer.locate(alder("5 Zyx Plaza"), "VALLEY PRINTING")
    assert match.quality is MatchQuality.BUSINESS
    assert match.point == LatLon(40.0135, -76.955)
    assert match.note == "Found by the name 'Valley Printing'"


def test_the_business_decides_between_several_places_of_one_address(gazetteer):
    address = alder("1000 Mall Rd")
    assert gazetteer.locate(address).doubtful
    match = gazetteer.locate(address, "North Mall Books")
    assert match.point == LatLon(40.01, -76.89)
    assert not match.doubtful


def test_an_address_of_another_state_gets_the_middle_of_its_zip_and_doubt(gazetteer):
    match = gazetteer.locate(PostalAddress("110 Main St", "Appleton", "WI", "54911"))
    assert (match.quality, match.source, match.doubtful) == (MatchQuality.ZIP, "zipcodes", True)
    assert match.note.startswith("This road pack has no address in that state; The middle of ZIP 54911")
    assert match.point.metres_to(LatLon(44.27, -88.40)) < 10_000


def test_an_address_of_another_state_without_a_known_zip_or_city_is_not_placed(gazetteer):
    match = gazetteer.locate(PostalAddress("110 Main St", "Nowhere At All", "WI", "00000"))
    assert (match.point, match.quality, match.doubtful) == (None, MatchQuality.NONE, True)
    assert "state" in match.note


def test_an_address_far_outside_the_pack_is_not_placed_silently(gazetteer):
    match = gazetteer.locate(PostalAddress("110 Main St", "Erie", "PA", "16501"))
    assert match.doubtful


def test_nothing_to_go_by_is_no_place(gazetteer):
    assert gazetteer.locate(PostalAddress()).quality is MatchQuality.NONE


@pytest.mark.parametrize(
    "text",
    ["110 Main St, Birchwood, PA 17002", "110 Main St Birchwood PA 17002", "110 MAIN ST STE 4, BIRCHWOOD PA", "110 Main Street, Birchwood"],
)
def test_one_line_of_text_is_placed(gazetteer, valley, text):
    match = gazetteer.locate_text(text)
    assert match.point == valley.truth[110, "Main Street", "Birchwood", "17002"]
    assert match.text == text


def test_a_whole_address_in_the_street_field_is_taken_apart(gazetteer, valley):
    match = gazetteer.locate(PostalAddress("110 Main St, Birchwood, PA 17002"))
    assert match.point == valley.truth[110, "Main Street", "Birchwood", "17002"]


def test_a_town_alone_is_placed(gazetteer):
    assert gazetteer.locate_text("Birchwood, PA").quality is MatchQuality.CITY


def test_many_addresses_come_back_in_their_order(gazetteer):
    asked = [(alder("50 4th St"), ""), (alder("nowhere at all"), "Valley Printing"), (alder("PO Box 1"), "")]
    qualities = [match.quality for match in gazetteer.locate_many(asked, silent)]
    assert qualities == [MatchQuality.ROOFTOP, MatchQuality.BUSINESS, MatchQuality.ZIP]


def test_a_batch_can_be_cancelled(gazetteer, monkeypatch):
    def cancel(_fraction, _text):
        raise Cancelled

    monkeypatch.setattr("planner.geocoding.offline._REPORT_EVERY_S", -1.0)
    with pytest.raises(Cancelled):
        gazetteer.locate_many([(alder("50 4th St"), "")], cancel)


TEXT = st.text(max_size=40)
SCRAPS = "12 PO Box # Suite - , ; 1/2 W Main Street St Route 45 66-111 Alder Falls PA 17001 Rd 4th"
PIECES = st.lists(st.sampled_from([*SCRAPS.split(), "\n", "\u00bd", "\ud800", "\x00"]), max_size=9).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.builds(PostalAddress, TEXT | PIECES, TEXT | PIECES, TEXT, TEXT), TEXT | PIECES)
def test_no_text_makes_it_fail(gazetteer, address, name):
    match = gazetteer.locate(address, name)
    assert (match.point is None) == (match.quality is MatchQuality.NONE)
    assert 0.0 <= match.score <= 1.0


@settings(max_examples=100, deadline=None)
@given(TEXT | PIECES)
def test_no_line_makes_it_fail(gazetteer, text):
    assert gazetteer.locate_text(text).text == text
    assert len(gazetteer.suggest(text, limit=3)) <= 3


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_noise_still_finds_the_house_or_is_doubtful(gazetteer, valley, data):
    (number, street, city, postcode), truth = data.draw(st.sampled_from(sorted(valley.truth.items(), key=str)))
    if data.draw(st.booleans()):
        street = normalise_street(street)
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(street) - 2))
        street = street[:at] + street[at + 1] + street[at] + street[at + 2 :]
    written = f"{number} {street}{data.draw(st.sampled_from(['', ' Suite 7', ', Unit B', ' #12', ' Apt. 4-C']))}"
    written = data.draw(st.sampled_from([str, str.upper, str.lower]))(written)
    keep = data.draw(st.sampled_from([(city, postcode), ("", postcode), (city, ""), (city, f"{postcode}-0001"), (city.upper(), "17000")]))
    match = gazetteer.locate(PostalAddress(written, keep[0], "PA", keep[1]))
    assert match.doubtful or match.point.metres_to(truth) <= 75
