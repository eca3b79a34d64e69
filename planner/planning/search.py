"""The search: which visits, on which day, in which order."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from planner.errors import PlanProblem
from planner.planning.instance import Instance, Solution
from planner.planning.schedule import alone_problem
from planner.planning.state import empty_state, load_day, problem_of
from planner.progress import Report, silent

SLICE_S = 0.06
"""How long a thread works before it listens again."""
FRUGAL = 2e-5
"""Value that a second of driving counts for while searching: it breaks ties, and short days leave room."""
HOT, COLD = 0.01, 0.0008
"""First and last temperature as a share of the value of the first plan."""


def solve(
    instance: Instance,
    seconds: float = 5.0,
    seed: int = 1,
    threads: int = 2,
    iterations: int | None = None,
    warm_start: Sequence[Sequence[int]] | None = None,
    report: Report = silent,
    improved: Callable[[Solution], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """Find the plan with the greatest sum of values, of equal ones the one with the least driving.

    It works for `seconds`, or for exactly `iterations` a thread: then the same seed gives the same plan. `warm_start` holds a plan's visits
    for each day; the answer is never worse, and one that breaks rules is repaired. `improved` gets the first plan and each better one.
    `stop` asks whether the plan is good enough. Raises PlanProblem when mandatory visits cannot all be met, naming those that cannot.
    """
    _check_mandatory(instance)
    searches = [_Search(instance, seed * 1000 + k, warm_start) for k in range(max(1, threads))]
    begun, done, shown = time.monotonic(), 0, (-1.0, 0.0)
    chunk = 20
    with ThreadPoolExecutor(len(searches)) as pool:
        while True:
            leader = max(searches, key=_Search.rank)
            if leader.complete and leader.rank() > shown:
                shown = leader.rank()
                if improved:
                    improved(leader.solution(done))
            elapsed = time.monotonic() - begun
            fraction = done / iterations if iterations is not None else elapsed / seconds
            report(min(1.0, fraction), "Looking for a better week")
            if fraction >= 1.0 or (stop is not None and stop()):
                break
            size = min(chunk, iterations - done) if iterations is not None else chunk
            list(pool.map(lambda search: search.run(size, fraction), searches))  # noqa: B023 - used up inside the round
            done += size
            if iterations is None:
                spent = time.monotonic() - begun - elapsed
                chunk = max(5, min(20_000, int(chunk * min(4.0, SLICE_S / max(spent, 1e-6)))))
            if done // 2000 != (done - size) // 2000:
                for search in searches:
                    search.adopt(leader)
    if not leader.complete:
        raise _cannot_meet(instance, leader.missing())
    return leader.solution(done)


def warm_up() -> None:
    """Load the search's machine code, compiling it the first time, so that the first plan does not wait for it."""
    from planner.planning.instance import DaySpec, VisitSpec, build_instance

    visits = [VisitSpec(str(k), 0, 600, 1.0, ((0, 0, 36_000),)) for k in range(2)]
    tiny = build_instance("warm-up", np.zeros((1, 1), dtype=np.int32), [DaySpec(0, 0, 0, 36_000, 36_000)], visits)
    solve(tiny, iterations=2, threads=1)


class _Search:
    """One thread's search: the plan it works on, the one it holds, and its best."""

    def __init__(self, instance: Instance, seed: int, warm_start: Sequence[Sequence[int]] | None) -> None:
        from planner.planning import kernels

        self.instance = instance
        self.problem = problem_of(instance)
        self.seed = np.array([np.random.SeedSequence(seed).generate_state(1, np.uint64)[0] | np.uint64(1)], dtype=np.uint64)
        self.work, self.current, self.best = (empty_state(instance, self.problem) for _ in range(3))
        for day, route in enumerate(warm_start or ()):
            load_day(self.problem, self.work, day, route)
        every = np.ones(len(instance.days), dtype=np.bool_)
        if warm_start is not None:
            kernels.refresh(self.problem, self.work)
            kernels.copy_days(self.work, self.best, every)
        kernels.recreate(self.problem, self.work, 1.0, 0.0, 0.0, self.seed)
        kernels.copy_days(self.work, self.current, every)
        if kernels.totals(self.problem, self.work)[0] > kernels.totals(self.problem, self.best)[0]:
            kernels.copy_days(self.work, self.best, every)
        self.scale = max(1.0, self.value)

    def run(self, rounds: int, fraction: float) -> None:
        """Ruin and recreate this many times; `fraction` of the whole search has passed."""
        from planner.planning import kernels

        heat = self.scale * HOT * (COLD / HOT) ** fraction
        kernels.anneal(self.problem, self.work, self.current, self.best, FRUGAL, heat, heat, rounds, self.seed)

    def adopt(self, other: "_Search") -> None:
        """Go on from another search's best when it is better than one's own."""
        from planner.planning import kernels

        if other is self or other.rank() <= self.rank():
            return
        every = np.ones(len(self.instance.days), dtype=np.bool_)
        for state in (self.work, self.current, self.best):
            kernels.copy_days(other.best, state, every)

    def routes(self) -> tuple[tuple[int, ...], ...]:
        """The best plan's visits by day."""
        return tuple(tuple(int(v) for v in row[1 : length + 1]) for row, length in zip(self.best.route, self.best.length, strict=True))

    @property
    def value(self) -> float:
        return float(sum(self.instance.value[v] for route in self.routes() for v in route))

    def rank(self) -> tuple[float, float]:
        """Prize, then less driving: the greater the better."""
        from planner.planning import kernels

        prize, drive = kernels.totals(self.problem, self.best)
        return round(prize, 6), -drive

    def missing(self) -> list[int]:
        """The mandatory visits that the best plan lacks."""
        return [int(v) for v in np.flatnonzero(self.problem.mandatory & (self.best.day_of < 0))]

    @property
    def complete(self) -> bool:
        """Whether every mandatory visit is planned."""
        return not self.missing()

    def solution(self, iterations: int) -> Solution:
        """The best plan as a value."""
        return Solution(self.routes(), self.value, int(self.best.drive.sum()), iterations)


def _check_mandatory(instance: Instance) -> None:
    """Refuse days that are impossible in themselves and mandatory visits that fit into no day even alone."""
    for day in range(len(instance.days)):
        problem = alone_problem(instance, day, None)
        if problem:
            raise PlanProblem(
                f"Day {day + 1} cannot be planned.",
                f"Even with nothing in it: {problem.rule}.",
                "Change its hours, its start and end, or what blocks it.",
            )
    alone = [
        int(v) for v in np.flatnonzero(instance.mandatory) if all(alone_problem(instance, d, int(v)) for d in range(len(instance.days)))
    ]
    if alone:
        raise _cannot_meet(instance, alone)


def _cannot_meet(instance: Instance, visits: Sequence[int]) -> PlanProblem:
    names = ", ".join(instance.visits[v].id for v in visits)
    return PlanProblem(
        f"These appointments cannot be met: {names}.",
        "Their times, the drives to them and the working hours of the week do not go together.",
        "Move or release one of them, or change the hours of the day.",
    )
