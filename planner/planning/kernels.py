"""The day's clock and the search's moves as machine code. Imported inside functions only: importing it loads numba.

Everything is in one file because the kept machine code is renewed when the file of a function changes, not when that of a function it calls does.

A day is run through in two states: lunch still to come (0) and lunch taken (1). Each state keeps the earliest time at which she is ready to
leave a node; being earlier is never worse, so nothing else need be remembered. Backwards, each state keeps the latest arrival and the latest
time ready that the rest of the day bears. An insertion is then one step forward and one comparison (the forward time slack of Savelsbergh,
"The vehicle routing problem with time windows: minimizing route duration", 1992, with a second state for lunch).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.planning.compiled import compiled

NEVER = 1 << 40
"""A time that does not come."""
TOO_LATE = -(1 << 40)
"""The latest time for what cannot be done at all."""


class Problem(NamedTuple):
    """The arrays of an `Instance` that the kernels read, and two worked out from it: `prize`, the values with each mandatory visit above the sum
    of all others, and `near` (n, k), the nearest visits of each visit by drive there and back, itself first."""

    hop: NDArray[np.int32]
    hop_back: NDArray[np.int32]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]
    max_drive: NDArray[np.int64]
    lunch_from: NDArray[np.int64]
    lunch_s: NDArray[np.int64]
    lunch_at: NDArray[np.int64]
    lunches: NDArray[np.int64]
    block_at: NDArray[np.int64]
    blocks: NDArray[np.int64]
    window_at: NDArray[np.int64]
    windows: NDArray[np.int64]
    service: NDArray[np.int64]
    prize: NDArray[np.float64]
    mandatory: NDArray[np.bool_]
    group: NDArray[np.int64]
    near: NDArray[np.int32]


class State(NamedTuple):
    """A plan that is being changed: row d of an array is day d; position 0 is its start, then come `length` visits, then its end.

    `ready` and `ready_by` (m, n + 2, 2) are the earliest and latest time ready to leave by lunch state, `there_by` the latest arrival.
    `cost` (m, n) keeps the cheapest insertion of each visit into each day in seconds (infinite where it does not fit), `at` its position,
    `stale` which days of these need working out again. `taken` counts the planned visits of each group.
    """

    route: NDArray[np.int32]
    length: NDArray[np.int64]
    drive: NDArray[np.int64]
    day_of: NDArray[np.int64]
    taken: NDArray[np.int64]
    ready: NDArray[np.int64]
    ready_by: NDArray[np.int64]
    there_by: NDArray[np.int64]
    cost: NDArray[np.float64]
    at: NDArray[np.int64]
    stale: NDArray[np.bool_]


@compiled
def serve(spans: NDArray[np.int64], first: int, last: int, time: int) -> int:
    """The earliest start at or after a time in the sorted spans first..last-1, or NEVER."""
    for k in range(first, last):
        if time <= spans[k, 1]:
            return max(spans[k, 0], time)
    return NEVER


@compiled
def serve_by(spans: NDArray[np.int64], first: int, last: int, by: int) -> int:
    """The latest arrival whose start in the sorted spans is no later than `by`, or TOO_LATE."""
    for k in range(last - 1, first - 1, -1):
        if spans[k, 0] <= by:
            return min(spans[k, 1], by)
    return TOO_LATE


@compiled
def arrive(p: Problem, d: int, time: int, hop: int) -> int:
    """When a drive begun at `time` arrives; one that would overlap a block begins after it."""
    if hop > 0:
        for k in range(p.block_at[d], p.block_at[d + 1]):
            if time < p.blocks[k, 1] and time + hop > p.blocks[k, 0]:
                time = p.blocks[k, 1]
    return time + hop


@compiled
def depart_by(p: Problem, d: int, by: int, hop: int) -> int:
    """The latest time ready from which a drive arrives no later than `by`."""
    time = by - hop
    if hop > 0:
        for k in range(p.block_at[d + 1] - 1, p.block_at[d] - 1, -1):
            if time < p.blocks[k, 1] and time + hop > p.blocks[k, 0]:
                time = p.blocks[k, 0] - hop
    return time


@compiled
def after_lunch(p: Problem, d: int, time: int) -> int:
    """When lunch is over that is begun as soon as possible from `time`, or NEVER."""
    start = serve(p.lunches, p.lunch_at[d], p.lunch_at[d + 1], time)
    return NEVER if start == NEVER else start + p.lunch_s[d]


@compiled
def step(p: Problem, d: int, v: int, hop: int, ready0: int, ready1: int) -> tuple[int, int]:
    """Drive to a visit and make it: the earliest time ready afterwards by lunch state. Lunch may come before or after it, at its place."""
    first, last = p.window_at[v * len(p.opens) + d], p.window_at[v * len(p.opens) + d + 1]
    leave0 = leave1 = NEVER
    if ready1 < NEVER:
        start = serve(p.windows, first, last, arrive(p, d, ready1, hop))
        if start < NEVER:
            leave1 = start + p.service[v]
    if ready0 < NEVER:
        there = arrive(p, d, ready0, hop)
        start = serve(p.windows, first, last, there)
        if start < NEVER:
            leave0 = start + p.service[v]
            leave1 = min(leave1, after_lunch(p, d, leave0))
        lunched = after_lunch(p, d, there)
        if lunched < NEVER:
            start = serve(p.windows, first, last, lunched)
            if start < NEVER:
                leave1 = min(leave1, start + p.service[v])
    return leave0, leave1


@compiled
def time_day(p: Problem, s: State, d: int) -> None:
    """Work out the times and the driving of a day from its route."""
    m, last = len(p.opens), s.length[d] + 1
    s.ready[d, 0, 0] = p.opens[d] if p.lunch_from[d] >= 0 else NEVER
    s.ready[d, 0, 1] = after_lunch(p, d, p.opens[d]) if p.lunch_from[d] >= 0 else p.opens[d]
    drive = 0
    for i in range(1, last):
        v, hop = s.route[d, i], p.hop[s.route[d, i - 1], s.route[d, i]]
        drive += hop
        s.ready[d, i, 0], s.ready[d, i, 1] = step(p, d, v, hop, s.ready[d, i - 1, 0], s.ready[d, i - 1, 1])
    s.drive[d] = drive + p.hop[s.route[d, last - 1], s.route[d, last]]
    lunch_first, lunch_last = p.lunch_at[d], p.lunch_at[d + 1]
    lunch_s = p.lunch_s[d]
    s.there_by[d, last, 1] = p.closes[d]
    s.there_by[d, last, 0] = TOO_LATE
    if p.lunch_from[d] >= 0:
        s.there_by[d, last, 0] = max(min(p.lunch_from[d], p.closes[d]), serve_by(p.lunches, lunch_first, lunch_last, p.closes[d] - lunch_s))
    for i in range(last - 1, -1, -1):
        hop = p.hop[s.route[d, i], s.route[d, i + 1]]
        by1 = depart_by(p, d, s.there_by[d, i + 1, 1], hop)
        by0 = max(depart_by(p, d, s.there_by[d, i + 1, 0], hop), serve_by(p.lunches, lunch_first, lunch_last, by1 - lunch_s))
        s.ready_by[d, i, 0], s.ready_by[d, i, 1] = by0, by1
        if i > 0:
            v = s.route[d, i]
            first, end = p.window_at[v * m + d], p.window_at[v * m + d + 1]
            there1 = serve_by(p.windows, first, end, by1 - p.service[v])
            lunch_before = serve_by(p.lunches, lunch_first, lunch_last, there1 - lunch_s)
            s.there_by[d, i, 0] = max(serve_by(p.windows, first, end, by0 - p.service[v]), lunch_before)
            s.there_by[d, i, 1] = there1


@compiled
def day_holds(p: Problem, s: State, d: int) -> bool:
    """Whether the day as timed keeps every rule."""
    return s.drive[d] <= p.max_drive[d] and (s.ready[d, 0, 0] <= s.ready_by[d, 0, 0] or s.ready[d, 0, 1] <= s.ready_by[d, 0, 1])


@compiled
def cheapest(p: Problem, s: State, d: int, v: int) -> tuple[float, int]:
    """The cheapest position of a visit in a day: seconds of detour, service and waiting, and the position it is put after; infinite where none."""
    first, last = p.window_at[v * len(p.opens) + d], p.window_at[v * len(p.opens) + d + 1]
    best, where = np.inf, -1
    if first == last:
        return best, where
    opens, shuts, service = p.windows[first, 0], p.windows[last - 1, 1], p.service[v]
    for i in range(s.length[d] + 1):
        ready0, ready1 = s.ready[d, i, 0], s.ready[d, i, 1]
        ready = min(ready0, ready1)
        if ready > shuts:
            break
        a, b = s.route[d, i], s.route[d, i + 1]
        there, on = np.int64(p.hop_back[v, a]), np.int64(p.hop[v, b])
        added = there + on - p.hop[a, b]
        if ready + there > shuts or s.drive[d] + added > p.max_drive[d] or added + service >= best:
            continue
        by0, by1 = s.there_by[d, i + 1, 0], s.there_by[d, i + 1, 1]
        if max(ready + there, opens) + service + on > max(by0, by1):
            continue
        leave0, leave1 = step(p, d, v, there, ready0, ready1)
        if (leave0 < NEVER and arrive(p, d, leave0, on) <= by0) or (leave1 < NEVER and arrive(p, d, leave1, on) <= by1):
            waited = leave0 - ready0 if leave0 < NEVER else leave1 - ready
            cost = float(added + waited - there)
            if cost < best:
                best, where = cost, i
    return best, where


@compiled
def refresh(p: Problem, s: State) -> None:
    """Work out the insertion costs of the days that changed."""
    for d in range(len(p.opens)):
        if s.stale[d]:
            for v in range(len(p.service)):
                if s.day_of[v] != d:
                    s.cost[d, v], s.at[d, v] = cheapest(p, s, d, v)
            s.stale[d] = False


@compiled
def insert(p: Problem, s: State, d: int, v: int, at: int) -> None:
    """Put a visit into a day after a position."""
    for i in range(s.length[d] + 1, at, -1):
        s.route[d, i + 1] = s.route[d, i]
    s.route[d, at + 1] = v
    s.length[d] += 1
    s.day_of[v] = d
    if p.group[v] >= 0:
        s.taken[p.group[v]] += 1
    s.stale[d] = True
    time_day(p, s, d)


@compiled
def remove(p: Problem, s: State, d: int, first: int, count: int) -> None:
    """Take the visits at positions first..first+count-1 out of a day; its times are not yet worked out again."""
    for i in range(first, first + count):
        v = s.route[d, i]
        s.day_of[v] = -1
        if p.group[v] >= 0:
            s.taken[p.group[v]] -= 1
    for i in range(first, s.length[d] + 2 - count):
        s.route[d, i] = s.route[d, i + count]
    s.length[d] -= count
    s.stale[d] = True


@compiled
def copy_days(p: Problem, source: State, target: State, days: NDArray[np.bool_]) -> None:
    """Make the marked days of the target those of the source."""
    for d in range(len(days)):
        if days[d]:
            for i in range(1, target.length[d] + 1):
                v = target.route[d, i]
                if target.day_of[v] == d:
                    target.day_of[v] = -1
    for d in range(len(days)):
        if days[d]:
            length = source.length[d]
            target.length[d], target.drive[d], target.stale[d] = length, source.drive[d], source.stale[d]
            target.route[d, : length + 2] = source.route[d, : length + 2]
            target.ready[d, : length + 2] = source.ready[d, : length + 2]
            target.ready_by[d, : length + 2] = source.ready_by[d, : length + 2]
            target.there_by[d, : length + 2] = source.there_by[d, : length + 2]
            target.cost[d], target.at[d] = source.cost[d], source.at[d]
            for i in range(1, length + 1):
                target.day_of[source.route[d, i]] = d
    target.taken[:] = source.taken


@compiled
def draw(seed: NDArray[np.uint64]) -> float:
    """A random number in [0, 1) (xorshift64*; Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016)."""
    x = seed[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    seed[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@compiled
def ruin(p: Problem, s: State, seed: NDArray[np.uint64]) -> None:
    """Take strings of neighbouring visits out of neighbouring days.

    Adjacent string removal of Christiaens and Vanden Berghe, "Slack induction by string removals for vehicle routing problems", 2020. The
    centre may be a visit that is not planned, so that room appears where it would go; now and then a whole day goes instead.
    """
    n, m = len(p.service), len(p.opens)
    if draw(seed) < 0.04:
        d = int(draw(seed) * m)
        remove(p, s, d, 1, s.length[d])
        time_day(p, s, d)
        return
    planned = 0
    longest = 1
    for d in range(m):
        planned += s.length[d]
        longest = max(longest, s.length[d])
    reach = 1 + int(draw(seed) * min(10, 1 + planned // 2))
    limit = 1 + int(draw(seed) * min(6, longest))
    centre = int(draw(seed) * n)
    hit = np.zeros(m, dtype=np.bool_)
    for k in range(p.near.shape[1]):
        if reach <= 0:
            break
        v = p.near[centre, k]
        d = s.day_of[v]
        if d < 0 or hit[d]:
            continue
        hit[d] = True
        count = min(s.length[d], min(limit, reach))
        position = 1
        while s.route[d, position] != v:
            position += 1
        low = max(1, position - count + 1)
        high = min(position, s.length[d] - count + 1)
        remove(p, s, d, low + int(draw(seed) * (high - low + 1)), count)
        time_day(p, s, d)
        reach -= count


@compiled
def recreate(p: Problem, s: State, power: float, noise: float, seed: NDArray[np.uint64]) -> None:
    """Insert what fits, the most prize for its cost first; a mandatory visit before all others, the one with the fewest days open to it first.

    The measure is value to a power over the seconds it takes (Vansteenwegen et al., "Iterated local search for the team orienteering problem
    with time windows", 2009), blurred so that no two rebuilds are alike.
    """
    n, m = len(p.service), len(p.opens)
    worth = np.empty(n)
    for v in range(n):
        worth[v] = 0.0
        if p.prize[v] > 0.0 and s.day_of[v] < 0:
            worth[v] = p.prize[v] ** power * (1.0 + noise * (draw(seed) - 0.5))
    while True:
        refresh(p, s)
        top, which, day = 0.0, -1, -1
        for v in range(n):
            if worth[v] <= 0.0 or s.day_of[v] >= 0 or (p.group[v] >= 0 and s.taken[p.group[v]] > 0):
                continue
            open_days, least, chosen = 0, np.inf, -1
            for d in range(m):
                if s.cost[d, v] < np.inf:
                    open_days += 1
                    if s.cost[d, v] < least:
                        least, chosen = s.cost[d, v], d
            if chosen >= 0:
                score = worth[v] / (least + 60.0)
                if p.mandatory[v]:
                    score = 1e30 / open_days
                if score > top:
                    top, which, day = score, v, chosen
        if which < 0:
            return
        insert(p, s, day, which, s.at[day, which])


@compiled
def totals(p: Problem, s: State) -> tuple[float, float]:
    """Prize and driving of a plan."""
    prize, drive = 0.0, 0.0
    for d in range(len(p.opens)):
        drive += s.drive[d]
        for i in range(1, s.length[d] + 1):
            prize += p.prize[s.route[d, i]]
    return prize, drive


@compiled
def anneal(
    p: Problem, work: State, current: State, best: State, frugal: float, hot: float, cold: float, rounds: int, seed: NDArray[np.uint64]
) -> None:
    """Ruin and recreate with annealing from a hot to a cold temperature (in value), keeping the best plan seen.

    Schrimpf et al., "Record breaking optimization results using the ruin and recreate principle", 2000. A plan is judged by its prize less
    `frugal` per second of driving; the best by prize, then by driving. `work` equals `current` before and after.
    """
    m = len(p.opens)
    touched = np.zeros(m, dtype=np.bool_)
    every = np.ones(m, dtype=np.bool_)
    prize, drive = totals(p, current)
    best_prize, best_drive = totals(p, best)
    for k in range(rounds):
        ruin(p, work, seed)
        touched[:] = work.stale
        power = 0.5 + 2.0 * draw(seed)
        recreate(p, work, power, 0.6 * draw(seed), seed)
        for d in range(m):
            touched[d] |= work.length[d] != current.length[d] or work.drive[d] != current.drive[d]
        new_prize, new_drive = totals(p, work)
        heat = hot + (cold - hot) * k / rounds
        loss = prize - new_prize + frugal * (new_drive - drive)
        if loss <= 0.0 or draw(seed) < np.exp(-loss / heat):
            copy_days(p, work, current, touched)
            prize, drive = new_prize, new_drive
            if prize > best_prize + 1e-9 or (prize > best_prize - 1e-9 and drive < best_drive):
                best_prize, best_drive = prize, drive
                copy_days(p, current, best, every)
        else:
            copy_days(p, current, work, touched)
