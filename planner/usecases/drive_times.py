"""Drive times between places: kept beside the pack, computed when missing."""

from collections.abc import Sequence

from planner.errors import UserProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.travel import TravelMatrix
from planner.progress import Report
from planner.roads.routing.travel import TravelTimes
from planner.store.settings import read_settings
from planner.usecases.accounts import account_places
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import home_and_office
from planner.usecases.packs import active_pack, need_pack
from planner.usecases.workspace import Workspace

MOST_AHEAD = 3000
"""So many accounts at most have the drives between them worked out ahead, those nearest to home: 3,000 take 72 MB and ten minutes,
20,000 would take 3 GB and most of a day. What a week needs beyond is worked out when it is planned."""


def travel_matrix(workspace: Workspace, pack: RoadPack, places: Sequence[LatLon], report: Report) -> TravelMatrix:
    """Drive times between places (one row for each distinct place); only what is missing is computed."""
    with kept_times(workspace, pack) as travel:
        return travel.matrix(tuple(dict.fromkeys(places)), lambda: workspace.engine(pack), report)


def kept_times(workspace: Workspace, pack: RoadPack) -> TravelTimes:
    """The drive times kept for a pack, of drives as the settings want them; to be closed."""
    options, service = workspace.drive_options()
    return TravelTimes(pack, f"{options.stamp} {service}".strip())


def fill_drive_times(workspace: Workspace, report: Report, *, background: bool = False) -> int:
    """Compute and keep every missing drive time between the accounts; returns how many places. Cancelled, it goes on where it was later.

    In the `background` it stands back behind everything else on the laptop.
    """
    pack = need_pack(workspace)
    places = _places(workspace, pack)
    with kept_times(workspace, pack) as travel:
        travel.fill(places, lambda: workspace.engine(pack, background=background), report)
    return len(places)


def missing_drive_times(workspace: Workspace) -> int:
    """How many accounts' drive times are not kept yet; 0 without a pack."""
    pack = active_pack(workspace)
    if pack is None:
        return 0
    with kept_times(workspace, pack) as travel:
        return travel.missing(_places(workspace, pack))


def _places(workspace: Workspace, pack: RoadPack) -> tuple[LatLon, ...]:
    """Where drives begin and end: home and office, and the accounts inside the pack nearest to home, the nearest first."""
    inside = [place for place in account_places(workspace) if place and pack.bounds.contains(place)]
    if not inside:
        return ()
    ends = _ends(workspace, pack)
    home = ends[0] if ends else pack.bounds.centre
    return tuple(dict.fromkeys((*ends, *sorted(inside, key=home.metres_to)[:MOST_AHEAD])))


def _ends(workspace: Workspace, pack: RoadPack) -> list[LatLon]:
    """Home and office, as far as they are set and on the map; planning says what is wrong with the rest."""
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
    try:
        with open_gazetteer(pack) as gazetteer:
            return [place.point for place in home_and_office(settings, gazetteer)]
    except UserProblem:
        return []
