from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import BadInputFile
from planner.imports.calendar import read_calendar

NEW_YORK = ZoneInfo("America/New_York")

CUSTOM_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Customized Time Zone",
    "BEGIN:STANDARD",
    "DTSTART:16011104T020000",
    "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    "TZOFFSETFROM:-0500",
    "TZOFFSETTO:-0600",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010311T020000",
    "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
    "TZOFFSETFROM:-0600",
    "TZOFFSETTO:-0500",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


def eastern(*parts):
    return datetime(*parts, tzinfo=NEW_YORK)


def event(*lines):
    return ("BEGIN:VEVENT", *lines, "END:VEVENT")


@pytest.fixture
def calendar_of(write_file):
    """Read a calendar of these lines."""

    def read(*lines, zone=""):
        return read_calendar(write_file("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])), zone)

    return read


def only(calendar_of, *lines, **options):
    (found,), problems = calendar_of(*event("UID:1", *lines), **options)
    assert problems == []
    return found


def test_a_windows_zone_in_quotes_becomes_the_iana_one(calendar_of):
    found = only(
        calendar_of,
        'DTSTART;TZID="Eastern Standard Time":20260907T083000',
        'DTEND;TZID="Eastern Standard Time":20260907T100000',
        "SUMMARY:Staff\\, all",
    )
    assert (found.uid, found.title, found.start, found.end) == ("1", "Staff, all", eastern(2026, 9, 7, 8, 30), eastern(2026, 9, 7, 10))
    assert found.start.tzinfo == NEW_YORK


def test_a_letter_folded_between_its_bytes_is_put_together(write_file):
    lines = [
        b"BEGIN:VCALENDAR",
        b"BEGIN:VEVENT",
        b"UID:1",
        b"DTSTART:20261201T090000",
        b"SUMMARY:Caf\xc3",
        b" \xa9",
        b"END:VEVENT",
        b"END:VCALENDAR",
        b"",
    ]
    (found,), _problems = read_calendar(write_file(b"\r\n".join(lines)))
    assert found.title == "Café"


def test_floating_times_are_in_the_zone_asked_for(calendar_of):
    found = only(calendar_of, "DTSTART:20260907T083000", "DURATION:PT45M", zone="America/Chicago")
    assert found.start == datetime(2026, 9, 7, 8, 30, tzinfo=ZoneInfo("America/Chicago"))
    assert found.end - found.start == timedelta(minutes=45)


def test_utc_times_stay_what_they_are(calendar_of):
    assert only(calendar_of, "DTSTART:20260907T123000Z").start == eastern(2026, 9, 7, 8, 30)


def test_a_zone_only_the_file_describes_is_understood(calendar_of):
    (found,), problems = calendar_of(*CUSTOM_ZONE, *event("UID:1", "DTSTART;TZID=Customized Time Zone:20260707T083000"))
    assert (found.start, found.start.tzinfo) == (eastern(2026, 7, 7, 9, 30), NEW_YORK)
    assert problems == []


def test_a_zone_nobody_knows_is_told(calendar_of):
    (found,), problems = calendar_of(*event("UID:1", "DTSTART;TZID=Foo:20260707T083000"))
    assert found.start == eastern(2026, 7, 7, 8, 30)
    assert "“Foo” is not known" in problems[0].text


@pytest.mark.parametrize("end", [["DTEND;VALUE=DATE:20261127"], ["DTEND;VALUE=DATE:20261126"], ["DURATION:P1D"], []])
def test_a_day_lasts_from_midnight_to_midnight(calendar_of, end):
    found = only(calendar_of, "DTSTART;VALUE=DATE:20261126", *end)
    assert (found.start, found.end, found.all_day) == (eastern(2026, 11, 26), eastern(2026, 11, 27), True)


def test_a_day_long_duration_keeps_the_hour_over_a_clock_change(calendar_of):
    found = only(calendar_of, "DTSTART;TZID=America/New_York:20261031T090000", "DURATION:P1D")
    assert found.end == eastern(2026, 11, 1, 9)


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        (["X-MICROSOFT-CDO-BUSYSTATUS:FREE"], False),
        (["X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"], True),
        (["X-MICROSOFT-CDO-BUSYSTATUS:OOF", "TRANSP:TRANSPARENT"], True),
        (["TRANSP:TRANSPARENT"], False),
        ([], True),
    ],
)
def test_free_time_blocks_nothing(calendar_of, lines, busy):
    assert only(calendar_of, "DTSTART:20261201T090000", *lines).busy is busy


def test_private_and_cancelled_are_marked(calendar_of):
    found = only(calendar_of, "DTSTART:20261201T090000", "CLASS:PRIVATE", "STATUS:CANCELLED")
    assert (found.private, found.cancelled, found.title) == (True, True, "Appointment")


def test_a_cancelling_calendar_cancels_all_it_holds(calendar_of):
    (found,), _problems = calendar_of("METHOD:CANCEL", *event("UID:1", "DTSTART:20261201T090000"))
    assert found.cancelled


def test_a_rule_is_kept_as_text_with_its_end_in_utc(calendar_of):
    assert only(calendar_of, "DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU").rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    assert "UNTIL=20261216T045959Z" in only(calendar_of, "DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY;UNTIL=20261215").rrule


def test_starts_left_out_of_a_series_are_kept_in_any_form(calendar_of):
    found = only(
        calendar_of, "DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY", "EXDATE:20261208T090000,20261215T140000Z", "EXDATE;VALUE=DATE:20261222"
    )
    assert found.exdates == (eastern(2026, 12, 8, 9), eastern(2026, 12, 15, 9), eastern(2026, 12, 22, 9))


def test_a_changed_occurrence_leaves_its_series_and_stands_alone(calendar_of):
    events, problems = calendar_of(
        *event("UID:1", "SUMMARY:Staff", "DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY"),
        *event("UID:1", "SUMMARY:Staff, later", "DTSTART:20261208T150000", "RECURRENCE-ID:20261208T090000"),
        *event("UID:1", "SUMMARY:Staff", "DTSTART:20261215T090000", "RECURRENCE-ID:20261215T090000", "STATUS:CANCELLED"),
    )
    series, moved, dropped = events
    assert problems == []
    assert (series.rrule, series.exdates) == ("FREQ=WEEKLY", (eastern(2026, 12, 8, 9), eastern(2026, 12, 15, 9)))
    assert (moved.uid, moved.start, moved.rrule) == ("1/20261208T140000Z", eastern(2026, 12, 8, 15), "")
    assert dropped.cancelled


def test_the_latest_version_of_an_appointment_counts(calendar_of):
    events, problems = calendar_of(
        *event("UID:1", "SEQUENCE:2", "SUMMARY:New", "DTSTART:20261201T100000"),
        *event("UID:1", "SEQUENCE:1", "SUMMARY:Old", "DTSTART:20261201T090000"),
    )
    assert [found.title for found in events] == ["New"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["DTSTART:tomorrow"], "DTSTART cannot be read"),
        (["DTSTART:20261301T000000"], "DTSTART cannot be read"),
        ([], "no start"),
        (["DTSTART:20261201T090000", "DTEND:20261201T080000"], "ends before it starts"),
        (["DTSTART:00010101T000000Z"], "out of reach"),
    ],
)
def test_a_broken_appointment_is_told_and_the_others_kept(calendar_of, lines, says):
    events, problems = calendar_of(*event("UID:1", "SUMMARY:Bad", *lines), *event("UID:2", "DTSTART:20261201T090000"))
    assert [found.uid for found in events] == ["2"]
    assert len(problems) == 1
    assert says in problems[0].text
    assert "“Bad”" in problems[0].text


@pytest.mark.parametrize("rule", ["FREQ=SOMETIMES", "BYDAY=MO", "FREQ=WEEKLY;INTERVAL=x", "FREQ=WEEKLY;INTERVAL=0", "FREQ=SECONDLY"])
def test_a_broken_rule_leaves_the_first_date(calendar_of, rule):
    (found,), problems = calendar_of(*event("UID:1", "DTSTART:20261201T090000", f"RRULE:{rule}"))
    assert (found.rrule, found.start) == ("", eastern(2026, 12, 1, 9))
    assert "only the first date" in problems[0].text


def test_a_left_out_date_that_cannot_be_read_is_told_and_the_series_kept(calendar_of):
    (found,), problems = calendar_of(
        *event("UID:1", "DTSTART:20261201T090000", "RRULE:FREQ=WEEKLY", "EXDATE:never", "EXDATE:20261208T090000")
    )
    assert found.exdates == (eastern(2026, 12, 8, 9),)
    assert [problem.text for problem in problems] == ["“Appointment”: the left-out date never cannot be read."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "not a whole calendar"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no appointments"),
        (b"BEGIN:VCALENDAR\r\nhello\r\nEND:VCALENDAR\r\n", "not a calendar that can be read"),
        (b"Name,City\r\nAda,Bellefonte\r\n", "not a calendar that can be read"),
        (b"", "is empty"),
    ],
)
def test_a_broken_file_is_told_plainly(write_file, content, says):
    with pytest.raises(BadInputFile, match=says):
        read_calendar(write_file(content))


PROPERTIES = st.sampled_from(
    [
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXDATE",
        "RECURRENCE-ID",
        "DTSTART;VALUE=DATE",
        "DTSTART;TZID=Foo",
        "SEQUENCE",
        "SUMMARY",
        "UID",
    ]
)
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from(
        [
            "20261201T090000",
            "20261201",
            "20261201T090000Z",
            "99991231T235959Z",
            "PT1H",
            "P1W",
            "-P1D",
            "FREQ=WEEKLY",
            "FREQ=DAILY;UNTIL=20270101",
            "FREQ=DAILY;COUNT=0",
        ]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(PROPERTIES, VALUES), max_size=8))
def test_no_appointment_raises_anything_but_bad_input_file(calendar_of, properties):
    with suppress(BadInputFile):
        events, problems = calendar_of(*event(*(f"{name}:{value}" for name, value in properties)))
        assert len(events) + len(problems) >= 1
        assert all(found.end >= found.start and found.start.astimezone(UTC) for found in events)


def test_the_real_calendar_is_read_as_it_stands(state_college):
    events, problems = read_calendar(state_college / "calendar.ics")
    assert problems == []
    assert [found.title for found in events] == [
        "Weekly sales staff meeting",
        "One-on-one: Rep A",
        "One-on-one: Rep B (phone)",
        "Thanksgiving",
        "Private",
        "Cancelled: vendor call",
    ]
    staff, biweekly, _phone, holiday, private, call = events
    assert (staff.start, staff.end, staff.rrule) == (eastern(2026, 9, 7, 8, 30), eastern(2026, 9, 7, 10), "FREQ=WEEKLY;BYDAY=MO")
    assert staff.exdates == (eastern(2026, 11, 23, 8, 30),)
    assert staff.location == "Office, 500 East College Avenue, State College, PA 16801"
    assert biweekly.rrule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    assert (holiday.all_day, holiday.busy, holiday.end) == (True, False, eastern(2026, 11, 28))
    assert (private.private, private.busy, call.cancelled) == (True, True, True)


def three_calls():
    calls = "".join(f"BEGIN:VEVENT\r\nUID:{at}\r\nSUMMARY:Call {at}\r\nDTSTART:2026120{at}T100000Z\r\nEND:VEVENT\r\n" for at in (1, 2, 3))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{calls}END:VCALENDAR\r\n"


def test_appointments_lost_with_the_lines_that_begin_or_end_them_are_told(tmp_path):
    path = tmp_path / "damaged.ics"
    text = (
        three_calls().replace("BEGIN:VEVENT\r\nUID:2", "BEGIL:VEVENT\r\nUID:2").replace("END:VEVENT\r\nEND:VCAL", "UND:VEVENT\r\nEND:VCAL")
    )
    path.write_bytes(text.encode())
    events, problems = read_calendar(path)
    assert [event.uid for event in events] == ["1"]
    assert [problem.text for problem in problems] == [
        "1 of 2 appointments could not be read: the lines that begin or end them are damaged."
    ]


def test_two_appointments_that_run_into_one_another_are_told(tmp_path):
    path = tmp_path / "damaged.ics"
    path.write_bytes(three_calls().replace("END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2", "UID:2").encode())
    events, problems = read_calendar(path)
    assert [(event.uid, event.title) for event in events] == [("1", "Call 1"), ("3", "Call 3")]
    assert [problem.text for problem in problems] == ["“Call 1”: two appointments run into one another here; the first was read."]
