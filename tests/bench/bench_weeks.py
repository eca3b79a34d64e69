"""How near the optimiser comes to the best plans known: instance, value, best known, gap in per cent.

usage: python tests/bench/bench_weeks.py [FOLDER] [--seconds 5] [--seed 1] [--threads 2] [--only TEXT]
FOLDER holds instances and best_known.csv; the default is the weeks among the shared data beside the checkout.
"""

import argparse
import csv
import importlib.util
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from planner.planning.instance import benchmark_plan, read_benchmark  # noqa: E402 - the checkout comes first
from planner.planning.search import solve, warm_up  # noqa: E402 - as above


def main() -> None:
    """Solve each instance once and print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", nargs="?", type=Path, default=SHARED / "data" / "weeks")
    asked.add_argument("--seconds", type=float, default=5.0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    module = importlib.util.spec_from_file_location("check_plan", SHARED / "tools" / "check_plan.py")
    checker = importlib.util.module_from_spec(module)
    module.loader.exec_module(checker)
    began = time.perf_counter()
    warm_up()
    print(f"warm-up {time.perf_counter() - began:.2f} s")
    gaps = []
    for row in csv.DictReader((options.folder / "best_known.csv").open()):
        name, best = row["instance"], float(row["best_known"])
        if options.only not in name:
            continue
        path, first = options.folder / f"{name}.json", []
        instance = read_benchmark(path)
        began = time.perf_counter()
        found = solve(
            instance,
            options.seconds,
            options.seed,
            options.threads,
            improved=lambda plan: first.append((time.perf_counter() - began, plan.value)),  # noqa: B023 - called before the next round
        )
        took = time.perf_counter() - began
        told = checker.check(json.loads(path.read_text()), benchmark_plan(instance, found))
        gaps.append(100 * (best - told["value"]) / best)
        print(
            f"{name:14} {told['value']:8.0f} {best:8.0f} {gaps[-1]:6.2f} %  {told['drive_hours']:6.2f} h  {took:5.2f} s  "
            f"first {100 * (best - first[0][1]) / best:5.1f} % at {first[0][0]:.2f} s  {found.iterations:6d} rounds  "
            f"{'ok' if told['ok'] else told['problems']}",
            flush=True,
        )
    print(f"mean gap {sum(gaps) / len(gaps):.2f} %, worst {max(gaps):.2f} %")


if __name__ == "__main__":
    main()
