"""The blocks and one-on-ones that a plan at hand has, as visits that can be asked for again."""

from collections.abc import Mapping, Sequence

from planner.model.request import Candidate, Part, WeekRequest, Window
from planner.model.week import Stop, WeekPlan
from planner.planning.opening import start_spans
from planner.planning.team import FreeTime, common, free_of
from planner.values import replace


def with_planned_support(request: WeekRequest, plan: WeekPlan | None, team: Mapping[str, FreeTime]) -> WeekRequest:
    """The request with the blocks and one-on-ones of a plan that it does not ask for: each may stay, or move to where its rep is free.

    Of an account, its own visit or the one made together is planned.
    """
    known = {candidate.key for candidate in request.candidates}
    made: dict[str, list[Stop]] = {}
    for stop in (stop for day in plan.days for stop in day.stops) if plan else ():
        key = stop.block or stop.key
        if is_together(stop) and key not in known:
            made.setdefault(key, []).append(stop)
    terms = plan.terms if plan else {}
    added = [replace(_together(request, key, stops, team), terms=terms.get(key, ())) for key, stops in made.items()]
    accounts = {stop.account_id for stops in made.values() for stop in stops} - {None}
    own = (replace(c, groups=(*c.groups, _of_account(c.account_id))) if c.account_id in accounts else c for c in request.candidates)
    return replace(request, candidates=(*own, *added))


def is_together(stop: Stop) -> bool:
    """Whether a stop is part of a block or a one-on-one that planning put in."""
    return bool(stop.block) or stop.key.startswith("coaching-")


def _together(request: WeekRequest, key: str, stops: Sequence[Stop], team: Mapping[str, FreeTime]) -> Candidate:
    first, rep = stops[0], stops[0].rep
    accounts = [stop.account_id for stop in stops if stop.account_id is not None]
    return Candidate(
        key=key,
        title=f"{rep}: {', '.join(stop.title for stop in stops)}" if first.block else first.title,
        kind=first.kind,
        place=first.place,
        service_s=stops[-1].leave_s - first.start_s,
        value=round(sum(stop.value for stop in stops), 1),
        windows=_windows(request, stops, free_of(team, rep, len(request.days))),
        account_id=None if first.block else first.account_id,
        groups=(f"{'block' if first.block else 'coaching'}-{rep}", *map(_of_account, accounts)),
        owner=rep,
        rep=rep,
        parts=tuple(_part(stop, first) for stop in stops) if first.block else (),
    )


def _part(stop: Stop, first: Stop) -> Part:
    drive = (0, 0) if stop is first else (stop.drive_s, stop.drive_m)
    length, after = stop.leave_s - stop.start_s, stop.start_s - first.start_s
    return Part(stop.key, stop.title, stop.kind, stop.place, length, stop.value, after, *drive, stop.account_id)


def _windows(request: WeekRequest, stops: Sequence[Stop], free: FreeTime) -> tuple[Window, ...]:
    """When it may start so that the rep is free for all of it and each of its visits finds its account open."""
    own = {candidate.account_id: candidate.windows for candidate in request.candidates}
    length = stops[-1].leave_s - stops[0].start_s
    windows: list[Window] = []
    for index, (day, spans) in enumerate(zip(request.days, free, strict=True)):
        starts = tuple((begin, end + 1) for begin, end in start_spans(spans, day.opens_s, day.closes_s, length))
        for stop in (stop for stop in stops if stop.account_id is not None and stop.account_id in own):
            after = stop.start_s - stops[0].start_s
            starts = common(starts, [(w.from_s - after, w.to_s + 1 - after) for w in own[stop.account_id] if w.day == index])
        windows += [Window(index, begin, end - 1) for begin, end in starts]
    return tuple(windows)


def _of_account(account_id: int | None) -> str:
    return f"account-{account_id}"
