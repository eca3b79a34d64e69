"""A week as numbers: what the schedule and the search work on, and the benchmark format for it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import BadInputFile

FORMAT = "roadbook-week-1"
FAR = 10_000_000
"""Seconds that stand for "no road": longer than any day, small enough to add up."""

type Span = tuple[int, int]
type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DaySpec:
    """One day: start and end place (rows of the matrix), when it opens and closes, most driving, lunch (earliest start, latest start,
    length) or None.

    `blocks` are spans in which she neither drives nor serves nor eats. All times are seconds.
    """

    start: int
    end: int
    opens: int
    closes: int
    max_drive: int
    lunch: tuple[int, int, int] | None = None
    blocks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitSpec:
    """One visit: its place, length and value; `windows` are (day, from, to) in which the service may start, both ends included."""

    id: str
    place: int
    service: int
    value: float
    windows: tuple[tuple[int, int, int], ...]
    mandatory: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """A week as arrays. `n` visits, `m` days.

    `hop` (n + 2m, n + 2m) int32 holds drive seconds between nodes: visit v is node v, day d starts at node n + d and ends at node n + m +
    d; `hop_back` is its transpose, because an insertion reads a column of it. Spans lie in CSR form, sorted and apart: the windows of visit
    v on day d are rows `window_at[v * m + d]` up to `window_at[v * m + d + 1]` of `windows` (k, 2), already free of that day's blocks;
    likewise `lunches` by `lunch_at`, and `blocks` by `block_at`. `lunch_s` is the length of lunch, `lunch_from` its earliest start (no
    lunch is owed by who is back by then), -1 where a day has none. `group` is -1 for a visit without alternatives.
    """

    name: str
    days: tuple[DaySpec, ...]
    visits: tuple[VisitSpec, ...]
    hop: NDArray[np.int32]
    hop_back: NDArray[np.int32]
    opens: Ints
    closes: Ints
    max_drive: Ints
    lunch_from: Ints
    lunch_s: Ints
    lunch_at: Ints
    lunches: Ints
    block_at: Ints
    blocks: Ints
    window_at: Ints
    windows: Ints
    service: Ints
    value: NDArray[np.float64]
    mandatory: NDArray[np.bool_]
    group: Ints

    def start_node(self, day: int) -> int:
        """The node where a day starts."""
        return len(self.visits) + day

    def end_node(self, day: int) -> int:
        """The node where a day ends."""
        return len(self.visits) + len(self.days) + day

    def windows_of(self, visit: int, day: int) -> list[Span]:
        """The spans in which the service of a visit may start on a day, free of blocks."""
        return _rows(self.windows, self.window_at, visit * len(self.days) + day)

    def lunches_of(self, day: int) -> list[Span]:
        """The spans in which lunch may start on a day, free of blocks."""
        return _rows(self.lunches, self.lunch_at, day)

    def blocks_of(self, day: int) -> list[Span]:
        """The blocked spans of a day, merged."""
        return _rows(self.blocks, self.block_at, day)


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan of an instance: visits by number in driving order for each day, the sum of their values, all driving in seconds."""

    routes: tuple[tuple[int, ...], ...]
    value: float
    drive_s: int
    iterations: int = 0


def build_instance(name: str, seconds: NDArray[np.int32], days: Sequence[DaySpec], visits: Sequence[VisitSpec]) -> Instance:
    """Lay a week out as arrays. `seconds[a, b]` is the drive from place a to place b, negative where no road leads."""
    nodes = np.array([v.place for v in visits] + [d.start for d in days] + [d.end for d in days], dtype=np.int64)
    hop = np.asarray(seconds)[np.ix_(nodes, nodes)].astype(np.int32)
    hop[(hop < 0) | (hop > FAR)] = FAR
    blocks = [merged(day.blocks) for day in days]
    lunches = [free_starts([day.lunch[:2]], busy, day.lunch[2]) if day.lunch else [] for day, busy in zip(days, blocks, strict=True)]
    windows = [
        free_starts(merged((a, b) for at, a, b in v.windows if at == d), blocks[d], v.service) for v in visits for d in range(len(days))
    ]
    groups = {g: i for i, g in enumerate(dict.fromkeys(v.group for v in visits if v.group is not None))}
    block_at, block_rows = _csr(blocks)
    lunch_at, lunch_rows = _csr(lunches)
    window_at, window_rows = _csr(windows)
    return Instance(
        name=name,
        days=tuple(days),
        visits=tuple(visits),
        hop=np.ascontiguousarray(hop),
        hop_back=np.ascontiguousarray(hop.T),
        opens=_ints(d.opens for d in days),
        closes=_ints(d.closes for d in days),
        max_drive=_ints(d.max_drive for d in days),
        lunch_from=_ints(d.lunch[0] if d.lunch else -1 for d in days),
        lunch_s=_ints(d.lunch[2] if d.lunch else -1 for d in days),
        lunch_at=lunch_at,
        lunches=lunch_rows,
        block_at=block_at,
        blocks=block_rows,
        window_at=window_at,
        windows=window_rows,
        service=_ints(v.service for v in visits),
        value=np.array([v.value for v in visits], dtype=np.float64),
        mandatory=np.array([v.mandatory for v in visits], dtype=np.bool_),
        group=_ints(-1 if v.group is None else groups[v.group] for v in visits),
    )


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
        group=None if group is None else str(group),
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


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sort spans and join those that touch; empty ones (end before begin) go."""
    joined: list[Span] = []
    for begin, end in sorted(s for s in spans if s[0] <= s[1]):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def free_starts(starts: Iterable[Span], busy: Sequence[Span], length: int) -> list[Span]:
    """The spans of starts from which something of this length overlaps no busy span (whose ends are free)."""
    free = list(starts)
    for begin, end in busy:
        cut = [(a, min(b, begin - length)) for a, b in free] + [(max(a, end), b) for a, b in free]
        free = merged(cut)
    return free


def _csr(rows: Sequence[Sequence[Span]]) -> tuple[Ints, Ints]:
    at = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=at[1:])
    flat = [span for row in rows for span in row]
    return at, np.array(flat, dtype=np.int64).reshape(len(flat), 2)


def _rows(table: Ints, at: Ints, row: int) -> list[Span]:
    return [(int(a), int(b)) for a, b in table[at[row] : at[row + 1]]]


def _ints(numbers: Iterable[int]) -> Ints:
    return np.array(list(numbers), dtype=np.int64)
