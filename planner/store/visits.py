"""Visits that happened, as rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from planner.model.accounts import VisitOutcome
from planner.model.tracking import Sentiment, SupportKind, Visit
from planner.model.week import VisitKind


def save_visit(db: Database, visit: Visit) -> int:
    """Keep a visit, a new one when its id is 0; returns its id."""
    table, row = db.table("visits"), _visit_row(visit)
    if visit.id:
        table.update(visit.id, row)
        return visit.id
    return table.insert(row).last_pk  # type: ignore[return-value]  # an integer key


def delete_visit(db: Database, visit_id: int) -> None:
    """Take a visit out."""
    db.table("visits").delete(visit_id)


def visit_by_id(db: Database, visit_id: int) -> Visit | None:
    """The visit with this id, or None."""
    return next((_visit(row) for row in db.table("visits").rows_where("id = ?", [visit_id])), None)


def all_visits(db: Database, *, sample: bool, since: date | None = None, until: date | None = None) -> list[Visit]:
    """The visits of some days (both ends included), the oldest first."""
    query = "sample = ? AND day >= ? AND day <= ?"
    span = [(since or date.min).isoformat(), (until or date.max).isoformat()]
    return [_visit(row) for row in db.table("visits").rows_where(query, [int(sample), *span], order_by="day, start_s, id")]


def visits_of(db: Database, account_id: int) -> list[Visit]:
    """The visits of an account, newest first."""
    rows = db.table("visits").rows_where("account_id = ?", [account_id], order_by="day desc, start_s desc, id desc")
    return [_visit(row) for row in rows]


def last_visits(db: Database, outcomes: Sequence[VisitOutcome]) -> dict[int, date]:
    """The newest day with one of these outcomes, by account id."""
    query = "SELECT account_id, max(day) AS day FROM visits WHERE outcome IN (SELECT value FROM json_each(?)) GROUP BY account_id"
    rows = db.query(query, [json.dumps([outcome.value for outcome in outcomes])])
    return {row["account_id"]: date.fromisoformat(row["day"]) for row in rows if row["account_id"] is not None}


def last_help(db: Database) -> dict[str, date]:
    """The newest day on which somebody was met or called together with each rep, by the rep's name."""
    query = "SELECT rep, max(day) AS day FROM visits WHERE rep <> '' AND outcome IN ('met', 'phone instead') GROUP BY rep"
    return {row["rep"]: date.fromisoformat(row["day"]) for row in db.query(query)}


def record_stage(db: Database, deal: str, day: date, before: str, after: str) -> None:
    """Remember that a deal changed its stage on a day."""
    db.table("stage_changes").insert({"id": None, "deal": deal, "day": day.isoformat(), "before": before, "after": after}, pk="id")


def stage_changes(db: Database) -> list[tuple[str, date, str, str]]:
    """Every change of a deal's stage, the oldest first: the deal, the day, the stage before and after."""
    rows = db.query("SELECT deal, day, before, after FROM stage_changes ORDER BY day, id")
    return [(row["deal"], date.fromisoformat(row["day"]), row["before"], row["after"]) for row in rows]


def _visit(row: Mapping[str, Any]) -> Visit:
    return Visit(
        id=row["id"],
        account_id=row["account_id"],
        day=date.fromisoformat(row["day"]),
        outcome=VisitOutcome(row["outcome"]),
        note=row["note"],
        kind=VisitKind(row["kind"]),
        support=SupportKind(row["support"]) if row["support"] else None,
        start_s=row["start_s"],
        minutes=row["minutes"],
        timezone=row["timezone"],
        rep=row["rep"],
        met=_lines(row["met"]),
        topics=_lines(row["topics"]),
        sentiment=Sentiment(row["sentiment"]) if row["sentiment"] else None,
        deal=row["deal"],
        stage_before=row["stage_before"],
        stage_after=row["stage_after"],
        next_step=row["next_step"],
        next_day=date.fromisoformat(row["next_day"]) if row["next_day"] else None,
        next_done=bool(row["next_done"]),
        trip_id=row["trip_id"],
        stop_key=row["stop_key"],
        sample=bool(row["sample"]),
        logged_at=datetime.fromisoformat(row["logged_at"]) if row["logged_at"] else None,
    )


def _visit_row(visit: Visit) -> dict[str, Any]:
    return {
        "account_id": visit.account_id,
        "day": visit.day.isoformat(),
        "outcome": visit.outcome.value,
        "note": visit.note,
        "kind": visit.kind.value,
        "support": visit.support.value if visit.support else "",
        "start_s": visit.start_s,
        "minutes": visit.minutes,
        "timezone": visit.timezone,
        "rep": visit.rep,
        "met": "\n".join(visit.met),
        "topics": "\n".join(visit.topics),
        "sentiment": visit.sentiment.value if visit.sentiment else "",
        "deal": visit.deal,
        "stage_before": visit.stage_before,
        "stage_after": visit.stage_after,
        "next_step": visit.next_step,
        "next_day": visit.next_day.isoformat() if visit.next_day else None,
        "next_done": int(visit.next_done),
        "trip_id": visit.trip_id,
        "stop_key": visit.stop_key,
        "sample": int(visit.sample),
        "logged_at": visit.logged_at.isoformat() if visit.logged_at else None,
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
