"""Where a recorded track stayed, and at which accounts that was. Robust to noise of tens of metres, gaps, and tunnels."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from itertools import pairwise
from statistics import median

from planner.model.accounts import Account
from planner.model.places import LatLon
from planner.model.tracking import Dwell, TrackPoint

FASTEST_MS = 200 / 3.6
"""Metres a second; what moves faster is a mistake of the receiver."""
NEAR_M = 150.0
"""A stay no farther from an account may be a visit there."""
_NOISE_M = 30.0  # two points a second apart may be off by this much without anybody having moved
_RUN = 10  # so many points that agree with each other are no mistake
_ASTRAY_S = 90.0  # how long the receiver may wander off a place without leaving it
_PASSING_S = 20.0  # so short a time at a place, so long after it was left, is passing by
_FAR_M = 1000.0  # who is so far away has left
_SLEPT_M = 250.0  # no points for minutes, and on again so near: the receiver slept at the place
_ONE_SPOT_M = 60.0
_NOTHING_PLANNED: Mapping[date, Collection[int]] = {}


def clean(points: Sequence[TrackPoint]) -> tuple[list[TrackPoint], list[str]]:
    """The points in the order of their times, without repeated moments and impossible jumps; what was wrong is told in sentences."""
    problems = []
    backwards = sum(b.at < a.at for a, b in pairwise(points))
    if backwards:
        problems.append(f"The track goes back in time {_times(backwards)}: its points were put in the order of their times.")
    moments: dict[datetime, TrackPoint] = {}
    for point in sorted(points, key=lambda point: point.at):
        moments.setdefault(point.at, point)
    once = list(moments.values())
    if len(once) < len(points):
        problems.append(f"{_points(len(points) - len(once))} of a moment that was there already, left out.")
    kept: list[TrackPoint] = []
    astray: list[TrackPoint] = []
    for point in once:
        if not kept or _can_be(kept[-1], point):
            kept.append(point)
            astray = []
        elif astray and _can_be(astray[-1], point):
            astray.append(point)
            if len(astray) >= _RUN:  # the mistake was before, or she was carried faster than any car
                kept = [*(kept if len(kept) >= _RUN else ()), *astray]
                astray = []
        else:
            astray = [point]
    if len(kept) < len(once):
        problems.append(f"{_points(len(once) - len(kept))} impossibly far from the one before (faster than 200 km/h), left out.")
    return kept, problems


def dwells(points: Sequence[TrackPoint], min_s: float = 300, radius_m: float = 60) -> list[Dwell]:
    """Where a cleaned track stayed within so many metres for so many seconds, in order.

    No points for minutes are no reason to have moved: what lies before and after them counts. Where the receiver slept at a place and
    woke a little down the road, she is taken to have been where it fell asleep.
    """
    times = [point.at.timestamp() for point in points]
    found: list[Dwell] = []
    begin = 0
    while begin < len(points):
        last = _stay(points, times, begin, min_s, radius_m)
        if last is None:
            begin = max(begin + 1, bisect_left(times, times[begin] + min_s / 60))
            continue
        found.append(_dwell(points, begin, last, radius_m))
        begin = max(last, begin + 1)
    return found


def join_dwells(
    found: Sequence[Dwell],
    accounts: Sequence[Account],
    planned: Mapping[date, Collection[int]] = _NOTHING_PLANNED,
    zone: tzinfo = UTC,
    bases: Sequence[LatLon] = (),
) -> list[tuple[Dwell, int | None, float]]:
    """Each stay with the account it was at and how many metres off, or None and infinity.

    It is the nearest account within 150 m. Of several at one spot (60 m) it is the one that is `planned` for that day of her `zone`, then
    the nearest; of two planned neighbours that both got a stay, one after the other, the one planned first got the first. A stay that is
    nearer to one of her `bases` was there, unless the account is planned. `planned` has the ids of each day in the planned order.
    """
    placed = {account.id: account.place for account in accounts if account.place}
    days = [list(planned.get(dwell.begin.astimezone(zone).date(), ())) for dwell in found]
    joined = [_account_at(dwell, placed, order, bases) for dwell, order in zip(found, days, strict=True)]
    for number in range(len(joined) - 1):
        if joined[number] == joined[number + 1]:
            joined[number : number + 2] = _told_apart(found[number : number + 2], joined, number, placed, days[number])
    return [
        (dwell, account_id, float("inf") if account_id is None else dwell.place.metres_to(placed[account_id]))
        for dwell, account_id in zip(found, joined, strict=True)
    ]


def between(points: Sequence[TrackPoint], found: Sequence[Dwell]) -> list[Sequence[TrackPoint]]:
    """The stretches of a track before, between and after its stays; one more than there are stays, empty or a single point where none is.

    Each begins with the last point of the stay before it and ends with the first of the stay after it.
    """
    cuts = [(0, 0), *((dwell.first, dwell.last) for dwell in found), (len(points) - 1, len(points) - 1)]
    return [points[a[1] : b[0] + 1] for a, b in pairwise(cuts)]


def _can_be(a: TrackPoint, b: TrackPoint) -> bool:
    return a.place.metres_to(b.place) <= FASTEST_MS * (b.at - a.at).total_seconds() + _NOISE_M


def _points(count: int) -> str:
    return "1 point is" if count == 1 else f"{count} points are"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _stay(points: Sequence[TrackPoint], times: Sequence[float], begin: int, min_s: float, radius_m: float) -> int | None:
    """The last point of a stay that begins here, or None when none does."""
    enough = bisect_left(times, times[begin] + min_s)
    if enough >= len(points):
        return None
    if _slept(points, times, begin, min_s):
        return begin + 1
    if points[begin].place.metres_to(points[enough].place) > _FAR_M + radius_m:
        return None
    lat, lon, inside, last = points[begin].place.lat, points[begin].place.lon, 1, begin
    for at in range(begin + 1, len(points)):
        place = points[at].place
        away = place.metres_to(LatLon(lat, lon))
        if away <= radius_m:
            inside, last = inside + 1, at
            share = max(1 / inside, 0.02)  # the middle follows the place, and forgets the way to it
            lat, lon = lat + (place.lat - lat) * share, lon + (place.lon - lon) * share
        elif away > _FAR_M or times[at] - times[last] > _ASTRAY_S:
            break
    if times[last] - times[begin] >= min_s:
        return last + 1 if last + 1 < len(points) and _slept(points, times, last, min_s) else last
    return None


def _slept(points: Sequence[TrackPoint], times: Sequence[float], at: int, min_s: float) -> bool:
    following = at + 1
    if following >= len(points) or times[following] - times[at] < min_s:
        return False
    return points[at].place.metres_to(points[following].place) <= _SLEPT_M


def _dwell(points: Sequence[TrackPoint], begin: int, last: int, radius_m: float) -> Dwell:
    """The stay between two points, at the middle of all of them; the way in and out and passing by are no part of it."""
    places = [point.place for point in points[begin : last + 1]]
    if len(places) == 2:
        return Dwell(places[0], points[begin].at, points[last].at, begin, last)
    middle = LatLon(median(place.lat for place in places), median(place.lon for place in places))
    near = [at for at, place in enumerate(places, start=begin) if place.metres_to(middle) <= radius_m / 2]
    while len(near) > 2 and _passes(points, near):
        near = near[: _passes(points, near)]
    while len(near) > 2 and _passes(points, near[::-1]):
        near = near[len(near) - _passes(points, near[::-1]) :]
    first, end = (near[0], near[-1]) if len(near) > 1 else (begin, last)
    if (points[end].at - points[first].at) < (points[last].at - points[begin].at) * 0.8:  # the receiver slept on the way in or out
        first, end = begin, last
    return Dwell(middle, points[first].at, points[end].at, first, end)


def _passes(points: Sequence[TrackPoint], near: Sequence[int]) -> int:
    """How many of these points come before a short last time at the place after some time away; 0 when there is none."""
    for at in range(len(near) - 1, 0, -1):
        if abs((points[near[-1]].at - points[near[at]].at).total_seconds()) > _PASSING_S:
            return 0
        if abs(near[at] - near[at - 1]) > 1 and abs((points[near[at]].at - points[near[at - 1]].at).total_seconds()) > _PASSING_S:
            return at
    return 0


def _account_at(dwell: Dwell, accounts: Mapping[int, LatLon], planned: Sequence[int], bases: Sequence[LatLon]) -> int | None:
    spot = _at_one_spot(dwell, accounts)
    if not spot:
        return None
    unplanned, metres, account_id = min((each not in planned, metres, each) for metres, each in spot)
    return None if unplanned and any(dwell.place.metres_to(base) <= metres for base in bases) else account_id


def _told_apart(
    pair: Sequence[Dwell], joined: Sequence[int | None], number: int, accounts: Mapping[int, LatLon], planned: Sequence[int]
) -> tuple[int | None, int | None]:
    """Of two stays at one account the one that was at a planned neighbour without a stay of its own, by the order of the plan."""
    both = joined[number]
    free = [each for _metres, each in _at_one_spot(pair[0], accounts) if each in planned and each not in joined]
    if both not in planned or not free:
        return both, both
    first, second = sorted((both, free[0]), key=planned.index)
    return first, second


def _at_one_spot(dwell: Dwell, accounts: Mapping[int, LatLon]) -> list[tuple[float, int]]:
    """The nearest account and those about as near, nearest first, with their metres; none where nobody is near."""
    near = []
    for account_id, place in accounts.items():
        if abs(place.lat - dwell.place.lat) < 0.002:  # 220 m; spares the exact distance to most
            metres = dwell.place.metres_to(place)
            if metres <= NEAR_M:
                near.append((metres, account_id))
    near.sort()
    return [each for each in near if each[0] <= near[0][0] + _ONE_SPOT_M]
