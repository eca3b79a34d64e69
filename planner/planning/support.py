"""Rep support that takes more than one visit: a block of a rep's accounts, and coaching one-on-ones."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

import numpy as np

from planner.errors import PlanProblem
from planner.model.places import LatLon, NamedPlace
from planner.model.request import Candidate, Part, WeekRequest, Window
from planner.model.travel import UNITS, TravelMatrix
from planner.model.week import Term, VisitKind
from planner.model.wishes import BlockWish, CoachingPlace, CoachingWish
from planner.planning.opening import start_spans
from planner.planning.team import FreeTime, Span, common, free_of
from planner.values import Struct, replace

MOST_PARTS = 5
"""So many visits at most make a block: each order of them is tried."""
MOST_BLOCKS = 24
"""So many ways to fill a block are left to the search."""
SEEDS = 16
FULL_ENOUGH = 0.6
"""A block may fall short of the time wished for by so much..."""
TOO_FULL = 1.15
"""...and go over it by so much."""
COACHING_CLIENTS = 10
COACHING_POINTS = 20.0
"""What a coaching one-on-one is worth where it is not a must."""


class _Stay(Struct, frozen=True):
    """One order of a rep's accounts: when each starts after the first, and how long all of it takes."""

    visits: tuple[Candidate, ...]
    after_s: tuple[int, ...]
    drives: tuple[tuple[int, int], ...]
    service_s: int


def with_blocks(request: WeekRequest, matrix: TravelMatrix, wishes: Sequence[BlockWish], team: Mapping[str, FreeTime]) -> WeekRequest:
    """The request with the ways to fill each wished block as alternatives; of an account, its own visit or one in a block is planned.

    A block is visits to accounts of one rep, one right after the other while the rep is free. Raises PlanProblem for a wish that no
    free time of the rep can fill, and for two wishes with one rep.
    """
    blocks: list[Candidate] = []
    _check_once("block", wishes)
    for wish in wishes:
        found = sorted(_blocks(request, matrix, wish, free_of(team, wish.rep, len(request.days))), key=lambda b: (-b.value, b.key))
        if not found and wish.must:
            raise PlanProblem(
                f"{wish.minutes} minutes with {wish.rep} do not fit into this week.",
                f"At no time of theirs that is free are two or more of {wish.rep}'s accounts open.",
                "Ask for less time, other days, or look at the rep's calendar.",
            )
        blocks += found[:MOST_BLOCKS]
    in_blocks = {part.account_id for block in blocks for part in block.parts}
    own = tuple(_shared(c) if c.account_id in in_blocks else c for c in request.candidates)
    return replace(request, candidates=(*own, *blocks))


def with_coaching(
    request: WeekRequest, wishes: Sequence[CoachingWish], office: NamedPlace, team: Mapping[str, FreeTime], needs: Mapping[str, float]
) -> WeekRequest:
    """The request with each wished one-on-one: at the office, or right after a visit to one of the rep's accounts made together.

    Raises PlanProblem for a must that no free time of the rep can hold, and for two wishes with one rep.
    """
    added: list[Candidate] = []
    _check_once("one-on-one", wishes)
    for wish in wishes:
        free, found = free_of(team, wish.rep, len(request.days)), []
        if wish.place is not CoachingPlace.CLIENT:
            found.append(_at_office(request, wish, office, free, needs))
        if wish.place is not CoachingPlace.OFFICE:
            theirs = _accounts_of(request, wish.rep)[:COACHING_CLIENTS]
            found += [_at_client(request, wish, visit, free, needs) for visit in theirs]
        found = [candidate for candidate in found if candidate.windows]
        if not found and wish.must:
            raise PlanProblem(
                f"A one-on-one of {wish.minutes} minutes with {wish.rep} does not fit into this week.",
                f"{wish.rep} has no free time of that length during your days.",
                "Ask for less time, or look at the rep's calendar.",
            )
        added += found
    at_clients = {candidate.account_id for candidate in added} - {None}
    own = tuple(_shared(c) if c.account_id in at_clients else c for c in request.candidates)
    return replace(request, candidates=(*own, *added))


def _check_once(what: str, wishes: Sequence[BlockWish] | Sequence[CoachingWish]) -> None:
    reps = [wish.rep for wish in wishes]
    for rep in reps:
        if reps.count(rep) > 1:
            raise PlanProblem(f"More than one {what} with {rep} is asked for.", "A week has room for one.", "Ask for a longer one.")


def _accounts_of(request: WeekRequest, rep: str) -> list[Candidate]:
    """The visits to accounts of a rep that may be made together; not those that must be made anyway, nor what is made together already."""
    own = (c for c in request.candidates if c.owner == rep and c.account_id is not None)
    return [c for c in own if not (c.mandatory or c.one_of or c.parts)]


def _shared(candidate: Candidate) -> Candidate:
    """A visit that has alternatives now; a block is in the group of each of its accounts already."""
    group = f"account-{candidate.account_id}"
    return candidate if group in candidate.groups else replace(candidate, groups=(*candidate.groups, group))


def _at_office(request: WeekRequest, wish: CoachingWish, office: NamedPlace, free: FreeTime, needs: Mapping[str, float]) -> Candidate:
    length = wish.minutes * 60
    return Candidate(
        key=f"coaching-{wish.rep}-office",
        title=f"One-on-one: {wish.rep}",
        kind=VisitKind.SUPPORT,
        place=office.point,
        service_s=length,
        value=_points(wish, needs).points,
        terms=(_points(wish, needs),),
        windows=_while_free(request, free, length),
        mandatory=wish.must,
        groups=(f"coaching-{wish.rep}",),
        one_of=f"a one-on-one with {wish.rep}",
        closed_text=f"{wish.rep} has no free time",
        rep=wish.rep,
    )


def _at_client(request: WeekRequest, wish: CoachingWish, visit: Candidate, free: FreeTime, needs: Mapping[str, float]) -> Candidate:
    """A visit made together with the one-on-one after it, at the same place; both while the rep is free."""
    length = visit.service_s + wish.minutes * 60
    spans = [common(_starts(visit.windows, day), _starts(_while_free(request, free, length), day)) for day in range(len(request.days))]
    return replace(
        visit,
        key=f"coaching-{wish.rep}-{visit.key}",
        title=f"{visit.title}, then one-on-one: {wish.rep}",
        kind=VisitKind.SUPPORT,
        service_s=length,
        value=round(visit.value + _points(wish, needs).points, 1),
        terms=(*visit.terms, _points(wish, needs)),
        windows=tuple(Window(day, begin, end - 1) for day, found in enumerate(spans) for begin, end in found),
        mandatory=wish.must,
        groups=(*visit.groups, f"account-{visit.account_id}", f"coaching-{wish.rep}"),
        one_of=f"a one-on-one with {wish.rep}",
        rep=wish.rep,
    )


def _points(wish: CoachingWish, needs: Mapping[str, float]) -> Term:
    return Term(f"One-on-one: {wish.rep}", round(COACHING_POINTS * (0.5 + 0.5 * needs.get(wish.rep, 1.0)), 1))


def _while_free(request: WeekRequest, free: FreeTime, length_s: int) -> tuple[Window, ...]:
    """When something of this length may start so that the rep is free and her day is not over."""
    days = enumerate(zip(request.days, free, strict=True))
    return tuple(Window(i, a, b) for i, (day, spans) in days for a, b in start_spans(spans, day.opens_s, day.closes_s, length_s))


def _starts(windows: Sequence[Window], day: int) -> list[Span]:
    """The starts of one day as spans with their end left out."""
    return [(window.from_s, window.to_s + 1) for window in windows if window.day == day]


def _blocks(request: WeekRequest, matrix: TravelMatrix, wish: BlockWish, free: FreeTime) -> Iterator[Candidate]:
    pool = sorted(_accounts_of(request, wish.rep), key=lambda c: (-c.value / (c.service_s + 1), c.key))
    matrix = _in_rush(request, matrix)
    rows = {place: row for row, place in enumerate(matrix.places)}
    seen: set[frozenset[str]] = set()
    for seed in pool[:SEEDS]:
        for day in range(len(request.days)):
            if wish.weekdays and request.days[day].day.weekday() not in wish.weekdays:
                continue
            stay = _grown(seed, pool, matrix, rows, wish.minutes * 60, day)
            keys = frozenset(visit.key for visit in stay.visits)
            if len(stay.visits) >= 2 and stay.service_s >= FULL_ENOUGH * wish.minutes * 60 and keys not in seen:
                seen.add(keys)
                block = _block(request, stay, wish, free)
                if block.windows:
                    yield block


def _in_rush(request: WeekRequest, matrix: TravelMatrix) -> TravelMatrix:
    """Drive times of the worst hour: a block holds whenever it is begun."""
    slowest = min(request.rush.pace)
    seconds = np.where(matrix.seconds > 0, -(-matrix.seconds.astype(np.int64) * UNITS // slowest), matrix.seconds)
    return replace(matrix, seconds=seconds.astype(np.int32))


def _grown(seed: Candidate, pool: Sequence[Candidate], matrix: TravelMatrix, rows: Mapping[LatLon, int], length_s: int, day: int) -> _Stay:
    """Put the account to a block that brings most for the time it takes, until the time is up; each time in the quickest order."""
    best = _stay((seed,), matrix, rows)
    while len(best.visits) < MOST_PARTS:
        open_then = [c for c in pool if c not in best.visits and any(w.day == day for w in c.windows)]
        drives = {c.key: int(matrix.seconds[rows[seed.place], rows[c.place]]) for c in open_then}
        near = sorted((c for c in open_then if drives[c.key] >= 0), key=lambda c: drives[c.key] / (1 + max(0.0, c.value)))[:8]
        longer = [_quickest((*best.visits, c), matrix, rows) for c in near]
        fitting = [stay for stay in longer if 0 < stay.service_s <= TOO_FULL * length_s]
        if not fitting:
            break
        best = max(fitting, key=lambda stay: sum(v.value for v in stay.visits) / stay.service_s)
    return best


def _quickest(visits: tuple[Candidate, ...], matrix: TravelMatrix, rows: Mapping[LatLon, int]) -> _Stay:
    return min((_stay(order, matrix, rows) for order in permutations(visits)), key=lambda stay: stay.service_s)


def _stay(visits: tuple[Candidate, ...], matrix: TravelMatrix, rows: Mapping[LatLon, int]) -> _Stay:
    """These visits one right after the other; 1 << 40 seconds long where no road leads."""
    clock, after, drives = 0, [], []
    for index, visit in enumerate(visits):
        drive_s = drive_m = 0
        if index:
            a, b = rows[visits[index - 1].place], rows[visit.place]
            drive_s, drive_m = int(matrix.seconds[a, b]), int(matrix.metres[a, b])
        clock += drive_s if drive_s >= 0 else 1 << 40
        after.append(clock)
        drives.append((drive_s, drive_m))
        clock += visit.service_s
    return _Stay(visits, tuple(after), tuple(drives), clock)


def _block(request: WeekRequest, stay: _Stay, wish: BlockWish, free: FreeTime) -> Candidate:
    """The block of an order of visits: it may start when the rep is free for all of it and each visit finds its account open."""
    windows: list[Window] = []
    for day in range(len(request.days)):
        if wish.weekdays and request.days[day].day.weekday() not in wish.weekdays:
            continue
        spans: Sequence[Span] = _starts(_while_free(request, free, stay.service_s), day)
        for visit, after in zip(stay.visits, stay.after_s, strict=True):
            spans = common(spans, [(a - after, b - after) for a, b in _starts(visit.windows, day)])
        windows += [Window(day, a, b - 1) for a, b in spans]
    parts = tuple(
        Part(v.key, v.title, VisitKind.SUPPORT, v.place, v.service_s, v.value, after, *drive, v.account_id)
        for v, after, drive in zip(stay.visits, stay.after_s, stay.drives, strict=True)
    )
    return Candidate(
        key="block-" + "-".join([wish.rep, *(str(visit.account_id) for visit in stay.visits)]),
        title=f"{wish.rep}: {', '.join(visit.title for visit in stay.visits)}",
        kind=VisitKind.SUPPORT,
        place=stay.visits[0].place,
        service_s=stay.service_s,
        value=round(sum(visit.value for visit in stay.visits), 1),
        windows=tuple(windows),
        mandatory=wish.must,
        groups=(f"block-{wish.rep}", *(f"account-{visit.account_id}" for visit in stay.visits)),
        one_of=f"{wish.minutes} minutes with {wish.rep}",
        owner=wish.rep,
        rep=wish.rep,
        parts=parts,
    )
