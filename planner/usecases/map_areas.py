"""Areas to lay under the map: where each owner's accounts are, and where each ZIP is."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.model.accounts import Account
from planner.model.places import LatLon
from planner.progress import Report
from planner.usecases.account_colours import by_owner
from planner.usecases.outlines import outlines

_NEAREST_M, _FARTHEST_M = 1_200.0, 15_000.0
"""How far an area may reach beyond its accounts."""
_SHARE_OF_SPREAD = 0.06


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area by name: outlines and holes (an odd number of rings around a point: inside), a spot inside for its name, how many accounts it
    has, and the index of its group (see AccountGroups; -1 for the rest).
    """

    name: str
    rings: tuple[tuple[LatLon, ...], ...]
    middle: LatLon
    accounts: int
    group: int = -1


def territories(accounts: Iterable[Account], report: Report) -> list[MapArea]:
    """The area of each owner's accounts, grouped as the map colours owners: a spot belongs to whose account is the nearest."""
    placed = [account for account in accounts if account.place is not None]
    report(0.1, "Drawing territories")
    groups = by_owner(placed)
    names = (*groups.names, groups.rest)
    marks = [groups.of.get(account.id, len(names) - 1) for account in placed]
    areas = _areas(placed, marks, names)
    report(1.0, "Drawing territories")
    return [MapArea(area.name, area.rings, area.middle, area.accounts, mark if mark < len(groups.names) else -1) for mark, area in areas]


def zip_areas(accounts: Iterable[Account], report: Report) -> list[MapArea]:
    """About where each ZIP is, from the places of the accounts with it: not the outline of the postal service, which a road pack lacks."""
    placed = [account for account in accounts if account.place is not None and account.address.postcode[:5].isdigit()]
    report(0.1, "Drawing ZIP areas")
    names = sorted({account.address.postcode[:5] for account in placed})
    number = {name: index for index, name in enumerate(names)}
    areas = _areas(placed, [number[account.address.postcode[:5]] for account in placed], names)
    report(1.0, "Drawing ZIP areas")
    return [area for _, area in areas]


def _areas(placed: Sequence[Account], marks: Sequence[int], names: Sequence[str]) -> list[tuple[int, MapArea]]:
    counts = Counter(marks)
    points = [account.place for account in placed if account.place is not None]
    found = outlines(points, marks, _reach_m(points))
    return [(each.mark, MapArea(names[each.mark], each.rings, each.middle, counts[each.mark])) for each in found]


def _reach_m(points: Sequence[LatLon]) -> float:
    """A share of how far the middle nine tenths of the places are spread."""
    if not points:
        return _NEAREST_M
    lats, lons = sorted(point.lat for point in points), sorted(point.lon for point in points)
    low, high = len(points) // 20, len(points) - 1 - len(points) // 20
    tall = (lats[high] - lats[low]) * 111_195.0
    wide = (lons[high] - lons[low]) * 111_195.0 * math.cos(math.radians(lats[len(lats) // 2]))
    return max(_NEAREST_M, min(_FARTHEST_M, _SHARE_OF_SPREAD * math.hypot(tall, wide)))
