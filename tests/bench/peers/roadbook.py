"""Roadbook's own search, asked the same way as its peers."""

import json
import tempfile
import time
import tomllib
from pathlib import Path

from instances import ROOT, Plan, Week

from planner.planning.benchmark import benchmark_plan, read_benchmark
from planner.planning.plan import warm_up
from planner.planning.search import solve

NAME, VERSION = "Roadbook", tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
HOW = "The week as it is. One search with as many threads as there are, seed 1; its machine code is loaded beforehand."


def plans(week: Week, seconds: float, threads: int) -> tuple[list[Plan], float]:
    """The plan that the search finds within the time, and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.json"
        path.write_text(json.dumps(week), encoding="utf-8")
        instance = read_benchmark(path)
    warm_up()
    began = time.perf_counter()
    found = solve(instance, seconds, 1, threads)
    return [benchmark_plan(instance, found)["days"]], time.perf_counter() - began
