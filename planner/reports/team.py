"""The team: quota and what was won of it, the pipeline, activity, how well accounts are covered, and what is next."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planner.model.accounts import Account, Activity, Opportunity, Rep, Tier
from planner.model.calendar import Duty
from planner.model.tracking import HELD, Visit
from planner.reports.funnel import SEEN
from planner.reports.periods import days_before, month_of, quarter_of
from planner.reports.pipeline import StageChange, by_deal, won_in
from planner.values import Struct

ACTIVE_DAYS = 28
NEXT_DUTIES = 3


class Coverage(Struct, frozen=True):
    """How many accounts of a tier were seen within their cadence, of how many."""

    tier: Tier
    covered: int
    accounts: int


class Overdue(Struct, frozen=True):
    """An account that should have been seen: by how many days, or None when nobody was ever there."""

    account: Account
    days: int | None


class RepStanding(Struct, frozen=True):
    """How it stands with one rep. Quotas are monthly; `visits` are hers with the rep or at the rep's accounts, `activities` those of the
    CRM by kind, both of the last ACTIVE_DAYS.
    """

    rep: Rep
    won_month_cents: int
    won_quarter_cents: int
    open_cents: int
    weighted_cents: int
    visits: int
    activities: tuple[tuple[str, int], ...]
    coverage: tuple[Coverage, ...]
    overdue: tuple[Overdue, ...]
    duties: tuple[Duty, ...]

    @property
    def month_attainment(self) -> float | None:
        """What was won this month over the quota, or None without one."""
        return self.won_month_cents / self.rep.quota_cents if self.rep.quota_cents else None

    @property
    def quarter_attainment(self) -> float | None:
        """What was won this quarter over three monthly quotas, or None without one."""
        return self.won_quarter_cents / (3 * self.rep.quota_cents) if self.rep.quota_cents else None


def team_report(
    reps: Iterable[Rep],
    accounts: Sequence[Account],
    visits: Sequence[Visit],
    deals: Sequence[Opportunity],
    changes: Iterable[StageChange],
    activities: Sequence[Activity],
    cadence_days: Mapping[int, int],
    duties: Mapping[str, Sequence[Duty]],
    today: date,
) -> tuple[RepStanding, ...]:
    """How it stands with each rep today, by name.

    `cadence_days` is by account id; accounts come with the day they were last seen as their last activity. `duties` are by the rep's name.
    """
    history, lately = by_deal(changes), days_before(today, ACTIVE_DAYS)
    month, quarter = month_of(today), quarter_of(today)
    standings = []
    for rep in reps:
        mine = [deal for deal in deals if deal.owner == rep.name]
        theirs = [account for account in accounts if account.owner == rep.name and not account.do_not_visit]
        ids = {account.id for account in theirs}
        open_deals = [deal for deal in mine if deal.is_open]
        with_rep = [visit for visit in visits if visit.outcome in SEEN and visit.day in lately]
        standings.append(
            RepStanding(
                rep,
                _sum(won_in(mine, history, month.first, min(month.last, today))),
                _sum(won_in(mine, history, quarter.first, min(quarter.last, today))),
                _sum(open_deals),
                round(sum(deal.amount_cents * deal.probability for deal in open_deals)),
                sum(visit.rep == rep.name or visit.account_id in ids for visit in with_rep),
                activity_counts(each for each in activities if each.owner == rep.name and each.day in lately),
                _coverage(theirs, cadence_days, today),
                overdue_accounts(theirs, cadence_days, today),
                tuple(duties.get(rep.name, ()))[:NEXT_DUTIES],
            )
        )
    return tuple(sorted(standings, key=lambda each: each.rep.name.casefold()))


def activity_counts(activities: Iterable[Activity]) -> tuple[tuple[str, int], ...]:
    """How many activities there were of each kind, the most frequent first; those that did not take place are left out."""
    counts = Counter(each.kind or "Other" for each in activities if each.status.strip().casefold() in HELD)
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def overdue_accounts(accounts: Iterable[Account], cadence_days: Mapping[int, int], today: date) -> tuple[Overdue, ...]:
    """The accounts that were not seen within their cadence: by tier, the longest overdue first and those never seen after them."""
    late = ((account, _late_days(account, cadence_days, today)) for account in accounts)
    found = [Overdue(account, days) for account, days in late if days is None or days > 0]
    return tuple(sorted(found, key=lambda one: (one.account.tier, -(one.days or 0), one.account.name.casefold())))


def _coverage(accounts: Iterable[Account], cadence_days: Mapping[int, int], today: date) -> tuple[Coverage, ...]:
    of_tier: dict[Tier, list[bool]] = {}
    for account in accounts:
        days = _late_days(account, cadence_days, today)
        of_tier.setdefault(account.tier, []).append(days is not None and days <= 0)
    return tuple(Coverage(tier, sum(of_tier[tier]), len(of_tier[tier])) for tier in Tier if tier in of_tier)


def _late_days(account: Account, cadence_days: Mapping[int, int], today: date) -> int | None:
    """Days beyond the cadence, 0 or less when there is time; None when nobody was ever there."""
    return (today - account.last_activity).days - cadence_days[account.id] if account.last_activity else None


def _sum(deals: Iterable[Opportunity]) -> int:
    return sum(deal.amount_cents for deal in deals)
