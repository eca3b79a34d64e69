"""From accounts, pipeline and calendar to what a week asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.model.accounts import Account, Opportunity
from planner.model.calendar import Duty
from planner.model.places import Bounds, NamedPlace
from planner.model.week import Candidate, DayRequest, LeftOut, Lunch, Term, VisitKind, WeekRequest, WhyNot, Window
from planner.planning.instance import Span, free_starts, merged
from planner.planning.opening import closed_text, open_days, start_spans, state_holidays
from planner.planning.value import Weights, due_in_days, due_text, value_terms, visit_kind

MOST_CANDIDATES = 400
"""So many accounts, the worthiest, are weighed against each other; with more, a search of seconds would find less."""
MARGIN_S = 3600
"""A fixed appointment near the edge of the day opens the day this long before it, or closes it this long after."""
WHOLE_DAY_S = 20 * 3600
"""What lasts this long is no appointment to drive to."""
AFTER_DUTY_S = 900
"""How late after a long duty a lunch put off by it may start."""


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """The frame of her days: where they begin and end, their hours, lunch, driving at most, and how long visits take (seconds)."""

    home: NamedPlace
    office: NamedPlace
    opens_s: int = 27_000
    closes_s: int = 64_800
    max_drive_s: int = 16_200
    lunch: Lunch | None = Lunch(41_400, 48_600, 2700)  # noqa: RUF009 - frozen
    capture_s: int = 2700
    care_s: int = 1800
    timezone: str = "America/New_York"
    holidays_state: str = ""


def build_request(
    days: Sequence[date],
    accounts: Sequence[Account],
    opportunities: Mapping[str, Sequence[Opportunity]],
    duties: Sequence[Duty],
    work: WorkWeek,
    weights: Weights,
    bounds: Bounds | None = None,
) -> tuple[WeekRequest, tuple[LeftOut, ...]]:
    """What to plan on these days, and the accounts that are not even asked for, each with its reason.

    Duties with a place become mandatory candidates at their time, others block her time wherever she is. `opportunities` are the open deals
    by the CRM id of their account; accounts outside `bounds` have no roads.
    """
    placed, blocks = _sorted_duties(duties, work)
    requests = tuple(_day(day, placed, blocks, work) for day in days)
    names = {account.id: account.name for account in accounts}
    holidays = state_holidays(days, work.holidays_state)
    candidates, left_out = [], []
    for account in accounts:
        deals = opportunities.get(account.crm_id, ())
        candidate = _candidate(account, deals, requests, holidays, work, weights)
        reason = _not_asked(account, candidate, days, names, bounds)
        if reason:
            left_out.append(_left_out(candidate, *reason))
        else:
            candidates.append(candidate)
    candidates.sort(key=lambda candidate: (-candidate.value, candidate.key))
    beyond = f"{MOST_CANDIDATES} accounts are worth more this week"
    left_out.extend(_left_out(candidate, WhyNot.NO_ROOM, beyond) for candidate in candidates[MOST_CANDIDATES:])
    fixed = [_fixed(duty, index) for index, day in enumerate(days) for duty in placed if duty.day == day]
    return WeekRequest(requests, (*fixed, *candidates[:MOST_CANDIDATES])), tuple(left_out)


def _sorted_duties(duties: Iterable[Duty], work: WorkWeek) -> tuple[list[Duty], list[Duty]]:
    """Duties to drive to, and those that block her time; of the latter what a duty to drive to leaves over."""
    asked = [duty for duty in duties if duty.start_s < work.closes_s and duty.end_s > work.opens_s]
    placed = [duty for duty in asked if duty.place is not None and duty.end_s - duty.start_s < WHOLE_DAY_S]
    blocks = []
    for duty in asked:
        if duty not in placed:
            pieces = [(duty.start_s, duty.end_s)]
            for other in placed:
                if other.day == duty.day:
                    cut = [(a, min(b, other.start_s)) for a, b in pieces] + [(max(a, other.end_s), b) for a, b in pieces]
                    pieces = [(a, b) for a, b in cut if a < b]
            blocks += [replace(duty, start_s=a, end_s=b) for a, b in merged(pieces)]
    return placed, blocks


def _day(day: date, placed: Sequence[Duty], blocks: Sequence[Duty], work: WorkWeek) -> DayRequest:
    there = [duty for duty in placed if duty.day == day]
    calls = tuple(duty for duty in blocks if duty.day == day)
    opens = max(0, min([work.opens_s, *(duty.start_s - MARGIN_S for duty in there)]))
    closes = max([work.closes_s, *(duty.end_s + MARGIN_S for duty in there)])
    lunch = _lunch(work.lunch, [(duty.start_s, duty.end_s) for duty in (*there, *calls)], closes)
    return DayRequest(day, work.home, work.home, opens, closes, work.max_drive_s, lunch, calls)


def _lunch(lunch: Lunch | None, busy: Iterable[Span], closes_s: int) -> Lunch | None:
    """Lunch as usual, or after the duties that fill its time, or none where they fill the day."""
    if lunch is None:
        return None
    free = free_starts([(lunch.earliest_s, max(lunch.latest_s, closes_s - lunch.service_s))], merged(busy), lunch.service_s)
    if not free:
        return None
    return replace(lunch, latest_s=lunch.latest_s if free[0][0] <= lunch.latest_s else min(free[0][1], free[0][0] + AFTER_DUTY_S))


def _candidate(
    account: Account, deals: Sequence[Opportunity], days: Sequence[DayRequest], holidays: set[date], work: WorkWeek, weights: Weights
) -> Candidate:
    kind = visit_kind(account, deals)
    dates = [day.day for day in days]
    terms = value_terms(account, deals, dates[0], weights)
    service = work.care_s if kind is VisitKind.CARE else work.capture_s
    opening = open_days(account.hours, dates, holidays)
    if opening.note:
        terms = (*terms, Term(opening.note, 0.0))
    spans = [start_spans(open_spans, day.opens_s, day.closes_s, service) for open_spans, day in zip(opening.spans, days, strict=True)]
    windows = tuple(Window(index, begin, end) for index, day_spans in enumerate(spans) for begin, end in day_spans)
    closed = closed_text([bool(day_spans) for day_spans in spans], dates)
    return Candidate(
        key=f"account-{account.id}",
        title=account.name,
        kind=kind,
        place=account.place or work.home.point,
        service_s=service,
        value=round(sum(term.points for term in terms), 1),
        windows=windows,
        terms=terms,
        account_id=account.id,
        closed_text=closed,
    )


def _not_asked(
    account: Account, candidate: Candidate, days: Sequence[date], names: Mapping[int, str], bounds: Bounds | None
) -> tuple[WhyNot, str] | None:
    """Why an account need not be asked for; None when it may be planned."""
    if account.place is None:
        return WhyNot.UNPLACED, account.match_note or "Its address is not on the map"
    if account.duplicate_of is not None:
        return WhyNot.DUPLICATE, f"Probably the same as {names.get(account.duplicate_of, 'another account')}"
    if bounds is not None and not bounds.contains(account.place):
        return WhyNot.OFF_ROAD, "Outside the road pack"
    if due_in_days(account, days[-1]) > 0:
        return WhyNot.NOT_DUE, due_text(account, days[0])
    if not candidate.windows:
        return WhyNot.CLOSED, candidate.closed_text
    return None


def _left_out(candidate: Candidate, reason: WhyNot, text: str) -> LeftOut:
    return LeftOut(candidate.key, candidate.title, candidate.kind, candidate.value, reason, text, candidate.account_id)


def _fixed(duty: Duty, day: int) -> Candidate:
    """A duty with a place as a visit that must start at its time."""
    assert duty.place is not None
    return Candidate(
        key=f"duty-{duty.uid}-{duty.day.isoformat()}-{duty.start_s}",
        title=duty.title,
        kind=VisitKind.DUTY,
        place=duty.place,
        service_s=duty.end_s - duty.start_s,
        value=0.0,
        windows=(Window(day, duty.start_s, duty.start_s),),
        mandatory=True,
    )
