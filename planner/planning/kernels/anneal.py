"""Ruin and recreate: the moves of the search, and annealing with them."""

import numpy as np
from numpy.typing import NDArray

from planner.planning.compiled import compiled
from planner.planning.kernels.days import copy_days, day_holds, follow, insert, is_free, refresh, remove, spoil, time_day
from planner.planning.state import Problem, State

SPREAD_S = 1800.0
"""Seconds added to the cost of each insertion, lest a short visit of little value crowd out a long one of much."""
BLINK = 0.15
"""How often a day is overlooked when a visit is put back."""
OVERLOOK = 0.05
"""How often a visit is not put back at all."""
ALL_DAY, NIGHT = 0.04, 0.1
"""How often a whole day is taken out, and how often a night is spent elsewhere."""


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
def is_kept(p: Problem, d: int) -> bool:
    """Whether a day must lose no visit: it keeps its order, or one that starts where it ends does."""
    while True:
        if p.keep_order[d]:
            return True
        d += 1
        if d == len(p.opens) or not p.linked[d]:
            return False


@compiled
def ruin(p: Problem, s: State, seed: NDArray[np.uint64]) -> None:
    """Take strings of neighbouring visits out of neighbouring days.

    Adjacent string removal of Christiaens and Vanden Berghe, "Slack induction by string removals for vehicle routing problems", 2020. The
    centre may be a visit that is not planned, so that room appears where it would go; now and then a whole day goes instead, or a night is
    spent elsewhere.
    """
    n, m = len(p.service), len(p.opens)
    if len(p.bed_night) > 0 and draw(seed) < NIGHT:
        move_bed(p, s, seed)
        return
    if draw(seed) < ALL_DAY:
        d = int(draw(seed) * m)
        if not is_kept(p, d):
            remove(p, s, d, 1, s.length[d])
            time_day(p, s, d)
            mend(p, s, d)
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
        if d < 0 or hit[d] or is_kept(p, d):
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
        mend(p, s, d)
        reach -= count


@compiled
def mend(p: Problem, s: State, d: int) -> None:
    """After visits were taken out of a day: let the next days start where it ends now, less what no longer fits them."""
    follow(p, s, d)
    d += 1
    while d < len(p.opens) and p.linked[d]:
        while s.length[d] > 0 and not day_holds(p, s, d):
            remove(p, s, d, 1, 1)
            time_day(p, s, d)
        if s.length[d] > 0:
            return
        follow(p, s, d)
        d += 1


@compiled
def sleep(p: Problem, s: State, d: int, evening: int, morning: int) -> None:
    """Let a day end and the next one start elsewhere."""
    s.route[d, s.length[d] + 1] = evening
    s.route[d + 1, 0] = morning
    spoil(p, s, d, 2)
    spoil(p, s, d + 1, 2)
    time_day(p, s, d)
    time_day(p, s, d + 1)


@compiled
def move_bed(p: Problem, s: State, seed: NDArray[np.uint64]) -> None:
    """Spend a night in another bed, or at home instead; the days around it lose what no longer fits, or all."""
    n, m = len(p.service), len(p.opens)
    bed = int(draw(seed) * len(p.bed_night))
    d = int(p.bed_night[bed])
    if is_kept(p, d) or is_kept(p, d + 1):
        return
    empty = draw(seed) < 0.5
    for day in (d, d + 1):
        if empty:
            remove(p, s, day, 1, s.length[day])
    if s.route[d, s.length[d] + 1] == n + 2 * m + bed:
        sleep(p, s, d, n + m + d, n + d + 1)
    else:
        sleep(p, s, d, n + 2 * m + bed, n + 2 * m + bed)
    for day in (d, d + 1):
        while s.length[day] > 0 and not day_holds(p, s, day):
            remove(p, s, day, 1 + int(draw(seed) * s.length[day]), 1)
            time_day(p, s, day)
        mend(p, s, day)
    if not day_holds(p, s, d) or not day_holds(p, s, d + 1):  # that bed is too far even for idle days
        sleep(p, s, d, n + m + d, n + d + 1)


@compiled
def lacking(p: Problem, s: State, missing: NDArray[np.float64]) -> float:
    """Seconds that each kind of visit lacks to its share of all (0 where it has enough) into `missing`; returns their sum."""
    times = np.zeros(len(p.shares))
    for v in range(len(p.service)):
        if s.day_of[v] >= 0 and p.kind[v] >= 0:
            times[p.kind[v]] += p.service[v]
    whole, total = times.sum(), 0.0
    for k in range(len(times)):
        missing[k] = max(0.0, p.shares[k] * whole - times[k])
        total += missing[k]
    return total


@compiled
def wishes(p: Problem, s: State, power: float, noise: float, seed: NDArray[np.uint64]) -> NDArray[np.float64]:
    """What each visit that may be planned is worth to a rebuild: its value to a power, blurred; more for a kind that lacks its share.

    Where driving or shares cost something, a plan may be better without a visit that fits: then some are overlooked.
    """
    n = len(p.service)
    worth, tilt = np.zeros(n), np.zeros(len(p.shares))
    if p.share_price > 0.0:
        missing = np.zeros(len(p.shares))
        lacking(p, s, missing)
        for k in range(len(missing)):
            if missing[k] > 0.0:
                tilt -= p.shares[k]
                tilt[k] += 1.0
    choosy = noise > 0.0 and (p.drive_price > 0.0 or p.share_price > 0.0)
    for v in range(n):
        if p.prize[v] > 0.0 and s.day_of[v] < 0:
            if choosy and not p.mandatory[v] and draw(seed) < OVERLOOK:
                continue
            prize = p.prize[v]
            if p.share_price > 0.0 and p.kind[v] >= 0:
                prize = max(0.05 * prize, prize + p.share_price * p.service[v] * tilt[p.kind[v]])
            worth[v] = prize**power * (1.0 + noise * (draw(seed) - 0.5))
    return worth


@compiled
def recreate(  # noqa: C901 - one loop, kept whole for speed
    p: Problem, s: State, power: float, noise: float, blink: float, seed: NDArray[np.uint64]
) -> None:
    """Insert what fits, the most prize for its cost first; a mandatory visit before all others, the one with the fewest days open to it
    first.

    The measure is value to a power over the seconds it takes (Vansteenwegen et al., "Iterated local search for the team orienteering
    problem with time windows", 2009), blurred so that no two rebuilds are alike; a day is overlooked with probability `blink` (Christiaens
    and Vanden Berghe, 2020). Nothing that fits and is worth its driving is left out in the end.
    """
    n, m = len(p.service), len(p.opens)
    worth = wishes(p, s, power, noise, seed)
    while True:
        refresh(p, s)
        top, which, day = 0.0, -1, -1
        for v in range(n):
            if worth[v] <= 0.0 or not is_free(p, s, v):
                continue
            open_days, least, chosen = 0, np.inf, -1
            for d in range(m):
                if s.cost[d, v] < np.inf and (blink <= 0.0 or draw(seed) >= blink):
                    open_days += 1
                    if s.cost[d, v] < least and p.prize[v] + p.share_price * p.service[v] > p.drive_price * s.detour[d, v]:
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
    """What a plan is worth (prizes less driving, beds and missing shares), and its driving."""
    n, m = len(p.service), len(p.opens)
    worth, drive = 0.0, 0.0
    for d in range(m):
        drive += s.drive[d]
        for i in range(1, s.length[d] + 1):
            worth += p.prize[s.route[d, i]]
        bed = s.route[d, s.length[d] + 1] - n - 2 * m
        if bed >= 0:
            worth -= p.bed_points[bed]
    if p.share_price > 0.0:
        worth -= p.share_price * lacking(p, s, np.zeros(len(p.shares)))
    return worth - p.drive_price * drive, drive


@compiled
def anneal(
    p: Problem, work: State, current: State, best: State, frugal: float, hot: float, cold: float, rounds: int, seed: NDArray[np.uint64]
) -> None:
    """Ruin and recreate with annealing from a hot to a cold temperature (in value), keeping the best plan seen.

    Schrimpf et al., "Record breaking optimization results using the ruin and recreate principle", 2000. A plan is judged by its worth less
    `frugal` per second of driving; the best by worth, then by driving. `work` equals `current` before and after.
    """
    m = len(p.opens)
    touched = np.zeros(m, dtype=np.bool_)
    every = np.ones(m, dtype=np.bool_)
    worth, drive = totals(p, current)
    best_worth, best_drive = totals(p, best)
    for k in range(rounds):
        if p.drive_price > 0.0:  # the place in a day that wastes least time may not be the one with least driving
            work.taste[0] = 1.0 if draw(seed) < 0.5 else 0.0
        ruin(p, work, seed)
        touched[:] = work.stale > 0
        power = 0.5 + 2.0 * draw(seed)
        recreate(p, work, power, 0.6 * draw(seed), BLINK, seed)
        for d in range(m):
            touched[d] |= (
                work.length[d] != current.length[d] or work.drive[d] != current.drive[d] or work.route[d, 0] != current.route[d, 0]
            )
        for d in range(m - 1, 0, -1):  # the prices of a day depend on the one that starts where it ends
            touched[d - 1] |= touched[d] and p.linked[d]
        new_worth, new_drive = totals(p, work)
        heat = hot + (cold - hot) * k / rounds
        loss = worth - new_worth + frugal * (new_drive - drive)
        if loss <= 0.0 or draw(seed) < np.exp(-loss / heat):
            copy_days(work, current, touched)
            worth, drive = new_worth, new_drive
            if worth > best_worth + 1e-9 or (worth > best_worth - 1e-9 and drive < best_drive):
                best_worth, best_drive = worth, drive
                copy_days(current, best, every)
        else:
            copy_days(current, work, touched)
