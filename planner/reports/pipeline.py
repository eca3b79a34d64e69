"""What is known of a deal over time: when it was won, and whether it was open on a day."""

from collections.abc import Iterable, Mapping
from datetime import date

from planner.model.accounts import Opportunity
from planner.reports.stages import Step, step_of, step_of_deal
from planner.values import Struct


class StageChange(Struct, frozen=True):
    """A deal went from one stage to another on a day; `deal` is its CRM id."""

    deal: str
    day: date
    before: str
    after: str


def by_deal(changes: Iterable[StageChange]) -> Mapping[str, list[StageChange]]:
    """The changes of each deal, the oldest first."""
    found: dict[str, list[StageChange]] = {}
    for change in changes:
        found.setdefault(change.deal, []).append(change)
    return {deal: sorted(each, key=lambda change: change.day) for deal, each in found.items()}


def closed_on(deal: Opportunity, changes: Iterable[StageChange]) -> date | None:
    """The day a closed deal was won or lost: that of the change to it, else its close date."""
    end = step_of_deal(deal)
    days = [change.day for change in changes if step_of(change.after) is end]
    return max(days, default=deal.close_date)


def won_in(deals: Iterable[Opportunity], changes: Mapping[str, list[StageChange]], first: date, last: date) -> list[Opportunity]:
    """The deals won on some days, both ends included; a won deal without any day is left out."""
    days = ((deal, closed_on(deal, changes.get(deal.crm_id, ()))) for deal in deals if step_of_deal(deal) is Step.WON)
    return [deal for deal, day in days if day is not None and first <= day <= last]


def open_cents_on(deals: Iterable[Opportunity], changes: Mapping[str, list[StageChange]], day: date) -> int:
    """Monthly amounts of the deals that were open at the end of a day, as far as their changes of stage tell.

    When a deal came up is not known: one that is known today counts on every day before it was closed.
    """
    return sum(deal.amount_cents for deal in deals if _was_open(deal, changes.get(deal.crm_id, ()), day))


def _was_open(deal: Opportunity, changes: Iterable[StageChange], day: date) -> bool:
    later = next((change for change in changes if change.day > day), None)
    if later is not None:
        return step_of(later.before) not in {Step.WON, Step.LOST}
    if deal.is_open:
        return True
    closed = closed_on(deal, changes)
    return closed is not None and closed > day
