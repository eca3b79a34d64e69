"""What is settled in a plan becomes part of what is asked for: locks, and where its days begin and end."""

from collections.abc import Set as AbstractSet
from datetime import date

from planner.model.places import NamedPlace
from planner.model.request import Candidate, NightRequest, WeekRequest, Window
from planner.model.week import DayPlan, Lock, Stop, WeekPlan
from planner.values import replace


def with_ends(request: WeekRequest, plan: WeekPlan | None, but: AbstractSet[date] = frozenset()) -> WeekRequest:
    """The request with days that begin and end where those of the plan do, `but` some days; its nights away stay allowed."""
    known = {day.day: day for day in plan.days} if plan else {}
    days, nights = list(request.days), list(request.nights)
    for index, asked in enumerate(request.days):
        day, before = known.get(asked.day), known.get(request.days[index - 1].day) if index else None
        if day is None or asked.day in but:
            continue
        start, end = asked.start, asked.end
        if not (before and before.away):
            linked = before is not None and before.open_end and before.end.point == day.start.point
            start = None if linked else _same(day.start, asked.start)
        if day.away and index + 1 < len(request.days):
            nights = _allowed(nights, index, day, request.night_points)
        else:
            end = None if day.open_end else _same(day.end, asked.end)
        days[index] = replace(asked, start=start, end=end)
    return replace(request, days=tuple(days), nights=tuple(nights))


def _same(place: NamedPlace, asked: NamedPlace | None) -> NamedPlace:
    """The place of a plan; one of the same name that is elsewhere by now (she has moved house) gives way to it."""
    return asked if asked and asked.name == place.name else place


def _allowed(nights: list[NightRequest], index: int, day: DayPlan, points: float) -> list[NightRequest]:
    """The nights, with the one after a day allowed at its hotel."""
    others = [night for night in nights if night.after != index]
    hotels = next((night.hotels for night in nights if night.after == index), ())
    known = hotels if any(hotel.point == day.end.point for hotel in hotels) else (*hotels, day.end)
    return sorted([*others, NightRequest(index, known, points)], key=lambda night: night.after)


def with_locks(request: WeekRequest, plan: WeekPlan | None, *, by_hand: bool = False) -> WeekRequest:
    """The request in which locked visits stay on their day or at their minute, and days that keep their order keep their visits; those may
    still be changed `by_hand`.

    A lock outweighs opening hours and working days: who holds a visit fast knows better. Its alternatives need not be planned any more.
    Locked visits must be among the candidates.
    """
    if plan is None:
        return request
    indexes = {day.day: index for index, day in enumerate(request.days)}
    kept_days = {indexes[day.day] for day in plan.days if day.keep_order and day.day in indexes}
    held: dict[str, tuple[int, Stop, Lock]] = {}
    for day in plan.days:
        index = indexes.get(day.day)
        for stop in day.stops if index is not None else ():
            lock = Lock.DAY if stop.lock is Lock.NONE and index in kept_days and not by_hand else stop.lock
            if lock is not Lock.NONE and index is not None:
                held.setdefault(stop.block or stop.key, (index, stop, lock))
    if not held and not kept_days:
        return request
    days = tuple(replace(day, keep_order=index in kept_days) for index, day in enumerate(request.days))
    met = {candidate.one_of for candidate in request.candidates if candidate.key in held} - {""}
    candidates = tuple(
        _held(candidate, *held[candidate.key])
        if candidate.key in held
        else replace(candidate, mandatory=candidate.mandatory and candidate.one_of not in met)
        for candidate in request.candidates
    )
    return replace(request, days=days, candidates=candidates)


def _held(candidate: Candidate, day: int, stop: Stop, lock: Lock) -> Candidate:
    there = tuple(window for window in candidate.windows if window.day == day)
    if lock is Lock.TIME or not there:
        there = (Window(day, stop.start_s, stop.start_s),)
    return replace(candidate, windows=there, mandatory=True, one_of="", lock=stop.lock)
