"""The sheet for a one-on-one with a rep: what happened since the last one, what is open, and what to talk about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from planner.model.accounts import Account, Activity, Opportunity, Rep
from planner.model.tracking import Sentiment, SupportKind, Visit
from planner.model.week import Stop
from planner.model.writing import USUAL_WRITING, Writing
from planner.reports.funnel import SEEN
from planner.reports.periods import Period
from planner.reports.pipeline import StageChange, by_deal, won_in
from planner.reports.stages import Step, is_forward, step_of
from planner.reports.support import FollowUp, follow_ups
from planner.reports.team import Overdue, activity_counts, overdue_accounts
from planner.values import Struct

USUAL_DAYS = 14
"""So far back it looks when there was no one-on-one yet."""
MOST_OVERDUE = 10
LAST_COACHED = 3


class DealNews(Struct, frozen=True):
    """What the store knows to be new about a deal: when it came in, and its earlier close date when that was moved."""

    deal: str
    came_in: date | None = None
    close_date_before: date | None = None


class RideAlong(Struct, frozen=True):
    """A ride-along to propose: the planned day with the most of the rep's accounts, and the stops at them in their order."""

    day: date
    stops: tuple[Stop, ...]


class OneOnOne(Struct, frozen=True):
    """The sheet for one rep; `since` is the last one-on-one where they `met_before`. `slipped` deals have the close date they had then,
    `overdue` are the first of `overdue_in_all`, `coached` the last visits with topics or notes, the newest first.
    """

    rep: Rep
    since: date
    today: date
    met_before: bool
    activities: tuple[tuple[str, int], ...]
    visits: tuple[Visit, ...]
    moved: tuple[tuple[StageChange, Opportunity], ...]
    new_deals: tuple[Opportunity, ...]
    slipped: tuple[tuple[Opportunity, date], ...]
    overdue: tuple[Overdue, ...]
    overdue_in_all: int
    next_steps: tuple[FollowUp, ...]
    coached: tuple[Visit, ...]
    ride_along: RideAlong | None
    wins: tuple[str, ...]


def since_last(visits: Iterable[Visit], rep: str, today: date) -> tuple[date, bool]:
    """The day of the last one-on-one with a rep before today, or USUAL_DAYS ago; and whether there was one."""
    held = [
        visit.day
        for visit in visits
        if visit.rep == rep and visit.support is SupportKind.ONE_ON_ONE and visit.outcome in SEEN and visit.day < today
    ]
    return (max(held), True) if held else (today - timedelta(days=USUAL_DAYS), False)


def one_on_one(
    rep: Rep,
    accounts: Sequence[Account],
    visits: Sequence[Visit],
    deals: Sequence[Opportunity],
    changes: Sequence[StageChange],
    activities: Sequence[Activity],
    cadence_days: Mapping[int, int],
    news: Iterable[DealNews],
    planned: Iterable[tuple[date, Stop]],
    open_step_visits: Iterable[Visit],
    today: date,
    writing: Writing = USUAL_WRITING,
) -> OneOnOne:
    """The sheet for one rep today.

    `news` are of all deals since the last one-on-one, `planned` the stops of the newest plans from today on, `open_step_visits` the visits
    whose next step is still open.
    """
    since, met_before = since_last(visits, rep.name, today)
    span = Period(since, today)
    theirs = {account.id: account for account in accounts if account.owner == rep.name}
    mine = {deal.crm_id: deal for deal in deals if deal.owner == rep.name}
    here = tuple(visit for visit in visits if visit.day in span and (visit.rep == rep.name or visit.account_id in theirs))
    moved = tuple((change, mine[change.deal]) for change in changes if change.deal in mine and change.day in span)
    overdue = overdue_accounts((each for each in theirs.values() if not each.do_not_visit), cadence_days, today)
    known = [each for each in news if each.deal in mine]
    new = tuple(mine[each.deal] for each in known if each.came_in and each.came_in in span)
    given = [
        visit for visit in visits if visit.rep == rep.name and visit.outcome in SEEN and (visit.topics or (visit.support and visit.note))
    ]
    return OneOnOne(
        rep,
        since,
        today,
        met_before,
        activity_counts(each for each in activities if each.owner == rep.name and each.day in span),
        here,
        moved,
        new,
        tuple(slip for each in known if (slip := _slipped(mine[each.deal], each))),
        overdue[:MOST_OVERDUE],
        len(overdue),
        follow_ups(visit for visit in open_step_visits if visit.rep == rep.name or visit.account_id in theirs),
        tuple(sorted(given, key=lambda visit: (visit.day, visit.start_s or 0, visit.id), reverse=True)[:LAST_COACHED]),
        _ride_along(planned, theirs),
        tuple(_wins(mine, changes, moved, here, theirs, span, writing)),
    )


def _slipped(deal: Opportunity, news: DealNews) -> tuple[Opportunity, date] | None:
    """An open deal whose close date was put off, with the date it had."""
    before, now = news.close_date_before, deal.close_date
    return (deal, before) if deal.is_open and before and now and now > before else None


def _ride_along(planned: Iterable[tuple[date, Stop]], theirs: Mapping[int, Account]) -> RideAlong | None:
    days: dict[date, list[Stop]] = {}
    for day, stop in planned:
        if stop.account_id in theirs:
            days.setdefault(day, []).append(stop)
    best = min(days, key=lambda day: (-len(days[day]), -sum(stop.value for stop in days[day]), day), default=None)
    return RideAlong(best, tuple(sorted(days[best], key=lambda stop: stop.start_s))) if best else None


def _wins(
    mine: Mapping[str, Opportunity],
    changes: Iterable[StageChange],
    moved: Iterable[tuple[StageChange, Opportunity]],
    visits: Iterable[Visit],
    theirs: Mapping[int, Account],
    span: Period,
    writing: Writing,
) -> Iterable[str]:
    """What there is to praise, in words."""
    for deal in won_in(mine.values(), by_deal(changes), span.first, span.last):
        yield f"Won: {deal.name}, {writing.money(deal.amount_cents)} a month"
    for change, deal in moved:
        if is_forward(change.before, change.after) and step_of(change.after) is not Step.WON:
            yield f"Moved forward: {deal.name}, now {change.after}"
    for visit in visits:
        if visit.sentiment is Sentiment.GOOD and visit.rep and visit.outcome in SEEN:
            account = theirs.get(visit.account_id or 0)
            yield f"Went well: {account.name if account else visit.support or visit.kind.value}, {writing.month_day(visit.day)}"
