import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, PostalAddress
from planner.usecases.find_anything import (
    FindIndex,
    Found,
    Group,
    Thing,
    account_thing,
    by_group,
    find_weeks,
    index_of_accounts,
    is_begun,
    nearest_accounts,
    plain_words,
)

MONDAY = date(2026, 11, 30)
NAMES = (
    "Uni-Mart HQ",
    "Hoag's Catering",
    "Torrey Dental",
    "Café Schönblick",
    "Dental Arts of Pine Hall",
    "Catering by Uni",
    "Yards & Sons",
)


@pytest.fixture
def index():
    accounts = [
        Account(
            number,
            f"c{number}",
            name,
            AccountKind.PROSPECT,
            PostalAddress(f"{number}12 Pine Hall Rd", "State College", "PA", "16801"),
            owner="Rita Owens",
        )
        for number, name in enumerate(NAMES, start=1)
    ]
    return index_of_accounts(accounts)


def titles(found):
    return [each.thing.title for each in found]


def test_words_are_compared_without_case_accents_and_apostrophes():
    assert plain_words("Hoag’s Café-Schönblick, No. 7") == ["hoags", "cafe", "schonblick", "no", "7"]
    assert plain_words(" ·—") == []


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("tor", "Torrey Dental"),
        ("dental tor", "Torrey Dental"),
        ("unimart", "Uni-Mart HQ"),
        ("umh", "Uni-Mart HQ"),  # its initials
        ("hoags", "Hoag's Catering"),
        ("HOAG'S", "Hoag's Catering"),
        ("schon", "Café Schönblick"),
        ("712 pine", "Yards & Sons"),  # by its street
    ],
)
def test_beginnings_of_words_find_in_any_order(index, text, best):
    assert titles(index.find(text, 3))[0] == best


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("torey", "Torrey Dental"),  # a letter is missing
        ("torrrey", "Torrey Dental"),  # one too many
        ("torrwy", "Torrey Dental"),  # a wrong one
        ("trorey dental", "Torrey Dental"),  # two changed places
        ("schonnb", "Café Schönblick"),  # misspelt and unfinished
        ("dntl trry", "Torrey Dental"),  # without vowels
        ("hoags catring", "Hoag's Catering"),  # only the second is misspelt
    ],
)
def test_a_misspelt_word_finds_what_is_meant(index, text, best):
    assert titles(index.find(text, 3))[0] == best


def test_what_is_spelt_right_leaves_no_room_for_what_is_nearly_so(index):
    assert set(titles(index.find("dental", 9))) == {"Torrey Dental", "Dental Arts of Pine Hall"}


def test_a_whole_word_stands_before_a_beginning_and_a_title_before_an_address(index):
    assert titles(index.find("uni", 2))[:2] == ["Uni-Mart HQ", "Catering by Uni"]
    found = index.find("pine hall", 9)
    assert titles(found)[0] == "Dental Arts of Pine Hall"
    assert found[0].distance == 0
    assert all(each.distance >= 1 for each in found[1:])
    assert len(found) == len(NAMES)


def test_a_beginning_stands_before_the_inside_of_a_word_and_that_before_a_misspelt_one():
    names = ["Savings Bank", "Hornbaker & Sons", "Fox Bakery", "Vista Park"]
    index = FindIndex.of(Thing(Group.ACCOUNTS, name, name) for name in names)
    assert titles(index.find("bak", 9)) == ["Fox Bakery"]
    index = FindIndex.of(Thing(Group.ACCOUNTS, name, name) for name in names if "Bakery" not in name)
    assert titles(index.find("bak", 9)) == ["Hornbaker & Sons"]
    assert titles(index.find("tapa", 9)) == ["Vista Park"]  # two words written as one
    index = FindIndex.of(Thing(Group.ACCOUNTS, name, name) for name in names if "ak" not in name)
    assert titles(index.find("bak", 9)) == ["Savings Bank"]


def test_what_a_setting_says_by_the_way_is_not_looked_for_misspelt():
    things = [Thing(Group.SETTINGS, "a", "Drive times", also="worked out in the background"), Thing(Group.SETTINGS, "b", "Lunch")]
    assert FindIndex.of(things).find("bakground", 3)
    lean = FindIndex.of(things, mends_beside=False)
    assert lean.find("bakground", 3) == []
    assert titles(lean.find("backgr", 3)) == ["Drive times"]


def test_things_that_can_be_made_again_are_not_kept():
    made = []

    def thing_of(number):
        made.append(number)
        return Thing(Group.REPS, number, NAMES[number])

    index = FindIndex.of((Thing(Group.REPS, number, name) for number, name in enumerate(NAMES)), thing_of)
    assert made == []
    assert titles(index.find("yards", 3)) == ["Yards & Sons"]
    assert made == [NAMES.index("Yards & Sons")]


def test_a_place_is_begun_by_the_words_that_begin_some_of_its_own():
    assert is_begun("fox bak", "Farrow Bakery & Café, 257 Fox Street")
    assert not is_begun("bank", "Farrow Bakery & Café")


def test_nothing_is_found_for_no_words_a_limit_holds_and_short_words_are_not_mended(index):
    assert index.find(" . ", 5) == []
    assert len(index.find("pine", 2)) == 2
    assert index.find("xq", 5) == []
    assert index.find("168", 1) != []
    assert index.find("16899", 5) == []  # a number is meant as it is


def test_the_note_of_an_account_says_what_and_where():
    thing = account_thing(Account(4, "c", "A", AccountKind.CLIENT, PostalAddress("1 Elm St", "Lindley", "PA", "16995")))
    assert (thing.key, thing.note) == (4, "Client · 1 Elm St, Lindley, PA 16995")


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=6))
def test_any_text_is_answered_with_things_that_are_there(text, names):
    things = [Thing(Group.REPS, name, name) for name in names]
    found = FindIndex.of(things).find(text, 4)
    assert len(found) <= 4
    assert {each.thing for each in found} <= set(things)


@given(st.integers(0, 2**32), st.integers(0, 200))
def test_every_account_is_found_by_a_word_of_its_name_with_one_letter_off(seed, at):
    chance = random.Random(seed)
    words = ["".join(chance.choice("abcdefghij") for _ in range(chance.randint(6, 9))) for _ in range(12)]
    index = FindIndex.of([Thing(Group.ACCOUNTS, number, word) for number, word in enumerate(words)])
    wanted = chance.choice(words)
    at %= len(wanted)
    changed = chance.choice([wanted[:at] + wanted[at + 1 :], f"{wanted[:at]}z{wanted[at:]}", f"{wanted[:at]}z{wanted[at + 1 :]}"])
    assert wanted in titles(index.find(changed, 12))


def test_groups_stand_in_their_order_sure_ones_first_and_misspelt_ones_only_alone():
    def found(group, title, distance):
        return Found(Thing(group, title, title), distance)

    sure = [found(Group.SETTINGS, "s", 0.5), found(Group.ACCOUNTS, "a", 0.0), found(Group.ACTIONS, "b", 1.5), found(Group.REPS, "r", 4.0)]
    assert [(group, [each.title for each in those]) for group, those in by_group(sure)] == [
        (Group.ACCOUNTS, ["a"]),
        (Group.SETTINGS, ["s"]),
        (Group.ACTIONS, ["b"]),
    ]
    assert [group for group, _ in by_group([found(Group.REPS, "r", 4.0), found(Group.ACCOUNTS, "a", 6.0)])] == [
        Group.ACCOUNTS,
        Group.REPS,
    ]
    assert by_group([]) == []


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("week 50", ["2026-W50"]),
        ("Week  50", ["2026-W50"]),
        ("w2", ["2027-W02"]),  # the nearest one
        ("week 2 2026", ["2026-W02"]),
        ("2026-W50", ["2026-W50"]),
        ("this week", ["2026-W49"]),
        ("next w", ["2026-W50"]),
        ("last week", ["2026-W48"]),
        ("tomorrow", ["2026-W49"]),
        ("in 5 weeks", ["2027-W01"]),
        ("2 weeks ago", ["2026-W47"]),
        ("dec 7", ["2026-W50"]),
        ("December 7th", ["2026-W50"]),
        ("7 dec 2027", ["2027-W49"]),
        ("sept 1", ["2026-W36"]),
        ("12/7", ["2026-W50"]),
        ("1/4", ["2027-W01"]),
        ("12/7/27", ["2027-W49"]),
        ("2026-12-07", ["2026-W50"]),
        ("week 60", []),
        ("week 0", []),
        ("dec 40", []),
        ("ju 4", []),  # June or July
        ("13/13", []),
        ("feb 29", []),  # in none of the years around
        ("2/29/2028", ["2028-W09"]),
        ("9999-99-99", []),
        ("ne", []),
        ("main st", []),
        ("", []),
    ],
)
def test_a_week_is_named_as_people_say_it(text, weeks):
    assert [str(week) for week in find_weeks(text, MONDAY)] == weeks


@given(st.text(alphabet="week 0123456789/-dectonxiag", max_size=16))
def test_no_text_breaks_the_reading_of_weeks(text):
    assert len(find_weeks(text, MONDAY)) <= 7


def test_the_nearest_accounts_come_first_and_unplaced_ones_never():
    def account(number, place):
        return Account(number, str(number), str(number), AccountKind.CLIENT, PostalAddress(), place=place)

    accounts = [account(1, LatLon(40.3, -77)), account(2, None), account(3, LatLon(40.1, -77)), account(4, LatLon(40.2, -77))]
    nearest = nearest_accounts(accounts, LatLon(40.0, -77), 2)
    assert [each.id for each, _metres in nearest] == [3, 4]
    assert nearest[0][1] == pytest.approx(11_119.5, abs=1)
