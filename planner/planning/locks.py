"""What the user holds fast of a plan becomes part of what is asked for."""

from dataclasses import replace

from planner.model.request import Candidate, WeekRequest, Window
from planner.model.week import Lock, Stop, WeekPlan


def with_locks(request: WeekRequest, plan: WeekPlan | None) -> WeekRequest:
    """The request in which locked visits stay on their day or at their minute, and days that keep their order keep their visits.

    A lock outweighs opening hours and working days: who holds a visit fast knows better. Locked visits must be among the candidates.
    """
    if plan is None:
        return request
    indexes = {day.day: index for index, day in enumerate(request.days)}
    kept_days = {indexes[day.day] for day in plan.days if day.keep_order and day.day in indexes}
    held: dict[str, tuple[int, Stop, Lock]] = {}
    for day in plan.days:
        index = indexes.get(day.day)
        for stop in day.stops if index is not None else ():
            lock = stop.lock if stop.lock is not Lock.NONE else Lock.DAY if index in kept_days else Lock.NONE
            if lock is not Lock.NONE and index is not None:
                held.setdefault(stop.block or stop.key, (index, stop, lock))
    if not held and not kept_days:
        return request
    days = tuple(replace(day, keep_order=index in kept_days) for index, day in enumerate(request.days))
    candidates = tuple(_held(candidate, *held[candidate.key]) if candidate.key in held else candidate for candidate in request.candidates)
    return replace(request, days=days, candidates=candidates)


def _held(candidate: Candidate, day: int, stop: Stop, lock: Lock) -> Candidate:
    there = tuple(window for window in candidate.windows if window.day == day)
    if lock is Lock.TIME or not there:
        there = (Window(day, stop.start_s, stop.start_s),)
    return replace(candidate, windows=there, mandatory=True, one_of="", lock=stop.lock)
