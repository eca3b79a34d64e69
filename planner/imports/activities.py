"""Activities from a CRM export: reports of activities, and the events and tasks of Data Loader files."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from planner.imports.columns import RowReader, read_rows
from planner.imports.record_id import last_wins, referred_id
from planner.imports.text_table import TextTable
from planner.imports.values import calendar_day, made_up_id, moment, whole_number
from planner.model.accounts import Activity, ImportProblem
from planner.model.imports import RecordRead, TableMapping
from planner.progress import Report, silent

ATTRIBUTES = {
    "day": "day",
    "starts": "starts",
    "minutes": "minutes",
    "type": "kind",
    "subject": "subject",
    "owner": "owner",
    "status": "status",
    "note": "note",
}


def read_activities(
    table: TextTable, mapping: TableMapping, zone: ZoneInfo, report: Report = silent
) -> tuple[list[RecordRead], list[ImportProblem]]:
    """Read every activity of a table, and what is wrong with it, the table's own problems first.

    The times of Salesforce events are UTC; their day is the one in `zone`. An activity without a day is left out. One without an id is
    known by what it says, the first of several that say the same apart from the second.
    """
    problems = list(table.problems)
    activities: dict[str, RecordRead] = {}
    seen: Counter[str] = Counter()
    for row in read_rows(table, mapping.columns, problems, report):
        starts = row.value("starts", moment, "Start")
        day = row.value("day", calendar_day, "Date") or (starts.astimezone(zone).date() if starts else None)
        if day is None:
            row.tell("The activity has no date; it was left out.")
            continue
        read = _activity(row, day, starts, seen)
        last_wins(activities, read.record.crm_id, read, row, f"The activity “{read.record.subject}” ({read.record.crm_id})")
    return list(activities.values()), problems


def _activity(row: RowReader, day: date, starts: datetime | None, seen: Counter[str]) -> RecordRead:
    account, contact, name = referred_id(row, "account_id"), referred_id(row, "contact_id"), row.text("account_name")
    kind, subject, owner = row.text("type"), row.text("subject"), row.text("owner")
    key = referred_id(row, "id")
    if not key:
        identity = (account or contact or name, day.isoformat(), kind, subject, owner)
        made = made_up_id("activity", *identity)
        seen[made] += 1
        key = made if seen[made] == 1 else made_up_id("activity", *identity, str(seen[made]))
    ends = row.value("ends", moment, "End")
    minutes = row.value("minutes", whole_number, "Duration")
    if minutes is None and starts and ends and ends > starts:
        minutes = round((ends - starts).total_seconds() / 60)
    activity = Activity(
        id=0,
        crm_id=key,
        account_id=0,
        kind=kind or subject,
        day=day,
        subject=subject,
        owner=owner,
        status=row.text("status"),
        note=row.raw("note").strip(),
        starts=starts,
        minutes=minutes,
    )
    given, blank = row.given(ATTRIBUTES)
    given |= {"day", "kind"} | ({"minutes"} if minutes is not None else set())
    return RecordRead(row.file, row.line, activity, given, blank - given, account_ref=account or contact, account_name=name)
