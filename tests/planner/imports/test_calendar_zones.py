from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from planner.imports.calendar_zones import CalendarZones, known_zone, rule_until_utc

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    "name",
    [
        "America/New_York",
        "Eastern Standard Time",
        '"Eastern Standard Time"',
        "/softwarestudio.org/Olson_20011030_5/America/New_York",
        "/America/New_York",
    ],
)
def test_one_zone_goes_by_many_names(name):
    assert known_zone(name) == NEW_YORK


@pytest.mark.parametrize("name", ["", "Nowhere", "../etc/passwd", "America", "Customized Time Zone", "/", "\x00"])
def test_what_is_no_zone_is_none(name):
    assert known_zone(name) is None


def test_the_zone_asked_for_beats_the_one_of_the_file():
    calendar = icalendar.Calendar()
    calendar.add("x-wr-timezone", "Europe/Berlin")
    assert CalendarZones(calendar, "America/Chicago").local.key == "America/Chicago"
    assert CalendarZones(calendar).local.key == "Europe/Berlin"
    assert CalendarZones(icalendar.Calendar()).local == NEW_YORK


def test_an_unknown_zone_is_taken_as_the_local_one_and_noted():
    zones = CalendarZones(icalendar.Calendar())
    floating = datetime(2026, 12, 1, 9)  # noqa: DTZ001 - a floating time is what is meant
    assert zones.aware(floating, "Foo") == datetime(2026, 12, 1, 9, tzinfo=NEW_YORK)
    assert zones.unknown == {"Foo"}


def test_an_end_of_a_series_given_as_a_day_includes_that_day():
    assert rule_until_utc(date(2026, 12, 1), NEW_YORK) == datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)
    floating = datetime(2026, 12, 1, 9)  # noqa: DTZ001 - a floating time is what is meant
    assert rule_until_utc(floating, NEW_YORK) == datetime(2026, 12, 1, 14, tzinfo=UTC)
