"""What can be reached by car from a point."""

from planner.model.places import LatLon
from planner.model.travel import Isochrone
from planner.progress import Report
from planner.usecases.packs import need_pack
from planner.usecases.workspace import Workspace

STEPS = (15, 30, 60)
"""Minutes that are shown, up to those that are asked for."""
MOST_STEPS = 3


def reach_from(workspace: Workspace, point: LatLon, minutes: int, report: Report) -> tuple[Isochrone, ...]:
    """What is reached from a point within so many minutes, and within the usual steps below them, the nearest first.

    Rush hours are not counted. Raises PackProblem without a road pack, and where no road is near.
    """
    wanted = (*(step for step in STEPS if step < minutes), minutes)[-MOST_STEPS:]
    return workspace.engine(need_pack(workspace)).isochrones(point, wanted, report)
