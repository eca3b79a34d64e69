"""How far places are apart: in a straight line, and along the roads."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.geocoding.ground import ground_metres
from planner.model.places import LatLon
from planner.progress import Report, silent
from planner.usecases.packs import need_pack
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from planner.model.travel import Route


def straight_metres(points: Sequence[LatLon]) -> list[float]:
    """Metres in a straight line from each point to the next, one fewer than points."""
    return ground_metres(points)


def road_between(workspace: Workspace, points: Sequence[LatLon], report: Report = silent) -> "Route":
    """The drive through points in their order, rush hours not counted; raises PackProblem when there are no roads there."""
    return workspace.engine(need_pack(workspace)).route(list(points), report=report)
