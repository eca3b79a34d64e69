"""Between an instance and the kernels that work on it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.planning.instance import Instance, Solution


class Problem(NamedTuple):
    """The arrays of an `Instance` that the kernels read, its goal, and two worked out from it.

    `prize` are the values, each mandatory visit above the sum of all others and all that a plan can cost; `near` (n, k) the nearest visits
    of each visit by drive there and back, itself first.
    """

    hop: NDArray[np.int32]
    hop_back: NDArray[np.int32]
    pace: NDArray[np.int64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    max_drive: NDArray[np.int64]
    keep_order: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    lunch_from: NDArray[np.int64]
    lunch_s: NDArray[np.int64]
    lunch_at: NDArray[np.int64]
    lunches: NDArray[np.int64]
    block_at: NDArray[np.int64]
    blocks: NDArray[np.int64]
    window_at: NDArray[np.int64]
    windows: NDArray[np.int64]
    service: NDArray[np.int64]
    inner: NDArray[np.int64]
    kind: NDArray[np.int64]
    prize: NDArray[np.float64]
    mandatory: NDArray[np.bool_]
    group_at: NDArray[np.int64]
    groups: NDArray[np.int64]
    bed_night: NDArray[np.int64]
    bed_points: NDArray[np.float64]
    drive_price: float
    share_price: float
    shares: NDArray[np.float64]
    near: NDArray[np.int32]


class State(NamedTuple):
    """A plan that is being changed: row d of an array is day d; position 0 is its start, then come `length` visits, then its end.

    `ready` and `ready_by` (m, n + 2, 2) are the earliest and latest time ready to leave by lunch state, `there_by` the latest arrival.
    `cost` (m, n) keeps the cheapest insertion of each visit into each day in seconds (infinite where it does not fit), `at` its position,
    `detour` the driving it adds,
    `stale` tells which days of these need working out again: 1 when the day has
    only grown, 2 when it has lost visits. `taken` counts the planned visits of each group. `taste` holds one number: how much a second of
    waiting counts against one of driving.
    """

    route: NDArray[np.int32]
    length: NDArray[np.int64]
    drive: NDArray[np.int64]
    day_of: NDArray[np.int64]
    taken: NDArray[np.int64]
    ready: NDArray[np.int64]
    ready_by: NDArray[np.int64]
    there_by: NDArray[np.int64]
    cost: NDArray[np.float64]
    at: NDArray[np.int64]
    detour: NDArray[np.int64]
    stale: NDArray[np.int64]
    taste: NDArray[np.float64]


def problem_of(instance: Instance) -> Problem:
    """The instance as the kernels read it."""
    n = len(instance.visits)
    between = instance.hop[:n, :n].astype(np.int64) + instance.hop_back[:n, :n]
    np.fill_diagonal(between, -1)
    near = np.argsort(between, axis=1, kind="stable")[:, :200].astype(np.int32)
    prize = np.maximum(instance.value, 0.0)
    seconds = float((instance.closes - instance.opens).sum())
    costs = instance.goal.drive * float(instance.max_drive.sum()) + float(instance.bed_points.sum()) + instance.goal.share * seconds
    prize = np.where(instance.mandatory, prize + prize.sum() + costs + 1.0, prize)
    shared = {name: getattr(instance, name) for name in Problem._fields if hasattr(instance, name)}
    return Problem(
        **shared,
        prize=prize,
        drive_price=float(instance.goal.drive),
        share_price=float(instance.goal.share),
        shares=np.array(instance.goal.shares, dtype=np.float64),
        near=np.ascontiguousarray(near),
    )


def empty_state(instance: Instance, problem: Problem, beds: Sequence[int] = ()) -> State:
    """A plan without visits, timed and priced, that sleeps in these beds (by day, -1 for none of them)."""
    from planner.planning.kernels import days

    n, m = len(instance.visits), len(instance.days)
    times = (m, n + 2, 2)
    state = State(
        route=np.zeros((m, n + 2), dtype=np.int32),
        length=np.zeros(m, dtype=np.int64),
        drive=np.zeros(m, dtype=np.int64),
        day_of=np.full(n, -1, dtype=np.int64),
        taken=np.zeros(max(1, len(instance.groups)), dtype=np.int64),
        ready=np.zeros(times, dtype=np.int64),
        ready_by=np.zeros(times, dtype=np.int64),
        there_by=np.zeros(times, dtype=np.int64),
        cost=np.full((m, n), np.inf),
        at=np.zeros((m, n), dtype=np.int64),
        detour=np.zeros((m, n), dtype=np.int64),
        stale=np.full(m, 2, dtype=np.int64),
        taste=np.ones(1),
    )
    idle = Solution(routes=((),) * m, beds=tuple(beds))
    for day in range(m):
        state.route[day, 0], state.route[day, 1] = idle.ends_of(instance, day)
        days.time_day(problem, state, day)
    days.refresh(problem, state)
    return state


def load_day(problem: Problem, state: State, day: int, route: Sequence[int]) -> None:
    """Put a warm start's day into an empty one; a visit that breaks a rule at its place there is left out."""
    from planner.planning.kernels import days

    for v in route:
        if not days.is_free(problem, state, v):
            continue
        days.insert(problem, state, day, v, int(state.length[day]))
        if not days.day_holds(problem, state, day):
            days.remove(problem, state, day, int(state.length[day]), 1)
            days.time_day(problem, state, day)
            days.follow(problem, state, day)


def beds_of(instance: Instance, state: State) -> tuple[int, ...]:
    """The bed slept in after each day, -1 where it is none of them."""
    first = instance.bed_node(0)
    return tuple(max(-1, int(row[length + 1]) - first) for row, length in zip(state.route, state.length, strict=True))


def routes_of(state: State) -> tuple[tuple[int, ...], ...]:
    """The visits of a state by day, in driving order."""
    return tuple(tuple(int(v) for v in row[1 : length + 1]) for row, length in zip(state.route, state.length, strict=True))
