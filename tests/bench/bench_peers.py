"""Roadbook beside VROOM, PyVRP and OR-Tools on the same instances in the same time, and the table of it.

usage: python tests/bench/bench_peers.py [--seconds 5] [--threads 2] [--folder FOLDER ...] [--only TEXT] [--peers vroom,pyvrp,ortools]
The peers are the extra `bench`; one that is not installed is skipped. They run one after the other, Roadbook first, every plan is checked
by the shared checker. A run that leaves nothing out writes PEERS.md; every run that finds a new best value notes it in best_values.csv.
"""

import argparse
import importlib
import os
from pathlib import Path
from types import ModuleType

from instances import HERE, TOPTW, WEEKS, Listed, checker, keep_if_best, listed
from peers.repair import repaired
from peers.table import Outcome, Run, as_markdown, row

PEERS = ("vroom", "pyvrp", "ortools")


def main() -> None:
    """Solve every instance with everyone and write the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=5.0)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--folder", type=Path, nargs="+", default=[WEEKS, TOPTW])
    asked.add_argument("--only", default="")
    asked.add_argument("--peers", default=",".join(PEERS))
    options = asked.parse_args()
    check, solvers = checker(), [importlib.import_module("peers.roadbook"), *_installed(options.peers.split(","))]
    run = Run(options.seconds, options.threads, {solver.NAME: (solver.VERSION, solver.HOW) for solver in solvers})
    for folder in options.folder:
        instances = listed(folder, options.only)
        if instances:
            run.tables[folder.name] = (instances, [])
        for instance in instances:
            run.loads.append(os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0)
            outcomes = {solver.NAME: solved(solver, instance, run, check) for solver in solvers}
            run.tables[folder.name][1].append(outcomes)
            print(f"{row(instance, outcomes)}  load {run.loads[-1]:.1f}", flush=True)
            for name, outcome in outcomes.items():
                if outcome.ok:
                    keep_if_best(instance, outcome.value, f"{name}, bench_peers.py, {options.seconds:g} s, {options.threads} threads")
    text = as_markdown(run)
    print("\n" + text)
    everything = options.folder == [WEEKS, TOPTW] and not options.only and options.peers == ",".join(PEERS)
    if everything:
        (HERE / "PEERS.md").write_text(text, encoding="utf-8")


def _installed(names: list[str]) -> list[ModuleType]:
    found = []
    for name in filter(None, names):
        try:
            found.append(importlib.import_module(f"peers.{name}"))
        except ModuleNotFoundError as error:
            print(f"{name} is left out: {error} (the extra `bench` brings it)")
    return found


def solved(solver: ModuleType, instance: Listed, run: Run, check: ModuleType) -> Outcome:
    """The best of a solver's plans, mended where it has to be; valid ones before invalid ones."""
    week, best = instance.week(), None
    plans, took = solver.plans(week, run.seconds, run.threads)
    for plan in plans:
        told = check.check(week, {"days": plan})
        mended = told if told["ok"] else check.check(week, {"days": repaired(week, plan, check)})
        outcome = Outcome(mended["value"], mended["ok"], mended["problems"], told["value"], told["problems"], took)
        if best is None or (outcome.ok, outcome.value) > (best.ok, best.value):
            best = outcome
    return best


if __name__ == "__main__":
    main()
