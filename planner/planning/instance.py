"""A week as numbers: what the schedule and the search work on."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from planner.model.travel import AS_USUAL, RushHours
from planner.values import Struct

FAR = 10_000_000
"""Seconds that stand for "no road": longer than any day, small enough to add up."""
LAST_STOP = -1
"""As the end of a day: wherever its last stop is. As the start: where the day before ended."""

type Span = tuple[int, int]
type Ints = NDArray[np.int64]


class DaySpec(Struct, frozen=True):
    """One day: start and end place (rows of the matrix, or LAST_STOP), when it opens and closes, most driving, lunch (earliest start,
    latest start, length) or None.

    `blocks` are spans in which she neither drives nor serves nor eats. A day that keeps its order loses no visit and is not reordered. All
    times are seconds.
    """

    start: int
    end: int
    opens: int
    closes: int
    max_drive: int
    lunch: tuple[int, int, int] | None = None
    blocks: tuple[Span, ...] = ()
    keep_order: bool = False


class VisitSpec(Struct, frozen=True):
    """One visit: its place, length and value; `windows` are (day, from, to) in which the service may start, both ends included.

    At most one visit of each group is planned; of the mandatory ones with the same `one_of`, one is enough. `leave_place` is where it ends,
    -1 where it began; `drive` is the driving inside it, `kind` the share it counts for, -1 for none.
    """

    id: str
    place: int
    service: int
    value: float
    windows: tuple[tuple[int, int, int], ...]
    mandatory: bool = False
    groups: tuple[str, ...] = ()
    one_of: str = ""
    leave_place: int = -1
    drive: int = 0
    kind: int = -1


class NightSpec(Struct, frozen=True):
    """A night that may be spent away: the one after a day, in one of these places (rows of the matrix), each for its points."""

    after: int
    places: tuple[int, ...]
    points: tuple[float, ...]


class Goal(Struct, frozen=True):
    """What a plan is worth besides its values: points a second of driving costs; the share of each kind of visit in the time of all, and
    points for each second missing to it.
    """

    drive: float = 0.0
    shares: tuple[float, ...] = ()
    share: float = 0.0


class Instance(Struct, frozen=True):
    """A week as arrays. `n` visits, `m` days, `k` choices of a bed.

    `hop` (n + 2m + k, same) int32 holds drive seconds between nodes: visit v is node v, day d starts at node n + d and ends at node n + m +
    d, bed b is node n + 2m + b; `hop_back` is its transpose, because an insertion reads a column of it; `pace` is that of the rush hours,
    empty without. A day that ends at its last stop has an end node that is no drive away from anywhere; a `linked` day starts where the one
    before it ended. Spans lie in CSR form, sorted and apart: the windows of visit v on day d are rows `window_at[v * m + d]` up to
    `window_at[v * m + d + 1]` of `windows` (k, 2), already free of that day's blocks; likewise `lunches` by `lunch_at`, `blocks` by
    `block_at`, and the `groups` of a visit by `group_at`. `lunch_s` is the length of lunch, `lunch_from` its earliest start (no lunch is
    owed by who is back by then), -1 where a day has none. `bed_night` is the day after which a bed may be slept in.
    """

    name: str
    days: tuple[DaySpec, ...]
    visits: tuple[VisitSpec, ...]
    goal: Goal
    rush: RushHours
    hop: NDArray[np.int32]
    hop_back: NDArray[np.int32]
    pace: Ints
    opens: Ints
    closes: Ints
    max_drive: Ints
    keep_order: NDArray[np.bool_]
    linked: NDArray[np.bool_]
    lunch_from: Ints
    lunch_s: Ints
    lunch_at: Ints
    lunches: Ints
    block_at: Ints
    blocks: Ints
    window_at: Ints
    windows: Ints
    service: Ints
    inner: Ints
    kind: Ints
    value: NDArray[np.float64]
    mandatory: NDArray[np.bool_]
    group_at: Ints
    groups: Ints
    bed_night: Ints
    bed_points: NDArray[np.float64]

    def start_node(self, day: int) -> int:
        """The node where a day starts when she slept at home."""
        return len(self.visits) + day

    def end_node(self, day: int) -> int:
        """The node where a day ends when she sleeps at home."""
        return len(self.visits) + len(self.days) + day

    def bed_node(self, bed: int) -> int:
        """The node of a bed."""
        return len(self.visits) + 2 * len(self.days) + bed

    def windows_of(self, visit: int, day: int) -> list[Span]:
        """The spans in which the service of a visit may start on a day, free of blocks."""
        return _rows(self.windows, self.window_at, visit * len(self.days) + day)

    def lunches_of(self, day: int) -> list[Span]:
        """The spans in which lunch may start on a day, free of blocks."""
        return _rows(self.lunches, self.lunch_at, day)

    def blocks_of(self, day: int) -> list[Span]:
        """The blocked spans of a day, merged."""
        return _rows(self.blocks, self.block_at, day)

    def groups_of(self, visit: int) -> list[int]:
        """The groups of alternatives that a visit is in."""
        return [int(g) for g in self.groups[self.group_at[visit] : self.group_at[visit + 1]]]

    def met_by(self, visit: int) -> list[int]:
        """The visits of which one must be planned when this mandatory one is asked for."""
        name = self.visits[visit].one_of
        return [v for v, other in enumerate(self.visits) if other.mandatory and other.one_of == name] if name else [visit]


class Solution(Struct, frozen=True):
    """A plan of an instance: visits by number in driving order for each day, the bed after each day (-1: none of them; empty: none at all),
    the sum of the values, what is left of it by the goal, all driving in seconds.
    """

    routes: tuple[tuple[int, ...], ...]
    value: float = 0.0
    drive_s: int = 0
    iterations: int = 0
    beds: tuple[int, ...] = ()
    worth: float = 0.0

    def ends_of(self, instance: Instance, day: int) -> tuple[int, int]:
        """The nodes where a day of this plan starts and ends."""
        start = instance.start_node(day)
        if instance.linked[day]:
            start = self.routes[day - 1][-1] if self.routes[day - 1] else self.ends_of(instance, day - 1)[0]
        elif day > 0 and self.beds and self.beds[day - 1] >= 0:
            start = instance.bed_node(self.beds[day - 1])
        slept = self.beds[day] if self.beds else -1
        return start, instance.bed_node(slept) if slept >= 0 else instance.end_node(day)


def build_instance(
    name: str,
    seconds: NDArray[np.int32],
    days: Sequence[DaySpec],
    visits: Sequence[VisitSpec],
    nights: Sequence[NightSpec] = (),
    goal: Goal | None = None,
    rush: RushHours = AS_USUAL,
) -> Instance:
    """Lay a week out as arrays. `seconds[a, b]` is the drive from place a to place b, negative where no road leads. Raises ValueError for
    drive times that are no numbers.
    """
    blocks = [merged(day.blocks) for day in days]
    lunches = [free_starts([day.lunch[:2]], busy, day.lunch[2]) if day.lunch else [] for day, busy in zip(days, blocks, strict=True)]
    windows = [spans for v in visits for spans in _windows(v, blocks)]
    numbers = {g: i for i, g in enumerate(dict.fromkeys(g for v in visits for g in v.groups))}
    block_at, block_rows = _csr(blocks)
    lunch_at, lunch_rows = _csr(lunches)
    window_at, window_rows = _csr(windows)
    linked = [False, *(after.start == LAST_STOP and before.end == LAST_STOP for before, after in pairwise(days))]
    beds = [
        (night.after, place, points)
        for night in nights
        if 0 <= night.after < len(days) - 1 and not linked[night.after + 1]
        for place, points in zip(night.places, night.points, strict=True)
    ]
    hop = _hops(seconds, days, visits, [place for _after, place, _points in beds])
    return Instance(
        name=name,
        days=tuple(days),
        visits=tuple(visits),
        goal=goal or Goal(),
        rush=rush,
        hop=hop,
        hop_back=np.ascontiguousarray(hop.T),
        pace=_ints(() if rush == AS_USUAL else rush.pace),
        opens=_ints(d.opens for d in days),
        closes=_ints(d.closes for d in days),
        max_drive=_ints(d.max_drive for d in days),
        keep_order=np.array([d.keep_order for d in days], dtype=np.bool_),
        linked=np.array(linked[: len(days)], dtype=np.bool_),
        lunch_from=_ints(d.lunch[0] if d.lunch else -1 for d in days),
        lunch_s=_ints(d.lunch[2] if d.lunch else -1 for d in days),
        lunch_at=lunch_at,
        lunches=lunch_rows,
        block_at=block_at,
        blocks=block_rows,
        window_at=window_at,
        windows=window_rows,
        service=_ints(v.service for v in visits),
        inner=_ints(v.drive for v in visits),
        kind=_ints(v.kind for v in visits),
        value=np.array([v.value for v in visits], dtype=np.float64),
        mandatory=np.array([v.mandatory for v in visits], dtype=np.bool_),
        group_at=np.concatenate([[0], np.cumsum(_ints(len(v.groups) for v in visits))]).astype(np.int64),
        groups=_ints(numbers[g] for v in visits for g in v.groups),
        bed_night=_ints(after for after, _place, _points in beds),
        bed_points=np.array([points for _after, _place, points in beds], dtype=np.float64),
    )


def _hops(seconds: NDArray[np.int32], days: Sequence[DaySpec], visits: Sequence[VisitSpec], beds: Sequence[int]) -> NDArray[np.int32]:
    """Drive seconds between all nodes; a visit is come to at its place and left from where it ends."""
    starts: list[int] = []
    ends: list[int] = []
    for day in days:
        starts.append(day.start if day.start != LAST_STOP else ends[-1] if ends and ends[-1] != LAST_STOP else starts[-1] if starts else 0)
        ends.append(day.end)
    come = np.array([v.place for v in visits] + starts + [max(0, end) for end in ends] + list(beds), dtype=np.int64)
    leave = come.copy()
    leave[: len(visits)] = [v.place if v.leave_place < 0 else v.leave_place for v in visits]
    drives = np.asarray(seconds)
    if drives.dtype.kind not in "iu" and not np.isfinite(drives).all():
        raise ValueError("a drive time is not a number")
    hop = drives[np.ix_(leave, come)].astype(np.int32)
    hop[(hop < 0) | (hop > FAR)] = FAR
    for index, end in enumerate(ends):
        if end == LAST_STOP:
            hop[:, len(visits) + len(days) + index] = 0
    return np.ascontiguousarray(hop)


def _windows(visit: VisitSpec, blocks: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """The spans in which a visit may start, day by day, free of blocks."""
    return [free_starts(merged((a, b) for at, a, b in visit.windows if at == d), busy, visit.service) for d, busy in enumerate(blocks)]


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


def _rows(spans: Ints, at: Ints, row: int) -> list[Span]:
    return [(a, b) for a, b in spans[at[row] : at[row + 1]].tolist()]


def _ints(numbers: Iterable[int]) -> Ints:
    return np.array(list(numbers), dtype=np.int64)
