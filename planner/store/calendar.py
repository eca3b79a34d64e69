"""Appointments of the calendar as rows; moments in UTC beside the zone they were written in."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from planner.model.calendar import CalendarEvent
from planner.model.places import LatLon


def all_events(db: Database, *, sample: bool, rep: str = "") -> list[CalendarEvent]:
    """Every appointment of a rep, or her own, earliest first: the sample's, or the user's."""
    rows = db.table("events").rows_where("sample = ? and rep = ?", [int(sample), rep], order_by="start, uid")
    return [_event(row) for row in rows]


def replace_events(db: Database, events: Iterable[CalendarEvent], *, sample: bool, rep: str = "") -> None:
    """Put these appointments of a rep, or her own, in place of those with the same uids, changed occurrences ("uid/start") included.

    The same meeting in two calendars is two rows.
    """
    rows = [_row(event, sample) | {"rep": rep} for event in events]
    for row in rows:
        row["uid"] = f"{rep}|{row['uid']}" if rep else row["uid"]
    for uid in {row["uid"] for row in rows}:
        db.table("events").delete_where("uid = ? or substr(uid, 1, length(?) + 1) = ? || '/'", [uid, uid, uid])
    db.table("events").insert_all(rows, pk=("uid", "start"), replace=True)


def clear_rep_events(db: Database, rep: str, *, sample: bool) -> None:
    """Take every appointment of a rep out."""
    db.table("events").delete_where("rep = ? and sample = ?", [rep, int(sample)])


def _zone(moment: datetime) -> str:
    return getattr(moment.tzinfo, "key", "") or "UTC"


def _row(event: CalendarEvent, sample: bool) -> dict[str, Any]:
    return {
        "uid": event.uid,
        "start": event.start.astimezone(UTC).isoformat(),
        "end": event.end.astimezone(UTC).isoformat(),
        "timezone": _zone(event.start),
        "title": event.title,
        "location": event.location,
        "rrule": event.rrule,
        "exdates": json.dumps([moment.astimezone(UTC).isoformat() for moment in event.exdates]),
        "all_day": int(event.all_day),
        "busy": int(event.busy),
        "private": int(event.private),
        "cancelled": int(event.cancelled),
        "lat": event.place.lat if event.place else None,
        "lon": event.place.lon if event.place else None,
        "sample": int(sample),
    }


def _event(row: dict[str, Any]) -> CalendarEvent:
    zone = ZoneInfo(row["timezone"])

    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).astimezone(zone)

    return CalendarEvent(
        uid=row["uid"],
        title=row["title"],
        start=local(row["start"]),
        end=local(row["end"]),
        location=row["location"],
        rrule=row["rrule"],
        exdates=tuple(local(text) for text in json.loads(row["exdates"])),
        all_day=bool(row["all_day"]),
        busy=bool(row["busy"]),
        private=bool(row["private"]),
        cancelled=bool(row["cancelled"]),
        place=LatLon(row["lat"], row["lon"]) if row["lat"] is not None else None,
    )
