"""Calendar events become the fixed appointments of a week."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent, Duty
from planner.planning.recurrence import starts_between

DAY_S = 86_400
_MARGIN = timedelta(days=2)
"""Of time zones and of what goes over midnight."""


def duties_in(events: Sequence[CalendarEvent], days: Sequence[date], timezone: str) -> list[Duty]:
    """The occurrences of these events on these days, in order: cancelled and free ones left out, repeating ones expanded by RFC 5545.

    Times are those of a clock on the wall in `timezone`, so a meeting at 8:30 stays at 8:30 when summer time begins; one that goes over
    midnight becomes a duty on each day. Raises UserProblem when an event repeats by a rule that cannot be read.
    """
    zone = ZoneInfo(timezone)
    duties = [
        duty
        for event in events
        if event.busy and not event.cancelled and days
        for start, end in _occurrences(event, days, zone)
        for day in days
        for duty in _on_day(event, start, end, day)
    ]
    return sorted(duties, key=lambda duty: (duty.day, duty.start_s, duty.end_s, duty.title))


def _occurrences(event: CalendarEvent, days: Sequence[date], zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Begin and end of each occurrence that may touch the days, as naive local times."""
    length = event.end.replace(tzinfo=None) - event.start.replace(tzinfo=None)
    if event.start.tzinfo != event.end.tzinfo:
        length = event.end - event.start
    starts = _starts(event, min(days), max(days), length) if event.rrule else [event.start]
    left_out = {_instant(out) for out in event.exdates}
    dates_out = {out.date() for out in event.exdates} if event.all_day else set()
    spans = []
    for start in starts:
        if _instant(start) in left_out or start.date() in dates_out:
            continue
        begin, end = start, start + length
        if not event.all_day:  # an all-day event belongs to its date everywhere
            begin, end = begin.astimezone(zone), end.astimezone(zone)
        spans.append((begin.replace(tzinfo=None), end.replace(tzinfo=None)))
    return spans


def _starts(event: CalendarEvent, first: date, last: date, length: timedelta) -> list[datetime]:
    """Starts of a repeating event around some days, on the wall clock of its own zone."""
    try:
        found = starts_between(
            _naive_until(event.rrule, event.start),
            event.start.replace(tzinfo=None),
            datetime.combine(first, time()) - length - _MARGIN,
            datetime.combine(last, time()) + _MARGIN,
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise UserProblem(
            f"The appointment “{event.title}” repeats by a rule that cannot be read.",
            f"{event.rrule}: {error}.",
            "Mend it in the calendar and import it again.",
        ) from error
    return [start.replace(tzinfo=event.start.tzinfo) for start in found]


def _naive_until(rule: str, start: datetime) -> str:
    """The rule with its UNTIL on the wall clock of the event, as its start is."""
    parts = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name.strip().upper() == "UNTIL":
            value = value.strip()
            if value.upper().endswith("Z"):
                local = datetime.strptime(value.upper(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(start.tzinfo)
                value = f"{local:%Y%m%dT%H%M%S}"
            elif "T" not in value.upper():
                value += "T235959"
        parts.append(f"{name}={value}" if value else name)
    return ";".join(parts)


def _on_day(event: CalendarEvent, start: datetime, end: datetime, day: date) -> list[Duty]:
    midnight = datetime.combine(day, time())
    first = max(0, int((start - midnight).total_seconds()))
    last = min(DAY_S, int((end - midnight).total_seconds()))
    if first >= last:
        return []
    title = "Private" if event.private else event.title
    return [Duty(event.uid, title, day, first, last, event.location, event.place)]


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
