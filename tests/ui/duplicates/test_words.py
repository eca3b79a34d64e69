from planner.model.places import LatLon
from planner.usecases.merge import Duplicate, FieldPair
from planner.values import replace
from ui.duplicates.words import apart, common_facts, heading, sides_of, turned


def test_how_far_apart_two_pins_are(accounts):
    first = replace(accounts[0], place=LatLon(40.0, -77.0))
    near = replace(accounts[1], place=LatLon(40.0003, -77.0))  # 33.4 m
    far = replace(accounts[1], place=LatLon(40.1, -77.0))
    assert apart(first, first) == "On the same spot"
    assert apart(first, near) == "109 ft apart"
    assert apart(first, near, "kilometres") == "33 m apart"
    assert apart(first, far) == "6.9 mi apart"
    assert apart(first, replace(near, place=None)) == "Only one of them is placed on the map"
    assert apart(accounts[5], accounts[5]) == "Neither is placed on the map"


def test_turned_the_other_one_stays_with_the_same_values(accounts):
    fields = (FieldPair("phone", "Phone", "1", "", "first", "the other is empty"), FieldPair("tags", "Tags", "a", "b", "both", "kept"))
    pair = turned(Duplicate(accounts[0], accounts[1], "the same name", fields))
    assert (pair.first, pair.second) == (accounts[1], accounts[0])
    assert (pair.fields[0].first, pair.fields[0].second, pair.fields[0].proposed) == ("", "1", "second")
    assert pair.fields[1].proposed == "both"
    assert turned(pair) == Duplicate(accounts[0], accounts[1], "the same name", fields)


def test_what_they_share_is_told_apart_from_what_they_differ_in(accounts):
    other = replace(accounts[0], id=7, name="Uni Mart", owner="Rep B")
    fields = tuple(FieldPair(name, name, "", "", "first", "") for name in ("name", "owner"))
    facts = dict(common_facts(Duplicate(accounts[0], other, "", fields)))
    assert facts["Address"] == accounts[0].address.one_line
    assert facts["Kind"] == "Prospect"
    assert "Owner" not in facts


def test_both_can_only_be_kept_of_lists_and_notes_that_are_there():
    field = FieldPair("tags", "Tags", "a", "b", "both", "")
    assert sides_of(field, joined=True) == ("first", "second", "both")
    assert sides_of(replace(field, second=""), joined=True) == ("first", "second")
    assert sides_of(field, joined=False) == ("first", "second")


def test_a_pair_of_one_name_is_called_by_it_once(accounts):
    assert heading(Duplicate(accounts[0], accounts[0], "", ())) == "Uni-Mart HQ"
    assert heading(Duplicate(accounts[0], accounts[1], "", ())) == "Uni-Mart HQ / Yards Leasing"
