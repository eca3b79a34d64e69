import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.street_names import (
    HouseNumber,
    StreetName,
    house_numbers,
    normalise_street,
    normalise_town,
    split_street,
    state_code,
    zip5,
)

SCRAPS = (
    "North W. s SE Street st. Avenue Blvd Saint Mount Twenty First fourth US PA Route Rte 322 45 35 Hwy County Co Rd Old Ct Center St's "
    "I-80 State Pennsylvania Park Hamilton O'Brien caf\u00e9 & 1/2"
)
WORDS = st.sampled_from(SCRAPS.split())


@pytest.mark.parametrize(
    "texts",
    [
        ("West Hamilton Avenue", "W. HAMILTON AVE.", "w hamilton av"),
        ("US Highway 322", "US-322", "U.S. 322", "Route 322", "Rte. 322", "PA 322", "State Route 322", "Pennsylvania Route 322", "SR322"),
        ("County Road 12", "Co Rd 12", "CR 12"),
        ("Fourth Street", "4th St"),
        ("Twenty-First Street", "21st St."),
        ("Northeast 5th Boulevard", "N.E. Fifth Blvd"),
        ("Saint Paul's Street", "St. Pauls St"),
        ("Kalaniana’ole Highway", "KALANIANAOLE HWY"),
    ],
)
def test_one_street_has_one_key(texts):
    assert len({normalise_street(text) for text in texts}) == 1


def test_different_streets_keep_different_keys():
    names = ["Allen Street", "Allen Avenue", "South Allen Street", "4th Street", "5th Street", "Mill Road 12", "Interstate 80", "Route 80"]
    assert len({normalise_street(name) for name in names}) == len(names)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=6).map(" ".join)))
def test_normalising_twice_changes_nothing(text):
    street, town = normalise_street(text), normalise_town(text)
    assert normalise_street(street) == street
    assert normalise_town(town) == town


@given(st.lists(WORDS, max_size=6).map(" ".join))
def test_the_parts_of_a_key_make_the_key(text):
    key = normalise_street(text)
    parts = split_street(key)
    assert " ".join(part for part in (parts.before, parts.core, parts.kind, parts.after) if part) == key
    assert parts.core or not key


def test_a_street_parts_into_direction_core_and_kind():
    assert split_street("w hamilton ave") == StreetName("w", "hamilton", "ave", "")
    assert split_street("rt 35 s") == StreetName("", "rt 35", "", "s")
    assert split_street("n st") == StreetName("", "n", "st", "")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("120", ["120"]),
        ("12;14", ["12", "14"]),
        ("120-124", ["120-124", "120", "122", "124"]),
        ("121-124", ["121-124", "121", "122", "123", "124"]),
        ("139-2", ["139-2"]),
        ("66-111", ["66-111"]),
        ("96-045", ["96-45"]),
        ("234c", ["234C"]),
        ("104-A", ["104A"]),
        ("1613B1", ["1613B1"]),
        ("121 ½", ["121 1/2"]),
        ("232 Suite B", ["232"]),
        ("Keller Building", []),
    ],
)
def test_house_numbers_are_read_one_by_one(text, numbers):
    assert [str(house) for house in house_numbers(text)] == numbers


def test_a_long_range_is_not_counted_out():
    assert house_numbers("100-900") == (HouseNumber(100, "-900"),)


def test_zips_are_five_digits():
    assert [zip5(text) for text in ("16801", "16801-4922", "168014922", "4101", " 16801 ", "abc", "")] == [
        "16801", "16801", "16801", "04101", "16801", "", "",
    ]  # fmt: skip


def test_states_have_two_letters():
    assert [state_code(text) for text in ("Pennsylvania", "pa", "Penna.", "New  York", "Pa.", "France")] == [
        "PA",
        "PA",
        "PA",
        "NY",
        "PA",
        "",
    ]
