"""Reports from what is kept: the figures of a small book, and the same need for help as planning sees."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from small_book import account, activity, deal, helped, rep, visit

from planner.errors import UserProblem
from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.tracking import Cost, CostKind, Purpose, SupportKind, Trip, TripState, TripStop, Visit
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.reports.stages import Step
from planner.store.accounts import all_opportunities, save_accounts, save_opportunities, save_reps
from planner.store.book import save_activities
from planner.store.calendar import replace_events
from planner.store.plans import save_plan
from planner.store.trips import save_cost, save_trip
from planner.store.visits import record_stage, save_visit
from planner.usecases.accounts import list_accounts, open_opportunities
from planner.usecases.log_visit import log_visit
from planner.usecases.packs import need_pack
from planner.usecases.reports import (
    days_before,
    funnel_report,
    one_on_one_sheet,
    quiet_prospects,
    read_period,
    rep_needs,
    support_report,
    team_standings,
)
from planner.usecases.settings import get_settings
from planner.usecases.team import list_reps, team_time
from planner.usecases.workspace import Workspace
from planner.values import replace

TODAY = date(2026, 11, 30)
NEGOTIATION = "Negotiation/Review"


def put(workspace: Workspace, *, accounts: Sequence = (), deals: Sequence = (), visits: Sequence[Visit] = (), reps: Sequence = ()) -> None:
    with workspace.writing("Test") as db:
        save_accounts(db, [replace(each, id=0) for each in accounts])
        save_opportunities(db, deals)
        save_reps(db, reps, sample=False)
        for each in visits:
            save_visit(db, replace(each, id=0))


def test_the_funnel_has_the_cost_of_the_trips_that_were_made_for_it(workspace: Workspace):
    """40 miles at 72.5 cents are 29 dollars, and 31 dollars were spent: 60 in all, of which 60 of 90 minutes make 40.

    Of its driving of half an hour there and half an hour back, 40 minutes; with the hour of the visit 100 minutes, for 200 a month.
    """
    put(workspace, accounts=[account(1), account(2)], deals=[deal(1, "Closed Won", 200, close_date=TODAY)])
    first, second = list_accounts(workspace)
    metres = 32_187  # twenty miles
    stops = (
        TripStop(0, TODAY, "One", account_id=first.id, arrive_s=34_200, leave_s=37_800, metres=metres),
        TripStop(1, TODAY, "Home", arrive_s=39_600, leave_s=None, metres=metres),
    )
    with workspace.writing("Trip") as db:
        trip = save_trip(db, Trip(0, "Trip", TODAY, TODAY, TripState.DONE, Purpose.CAPTURE, "Home", 32_400, stops=stops))
        save_cost(db, Cost(0, trip, TODAY, CostKind.MEALS, 3_100))
        save_visit(db, visit(0, TODAY, first.id, minutes=60, trip_id=trip))
        save_visit(db, visit(0, TODAY, second.id, minutes=30, trip_id=trip, kind=VisitKind.CARE))
    total = funnel_report(workspace).total
    assert [total.count(step) for step in Step] == [2, 1, 1, 1, 1, 0]
    assert total.effort.cents == pytest.approx(4_000)
    assert total.effort.seconds == pytest.approx(3_600 + 2_400)
    assert (total.hours_per_thousand, total.cents_per_dollar) == (pytest.approx(100 / 60 * 5), pytest.approx(20))


def test_a_visit_that_names_no_trip_is_on_the_one_that_stopped_there_unless_it_was_cancelled(workspace: Workspace):
    put(workspace, accounts=[account(1), account(2)])
    with workspace.writing("Trip") as db:
        for number, state in ((1, TripState.DONE), (2, TripState.CANCELLED)):
            stop = TripStop(0, TODAY, "One", account_id=number, arrive_s=36_000, leave_s=39_600, metres=0)
            trip = save_trip(db, Trip(0, "Trip", TODAY, TODAY, state, Purpose.CAPTURE, "Home", 32_400, stops=(stop,)))
            save_cost(db, Cost(0, trip, TODAY, CostKind.TOLLS, 500))
            save_visit(db, visit(0, TODAY, number, minutes=60, start_s=36_000))
    effort = funnel_report(workspace).total.effort
    assert (effort.seconds, effort.cents) == (3_600 + 3_600 + 3_600, 500)  # an hour each, and an hour on the road to the first


def test_a_trip_of_a_year_before_all_rates_costs_no_mileage(workspace: Workspace):
    put(workspace, accounts=[account(1)])
    day = date(2019, 12, 31)
    with workspace.writing("Trip") as db:
        stop = TripStop(0, day, "One", arrive_s=36_000, leave_s=39_600, metres=50_000)
        trip = save_trip(db, Trip(0, "Old", day, day, TripState.DONE, Purpose.CAPTURE, "Home", 32_400, stops=(stop,)))
        save_visit(db, visit(0, day, 1, minutes=60, trip_id=trip))
    assert funnel_report(workspace).total.effort.cents == 0


def test_a_stage_logged_at_a_visit_is_a_step_of_its_month(workspace: Workspace):
    put(workspace, accounts=[account(1)], deals=[deal(1, "Prospecting", 300)])
    log_visit(workspace, visit(0, date(2025, 11, 20), 1, deal="d1", stage_after=NEGOTIATION))
    november, december = (funnel_report(workspace, read_period(month)).total for month in ("2025-11", "2025-12"))
    assert [november.count(step) for step in Step] == [1, 1, 1, 1, 0, 0]
    assert [december.count(step) for step in Step] == [1, 0, 0, 0, 0, 0]


def test_a_prospect_with_an_open_next_step_is_not_quiet(workspace: Workspace):
    old = TODAY - timedelta(days=50)
    put(
        workspace,
        accounts=[account(1), account(2), account(3)],
        visits=[visit(0, old, 1), visit(0, old, 2, next_step="Call"), visit(0, old, 3, next_step="Call", next_done=True)],
    )
    assert [one.account.id for one in quiet_prospects(workspace, TODAY)] == [1, 3]
    assert quiet_prospects(workspace, TODAY, 51) == []


def test_the_need_for_help_says_its_terms(workspace: Workspace):
    """600 of 1,000 expected: half of the 40 % it lacks; 12 of 30 days: half of 40 %."""
    put(
        workspace,
        accounts=[account(1)],
        deals=[deal(1, NEGOTIATION, 1_200), deal(1, "Closed Won", 9_000, crm_id="x")],
        reps=[rep("Ada"), rep("Ben", 0)],
        visits=[helped(0, TODAY - timedelta(days=12), SupportKind.COACHING)],
    )
    needs = rep_needs(workspace, TODAY)
    assert needs["Ada"].score == pytest.approx(0.2 + 0.2)
    assert needs["Ada"].why == "last helped 12 days ago; the pipeline covers 60 % of the quota"
    assert [term.points for term in needs["Ada"].terms] == [pytest.approx(0.2), pytest.approx(0.2)]
    assert (needs["Ben"].score, needs["Ben"].why) == (0.5, "never helped yet; no quota is known")
    ledger = support_report(workspace, days_before(TODAY, 28), TODAY)
    assert [(line.rep.name, line.times) for line in ledger.lines] == [("Ben", 0), ("Ada", 1)]
    assert ledger.target_days == 30


def test_the_team_has_its_figures_and_the_next_duties(workspace: Workspace):
    put(
        workspace,
        accounts=[account(1, last_activity=TODAY - timedelta(days=60)), account(2, last_activity=TODAY - timedelta(days=61))],
        deals=[deal(1, NEGOTIATION, 1_200), deal(2, "Closed Won", 250)],
        reps=[rep("Ada")],
    )
    zone = ZoneInfo("America/New_York")
    begin = datetime(2026, 11, 24, 14, tzinfo=zone)
    with workspace.writing("Test") as db:
        record_stage(db, "d2", TODAY, NEGOTIATION, "Closed Won")
        save_activities(db, [replace(activity(0, TODAY, "Visit"), account_id=1)])
        event = CalendarEvent("x", "One-on-one: Ada", begin, begin + timedelta(minutes=45), rrule="FREQ=WEEKLY;INTERVAL=2")
        private = replace(event, uid="y", title="Lunch with Ada", private=True)
        replace_events(db, [event, private], sample=False)
    (ada,) = team_standings(workspace, TODAY)
    assert (ada.month_attainment, ada.quarter_attainment, ada.weighted_cents) == (0.25, 250 / 3_000, 60_000)
    assert ada.activities == (("Visit", 1),)
    assert [(each.covered, each.accounts) for each in ada.coverage] == [(1, 2)]  # account 1 was visited today
    assert [(duty.day, duty.title) for duty in ada.duties] == [
        (date(2026, 12, 8), "One-on-one: Ada"),
        (date(2026, 12, 22), "One-on-one: Ada"),
    ]


def test_the_sheet_of_a_one_on_one_knows_what_the_journal_and_the_plan_know(workspace: Workspace):
    today = datetime.now(UTC).date() + timedelta(days=1)
    put(
        workspace,
        accounts=[account(1), account(2, owner="Ben")],
        deals=[deal(1, "Prospecting", close_date=date(2027, 1, 10))],
        reps=[rep("Ada"), rep("Ben")],
        visits=[helped(0, today - timedelta(days=6), SupportKind.ONE_ON_ONE, topics=("Pricing",), next_step="Role play")],
    )
    with workspace.writing("Import") as db:
        (known,) = all_opportunities(db)
        save_opportunities(db, [replace(known, close_date=date(2027, 2, 10)), deal(1, "Prospecting", crm_id="new", name="New one")])
    home, point = NamedPlace("Home", LatLon(40, -77)), LatLon(40.1, -77)
    week = IsoWeek.of(today)
    stops = tuple(Stop(f"account-{k}", f"Account {k}", VisitKind.CAPTURE, point, s := 30_000 + k, s, s + 60, 1, 1, 1.0, k) for k in (1, 2))
    days = (DayPlan(today, home, home, 28_800, 61_200, stops, 600, 5_000),)
    with workspace.writing("Plan") as db:
        save_plan(db, WeekPlan(week, "America/New_York", days), sample=False)
    sheet = one_on_one_sheet(workspace, "ada", today)
    assert (sheet.rep.name, sheet.since, sheet.met_before) == ("Ada", today - timedelta(days=6), True)
    assert [each.name for each in sheet.new_deals] == ["New one"]  # those of the first import were there all along
    assert [(each.name, before) for each, before in sheet.slipped] == [("Deal 1", date(2027, 1, 10))]
    assert [step.text for step in sheet.next_steps] == ["Role play"]
    assert [one.topics for one in sheet.coached] == [("Pricing",)]
    assert [late.account.name for late in sheet.overdue] == ["Account 1"]
    assert sheet.ride_along is not None
    assert (sheet.ride_along.day, [stop.title for stop in sheet.ride_along.stops]) == (today, ["Account 1"])


def test_a_rep_nobody_knows_is_told(workspace: Workspace):
    with pytest.raises(UserProblem, match="No rep is called"):
        one_on_one_sheet(workspace, "Zoe", TODAY)


def test_nothing_kept_gives_empty_reports(workspace: Workspace):
    assert funnel_report(workspace).total.count(Step.PROSPECT) == 0
    assert quiet_prospects(workspace, TODAY) == []
    assert support_report(workspace, days_before(TODAY, 28), TODAY).lines == ()
    assert team_standings(workspace, TODAY) == ()


def test_planning_and_the_report_see_the_same_need(sample_home: Path, copy_of: Callable[[Path], Workspace]):
    workspace = copy_of(sample_home)
    with workspace.writing("Test", sample=True) as db:
        save_visit(db, replace(helped(0, date(2026, 11, 20), SupportKind.COACHING, list_reps(workspace)[0].name), sample=True))
    _team, needs = team_time(workspace, need_pack(workspace), [TODAY], get_settings(workspace), open_opportunities(workspace))
    assert {name: need.score for name, need in rep_needs(workspace, TODAY).items()} == pytest.approx(needs)
    assert len(set(needs.values())) > 1
