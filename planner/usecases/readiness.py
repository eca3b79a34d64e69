"""Before leaving: whether all that a week on the road needs is on the laptop, and what to do where it is not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from planner.model.calendar import IsoWeek
from planner.model.packs import RoadPack
from planner.model.week import Stop, WeekPlan
from planner.progress import Report, part, silent
from planner.settings import mileage_rates_of
from planner.store import accounts as rows
from planner.store.backups import is_backed_up
from planner.store.journal import changes_of_account
from planner.store.plans import newest_plan
from planner.store.settings import read_settings
from planner.usecases.backups import list_backups
from planner.usecases.drive_times import missing_drive_times
from planner.usecases.packs import active_pack, verify_changed
from planner.usecases.settings import writing_in
from planner.usecases.workspace import Workspace
from planner.values import Struct

FRESH_HOURS = 24
MOST_NAMED = 3
_PLANNED_WITH = frozenset({"accounts", "locations", "opportunities", "wishes"})
"""The tables a plan is made from; a visit logged or a contact changed does not make it old."""


class Readiness(StrEnum):
    """How it stands with one thing that is needed on the road."""

    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"


class Check(Struct, frozen=True):
    """One thing that was looked at: how it stands, what it is about, a plain sentence; `fix` is the action of the window that mends it."""

    state: Readiness
    about: str
    text: str
    fix: str = ""


def readiness(workspace: Workspace, week: IsoWeek, now: datetime, report: Report = silent) -> list[Check]:
    """Look at all that a week on the road needs, in the order in which it is made; `now` is an aware time."""
    pack = active_pack(workspace)
    sample = bool(pack and pack.sample)
    with workspace.reading() as db:
        found = newest_plan(db, week, sample=sample)
        settings = read_settings(db, sample=sample)
    plan, made_at = found or (None, now)
    checks = [*_pack(pack, plan, part(report, 0.0, 0.8)), *_plan(workspace, plan, made_at)]
    if plan is not None:
        checks += [*_places(workspace, plan), *_exports(workspace, week, made_at)]
    report(0.9, "Looking at drive times and backups")
    checks += [*_drive_times(workspace, pack), _backup(workspace, now), _mileage(settings.text("mileage_rates"), week)]
    report(1.0, "Everything was looked at")
    return checks


def _pack(pack: RoadPack | None, plan: WeekPlan | None, report: Report) -> Iterator[Check]:
    if pack is None:
        yield Check(Readiness.BAD, "Roads", "There are no roads on this laptop.", "footprint")
        return
    damages = verify_changed(pack, report)
    if damages:
        yield Check(Readiness.BAD, "Roads", f"The road pack “{pack.name}” is damaged: {damages[0]}.", "footprint")
    else:
        yield Check(Readiness.GOOD, "Roads", f"The road pack “{pack.name}” is whole.")
    if plan is None:
        return
    outside = [stop.title for stop in _stops(plan) if not pack.bounds.contains(stop.place)]
    if outside:
        yield Check(Readiness.BAD, "Roads", f"{_named(outside)} outside the road pack “{pack.name}”.", "footprint")
    else:
        yield Check(Readiness.GOOD, "Roads", "The road pack covers every stop.")


def _plan(workspace: Workspace, plan: WeekPlan | None, made_at: datetime) -> Iterator[Check]:
    if plan is None:
        yield Check(Readiness.BAD, "Plan", "The week is not planned yet.", "plan-week")
        return
    with workspace.reading() as db:
        changed = [
            stop.title
            for stop in _stops(plan)
            if stop.account_id is not None
            and any(change.entry.at > made_at and change.table in _PLANNED_WITH for change in changes_of_account(db, stop.account_id))
        ]
    if changed:
        yield Check(Readiness.DOUBT, "Plan", f"Changed since the week was planned: {_list(changed)}.", "plan-week")
    else:
        yield Check(Readiness.GOOD, "Plan", f"The week is planned with {plan.visits} visits, and none of its accounts changed since.")


def _places(workspace: Workspace, plan: WeekPlan) -> Iterator[Check]:
    ids = [stop.account_id for stop in _stops(plan) if stop.account_id is not None]
    with workspace.reading() as db:
        accounts = rows.accounts_of(db, ids)
    gone = len(set(ids)) - len(accounts)
    lost = [account.name for account in accounts if account.place is None]
    doubtful = [account.name for account in accounts if account.place is not None and account.match_doubtful]
    if gone:
        yield Check(Readiness.BAD, "Addresses", f"{gone} of the accounts to visit {'is' if gone == 1 else 'are'} gone.", "plan-week")
    if lost:
        yield Check(Readiness.BAD, "Addresses", f"Without a place: {_list(lost)}.", "check-places")
    if doubtful:
        yield Check(Readiness.DOUBT, "Addresses", f"It is not sure where to find {_list(doubtful)}.", "check-places")
    if not (gone or lost or doubtful):
        yield Check(Readiness.GOOD, "Addresses", "The place of every stop is sure.")


def _exports(workspace: Workspace, week: IsoWeek, made_at: datetime) -> Iterator[Check]:
    for suffix, name, fix in (("html", "route map", "export-map"), ("ics", "calendar", "export-calendar")):
        written = _written_at(workspace.exports_folder / f"{week}.{suffix}")
        if written is None:
            yield Check(Readiness.DOUBT, "Exports", f"The {name} of the week is not written. It is only needed without this laptop.", fix)
        elif written < made_at.timestamp():
            yield Check(Readiness.DOUBT, "Exports", f"The {name} that was written is older than the plan.", fix)
        else:
            yield Check(Readiness.GOOD, "Exports", f"The {name} of the week is written.")


def _written_at(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None


def _drive_times(workspace: Workspace, pack: RoadPack | None) -> Iterator[Check]:
    if pack is None:
        return
    missing = missing_drive_times(workspace)
    if missing:
        told = writing_in(workspace).number(missing)
        yield Check(Readiness.DOUBT, "Drive times", f"Drive times of {told} places are still to be worked out.", "pause-drive-times")
    else:
        yield Check(Readiness.GOOD, "Drive times", "All drive times between accounts are kept.")


def _backup(workspace: Workspace, now: datetime) -> Check:
    backups = list_backups(workspace)
    if not backups:
        return Check(Readiness.BAD, "Backup", "There is no backup yet.", "backups")
    age = now - backups[0].made_at
    if is_backed_up(workspace.database, workspace.keys):
        return Check(Readiness.GOOD, "Backup", "Nothing was changed since the newest backup.")
    if age <= timedelta(hours=FRESH_HOURS):
        return Check(Readiness.GOOD, "Backup", f"The newest backup is from the last {FRESH_HOURS} hours.")
    days = max(1, age.days)
    return Check(Readiness.DOUBT, "Backup", f"The newest backup is {days} {'day' if days == 1 else 'days'} old.", "backups")


def _mileage(rates: str, week: IsoWeek) -> Check:
    lacking = sorted({week.day(index).year for index in range(7)} - set(mileage_rates_of(rates)))
    if lacking:
        text = f"There is no mileage rate for {' and '.join(map(str, lacking))}: the newest one before is used."
        return Check(Readiness.DOUBT, "Mileage", text, "page-settings")
    return Check(Readiness.GOOD, "Mileage", f"The mileage rate of {week.year} is known.")


def _stops(plan: WeekPlan) -> list[Stop]:
    return [stop for day in plan.days for stop in day.stops]


def _named(names: list[str]) -> str:
    return f"{_list(names)} {'lies' if len(names) == 1 else 'lie'}"


def _list(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"
