"""The support ledger: how each rep was helped in a period, what came before and after, and who needs help next and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from planner.model.accounts import Activity, Opportunity, Rep
from planner.model.tracking import HELD, SupportKind, Visit
from planner.model.week import Term
from planner.reports.funnel import SEEN
from planner.reports.periods import Period
from planner.reports.pipeline import StageChange, by_deal, open_cents_on
from planner.reports.stages import is_forward
from planner.values import Struct

EFFECT_DAYS = 28
NO_PROOF = "What came after help did not come because of it: seasons, quotas and the deals themselves move these figures too."


class Need(Struct, frozen=True):
    """How much a rep needs help, 0..1 as planning weighs it, and the terms that add up to it, in words."""

    score: float
    terms: tuple[Term, ...]

    @property
    def why(self) -> str:
        """The terms in one line."""
        return "; ".join(term.label for term in self.terms)


class Helped(Struct, frozen=True):
    """One kind of help: how often in the period, and how many minutes as far as they are known."""

    kind: SupportKind | None
    times: int
    minutes: int


class FollowUp(Struct, frozen=True):
    """A next step that is still open: the visit it is of, its day if any, what is to be done, and where."""

    visit_id: int
    due: date | None
    text: str
    account_id: int | None


class Effect(Struct, frozen=True):
    """A rep's work around one help, in the EFFECT_DAYS before and after it: activities, deals moved forward, and open pipeline in cents.

    The day itself counts on neither side. `days_after` is less than EFFECT_DAYS while they are not over. This is no proof of anything.
    """

    day: date
    kind: SupportKind | None
    activities: tuple[int, int]
    forward: tuple[int, int]
    open_cents: tuple[int, int]
    days_after: int


class SupportLine(Struct, frozen=True):
    """The ledger of one rep. `ride_along_in` are the days until the next ride-along is due by the target, negative when it is overdue."""

    rep: Rep
    need: Need
    helped: tuple[Helped, ...]
    last_ride_along: date | None
    ride_along_in: int
    topics: tuple[tuple[date, str], ...]
    follow_ups: tuple[FollowUp, ...]
    effects: tuple[Effect, ...]

    @property
    def minutes(self) -> int:
        """Minutes of help in the period."""
        return sum(each.minutes for each in self.helped)

    @property
    def times(self) -> int:
        """How often the rep was helped in the period."""
        return sum(each.times for each in self.helped)


class SupportLedger(Struct, frozen=True):
    """The reps, who needs help next first, the days within which each should have a ride-along, and what its figures do not say."""

    period: Period
    target_days: int
    lines: tuple[SupportLine, ...]
    notes: tuple[str, ...] = (NO_PROOF,)


def support_ledger(
    reps: Iterable[Rep],
    visits: Sequence[Visit],
    deals: Sequence[Opportunity],
    changes: Iterable[StageChange],
    activities: Sequence[Activity],
    needs: Mapping[str, Need],
    period: Period,
    today: date,
    target_days: int,
) -> SupportLedger:
    """The support ledger of a period; `needs` are by the rep's name, `target_days` how often each should have a ride-along."""
    history = by_deal(changes)
    lines = []
    for rep in reps:
        given = [visit for visit in visits if visit.rep == rep.name and visit.outcome in SEEN and visit.day <= today]
        mine = [deal for deal in deals if deal.owner == rep.name]
        done = [each.day for each in activities if each.owner == rep.name and each.status.strip().casefold() in HELD]
        moved = [change.day for deal in mine for change in history.get(deal.crm_id, ()) if is_forward(change.before, change.after)]
        inside = [visit for visit in given if visit.day in period]
        rides = [visit.day for visit in given if visit.support is SupportKind.RIDE_ALONG]
        last = max(rides, default=None)
        lines.append(
            SupportLine(
                rep,
                needs[rep.name],
                _helped(inside),
                last,
                target_days - (today - last).days if last else 0,
                tuple(sorted(((visit.day, topic) for visit in inside for topic in visit.topics), reverse=True)),
                follow_ups(visit for visit in visits if visit.rep == rep.name),
                tuple(_effect(visit, mine, history, done, moved, today) for visit in reversed(inside)),
            )
        )
    return SupportLedger(period, target_days, tuple(sorted(lines, key=_most_in_need)))


def need_of(score: float, lacking: float, waiting: float, covered: float | None, days: int | None) -> Need:
    """A need with its terms in words; `lacking` and `waiting` are what each half adds, `covered` the pipeline over the quota, or None."""
    pipeline = "no quota is known" if covered is None else f"the pipeline covers {covered * 100:.0f} % of the quota"
    if days is None:
        since = "never helped yet"
    else:
        since = f"last helped {'today' if days <= 0 else 'yesterday' if days == 1 else f'{days} days ago'}"
    return Need(score, (Term(since, waiting), Term(pipeline, lacking)))


def follow_ups(visits: Iterable[Visit]) -> tuple[FollowUp, ...]:
    """The next steps of visits that are still open, the earliest due first and those without a day last."""
    steps = [FollowUp(each.id, each.next_day, each.next_step, each.account_id) for each in visits if each.next_step and not each.next_done]
    return tuple(sorted(steps, key=lambda step: (step.due or date.max, step.visit_id)))


def _helped(visits: Iterable[Visit]) -> tuple[Helped, ...]:
    by_kind: dict[SupportKind | None, list[Visit]] = {}
    for visit in visits:
        by_kind.setdefault(visit.support, []).append(visit)
    order = (*SupportKind, None)
    return tuple(Helped(kind, len(by_kind[kind]), sum(visit.minutes or 0 for visit in by_kind[kind])) for kind in order if kind in by_kind)


def _effect(
    visit: Visit,
    deals: Sequence[Opportunity],
    history: Mapping[str, list[StageChange]],
    done: Sequence[date],
    moved: Sequence[date],
    today: date,
) -> Effect:
    """A rep's work around one help; `done` are the days of the rep's activities, `moved` those on which deals moved forward."""
    span = timedelta(days=EFFECT_DAYS)
    days_after = min(EFFECT_DAYS, max(0, (today - visit.day).days))
    end = visit.day + timedelta(days=days_after)
    before, after = Period(visit.day - span, visit.day - timedelta(days=1)), Period(visit.day + timedelta(days=1), end)
    return Effect(
        visit.day,
        visit.support,
        (sum(day in before for day in done), sum(day in after for day in done)),
        (sum(day in before for day in moved), sum(day in after for day in moved)),
        (open_cents_on(deals, history, before.last), open_cents_on(deals, history, end)),
        days_after,
    )


def _most_in_need(line: SupportLine) -> tuple[float, int, str]:
    return -line.need.score, line.ride_along_in, line.rep.name.casefold()
