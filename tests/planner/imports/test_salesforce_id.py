import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.imports.salesforce_id import normalise_id

ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("001D000000IqhSL", "001D000000IqhSLIAZ"),
        ("003D000000QOMqG", "003D000000QOMqGIAX"),
        ("00530000003xqAb", "00530000003xqAbAAI"),
    ],
)
def test_a_15_character_id_gets_its_known_last_three(short, long):
    assert normalise_id(short) == long


def test_an_18_character_id_gets_its_case_back():
    assert normalise_id("001d000000iqhsliaz") == normalise_id("001D000000IQHSLIAZ") == "001D000000IqhSLIAZ"


@pytest.mark.parametrize(
    "text", ["", "001", "001Dn000000pIl", "001Dn000000pIls!", "8.34507E+15", "001D000000IqhSLI", "001D000000IqhSLI6Z", "001D000000IqhSL5AZ"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"Salesforce id|do not fit"):
        normalise_id(text)


@given(st.text(ALPHANUMERIC, min_size=15, max_size=15))
def test_normalising_twice_changes_nothing_and_case_can_be_lost_between(short):
    long = normalise_id(short)
    assert long[:15] == short
    assert normalise_id(long) == normalise_id(long.lower()) == normalise_id(long.upper()) == long


@given(st.text(ALPHANUMERIC, min_size=15, max_size=15), st.text(ALPHANUMERIC, min_size=15, max_size=15))
def test_different_ids_stay_different_without_case(one, other):
    assert (one == other) == (normalise_id(one).casefold() == normalise_id(other).casefold())
