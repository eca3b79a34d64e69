import pytest

from planner.errors import ServerProblem
from planner.model.changes import Changes
from planner.model.places import LatLon, Match, MatchQuality
from planner.model.placing import OnlineQueue, PlaceProblem
from planner.usecases.ask_online import OnlineOutcome
from ui.places.words import at_least, candidate_words, from_pin, outcome_words, problem_words, queue_words, short_distance

PIN = LatLon(40.79, -77.86)


def test_a_problem_begins_with_a_capital_and_keeps_its_others():
    assert [problem_words(each) for each in PlaceProblem] == ["No place", "Outside the road pack", "Only its ZIP or town", "Doubtful"]


@pytest.mark.parametrize(
    ("metres", "units", "text"),
    [(36, "miles", "118 ft"), (36, "kilometres", "36 m"), (2253, "miles", "1.4 mi"), (1609, "kilometres", "1.6 km")],
)
def test_a_short_distance_is_told_in_small_units(metres, units, text):
    assert short_distance(metres, units) == text


def test_a_candidate_says_what_it_is_where_from_how_far_and_why():
    match = Match(LatLon(40.79, -77.85), MatchQuality.ROOFTOP, "gazetteer", 1.0, "1 Main St", "As written")
    assert candidate_words(match, PIN) == ("1 Main St", "Address · from the road pack · 0.5 mi from the pin · As written")
    bare = Match(PIN, MatchQuality.ZIP, "zipcodes")
    assert candidate_words(bare, PIN) == ("ZIP area", "ZIP area · from the list of ZIP codes · where the pin is now")
    assert candidate_words(bare, None)[1] == "ZIP area · from the list of ZIP codes"
    assert "Nominatim" in candidate_words(Match(PIN, MatchQuality.STREET, "nominatim", text="x"), None)[1]


def test_without_a_pin_there_is_no_distance():
    assert from_pin(PIN, None) == ""
    assert from_pin(None, PIN) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "at least 1 second"),
        (40, "at least 40 seconds"),
        (120, "at least 2 minutes"),
        (1310, "at least 22 minutes"),
        (7200, "at least 2.0 hours"),
    ],
)
def test_a_time_at_the_least(seconds, text):
    assert at_least(seconds) == text


def test_one_address_is_spoken_of_as_one():
    told = queue_words(OnlineQueue(1, 1.0, "server", True))
    assert told == "1 address is not placed well by what is on this laptop. server would be asked for it, which takes at least 1 second."


def test_an_outcome_tells_all_of_it():
    outcome = OnlineOutcome(3, 0, 5, ServerProblem("It is down."), Changes("Place 0 accounts by Nominatim"))
    assert outcome_words(outcome) == (
        "Nothing was found",
        "The server does not know 3 addresses.\nIt is down.\n5 addresses are left; look up again to go on.",
    )
