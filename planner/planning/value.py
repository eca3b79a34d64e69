"""What a visit is worth, in terms that a person can read and weigh."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.week import Term, VisitKind

CADENCE_DAYS = {Tier.A: 30, Tier.B: 60, Tier.C: 90}
"""A visit at least this often."""
LATE_STAGE = 0.7
"""From this probability on a rep's deal is worth a joint call."""
CLOSE_HORIZON_DAYS = 60
TIER_POINTS = {Tier.A: 6.0, Tier.B: 3.0, Tier.C: 0.0}
RATING_POINTS = {"hot": 6.0, "warm": 3.0}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a visit's value counts; 1 is the usual weight, 0 leaves the part out."""

    overdue: float = 1.0
    potential: float = 1.0
    close_date: float = 1.0
    tier: float = 1.0


def value_terms(account: Account, opportunities: Sequence[Opportunity], on: date, weights: Weights) -> tuple[Term, ...]:
    """The terms whose points add up to the value of a visit on a day: overdue against cadence, potential, close date, tier.

    A good visit is worth 30 to 60 points. Monthly revenue counts by its square root, so that one huge deal does not outweigh a full day.
    """
    deals = [deal for deal in opportunities if deal.is_open]
    terms = [
        *_potential(account, deals, weights.potential),
        _overdue(account, on, weights.overdue),
        *_close_date(deals, on, weights.close_date),
        Term(f"Tier {account.tier}", TIER_POINTS[account.tier] * weights.tier),
        *_standing(account, weights.tier),
    ]
    return tuple(Term(term.label, round(term.points, 1)) for term in terms if round(term.points, 1) > 0)


def visit_kind(account: Account, opportunities: Sequence[Opportunity]) -> VisitKind:
    """What a visit is for: a joint call on a rep's late-stage deal, winning a prospect, or keeping a client."""
    if any(deal.is_open and deal.owner and deal.probability >= LATE_STAGE for deal in opportunities):
        return VisitKind.SUPPORT
    return VisitKind.CARE if account.kind is AccountKind.CLIENT else VisitKind.CAPTURE


def due_in_days(account: Account, on: date) -> int:
    """Days until the next visit is due by the account's cadence; 0 or less when it is due or overdue or nobody has been there."""
    if account.last_activity is None:
        return 0
    return CADENCE_DAYS[account.tier] - (on - account.last_activity).days


def due_text(account: Account, on: date) -> str:
    """When the next visit is due, in words: "Visited 9 days ago, due in 21"."""
    if account.last_activity is None:
        return "Never visited"
    days, due = (on - account.last_activity).days, due_in_days(account, on)
    if due > 0:
        ago = (
            f"Visited {_days(days)} ago"
            if days > 0
            else "Visited today"
            if days == 0
            else f"Visit on {account.last_activity:%b} {account.last_activity.day}"
        )
        return f"{ago}, due in {due}"
    return f"Overdue {_days(-due)}" if due < 0 else "Due today"


def guess_tier(account: Account, opportunities: Sequence[Opportunity]) -> Tier:
    """A tier for an account whose file has none: one point each for size, revenue, a rating and open deals, two for a lot of any."""
    monthly = sum(deal.amount_cents for deal in opportunities if deal.is_open) / 100
    points = (
        _steps(account.employees or 0, 25, 100)
        + _steps((account.annual_revenue_cents or 0) / 100, 2_000_000, 10_000_000)
        + _steps(monthly, 500, 2_000)
        + _steps({"warm": 1, "hot": 2}.get(account.rating.strip().lower(), 0), 1, 2)
    )
    return Tier.A if points >= 4 else Tier.B if points >= 2 else Tier.C


def _steps(amount: float, some: float, much: float) -> int:
    return (amount >= some) + (amount >= much)


def _potential(account: Account, deals: Sequence[Opportunity], weight: float) -> list[Term]:
    if deals:
        expected = sum(deal.amount_cents / 100 * deal.probability for deal in deals)
        total = sum(deal.amount_cents for deal in deals) / 100
        share = expected / total if total else 0.0
        several = f" in {len(deals)} deals" if len(deals) > 1 else ""
        points = min(35.0, 0.52 * math.sqrt(max(0.0, expected)))
        return [Term(f"Potential {total:,.0f} MRR{several} x {share:.0%}".replace("%", " %"), weight * points)]
    if account.kind is AccountKind.PROSPECT and account.employees:
        return [Term(f"Possible size: {account.employees:,} employees", weight * min(10.0, math.sqrt(max(0, account.employees))))]
    return []


def _overdue(account: Account, on: date, weight: float) -> Term:
    cadence = CADENCE_DAYS[account.tier]
    if account.last_activity is None:
        return Term("Never visited", weight * 10.0)
    late = -due_in_days(account, on)
    label = f"Overdue {_days(late)} (every {cadence})" if late > 0 else f"Due now (every {cadence})"
    return Term(label, weight * (4.0 + 16.0 * min(1.0, late / cadence)) if late >= 0 else 0.0)


def _close_date(deals: Sequence[Opportunity], on: date, weight: float) -> list[Term]:
    coming = [(deal.close_date - on).days for deal in deals if deal.close_date]
    late = [days for days in coming if -CLOSE_HORIZON_DAYS <= days < 0]
    ahead = [days for days in coming if 0 <= days < CLOSE_HORIZON_DAYS]
    if ahead:
        return [
            Term(
                f"Close date in {_days(min(ahead))}" if min(ahead) else "Close date today",
                weight * 12.0 * (1 - min(ahead) / CLOSE_HORIZON_DAYS),
            )
        ]
    return [Term(f"Close date passed {_days(-max(late))} ago", weight * 6.0)] if late else []


def _standing(account: Account, weight: float) -> list[Term]:
    if account.kind is AccountKind.CLIENT:
        return [Term("Client to keep", weight * 8.0)]
    points = RATING_POINTS.get(account.rating.strip().lower(), 0.0)
    return [Term(f"Rated {account.rating.strip().lower()}", weight * points)] if points else []


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
