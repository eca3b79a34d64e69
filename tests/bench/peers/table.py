"""The results of a comparison as a table, for the terminal and as Markdown."""

import os
from dataclasses import dataclass, field
from datetime import datetime
from statistics import mean

from instances import Listed, own_best

ROADBOOK = "Roadbook"
BARS = {"weeks": (0.5, 1.5, "VROOM"), "toptw": (1.0, None, "PyVRP")}
"""What Roadbook owes in 5 s, by folder: mean and worst gap in per cent, and whom it has to beat on every instance or, where no worst gap is
asked, to match on average.
"""


@dataclass(frozen=True)
class Outcome:
    """What a solver made of an instance: the plan after mending, and as the solver gave it (`raw`)."""

    value: float
    ok: bool
    problems: list[str]
    raw_value: float
    raw_problems: list[str]
    took: float

    @property
    def mended(self) -> bool:
        """Whether the plan was made to hold afterwards."""
        return self.ok and bool(self.raw_problems)


@dataclass
class Run:
    """A whole comparison: `solvers` holds version and model of each by name, `tables` the instances of each folder and who made what of
    them, `loads` the machine's load before each instance.
    """

    seconds: float
    threads: int
    solvers: dict[str, tuple[str, str]]
    tables: dict[str, tuple[list[Listed], list[dict[str, Outcome]]]] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)


def row(instance: Listed, outcomes: dict[str, Outcome]) -> str:
    """One line for the terminal."""
    return f"{instance.name:12} {instance.best_known:6g}  " + "  ".join(
        f"{name} {outcome.value:5g} {instance.gap(outcome.value):6.2f} %{_mark(outcome):2}" for name, outcome in outcomes.items()
    )


def as_markdown(run: Run) -> str:
    """The whole comparison: settings, one table for each folder, what was mended, who is modelled how."""
    loads = f"{min(run.loads):.1f} to {max(run.loads):.1f}, {mean(run.loads):.1f} on average" if run.loads else "unknown"
    settings = (
        f"Written by `bench_peers.py` on {datetime.now().astimezone():%Y-%m-%d}: {run.seconds:g} s an instance, {run.threads} threads, "
        f"{os.cpu_count()} shared cores, load {loads} (its own threads included). One solver after the other; every plan checked by the "
        "shared checker."
    )
    legend = (
        "A gap is the distance to the best known value of the folder's `best_known.csv`, below zero where a plan is better than that. "
        f"`*` was mended, `!` breaks rules and counts for nothing. {_own()}"
    )
    head = ["# Roadbook and its peers", "", settings, "", legend, ""]
    return "\n".join([*head, *[line for folder in run.tables for line in _table(run, folder)], *_broken(run), *_models(run)]) + "\n"


def _table(run: Run, folder: str) -> list[str]:
    instances, results = run.tables[folder]
    names = list(run.solvers)
    lines = [f"## {folder}", "", "| instance | best known | " + " | ".join(names) + " |", "|---|--:|" + "--:|" * len(names)]
    for instance, outcomes in zip(instances, results, strict=True):
        cells = [f"{outcomes[name].value:g} ({instance.gap(outcomes[name].value):.2f} %){_mark(outcomes[name])}" for name in names]
        lines.append(f"| {instance.name} | {instance.best_known:g} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "| | mean gap | worst gap | mended | invalid | seconds | Roadbook is better / equal / worse |",
        "|---|--:|--:|--:|--:|--:|:-:|",
    ]
    for name in names:
        mine = [outcomes[name] for outcomes in results]
        gaps = [instance.gap(outcome.value) for instance, outcome in zip(instances, mine, strict=True) if outcome.ok]
        far = f"{mean(gaps):.2f} % | {max(gaps):.2f} %" if gaps else "– | –"
        compared = "" if name == ROADBOOK else " / ".join(map(str, _compared(name, results)))
        mended, invalid = sum(outcome.mended for outcome in mine), sum(not outcome.ok for outcome in mine)
        lines.append(f"| {name} | {far} | {mended} | {invalid} | {mean(o.took for o in mine):.1f} | {compared} |")
    return [*lines, "", *_bars(run, folder)]


def _bars(run: Run, folder: str) -> list[str]:
    if folder not in BARS:
        return []
    (most_mean, most_worst, peer), (instances, results) = BARS[folder], run.tables[folder]
    gaps = {name: [i.gap(o[name].value) for i, o in zip(instances, results, strict=True) if o[name].ok] for name in run.solvers}
    mine = gaps[ROADBOOK]
    all_valid = len(mine) == len(results)
    bars = [(f"every plan of Roadbook valid, mean gap at most {most_mean} %", all_valid and mean(mine) <= most_mean)]
    if most_worst is not None:
        bars.append((f"worst gap at most {most_worst} %", all_valid and max(mine) <= most_worst))
    if gaps.get(peer):
        if most_worst is None:
            bars.append((f"mean gap no greater than {peer}'s", all_valid and mean(mine) <= mean(gaps[peer])))
        else:
            bars.append((f"better than {peer} on every instance", _compared(peer, results)[0] == len(results)))
    return ["Bars: " + "; ".join(f"{what}: {'kept' if kept else '**missed**'}" for what, kept in bars) + ".", ""]


def _compared(name: str, results: list[dict[str, Outcome]]) -> tuple[int, int, int]:
    """How often Roadbook is strictly better than a peer, as good, and worse; an invalid plan is worse than any valid one."""
    pairs = [((o[ROADBOOK].ok, o[ROADBOOK].ok * o[ROADBOOK].value), (o[name].ok, o[name].ok * o[name].value)) for o in results]
    return sum(a > b for a, b in pairs), sum(a == b for a, b in pairs), sum(a < b for a, b in pairs)


def _broken(run: Run) -> list[str]:
    lines = ["## Plans that broke rules", ""]
    for instances, results in run.tables.values():
        for instance, outcomes in zip(instances, results, strict=True):
            for name, outcome in outcomes.items():
                if outcome.raw_problems:
                    after = f"{outcome.value:g} after mending" if outcome.ok else "could not be mended"
                    problems = outcome.problems if not outcome.ok else outcome.raw_problems
                    lines.append(f"- {instance.name}, {name}: {outcome.raw_value:g}, {after}. {'; '.join(problems)}.")
    none = ["None."] if len(lines) == 2 else []
    mending = (
        "Mending leaves out of each broken day the visits of the least value that make it hold, one, two or three of them, mandatory ones "
        "never; a mandatory visit that is missing cannot be mended."
    )
    return [*lines, *none, "", mending, ""]


def _models(run: Run) -> list[str]:
    lines = ["## Who is asked how", ""]
    for name, (version, how) in run.solvers.items():
        lines += [f"**{name} {version}.** {how}", ""]
    return lines[:-1]


def _own() -> str:
    beaten = own_best()
    return f"Better values than those, found by Roadbook's benchmarks: {len(beaten)} (`best_values.csv`)." if beaten else ""


def _mark(outcome: Outcome) -> str:
    return "" if outcome.ok and not outcome.mended else " *" if outcome.ok else " !"
