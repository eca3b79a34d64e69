"""What a visit is worth, in terms that a person can read and weigh."""

import math
from collections.abc import Sequence
from datetime import date

from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.week import Term, VisitKind
from planner.model.wishes import Wish
from planner.model.writing import USUAL_WRITING, Writing
from planner.values import Struct

CADENCE_DAYS = {Tier.A: 30, Tier.B: 60, Tier.C: 90}
"""A visit at least this often."""
LATE_STAGE = 0.7
"""From this probability on a rep's deal is worth a joint call."""
CLOSE_HORIZON_DAYS = 60
CONTRACT_HORIZON_DAYS = 180
"""A contract that ends within this time is worth talking about."""
NEED_POINTS = 10.0
RIDE_ALONG_DAYS = 30
"""A rep should have her along at least this often."""
DRIVE_POINTS = 0.1
"""What a minute of driving takes from the worth of a plan."""
SHARE_POINTS = 4.0
"""What each hour of visits that capture, care or support lacks to its share takes from it."""
NEXT_STEP_POINTS = 15.0
"""What it is worth to keep what was promised at the last visit."""
TIER_POINTS = {Tier.A: 6.0, Tier.B: 3.0, Tier.C: 0.0}
RATING_POINTS = {"hot": 6.0, "warm": 3.0}


class Weights(Struct, frozen=True):
    """How much each part of a visit's value counts; 1 is the usual weight, 0 leaves the part out.

    `detour` and `shares` weigh what a whole plan costs: DRIVE_POINTS a minute of driving, SHARE_POINTS an hour missing to a share.
    """

    overdue: float = 1.0
    potential: float = 1.0
    close_date: float = 1.0
    tier: float = 1.0
    contract_end: float = 1.0
    rep_need: float = 1.0
    boost: float = 1.0
    detour: float = 1.0
    shares: float = 1.0


def value_terms(
    account: Account,
    opportunities: Sequence[Opportunity],
    on: date,
    weights: Weights,
    wish: Wish | None = None,
    need: float = 0.0,
    writing: Writing = USUAL_WRITING,
) -> tuple[Term, ...]:
    """The terms whose points add up to the value of a visit on a day: overdue against cadence, potential, close date, contract end, tier,
    how much its rep needs help (`need`, 0..1), and what she added by hand.

    A good visit is worth 30 to 60 points. Monthly revenue counts by its square root, so that one huge deal does not outweigh a full day.
    """
    deals = [deal for deal in opportunities if deal.is_open]
    terms = [
        *_potential(account, deals, weights.potential, writing),
        _overdue(account, on, weights.overdue, cadence_of(account, wish)),
        *_close_date(deals, on, weights.close_date),
        *_contract_end(account, wish, on, weights.contract_end),
        Term(f"Tier {account.tier}", TIER_POINTS[account.tier] * weights.tier),
        *_standing(account, weights.tier),
        Term(f"{account.owner or 'Its rep'} needs help", weights.rep_need * NEED_POINTS * need),
        *([Term(f"Next step: {wish.next_step}", weights.boost * NEXT_STEP_POINTS)] if wish and wish.next_step else []),
        Term("Your own points", weights.boost * (wish.boost if wish else 0.0)),
    ]
    return tuple(Term(term.label, round(term.points, 1)) for term in terms if round(term.points, 1) != 0)


def visit_kind(account: Account, opportunities: Sequence[Opportunity]) -> VisitKind:
    """What a visit is for: a joint call on a rep's late-stage deal, winning a prospect, or keeping a client."""
    if any(deal.is_open and deal.owner and deal.probability >= LATE_STAGE for deal in opportunities):
        return VisitKind.SUPPORT
    return VisitKind.CARE if account.kind is AccountKind.CLIENT else VisitKind.CAPTURE


def joint_rep(account: Account, opportunities: Sequence[Opportunity]) -> str:
    """The rep whose late-stage deal asks for a joint call: that of the likeliest one, else the account's owner."""
    late = [deal for deal in opportunities if deal.is_open and deal.owner and deal.probability >= LATE_STAGE]
    return max(late, key=lambda deal: deal.probability).owner if late else account.owner


def cadence_of(account: Account, wish: Wish | None = None) -> int:
    """How often to visit an account, in days: as she wants it, else by its tier."""
    return wish.cadence_days if wish and wish.cadence_days else CADENCE_DAYS[account.tier]


def due_in_days(account: Account, on: date, wish: Wish | None = None) -> int:
    """Days until the next visit is due by the account's cadence; 0 or less when it is due or overdue or nobody has been there."""
    if account.last_activity is None:
        return 0
    return cadence_of(account, wish) - (on - account.last_activity).days


def due_text(account: Account, on: date, wish: Wish | None = None, writing: Writing = USUAL_WRITING) -> str:
    """When the next visit is due, in words: "Visited 9 days ago, due in 21"."""
    if account.last_activity is None:
        return "Never visited"
    days, due = (on - account.last_activity).days, due_in_days(account, on, wish)
    if due > 0:
        ago = (
            f"Visited {_days(days)} ago"
            if days > 0
            else "Visited today"
            if days == 0
            else f"Visit on {writing.month_day(account.last_activity)}"
        )
        return f"{ago}, due in {due}"
    return f"Overdue {_days(-due)}" if due < 0 else "Due today"


def help_needed(quota_cents: int, expected_cents: float, days_since_help: int | None) -> float:
    """How much a rep needs help, 0..1: half for what the open deals lack to the quota, half for the time since a visit together."""
    lacking = 1.0 - min(1.0, expected_cents / quota_cents) if quota_cents > 0 else 0.0
    waiting = 1.0 if days_since_help is None else min(1.0, max(0, days_since_help) / RIDE_ALONG_DAYS)
    return 0.5 * lacking + 0.5 * waiting


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


def _potential(account: Account, deals: Sequence[Opportunity], weight: float, writing: Writing) -> list[Term]:
    if deals:
        expected = sum(deal.amount_cents / 100 * deal.probability for deal in deals)
        total = sum(deal.amount_cents for deal in deals) / 100
        share = expected / total if total else 0.0
        several = f" in {len(deals)} deals" if len(deals) > 1 else ""
        points = min(35.0, 0.52 * math.sqrt(max(0.0, expected)))
        label = f"Potential {writing.number(total)} MRR{several} x {share:.0%}".replace("%", " %")
        return [Term(label, weight * points)]
    if account.kind is AccountKind.PROSPECT and account.employees:
        label = f"Possible size: {writing.number(account.employees)} employees"
        return [Term(label, weight * min(10.0, math.sqrt(max(0, account.employees))))]
    return []


def _overdue(account: Account, on: date, weight: float, cadence: int) -> Term:
    if account.last_activity is None:
        return Term("Never visited", weight * 10.0)
    late = (on - account.last_activity).days - cadence
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


def contract_end(account: Account, on: date, wish: Wish | None = None) -> date | None:
    """When its contract ends: as she says, else the first term of its services that has not been over for long."""
    if wish and wish.contract_end:
        return wish.contract_end
    return next((end for end in account.term_ends if (end - on).days >= -CLOSE_HORIZON_DAYS), None)


def _contract_end(account: Account, wish: Wish | None, on: date, weight: float) -> list[Term]:
    """A contract that ends soon asks for a visit, one that has just ended even more."""
    end = contract_end(account, on, wish)
    if end is None:
        return []
    days = (end - on).days
    if not -CLOSE_HORIZON_DAYS <= days < CONTRACT_HORIZON_DAYS:
        return []
    label = f"Contract ends in {_days(days)}" if days >= 0 else f"Contract ended {_days(-days)} ago"
    return [Term(label, weight * 12.0 * (1 - max(0, days) / CONTRACT_HORIZON_DAYS))]


def _standing(account: Account, weight: float) -> list[Term]:
    if account.kind is AccountKind.CLIENT:
        return [Term("Client to keep", weight * 8.0)]
    points = RATING_POINTS.get(account.rating.strip().lower(), 0.0)
    return [Term(f"Rated {account.rating.strip().lower()}", weight * points)] if points else []


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"
