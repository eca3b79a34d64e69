"""Dates, times and numbers as the settings have them."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from planner.model.calendar import IsoWeek
from planner.settings import LOCALES, Settings
from ui.formats import has_twelve_hours, use_formats
from ui.words import (
    as_plain,
    as_typed,
    clock,
    count,
    distance,
    full_day,
    hour_mark,
    long_day,
    money,
    month_day,
    near_day,
    number,
    short_day,
    times,
    typed,
    week_title,
)

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
    assert (full_day(DAY), near_day(DAY)) == ("30 Nov 2026", "Mon, 30 Nov")
    assert week_title(IsoWeek(2026, 50)) == "Week 50 · 7 – 11 Dec"


def test_german_ones():
    use(formats="de_DE")
    assert (month_day(DAY), long_day(DAY)) == ("30. Nov.", "Montag, 30. November")
    assert full_day(DAY) == "30. Nov. 2026"
    assert (number(1310), distance(6300, "kilometres"), money(1_234_500)) == ("1.310", "6,3 km", "12.345\N{NO-BREAK SPACE}$")


def test_the_clock_has_twelve_hours_or_twenty_four():
    assert (clock(8 * 3600 + 1799), clock(14 * 3600 + 1200)) == ("8:30", "14:20")
    use(clock="12 hours")
    assert [clock(hour * 3600) for hour in (0, 8, 12, 14)] == ["12:00 AM", "8:00 AM", "12:00 PM", "2:00 PM"]


def test_where_both_halves_of_the_day_are_the_same_it_is_said_once():
    use(clock="12 hours")
    assert (times(8 * 3600, 9 * 3600), times(11 * 3600, 13 * 3600)) == ("8:00–9:00 AM", "11:00 AM–1:00 PM")
    assert [hour_mark(hour) for hour in (0, 9, 12)] == ["12 AM", "9 AM", "12 PM"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("1.024,50 $", "$1024.50"), ("24,5", "24.5"), ("1.500", "1500"), ("24.50", "24.50"), ("1,2,3", "1,2,3"), ("-3,2", "-3.2")],
)
def test_what_is_typed_with_decimal_commas_is_read_with_them(text, plain):
    use(formats="de_DE")
    assert as_plain(text) == plain


@pytest.mark.parametrize("name", LOCALES)
def test_what_is_written_into_a_field_is_read_back(name):
    use(formats=name)
    assert as_plain(typed(1310.5)) == "1310.5"
    assert as_plain(money(123_456_750, 2)) in {"$1,234,567.50", "$1234567.50"}
    assert as_plain(as_typed("1,024.50")).replace(",", "") == "1024.50"


@pytest.mark.parametrize("name", [*LOCALES, "system"])
def test_every_choice_writes_something_and_says_when_it_is_news(name):
    use(formats="fr_FR" if name != "fr_FR" else "en_US")
    assert use_formats(Settings({"formats": name}))
    assert not use_formats(Settings({"formats": name}))
    assert month_day(DAY)
    assert number(1234.5, 1)


@pytest.mark.parametrize(("of_system", "twelve_hours"), [("en_US", True), ("en_GB", False), ("de_DE", False), ("C", False)])
def test_the_time_of_day_is_told_as_the_system_tells_it_unless_set(monkeypatch, of_system, twelve_hours):
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(of_system)))
    use()
    assert has_twelve_hours() is twelve_hours
    use(clock="12 hours")
    assert has_twelve_hours()
    use(clock="24 hours")
    assert not has_twelve_hours()
