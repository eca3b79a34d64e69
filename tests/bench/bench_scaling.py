"""How the optimiser grows with the number of visits to choose from: first plan, value after 1 s, memory, time of an iteration.

usage: python tests/bench/bench_scaling.py [--sizes 50 100 200 400 700 1000] [--seed 1] [--threads 2]
Each size is a made-up week solved in a process of its own, so that each has its own peak of memory. Every plan is checked by the shared
checker. A run over all sizes writes SCALING.md and scaling.svg.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import numpy as np
from instances import HERE, checker
from plot import Panel, as_svg
from synthetic import synthetic_week

from planner.planning.benchmark import benchmark_plan, read_benchmark
from planner.planning.plan import warm_up
from planner.planning.search import LANES, solve

SIZES = [50, 100, 200, 400, 700, 1000]
TOLERANCE = 0.1
"""How far the exponent may lie over 1 and still count as linear: what the noise of a shared machine makes of six points."""
MOST_SECONDS, MOST_MB = 1.0, 600
COLUMNS = ("candidates", "first plan ms", "value of the first", "value after 1 s", "rounds in 1 s", "µs a round", "peak MB", "valid")


def main() -> None:
    """Measure each size and write the table and the plot."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--measure", type=Path, help="measure this one week and print the figures as JSON")
    options = asked.parse_args()
    if options.measure:
        print(json.dumps(measured(options.measure, options.seed, options.threads)))
        return
    check, figures, loads = checker(), [], []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path, week = Path(folder) / "week.json", synthetic_week(size, options.seed)
            path.write_text(json.dumps(week), encoding="utf-8")
            loads.append(os.getloadavg()[0])
            command = [sys.executable, __file__, "--measure", path, "--seed", str(options.seed), "--threads", str(options.threads)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        told = [check.check(week, found.pop(plan)) for plan in ("first_plan", "plan")]
        figures.append({"size": size, **found, "values": [each["value"] for each in told], "valid": all(each["ok"] for each in told)})
        print(_row(figures[-1]), flush=True)
    exponent, factor = fitted(figures)
    text = as_markdown(figures, exponent, loads, options.threads)
    print("\n" + text)
    if options.sizes == SIZES:
        (HERE / "SCALING.md").write_text(text, encoding="utf-8")
        (HERE / "scaling.svg").write_text(plotted(figures, exponent, factor), encoding="utf-8")


def measured(path: Path, seed: int, threads: int) -> dict[str, object]:
    """The figures of one week: seconds to the first plan, both plans, rounds a thread in 1 s, seconds a round, peak memory in MB.

    A round is timed in processor time with all lanes on a single thread, as the difference of a long and a short search, so that neither
    what happens before the first round nor other work on the machine counts.
    """
    warm_up()
    instance, first = read_benchmark(path), []
    began = time.perf_counter()
    found = solve(
        instance,
        1.0,
        seed,
        threads,
        improved=lambda plan: first or first.extend((time.perf_counter() - began, benchmark_plan(instance, plan))),
    )
    few, many = 50, max(500, found.iterations)
    short, long = (_processor_time(instance, seed, rounds) for rounds in (few, many))
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return {
        "first_s": first[0],
        "first_plan": first[1],
        "plan": benchmark_plan(instance, found),
        "rounds": found.iterations,
        "round_s": (long - short) / (many - few) / LANES,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
    }


def _processor_time(instance: object, seed: int, rounds: int) -> float:
    began = time.process_time()
    solve(instance, seed=seed, threads=1, iterations=rounds)
    return time.process_time() - began


def fitted(figures: list[dict]) -> tuple[float, float]:
    """Exponent and factor of time = factor * size ** exponent, by least squares over the logarithms."""
    exponent, log_factor = np.polyfit(np.log([f["size"] for f in figures]), np.log([f["round_s"] for f in figures]), 1)
    return float(exponent), float(np.exp(log_factor))


def as_markdown(figures: list[dict], exponent: float, loads: list[float], threads: int) -> str:
    """Table and verdicts."""
    last = figures[-1]
    quick, small = last["first_s"] <= MOST_SECONDS and last["valid"], last["peak_mb"] < MOST_MB
    settings = (
        f"Written by `bench_scaling.py` on {datetime.now().astimezone():%Y-%m-%d}: made-up weeks of five days, {threads} threads, "
        f"{os.cpu_count()} shared cores, load {min(loads):.1f} to {max(loads):.1f}. The machine code is loaded beforehand; each size has a "
        "process of its own. A round is one step of one search, its time that of one processor."
    )
    growth = (
        f"- The time of a round grows with the number of candidates to the power {exponent:.2f}: "
        f"{'no more' if exponent <= 1 + TOLERANCE else 'MORE'} than linear (at most 1.0, tolerance {TOLERANCE})."
    )
    speed = (
        f"- {last['size']:,} candidates: first plan after {last['first_s']:.2f} s, {'valid' if last['valid'] else 'NOT VALID'} "
        f"(bar: valid within {MOST_SECONDS:g} s: {'kept' if quick else 'MISSED'})."
    )
    memory = (
        f"- {last['size']:,} candidates: {last['peak_mb']:.0f} MB at most (bar: less than {MOST_MB} MB: {'kept' if small else 'MISSED'})."
    )
    head = ["# How the search grows", "", settings, "", "| " + " | ".join(COLUMNS) + " |", "|" + "--:|" * len(COLUMNS)]
    picture = "![Time of a round and time to the first plan against the number of candidates](scaling.svg)"
    return "\n".join([*head, *map(_row, figures), "", growth, speed, memory, "", picture]) + "\n"


def plotted(figures: list[dict], exponent: float, factor: float) -> str:
    """Time of a round with its fit beside time to the first plan with its bar."""
    ends, sizes = (figures[0]["size"], figures[-1]["size"]), [40.0, 100.0, 200.0, 400.0, 700.0, 1200.0]
    fit = [(size, 1e6 * factor * size**exponent) for size in ends]
    rounds = [(f["size"], 1e6 * f["round_s"]) for f in figures]
    firsts = [(f["size"], 1e3 * f["first_s"]) for f in figures]
    bar = 1e3 * MOST_SECONDS
    return as_svg(
        [
            Panel(
                "Time of a round",
                "candidates",
                "µs of one processor",
                rounds,
                sizes,
                _ticks([y for _, y in rounds + fit]),
                [(f"n to the power {exponent:.2f}", *fit)],
            ),
            Panel(
                "First plan",
                "candidates",
                "ms",
                firsts,
                sizes,
                _ticks([*[y for _, y in firsts], bar]),
                [("bar", (ends[0], bar), (ends[1], bar))],
            ),
        ]
    )


def _ticks(values: list[float]) -> list[float]:
    """The numbers 1, 2 and 5 times a power of ten around all values."""
    steps = [digit * 10.0**power for power in range(-3, 7) for digit in (1, 2, 5)]
    low = max(step for step in steps if step < min(values))
    high = min(step for step in steps if step > max(values))
    return [step for step in steps if low <= step <= high]


def _row(figure: dict) -> str:
    first, last = figure["values"]
    cells = [f"{figure['size']:,}", f"{1e3 * figure['first_s']:.0f}", f"{first:g}", f"{last:g}", f"{figure['rounds']:,}"]
    cells += [f"{1e6 * figure['round_s']:.1f}", f"{figure['peak_mb']:.0f}", "yes" if figure["valid"] else "NO"]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
