from datetime import date

import pytest

from planner.exports.wording import count, duration, length, week_name
from planner.model.calendar import IsoWeek
from planner.model.writing import Writing


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 min"), (2700, "45 min"), (7200, "2 h"), (7800, "2 h 10 min"), (3599, "1 h")])
def test_spans_of_time(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("metres", "units", "text"),
    [(10139, "miles", "6.3 mi"), (337962, "miles", "210 mi"), (0, "miles", "0.0 mi"), (6300, "kilometres", "6.3 km")],
)
def test_lengths(metres, units, text):
    assert length(metres, units) == text


def test_one_thing_and_many():
    assert (count(1, "visit"), count(2, "visit"), count(0, "visit")) == ("1 visit", "2 visits", "0 visits")


def test_a_week_is_named_by_its_number_and_days():
    assert week_name(IsoWeek(2026, 49), date(2026, 11, 30), date(2026, 12, 4)) == "Week 49 · Nov 30 \N{EN DASH} Dec 4"


def test_lengths_and_weeks_are_written_as_asked():
    german = Writing("de_DE")
    assert (length(10139, "miles", german), length(1_634_000, "kilometres", german)) == ("6,3 mi", "1634 km")
    named = week_name(IsoWeek(2026, 49), date(2026, 11, 30), date(2026, 12, 4), german, with_year=True)
    assert named == "Week 49 · 30. Nov. \N{EN DASH} 4. Dez. 2026"
