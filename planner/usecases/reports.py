"""Reports about pipeline and team: funnel, quiet prospects, support ledger, how it stands with each rep, the sheet of a one-on-one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from planner.model.accounts import Account, Activity, Opportunity, Rep
from planner.model.calendar import Duty, IsoWeek
from planner.model.tracking import Cost, Trip, TripState, Visit
from planner.model.week import Stop
from planner.planning.duties import duties_in
from planner.planning.value import RIDE_ALONG_DAYS, cadence_of, help_needed
from planner.reports.effort import TripEffort, efforts
from planner.reports.funnel import Funnel, FunnelLine, funnel
from planner.reports.one_on_one import DealNews, OneOnOne, one_on_one, since_last
from planner.reports.periods import ALWAYS, Period, days_before, month_of, quarter_of, read_period
from planner.reports.pipeline import StageChange
from planner.reports.quiet import QUIET_DAYS, Quiet, gone_quiet
from planner.reports.stages import Step
from planner.reports.support import Need, SupportLedger, SupportLine, need_of, support_ledger
from planner.reports.team import Coverage, Overdue, RepStanding, team_report
from planner.settings import Settings, mileage_rates_of
from planner.store import accounts as rows
from planner.store import book
from planner.store import visits as visit_rows
from planner.store.calendar import all_events
from planner.store.deal_history import deal_history
from planner.store.settings import read_settings
from planner.store.trips import all_costs, all_trips
from planner.store.wishes import all_wishes
from planner.tracking.next_steps import open_steps
from planner.tracking.trip_sums import trip_sums
from planner.tracking.trips import visit_of_stop
from planner.usecases.accounts import list_accounts, open_opportunities
from planner.usecases.packs import in_sample
from planner.usecases.settings import writing_of
from planner.usecases.team import find_rep
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

__all__ = [
    "ALWAYS",
    "QUIET_DAYS",
    "Coverage",
    "Funnel",
    "FunnelLine",
    "Need",
    "OneOnOne",
    "Overdue",
    "Period",
    "Quiet",
    "RepStanding",
    "Step",
    "SupportLedger",
    "SupportLine",
    "days_before",
    "funnel_report",
    "month_of",
    "one_on_one_sheet",
    "quarter_of",
    "quiet_prospects",
    "read_period",
    "rep_needs",
    "support_report",
    "team_standings",
]

DUTY_DAYS = 28
"""So far ahead the next duties with each rep are looked for."""
PLANNED_WEEKS = 3
"""So many weeks, from this one on, a ride-along is proposed in."""


class _Facts(Struct, frozen=True):
    """What the reports count, of the territory in use."""

    sample: bool
    settings: Settings
    accounts: Sequence[Account]
    visits: Sequence[Visit]
    deals: Sequence[Opportunity]
    changes: Sequence[StageChange]
    activities: Sequence[Activity]
    reps: Sequence[Rep]
    cadence_days: Mapping[int, int]


def funnel_report(workspace: Workspace, period: Period = ALWAYS) -> Funnel:
    """The capture funnel of a period, with the hours and the money that capture visits took."""
    facts = _facts(workspace)
    with workspace.reading() as db:
        trips, costs = all_trips(db, sample=facts.sample), all_costs(db)
    made = [trip for trip in trips if trip.state is not TripState.CANCELLED]
    visits = _on_trips(facts.visits, made)
    return funnel(facts.accounts, visits, facts.deals, facts.changes, efforts(visits, _trip_efforts(facts, made, costs)), period)


def quiet_prospects(workspace: Workspace, today: date, days: int = QUIET_DAYS) -> list[Quiet]:
    """The prospects at which nothing happened for so many days after the first visit, and that nobody has a next step for."""
    facts = _facts(workspace)
    return gone_quiet(facts.accounts, facts.visits, facts.deals, open_steps(facts.visits).keys(), today, days)


def support_report(workspace: Workspace, period: Period, today: date) -> SupportLedger:
    """The support ledger of a period, who needs help next first."""
    facts = _facts(workspace)
    needs = rep_needs(workspace, today)
    return support_ledger(facts.reps, facts.visits, facts.deals, facts.changes, facts.activities, needs, period, today, RIDE_ALONG_DAYS)


def rep_needs(workspace: Workspace, on: date) -> dict[str, Need]:
    """How much each rep needs help on a day, by name: the same number that planning weighs, with its terms in words."""
    sample, deals = in_sample(workspace), open_opportunities(workspace)
    with workspace.reading() as db:
        reps, last = rows.all_reps(db, sample=sample), visit_rows.last_help(db)
    needs = {}
    for rep in reps:
        expected = sum(deal.amount_cents * deal.probability for each in deals.values() for deal in each if deal.owner == rep.name)
        days = (on - last[rep.name]).days if rep.name in last else None
        needs[rep.name] = need_of(
            help_needed(rep.quota_cents, expected, days),
            help_needed(rep.quota_cents, expected, 0),
            help_needed(0, 0.0, days),
            expected / rep.quota_cents if rep.quota_cents > 0 else None,
            days,
        )
    return needs


def team_standings(workspace: Workspace, today: date) -> tuple[RepStanding, ...]:
    """How it stands with each rep today, by name."""
    facts = _facts(workspace)
    duties = _duties(workspace, facts, today)
    return team_report(
        facts.reps, facts.accounts, facts.visits, facts.deals, facts.changes, facts.activities, facts.cadence_days, duties, today
    )


def one_on_one_sheet(workspace: Workspace, rep: str, today: date) -> OneOnOne:
    """The sheet for a one-on-one with a rep, named in full or in part, since the last one; raises UserProblem when nobody fits."""
    who, facts = find_rep(workspace, rep), _facts(workspace)
    zone = ZoneInfo(facts.settings.text("timezone"))
    since, _met = since_last(facts.visits, who.name, today)
    with workspace.reading() as db:
        history = deal_history(db, datetime.combine(since, time(), zone), sample=facts.sample)
    news = [DealNews(each.deal, each.came_in.astimezone(zone).date() if each.came_in else None, each.close_date_before) for each in history]
    due = list(open_steps(facts.visits).values())
    due += [visit for visit in facts.visits if visit.account_id is None and visit.next_step and not visit.next_done]
    return one_on_one(
        who,
        facts.accounts,
        facts.visits,
        facts.deals,
        facts.changes,
        facts.activities,
        facts.cadence_days,
        news,
        _planned(workspace, today),
        due,
        today,
        writing_of(facts.settings),
    )


def _facts(workspace: Workspace) -> _Facts:
    sample = in_sample(workspace)
    accounts = list_accounts(workspace)
    ids, crm_ids = {account.id for account in accounts}, {account.crm_id for account in accounts}
    with workspace.reading() as db:
        wishes = all_wishes(db)
        return _Facts(
            sample,
            read_settings(db, sample=sample),
            accounts,
            visit_rows.all_visits(db, sample=sample),
            [deal for deal in rows.all_opportunities(db) if deal.account_crm_id in crm_ids],
            [StageChange(*change) for change in visit_rows.stage_changes(db)],
            [activity for activity in book.all_activities(db) if activity.account_id in ids],
            rows.all_reps(db, sample=sample),
            {account.id: cadence_of(account, wishes.get(account.id)) for account in accounts},
        )


def _on_trips(visits: Sequence[Visit], trips: Sequence[Trip]) -> list[Visit]:
    """The visits, each with the trip it was made on: the one it names, else the one that has a stop it was."""
    by_day: dict[date, list[Visit]] = {}
    for visit in visits:
        by_day.setdefault(visit.day, []).append(visit)
    trip_of: dict[int, int] = {}
    for trip in trips:
        days = [trip.first + timedelta(days=number) for number in range((trip.last - trip.first).days + 2)]  # one more: past midnight
        for visit in visit_of_stop(trip, [visit for day in days for visit in by_day.get(day, [])]).values():
            trip_of.setdefault(visit.id, trip.id)
    return [visit if visit.trip_id is not None else replace(visit, trip_id=trip_of.get(visit.id)) for visit in visits]


def _trip_efforts(facts: _Facts, trips: Sequence[Trip], costs: Sequence[Cost]) -> dict[int, TripEffort]:
    """What each trip took beside its visits, as it was or else as planned; miles of a year before all rates are worth nothing."""
    rates = mileage_rates_of(facts.settings.text("mileage_rates"))
    taken = {}
    for trip in trips:
        sums = trip_sums(trip, costs, rates if trip.first.year >= min(rates) else {trip.first.year: Decimal(0), **rates})
        mileage = sums.planned_mileage_cents if sums.mileage_cents is None else sums.mileage_cents
        driving = sums.planned_driving_s if sums.driving_s is None else sums.driving_s
        taken[trip.id] = TripEffort(driving, sums.cost_cents + mileage)
    return taken


def _duties(workspace: Workspace, facts: _Facts, today: date) -> dict[str, list[Duty]]:
    """Her next appointments that name a rep, by the rep."""
    with workspace.reading() as db:
        events = all_events(db, sample=facts.sample)
    named = [event for event in events if not event.private and any(rep.name in event.title for rep in facts.reps)]
    days = [today + timedelta(days=number) for number in range(DUTY_DAYS)]
    ahead = duties_in(named, days, facts.settings.text("timezone"))
    return {rep.name: [duty for duty in ahead if rep.name in duty.title] for rep in facts.reps}


def _planned(workspace: Workspace, today: date) -> list[tuple[date, Stop]]:
    """The stops of the newest plans from today on."""
    weeks = [IsoWeek.of(today).plus(number) for number in range(PLANNED_WEEKS)]
    plans = [plan for week in weeks if (plan := load_week(workspace, week))]
    return [(day.day, stop) for plan in plans for day in plan.days if day.day >= today for stop in day.stops]
