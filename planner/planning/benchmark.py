"""The benchmark format of a week: roadbook-week-1."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from planner.errors import BadInputFile
from planner.planning.instance import FAR, DaySpec, Instance, Solution, VisitSpec, build_instance

FORMAT = "roadbook-week-1"


def read_benchmark(path: Path) -> Instance:
    """Read a `roadbook-week-1` JSON file. Raises BadInputFile when the file is missing, not JSON, or not such a week."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputFile(f"{path.name} cannot be read as JSON.", f"{error}.", f"Choose a file in the {FORMAT} format.") from error
    try:
        return _from_json(data)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        why = f"{error.args[0]!r} is missing." if isinstance(error, KeyError) else f"{error}."
        raise BadInputFile(f"{path.name} is not a week in the {FORMAT} format.", why, "Correct the file and try again.") from error


def benchmark_plan(instance: Instance, solution: Solution) -> dict[str, list[list[str]]]:
    """The plan in the benchmark's format: for each day the ids of its visits in driving order."""
    return {"days": [[instance.visits[v].id for v in route] for route in solution.routes]}


def _from_json(data: dict[str, Any]) -> Instance:
    if data["format"] != FORMAT:
        raise ValueError(f"its format is {data['format']!r}, not {FORMAT}")
    seconds = np.array(data["seconds"])
    if seconds.ndim != 2 or seconds.shape[0] != seconds.shape[1] or seconds.dtype.kind not in "iu":
        raise ValueError("'seconds' is not a square matrix of whole numbers")
    if (seconds < 0).any():
        a, b = np.argwhere(seconds < 0)[0]
        raise ValueError(f"seconds[{a}][{b}] is {seconds[a, b]}: a drive cannot take less than no time")
    if not data["days"]:
        raise ValueError("it has no days")
    places = len(seconds)
    days = [_day(f"days[{i}]", item, places) for i, item in enumerate(data["days"])]
    visits = [_visit(f"visits[{i}]", item, places, len(days)) for i, item in enumerate(data["visits"])]
    if len({v.id for v in visits}) != len(visits):
        raise ValueError("two visits share an id")
    return build_instance(str(data["name"]), np.clip(seconds, -1, FAR).astype(np.int32), days, visits)


def _day(label: str, item: dict[str, Any], places: int) -> DaySpec:
    lunch = item["lunch"]
    if lunch is not None:
        lunch = tuple(_whole(f"{label}.lunch.{key}", lunch[key]) for key in ("earliest", "latest", "seconds"))
    blocks = tuple((_whole(f"{label}.blocks", a), _whole(f"{label}.blocks", b)) for a, b in item.get("blocks", ()))
    start, end = (_below(f"{label}.{key}", item[key], places) for key in ("start", "end"))
    opens, closes, drive = (_whole(f"{label}.{key}", item[key]) for key in ("opens", "closes", "max_drive"))
    return DaySpec(start, end, opens, closes, drive, lunch, blocks)


def _visit(label: str, item: dict[str, Any], places: int, days: int) -> VisitSpec:
    windows = []
    for day, begin, end in item["windows"]:
        windows.append((_below(f"{label}.windows", day, days), _whole(f"{label}.windows", begin), _whole(f"{label}.windows", end)))
    value = float(item["value"])
    if not np.isfinite(value) or not isinstance(item["mandatory"], bool):
        raise ValueError(f"{label} has no number as its value, or neither true nor false as 'mandatory'")
    group = item["group"]
    return VisitSpec(
        id=str(item["id"]),
        place=_below(f"{label}.place", item["place"], places),
        service=_whole(f"{label}.service", item["service"]),
        value=value,
        windows=tuple(windows),
        mandatory=item["mandatory"],
        groups=() if group is None else (str(group),),
    )


def _whole(label: str, number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= 2**40:
        raise ValueError(f"{label} is not a whole number of seconds: {number!r}")
    return number


def _below(label: str, number: object, limit: int) -> int:
    index = _whole(label, number)
    if index >= limit:
        raise ValueError(f"{label} is {index}, but there are only {limit}")
    return index
