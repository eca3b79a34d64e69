from datetime import date

import pytest

from planner.imports.merge_proposal import propose
from planner.model.accounts import Account, AccountKind, Tier
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.values import replace

HERE, THERE = LatLon(40.79, -77.86), LatLon(40.80, -77.85)
ADDRESS = PostalAddress("12 Main St", "State College", "PA", "16801")
ADA = Account(1, "001A", "Ada's Bakery", AccountKind.PROSPECT, ADDRESS, last_activity=date(2026, 7, 1))


def chosen(field, first, second):
    """What is proposed for a field, from both sides: the same value, whichever account comes first."""
    one, other = propose(first, second)[field], propose(second, first)[field]
    assert one[1] == other[1] != ""
    assert {one[0], other[0]} in ({"first", "second"}, {"both"})
    return one[0]


@pytest.mark.parametrize(
    ("field", "first", "second"),
    [
        ("phone", {"phone": "814-237-2763"}, {}),
        ("employees", {"employees": 40}, {}),
        ("website", {"website": "new.com", "last_activity": date(2026, 9, 1)}, {"website": "old.com"}),
        ("owner", {"owner": "Rep A"}, {"owner": "Rep B", "last_activity": None}),
        ("last_activity", {"last_activity": date(2026, 9, 1)}, {}),
        ("name", {"name": "Ada's Bakery and Cafe Center"}, {"name": "Ada's Bakery Cafe Ctr"}),
        ("name", {"name": "Ada's Bakery"}, {"name": "ADA'S BAKERY AND CAFE"}),
        ("kind", {"kind": AccountKind.CLIENT}, {}),
        ("tier", {"tier": Tier.A}, {"tier": Tier.B}),
        ("do_not_visit", {"do_not_visit": True}, {}),
        ("do_not_call", {"do_not_call": True}, {"last_activity": date(2026, 9, 1)}),
        ("address", {"match_quality": MatchQuality.ROOFTOP, "place": HERE}, {"match_quality": MatchQuality.ZIP, "place": THERE}),
        ("address", {"match_quality": MatchQuality.MANUAL, "place": HERE}, {"match_quality": MatchQuality.ROOFTOP, "place": THERE}),
        (
            "address",
            {"match_quality": MatchQuality.STREET, "place": HERE},
            {"match_quality": MatchQuality.STREET, "place": THERE, "match_doubtful": True},
        ),
        ("address", {}, {"address": PostalAddress("12 Main St")}),
        ("address", {}, {"address": PostalAddress(), "match_quality": MatchQuality.MANUAL, "place": HERE}),
    ],
)
def test_the_better_value_is_proposed_whichever_comes_first(field, first, second):
    assert chosen(field, replace(ADA, **first), replace(ADA, id=2, **second)) == "first"


def test_what_is_only_a_legal_form_longer_is_no_better_a_name():
    newer = replace(ADA, last_activity=date(2026, 9, 1))
    assert chosen("name", newer, replace(ADA, id=2, name="Ada's Bakery, Inc.")) == "first"


def test_where_nothing_speaks_for_either_the_first_stays():
    assert propose(replace(ADA, owner="Rep A"), replace(ADA, owner="Rep B"))["owner"] == ("first", "it was there first")


@pytest.mark.parametrize(
    ("field", "one", "other"), [("tags", ("a",), ("b",)), ("notes", "a", "b"), ("custom", (("a", "1"),), (("b", "2"),))]
)
def test_of_what_adds_up_both_are_kept(field, one, other):
    assert chosen(field, replace(ADA, **{field: one}), replace(ADA, id=2, **{field: other})) == "both"
    assert chosen(field, replace(ADA, **{field: one}), replace(ADA, id=2)) == "first"


def test_only_fields_that_differ_and_can_be_chosen_are_proposed():
    twin = replace(ADA, id=2, crm_id="001B", duplicate_of=1, mrr_cents=100, term_ends=(date(2027, 1, 1),))
    assert propose(ADA, twin) == {}
    assert list(propose(ADA, replace(twin, phone="814-237-2763"))) == ["phone"]
