"""The capture funnel: how far prospects came, by rep, area and month, and what it took.

An account is in the funnel when it is a prospect or was visited to capture it. It has reached a step when a deal of it is in that step or
was in it; of each step the first day counts. Areas are towns; an account without one is in that of the first three digits of its ZIP.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from planner.model.accounts import Account, AccountKind, Opportunity, VisitOutcome
from planner.model.tracking import Visit
from planner.model.week import VisitKind
from planner.reports.effort import NOTHING, Effort
from planner.reports.periods import ALWAYS, Period, month_of
from planner.reports.pipeline import StageChange, by_deal, closed_on
from planner.reports.stages import FORWARD, Step, step_of, step_of_deal
from planner.values import Struct

SEEN = frozenset({VisitOutcome.MET, VisitOutcome.PHONE})
"""Outcomes after which somebody was talked to."""


class Journey(Struct, frozen=True):
    """How far one account came: the day it reached each step, None where it is not known; what it won a month, and what was done for it.

    `deals` are the steps that each of its deals reached likewise, with its monthly amount in cents.
    """

    account: Account
    reached: Mapping[Step, date | None]
    deals: tuple[tuple[Mapping[Step, date | None], int], ...]
    won: tuple[tuple[date | None, int], ...]
    visits: tuple[Visit, ...]


class FunnelLine(Struct, frozen=True):
    """Accounts that reached each step, the monthly revenue won in cents, and what the capture visits took in seconds and cents.

    `amounts` are what the deals that reached each step are worth a month, in cents; those of all accounts visited for the first visit.
    """

    name: str
    counts: Mapping[Step, int]
    amounts: Mapping[Step, int]
    won_cents: int
    effort: Effort

    def count(self, step: Step) -> int:
        """How many accounts reached a step."""
        return self.counts.get(step, 0)

    @property
    def hours(self) -> float:
        """Hours of visits and their share of driving."""
        return self.effort.seconds / 3600

    @property
    def hours_per_thousand(self) -> float | None:
        """Hours for each 1,000 of monthly revenue won, or None when nothing was."""
        return self.hours * 100_000 / self.won_cents if self.won_cents else None

    @property
    def cents_per_dollar(self) -> float | None:
        """Cents spent for each dollar of monthly revenue won, or None when nothing was."""
        return self.effort.cents * 100 / self.won_cents if self.won_cents else None


class Funnel(Struct, frozen=True):
    """The funnel of a period as a whole, by rep, by area and by month, and in plain sentences what its figures leave out.

    `visited` are the prospects at which somebody was ever met, or talked to, to capture them.
    """

    period: Period
    total: FunnelLine
    by_rep: tuple[FunnelLine, ...]
    by_area: tuple[FunnelLine, ...]
    by_month: tuple[FunnelLine, ...]
    visited: int = 0
    notes: tuple[str, ...] = ()


def funnel(
    accounts: Iterable[Account],
    visits: Sequence[Visit],
    deals: Sequence[Opportunity],
    changes: Iterable[StageChange],
    taken: Mapping[int, Effort],
    period: Period = ALWAYS,
) -> Funnel:
    """The capture funnel of a period: of all prospects in it, how many reached each step on its days; `taken` is the effort by visit id.

    Without a period a step counts whether its day is known or not. Months hold only what has a day.
    """
    history = by_deal(changes)
    trips = journeys(accounts, visits, deals, history)
    reps, areas = _grouped(trips, lambda one: one.account.owner or "No rep"), _grouped(trips, lambda one: area_of(one.account))
    return Funnel(
        period,
        _line("All", trips, taken, period),
        tuple(_line(name, group, taken, period) for name, group in reps.items()),
        tuple(_line(name, group, taken, period) for name, group in areas.items()),
        tuple(_line(f"{month.first:%Y-%m}", trips, taken, month, of_month=True) for month in _months(trips, period)),
        sum(one.account.kind is AccountKind.PROSPECT and Step.VISITED in one.reached for one in trips),
        tuple(_notes(trips, deals, taken)),
    )


def area_of(account: Account) -> str:
    """The town of an account, else the first three digits of its ZIP as "ZIP 168"."""
    town = " ".join(account.address.city.split()).title()
    digits = account.address.postcode.strip()[:3]
    return town or (f"ZIP {digits}" if digits else "No address")


def journeys(
    accounts: Iterable[Account], visits: Iterable[Visit], deals: Iterable[Opportunity], history: Mapping[str, list[StageChange]]
) -> list[Journey]:
    """How far each account in the funnel came."""
    capture: dict[int, list[Visit]] = {}
    for visit in visits:
        if visit.kind is VisitKind.CAPTURE and visit.account_id is not None:
            capture.setdefault(visit.account_id, []).append(visit)
    of_account: dict[str, list[Opportunity]] = {}
    for deal in deals:
        of_account.setdefault(deal.account_crm_id, []).append(deal)
    return [
        _journey(account, capture.get(account.id, []), of_account.get(account.crm_id, []), history)
        for account in accounts
        if account.kind is AccountKind.PROSPECT or account.id in capture
    ]


def _journey(account: Account, visits: list[Visit], deals: list[Opportunity], history: Mapping[str, list[StageChange]]) -> Journey:
    reached: dict[Step, date | None] = {}
    of_deals = tuple((_steps(deal, history.get(deal.crm_id, [])), deal.amount_cents) for deal in deals)
    for steps, _cents in of_deals:
        for step, day in steps.items():
            known = reached.get(step)
            reached[step] = min(filter(None, (known, day)), default=None)
    seen = [visit.day for visit in visits if visit.outcome in SEEN]
    if seen:
        reached[Step.VISITED] = min(seen)
    if Step.LOST in reached and (Step.WON in reached or any(deal.is_open for deal in deals)):
        del reached[Step.LOST]  # something of it can still be won, or was
    won = tuple((closed_on(deal, history.get(deal.crm_id, [])), deal.amount_cents) for deal in deals if step_of_deal(deal) is Step.WON)
    return Journey(account, reached, of_deals, won, tuple(visits))


def _steps(deal: Opportunity, changes: Sequence[StageChange]) -> dict[Step, date | None]:
    """The steps a deal has reached, with the first day of each that is known; a later step takes those before it."""
    now = step_of_deal(deal)
    found: dict[Step, date | None] = {} if now is None else {now: closed_on(deal, changes) if now in {Step.WON, Step.LOST} else None}
    for change in reversed(changes):
        for stage, day in ((change.before, None), (change.after, change.day)):
            step = step_of(stage)
            if step is not None and (day or found.get(step) is None):
                found[step] = day or found.get(step)
    if now not in {Step.WON, Step.LOST}:
        found = {step: day for step, day in found.items() if step not in {Step.WON, Step.LOST}}  # it was opened again
    for later in (Step.WON, Step.PROPOSAL):
        if later in found:
            before = FORWARD[FORWARD.index(later) - 1]
            found[before] = min(filter(None, (found.get(before), found[later])), default=None)
    return found


def _line(name: str, trips: Sequence[Journey], taken: Mapping[int, Effort], period: Period, *, of_month: bool = False) -> FunnelLine:
    always = period == ALWAYS

    def is_in(day: date | None) -> bool:
        return always or (day is not None and day in period)

    deals = [deal for journey in trips for deal in journey.deals]
    counts = {Step.PROSPECT: len(trips)} if not of_month else {}
    amounts = {Step.PROSPECT: sum(cents for _reached, cents in deals)} if not of_month else {}
    for step in (*FORWARD[1:], Step.LOST):
        there = [journey for journey in trips if step in journey.reached and is_in(journey.reached[step])]
        counts[step] = len(there)
        if step is Step.VISITED:
            amounts[step] = sum(cents for journey in there for _reached, cents in journey.deals)
        else:
            amounts[step] = sum(cents for reached, cents in deals if step in reached and is_in(reached[step]))
    won = sum(cents for journey in trips for day, cents in journey.won if is_in(day))
    done = (taken.get(visit.id, NOTHING) for journey in trips for visit in journey.visits if visit.day in period)
    return FunnelLine(name, counts, amounts, won, sum(done, NOTHING))


def _grouped(trips: Iterable[Journey], name_of: Callable[[Journey], str]) -> dict[str, list[Journey]]:
    groups: dict[str, list[Journey]] = {}
    for journey in trips:
        groups.setdefault(name_of(journey), []).append(journey)
    return dict(sorted(groups.items()))


def _months(trips: Iterable[Journey], period: Period) -> list[Period]:
    days = {day for journey in trips for day in (*journey.reached.values(), *(visit.day for visit in journey.visits)) if day}
    return sorted({month_of(day) for day in days if day in period})


def _notes(trips: Sequence[Journey], deals: Iterable[Opportunity], taken: Mapping[int, Effort]) -> Iterable[str]:
    mine = {journey.account.crm_id for journey in trips}
    unknown = sorted({deal.stage or "(none)" for deal in deals if deal.account_crm_id in mine and step_of_deal(deal) is None})
    if unknown:
        yield f"Not in the table of stages, so counted in no step: {', '.join(unknown)}."
    undated = sum(day is None for journey in trips for step, day in journey.reached.items() if step is not Step.PROSPECT)
    if undated:
        yield f"{_steps_text(undated)} no known day: the deal came with its stage, so it counts in no month and in no period."
    captured = [visit for journey in trips for visit in journey.visits]
    alone = sum(visit.trip_id is None for visit in captured)
    if alone:
        yield f"{alone} of {len(captured)} capture visits {'is' if alone == 1 else 'are'} on no trip: no drive and no cost counts for them."
    short = sum(visit.minutes is None for visit in captured if visit.id in taken)
    if short:
        words = "visit has no known length, and counts" if short == 1 else "visits have no known length, and count"
        yield f"{short} capture {words} only with the drives."


def _steps_text(count: int) -> str:
    return f"{count} {'step has' if count == 1 else 'steps have'}"
