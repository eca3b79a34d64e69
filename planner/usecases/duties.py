"""Recurring duties of her own, such as a staff meeting or a one-on-one with a rep: planned around like the appointments of the calendar."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import uuid4
from zoneinfo import ZoneInfo

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent
from planner.model.changes import Changes
from planner.model.plain_text import one_line
from planner.model.rhythm import read_rhythm
from planner.planning.duties import duties_in
from planner.store.calendar import all_events, replace_events
from planner.store.duties import delete_event
from planner.store.settings import read_settings
from planner.usecases.packs import in_sample
from planner.usecases.settings import writing_in
from planner.usecases.team import find_rep
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

PREFIX = "roadbook-"
"""How the uids of duties made here begin."""
LONGEST_MINUTES = 24 * 60
LOOK_AHEAD_DAYS = 400
LONGEST_TITLE = 200


class Every(StrEnum):
    """How often a duty comes back: on the weekday, or the date, of its first day."""

    WEEK = "week"
    TWO_WEEKS = "two weeks"
    FOUR_WEEKS = "four weeks"
    MONTH = "month"


_RULES = {
    Every.WEEK: "FREQ=WEEKLY",
    Every.TWO_WEEKS: "FREQ=WEEKLY;INTERVAL=2",
    Every.FOUR_WEEKS: "FREQ=WEEKLY;INTERVAL=4",
    Every.MONTH: "FREQ=MONTHLY",
}


class RecurringDuty(Struct, frozen=True):
    """A duty that comes back: its number in the list, the appointment, and the day it takes place next, or None when that is far off."""

    number: int
    event: CalendarEvent
    next_day: date | None

    @property
    def every(self) -> str:
        """How often it comes back, in words, or the rule where there are none."""
        known = next((every.value for every, rule in _RULES.items() if rule == self.event.rrule), "")
        rhythm = read_rhythm(self.event.rrule, self.event.start.date())
        return known or (rhythm.words if rhythm else self.event.rrule)


def add_duty(
    workspace: Workspace,
    title: str,
    first: date,
    start_s: int,
    minutes: int,
    every: Every | str = Every.WEEK,
    *,
    location: str = "",
    rep: str = "",
) -> tuple[CalendarEvent, Changes]:
    """Keep a duty from its first day on, at the same time of day in her time zone; with a `rep` it is a one-on-one unless it has a title.

    `every` is how often, or an RFC 5545 rule such as "FREQ=MONTHLY;BYDAY=1TU". Raises UserProblem for one that cannot be.
    """
    sample, zone = territory(workspace)
    named = duty_title(title, find_rep(workspace, rep).name if rep else "")
    rule = _RULES[every] if isinstance(every, Every) else one_line(every).removeprefix("RRULE:")
    event = duty_event(f"{PREFIX}{uuid4()}", named, first, start_s, minutes, rule, one_line(location), zone)
    changes = Changes(f"Add duty: {named}", plans=True)
    with workspace.writing(changes.label, sample=sample) as db:
        replace_events(db, [event], sample=sample)
    return event, changes


def duty_title(title: str, rep: str) -> str:
    """What a duty is called: with a rep, “One-on-one: Ada Lovelace” or its own title before the name. Raises UserProblem when empty."""
    named = one_line(title)[:LONGEST_TITLE]
    if rep:
        named = f"{named or 'One-on-one'}: {rep}"
    if not named:
        raise UserProblem("The duty has no title.", remedy="Say what it is, such as “Staff meeting”.")
    return named


def duty_event(uid: str, named: str, first: date, start_s: int, minutes: int, rule: str, location: str, zone: ZoneInfo) -> CalendarEvent:
    """A duty as an appointment of the calendar, from its first day on; raises UserProblem for one that cannot be, or never takes place."""
    if not 0 < minutes <= LONGEST_MINUTES or not 0 <= start_s < 86_400:
        raise UserProblem("The duty has no time that can be.", remedy="Give when it begins, such as 08:30, and its minutes, up to a day.")
    begin = datetime.combine(first, time(start_s // 3600, start_s % 3600 // 60), zone)
    event = CalendarEvent(uid, named, begin, begin + timedelta(minutes=minutes), location=location, rrule=rule)
    if not days_of(event, [first + timedelta(days=number) for number in range(LOOK_AHEAD_DAYS)]):
        raise UserProblem(f"The duty “{named}” never takes place.", f"Its rule is {rule}, its first day {first}.", "Mend one of them.")
    return event


def list_duties(workspace: Workspace, today: date) -> list[RecurringDuty]:
    """The duties made here, in the order of the day they take place next."""
    sample, _zone = territory(workspace)
    with workspace.reading() as db:
        events = [event for event in all_events(db, sample=sample) if event.uid.startswith(PREFIX)]
    days = [today + timedelta(days=number) for number in range(LOOK_AHEAD_DAYS)]
    coming = {event.uid: min(days_of(event, days), default=None) for event in events}
    events.sort(key=lambda event: (coming[event.uid] or date.max, event.start.time(), event.uid))
    return [RecurringDuty(number, event, coming[event.uid]) for number, event in enumerate(events, start=1)]


def find_duty(workspace: Workspace, text: str, today: date) -> CalendarEvent:
    """The duty with this number in the list, uid, or part of its title; raises UserProblem when none or several fit."""
    duties, wanted = list_duties(workspace, today), text.strip().casefold()
    found = [duty for duty in duties if wanted in {str(duty.number), duty.event.uid}] or [
        duty for duty in duties if wanted and wanted in duty.event.title.casefold()
    ]
    if len(found) == 1:
        return found[0].event
    known = "; ".join(f"{duty.number} {duty.event.title}" for duty in duties) or "none yet"
    raise UserProblem(f"{'Several duties fit' if found else 'There is no duty'} “{text}”.", f"There is: {known}.", "Give its number.")


def delete_duty(workspace: Workspace, uid: str) -> Changes:
    """Take a duty out for good; undo brings it back. Raises UserProblem when it is none that was made here."""
    sample, _zone = territory(workspace)
    event = made_here(workspace, uid, sample=sample)
    changes = Changes(f"Delete duty: {event.title}", plans=True)
    with workspace.writing(changes.label, sample=sample) as db:
        delete_event(db, uid, sample=sample)
    return changes


def skip_duty(workspace: Workspace, uid: str, day: date) -> Changes:
    """Leave one day of a duty out; raises UserProblem when it does not take place on that day."""
    sample, _zone = territory(workspace)
    event, writing = made_here(workspace, uid, sample=sample), writing_in(workspace)
    if day not in days_of(event, [day]):
        named = f"{writing.weekday_name(day)}, {writing.month_day(day)}"
        raise UserProblem(f"“{event.title}” does not take place on {named}.", remedy="See roadbook duties list.")
    left_out = event.start.replace(year=day.year, month=day.month, day=day.day)
    changes = Changes(f"Skip {event.title} on {writing.month_day(day)}", plans=True)
    with workspace.writing(changes.label, sample=sample) as db:
        replace_events(db, [replace(event, exdates=(*event.exdates, left_out))], sample=sample)
    return changes


def made_here(workspace: Workspace, uid: str, *, sample: bool) -> CalendarEvent:
    """The duty with this uid; raises UserProblem when it is none that was made here."""
    with workspace.reading() as db:
        event = next((each for each in all_events(db, sample=sample) if each.uid == uid and uid.startswith(PREFIX)), None)
    if event is None:
        raise UserProblem("There is no such duty.", "Only those made here can be changed here.", "Change others in the calendar.")
    return event


def days_of(event: CalendarEvent, days: Sequence[date]) -> set[date]:
    """The days, of those asked about, on which a duty begins on its own clock; raises UserProblem for a rule that cannot be read."""
    begins_s = event.start.hour * 3600 + event.start.minute * 60
    return {duty.day for duty in duties_in([event], days, str(event.start.tzinfo)) if duty.start_s == begins_s}


def territory(workspace: Workspace) -> tuple[bool, ZoneInfo]:
    """Whether the sample is in use, and her time zone."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        name = read_settings(db, sample=sample).text("timezone")
    try:
        return sample, ZoneInfo(name)
    except (KeyError, ValueError) as error:
        raise UserProblem(f"“{name}” is not a time zone.", remedy="Set one such as America/New_York.") from error
