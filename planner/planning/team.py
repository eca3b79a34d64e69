"""When reps are free, and the visits made together with them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planner.errors import UserProblem
from planner.model.calendar import Duty
from planner.planning.opening import open_days

USUAL_HOURS = "Mo-Fr 08:00-18:00"
"""Working hours of a rep who has told none."""

type Span = tuple[int, int]
type FreeTime = tuple[tuple[Span, ...], ...]
"""Spans in seconds after midnight, day by day, in which a rep works and has nothing else to do."""


def free_time(hours: str, duties: Iterable[Duty], days: Sequence[date], holidays: Iterable[date] = ()) -> FreeTime:
    """When a rep with these working hours (OSM syntax; empty: the usual ones) and appointments is free on some days.

    Raises UserProblem for hours that cannot be read.
    """
    working = open_days(hours.strip() or USUAL_HOURS, days, holidays)
    if working.note:
        raise UserProblem(f"The working hours “{hours}” cannot be read.", remedy="Write them as Mo-Fr 08:00-17:00.")
    busy: dict[date, list[Span]] = {day: [] for day in days}
    for duty in duties:
        if duty.day in busy:
            busy[duty.day].append((duty.start_s, duty.end_s))
    return tuple(without(spans, busy[day]) for spans, day in zip(working.spans, days, strict=True))


def without(spans: Iterable[Span], busy: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of some spans when others are taken out of them."""
    left = list(spans)
    for begin, end in busy:
        left = [piece for a, b in left for piece in ((a, min(b, begin)), (max(a, end), b)) if piece[0] < piece[1]]
    return tuple(sorted(left))


def common(spans: Iterable[Span], others: Iterable[Span]) -> tuple[Span, ...]:
    """The time in both of two lists of spans."""
    others = tuple(others)
    return tuple(sorted((max(a, c), min(b, d)) for a, b in spans for c, d in others if max(a, c) < min(b, d)))


def free_of(team: Mapping[str, FreeTime], rep: str, days: int) -> FreeTime:
    """When a rep is free; one who is not in the team is no hindrance."""
    return team.get(rep, (((0, 86_400),),) * days)
