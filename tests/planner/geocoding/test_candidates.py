from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.geocoding.candidates import candidates
from planner.geocoding.offline import Gazetteer
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress


def nearest(found, point):
    """The rank of the first candidate at a place."""
    return next(rank for rank, match in enumerate(found) if match.point.metres_to(point) < 50)


def test_the_same_number_in_the_other_town_and_the_other_direction_are_shown(gazetteer, valley):
    found = candidates(PostalAddress("12 Hamilton Ave", "Alder Falls", "PA", "17001"), "", gazetteer)
    for street in ("East Hamilton Avenue", "West Hamilton Avenue"):
        assert nearest(found, valley.truth[12, street, "Alder Falls", "17001"]) < 2
    found = candidates(PostalAddress("110 Main St", "Alder Falls", "PA", "17001"), "", gazetteer)
    assert nearest(found, valley.truth[110, "Main Street", "Alder Falls", "17001"]) == 0
    there = found[nearest(found, valley.truth[110, "Main Street", "Birchwood", "17002"])]
    assert there.text == "110 Main Street, Birchwood PA 17002"
    assert there.doubtful


def test_a_post_office_box_may_be_the_business_of_that_name_or_the_middle_of_its_zip(gazetteer):
    found = candidates(PostalAddress("PO Box 9", "Alder Falls", "PA", "17001"), "Valley Printing", gazetteer)
    assert [match.quality for match in found[:2]] == [MatchQuality.BUSINESS, MatchQuality.ZIP]
    assert (found[0].text, found[0].note) == ("Valley Printing, Alder Falls PA", "A business of a like name")


def test_what_a_server_said_is_among_them(gazetteer):
    said = Match(LatLon(40.05, -77.05), MatchQuality.ROOFTOP, "nominatim", 1.0, "12 Elm Street, Alder Falls PA")
    nothing = Match(None, MatchQuality.NONE, "nominatim")
    found = candidates(PostalAddress("12 Elm St", "Alder Falls", "PA", "17001"), "", gazetteer, [said, nothing])
    assert (found[0].point, found[0].note) == (said.point, "Found by the server")


def test_they_are_few_placed_apart_and_the_best_first(state_college):
    found = candidates(PostalAddress("101 Main St", "State College", "PA", "16801"), "Irving's Bagels", state_college)
    assert 4 <= len(found) <= 8
    assert all(match.point and match.text and match.note for match in found)
    assert all(one.point.metres_to(other.point) >= 50 for one in found for other in found if one is not other)
    assert found[0].score == max(match.score for match in found)


def test_of_a_far_town_only_its_own_middle_is_shown(gazetteer):
    found = candidates(PostalAddress("110 Main St", "Toledo", "OH", "43604"), "", gazetteer)
    assert [match.text for match in found] == ["Middle of ZIP 43604", "Middle of Toledo"]


def test_without_a_road_pack_there_are_the_zip_and_the_town():
    found = candidates(PostalAddress("500 E College Ave", "State College", "PA", "16803"))
    assert [match.text for match in found] == ["Middle of ZIP 16803", "Middle of State College"]


@given(st.lists(st.text(max_size=20), min_size=5, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_text_has_at_most_eight(gazetteer, parts):
    *address, name = parts
    assert len(candidates(PostalAddress(*address), name, gazetteer)) <= 8


@pytest.fixture(scope="module")
def sample_gazetteer(sample_home: Path):
    (file,) = sample_home.glob("packs/*/gazetteer.sqlite")
    with Gazetteer(file) as opened:
        yield opened


def test_the_sample_territory_has_candidates_for_its_own_houses(sample_gazetteer):
    (first, *_) = sample_gazetteer.suggest("1 main")
    text, town = first.text.split(", ")
    found = candidates(PostalAddress(text, town.rsplit(" ", 2)[0], "", ""), "", sample_gazetteer)
    assert nearest(found, first.point) == 0
