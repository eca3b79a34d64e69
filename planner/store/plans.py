"""Plans of weeks: each plan kept is a version, the newest one is shown."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.versions import PlanVersion
from planner.model.week import LeftOut, Stop, WeekPlan
from planner.store.plan_document import from_document, to_document
from planner.values import replace

KEPT = 100
"""So many versions of a week stay without a name; those with one stay until it is taken off them."""

_FORGET_OLD = """\
DELETE FROM plans WHERE week = :week AND sample = :sample AND name = '' AND id NOT IN (
    SELECT id FROM plans WHERE week = :week AND sample = :sample AND name = '' ORDER BY id DESC LIMIT :kept
)
"""
# An older version may visit an account that is gone by now: it is kept as it was, but there is nothing left to join it with.
_KEEP_STOP = "INSERT INTO plan_stops (plan_id, account_id, day, start_s) SELECT ?, id, ?, ? FROM accounts WHERE id = ?"
_VERSION = "id, week, made_at, value, name, label"


def save_plan(db: Database, plan: WeekPlan, *, sample: bool, label: str = "") -> int:
    """Keep a plan as the newest version of its week, and let go of its oldest ones without a name; returns its id.

    `label` says in plain words how it came about: "Plan week 49", "Move Uni-Mart to Wed 10:15".
    """
    row = {
        "week": str(plan.week),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "value": plan.value,
        "document": to_document(plan),
        "sample": int(sample),
        "label": label,
    }
    stops = [(day.day.isoformat(), stop.start_s, stop.account_id) for day in plan.days for stop in day.stops if stop.account_id is not None]
    with db.atomic():
        plan_id: int = db.table("plans").insert(row).last_pk  # type: ignore[assignment]  # an integer key
        db.conn.executemany(_KEEP_STOP, [(plan_id, *stop) for stop in stops])
        db.execute(_FORGET_OLD, {"week": str(plan.week), "sample": int(sample), "kept": KEPT})
    return plan_id


def newest_plan(db: Database, week: IsoWeek, *, sample: bool) -> tuple[WeekPlan, datetime] | None:
    """The plan of a week that was kept last and when, or None; raises UserProblem when it is damaged."""
    rows = db.table("plans").rows_where("week = ? and sample = ?", [str(week), int(sample)], order_by="id desc", limit=1)
    return next(((_plan(row), datetime.fromisoformat(row["made_at"])) for row in rows), None)


def plan_version(db: Database, week: IsoWeek, *, sample: bool) -> int:
    """A number that rises with every version of a week's plan: the newest one's id, 0 where there is none."""
    newest: int = db.execute("SELECT coalesce(max(id), 0) FROM plans WHERE week = ? AND sample = ?", [str(week), int(sample)]).fetchone()[0]
    return newest


def versions(db: Database, week: IsoWeek, *, sample: bool) -> list[PlanVersion]:
    """The versions of a week's plan, the newest first."""
    rows = db.table("plans").rows_where("week = ? and sample = ?", [str(week), int(sample)], select=_VERSION, order_by="id desc")
    return [_version(row) for row in rows]


def version_by_id(db: Database, version_id: int, *, sample: bool) -> PlanVersion | None:
    """One version of any week, or None."""
    rows = db.table("plans").rows_where("id = ? and sample = ?", [version_id, int(sample)], select=_VERSION)
    return next((_version(row) for row in rows), None)


def plan_by_id(db: Database, version_id: int) -> WeekPlan | None:
    """The plan of one version, or None; raises UserProblem when it is damaged."""
    return next((_plan(row) for row in db.table("plans").rows_where("id = ?", [version_id])), None)


def name_version(db: Database, version_id: int, name: str) -> None:
    """Give a version a name, so that it stays; an empty one takes its name off."""
    db.table("plans").update(version_id, {"name": name})


def planned_accounts(db: Database, *, sample: bool) -> dict[date, list[int]]:
    """The accounts that the newest plan of each week visits, by day."""
    query = (
        "SELECT day, account_id FROM plan_stops WHERE plan_id IN (SELECT max(id) FROM plans WHERE sample = ? GROUP BY week) "
        "ORDER BY day, start_s"
    )
    planned: dict[date, list[int]] = {}
    for row in db.query(query, [int(sample)]):
        planned.setdefault(date.fromisoformat(row["day"]), []).append(row["account_id"])
    return planned


def move_stops(db: Database, from_id: int, to_id: int) -> None:
    """Let the plans that visit an account visit another one instead, as far as they do not visit that one already."""
    affected = (
        "SELECT plan_id FROM plan_stops WHERE account_id = ? AND plan_id NOT IN (SELECT plan_id FROM plan_stops WHERE account_id = ?)"
    )
    for (plan_id,) in db.execute(affected, [from_id, to_id]).fetchall():
        plan = plan_by_id(db, plan_id)
        if plan is not None:
            db.table("plans").update(plan_id, {"document": to_document(_with_account(plan, from_id, to_id))})
    db.execute("UPDATE OR IGNORE plan_stops SET account_id = ? WHERE account_id = ?", [to_id, from_id])


def _with_account(plan: WeekPlan, from_id: int, to_id: int) -> WeekPlan:
    """The plan with one account in place of another, under its key."""
    old, new = f"account-{from_id}", f"account-{to_id}"

    def moved[T: (Stop, LeftOut)](one: T) -> T:
        return replace(one, account_id=to_id, key=new if one.key == old else one.key) if one.account_id == from_id else one

    days = tuple(replace(day, stops=tuple(moved(stop) for stop in day.stops)) for day in plan.days)
    terms = {new if key == old else key: lines for key, lines in plan.terms.items()}
    return replace(plan, days=days, left_out=tuple(moved(left) for left in plan.left_out), terms=terms)


def _version(row: Mapping[str, Any]) -> PlanVersion:
    made_at = datetime.fromisoformat(row["made_at"])
    return PlanVersion(row["id"], IsoWeek.parse(row["week"]), made_at, row["value"], row["name"], row["label"])


def _plan(row: Mapping[str, Any]) -> WeekPlan:
    try:
        return from_document(row["document"])
    except ValueError as error:
        raise UserProblem(
            f"Version {row['id']} of the plan of week {row['week']} cannot be read.",
            "What is kept of it is damaged.",
            f"Go back to another version of the week (roadbook versions list --week {row['week']}), or plan it again.",
        ) from error
