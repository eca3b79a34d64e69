import pytest

from planner.imports.likeness import compare, phone_key, place_key, same_place, split_number, traits, website_key
from planner.model.places import PostalAddress


def business(name="Ada's Bakery", street="12 Main St", phone="", website="", town="State College", postcode="16801"):
    return traits(name, place_key(PostalAddress(street, town, "PA", postcode)), phone, website)


@pytest.mark.parametrize(
    ("street", "parts"),
    [
        ("12 Main St", ("12", "Main St", "")),
        ("12 Main St Suite 4B", ("12", "Main St", "4b")),
        ("12 Main St, Ste. 4 - 6", ("12", "Main St", "4")),
        ("12 Main St #4", ("12", "Main St", "4")),
        ("232 SUITE B WEST COLLEGE AVENUE", ("232", "WEST COLLEGE AVENUE", "b")),
        ("12 Main St, 2nd Floor", ("12", "Main St", "")),
        ("Nittany Mall\n12 Main St", ("12", "Main St", "")),
        ("P.O. Box 12", ("po box 12", "", "")),
        ("139A Main St", ("139A", "Main St", "")),
        ("Nittany Mall", ("", "Nittany Mall", "")),
        ("12", ("", "12", "")),
        ("", ("", "", "")),
    ],
)
def test_a_street_line_is_parted_into_number_street_and_suite(street, parts):
    assert split_number(street) == parts


@pytest.mark.parametrize(
    ("text", "key"), [("+1 (814) 237-2763", "8142372763"), ("814.237.2763", "8142372763"), ("237-2763", ""), ("000-000-0000", "")]
)
def test_a_phone_number_is_its_ten_digits(text, key):
    assert phone_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://www.Ada.com/?from=crm", "ada.com"),
        ("ada.com", "ada.com"),
        ("ada.com/pa/12", "ada.com/pa/12"),
        ("n/a", ""),
        ("http://facebook.com/", ""),
    ],
)
def test_a_website_is_its_host_and_path(text, key):
    assert website_key(text) == key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("270 West Hamilton Avenue", "State College", ""), ("270 W Hamitlon Ave", "", "16801"), True),
        (("12 N Atherton St", "", ""), ("12 S Atherton St", "", ""), False),
        (("12 4th St", "", ""), ("12 5th St", "", ""), False),
        (("12 Main St", "Boalsburg", "16827"), ("12 Main St", "Lemont", "16851"), False),
        (("12 Main St", "University Park", "16802"), ("12 Main St", "State College", "16802"), True),
        (("12 Main St", "", "16801"), ("12 Main St", "", "19104"), False),
        (("Main St", "", ""), ("Main St", "", ""), False),
    ],
)
def test_two_addresses_are_one_place(one, other, same):
    keys = [place_key(PostalAddress(street, town, "PA", postcode)) for street, town, postcode in (one, other)]
    assert same_place(*keys) is same_place(*reversed(keys)) is same


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (business(), business("ADAS BAKERY"), "the same name and address"),
        (business(phone="8142372763"), business(phone="(814) 237-2763"), "the same name, address and phone number"),
        (
            business(phone="8142372763"),
            business("Adas Bakrey", street="", phone="8142372763"),
            "nearly the same name and the same phone number",
        ),
        (business(website="ada.com"), business(street="", website="www.ada.com"), "the same name and the same website"),
        (
            business("Penn State Health", website="x.org"),
            business("Penn State Health Windmere", website="x.org"),
            "a longer form of the name, address and website",
        ),
    ],
)
def test_the_reason_says_what_agrees(one, other, why):
    assert compare(one, other).why == compare(other, one).why == why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (business(), business("Bo's Barbers", phone="")),
        (business(phone="8142372763", website="ada.com"), business(street="14 Main St", phone="8142372763", website="ada.com")),
        (business(street="", phone="8142372763"), business(street="", phone="8142372763", town="Altoona", postcode="16601")),
        (business(street="Main St", phone="8142372763"), business(street="Oak St", phone="8142372763")),
        (business("Penn State Health"), business("Penn State Health Windmere")),
        (business(street=""), business(street="")),
        (business(street="12 Main St Ste 1", phone="8142372763"), business(street="12 Main St Ste 2", phone="8142370000")),
        (business("Lifestyle Money", street="12 Main St Ste 1"), business("Lifestlye Money", street="12 Main St Ste 2")),
    ],
)
def test_different_businesses_are_not_one(one, other):
    assert compare(one, other) is None
    assert compare(other, one) is None


def test_the_more_agrees_the_surer_it_is():
    plain, called = compare(business(), business()), compare(business(phone="8142372763"), business(phone="8142372763"))
    mended = compare(business(street="12 Hamilton Ave"), business(street="12 Hamitlon Ave"))
    suites = compare(business(street="12 Main St #1"), business(street="12 Main St #2"))
    assert suites.score < mended.score < plain.score < called.score <= 1.0
