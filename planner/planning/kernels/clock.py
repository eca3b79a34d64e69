"""The day's clock: when something can begin, and how late one may come.

A day is run through in two states: lunch still to come (0) and lunch taken (1). Each state keeps the earliest time at which she is ready to
leave a node; being earlier is never worse, so nothing else need be remembered. Backwards, each state keeps the latest arrival and the
latest time ready that the rest of the day bears. An insertion is then one step forward and one comparison (the forward time slack of
Savelsbergh, "The vehicle routing problem with time windows: minimizing route duration", 1992, with a second state for lunch).
"""

import numpy as np
from numpy.typing import NDArray

from planner.model.travel import UNITS
from planner.planning.compiled import compiled
from planner.planning.instance import FAR

NEVER = 1 << 40
"""A time that does not come."""
TOO_LATE = -(1 << 40)
"""The latest time for what cannot be done at all."""


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
def drive(pace: NDArray[np.int64], time: int, hop: int) -> int:
    """When a drive of usually `hop` seconds that begins at `time` ends: `pace` is how much of it a second does in each hour of the day (in
    units of which the usual second has `UNITS`), or empty where every hour is as usual.
    """
    if len(pace) == 0 or hop >= FAR:
        return time + hop
    work = hop * UNITS
    while True:
        speed, left = pace[time // 3600 % 24], 3600 - time % 3600
        if work <= left * speed:
            return int(time - (-work // speed))
        time, work = time + left, work - left * speed


@compiled
def drive_by(pace: NDArray[np.int64], by: int, hop: int) -> int:
    """The last second at which a drive may begin to end no later than `by`."""
    if len(pace) == 0 or hop >= FAR:
        return by - hop
    work = hop * UNITS
    while True:
        speed, left = pace[(by - 1) // 3600 % 24], (by - 1) % 3600 + 1
        if work <= left * speed:
            return int(by + (-work // speed))
        by, work = by - left, work - left * speed


@compiled
def arrive(pace: NDArray[np.int64], blocks: NDArray[np.int64], first: int, last: int, time: int, hop: int) -> int:
    """When a drive begun at `time` arrives; one that would overlap one of the blocks first..last-1 begins after it."""
    if hop > 0:
        for k in range(first, last):
            if time < blocks[k, 1] and drive(pace, time, hop) > blocks[k, 0]:
                time = blocks[k, 1]
    return drive(pace, time, hop)


@compiled
def depart_by(pace: NDArray[np.int64], blocks: NDArray[np.int64], first: int, last: int, by: int, hop: int) -> int:
    """The latest time ready from which a drive arrives no later than `by`."""
    time = drive_by(pace, by, hop)
    if hop > 0:
        for k in range(last - 1, first - 1, -1):
            if time < blocks[k, 1] and drive(pace, time, hop) > blocks[k, 0]:
                time = drive_by(pace, blocks[k, 0], hop)
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
