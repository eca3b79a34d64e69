"""Prospects that have gone quiet: visited once, and then nothing came of it."""

from collections.abc import Collection, Iterable
from datetime import date

from planner.model.accounts import Account, AccountKind, Opportunity
from planner.model.tracking import Visit
from planner.model.week import VisitKind
from planner.reports.funnel import SEEN
from planner.values import Struct

QUIET_DAYS = 45


class Quiet(Struct, frozen=True):
    """A prospect that has gone quiet: its first visit, the last contact, the days since, and what its open deals are worth a month."""

    account: Account
    first_visit: date
    last_contact: date
    days: int
    open_cents: int


def gone_quiet(
    accounts: Iterable[Account],
    visits: Iterable[Visit],
    deals: Iterable[Opportunity],
    with_next_step: Collection[int],
    today: date,
    days: int = QUIET_DAYS,
) -> list[Quiet]:
    """The prospects whose last contact is so many days ago or more, the most worth first.

    `with_next_step` are the ids of accounts that have an open next step: nobody has forgotten those. One whose deals are all lost is left
    out. Each account comes with the day it was last seen as its last activity.
    """
    seen: dict[int, list[Visit]] = {}
    for visit in visits:
        if visit.account_id is not None and visit.outcome in SEEN:
            seen.setdefault(visit.account_id, []).append(visit)
    of_account: dict[str, list[Opportunity]] = {}
    for deal in deals:
        of_account.setdefault(deal.account_crm_id, []).append(deal)
    found = []
    for account in accounts:
        here, pipeline = seen.get(account.id, []), of_account.get(account.crm_id, [])
        captured = [visit.day for visit in here if visit.kind is VisitKind.CAPTURE]
        given_up = bool(pipeline) and not any(deal.is_open for deal in pipeline)
        if account.kind is not AccountKind.PROSPECT or not captured or account.id in with_next_step or given_up:
            continue
        last = max(filter(None, (*(visit.day for visit in here), account.last_activity)))
        if (today - last).days >= days:
            worth = sum(deal.amount_cents for deal in pipeline if deal.is_open)
            found.append(Quiet(account, min(captured), last, (today - last).days, worth))
    return sorted(found, key=lambda one: (-one.open_cents, -one.days, one.account.name.casefold()))
