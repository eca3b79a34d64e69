"""The main job on real roads and a real book of accounts, checked without the planner's own evaluator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from kept_rules import check_day

from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.imports import KindCounts, RecordKind
from planner.model.places import MatchQuality
from planner.model.week import VisitKind, WeekPlan, WhyNot
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.packs import active_pack
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.settings import get_settings
from planner.usecases.week import load_week, week_routes
from planner.usecases.workspace import Workspace

WEEK = IsoWeek(2026, 49)
FILES = ("accounts.csv", "opportunities.csv", "reps.csv", "calendar.ics", "billing.txt", "activities.csv")


@dataclass
class Planned:
    workspace: Workspace
    plan: WeekPlan
    accounts: dict[int, Account]


@pytest.fixture(scope="module")
def planned(state_college_home: Path):
    from planner.usecases.workspace import open_workspace

    with open_workspace(state_college_home) as workspace:
        plan = plan_week(workspace, WEEK, PlanOptions(seconds=2.0), silent).plan
        yield Planned(workspace, plan, {account.id: account for account in list_accounts(workspace)})


def test_all_accounts_are_in_with_their_places_and_qualities(planned: Planned):
    accounts = list(planned.accounts.values())
    assert len(accounts) == 990
    assert sum(account.duplicate_of is not None for account in accounts) in range(20, 28)
    placed = [account for account in accounts if account.place is not None]
    assert len(placed) >= 0.95 * len(accounts)
    assert all(account.match_quality is not MatchQuality.NONE for account in placed)
    assert all(account.match_note for account in accounts if account.place is None)
    po_boxes = [account for account in accounts if account.address.street.upper().replace(".", "").startswith("PO BOX")]
    assert po_boxes
    assert not any(account.match_quality is MatchQuality.ROOFTOP for account in po_boxes)


def test_the_meetings_of_the_calendar_are_kept(planned: Planned):
    days = {day.day.weekday(): day for day in planned.plan.days}
    staff = next(stop for stop in days[0].stops if "staff meeting" in stop.title.lower())
    assert (staff.start_s, staff.leave_s) == (8.5 * 3600, 10 * 3600)
    one_on_one = next(stop for stop in days[1].stops if "Rep A" in stop.title)
    assert (one_on_one.start_s, one_on_one.leave_s) == (14 * 3600, 14.75 * 3600)
    assert staff.place == one_on_one.place
    assert [(block.start_s, block.end_s) for block in days[2].blocks] == [(16 * 3600, 17.5 * 3600)]
    assert [(block.start_s, block.end_s) for block in days[4].blocks] == [(15.5 * 3600, 16.25 * 3600)]
    assert not any("vendor" in stop.title for day in planned.plan.days for stop in day.stops)


def test_the_days_keep_every_rule(planned: Planned):
    settings = get_settings(planned.workspace)
    seen: set[int] = set()
    assert planned.plan.visits >= 20
    for day in planned.plan.days:
        check_day(day, settings)
        for stop in day.stops:
            assert stop.account_id is None or stop.account_id not in seen
            seen.add(stop.account_id or 0)


def test_every_visit_is_inside_the_opening_hours_of_its_account(planned: Planned):
    from opening_hours import OpeningHours

    checked = 0
    for day in planned.plan.days:
        for stop in day.stops:
            account = planned.accounts.get(stop.account_id or -1)
            if account is None or not account.hours:
                continue
            midnight = datetime.combine(day.day, time())
            hours = OpeningHours(account.hours)
            for moment in (stop.start_s, (stop.start_s + stop.leave_s) // 2, stop.leave_s - 60):
                assert hours.is_open(midnight + timedelta(seconds=moment)), f"{account.name} {account.hours} at {day.day} {moment}"
            checked += 1
    assert checked > 3


def test_drive_times_equal_the_engines_own_route(planned: Planned):
    routes = week_routes(planned.workspace, planned.plan, silent)
    for day in planned.plan.days:
        if not day.stops:
            continue
        drives = [stop.drive_s for stop in day.stops] + [day.last_drive_s]
        metres = [stop.drive_m for stop in day.stops] + [day.last_drive_m]
        legs = routes[day.day].legs
        assert len(legs) == len(drives)
        for leg, seconds, length in zip(legs, drives, metres, strict=True):
            assert abs(leg.seconds - seconds) <= 2
            assert abs(leg.metres - length) <= max(20, 0.01 * length)


def test_every_account_is_either_in_the_plan_or_out_with_a_reason(planned: Planned):
    inside = {stop.account_id for day in planned.plan.days for stop in day.stops if stop.account_id}
    outside = {left.account_id for left in planned.plan.left_out}
    assert inside.isdisjoint(outside)
    assert inside | outside == set(planned.accounts)
    assert all(left.text for left in planned.plan.left_out)
    duplicates = {account.id for account in planned.accounts.values() if account.duplicate_of is not None}
    assert duplicates <= {left.account_id for left in planned.plan.left_out if left.reason is WhyNot.DUPLICATE}
    assert all(stop.kind is VisitKind.DUTY or planned.plan.terms[stop.key] for day in planned.plan.days for stop in day.stops)


def test_planning_again_is_never_worse(planned: Planned, state_college_home: Path):
    again = plan_week(planned.workspace, WEEK, PlanOptions(seconds=0.5, seed=7), silent).plan
    assert again.value >= planned.plan.value - 1e-6
    assert load_week(planned.workspace, WEEK) == again


def test_importing_the_same_files_again_changes_nothing(state_college_home: Path, shared_data: Path, copy_of: Callable[[Path], Workspace]):
    workspace = copy_of(state_college_home)
    outcome = import_accounts(workspace, [shared_data / "accounts" / "state-college" / name for name in FILES], silent)
    assert outcome.of(RecordKind.ACCOUNTS) == KindCounts(unchanged=990)
    assert not any(counts.added or counts.changed or counts.removed for counts in outcome.counts.values())


def test_the_pack_is_the_one_in_use(planned: Planned):
    pack = active_pack(planned.workspace)
    assert pack is not None
    assert pack.name == "State College"
    assert pack.source == "state-college.osm.pbf"
    assert pack.bounds.contains(next(a.place for a in planned.accounts.values() if a.place))


def test_with_the_drive_times_kept_a_plan_needs_no_engine(planned: Planned):
    from planner.usecases.drive_times import fill_drive_times, missing_drive_times

    places = fill_drive_times(planned.workspace, silent)
    assert places >= 950
    assert missing_drive_times(planned.workspace) == 0
    planned.workspace.release_engine()
    plan_week(planned.workspace, WEEK.plus(1), PlanOptions(seconds=1.0), silent)
    assert planned.workspace._engines == {}
