"""Appointments from a calendar file (RFC 5545), as Outlook and others export it."""

import re
import warnings
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from planner.errors import BadInputFile
from planner.imports.calendar_zones import CalendarZones, rule_until_utc
from planner.imports.decode import read_text
from planner.imports.values import made_up_id, one_line
from planner.model.accounts import ImportProblem
from planner.model.calendar import CalendarEvent
from planner.values import Struct, replace

_FREE = {"FREE", "WORKINGELSEWHERE"}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_YEARS = range(1900, 2200)
MOST_APPOINTMENTS = 10_000
"""Of a calendar: more take longer to read than anybody waits."""
MOST_LINES = 15 * MOST_APPOINTMENTS
_UNREAD = re.compile(
    r"(?:DESCRIPTION|COMMENT|CONTACT|ATTENDEE|ORGANIZER|ATTACH|CATEGORIES|CREATED|LAST-MODIFIED|DTSTAMP|PRIORITY|URL|GEO"
    r"|X-(?!MICROSOFT-CDO-(?:BUSY|ALLDAY)|WR-TIMEZONE)[A-Z0-9-]*)[;:]",
    re.IGNORECASE,
)
"""Lines of properties that are not read, which are most of a calendar."""


class _Entry(Struct, frozen=True):
    """One VEVENT: the appointment, its SEQUENCE, and for a changed occurrence of a series the start it had by the rule."""

    event: CalendarEvent
    sequence: int
    replaces: datetime | None


def read_calendar(path: Path, zone: str = "") -> tuple[list[CalendarEvent], list[ImportProblem]]:
    """Read every appointment of a calendar file, and what is wrong with it.

    `zone` is the IANA zone of floating times and all-day events; by default the one the file itself uses. A changed occurrence of a series
    becomes an appointment of its own, its uid the series' uid, "/" and the start it had, and is left out of the series. An appointment that
    cannot be read is told as a problem (row 0: calendar files have no rows). Raises BadInputFile when the file as a whole cannot be read.
    """
    calendars, begun = _parse(path)
    problems: list[ImportProblem] = []
    entries: list[_Entry] = []
    for calendar in calendars:
        zones = CalendarZones(calendar, zone)
        cancelled = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        for component in calendar.walk("VEVENT"):
            title = one_line(_text(component, "SUMMARY")) or "Appointment"
            told: list[str] = []
            if isinstance(component.get("UID"), list) or isinstance(component.get("DTSTART"), list):
                told.append("two appointments run into one another here; the first was read")
            try:
                entry = _entry(component, title, zones, told)
                entries.append(replace(entry, event=replace(entry.event, cancelled=True)) if cancelled else entry)
            except (ValueError, TypeError, OverflowError) as error:
                told.append(f"{error}; it was left out")
            problems += [ImportProblem(path.name, 0, f"“{title}”: {text}.") for text in told]
        problems += [
            ImportProblem(path.name, 0, f"The time zone “{tzid}” is not known; its times were read as {zones.local.key}.")
            for tzid in sorted(zones.unknown)
        ]
    lost = begun - sum(len(calendar.walk("VEVENT")) for calendar in calendars)
    if lost > 0:
        why = f"{lost:,} of {begun:,} appointments could not be read: the lines that begin or end them are damaged."
        problems.append(ImportProblem(path.name, 0, why))
    if not entries and not problems:
        raise BadInputFile(
            f"{path.name} holds no appointments.", remedy="Export the calendar again, with its details and the dates you need."
        )
    return _joined(entries, path.name, problems), problems


def _parse(path: Path) -> tuple[list[Any], int]:
    """The calendars of a file, and how many appointments it seems to hold: as many as begin in it, or end."""
    from icalendar import Calendar

    text, begun = _needed(*read_text(path, folded=True))
    if begun > MOST_APPOINTMENTS or text.count("\n") > MOST_LINES:
        raise BadInputFile(
            f"{path.name} holds too much: {begun:,} appointments.",
            f"A calendar may have {MOST_APPOINTMENTS:,}.",
            "Export it again with the dates you need only, such as this year and the next.",
        )
    try:
        with warnings.catch_warnings(action="ignore"):  # guesses about odd zone names: `CalendarZones` has its own way with them
            calendars = [part for part in Calendar.from_ical(text.lstrip("\ufeff \t\r\n"), multiple=True) if part.name == "VCALENDAR"]
    except Exception as error:  # whatever the parser trips over: it is the file that is broken
        raise BadInputFile(f"{path.name} is not a calendar that can be read.", one_line(f"{error}."), "Export it again as .ics.") from error
    if not calendars:
        raise BadInputFile(f"{path.name} is not a whole calendar.", "It is cut off, or not a calendar at all.", "Export it again as .ics.")
    return calendars, begun


def _needed(text: str, _encoding: str) -> tuple[str, int]:
    """A calendar without the properties that nobody reads, most of it often, and how many appointments begin in it, or end."""
    lines = [line for line in text.split("\n") if not _UNREAD.match(line)]
    marks = Counter(line.strip().upper() for line in lines if line[:1] in "BbEe ")
    return "\n".join([*lines, ""]), max(marks["BEGIN:VEVENT"], marks["END:VEVENT"])


def _first(component: Any, name: str) -> Any:
    """The property, or the first of several; None when there is none. Raises ValueError when it cannot be read."""
    value = component.get(name)
    value = value[0] if isinstance(value, list) else value
    if _is_broken(value):
        raise ValueError(f"{name} cannot be read: {one_line(str(value))}")
    return value


def _is_broken(value: Any) -> bool:
    """Whether the parser kept the property only as the text it could not read."""
    from icalendar.prop import vBroken

    return isinstance(value, vBroken)


def _entry(component: Any, title: str, zones: CalendarZones, told: list[str]) -> _Entry:
    began = _first(component, "DTSTART")
    if began is None:
        raise ValueError("it has no start")
    start = zones.aware(began.dt, _tzid(began))
    all_day = not isinstance(began.dt, datetime) or _upper(component, "X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE"
    end = _end(component, start, zones, whole_day=all_day)
    if start.year not in _YEARS or end.year not in _YEARS:
        raise ValueError(f"the year {start.year} is out of reach")
    replaced = _first(component, "RECURRENCE-ID")
    if replaced is not None and "THISANDFUTURE" in str(replaced.params.get("RANGE", "")).upper():
        told.append("the change is meant for this and all later dates, but only this one was changed")
    uid = _text(component, "UID").strip() or made_up_id("event", start.isoformat(), title)
    availability = _upper(component, "X-MICROSOFT-CDO-BUSYSTATUS")
    event = CalendarEvent(
        uid=uid,
        title=title,
        start=start,
        end=end,
        location=one_line(_text(component, "LOCATION")),
        rrule=_rule(component, start, told) if replaced is None else "",
        exdates=tuple(sorted(_excluded(component, start, zones, told))),
        all_day=all_day,
        busy=availability not in _FREE if availability else _upper(component, "TRANSP") != "TRANSPARENT",
        private=_upper(component, "CLASS") in {"PRIVATE", "CONFIDENTIAL"},
        cancelled=_upper(component, "STATUS") == "CANCELLED",
    )
    if "RDATE" in component:
        told.append("the extra dates of the series (RDATE) were not read")
    moment = _occurrence(replaced.dt, _tzid(replaced), start, zones) if replaced is not None else None
    sequence = _upper(component, "SEQUENCE")
    return _Entry(event, int(sequence) if sequence.isascii() and sequence.isdigit() else 0, moment)


def _tzid(value: Any) -> str:
    return str(value.params.get("TZID", ""))


def _text(component: Any, name: str) -> str:
    """The property as text, or the first of several; empty when there is none."""
    value = component.get(name, "")
    return str(value[0] if isinstance(value, list) else value)


def _upper(component: Any, name: str) -> str:
    return _text(component, name).strip().upper()


def _end(component: Any, start: datetime, zones: CalendarZones, *, whole_day: bool) -> datetime:
    """DTEND, or DTSTART and DURATION; without either an appointment lasts no time and a day all day."""
    ended, lasts = _first(component, "DTEND"), _first(component, "DURATION")
    if ended is not None:
        end = zones.aware(ended.dt, _tzid(ended))
    elif lasts is not None and isinstance(lasts.dt, timedelta):
        # days are calendar days, hours are elapsed ones (RFC 5545, 3.3.6)
        end = ((start + timedelta(days=lasts.dt.days)).astimezone(UTC) + timedelta(seconds=lasts.dt.seconds)).astimezone(start.tzinfo)
    else:
        end = start
    if end < start:
        raise ValueError("it ends before it starts")
    return start + timedelta(days=1) if whole_day and end == start else end


def _rule(component: Any, start: datetime, told: list[str]) -> str:
    """The recurrence rule, its UNTIL in UTC because the start is aware; empty when there is none or it makes no sense."""
    if "RRULE" not in component:
        return ""
    if isinstance(component["RRULE"], list):
        told.append("of its several recurrence rules only the first was read")
    try:
        rule = _first(component, "RRULE")
    except ValueError:
        rule = {}
    steps = [*rule.get("INTERVAL", []), *rule.get("COUNT", [])]
    if not set(rule.get("FREQ", [])) & _FREQUENCIES or any(step < 1 for step in steps):
        told.append("its recurrence rule cannot be read, so only the first date was kept")
        return ""
    if "UNTIL" in rule:
        rule["UNTIL"] = [rule_until_utc(until, start.tzinfo or UTC) for until in rule["UNTIL"]]
    return str(rule.to_ical().decode())


def _excluded(component: Any, start: datetime, zones: CalendarZones, told: list[str]) -> set[datetime]:
    """The starts left out of a series."""
    lists = component.get("EXDATE", [])
    found = set()
    for dates in lists if isinstance(lists, list) else [lists]:
        if _is_broken(dates):
            told.append(f"the left-out date {one_line(str(dates))} cannot be read")
            continue
        found |= {_occurrence(value.dt, _tzid(dates), start, zones) for value in dates.dts}
    return found


def _occurrence(value: date | datetime, tzid: str, start: datetime, zones: CalendarZones) -> datetime:
    """The start of an occurrence in the zone of its series; a mere date means the occurrence on that day."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(start.hour, start.minute, start.second), start.tzinfo)
    return zones.aware(value, tzid).astimezone(start.tzinfo)


def _joined(entries: list[_Entry], file: str, problems: list[ImportProblem]) -> list[CalendarEvent]:
    """The appointments, earliest first: the latest version of each, and changed occurrences taken out of their series."""
    latest: dict[tuple[str, datetime | None], _Entry] = {}
    for entry in entries:
        key = (entry.event.uid, entry.replaces)
        if key in latest:
            problems.append(
                ImportProblem(file, 0, f"“{entry.event.title}” stands in the file more than once; the latest version was kept.")
            )
        if key not in latest or entry.sequence >= latest[key].sequence:
            latest[key] = entry
    changed: dict[str, set[datetime]] = {}
    events = []
    for (uid, moment), entry in latest.items():
        if moment is not None:
            changed.setdefault(uid, set()).add(moment)
            events.append(replace(entry.event, uid=f"{uid}/{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"))
    for (uid, moment), entry in latest.items():
        if moment is None:
            left_out = {day.astimezone(entry.event.start.tzinfo) for day in changed.get(uid, set())}
            events.append(replace(entry.event, exdates=tuple(sorted({*entry.event.exdates, *left_out}))))
    return sorted(events, key=lambda event: (event.start, event.uid))
