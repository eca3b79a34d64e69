import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.places import LatLon, MatchQuality

ALDER, BIRCH = LatLon(40.0, -77.0), LatLon(40.1, -77.0)
DOWNTOWN = LatLon(40.7934, -77.8600)
SCRAPS = ("12", "Main", "st", "E", "ham", "17001", "#", "1/2", "Ste", "route", "45", "valey")


def texts(gazetteer, text, near=None, limit=8):
    return [match.text for match in gazetteer.suggest(text, near, limit)]


def test_equally_good_ones_come_nearest_first(gazetteer):
    assert texts(gazetteer, "main st", BIRCH) == ["Main Street, Birchwood PA 17002", "Main Street, Alder Falls PA 17001"]
    assert texts(gazetteer, "main st", ALDER) == ["Main Street, Alder Falls PA 17001", "Main Street, Birchwood PA 17002"]


def test_the_town_behind_the_street_decides(gazetteer):
    assert texts(gazetteer, "main birch", ALDER) == ["Main Street, Birchwood PA 17002"]
    assert texts(gazetteer, "main st 17002", ALDER) == ["Main Street, Birchwood PA 17002"]


@pytest.mark.parametrize(
    ("text", "first", "quality"),
    [
        ("birchw", "Birchwood, PA", MatchQuality.CITY),
        ("1700", "17001, Alder Falls PA", MatchQuality.ZIP),
        ("quar", "Quarry Lane, Birchwood PA 17002", MatchQuality.STREET),
        ("vall pri", "Valley Printing, Alder Falls PA", MatchQuality.BUSINESS),
        ("9 Quarry Lane", "9 Quarry Lane, Birchwood PA 17002", MatchQuality.ROOFTOP),
        ("9 quar", "9 Quarry Lane, Birchwood PA 17002", MatchQuality.ROOFTOP),
        ("16 e ham", "16 East Hamilton Avenue, Alder Falls PA 17001", MatchQuality.INTERPOLATED),
        ("66-121 kam", "66-121 Kamehameha Highway, Birchwood PA 17002", MatchQuality.ROOFTOP),
    ],
)
def test_each_kind_of_place_is_found_and_says_its_kind(gazetteer, text, first, quality):
    match = gazetteer.suggest(text, ALDER)[0]
    assert (match.text, match.quality, match.source) == (first, quality, "gazetteer")
    assert match.point is not None


@pytest.mark.parametrize(
    "text", ["e hamilton ave", "east ham", "E. HAMILTON AV", "e hamitlon", "east hamilon ave", "hamliton", "esat hamilton"]
)
def test_directions_kinds_and_letters_may_be_short_or_wrong(gazetteer, text):
    assert "East Hamilton Avenue, Alder Falls PA 17001" in texts(gazetteer, text, ALDER)


def test_a_mended_text_is_less_sure(gazetteer):
    assert gazetteer.suggest("hamitlon")[0].score < gazetteer.suggest("hamilton")[0].score


def test_a_direction_that_the_map_does_not_have_is_forgiven(gazetteer):
    assert texts(gazetteer, "w quarry ln") == ["Quarry Lane, Birchwood PA 17002"]


def test_an_unfinished_number_offers_the_houses_that_begin_like_it(gazetteer):
    found = texts(gazetteer, "11 main", ALDER)
    assert found[0] == "11 Main Street, Alder Falls PA 17001" or found[0] == "110 Main Street, Alder Falls PA 17001"
    assert "110 Main Street, Alder Falls PA 17001" in found
    assert "110 Main Street, Birchwood PA 17002" in found


def test_a_number_narrows_to_the_street_that_is_named(state_college):
    for text in ("500 e coll", "500 e colege av"):
        assert all("East College Avenue" in found for found in texts(state_college, text, DOWNTOWN))


def test_a_suite_behind_the_street_does_no_harm(gazetteer):
    assert texts(gazetteer, "12 w hamilton ave suite 4")[0] == "12 West Hamilton Avenue, Alder Falls PA 17001"


def test_a_road_is_found_by_its_route_number(gazetteer):
    assert texts(gazetteer, "pa 45")[0] == "Earlystown Road, Alder Falls PA 17001"
    assert texts(gazetteer, "200 route 45")[0] == "200 Earlystown Road, Alder Falls PA 17001"


@pytest.mark.parametrize("text", ["", " ", "zzz", '"; DROP TABLE search', "* OR 1", "AND(", "(((", "\x00", "12", "12 ", "\ud800"])
def test_texts_that_mean_nothing_find_nothing_and_do_no_harm(gazetteer, text):
    assert gazetteer.suggest(text) == []


def test_no_more_than_asked_for_come_back(gazetteer):
    assert len(gazetteer.suggest("main st", limit=1)) == 1
    assert gazetteer.suggest("main st", limit=0) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30) | st.lists(st.sampled_from(SCRAPS), max_size=7).map(" ".join))
def test_whatever_is_typed_each_place_comes_once(gazetteer, text):
    found = texts(gazetteer, text, ALDER)
    assert len(found) == len(set(found)) <= 8


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("colege ave", "West College Avenue, State College PA 16801"),
        ("stte college", "State College, PA"),
        ("walmrt", "Walmart Supercenter, 1665 North Atherton Street, State College PA"),
        ("500 e coll", "500 East College Avenue, State College PA 16801"),
        ("500 e colege", "500 East College Avenue, State College PA 16801"),
        ("50 e coll", "500 East College Avenue, State College PA 16801"),
        ("500 E College Ave, State College, PA 16801", "500 East College Avenue, State College PA 16801"),
        ("168", "16801, State College PA"),
        ("us 322", "South Atherton Street, State College PA 16801"),
        ("wendys", "Wendy's, 1610 North Atherton Street, State College PA"),
    ],
)
def test_real_names_are_found_as_people_type_them(state_college, text, wanted):
    assert wanted in texts(state_college, text, DOWNTOWN)


def test_no_street_of_a_town_is_offered_twice(state_college):
    for text in ("college", "main", "north atherton", "park", "s allen", "pine"):
        labels = [
            match.text.rsplit(" ", 1)[0] for match in state_college.suggest(text, DOWNTOWN, 20) if match.quality is MatchQuality.STREET
        ]
        assert len(labels) == len(set(labels))


def test_a_wrong_letter_in_a_long_word_still_finds_the_street(state_college):
    chance = random.Random(5)
    for name in ("Atherton", "Fairmount", "Beaver Avenue", "Hamilton", "Whitehall Road", "Waupelani Drive", "Easterly Parkway"):
        word = name.split()[0].lower()
        at = chance.randrange(1, len(word) - 1)
        wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        assert any(name in text for text in texts(state_college, wrong, DOWNTOWN)), wrong
