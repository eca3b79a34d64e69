from datetime import date

import pytest

from planner.model.accounts import VisitOutcome
from planner.model.tracking import SupportKind, Visit
from ui.visits.words import names_in, next_words, outcome_words, place_of_problem, seconds_of, when_words

VISIT = Visit(1, 1, date(2026, 11, 30), VisitOutcome.MET)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", None), (" 9:00", 32_400), ("14:30", 52_200), ("2:30 pm", 52_200), ("12:05 a.m.", 300), ("12 pm", 43_200), ("7", 25_200)],
)
def test_times_are_read_as_people_write_them(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["noon", "25:00", "13:00 pm", "0:30 am", "9:75", "-1:00"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        seconds_of(text)


def test_names_are_parted_by_commas_and_each_is_said_once():
    assert names_in(" Ann  Lee, Bo; Ann Lee,,") == ("Ann Lee", "Bo")


def test_a_visit_in_words():
    helped = Visit(1, 1, date(2026, 11, 30), VisitOutcome.PHONE, support=SupportKind.RIDE_ALONG, rep="Rep A", start_s=32_400, minutes=60)
    assert outcome_words(VISIT) == "Met"
    assert outcome_words(helped) == "Ride-along with Rep A, phone instead"
    assert when_words(helped) == "Nov 30, 2026, 9:00, 60 min"
    assert when_words(VISIT) == "Nov 30, 2026"
    assert next_words(Visit(1, 1, VISIT.day, VISIT.outcome, next_step="Call", next_day=date(2026, 12, 7))) == "Call by Dec 7"


def test_a_problem_is_told_where_it_can_be_mended():
    day = VISIT.day
    assert place_of_problem(VISIT, date(2026, 11, 1)) == "when"
    assert place_of_problem(Visit(0, 1, day, VISIT.outcome, next_day=day), day) == "next"
    assert place_of_problem(Visit(0, 1, day, VISIT.outcome, support=SupportKind.COACHING), day) == "help"
    assert place_of_problem(VISIT, day) == "when"
