"""From accounts, pipeline and calendar to what a week asks for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from planner.model.calendar import Duty
from planner.model.places import NamedPlace
from planner.model.request import Candidate, DayRequest, Lunch, NightRequest, Shares, WeekRequest, Window
from planner.model.travel import AS_USUAL, RushHours
from planner.model.week import LeftOut, VisitKind, WhyNot
from planner.model.writing import USUAL_WRITING, Writing
from planner.planning.candidates import Book, account_candidate, left_out_of_account, not_asked
from planner.planning.instance import Span, free_starts, merged
from planner.planning.opening import state_holidays
from planner.planning.team import without
from planner.planning.value import DRIVE_POINTS, SHARE_POINTS, Weights
from planner.values import Struct, field, replace

MOST_CANDIDATES = 400
"""So many accounts a week, the worthiest, are weighed against each other; with more, a search of seconds would find less."""
MARGIN_S = 3600
"""A fixed appointment near the edge of the day opens the day this long before it, or closes it this long after."""
WHOLE_DAY_S = 20 * 3600
"""What lasts this long is no appointment to drive to."""
AFTER_DUTY_S = 900
"""How late after a long duty a lunch put off by it may start."""


class WorkWeek(Struct, frozen=True):
    """The frame of her days: where they begin and end, their hours, lunch, driving at most, and how long visits take (seconds).

    What is said of the week is as `writing` has it.
    """

    home: NamedPlace
    office: NamedPlace
    opens_s: int = 27_000
    closes_s: int = 64_800
    max_drive_s: int = 16_200
    lunch: Lunch | None = Lunch(41_400, 48_600, 2700)
    capture_s: int = 2700
    care_s: int = 1800
    timezone: str = "America/New_York"
    holidays_state: str = ""
    rush: RushHours = AS_USUAL
    writing: Writing = USUAL_WRITING


class Ask(Struct, frozen=True):
    """What is asked of one plan beyond the usual.

    `starts` and `ends` are where single days begin and end (None: where the day before ended, and the last stop); on the weekdays `nights`
    (0 = Monday) she may sleep in one of `hotels` when that saves `night_saving_s` of driving or is worth as much. `shares` are capture,
    care and support. The account ids `also` are asked for whether due or not, `everyone` asks for all.
    """

    starts: Mapping[date, NamedPlace | None] = field(default_factory=dict)
    ends: Mapping[date, NamedPlace | None] = field(default_factory=dict)
    nights: tuple[int, ...] = ()
    hotels: tuple[NamedPlace, ...] = ()
    night_saving_s: int = 5400
    shares: tuple[float, float, float] | None = None
    also: frozenset[int] = frozenset()
    everyone: bool = False


def build_request(
    days: Sequence[date], book: Book, duties: Sequence[Duty], work: WorkWeek, weights: Weights, ask: Ask | None = None
) -> tuple[WeekRequest, tuple[LeftOut, ...]]:
    """What to plan on these days, and the accounts that are not even asked for, each with its reason.

    Duties with a place become mandatory candidates at their time, others block her time wherever she is.
    """
    ask = ask or Ask()
    placed, blocks = _sorted_duties(duties, work)
    requests = tuple(_day(day, placed, blocks, work, ask) for day in days)
    holidays = state_holidays(days, work.holidays_state)
    candidates, left_out = [], []
    for account in book.accounts:
        service_s = work.care_s if book.kind_of(account) is VisitKind.CARE else work.capture_s
        candidate = account_candidate(account, book, requests, holidays, service_s, work.home.point, weights, work.writing)
        reason = not_asked(account, candidate, days, book, insist=ask.everyone or account.id in ask.also, writing=work.writing)
        if reason:
            left_out.append(left_out_of_account(candidate, *reason))
        else:
            candidates.append(candidate)
    candidates.sort(
        key=lambda candidate: (candidate.account_id not in ask.also and not candidate.mandatory, -candidate.value, candidate.key)
    )
    weeks = len({day.isocalendar()[:2] for day in days})
    most = len(candidates) if ask.everyone else MOST_CANDIDATES * weeks
    beyond = f"{most} accounts are worth more this week" if weeks == 1 else f"{most} accounts are worth more in these weeks"
    left_out.extend(left_out_of_account(candidate, WhyNot.NO_ROOM, beyond) for candidate in candidates[most:])
    fixed = [_fixed(duty, index) for index, day in enumerate(days) for duty in placed if duty.day == day]
    drive_points = DRIVE_POINTS * weights.detour
    night_points = max(drive_points, DRIVE_POINTS) * ask.night_saving_s / 60
    nights, shares = _nights(days, ask, night_points), _shares(ask, weights)
    request = WeekRequest(requests, (*fixed, *candidates[:most]), nights, night_points, drive_points, shares, work.rush, work.writing)
    return request, tuple(left_out)


def _nights(days: Sequence[date], ask: Ask, points: float) -> tuple[NightRequest, ...]:
    """The nights that may be spent away: between two days in a row, at the price of the driving each must save."""
    pairs = [(index, day) for index, day in enumerate(days[:-1]) if days[index + 1] - day == timedelta(days=1)]
    return tuple(NightRequest(index, ask.hotels, points) for index, day in pairs if day.weekday() in ask.nights and ask.hotels)


def _shares(ask: Ask, weights: Weights) -> Shares | None:
    if ask.shares is None or sum(ask.shares) <= 0 or weights.shares <= 0:
        return None
    capture, care, support = (share / sum(ask.shares) for share in ask.shares)
    return Shares(capture, care, support, SHARE_POINTS * weights.shares)


def _sorted_duties(duties: Iterable[Duty], work: WorkWeek) -> tuple[list[Duty], list[Duty]]:
    """Duties to drive to, and those that block her time; of the latter what a duty to drive to leaves over."""
    asked = [duty for duty in duties if duty.start_s < work.closes_s and duty.end_s > work.opens_s]
    placed = [duty for duty in asked if duty.place is not None and duty.end_s - duty.start_s < WHOLE_DAY_S]
    blocks = []
    for duty in asked:
        if duty not in placed:
            there = [(other.start_s, other.end_s) for other in placed if other.day == duty.day]
            blocks += [replace(duty, start_s=a, end_s=b) for a, b in without([(duty.start_s, duty.end_s)], there)]
    return placed, blocks


def _day(day: date, placed: Sequence[Duty], blocks: Sequence[Duty], work: WorkWeek, ask: Ask) -> DayRequest:
    there = [duty for duty in placed if duty.day == day]
    calls = tuple(duty for duty in blocks if duty.day == day)
    opens = max(0, min([work.opens_s, *(duty.start_s - MARGIN_S for duty in there)]))
    closes = max([work.closes_s, *(duty.end_s + MARGIN_S for duty in there)])
    lunch = _lunch(work.lunch, [(duty.start_s, duty.end_s) for duty in (*there, *calls)], closes)
    start, end = ask.starts.get(day, work.home), ask.ends.get(day, work.home)
    return DayRequest(day, start, end, opens, closes, work.max_drive_s, lunch, calls)


def _lunch(lunch: Lunch | None, busy: Iterable[Span], closes_s: int) -> Lunch | None:
    """Lunch as usual, or after the duties that fill its time, or none where they fill the day."""
    if lunch is None:
        return None
    free = free_starts([(lunch.earliest_s, max(lunch.latest_s, closes_s - lunch.service_s))], merged(busy), lunch.service_s)
    if not free:
        return None
    return replace(lunch, latest_s=lunch.latest_s if free[0][0] <= lunch.latest_s else min(free[0][1], free[0][0] + AFTER_DUTY_S))


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
