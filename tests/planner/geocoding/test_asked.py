import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.geocoding.asked import address_key, read_asked, street_text
from planner.model.places import PostalAddress

WRITTEN = PostalAddress("500 East College Avenue", "State College", "PA", "16801")


@pytest.mark.parametrize(
    "other",
    [
        PostalAddress("500 E. COLLEGE AVE", "STATE COLLEGE", "Pennsylvania", "16801-1234"),
        PostalAddress("  500  E College Ave, Suite 3", "State College Borough", "pa", "16801"),
        PostalAddress("Attn: Jo\n500 E College Ave #4", "State College", "PA", "16801 "),
        PostalAddress("500 E College Ave, State College, PA 16801"),
    ],
)
def test_one_address_has_one_key_however_it_is_written(other):
    assert address_key(other) == address_key(WRITTEN)


@pytest.mark.parametrize(
    "other",
    [
        PostalAddress("502 E College Ave", "State College", "PA", "16801"),
        PostalAddress("500 W College Ave", "State College", "PA", "16801"),
        PostalAddress("500 E College Ave", "Lemont", "PA", "16801"),
        PostalAddress("500 E College Ave", "State College", "PA", "16851"),
        PostalAddress("PO Box 500", "State College", "PA", "16801"),
    ],
)
def test_other_addresses_have_other_keys(other):
    assert address_key(other) != address_key(WRITTEN)


def test_the_business_tells_apart_only_what_has_no_house_number():
    assert address_key(WRITTEN, "A") == address_key(WRITTEN, "B")
    mall = PostalAddress("Benner Pike", "State College", "PA", "16801")
    assert address_key(mall, "A") != address_key(mall, "B")
    assert address_key(mall, "Café A") == address_key(mall, "CAFE A")


@given(st.lists(st.text(max_size=30), min_size=5, max_size=5))
def test_any_text_has_a_key_and_may_be_asked_about(parts):
    *address, name = parts
    asked = read_asked(PostalAddress(*address), name)
    assert asked.key.count("|") == 5
    assert isinstance(street_text(asked), str)
    assert isinstance(asked.may_go_online, bool)


@pytest.mark.parametrize(
    ("street", "sent"),
    [
        ("500 E College Ave Ste 3", "500 E College Ave"),
        ("Attn: Jo Doe\n12 W Hamilton Ave #4", "12 W Hamilton Ave"),
        ("PO Box 77, 12 W Hamilton Ave", "12 W Hamilton Ave"),
        ("12 W Hamilton Ave PO Box 77", "12 w hamilton ave"),
        ("12 Suite B West Hamilton Avenue", "12 w hamilton ave"),
        ("US Route 322", "US Route 322"),
        ("PO Box 77", ""),
        ("", ""),
    ],
)
def test_a_server_is_told_house_and_street_alone(street, sent):
    assert street_text(read_asked(PostalAddress(street, "Alder Falls"))) == sent


@pytest.mark.parametrize(
    ("address", "name", "may"),
    [
        (PostalAddress("12 Elm St", "Alder Falls"), "", True),
        (PostalAddress("12 Elm St", "", "PA", "17001"), "", True),
        (PostalAddress("12 Elm St", "", "PA"), "Acme", False),
        (PostalAddress("", "Alder Falls"), "Acme", True),
        (PostalAddress("", "Alder Falls", "PA", "17001"), "", False),
        (PostalAddress("PO Box 12", "Alder Falls", "PA", "17001"), "Acme", False),
        (PostalAddress("RR 2 Box 14", "Alder Falls", "PA", "17001"), "", False),
        (PostalAddress("PO Box 12, 14 Main St", "Alder Falls", "PA", "17001"), "", True),
    ],
)
def test_only_a_street_or_a_business_in_a_town_goes_online_and_never_a_box(address, name, may):
    assert read_asked(address, name).may_go_online is may
