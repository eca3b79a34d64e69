"""Dates, times and numbers as the settings have them."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from planner.model.calendar import IsoWeek
from planner.settings import LOCALES, Settings
from ui.formats import use_formats
from ui.words import clock, count, distance, long_day, money, month_day, number, short_day, week_title

DAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def back(qapp):
    """What a test writes in is forgotten after it."""
    before = QLocale()
    yield
    use_formats(Settings({}))
    QLocale.setDefault(before)


def use(**values: str) -> None:
    use_formats(Settings(values))


def test_american_ones():
    use(formats="en_US")
    assert (month_day(DAY), short_day(DAY), long_day(DAY)) == ("Nov 30", "Mon 30", "Monday, November 30")
    assert (money(1_234_500), count(1310, "account"), distance(1609.344 * 6.3)) == ("$12,345", "1,310 accounts", "6.3 mi")
    assert week_title(IsoWeek(2026, 50)) == "Week 50 · Dec 7 – 11"
    assert money(None) == "–"


def test_british_ones():
    use(formats="en_GB")
    assert (month_day(DAY), long_day(DAY)) == ("30 Nov", "Monday, 30 November")
    assert week_title(IsoWeek(2026, 50)) == "Week 50 · 7 – 11 Dec"


def test_german_ones():
    use(formats="de_DE")
    assert (month_day(DAY), long_day(DAY)) == ("30. Nov.", "Montag, 30. November")
    assert (number(1310), distance(6300, "kilometres"), money(1_234_500)) == ("1.310", "6,3 km", "12.345\N{NO-BREAK SPACE}$")


def test_the_clock_has_twelve_hours_or_twenty_four():
    assert (clock(8 * 3600 + 1799), clock(14 * 3600 + 1200)) == ("8:30", "14:20")
    use(clock="12 hours")
    assert [clock(hour * 3600) for hour in (0, 8, 12, 14)] == ["12:00 AM", "8:00 AM", "12:00 PM", "2:00 PM"]


@pytest.mark.parametrize("name", [*LOCALES, "system"])
def test_every_choice_writes_something_and_says_when_it_is_news(name):
    use(formats="fr_FR" if name != "fr_FR" else "en_US")
    assert use_formats(Settings({"formats": name}))
    assert not use_formats(Settings({"formats": name}))
    assert month_day(DAY)
    assert number(1234.5, 1)
