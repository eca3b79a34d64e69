"""Which of the visits that a day must have can no longer be made."""

from collections.abc import Mapping, Sequence
from itertools import permutations

from planner.planning.frame import span_text
from planner.planning.instance import Instance
from planner.planning.schedule import DayTimes, alone_problem, schedule_day

MOST_PERMUTED = 5
"""So many visits at most are tried in every order; with more, each next one is put between the others."""


def missed_visits(instance: Instance, visits: Sequence[int], planned: Mapping[int, int], *, keep_order: bool = False) -> dict[int, str]:
    """Of these visits of a week's only day, the most important first, those that cannot be made, each with the reason in words.

    `planned` says when each of these and of the other visits of the day was planned; with `keep_order` they stay in that order.
    """
    as_planned = sorted(planned, key=planned.__getitem__)
    for route in (as_planned, [v for v in as_planned if v in visits]):  # with the other stops there may be somewhere to have lunch
        if planned.keys() >= set(visits) and _end(instance, route) is not None and not _rivals(instance, route):
            return {}
    kept: tuple[int, ...] = ()
    missed: dict[int, str] = {}
    for v in visits:
        broken = alone_problem(instance, 0, v)
        orders = [order for order in _orders(kept, v) if not keep_order or _is_kept(order, planned)]
        ends = [(end, order) for order in orders if (end := _end(instance, order)) is not None]
        if broken:
            missed[v] = broken.rule + (f", {span_text(broken.short_s)} late" if broken.short_s else "")
        elif other := _rivals(instance, (*kept, v)) or _clashing(instance, kept, v):
            missed[v] = f"not together with {instance.visits[min(other - {v})].id}"
        elif not ends:
            missed[v] = "no time left for it"
        else:
            kept = min(ends)[1]
    return missed


def _orders(kept: tuple[int, ...], v: int) -> list[tuple[int, ...]]:
    if len(kept) < MOST_PERMUTED:
        return list(permutations((*kept, v)))
    return [(*kept[:at], v, *kept[at:]) for at in range(len(kept) + 1)]


def _is_kept(order: Sequence[int], planned: Mapping[int, int]) -> bool:
    places = [planned[v] for v in order if v in planned]
    return places == sorted(places)


def _end(instance: Instance, order: Sequence[int]) -> int | None:
    """When a day of these visits ends, or None where it breaks a rule."""
    times = schedule_day(instance, 0, order)
    return times.back_s if isinstance(times, DayTimes) else None


def _rivals(instance: Instance, visits: Sequence[int]) -> set[int]:
    """Those of these visits that are alternatives to each other."""
    groups = [group for v in visits for group in instance.groups_of(v)]
    return {v for v in visits if any(groups.count(group) > 1 for group in instance.groups_of(v))}


def _clashing(instance: Instance, kept: Sequence[int], v: int) -> set[int]:
    """The visits that this one cannot be on one day with, in either order."""
    return {u for u in kept if _end(instance, (u, v)) is None and _end(instance, (v, u)) is None}
