from datetime import date, timedelta

import pytest

from planner.model.writing import USUAL_WRITING, Writing, locale_of_system

DAY = date(2026, 12, 4)
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def test_each_day_of_a_year_is_written_as_in_the_united_states():
    for day in (date(2024, 1, 1) + timedelta(days=number) for number in range(366)):
        month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
        assert (USUAL_WRITING.weekday(day), USUAL_WRITING.weekday_name(day)) == (weekday[:3], weekday)
        assert (USUAL_WRITING.month_day(day), USUAL_WRITING.long_month_day(day)) == (f"{month[:3]} {day.day}", f"{month} {day.day}")
        assert (USUAL_WRITING.full_day(day), USUAL_WRITING.month_name(day)) == (f"{month[:3]} {day.day}, 2024", month)


@pytest.mark.parametrize("amount", [0, 0.5, 1.5, -0.04, 2.675, 999.95, 1310, -1310.25, 1_234_567.891])
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_numbers_are_rounded_as_before(amount, decimals):
    assert USUAL_WRITING.number(amount, decimals) == f"{amount:,.{decimals}f}"
    assert USUAL_WRITING.number(amount, decimals, grouped=False) == f"{amount:.{decimals}f}"


@pytest.mark.parametrize(
    ("seconds", "text", "twelve"),
    [
        (0, "0:00", "12:00 AM"),
        (29, "0:00", "12:00 AM"),
        (31, "0:01", "12:01 AM"),
        (9 * 3600 + 300, "9:05", "9:05 AM"),
        (39_689, "11:01", "11:01 AM"),
        (12 * 3600, "12:00", "12:00 PM"),
        (13 * 3600 + 1770, "13:30", "1:30 PM"),
        (59_399, "16:30", "4:30 PM"),
        (86_400, "24:00", "12:00 AM"),
        (86_460, "24:01", "12:01 AM"),
    ],
)
def test_times_of_day_are_told_to_the_nearest_minute(seconds, text, twelve):
    assert (Writing().clock(seconds), Writing(twelve_hours=True).clock(seconds)) == (text, twelve)
    assert Writing("de_DE").clock(seconds) == text


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en_GB", ("Fri", "Friday", "4 Dec", "4 December", "4 Dec 2026")),
        ("de_DE", ("Fr.", "Freitag", "4. Dez.", "4. Dezember", "4. Dez. 2026")),
        ("es_ES", ("vie", "viernes", "4 dic", "4 de diciembre", "4 dic 2026")),
        ("fr_FR", ("ven.", "vendredi", "4 déc.", "4 décembre", "4 déc. 2026")),
    ],
)
def test_days_are_written_as_the_locale_has_them(locale, told):
    writing = Writing(locale)
    how = (writing.weekday, writing.weekday_name, writing.month_day, writing.long_month_day, writing.full_day)
    assert tuple(write(DAY) for write in how) == told


@pytest.mark.parametrize(
    ("locale", "number", "money", "owed"),
    [
        ("en_US", "12,345.6", "$1,250", "-$12.50"),
        ("en_GB", "12,345.6", "$1,250", "-$12.50"),
        ("de_DE", "12.345,6", "1.250\N{NO-BREAK SPACE}$", "-12,50\N{NO-BREAK SPACE}$"),
        ("fr_FR", "12\N{NARROW NO-BREAK SPACE}345,6", "1\N{NARROW NO-BREAK SPACE}250\N{NO-BREAK SPACE}$", "-12,50\N{NO-BREAK SPACE}$"),
    ],
)
def test_numbers_and_money_are_written_as_the_locale_has_them(locale, number, money, owed):
    writing = Writing(locale)
    assert (writing.number(12345.6, 1), writing.money(125_000), writing.money(-1250, 2)) == (number, money, owed)


def test_a_number_that_is_text_already_gets_the_marks_of_the_reader():
    assert Writing("de_DE").figure("+1,310.5") == "+1.310,5"
    assert Writing().figure("+1,310.5") == "+1,310.5"


@pytest.mark.parametrize("locale", ["xx_YY", "nonsense", "", "German_Germany"])
def test_what_nobody_knows_is_written_as_in_the_united_states(locale):
    assert (Writing(locale).month_day(DAY), Writing(locale).number(1234.5, 1)) == ("Dec 4", "1,234.5")


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({}, "en_US"),
        ({"LANG": "C.UTF-8"}, "en_US"),
        ({"LANG": "POSIX"}, "en_US"),
        ({"LANG": "de_DE.UTF-8"}, "de_DE"),
        ({"LANG": "de_DE.UTF-8", "LC_TIME": "fr_FR.UTF-8"}, "fr_FR"),
        ({"LANG": "de_DE@euro", "LC_ALL": ""}, "de_DE"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "en_US"),
    ],
)
def test_the_system_says_its_locale_by_variables(environment, locale):
    assert locale_of_system(environment) == locale


def test_a_system_without_variables_says_it_by_a_name_of_its_own():
    assert [locale_of_system({}, native) for native in ("German_Germany", "fr_FR", "C", "")] == ["de_DE", "fr_FR", "en_US", "en_US"]
    assert locale_of_system({"LANG": "es_ES.UTF-8"}, "German_Germany") == "es_ES"
