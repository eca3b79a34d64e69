"""The day's clock and the search's moves as machine code. Imported inside functions only: importing it loads numba.

Everything is in one file because the kept machine code is renewed when the file of a function changes, not when that of a function it calls
does.

A day is run through in two states: lunch still to come (0) and lunch taken (1). Each state keeps the earliest time at which she is ready to
leave a node; being earlier is never worse, so nothing else need be remembered. Backwards, each state keeps the latest arrival and the
latest time ready that the rest of the day bears. An insertion is then one step forward and one comparison (the forward time slack of
Savelsbergh, "The vehicle routing problem with time windows: minimizing route duration", 1992, with a second state for lunch).
"""

import numpy as np
from numpy.typing import NDArray

from planner.planning.compiled import compiled
from planner.planning.state import Problem, State

NEVER = 1 << 40
"""A time that does not come."""
TOO_LATE = -(1 << 40)
"""The latest time for what cannot be done at all."""

SPREAD_S = 1800.0
"""Seconds added to the cost of each insertion, lest a short visit of little value crowd out a long one of much."""
BLINK = 0.15
"""How often a day is overlooked when a visit is put back."""


@compiled
def serve(spans: NDArray[np.int64], first: int, last: int, time: int) -> int:
    """The earliest start at or after a time in the sorted spans first..last-1, or NEVER."""
    for k in range(first, last):
        if time <= spans[k, 1]:
            return int(max(spans[k, 0], time))
    return NEVER


@compiled
def serve_by(spans: NDArray[np.int64], first: int, last: int, by: int) -> int:
    """The latest arrival whose start in the sorted spans is no later than `by`, or TOO_LATE."""
    for k in range(last - 1, first - 1, -1):
        if spans[k, 0] <= by:
            return int(min(spans[k, 1], by))
    return TOO_LATE


@compiled
def arrive(blocks: NDArray[np.int64], first: int, last: int, time: int, hop: int) -> int:
    """When a drive begun at `time` arrives; one that would overlap one of the blocks first..last-1 begins after it."""
    if hop > 0:
        for k in range(first, last):
            if time < blocks[k, 1] and time + hop > blocks[k, 0]:
                time = blocks[k, 1]
    return time + hop


@compiled
def depart_by(blocks: NDArray[np.int64], first: int, last: int, by: int, hop: int) -> int:
    """The latest time ready from which a drive arrives no later than `by`."""
    time = by - hop
    if hop > 0:
        for k in range(last - 1, first - 1, -1):
            if time < blocks[k, 1] and time + hop > blocks[k, 0]:
                time = blocks[k, 0] - hop
    return time


@compiled
def step(
    windows: NDArray[np.int64],
    first: int,
    last: int,
    service: int,
    lunches: NDArray[np.int64],
    lunch_first: int,
    lunch_last: int,
    lunch_s: int,
    there0: int,
    there1: int,
) -> tuple[int, int]:
    """Make a visit from the arrival in each lunch state: the earliest time ready afterwards. Lunch may come before or after it, at its
    place.
    """
    leave0 = leave1 = NEVER
    if there1 < NEVER:
        start = serve(windows, first, last, there1)
        if start < NEVER:
            leave1 = start + service
    if there0 < NEVER:
        start = serve(windows, first, last, there0)
        if start < NEVER:
            leave0 = start + service
            lunch = serve(lunches, lunch_first, lunch_last, leave0)
            if lunch < NEVER:
                leave1 = min(leave1, lunch + lunch_s)
        lunch = serve(lunches, lunch_first, lunch_last, there0)
        if lunch < NEVER:
            start = serve(windows, first, last, lunch + lunch_s)
            if start < NEVER:
                leave1 = min(leave1, start + service)
    return leave0, leave1


@compiled
def time_day(p: Problem, s: State, d: int) -> None:
    """Work out the times and the driving of a day from its route."""
    route, ready, ready_by, there_by = s.route[d], s.ready[d], s.ready_by[d], s.there_by[d]
    hops, windows, window_at, service = p.hop, p.windows, p.window_at, p.service
    blocks, first_block, last_block = p.blocks, p.block_at[d], p.block_at[d + 1]
    lunches, first_lunch, last_lunch, lunch_s = p.lunches, p.lunch_at[d], p.lunch_at[d + 1], p.lunch_s[d]
    m, last, drive = len(s.length), s.length[d] + 1, 0
    ready[0, 0], ready[0, 1] = NEVER, p.opens[d]
    if lunch_s >= 0:
        ready[0, 0] = p.opens[d]
        lunch = serve(lunches, first_lunch, last_lunch, p.opens[d])
        ready[0, 1] = lunch + lunch_s if lunch < NEVER else NEVER
    for i in range(1, last):
        v = route[i]
        hop = int(hops[route[i - 1], v])
        drive += hop
        there0 = arrive(blocks, first_block, last_block, ready[i - 1, 0], hop)
        there1 = arrive(blocks, first_block, last_block, ready[i - 1, 1], hop)
        first, end = window_at[v * m + d], window_at[v * m + d + 1]
        leave0, leave1 = step(windows, first, end, service[v], lunches, first_lunch, last_lunch, lunch_s, there0, there1)
        ready[i, 0], ready[i, 1] = leave0, leave1
    s.drive[d] = drive + hops[route[last - 1], route[last]]
    there_by[last, 0], there_by[last, 1] = TOO_LATE, p.closes[d]
    if lunch_s >= 0:
        there_by[last, 0] = max(min(p.lunch_from[d], p.closes[d]), serve_by(lunches, first_lunch, last_lunch, p.closes[d] - lunch_s))
    for i in range(last - 1, -1, -1):
        v = route[i]
        hop = int(hops[v, route[i + 1]])
        by1 = depart_by(blocks, first_block, last_block, there_by[i + 1, 1], hop)
        by0 = depart_by(blocks, first_block, last_block, there_by[i + 1, 0], hop)
        by0 = max(by0, serve_by(lunches, first_lunch, last_lunch, by1 - lunch_s))
        ready_by[i, 0], ready_by[i, 1] = by0, by1
        if i > 0:
            first, end = window_at[v * m + d], window_at[v * m + d + 1]
            there1 = serve_by(windows, first, end, by1 - service[v])
            there0 = serve_by(windows, first, end, by0 - service[v])
            there_by[i, 0] = max(there0, serve_by(lunches, first_lunch, last_lunch, there1 - lunch_s))
            there_by[i, 1] = there1


@compiled
def day_holds(p: Problem, s: State, d: int) -> bool:
    """Whether the day as timed keeps every rule."""
    return bool(s.drive[d] <= p.max_drive[d]) and bool(s.ready[d, 0, 0] <= s.ready_by[d, 0, 0] or s.ready[d, 0, 1] <= s.ready_by[d, 0, 1])


@compiled
def price_day(p: Problem, s: State, d: int) -> None:  # noqa: C901 - one loop, kept whole for speed
    """Work out the cheapest insertion of each visit into a day: seconds of detour, service and waiting, and the position it is put after.

    A day that has only grown since the last time (`stale` 1) is not asked again about visits that did not fit then. Arrays are named once
    at the top because naming one inside the loop costs more than reading it.
    """
    cost, at, day_of, windows, window_at, service, hop, hop_back = (
        s.cost, s.at, s.day_of, p.windows, p.window_at, p.service, p.hop, p.hop_back,
    )  # fmt: skip
    blocks, first_block, last_block = p.blocks, p.block_at[d], p.block_at[d + 1]
    lunches, first_lunch, last_lunch, lunch_s = p.lunches, p.lunch_at[d], p.lunch_at[d + 1], p.lunch_s[d]
    m, length, grown, spare = len(s.length), s.length[d], s.stale[d] == 1, p.max_drive[d] - s.drive[d]
    node = s.route[d, : length + 2].copy()
    ready, by = s.ready[d], s.there_by[d]
    early = np.minimum(ready[: length + 1, 0], ready[: length + 1, 1])
    late = np.maximum(by[1 : length + 2, 0], by[1 : length + 2, 1])
    here = np.empty(length + 1, dtype=np.int64)
    for i in range(length + 1):
        here[i] = hop[node[i], node[i + 1]]
    for v in range(len(service)):
        if day_of[v] == d or (grown and cost[d, v] == np.inf):
            continue
        cost[d, v] = np.inf
        first, last = window_at[v * m + d], window_at[v * m + d + 1]
        if first == last:
            continue
        opens, shuts, serves = windows[first, 0], windows[last - 1, 1], service[v]
        least, where = np.inf, -1
        for i in range(length + 1):
            if early[i] > shuts:
                break
            there = int(hop_back[v, node[i]])
            on = int(hop[v, node[i + 1]])
            if max(early[i] + there, opens) + serves + on > late[i] or early[i] + there > shuts:
                continue
            added = there + on - here[i]
            if added > spare or added + serves >= least:
                continue
            there0 = arrive(blocks, first_block, last_block, ready[i, 0], there)
            there1 = arrive(blocks, first_block, last_block, ready[i, 1], there)
            leave0, leave1 = step(windows, first, last, serves, lunches, first_lunch, last_lunch, lunch_s, there0, there1)
            if (leave0 < NEVER and arrive(blocks, first_block, last_block, leave0, on) <= by[i + 1, 0]) or (
                leave1 < NEVER and arrive(blocks, first_block, last_block, leave1, on) <= by[i + 1, 1]
            ):
                waited = leave0 - ready[i, 0] if leave0 < NEVER else leave1 - early[i]
                price = float(added + waited - there)
                if price < least:
                    least, where = price, i
        cost[d, v], at[d, v] = least, where


@compiled
def refresh(p: Problem, s: State) -> None:
    """Work out the insertion costs of the days that changed."""
    for d in range(len(p.opens)):
        if s.stale[d] > 0:
            price_day(p, s, d)
            s.stale[d] = 0


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
    s.stale[d] = max(s.stale[d], 1)
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
    s.stale[d] = 2


@compiled
def copy_days(source: State, target: State, days: NDArray[np.bool_]) -> None:
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
        count = min(s.length[d], limit, reach)
        position = 1
        while s.route[d, position] != v:
            position += 1
        low = max(1, position - count + 1)
        high = min(position, s.length[d] - count + 1)
        remove(p, s, d, low + int(draw(seed) * (high - low + 1)), count)
        time_day(p, s, d)
        reach -= count


@compiled
def recreate(  # noqa: C901, PLR0912 - one loop, kept whole for speed
    p: Problem, s: State, power: float, noise: float, blink: float, seed: NDArray[np.uint64]
) -> None:
    """Insert what fits, the most prize for its cost first; a mandatory visit before all others, the one with the fewest days open to it
    first.

    The measure is value to a power over the seconds it takes (Vansteenwegen et al., "Iterated local search for the team orienteering
    problem with time windows", 2009), blurred so that no two rebuilds are alike; a day is overlooked with probability `blink` (Christiaens
    and Vanden Berghe, 2020). Nothing that fits is left out in the end.
    """
    n, m = len(p.service), len(p.opens)
    worth = np.zeros(n)
    for v in range(n):
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
                if s.cost[d, v] < np.inf and (blink <= 0.0 or draw(seed) >= blink):
                    open_days += 1
                    if s.cost[d, v] < least:
                        least, chosen = s.cost[d, v], d
            if chosen >= 0:
                score = 1e30 / open_days if p.mandatory[v] else worth[v] / (least + SPREAD_S)
                if score > top:
                    top, which, day = score, v, chosen
        if which >= 0:
            insert(p, s, int(day), int(which), s.at[day, which])  # int: lest numba compile it once more for the literal -1
        elif blink > 0.0:
            blink = 0.0
        else:
            return


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
        touched[:] = work.stale > 0
        power = 0.5 + 2.0 * draw(seed)
        recreate(p, work, power, 0.6 * draw(seed), BLINK, seed)
        for d in range(m):
            touched[d] |= work.length[d] != current.length[d] or work.drive[d] != current.drive[d]
        new_prize, new_drive = totals(p, work)
        heat = hot + (cold - hot) * k / rounds
        loss = prize - new_prize + frugal * (new_drive - drive)
        if loss <= 0.0 or draw(seed) < np.exp(-loss / heat):
            copy_days(work, current, touched)
            prize, drive = new_prize, new_drive
            if prize > best_prize + 1e-9 or (prize > best_prize - 1e-9 and drive < best_drive):
                best_prize, best_drive = prize, drive
                copy_days(current, best, every)
        else:
            copy_days(current, work, touched)
