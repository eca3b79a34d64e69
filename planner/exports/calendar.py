"""The planned visits as a calendar file that Outlook opens (RFC 5545)."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan

_NOTHING: Mapping[str, str] = {}


def write_calendar(
    plan: WeekPlan,
    out: Path,
    created: datetime,
    sequence: int = 0,
    addresses: Mapping[str, str] = _NOTHING,
    notes: Mapping[str, str] = _NOTHING,
    *,
    include_duties: bool = False,
) -> Path:
    """Write the stops of a week as appointments and return `out`; a file that is there already is replaced when the new one is whole.

    `addresses` and `notes` are by the key of a stop. Fixed appointments are left out unless
    `include_duties`: they are in the calendar already.
    A stop keeps its UID while it stays in the week, so importing a later version (a higher `sequence`) moves the appointment.
    `created` is the aware time of writing. Raises OSError when the file cannot be written.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Roadbook//Week of visits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Visits {plan.week}")
    stamp = created.astimezone(UTC).replace(microsecond=0)
    for day in plan.days:
        for stop, description in _described(day):
            if stop.kind is not VisitKind.DUTY or include_duties:
                text = "\n\n".join(part for part in (description, notes.get(stop.key, "")) if part)
                calendar.add_component(_event(plan, day, stop, stamp, sequence, addresses.get(stop.key, ""), text))
    beside = out.with_name(f"{out.name}.part")
    try:
        beside.write_bytes(calendar.to_ical())
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return out


def stop_uid(plan: WeekPlan, stop: Stop) -> str:
    """The UID of a stop's appointment: the same for the same key in the same week, whatever the day and hour."""
    return f"{uuid5(NAMESPACE_URL, f'roadbook:{plan.week}:{stop.key}')}@roadbook"


def _event(plan: WeekPlan, day: DayPlan, stop: Stop, stamp: datetime, sequence: int, address: str, description: str) -> Any:
    from icalendar import Event

    # clock times are wall times, so a day on which the clocks change still has its visit at 10:00
    midnight = datetime.combine(day.day, time())
    start = (midnight + timedelta(seconds=stop.start_s)).replace(tzinfo=ZoneInfo(plan.timezone)).astimezone(UTC)
    event = Event()
    event.add("uid", stop_uid(plan, stop))
    event.add("dtstamp", stamp)
    event.add("sequence", sequence)
    event.add("summary", _clean(stop.title))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(seconds=stop.leave_s - stop.start_s))
    if address:
        event.add("location", _clean(address))
    event.add("geo", (stop.place.lat, stop.place.lon))
    event.add("description", _clean(description))
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("x-microsoft-cdo-busystatus", "BUSY")
    return event


def _described(day: DayPlan) -> Iterator[tuple[Stop, str]]:
    """Each stop of a day with the drive that leads to it, the last one with the drive that ends the day."""
    came_from = day.start.name
    for number, stop in enumerate(day.stops, start=1):
        text = f"Drive: {_minutes(stop.drive_s)} from {came_from}."
        if number == len(day.stops):
            text += f"\nThen {_minutes(day.last_drive_s)} to {day.end.name}."
        yield stop, text
        came_from = stop.title


def _minutes(seconds: int) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def _clean(text: str) -> str:
    """Text without what a calendar file cannot hold: control characters and halves of characters; line breaks become plain ones."""
    return "".join(c for c in "\n".join(text.splitlines()) if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
