"""Recurring duties in the words of the window."""

from collections.abc import Sequence

from planner.model.rhythm import Rhythm, read_rhythm
from planner.usecases.duties import RecurringDuty
from planner.usecases.duty_drafts import OFFICE, Clash, DutyPreview, Upon
from ui.words import clock, full_day, month_day, near_day, number, times

BY_PHONE = "By phone"


def rhythm_words(rhythm: Rhythm | str, start_s: int) -> str:
    """How often and when: "Every second Tuesday at 9:00"."""
    often = rhythm.words if isinstance(rhythm, Rhythm) else f"by its own rule ({rhythm})"
    until = f", until {full_day(rhythm.until)}" if isinstance(rhythm, Rhythm) and rhythm.until else ""
    return f"{often[:1].upper()}{often[1:]} at {clock(start_s)}{until}"


def duty_row(duty: RecurringDuty) -> tuple[str, ...]:
    """The row of a duty in the list: what, how often and when, how long, where, and its next day."""
    event = duty.event
    start_s = event.start.hour * 3600 + event.start.minute * 60
    minutes = round((event.end - event.start).total_seconds() / 60)
    rhythm = read_rhythm(event.rrule, event.start.date()) or event.rrule
    coming = near_day(duty.next_day) if duty.next_day else "None ahead"
    return event.title, rhythm_words(rhythm, start_s), f"{minutes} min", event.location or BY_PHONE, coming


def next_words(preview: DutyPreview) -> str:
    """The next days in one line: "Next: Tue, Dec 1 · Tue, Dec 15"."""
    return "Next: " + " · ".join(near_day(day) for day in preview.days) if preview.days else "It has no day ahead."


def clash_lines(clashes: Sequence[Clash], most: int = 5) -> list[str]:
    """What a duty falls upon, a line each with its days, and how many more there are."""
    days: dict[str, list[str]] = {}
    for clash in clashes:
        days.setdefault(_upon(clash), []).append(month_day(clash.day))
    lines = [f"{upon}: {', '.join(on)}" for upon, on in days.items()]
    return lines[:most] + ([f"… and {number(len(lines) - most)} more"] if len(lines) > most else [])


def _upon(clash: Clash) -> str:
    if clash.upon is Upon.REP:
        return f"{clash.title} is not free"
    what = "the planned visit to " if clash.upon is Upon.VISIT else ""
    return f"Falls upon {what}{clash.title}, {times(clash.start_s, clash.end_s)}"


def is_office(location: str) -> bool:
    """Whether a location is that of the office."""
    return location.strip().lower() == OFFICE.lower()
