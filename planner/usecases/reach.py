"""What can be reached by car from a point, and how that point is called."""

from planner.errors import UserProblem
from planner.model.places import LatLon, NamedPlace
from planner.model.travel import Isochrone
from planner.progress import Report
from planner.usecases.find_places import what_is_at
from planner.usecases.packs import need_pack
from planner.usecases.workspace import Workspace
from planner.values import Struct

STEPS = (15, 30, 60)
"""Minutes that are shown, up to those that are asked for."""
MOST_STEPS = 3


class Reached(Struct, frozen=True):
    """Where a reach starts from, and what is reached within each number of minutes, the nearest first."""

    start: NamedPlace
    areas: tuple[Isochrone, ...]


def reach_from(workspace: Workspace, point: LatLon, minutes: int, report: Report, name: str = "") -> Reached:
    """What is reached from a point within so many minutes, and within the usual steps below them.

    Rush hours are not counted. Raises PackProblem without a road pack, and where no road is near.
    """
    wanted = (*(step for step in STEPS if step < minutes), minutes)[-MOST_STEPS:]
    areas = workspace.engine(need_pack(workspace)).isochrones(point, wanted, report)
    return Reached(called(workspace, point, name), areas)


def called(workspace: Workspace, point: LatLon, name: str = "") -> NamedPlace:
    """A point with its name; without one it is called by what is there, or by its coordinates."""
    if name:
        return NamedPlace(name, point)
    try:
        return NamedPlace(what_is_at(workspace, point).text, point)
    except UserProblem:  # a name is only a nicety
        return NamedPlace(f"{point.lat:.4f}, {point.lon:.4f}", point)
