"""Between an instance and the kernels that work on it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.planning.instance import Instance


class Problem(NamedTuple):
    """The arrays of an `Instance` that the kernels read, and two worked out from it: `prize`, the values with each mandatory visit above
    the sum of all others, and `near` (n, k), the nearest visits of each visit by drive there and back, itself first.
    """

    hop: NDArray[np.int32]
    hop_back: NDArray[np.int32]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    max_drive: NDArray[np.int64]
    lunch_from: NDArray[np.int64]
    lunch_s: NDArray[np.int64]
    lunch_at: NDArray[np.int64]
    lunches: NDArray[np.int64]
    block_at: NDArray[np.int64]
    blocks: NDArray[np.int64]
    window_at: NDArray[np.int64]
    windows: NDArray[np.int64]
    service: NDArray[np.int64]
    prize: NDArray[np.float64]
    mandatory: NDArray[np.bool_]
    group: NDArray[np.int64]
    near: NDArray[np.int32]


class State(NamedTuple):
    """A plan that is being changed: row d of an array is day d; position 0 is its start, then come `length` visits, then its end.

    `ready` and `ready_by` (m, n + 2, 2) are the earliest and latest time ready to leave by lunch state, `there_by` the latest arrival.
    `cost` (m, n) keeps the cheapest insertion of each visit into each day in seconds (infinite where it does not fit), `at` its position,
    `stale` tells which days of these need working out again: 1 when the day has
    only grown, 2 when it has lost visits. `taken` counts the planned visits of each group.
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
    stale: NDArray[np.int64]


def problem_of(instance: Instance) -> Problem:
    """The instance as the kernels read it."""
    n = len(instance.visits)
    between = instance.hop[:n, :n].astype(np.int64) + instance.hop_back[:n, :n]
    np.fill_diagonal(between, -1)
    near = np.argsort(between, axis=1, kind="stable")[:, :200].astype(np.int32)
    prize = np.maximum(instance.value, 0.0)
    prize = np.where(instance.mandatory, prize + prize.sum() + 1.0, prize)
    shared = {name: getattr(instance, name) for name in Problem._fields if hasattr(instance, name)}
    return Problem(**shared, prize=prize, near=np.ascontiguousarray(near))


def empty_state(instance: Instance, problem: Problem) -> State:
    """A plan without visits, timed and priced."""
    from planner.planning import kernels

    n, m = len(instance.visits), len(instance.days)
    times = (m, n + 2, 2)
    state = State(
        route=np.zeros((m, n + 2), dtype=np.int32),
        length=np.zeros(m, dtype=np.int64),
        drive=np.zeros(m, dtype=np.int64),
        day_of=np.full(n, -1, dtype=np.int64),
        taken=np.zeros(max(1, n), dtype=np.int64),
        ready=np.zeros(times, dtype=np.int64),
        ready_by=np.zeros(times, dtype=np.int64),
        there_by=np.zeros(times, dtype=np.int64),
        cost=np.full((m, n), np.inf),
        at=np.zeros((m, n), dtype=np.int64),
        stale=np.full(m, 2, dtype=np.int64),
    )
    for day in range(m):
        state.route[day, 0], state.route[day, 1] = instance.start_node(day), instance.end_node(day)
        kernels.time_day(problem, state, day)
    kernels.refresh(problem, state)
    return state


def load_day(problem: Problem, state: State, day: int, route: Sequence[int]) -> None:
    """Put a warm start's day into an empty one; a visit that breaks a rule at its place there is left out."""
    from planner.planning import kernels

    for v in route:
        group = problem.group[v]
        if state.day_of[v] >= 0 or (group >= 0 and state.taken[group]):
            continue
        kernels.insert(problem, state, day, v, int(state.length[day]))
        if not kernels.day_holds(problem, state, day):
            kernels.remove(problem, state, day, int(state.length[day]), 1)
            kernels.time_day(problem, state, day)
