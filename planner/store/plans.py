"""Plans of weeks: each plan kept is a version, the newest one is shown."""

from datetime import UTC, datetime

from sqlite_utils import Database

from planner.model.calendar import IsoWeek
from planner.model.week import WeekPlan
from planner.store.plan_document import from_document, to_document


def save_plan(db: Database, plan: WeekPlan, *, sample: bool) -> int:
    """Keep a plan as the newest version of its week; returns its id."""
    row = {
        "week": str(plan.week),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "value": plan.value,
        "document": to_document(plan),
        "sample": int(sample),
    }
    plan_id: int = db.table("plans").insert(row).last_pk  # type: ignore[assignment]  # an integer key
    db.table("plan_stops").insert_all(
        {"plan_id": plan_id, "account_id": stop.account_id, "day": day.day.isoformat(), "start_s": stop.start_s}
        for day in plan.days
        for stop in day.stops
        if stop.account_id is not None
    )
    return plan_id


def newest_plan(db: Database, week: IsoWeek, *, sample: bool) -> tuple[WeekPlan, datetime] | None:
    """The plan of a week that was kept last and when, or None."""
    rows = db.table("plans").rows_where("week = ? and sample = ?", [str(week), int(sample)], order_by="id desc", limit=1)
    return next(((from_document(row["document"]), datetime.fromisoformat(row["made_at"])) for row in rows), None)


def plan_version(db: Database, week: IsoWeek, *, sample: bool) -> int:
    """How many versions of a week's plan there are."""
    return db.table("plans").count_where("week = ? and sample = ?", [str(week), int(sample)])
