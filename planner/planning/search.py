"""The search: which visits, on which day, in which order, and where to sleep.

The problem is the multi-period orienteering problem with multiple time windows (Tricoire, Romauch, Doerner and Hartl, "Heuristics for the
multi-period orienteering problem with multiple time windows", 2010), with lunch, calls, alternatives, nights away and a goal of several
terms besides. It is searched by ruin and recreate; `kernels.anneal` names the sources of each move.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from planner.planning.conflicts import cannot_meet, check_possible, first_broken, impossible_day
from planner.planning.instance import Instance, Solution
from planner.planning.state import State, beds_of, empty_state, load_day, problem_of, routes_of
from planner.progress import Report, silent

LANES = 2
"""How many searches run side by side and learn from each other, whatever the number of threads, so that a seed means the same on any."""
SLICE_S = 0.05
"""How long a thread works before it listens again."""
MEETINGS = (0.5, 0.75, 0.9)
"""When the lanes go on from the best of them, as parts of the whole search: late, lest all look in the same corner."""
FRUGAL = 2e-5
"""Value that a second of driving counts for while searching: it breaks ties, and short days leave room."""
HOT, COLD = 0.4, 0.02
"""First and last temperature as a share of the value of a visit in the first plan."""


def solve(
    instance: Instance,
    seconds: float = 5.0,
    seed: int = 1,
    threads: int = 2,
    iterations: int | None = None,
    warm_start: Solution | None = None,
    report: Report = silent,
    improved: Callable[[Solution], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """Find the plan that is worth most by the goal, of equal ones the one with the least driving.

    It works for `seconds`, or for exactly `iterations` a lane: then the same seed gives the same plan on any number of threads.
    `warm_start` is a plan at hand: the answer is never worse, and one that breaks rules is repaired. `improved` gets the first plan and
    each better one. `stop` asks whether the plan is good enough. Raises PlanProblem when mandatory visits cannot all be met, naming those
    that cannot.
    """
    begun, done, shown = time.monotonic(), 0, (-np.inf, 0.0)
    check_possible(instance)
    searches = [_Search(instance, seed * 1000 + k, warm_start) for k in range(max(LANES, threads))]
    chunk, told = 20, "Looking for a week"
    meetings: tuple[float, ...] = (*MEETINGS, np.inf)
    with ThreadPoolExecutor(max(1, threads)) as pool:
        while True:
            leader = max(searches, key=_Search.rank)
            if leader.complete and leader.rank() > shown:
                shown, better = leader.rank(), leader.solution(done)
                told = f"Looking for a better week than one worth {better.worth:,.0f}"
                if improved:
                    improved(better)
            elapsed = time.monotonic() - begun
            fraction = done / iterations if iterations is not None else elapsed / seconds
            report(min(1.0, fraction), told)
            if fraction >= 1.0 or (stop is not None and stop()):
                break
            size = min(chunk, iterations - done) if iterations is not None else chunk
            list(pool.map(lambda search: search.run(size, fraction), searches))  # noqa: B023 - used up inside the round
            done += size
            if iterations is None:
                spent = time.monotonic() - begun - elapsed
                chunk = max(2, min(20_000, int(chunk * min(4.0, SLICE_S / max(spent, 1e-6)))))
            if fraction >= meetings[0]:
                meetings = meetings[1:]
                for search in searches:
                    search.adopt(max(searches, key=_Search.rank))
    if leader.missing():
        raise cannot_meet(instance, leader.missing())
    found = leader.solution(done)
    broken = first_broken(instance, found)
    if broken:
        raise impossible_day(*broken)
    return found


class _Search:
    """One lane: the plan it works on, the one it holds, and its best."""

    def __init__(self, instance: Instance, seed: int, warm_start: Solution | None) -> None:
        from planner.planning.kernels import anneal, days

        self.instance = instance
        self.problem = problem_of(instance)
        self.seed = np.array([np.random.SeedSequence(seed).generate_state(1, np.uint64)[0] | np.uint64(1)], dtype=np.uint64)
        beds = warm_start.beds if warm_start else ()
        self.work, self.current, self.best = (empty_state(instance, self.problem, beds) for _ in range(3))
        if warm_start is not None:
            for day, route in enumerate(warm_start.routes):
                load_day(self.problem, self.work, day, route)
            days.refresh(self.problem, self.work)
            days.copy_days(self.work, self.best, self._every)
        anneal.recreate(self.problem, self.work, 1.0, 0.0, 0.0, self.seed)
        if warm_start is not None and self._lacks(self.work):
            self._make_room(warm_start)
        days.copy_days(self.work, self.current, self._every)
        if anneal.totals(self.problem, self.work)[0] > anneal.totals(self.problem, self.best)[0]:
            days.copy_days(self.work, self.best, self._every)
        values = [float(instance.value[v]) for route in routes_of(self.best) for v in route]
        self.scale = max(0.1, sum(values) / max(1, len(values)))

    def _make_room(self, warm_start: Solution) -> None:
        """Begin anew with what the plan at hand must have, when something else that must be does not fit into it."""
        from planner.planning.kernels import anneal, days

        fresh = empty_state(self.instance, self.problem, warm_start.beds)
        for day, route in enumerate(warm_start.routes):
            kept = self.instance.keep_order[day]
            load_day(self.problem, fresh, day, [v for v in route if kept or self.instance.mandatory[v]])
        days.refresh(self.problem, fresh)
        anneal.recreate(self.problem, fresh, 1.0, 0.0, 0.0, self.seed)
        if len(self._lacks(fresh)) < len(self._lacks(self.work)):
            days.copy_days(fresh, self.work, self._every)

    @property
    def _every(self) -> "np.typing.NDArray[np.bool_]":
        return np.ones(len(self.instance.days), dtype=np.bool_)

    def run(self, rounds: int, fraction: float) -> None:
        """Ruin and recreate this many times; `fraction` of the whole search has passed."""
        from planner.planning.kernels import anneal

        heat = self.scale * HOT * (COLD / HOT) ** fraction
        anneal.anneal(self.problem, self.work, self.current, self.best, FRUGAL, heat, heat, rounds, self.seed)

    def adopt(self, other: "_Search") -> None:
        """Go on from another lane's best when it is better than one's own."""
        from planner.planning.kernels import days

        if other is self or other.rank() <= self.rank():
            return
        for state in (self.work, self.current, self.best):
            days.copy_days(other.best, state, self._every)

    def rank(self) -> tuple[float, float]:
        """Worth, then less driving: the greater the better."""
        from planner.planning.kernels import anneal

        worth, drive = anneal.totals(self.problem, self.best)
        return round(worth, 6), -drive

    def missing(self) -> list[int]:
        """The mandatory visits that the best plan lacks."""
        return self._lacks(self.best)

    def _lacks(self, state: State) -> list[int]:
        planned = state.day_of >= 0
        lacking = np.flatnonzero(self.problem.mandatory & ~planned)
        return [int(v) for v in lacking if not planned[self.instance.met_by(int(v))].any()]

    @property
    def complete(self) -> bool:
        """Whether every mandatory visit is planned, and each day that starts at a last stop holds."""
        return not self.missing() and (not self.instance.linked.any() or first_broken(self.instance, self.solution(0)) is None)

    def solution(self, iterations: int) -> Solution:
        """The best plan as a value."""
        routes = routes_of(self.best)
        value = float(sum(self.instance.value[v] for route in routes for v in route))
        boost = float(sum(self.problem.prize[v] for route in routes for v in route)) - value
        worth = self.rank()[0] - boost
        beds = beds_of(self.instance, self.best) if len(self.instance.bed_night) else ()
        return Solution(routes, value, int(self.best.drive.sum()), iterations, beds, worth)
