"""Solve an instance of the benchmark format."""

from pathlib import Path
from typing import Any

from planner.planning.benchmark import benchmark_plan, read_benchmark
from planner.planning.search import solve
from planner.progress import Report


def solve_instance(file: Path, seconds: float, seed: int, threads: int, report: Report) -> dict[str, Any]:
    """The best plan found for a `roadbook-week-1` file, as {"days": [[visit id, ...], ...]}; raises BadInputFile and PlanProblem."""
    instance = read_benchmark(file)
    return benchmark_plan(instance, solve(instance, seconds=seconds, seed=seed, threads=threads, report=report))
