"""How near the optimiser comes to the best plans known: instance, value, best known, gap in per cent.

usage: python tests/bench/bench_weeks.py [FOLDER] [--seconds 5] [--seed 1] [--threads 2] [--only TEXT]
FOLDER holds instances and best_known.csv. Without FOLDER and --seconds it solves the shared weeks in 5 s and in 1 s and the shared TOPTW
instances in 5 s. A better value than both best_known.csv and best_values.csv is noted in the latter.
"""

import argparse
import time
from pathlib import Path
from types import ModuleType

from instances import TOPTW, WEEKS, Listed, checker, keep_if_best, listed, own_best

from planner.planning.benchmark import benchmark_plan, read_benchmark
from planner.planning.plan import warm_up
from planner.planning.search import solve


def main() -> None:
    """Solve each instance once and print the tables."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", nargs="?", type=Path)
    asked.add_argument("--seconds", type=float)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    runs = [(WEEKS, 5.0), (WEEKS, 1.0), (TOPTW, 5.0)]
    if options.folder or options.seconds:
        runs = [(options.folder or WEEKS, options.seconds or 5.0)]
    check = checker()
    began = time.perf_counter()
    warm_up()
    print(f"warm-up {time.perf_counter() - began:.2f} s")
    for folder, seconds in runs:
        instances = listed(folder, options.only)
        if instances:
            print(f"\n{folder.name}, {seconds:g} s, {options.threads} threads", flush=True)
            values = [solved(instance, seconds, options.seed, options.threads, check) for instance in instances]
            summary(instances, values)


def solved(instance: Listed, seconds: float, seed: int, threads: int, check: ModuleType) -> float:
    """Solve one instance and print its line; returns the value, 0 when the plan breaks a rule."""
    problem, first = read_benchmark(instance.path), []
    began = time.perf_counter()
    found = solve(problem, seconds, seed, threads, improved=lambda plan: first or first.append((time.perf_counter() - began, plan.value)))
    took = time.perf_counter() - began
    told = check.check(instance.week(), benchmark_plan(problem, found))
    value = told["value"] if told["ok"] else 0.0
    new = keep_if_best(instance, value, f"bench_weeks.py, {seconds:g} s, seed {seed}, {threads} threads")
    vroom = f"  VROOM {instance.vroom:g}, better: {'yes' if value > instance.vroom else 'no'}" if instance.vroom else ""
    print(
        f"{instance.name:14} {told['value']:8.0f} {instance.best_known:8.0f} {instance.gap(value):6.2f} %  {told['drive_hours']:6.2f} h  "
        f"{took:5.2f} s  first {instance.gap(first[0][1]):5.1f} % at {first[0][0]:.2f} s  {found.iterations:6d} rounds  "
        f"{'ok' if told['ok'] else told['problems']}{vroom}{'  a new best value' if new else ''}",
        flush=True,
    )
    return value


def summary(instances: list[Listed], values: list[float]) -> None:
    """Mean and worst gap to the best known, to the best of all, and how often VROOM is beaten."""
    own = own_best()
    gaps = [instance.gap(value) for instance, value in zip(instances, values, strict=True)]
    best = [max(instance.best_known, own.get(instance.name, 0.0)) for instance in instances]
    far = [100 * (top - value) / top for top, value in zip(best, values, strict=True)]
    print(f"mean gap {sum(gaps) / len(gaps):.2f} %, worst {max(gaps):.2f} %; mean gap to the best of all {sum(far) / len(far):.2f} %")
    against = [(instance.vroom, value) for instance, value in zip(instances, values, strict=True) if instance.vroom]
    if against:
        print(f"better than VROOM on {sum(value > vroom for vroom, value in against)} of {len(against)}")


if __name__ == "__main__":
    main()
