"""Who is near a place by car: the nearest accounts by drive time, or in a straight line where the roads cannot be asked."""

from collections.abc import Iterable, Sequence

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.travel import UNREACHABLE
from planner.progress import Report
from planner.usecases.drive_times import kept_times
from planner.usecases.packs import active_pack
from planner.usecases.workspace import Workspace
from planner.values import Struct

MOST = 25
"""So many accounts, the nearest in a straight line, have their drive times looked up."""
NEAR_S = 20 * 60
FEWEST = 3
"""Where nobody is within the usual time, so many of the nearest are told all the same."""


class NearAccount(Struct, frozen=True):
    """An account, how far it is in a straight line, and the drive there (None where the roads could not be asked)."""

    account_id: int
    place: LatLon
    metres: float
    seconds: int | None = None


class Nearby(Struct, frozen=True):
    """Who is near, the nearest first; `why_straight` says why it goes by straight lines, empty when it goes by the roads."""

    found: tuple[NearAccount, ...]
    why_straight: str = ""


def near_accounts(workspace: Workspace, point: LatLon, accounts: Iterable[Account], report: Report) -> Nearby:
    """Those of the accounts nearest to a point by drive time from there, rush hours not counted."""
    placed = [NearAccount(one.id, one.place, point.metres_to(one.place)) for one in accounts if one.place is not None]
    nearest = sorted(placed, key=lambda one: (one.metres, one.account_id))[:MOST]
    if not nearest:
        return Nearby(())
    pack = active_pack(workspace)
    if pack is None:
        return Nearby(tuple(nearest), "there is no road pack yet")
    try:
        seconds = _drives(workspace, pack, point, [one.place for one in nearest], report)
    except UserProblem as problem:
        return Nearby(tuple(nearest), problem.what[:1].lower() + problem.what[1:].rstrip("."))
    driven = [
        NearAccount(one.account_id, one.place, one.metres, drive_s)
        for one, drive_s in zip(nearest, seconds, strict=True)
        if drive_s != UNREACHABLE
    ]
    if not driven:
        return Nearby(tuple(nearest), "no road of the road pack leads there")
    driven.sort(key=lambda one: (one.seconds or 0, one.metres))
    within = [one for one in driven if (one.seconds or 0) <= NEAR_S]
    return Nearby(tuple(within or driven[:FEWEST]))


def _drives(workspace: Workspace, pack: RoadPack, point: LatLon, places: Sequence[LatLon], report: Report) -> list[int]:
    """Seconds from a point to each place: those that are kept, else those the engine finds in one search."""
    targets = list(dict.fromkeys(places))
    every = list(dict.fromkeys((point, *targets)))
    with kept_times(workspace, pack) as travel:
        if not travel.missing(every):
            known = travel.matrix(every, lambda: workspace.engine(pack), report)
            row = known.seconds[0, [every.index(place) for place in targets]]
        else:
            row = workspace.engine(pack).rows([point], targets, report)[0][0]
    of_place = dict(zip(targets, row.tolist(), strict=True))
    return [of_place[place] for place in places]
