from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.exports.calendar import stop_uid, write_calendar
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.values import replace

CREATED = datetime(2026, 11, 23, 12, 0, 30, 5, tzinfo=UTC)
HOME = NamedPlace("Home", LatLon(40.79, -77.86))
ZONE = "America/New_York"


def stop(key, title, start_s=9 * 3600, kind=VisitKind.CAPTURE, drive_s=720, lasts_s=2700):
    return Stop(key, title, kind, LatLon(40.8, -77.9), start_s - 60, start_s, start_s + lasts_s, drive_s, 8000)


def week_of(day, *stops):
    return WeekPlan(IsoWeek.of(day), ZONE, (DayPlan(day, HOME, HOME, 8 * 3600, 18 * 3600, stops, 4500, 30_000),))


def read_back(path):
    return icalendar.Calendar.from_ical(path.read_bytes())


@pytest.fixture
def out(tmp_path):
    return tmp_path / "week.ics"


MONDAY = date(2026, 11, 30)


def test_a_stop_is_an_appointment_in_utc_with_all_outlook_wants(out):
    plan = week_of(MONDAY, stop("a1", "Ada's Bakery"))
    calendar = read_back(
        write_calendar(plan, out, CREATED, sequence=3, addresses={"a1": "1 Main St, Bellefonte, PA 16823"}, notes={"a1": "Ask for Bo"})
    )
    (event,) = calendar.events
    assert (str(calendar["method"]), str(calendar["version"])) == ("PUBLISH", "2.0")
    assert event["dtstart"].to_ical() == b"20261130T140000Z"
    assert event["dtend"].to_ical() == b"20261130T144500Z"
    assert event["dtstamp"].to_ical() == b"20261123T120030Z"
    assert (str(event["summary"]), str(event["location"]), event["sequence"]) == ("Ada's Bakery", "1 Main St, Bellefonte, PA 16823", 3)
    assert event["geo"].to_ical() == "40.8;-77.9"
    assert str(event["x-microsoft-cdo-busystatus"]) == "BUSY"
    assert str(event["description"]) == "Drive: 12 min from Home.\nThen 1 h 15 min to Home.\n\nAsk for Bo"


def test_the_drive_begins_where_the_last_stop_was(out):
    plan = week_of(MONDAY, stop("a", "Ada"), stop("b", "Bo", 36_000))
    first, second = read_back(write_calendar(plan, out, CREATED)).events
    assert str(first["description"]) == "Drive: 12 min from Home."
    assert str(second["description"]).startswith("Drive: 12 min from Ada.\n")


def test_fixed_appointments_are_not_written_again_unless_asked_for(out):
    plan = week_of(MONDAY, stop("d", "Staff meeting", kind=VisitKind.DUTY), stop("a", "Ada", 40_000))
    assert [str(event["summary"]) for event in read_back(write_calendar(plan, out, CREATED)).events] == ["Ada"]
    assert len(read_back(write_calendar(plan, out, CREATED, include_duties=True)).events) == 2


def test_a_moved_stop_keeps_its_uid_and_another_week_has_another():
    here = week_of(MONDAY, stop("a", "Ada"))
    later = week_of(date(2026, 12, 3), stop("a", "Ada Inc", 50_000))
    assert stop_uid(here, here.days[0].stops[0]) == stop_uid(later, later.days[0].stops[0])
    assert stop_uid(here, stop("a", "Ada")) != stop_uid(here, stop("b", "Ada"))
    assert stop_uid(here, stop("a", "Ada")) != stop_uid(replace(here, week=here.week.plus(1)), stop("a", "Ada"))


def test_every_line_ends_in_crlf_and_has_at_most_75_octets(out):
    plan = week_of(MONDAY, stop("a", "Fünf äußerst lange Wörter über Café Müller " * 6))
    raw = write_calendar(plan, out, CREATED, notes={"a": "é" * 400}).read_bytes()
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut in two


@pytest.mark.parametrize(
    "name", ["Hoag's; Sons, Inc", "Back\\slash", 'Say "hi"', "Yogürt Café ☕", "two\nlines", "colon: BEGIN:VEVENT", "two\r\nlines"]
)
def test_names_survive_whatever_is_in_them(out, name):
    plan = week_of(MONDAY, stop("a", name))
    (event,) = read_back(write_calendar(plan, out, CREATED, addresses={"a": name})).events
    assert str(event["summary"]) == str(event["location"]) == name.replace("\r\n", "\n")


def test_special_characters_are_escaped_on_the_wire(out):
    raw = write_calendar(week_of(MONDAY, stop("a", "A; B, C\nD\\E")), out, CREATED).read_bytes()
    assert rb"SUMMARY:A\; B\, C\nD\\E" in raw


def test_the_last_week_of_a_year_crosses_into_the_next(out):
    plan = week_of(date(2027, 1, 1), stop("a", "Ada", 22 * 3600))
    (event,) = read_back(write_calendar(plan, out, CREATED)).events
    assert str(plan.week) == "2026-W53"
    assert event["dtstart"].to_ical() == b"20270102T030000Z"


@pytest.mark.parametrize(
    ("day", "utc"), [(date(2026, 10, 31), 13), (date(2026, 11, 1), 14), (date(2026, 3, 7), 14), (date(2026, 3, 8), 13)]
)
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change(out, day, utc):
    (event,) = read_back(write_calendar(week_of(day, stop("a", "Ada")), out, CREATED)).events
    assert event["dtstart"].dt == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


def test_a_file_that_cannot_be_replaced_leaves_nothing_beside_it(tmp_path):
    target = tmp_path / "week.ics"
    target.mkdir()
    with pytest.raises(OSError, match=r"week\.ics"):
        write_calendar(week_of(MONDAY), target, CREATED)
    assert list(tmp_path.iterdir()) == [target]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120), st.integers(0, 86_000), st.integers(0, 20_000)), max_size=5),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
)
def test_whatever_is_written_is_read_back_with_the_same_starts(out, visits, day):
    stops = [stop(f"k{number}", title, start, lasts_s=lasts) for number, (title, _note, start, lasts) in enumerate(visits)]
    notes = {f"k{number}": note for number, (_title, note, _start, _lasts) in enumerate(visits)}
    events = read_back(write_calendar(week_of(day, *stops), out, CREATED, addresses=notes, notes=notes)).events
    midnight = datetime.combine(day, datetime.min.time())
    expected = [(midnight + timedelta(seconds=s.start_s)).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC) for s in stops]
    assert [event["dtstart"].dt for event in events] == expected
    assert [(event["dtend"].dt - event["dtstart"].dt).total_seconds() for event in events] == [s.leave_s - s.start_s for s in stops]
    assert all(not event.errors for event in events)
