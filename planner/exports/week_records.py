"""Calendar, plans, settings and what was done as records of an export."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planner.exports.tables import Column, Records
from planner.model.accounts import Account
from planner.model.calendar import CalendarEvent
from planner.model.journal import JournalEntry
from planner.model.versions import PlanVersion
from planner.model.week import DayPlan, WeekPlan

Row = dict[str, Any]

_EVENT = (
    Column("Title", "title"),
    Column("Of Rep", "rep"),
    Column("Begins", "start"),
    Column("Ends At", "end"),
    Column("Time Zone", "timezone"),
    Column("Location", "location"),
    Column("Repeats", "rrule"),
    Column("Left Out", "exdates"),
    Column("All Day", "all_day"),
    Column("Busy", "busy"),
    Column("Private", "private"),
    Column("Cancelled", "cancelled"),
    Column("Latitude", "lat"),
    Column("Longitude", "lon"),
    Column("UID", "uid"),
)
_PLAN = (
    Column("Week", "week"),
    Column("Version", "version"),
    Column("Shown Now", "newest"),
    Column("Made At", "made_at"),
    Column("Version Name", "name"),
    Column("Came About By", "label"),
    Column("Worth", "value"),
)
_DAY = (
    Column("Week", "week"),
    Column("Version", "version"),
    Column("Day", "day"),
    Column("From", "start"),
    Column("Leave", "leave"),
    Column("To", "end"),
    Column("Back", "back"),
    Column("Lunch From", "lunch_from"),
    Column("Lunch Until", "lunch_until"),
    Column("Night Away", "away"),
    Column("Drive Seconds", "drive_s"),
    Column("Drive Metres", "drive_m"),
)
_STOP = (
    Column("Week", "week"),
    Column("Version", "version"),
    Column("Day", "day"),
    Column("Stop", "number"),
    Column("Account ID", "account_crm_id"),
    Column("What", "title"),
    Column("For", "kind"),
    Column("Arrive", "arrive"),
    Column("Visit From", "start"),
    Column("Visit Until", "leave"),
    Column("Drive Seconds", "drive_s"),
    Column("Drive Metres", "drive_m"),
    Column("Worth", "value"),
    Column("Without Fail", "mandatory"),
    Column("Locked", "lock"),
    Column("With Rep", "rep"),
    Column("Latitude", "lat"),
    Column("Longitude", "lon"),
)
_SETTING = (Column("Setting", "key"), Column("Value", "value"))
_PRESET = (Column("Preset", "name"), Column("Reads", "document"))
_STEP = (
    Column("When (UTC)", "at"),
    Column("Who", "who"),
    Column("What", "label"),
    Column("State", "state"),
    Column("Details", "details"),
)


def event_records(events: Iterable[tuple[str, CalendarEvent]]) -> Records:
    """Appointments, each with the rep whose calendar it is in; her own have none."""
    rows = [
        {"rep": rep, "uid": each.uid, "title": each.title, "start": each.start, "end": each.end, "timezone": str(each.start.tzinfo)}
        | {"location": each.location, "rrule": each.rrule, "exdates": [moment.isoformat() for moment in each.exdates]}
        | {"all_day": each.all_day, "busy": each.busy, "private": each.private, "cancelled": each.cancelled}
        | {"lat": each.place.lat if each.place else None, "lon": each.place.lon if each.place else None}
        for rep, each in events
    ]
    return Records("appointments", _EVENT, rows)


def plan_records(plans: Iterable[tuple[PlanVersion, WeekPlan | None]], by_id: Mapping[int, Account]) -> list[Records]:
    """The plans: their versions, the newest of a week first, their days and their stops; of one that cannot be read only the version."""
    versions: list[Row] = []
    days: list[Row] = []
    stops: list[Row] = []
    shown = set()
    for version, plan in plans:
        of = {"week": str(version.week), "version": version.id}
        about = {"made_at": version.made_at, "name": version.name, "label": version.label, "value": version.value}
        versions.append(of | {"newest": version.week not in shown} | about)
        shown.add(version.week)
        for day in plan.days if plan else ():
            days.append(of | _day(day))
            stops += [of | row for row in _stops(day, by_id)]
    return [Records("plans", _PLAN, versions), Records("plan-days", _DAY, days), Records("plan-stops", _STOP, stops)]


def _day(day: DayPlan) -> Row:
    return {
        "day": day.day,
        "start": day.start.name,
        "leave": _clock(day.leave_s),
        "end": day.end.name,
        "back": _clock(day.back_s),
        "lunch_from": _clock(day.lunch[0]) if day.lunch else None,
        "lunch_until": _clock(day.lunch[1]) if day.lunch else None,
        "away": day.away,
        "drive_s": day.drive_s,
        "drive_m": day.drive_m,
    }


def _stops(day: DayPlan, by_id: Mapping[int, Account]) -> Iterator[Row]:
    for number, stop in enumerate(day.stops, start=1):
        account = by_id.get(stop.account_id or 0)
        yield {
            "day": day.day,
            "number": number,
            "account_id": account.id if account else None,
            "account_crm_id": account.crm_id if account else None,
            "title": stop.title,
            "kind": stop.kind.value,
            "arrive": _clock(stop.arrive_s),
            "start": _clock(stop.start_s),
            "leave": _clock(stop.leave_s),
            "drive_s": stop.drive_s,
            "drive_m": stop.drive_m,
            "value": stop.value,
            "mandatory": stop.mandatory,
            "lock": stop.lock.value,
            "rep": stop.rep,
            "lat": stop.place.lat,
            "lon": stop.place.lon,
        }


def _clock(seconds: int) -> str:
    """Seconds after midnight as "08:30:00"."""
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


def setting_records(values: Mapping[str, str]) -> Records:
    """The settings that were changed."""
    return Records("settings", _SETTING, [{"key": key, "value": value} for key, value in sorted(values.items())])


def preset_records(presets: Mapping[str, Mapping[str, Any]]) -> Records:
    """How files are read, by name."""
    return Records("presets", _PRESET, [{"name": name, "document": document} for name, document in presets.items()])


def step_records(entries: Iterable[JournalEntry]) -> Records:
    """What was done, by whom and when, the newest first."""
    rows = [
        {"at": each.at, "who": each.who, "label": each.label, "state": each.state.value, "details": each.details or None}
        for each in entries
    ]
    return Records("history", _STEP, rows)
