"""A simulated quarter on a real book of accounts: every figure of every report against a recount of what was logged, in plain Python.

Three weeks of it run with the tests, all thirteen with ROADBOOK_WEEKS=13 (make campaign).
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from quarter import SEEN, Quarter, claimed_cents, first_capture

from planner.model.accounts import AccountKind, Tier
from planner.model.calendar import IsoWeek
from planner.model.tracking import TripState
from planner.model.week import VisitKind
from planner.progress import silent
from planner.reports.periods import Period
from planner.reports.stages import Step
from planner.usecases.accounts import list_accounts
from planner.usecases.drive_times import fill_drive_times
from planner.usecases.log_visit import list_visits
from planner.usecases.merge import list_duplicates, merge_accounts
from planner.usecases.mileage import list_drives, mileage_year
from planner.usecases.reports import funnel_report, support_report, team_standings
from planner.usecases.settings import set_setting
from planner.usecases.trips import list_trips, trip_sums
from planner.usecases.workspace import Workspace

WEEKS = int(os.environ.get("ROADBOOK_WEEKS", "3"))
FIRST = IsoWeek(2026, 49)
TIER_A = 96
RATES = {2026: "0.725", 2027: "0.73"}
STEPS = {
    **dict.fromkeys(("Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis"), (Step.QUALIFIED,)),
    **dict.fromkeys(("Proposal/Price Quote", "Negotiation/Review"), (Step.QUALIFIED, Step.PROPOSAL)),
    "Closed Won": (Step.QUALIFIED, Step.PROPOSAL, Step.WON),
    "Closed Lost": (Step.LOST,),
}
"""The steps that a stage has reached, written down once more beside the program's own table."""


class Lived:
    """The quarter, the period it fills, and the day after it."""

    def __init__(self, workspace: Workspace) -> None:
        set_setting(workspace, "mileage_rates", "; ".join(f"{year} = {rate}" for year, rate in RATES.items()))
        set_setting(workspace, "weight_overdue", "2")
        set_setting(workspace, "weight_tier", "4")
        self.workspace = workspace
        self.quarter = Quarter(workspace, seed=11, tier_a=TIER_A, iterations=800)
        self.kept: list[float] = []
        for number in range(WEEKS):
            self.quarter.live(FIRST.plus(number))
            self.kept.append(self.quarter.kept(FIRST.plus(number).day(6)))
        self.period = Period(FIRST.day(0), FIRST.plus(WEEKS - 1).day(6))
        self.today = self.period.last
        self.facts = self.quarter.facts


@pytest.fixture(scope="module")
def lived(state_college_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    import shutil

    from planner.usecases.workspace import open_workspace

    home = tmp_path_factory.mktemp("quarter") / "home"
    shutil.copytree(state_college_home, home)
    with open_workspace(home) as workspace:
        for pair in list_duplicates(workspace):
            merge_accounts(workspace, pair.first.id, pair.second.id)
        fill_drive_times(workspace, silent)
        yield Lived(workspace)


def test_what_was_logged_is_what_is_kept(lived: Lived):
    kept = {visit.id: visit for visit in list_visits(lived.workspace)}
    assert kept.keys() == {fact["id"] for fact in lived.facts.visits}
    for fact in lived.facts.visits:
        visit = kept[fact["id"]]
        assert all(getattr(visit, name) == value for name, value in fact.items())
    assert lived.facts.removed == WEEKS
    assert lived.facts.moved > 0


def test_accounts_were_last_seen_when_somebody_was_met_or_called(lived: Lived):
    assert {account.id: account.last_activity for account in list_accounts(lived.workspace)} == lived.quarter.seen


def test_tier_a_is_kept_within_its_cadence(lived: Lived):
    if WEEKS < 6:
        pytest.skip("the first weeks catch up with what was overdue before")
    settled = lived.kept[5:]
    assert lived.kept[-1] >= 0.9
    assert sum(settled) / len(settled) >= 0.9


def recounted(lived: Lived, inside: set[int]) -> dict[Step, set[int]]:
    """The accounts that reached each step by a change; a later one takes those before it, and who can still be won is none lost."""
    quarter = lived.quarter
    account_of = {account.crm_id: account.id for account in quarter.accounts.values()}
    reached: dict[Step, set[int]] = {step: set() for step in (Step.QUALIFIED, Step.PROPOSAL, Step.WON, Step.LOST)}
    for deal, _day, _old, new in lived.facts.stages:
        for step in STEPS.get(new, ()):
            reached[step] |= {account_of[quarter.deals[deal].account_crm_id]} & inside
    winnable = {account_of[deal.account_crm_id] for deal in quarter.deals.values() if not quarter.stage[deal.crm_id].startswith("Closed")}
    reached[Step.LOST] -= reached[Step.WON] | winnable
    return reached


def test_the_funnel_counts_what_a_recount_counts(lived: Lived):
    quarter, facts = lived.quarter, lived.facts
    prospects = {account.id for account in quarter.accounts.values() if account.kind is AccountKind.PROSPECT}
    tried = {fact["account_id"] for fact in facts.visits if fact["kind"] is VisitKind.CAPTURE and fact["account_id"] is not None}
    inside = prospects | tried
    reached = recounted(lived, inside)
    won = [quarter.deals[deal] for deal, _day, _old, new in facts.stages if new == "Closed Won"]
    crm_ids = {quarter.accounts[account_id].crm_id for account_id in inside}
    won_cents = sum(deal.amount_cents for deal in won if deal.account_crm_id in crm_ids)
    told = funnel_report(lived.workspace, lived.period)
    assert told.total.count(Step.PROSPECT) == len(inside)
    assert told.total.count(Step.VISITED) == sum(day in lived.period for day in first_capture(facts.visits).values())
    assert {step: told.total.count(step) for step in reached} == {step: len(accounts) for step, accounts in reached.items()}
    assert told.total.won_cents == won_cents
    for lines in (told.by_rep, told.by_area):
        assert all(sum(line.count(step) for line in lines) == told.total.count(step) for step in Step)
        assert sum(line.won_cents for line in lines) == won_cents
    assert sum(line.won_cents for line in told.by_month) == won_cents


def test_the_hours_and_the_money_of_capture_add_up(lived: Lived):
    told = funnel_report(lived.workspace, lived.period).total
    minutes = sum(fact["minutes"] or 0 for fact in lived.facts.visits if fact["kind"] is VisitKind.CAPTURE)
    assert told.effort.seconds >= 60 * minutes
    spent = sum(cost["cents"] for cost in lived.facts.costs)
    assert (
        0
        < told.effort.cents
        <= spent + sum(trip_sums(lived.workspace, trip.id).mileage_cents or 0 for trip in list_trips(lived.workspace)) + 1
    )


def test_the_support_ledger_counts_what_a_recount_counts(lived: Lived):
    ledger = support_report(lived.workspace, lived.period, lived.today)
    for line in ledger.lines:
        mine = [fact for fact in lived.facts.visits if fact["rep"] == line.rep.name and fact["outcome"] in SEEN]
        assert line.times == len(mine)
        assert line.minutes == sum(fact["minutes"] or 0 for fact in mine)
        kinds = Counter(fact["support"] for fact in mine)
        assert {helped.kind: helped.times for helped in line.helped} == dict(kinds)
        rides = [fact["day"] for fact in mine if fact["support"] and fact["support"].value == "ride-along"]
        assert line.last_ride_along == max(rides, default=None)
    assert [line.need.score for line in ledger.lines] == sorted((line.need.score for line in ledger.lines), reverse=True)


def test_the_team_stands_where_a_recount_says(lived: Lived):
    quarter, facts, today = lived.quarter, lived.facts, lived.today
    month, first_of_quarter = today.replace(day=1), date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    won = [(quarter.deals[deal], day) for deal, day, _old, new in facts.stages if new == "Closed Won"]
    lately = [fact for fact in facts.visits if fact["outcome"] in SEEN and today - timedelta(days=27) <= fact["day"] <= today]
    tiers = {account.id: account.tier for account in list_accounts(lived.workspace)}
    for standing in team_standings(lived.workspace, today):
        name = standing.rep.name
        mine = {account.id for account in quarter.accounts.values() if account.owner == name}
        deals = [deal for deal in quarter.deals.values() if deal.owner == name and not quarter.stage[deal.crm_id].startswith("Closed")]
        assert standing.won_month_cents == sum(deal.amount_cents for deal, day in won if deal.owner == name and day >= month)
        assert standing.won_quarter_cents == sum(deal.amount_cents for deal, day in won if deal.owner == name and day >= first_of_quarter)
        assert standing.open_cents == sum(deal.amount_cents for deal in deals)
        assert standing.visits == sum(fact["rep"] == name or fact["account_id"] in mine for fact in lately)
        for coverage in standing.coverage:
            days = {Tier.A: 30, Tier.B: 60, Tier.C: 90}[coverage.tier]
            of_tier = [account_id for account_id in mine if tiers[account_id] is coverage.tier]
            covered = [a for a in of_tier if quarter.seen[a] and (today - quarter.seen[a]).days <= days]
            assert (coverage.covered, coverage.accounts) == (len(covered), len(of_tier))


def test_the_mileage_log_claims_what_was_confirmed_and_nothing_else(lived: Lived):
    facts = lived.facts
    assert {drive.id: (drive.day, drive.metres, drive.confirmed) for drive in list_drives(lived.workspace)} == {
        drive_id: (fact["day"], fact["metres"], fact["confirmed"]) for drive_id, fact in facts.drives.items()
    }
    for year in {fact["day"].year for fact in facts.drives.values()}:
        told = mileage_year(lived.workspace, year).totals
        of_year = [fact for fact in facts.drives.values() if fact["day"].year == year]
        assert told.whole.cents == claimed_cents(of_year, RATES)
        for month in told.months:
            sure = [fact for fact in of_year if fact["day"].month == month.month and fact["confirmed"]]
            assert month.business_m == sum(fact["metres"] for fact in sure if fact["kind"] == "business")
            assert month.commute_m == sum(fact["metres"] for fact in sure if fact["kind"] == "commute")
            open_ones = [fact for fact in of_year if fact["day"].month == month.month and not fact["confirmed"]]
            assert month.unconfirmed_m == sum(fact["metres"] for fact in open_ones)


def test_trips_come_to_their_costs_and_miles(lived: Lived):
    done = [trip for trip in list_trips(lived.workspace) if trip.state is TripState.DONE]
    assert done
    for trip in done:
        sums = trip_sums(lived.workspace, trip.id)
        assert sums.cost_cents == sum(cost["cents"] for cost in lived.facts.costs if cost["trip"] == trip.id)
        assert sums.driven_m == sum(stop.drove_m or 0 for stop in trip.stops)
