"""What the card of a pin says of an account, in a title and at most four short lines. Knows no widget."""

from collections.abc import Iterator, Sequence

from planner.model.accounts import Account, Opportunity
from planner.model.week import WeekPlan
from ui.words import account_kind, clock, money, month_day, short_day


def card_lines(account: Account, deals: Sequence[Opportunity], plan: WeekPlan | None, due: str = "") -> tuple[str, ...]:
    """The name; kind, tier and owner; the street; the likeliest open deal; when it was seen, is due and is planned this week.

    `due` says when the next visit is due, in words, once that is known.
    """
    nature = (account_kind(account), f"tier {account.tier.value}", account.owner)
    lines = (
        account.name,
        " · ".join(part for part in nature if part),
        ", ".join(part for part in (account.address.street, account.address.city) if part),
        _deal_line(deals),
        " · ".join((*_seen(account, due), *_planned(account.id, plan))),
    )
    return tuple(line for line in lines if line)


def _deal_line(deals: Sequence[Opportunity]) -> str:
    best = max((deal for deal in deals if deal.is_open), key=lambda deal: deal.probability, default=None)
    return f"{best.stage}, {money(best.amount_cents)} a month" if best is not None else ""


def _seen(account: Account, due: str) -> Iterator[str]:
    if account.do_not_visit:
        yield "Not to be visited"
    elif due.startswith("Overdue") and account.last_activity is not None:
        yield f"Seen {month_day(account.last_activity)}, {due.lower()}"
    elif due:
        yield due
    else:
        yield f"Seen {month_day(account.last_activity)}" if account.last_activity else "Never visited"


def _planned(account_id: int, plan: WeekPlan | None) -> Iterator[str]:
    for day in plan.days if plan else ():
        for stop in day.stops:
            if stop.account_id == account_id:
                yield f"planned {short_day(day.day)}, {clock(stop.start_s)}"
                return
