"""The days of a plan while it is changed: their times, what an insertion costs, and putting visits in and taking them out."""

import numpy as np
from numpy.typing import NDArray

from planner.planning.compiled import compiled
from planner.planning.kernels.clock import NEVER, TOO_LATE, arrive, depart_by, serve, serve_by, step
from planner.planning.state import Problem, State


@compiled
def time_day(p: Problem, s: State, d: int) -> None:
    """Work out the times and the driving of a day from its route."""
    route, ready, ready_by, there_by = s.route[d], s.ready[d], s.ready_by[d], s.there_by[d]
    hops, windows, window_at, service = p.hop, p.windows, p.window_at, p.service
    blocks, first_block, last_block = p.blocks, p.block_at[d], p.block_at[d + 1]
    lunches, first_lunch, last_lunch, lunch_s = p.lunches, p.lunch_at[d], p.lunch_at[d + 1], p.lunch_s[d]
    m, last, drive = len(s.length), s.length[d] + 1, 0
    inner, pace = p.inner, p.pace
    ready[0, 0], ready[0, 1] = NEVER, p.opens[d]
    if lunch_s >= 0:
        ready[0, 0] = p.opens[d]
        lunch = serve(lunches, first_lunch, last_lunch, p.opens[d])
        ready[0, 1] = lunch + lunch_s if lunch < NEVER else NEVER
    for i in range(1, last):
        v = route[i]
        hop = int(hops[route[i - 1], v])
        drive += hop + inner[v]
        there0 = arrive(pace, blocks, first_block, last_block, ready[i - 1, 0], hop)
        there1 = arrive(pace, blocks, first_block, last_block, ready[i - 1, 1], hop)
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
        by1 = depart_by(pace, blocks, first_block, last_block, there_by[i + 1, 1], hop)
        by0 = depart_by(pace, blocks, first_block, last_block, there_by[i + 1, 0], hop)
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
def bears_start(p: Problem, s: State, d: int, node: int) -> bool:
    """Whether a day that starts where the one before it ended bears to start at another node."""
    m = len(s.length)
    while d < m and p.linked[d]:
        first, now = s.route[d, 1], s.route[d, 0]
        hop = int(p.hop[node, first])
        if s.drive[d] - p.hop[now, first] + hop > p.max_drive[d]:
            return False
        blocks, first_block, last_block = p.blocks, p.block_at[d], p.block_at[d + 1]
        there0 = arrive(p.pace, blocks, first_block, last_block, s.ready[d, 0, 0], hop)
        there1 = arrive(p.pace, blocks, first_block, last_block, s.ready[d, 0, 1], hop)
        if there0 > s.there_by[d, 1, 0] and there1 > s.there_by[d, 1, 1]:
            return False
        if s.length[d] > 0:
            return True
        d += 1
    return True


@compiled
def passed_on(p: Problem, s: State, d: int, node: int) -> int:
    """Seconds of driving more (or less) in a day, and those linked to it, when it starts at another node."""
    more = 0
    while d < len(s.length) and p.linked[d]:
        more += int(p.hop[node, s.route[d, 1]]) - int(p.hop[s.route[d, 0], s.route[d, 1]])
        if s.length[d] > 0:
            break
        d += 1
    return more


@compiled
def follow(p: Problem, s: State, d: int) -> None:
    """After a change of a day, let the days that start where it ends start there."""
    d += 1
    while d < len(s.length) and p.linked[d]:
        before = s.route[d - 1, s.length[d - 1]]
        if s.route[d, 0] == before:
            return
        s.route[d, 0] = before
        spoil(p, s, d, 2)
        time_day(p, s, d)
        if s.length[d] > 0:
            return
        d += 1


@compiled
def spoil(p: Problem, s: State, d: int, how: int) -> None:
    """A day has grown (1) or changed (2): its prices are out of date, and those of days before it that must end where it can start."""
    s.stale[d] = max(s.stale[d], how)
    while p.linked[d]:
        d -= 1
        s.stale[d] = max(s.stale[d], how)
        if s.length[d] > 0:
            return


@compiled
def price_day(p: Problem, s: State, d: int) -> None:  # noqa: C901 - one loop, kept whole for speed
    """Work out the cheapest insertion of each visit into a day: seconds of detour, service and waiting, and the position it is put after.

    A day that has only grown since the last time (`stale` 1) is not asked again about visits that did not fit then. Arrays are named once
    at the top because naming one inside the loop costs more than reading it.
    """
    cost, at, detour, day_of, windows, window_at, service, inner, hop, hop_back, pace = (
        s.cost, s.at, s.detour, s.day_of, p.windows, p.window_at, p.service, p.inner, p.hop, p.hop_back, p.pace,
    )  # fmt: skip
    leads = d + 1 < len(s.length) and p.linked[d + 1]
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
        least, where, way = np.inf, -1, 0
        room = spare - inner[v]
        for i in range(length + 1):
            if early[i] > shuts:
                break
            there = int(hop_back[v, node[i]])
            on = int(hop[v, node[i + 1]])
            if max(early[i] + there, opens) + serves + on > late[i] or early[i] + there > shuts:
                continue
            added = there + on - here[i]
            if added > room or added + serves >= least or (leads and i == length and not bears_start(p, s, d + 1, v)):
                continue
            there0 = arrive(pace, blocks, first_block, last_block, ready[i, 0], there)
            there1 = arrive(pace, blocks, first_block, last_block, ready[i, 1], there)
            leave0, leave1 = step(windows, first, last, serves, lunches, first_lunch, last_lunch, lunch_s, there0, there1)
            if (leave0 < NEVER and arrive(pace, blocks, first_block, last_block, leave0, on) <= by[i + 1, 0]) or (
                leave1 < NEVER and arrive(pace, blocks, first_block, last_block, leave1, on) <= by[i + 1, 1]
            ):
                waited = leave0 - ready[i, 0] if leave0 < NEVER else leave1 - early[i]
                price = added + serves + s.taste[0] * (waited - there - serves)
                if price < least:
                    least, where, way = price, i, added
                    if leads and i == length:
                        way += passed_on(p, s, d + 1, v)
        cost[d, v], at[d, v], detour[d, v] = least, where, way + inner[v]


@compiled
def refresh(p: Problem, s: State) -> None:
    """Work out the insertion costs of the days that changed."""
    for d in range(len(p.opens)):
        if s.stale[d] > 0:
            price_day(p, s, d)
            s.stale[d] = 0


@compiled
def is_free(p: Problem, s: State, v: int) -> bool:
    """Whether a visit is neither planned nor has an alternative that is."""
    if s.day_of[v] >= 0:
        return False
    for k in range(p.group_at[v], p.group_at[v + 1]):  # noqa: SIM110 - compiled
        if s.taken[p.groups[k]] > 0:
            return False
    return True


@compiled
def insert(p: Problem, s: State, d: int, v: int, at: int) -> None:
    """Put a visit into a day after a position."""
    for i in range(s.length[d] + 1, at, -1):
        s.route[d, i + 1] = s.route[d, i]
    s.route[d, at + 1] = v
    s.length[d] += 1
    s.day_of[v] = d
    for k in range(p.group_at[v], p.group_at[v + 1]):
        s.taken[p.groups[k]] += 1
    spoil(p, s, d, 1)
    time_day(p, s, d)
    follow(p, s, d)


@compiled
def remove(p: Problem, s: State, d: int, first: int, count: int) -> None:
    """Take the visits at positions first..first+count-1 out of a day; its times are not yet worked out again."""
    for i in range(first, first + count):
        v = s.route[d, i]
        s.day_of[v] = -1
        for k in range(p.group_at[v], p.group_at[v + 1]):
            s.taken[p.groups[k]] -= 1
    for i in range(first, s.length[d] + 2 - count):
        s.route[d, i] = s.route[d, i + count]
    s.length[d] -= count
    spoil(p, s, d, 2)


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
            target.cost[d], target.at[d], target.detour[d] = source.cost[d], source.at[d], source.detour[d]
            for i in range(1, length + 1):
                target.day_of[source.route[d, i]] = d
    target.taken[:] = source.taken
