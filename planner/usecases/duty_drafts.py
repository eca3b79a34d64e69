"""A recurring duty as a form has it: kept or changed as one step, and looked at before, with what it would fall upon."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.plain_text import one_line
from planner.model.rhythm import Rhythm, Unit, read_rhythm
from planner.model.week import DayPlan, VisitKind
from planner.planning.duties import duties_in
from planner.planning.opening import state_holidays
from planner.store.calendar import all_events, replace_events
from planner.store.settings import read_settings
from planner.usecases.duties import LOOK_AHEAD_DAYS, PREFIX, days_of, duty_event, duty_title, made_here, territory
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import EXACT
from planner.usecases.packs import active_pack
from planner.usecases.rep_time import rep_time
from planner.usecases.team import find_rep, list_reps
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

HOLIDAY_YEARS = 5
"""So far ahead public holidays are left out of a duty that skips them."""
SHOWN_DAYS = 5
OFFICE = "Office"
"""The location that stands for the office of the settings."""


class DutyDraft(Struct, frozen=True):
    """A duty as it is typed: from `first` on, `start_s` seconds after midnight, by a rhythm, or a rule of RFC 5545 that is none.

    `location` is empty for one wherever she is (by phone), `OFFICE`, or an address; `uid` is empty for a new one.
    """

    title: str
    first: date
    start_s: int
    minutes: int
    rhythm: Rhythm | str
    rep: str = ""
    location: str = ""
    skip_holidays: bool = True
    uid: str = ""


class Upon(StrEnum):
    """What a duty falls upon."""

    VISIT = "planned visit"
    APPOINTMENT = "appointment"
    REP = "time of the rep"


class Clash(Struct, frozen=True):
    """Something a duty falls upon on one of its days, with its time (seconds after midnight; none where the rep is not free)."""

    day: date
    upon: Upon
    title: str
    start_s: int = 0
    end_s: int = 0


class DutyPreview(Struct, frozen=True):
    """The next days of a duty, what it falls upon on these, and a note where its address cannot be placed."""

    days: tuple[date, ...]
    clashes: tuple[Clash, ...] = ()
    note: str = ""


def draft_of_duty(workspace: Workspace, uid: str, today: date) -> DutyDraft:
    """A duty that was made here as its form has it; raises UserProblem when there is none with this uid."""
    sample, _zone = territory(workspace)
    event = made_here(workspace, uid, sample=sample)
    rep = next((rep.name for rep in list_reps(workspace) if event.title.endswith(f": {rep.name}")), "")
    ahead = [today + timedelta(days=number) for number in range(LOOK_AHEAD_DAYS)]
    return DutyDraft(
        title=event.title.removesuffix(f": {rep}") if rep else event.title,
        first=event.start.date(),
        start_s=event.start.hour * 3600 + event.start.minute * 60,
        minutes=round((event.end - event.start).total_seconds() / 60),
        rhythm=read_rhythm(event.rrule, event.start.date()) or event.rrule,
        rep=rep,
        location=event.location,
        skip_holidays=not days_of(event, sorted(_holidays(workspace, ahead))),
        uid=uid,
    )


def keep_duty(workspace: Workspace, draft: DutyDraft, today: date) -> tuple[CalendarEvent, Changes]:
    """Keep a new duty, or one as it was changed, as one step; days that were left out by hand stay left out.

    It begins on the first day of its rhythm. Raises UserProblem for one that cannot be, or was taken out.
    """
    sample, _zone = territory(workspace)
    event = _event(workspace, draft, today)
    changes = Changes(f"{'Change' if draft.uid else 'Add'} duty: {event.title}", plans=True)
    with workspace.writing(changes.label, sample=sample) as db:
        replace_events(db, [event], sample=sample)
    return event, changes


def preview_duty(workspace: Workspace, draft: DutyDraft, today: date, most: int = SHOWN_DAYS) -> DutyPreview:
    """When a duty would take place next, and what it would fall upon then. Raises UserProblem for one that cannot be."""
    event = _event(workspace, draft, today)
    begin = max(today, event.start.date())
    days = sorted(days_of(event, [begin + timedelta(days=number) for number in range(LOOK_AHEAD_DAYS)]))[:most]
    start_s, end_s = draft.start_s, min(86_400, draft.start_s + draft.minutes * 60)
    pack = active_pack(workspace)
    clashes = [
        *_visits(workspace, days, start_s, end_s),
        *_appointments(workspace, event.uid, days, start_s, end_s),
        *(_of_rep(workspace, draft.rep, days, start_s, end_s) if draft.rep else ()),
    ]
    return DutyPreview(tuple(days), tuple(sorted(clashes, key=lambda clash: (clash.day, clash.start_s))), _note(pack, event.location))


def _event(workspace: Workspace, draft: DutyDraft, today: date) -> CalendarEvent:
    sample, zone = territory(workspace)
    if isinstance(draft.rhythm, Rhythm) and draft.rhythm.unit is not Unit.MONTH_DAY and not draft.rhythm.weekdays:
        raise UserProblem("The duty has no weekday.", remedy="Choose at least one.")
    known = made_here(workspace, draft.uid, sample=sample) if draft.uid else None
    named = duty_title(draft.title, find_rep(workspace, draft.rep).name if draft.rep else "")
    uid, location = draft.uid or f"{PREFIX}{uuid4()}", one_line(draft.location)
    rule = draft.rhythm.rule if isinstance(draft.rhythm, Rhythm) else draft.rhythm
    first = draft.first
    if isinstance(draft.rhythm, Rhythm):  # every second Tuesday from a Friday on begins with the very next Tuesday
        simple = duty_event(uid, named, first, draft.start_s, draft.minutes, replace(draft.rhythm, weeks=1).rule, location, zone)
        first = min(days_of(simple, [first + timedelta(days=number) for number in range(LOOK_AHEAD_DAYS)]))
    event = duty_event(uid, named, first, draft.start_s, draft.minutes, rule, location, zone)
    last = max(today, first) + timedelta(days=365 * HOLIDAY_YEARS)
    holidays = _holidays(workspace, [first + timedelta(days=number) for number in range((last - first).days)])
    by_hand = {out.date() for out in known.exdates} - holidays if known else set()
    left_out = by_hand | (days_of(event, sorted(holidays)) if draft.skip_holidays else set())
    exdates = tuple(datetime.combine(day, event.start.time(), zone) for day in sorted(left_out))
    kept = replace(event, exdates=exdates)
    if not days_of(kept, [first + timedelta(days=number) for number in range(LOOK_AHEAD_DAYS)]):
        raise UserProblem(f"The duty “{named}” never takes place.", "All of its days are left out.", "Give it other days.")
    return kept


def _holidays(workspace: Workspace, days: Sequence[date]) -> set[date]:
    sample, _zone = territory(workspace)
    with workspace.reading() as db:
        state = read_settings(db, sample=sample).text("holidays")
    return state_holidays(days, state)


def _visits(workspace: Workspace, days: Iterable[date], start_s: int, end_s: int) -> list[Clash]:
    """Visits of the newest plans at that time; appointments are asked of the calendar."""
    wanted = set(days)
    plans = [plan for week in sorted({IsoWeek.of(day) for day in wanted}) if (plan := load_week(workspace, week))]
    return [clash for plan in plans for day in plan.days if day.day in wanted for clash in _of_day(day, start_s, end_s)]


def _of_day(day: DayPlan, start_s: int, end_s: int) -> list[Clash]:
    hit = (stop for stop in day.stops if stop.kind is not VisitKind.DUTY and stop.start_s < end_s and start_s < stop.leave_s)
    return [Clash(day.day, Upon.VISIT, stop.title, stop.start_s, stop.leave_s) for stop in hit]


def _appointments(workspace: Workspace, uid: str, days: Sequence[date], start_s: int, end_s: int) -> list[Clash]:
    sample, zone = territory(workspace)
    with workspace.reading() as db:
        others = [event for event in all_events(db, sample=sample) if event.uid != uid]
    hit = (duty for duty in duties_in(others, days, zone.key) if duty.start_s < end_s and start_s < duty.end_s)
    return [Clash(duty.day, Upon.APPOINTMENT, duty.title, duty.start_s, duty.end_s) for duty in hit]


def _of_rep(workspace: Workspace, rep: str, days: Sequence[date], start_s: int, end_s: int) -> list[Clash]:
    free = rep_time(workspace, rep, days)
    return [
        Clash(day, Upon.REP, rep)
        for day, spans in zip(days, free, strict=True)
        if not any(begin <= start_s and end_s <= end for begin, end in spans)
    ]


def _note(pack: RoadPack | None, location: str) -> str:
    """Why a duty with this location blocks her time wherever she is, though it names a place; empty where it does not."""
    if not location or location.partition(",")[0].strip().lower() == OFFICE.lower():
        return ""
    if pack is None:
        return "Without a road pack its address cannot be placed: it blocks your time, and no drive to it is planned."
    with open_gazetteer(pack) as gazetteer:
        match = gazetteer.locate_text(location)
    if match.quality in EXACT:
        return ""
    return "This address is not in the road pack: the duty blocks your time, and no drive to it is planned."
