"""The instances that the benchmarks solve, the independent check of a plan, and the best values known.

Importing this puts the checkout before an installed Roadbook.
"""

import csv
import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"
WEEKS, TOPTW = SHARED / "data" / "weeks", SHARED / "data" / "toptw"
OWN_BEST = HERE / "best_values.csv"
sys.path.insert(0, str(ROOT))

type Week = dict[str, Any]
"""An instance as its JSON file holds it."""
type Plan = list[list[str]]
"""The ids of the visits of each day in driving order."""


@dataclass(frozen=True)
class Listed:
    """One instance: where it is, the best value that its folder knows, and what VROOM found within 5 s where that was noted."""

    name: str
    path: Path
    best_known: float
    vroom: float | None

    def week(self) -> Week:
        """The instance itself."""
        return json.loads(self.path.read_text(encoding="utf-8"))

    def gap(self, value: float) -> float:
        """How far a value is from the best known, in per cent; below zero when it is better."""
        return 100 * (self.best_known - value) / self.best_known


def listed(folder: Path, only: str = "") -> list[Listed]:
    """The instances of a folder by its best_known.csv, those whose name holds `only`."""
    table = folder / "best_known.csv"
    if not table.exists():
        sys.exit(f"There are no instances in {folder}: it has no best_known.csv.")
    with table.open(encoding="utf-8") as file:
        return [
            Listed(row["instance"], folder / f"{row['instance']}.json", float(row["best_known"]), _number(row.get("vroom_5s")))
            for row in csv.DictReader(file)
            if only in row["instance"]
        ]


def checker() -> ModuleType:
    """The checker of plans, which shares no code with Roadbook."""
    path = SHARED / "tools" / "check_plan.py"
    if not path.exists():
        sys.exit(f"The checker of plans is missing: {path}.")
    found = importlib.util.spec_from_file_location("check_plan", path)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def own_best() -> dict[str, float]:
    """The values that Roadbook's benchmarks found and that beat the best known, by instance."""
    return {name: float(row["value"]) for name, row in _own_rows().items()}


def keep_if_best(instance: Listed, value: float, how: str) -> bool:
    """Note the value of a valid plan when it beats both the best known and what is noted; returns whether it did."""
    rows = _own_rows()
    if value <= max(instance.best_known, float(rows.get(instance.name, {"value": 0})["value"])):
        return False
    rows[instance.name] = {"instance": instance.name, "value": f"{value:g}", "how found": how}
    with OWN_BEST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["instance", "value", "how found"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[name] for name in sorted(rows))
    return True


def _own_rows() -> dict[str, dict[str, str]]:
    if not OWN_BEST.exists():
        return {}
    with OWN_BEST.open(encoding="utf-8") as file:
        return {row["instance"]: row for row in csv.DictReader(file)}


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
