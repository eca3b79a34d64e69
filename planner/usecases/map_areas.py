"""Areas to lay under the map: where each owner's accounts are, and where each ZIP is."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from planner.errors import PackProblem
from planner.model.accounts import Account
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.progress import Report, part
from planner.usecases.account_colours import by_owner
from planner.usecases.outlines import Outline, outlines, realms
from planner.usecases.packs import active_pack
from planner.usecases.workspace import Workspace
from planner.values import Struct

if TYPE_CHECKING:
    from planner.roads.gazetteer.zip_cells import ZipCell

_NEAREST_M, _FARTHEST_M = 1_200.0, 15_000.0
"""How far an area may reach beyond its accounts."""
_SHARE_OF_SPREAD = 0.06


class MapArea(Struct, frozen=True):
    """An area by name: outlines and holes (an odd number of rings around a point: inside), a spot inside for its name, how many accounts it
    has, and the index of its group (see AccountGroups; -1 for the rest).
    """

    name: str
    rings: tuple[tuple[LatLon, ...], ...]
    middle: LatLon
    accounts: int
    group: int = -1


class ZipMap(Struct, frozen=True):
    """The areas of ZIPs, drawn from the addresses of a road pack or else from the accounts; `drawn` is of the pack with the `stamp`."""

    areas: tuple[MapArea, ...] = ()
    stamp: str = ""
    drawn: "tuple[ZipCell, ...]" = ()
    from_addresses: bool = False


def territories(accounts: Iterable[Account], report: Report) -> list[MapArea]:
    """The area of each owner's accounts, grouped as the map colours owners: a spot belongs to who has the most accounts around it."""
    placed = [account for account in accounts if account.place is not None]
    report(0.1, "Drawing territories")
    groups = by_owner(placed)
    names = (*groups.names, groups.rest)
    marks = [groups.of.get(account.id, len(names) - 1) for account in placed]
    areas = _areas(placed, marks, names, realms)
    report(1.0, "Drawing territories")
    return [MapArea(area.name, area.rings, area.middle, area.accounts, mark if mark < len(groups.names) else -1) for mark, area in areas]


def zip_map(workspace: Workspace, accounts: Iterable[Account], before: ZipMap, report: Report) -> ZipMap:
    """Where each ZIP is, from the addresses of the road pack; what was drawn `before` of the same pack is not drawn again.

    Without a pack, or where it knows the ZIPs of less than half of the accounts, the places of the accounts must do.
    """
    placed = [account for account in accounts if account.place is not None and account.address.postcode[:5].isdigit()]
    counts = Counter(account.address.postcode[:5] for account in placed)
    pack, drawn = active_pack(workspace), before.drawn
    stamp = f"{pack.id} {pack.built_at}" if pack is not None else ""
    if stamp != before.stamp:
        drawn = tuple(_drawn(pack, part(report, 0.0, 0.9))) if pack is not None else ()
    if drawn and 2 * sum(counts[cell.postcode] for cell in drawn) >= len(placed):
        areas = [MapArea(cell.postcode, cell.rings, cell.middle, counts[cell.postcode]) for cell in drawn]
        return ZipMap(tuple(areas), stamp, drawn, from_addresses=True)
    return ZipMap(tuple(_zip_areas(placed, part(report, 0.9, 1.0))), stamp, drawn)


def _drawn(pack: RoadPack, report: Report) -> "list[ZipCell]":
    from planner.roads.gazetteer.zip_cells import zip_cells

    try:
        return zip_cells(pack.gazetteer, report)
    except PackProblem:  # looking up an address will say what is wrong with it
        return []


def _zip_areas(placed: Sequence[Account], report: Report) -> list[MapArea]:
    """About where each ZIP is, from the places of the accounts with it."""
    report(0.1, "Drawing ZIP areas")
    names = sorted({account.address.postcode[:5] for account in placed})
    number = {name: index for index, name in enumerate(names)}
    areas = _areas(placed, [number[account.address.postcode[:5]] for account in placed], names, outlines)
    report(1.0, "Drawing ZIP areas")
    return [area for _, area in areas]


def _areas(
    placed: Sequence[Account],
    marks: Sequence[int],
    names: Sequence[str],
    drawn: Callable[[Sequence[LatLon], Sequence[int], float], list[Outline]],
) -> list[tuple[int, MapArea]]:
    counts = Counter(marks)
    points = [account.place for account in placed if account.place is not None]
    found = drawn(points, marks, _reach_m(points))
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
