"""Before leaving: what is ready, what is doubtful and what is missing, each with what mends it."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner.model.calendar import IsoWeek
from planner.model.tracking import Visit, VisitOutcome
from planner.progress import silent
from planner.store.accounts import account_by_id, save_accounts
from planner.usecases.backups import make_backup
from planner.usecases.export_week import export_week
from planner.usecases.log_visit import log_visit
from planner.usecases.packs import need_pack
from planner.usecases.readiness import Check, Readiness, readiness
from planner.usecases.settings import set_setting
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace, open_workspace
from planner.values import replace

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def workspace(planned_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(planned_home)


def now() -> datetime:
    return datetime.now(UTC)


def checks(workspace: Workspace, about: str, week: IsoWeek = WEEK, at: datetime | None = None) -> list[Check]:
    return [check for check in readiness(workspace, week, at or now()) if check.about == about]


def visited(workspace: Workspace) -> int:
    """An account that is visited in the week."""
    plan = load_week(workspace, WEEK)
    assert plan is not None
    return next(stop.account_id for day in plan.days for stop in day.stops if stop.account_id is not None)


def change(workspace: Workspace, **values: object) -> str:
    """Change an account of the week, a moment after the plan was made; returns its name."""
    with workspace.writing("Change", sample=True) as db:
        account = account_by_id(db, visited(workspace))
        assert account is not None
        save_accounts(db, [replace(account, **values)])
        db.execute("UPDATE plans SET made_at = ?", [(now() - timedelta(hours=1)).isoformat()])
    return account.name


def test_a_week_that_is_all_there_is_ready(workspace: Workspace):
    for suffix in ("html", "ics"):
        export_week(workspace, WEEK, suffix, workspace.exports_folder / f"{WEEK}.{suffix}", silent)
    make_backup(workspace)
    found = readiness(workspace, WEEK, now())
    states = {check.about: check.state for check in found if check.about != "Drive times"}
    assert states == dict.fromkeys(("Roads", "Plan", "Addresses", "Exports", "Backup", "Mileage"), Readiness.GOOD)
    assert not [check.fix for check in found if check.state is Readiness.GOOD and check.fix]


def test_what_is_missing_says_what_mends_it(workspace: Workspace):
    assert [(check.state, check.fix) for check in checks(workspace, "Exports")] == [
        (Readiness.DOUBT, "export-map"),
        (Readiness.DOUBT, "export-calendar"),
    ]
    assert [(check.state, check.fix) for check in checks(workspace, "Backup")] == [(Readiness.BAD, "backups")]
    assert [(check.state, check.fix) for check in checks(workspace, "Drive times")] == [(Readiness.DOUBT, "pause-drive-times")]


def test_files_older_than_the_plan_are_of_no_use(workspace: Workspace):
    workspace.exports_folder.mkdir()
    for suffix, age in (("html", timedelta(days=400)), ("ics", timedelta(0))):
        file = workspace.exports_folder / f"{WEEK}.{suffix}"
        file.write_text("x")
        os.utime(file, times=((now() - age).timestamp() + 5,) * 2)
    assert [(check.state, check.text) for check in checks(workspace, "Exports")] == [
        (Readiness.DOUBT, "The route map that was written is older than the plan."),
        (Readiness.GOOD, "The calendar of the week is written."),
    ]


def test_a_week_without_a_plan_is_not_ready_and_asks_for_no_exports(workspace: Workspace):
    other = IsoWeek(2027, 5)
    assert [(check.state, check.fix) for check in checks(workspace, "Plan", other)] == [(Readiness.BAD, "plan-week")]
    assert checks(workspace, "Exports", other) == checks(workspace, "Addresses", other) == []


def test_an_account_changed_since_makes_the_plan_doubtful_but_a_visit_logged_does_not(workspace: Workspace):
    account = visited(workspace)
    log_visit(workspace, Visit(0, account, date(2025, 11, 20), VisitOutcome.MET, sample=True))
    assert [check.state for check in checks(workspace, "Plan")] == [Readiness.GOOD]
    name = change(workspace, hours="Mo 09:00-10:00")
    (check,) = checks(workspace, "Plan")
    assert (check.state, check.fix, name in check.text) == (Readiness.DOUBT, "plan-week", True)


@pytest.mark.parametrize(("values", "state"), [({"place": None}, Readiness.BAD), ({"match_doubtful": True}, Readiness.DOUBT)])
def test_stops_whose_place_is_not_sure_are_named(workspace: Workspace, values, state):
    name = change(workspace, **values)
    (check,) = checks(workspace, "Addresses")
    assert (check.state, check.fix, name in check.text) == (state, "check-places", True)


def test_an_account_that_is_gone_is_told(workspace: Workspace):
    with workspace.writing("Delete", sample=True) as db:
        db.table("accounts").delete(visited(workspace))
    assert [(check.state, check.fix) for check in checks(workspace, "Addresses")] == [(Readiness.BAD, "plan-week")]


def test_a_backup_is_fresh_for_a_day_or_as_long_as_nothing_changes(workspace: Workspace):
    make_backup(workspace)
    later = now() + timedelta(days=3)
    assert [check.state for check in checks(workspace, "Backup", at=later)] == [Readiness.GOOD]
    set_setting(workspace, "lunch_minutes", "30")
    assert [check.state for check in checks(workspace, "Backup")] == [Readiness.GOOD]
    (check,) = checks(workspace, "Backup", at=later)
    assert (check.state, check.text, check.fix) == (Readiness.DOUBT, "The newest backup is 3 days old.", "backups")


def test_a_week_over_new_year_needs_the_mileage_rate_of_both_years(workspace: Workspace):
    set_setting(workspace, "mileage_rates", "2026 = 0.725")
    assert checks(workspace, "Mileage")[0].state is Readiness.GOOD
    (check,) = checks(workspace, "Mileage", IsoWeek(2026, 53))
    assert (check.state, check.text, check.fix) == (
        Readiness.DOUBT,
        "There is no mileage rate for 2027: the newest one before is used.",
        "page-settings",
    )


def test_a_damaged_pack_is_found_and_no_pack_as_well(workspace: Workspace, tmp_path: Path):
    with need_pack(workspace).basemap.open("r+b") as file:
        file.write(b"\x00\x00\x00\x00")
    assert next((check.state, check.fix) for check in checks(workspace, "Roads")) == (Readiness.BAD, "footprint")
    with open_workspace(tmp_path / "empty") as empty:
        (check,) = checks(empty, "Roads")
        assert (check.state, check.text, check.fix) == (Readiness.BAD, "There are no roads on this laptop.", "footprint")
