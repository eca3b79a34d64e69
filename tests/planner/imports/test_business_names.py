import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.imports.business_names import STRONG, heads, name_keys, name_likeness, without_legal_forms

WORDS = "Ada Bakery Dental Rehab Rehabilitation Lifestyle Lifestlye Miller Maria Mario DDS Jr Store Center Ctr 12 #12 1234 A"
NAMES = st.lists(st.sampled_from(WORDS.split()), max_size=5).map(" ".join)


def likeness(one, other, town=""):
    return name_likeness(name_keys(one), name_keys(other), town)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada's Bakery", "ADAS BAKERY, INC."),
        ("Wine & Spirits", "Wine and Spirits, L.L.C."),
        ("The Naked Egg Café", "Naked Egg Cafe"),
        ("Fitness Center of Bellefonte", "Bellefonte Fitness Ctr"),
        ("Olsen & Associates", "Olsen Assoc"),
        ("Coffee House", "Coffeehouse"),
        ("Mount Nittany Medical Services", "Mt. Nittany Med Svcs"),
        ("Ada Foods LLC d/b/a Corner Deli", "Corner Deli"),
        ("Ada Foods LLC DBA Corner Deli", "Ada Foods"),
        ("北京饭店", "北京饭店"),
    ],
)
def test_the_same_name_written_differently_is_the_same(one, other):
    assert likeness(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lifestyle Financial", "Lifestlye Financial"),
        ("CVS Pharmacy #1234", "CVS Pharmacy"),
        ("NovaCare Rehabilitation", "NovaCare Rehabilitatio"),
        ("THE INDIVIDUAL AND FAMILY CHOI", "The Individual and Family Choices Program"),
        ("APPLIED RESEARCH LABORATORY W", "Applied Research Laboratory West III"),
        ("JOHNSTOWN REGIONAL HOSPITAL TH", "Johnstown Regional Hospital the Annex"),
        ("Fleming Law Offices", "Fleming Law"),
        ("David R. Curtis, DMD", "DAVID CURTIS DMD"),
        ("David Curtis, DMD", "D. Curtis DMD"),
    ],
)
def test_a_name_with_an_error_a_cut_or_an_initial_is_nearly_the_same(one, other):
    assert STRONG <= likeness(one, other) < 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Penn State Health - Windmere", "Penn State Health - Colonnade"),
        ("Robert Kline, DDS", "Richard Kline, DDS"),
        ("Maria Lopez, CPA", "Mario Lopez, CPA"),
        ("John Kline Dental", "Joan Kline Dental"),
        ("John Kline Plumbing", "John Kline Jr Plumbing"),
        ("Kline DDS", "Robert Kline DDS"),
        ("Store 12", "Store 14"),
        ("CVS #1234", "CVS #4321"),
        ("Landscape II", "Landscape III"),
        ("Landscape I", "Landscape II"),
        ("Target", "Target Optical"),
        ("Ada", "Bo"),
        ("", ""),
    ],
)
def test_two_businesses_have_names_that_are_not_alike(one, other):
    assert likeness(one, other) == 0.0


def test_a_name_with_more_in_it_is_alike_but_not_enough():
    assert 0.0 < likeness("Penn State Health", "Penn State Health Windmere") < STRONG


def test_the_town_in_a_name_makes_no_difference():
    assert (
        likeness("Wynwood House State College", "Wynwood House", "state college")
        >= STRONG
        > likeness("Wynwood House Altoona", "Wynwood House")
    )


def test_a_name_of_nothing_but_legal_forms_still_has_a_key():
    assert [key.joined for key in name_keys("The Company")] == ["thecompany"]


def test_without_legal_forms_a_name_is_as_long_as_what_it_says():
    assert without_legal_forms("The Café Ctr., Inc.") == "cafe ctr"


@given(NAMES, NAMES)
def test_likeness_is_the_same_both_ways(one, other):
    assert likeness(one, other) == likeness(other, one)


@given(NAMES)
def test_a_name_is_like_itself_whenever_it_says_anything(name):
    assert likeness(name, name.upper()) == (1.0 if name_keys(name) else 0.0)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_may_be_a_name(one, other):
    assert 0.0 <= likeness(one, other) <= 1.0


@given(NAMES, NAMES)
def test_names_without_a_common_head_are_never_nearly_the_same(one, other):
    keys, others = name_keys(one), name_keys(other)
    if heads(keys).isdisjoint(heads(others)):
        assert name_likeness(keys, others) in {0.0, 1.0}, "only names of words that say nothing may be equal without one"
