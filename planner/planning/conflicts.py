"""What cannot be planned at all: impossible days, and mandatory visits that do not go together."""

from collections.abc import Sequence
from itertools import combinations, product

import numpy as np

from planner.errors import PlanProblem
from planner.planning.instance import Instance, Solution
from planner.planning.schedule import Broken, alone_problem, schedule_day
from planner.values import replace

MOST_NAMED = 5


def check_possible(instance: Instance) -> None:
    """Refuse days that are impossible in themselves, and mandatory visits that fit into no day, alone or in pairs; raises PlanProblem."""
    for day in range(len(instance.days)):
        if not _holds(instance, day, ()):
            raise impossible_day(day, alone_problem(instance, day, None))
    quick = _unhindered(instance)
    alone = [v for v in _must(instance) if not any(_days_of(quick, w) for w in instance.met_by(v))]
    if alone:
        raise cannot_meet(instance, alone)
    pairs = conflicts(instance)
    if pairs:
        raise PlanProblem(
            f"These appointments cannot both be kept: {pairs_text(instance, pairs)}.",
            "Their times and the drive between them do not go together.",
            "Move or release one of each pair.",
        )


def first_broken(instance: Instance, solution: Solution) -> tuple[int, Broken] | None:
    """The first day of a plan that does not hold, and why; only one that starts at a last stop can be such."""
    for day, route in enumerate(solution.routes):
        times = schedule_day(instance, day, route, solution.ends_of(instance, day))
        if isinstance(times, Broken):
            return day, times
    return None


def conflicts(instance: Instance) -> list[tuple[int, int]]:
    """The pairs of mandatory visits that fit into the week one by one but not together; those with alternatives are not looked at."""
    single, quick = [v for v in _must(instance) if instance.met_by(v) == [v]], _unhindered(instance)
    days = {v: set(_days_of(quick, v)) for v in single}
    return [pair for pair in combinations(single, 2) if days[pair[0]] and days[pair[1]] and not _together(quick, *pair, days)]


def pairs_text(instance: Instance, pairs: Sequence[tuple[int, int]]) -> str:
    """Pairs in words: "Board and Dentist; Board and Review"."""
    named = "; ".join(f"{instance.visits[a].id} and {instance.visits[b].id}" for a, b in pairs[:MOST_NAMED])
    return named + (f"; and {len(pairs) - MOST_NAMED} more pairs" if len(pairs) > MOST_NAMED else "")


def cannot_meet(instance: Instance, visits: Sequence[int]) -> PlanProblem:
    """The problem that these mandatory visits have no room."""
    names = ", ".join(dict.fromkeys(instance.visits[v].one_of or instance.visits[v].id for v in visits))
    return PlanProblem(
        f"These appointments cannot be met: {names}.",
        "Their times, the drives to them and the working hours of the week do not go together.",
        "Move or release one of them, or change the hours of the day.",
    )


def impossible_day(day: int, broken: Broken | None) -> PlanProblem:
    """The problem that a day does not hold even with nothing in it."""
    return PlanProblem(
        f"Day {day + 1} cannot be planned.",
        f"Even with nothing in it: {broken.rule if broken else 'it does not hold'}.",
        "Change its hours, its start and end, or what blocks it.",
    )


def _must(instance: Instance) -> list[int]:
    return [int(v) for v in np.flatnonzero(instance.mandatory)]


def _unhindered(instance: Instance) -> Instance:
    """The week without lunch and calls: a stop on the way may be where she has them, so they rule out nothing beforehand."""
    days = tuple(replace(day, lunch=None) for day in instance.days)
    return replace(instance, days=days, block_at=np.zeros_like(instance.block_at))


def _days_of(instance: Instance, visit: int) -> list[int]:
    """The days that a visit fits into with nothing else in them."""
    return [d for d in range(len(instance.days)) if _holds(instance, d, (visit,))]


def _holds(instance: Instance, day: int, route: tuple[int, ...]) -> bool:
    """Whether a day can be these visits and nothing else, wherever she sleeps. Where it starts at a last stop, that is open."""
    if instance.linked[day]:
        return True
    starts = [instance.start_node(day), *(instance.bed_node(int(bed)) for bed in np.flatnonzero(instance.bed_night == day - 1))]
    ends = [instance.end_node(day), *(instance.bed_node(int(bed)) for bed in np.flatnonzero(instance.bed_night == day))]
    return any(not isinstance(schedule_day(instance, day, route, pair), Broken) for pair in product(starts, ends))


def _together(instance: Instance, a: int, b: int, days: dict[int, set[int]]) -> bool:
    if set(instance.groups_of(a)) & set(instance.groups_of(b)):
        return False
    if len(days[a] | days[b]) > 1:  # on two days, one each
        return True
    (day,) = days[a]
    return _holds(instance, day, (a, b)) or _holds(instance, day, (b, a))
