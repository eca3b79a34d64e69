"""Calendars of thousands of series: read when they are usable, told plainly when they are too much."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.errors import BadInputFile
from planner.imports.calendar import MOST_APPOINTMENTS, MOST_LINES, read_calendar
from planner.model.calendar import IsoWeek
from planner.planning.duties import duties_in

RULES = ("DAILY", "WEEKLY;BYDAY=MO,WE", "MONTHLY", "WEEKLY;INTERVAL=2", "DAILY;COUNT=9000", "DAILY;BYMONTH=2;BYMONTHDAY=31")


def calendar(path: Path, count: int, filler: str = "") -> Path:
    """Series that began years ago, the eighth of which takes place every second."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for number in range(count):
        day = date(2005, 1, 1) + timedelta(days=number % 3000)
        rule = "SECONDLY" if number == 7 else RULES[number % len(RULES)]
        lines += ["BEGIN:VEVENT", f"UID:{number}", f"SUMMARY:Series {number}", f"DTSTART;TZID=America/New_York:{day:%Y%m%d}T090000"]
        lines += ["DURATION:PT30M", f"RRULE:FREQ={rule}", f"DESCRIPTION:{filler}", "END:VEVENT"]
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    return path


def test_ten_megabytes_of_twenty_thousand_series_are_told_to_be_too_much(tmp_path):
    file = calendar(tmp_path / "all.ics", 20_000, "x" * 340)
    assert file.stat().st_size > 10_000_000
    with pytest.raises(BadInputFile, match="20,000 appointments") as told:
        read_calendar(file)
    assert "10,000" in told.value.why
    assert "dates you need" in told.value.remedy


def test_many_series_are_read_and_planned_around_and_the_one_of_every_second_is_told(tmp_path):
    events, problems = read_calendar(calendar(tmp_path / "many.ics", 600))
    assert len(events) == 600
    assert [problem.text for problem in problems] == ["“Series 7”: its recurrence rule cannot be read, so only the first date was kept."]
    week = [IsoWeek(2026, 49).day(index) for index in range(5)]
    duties = duties_in(events, week, "America/New_York")
    assert sum(duty.title == "Series 0" for duty in duties) == 5
    assert sum(duty.title == "Series 1" for duty in duties) == 2
    assert not any(duty.title in {"Series 5", "Series 7"} for duty in duties)


def test_lines_without_end_are_too_much_as_well(tmp_path):
    file = tmp_path / "lines.ics"
    file.write_text("BEGIN:VCALENDAR\n" + "SUMMARY:x\n" * (MOST_LINES + 1) + "END:VCALENDAR\n", encoding="utf-8")
    with pytest.raises(BadInputFile, match="too much"):
        read_calendar(file)


def test_what_nobody_reads_does_not_count(tmp_path):
    body = "".join(f"{name}:x\n" * 60_000 for name in ("ATTENDEE", "X-ALT-DESC;FMTTYPE=text/html", "comment"))
    file = tmp_path / "long.ics"
    event = "BEGIN:VEVENT\nUID:1\nSUMMARY:Call\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\nDTSTART:20261201T100000Z\n"
    file.write_text(f"BEGIN:VCALENDAR\n{event}{body}END:VEVENT\nEND:VCALENDAR\n", encoding="utf-8")
    (only,), problems = read_calendar(file)
    assert (only.title, only.busy, problems) == ("Call", False, [])
    assert MOST_APPOINTMENTS * 15 == MOST_LINES
