"""What can be reached from a point, as areas on the map."""

from PySide6.QtCore import QObject, Signal

from planner.errors import UserProblem
from planner.model.places import LatLon
from planner.model.travel import Isochrone
from planner.usecases.reach import reach_from
from ui.context import AppContext
from ui.errors import show_error
from ui.map.ground import Area, GroundKey

REACH = "reach"
_TINTS = ("reach_near", "reach_middle", "reach_far")
_OPACITY = 0.14
"""Of each area; where several lie over each other it adds up towards the start."""
_EDGE_PX = 1.0


class Reach(QObject):
    """Asks for a reach off the GUI thread; `changed` comes when another one, or none, is to be shown."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._found: tuple[Isochrone, ...] = ()

    def show_reach(self, point: LatLon, minutes: int) -> None:
        """Show what can be reached from a point within so many minutes, and within the usual steps below them."""
        workspace = self._context.workspace
        self._context.runner.run(
            lambda job: reach_from(workspace, point, minutes, job.report),
            self._take,
            self._fail,
            label=f"Reach in {minutes} min",
            lane=REACH,
            latest=True,
        )

    def clear_reach(self) -> None:
        """Show none, and give up one that is still being looked for."""
        for job in self._context.runner.jobs:
            if job.lane == REACH:
                job.supersede()
        self._take(())

    @property
    def text(self) -> str:
        """What is shown, in words; empty for nothing."""
        return f"Reach in {self._found[-1].minutes} min" if self._found else ""

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas, the widest first, each labelled at its northern edge."""
        return tuple(_area(one, tint) for one, tint in reversed(self._tinted) if one.rings)

    @property
    def points(self) -> tuple[LatLon, ...]:
        """The edge of the widest area."""
        return tuple(point for ring in self._found[-1].rings for point in ring) if self._found else ()

    @property
    def keys(self) -> tuple[GroundKey, ...]:
        """What the legend says."""
        entries = tuple((f"{one.minutes} min", tint) for one, tint in self._tinted)
        return (GroundKey("Reach by car", entries, "without rush hours"),) if entries else ()

    @property
    def _tinted(self) -> list[tuple[Isochrone, str]]:
        """The nearest first; the farthest one wears the faintest tint."""
        return list(zip(self._found, _TINTS[-len(self._found) :], strict=True)) if self._found else []

    def _take(self, found: tuple[Isochrone, ...]) -> None:
        if found != self._found:
            self._found = found
            self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._context.bus.told.emit(str(error))
        else:
            show_error(error)


def _area(one: Isochrone, tint: str) -> Area:
    longest = max(one.rings, key=len)
    northern = max(longest, key=lambda point: point.lat)
    return Area.of(f"{one.minutes} min", one.rings, tint, northern, opacity=_OPACITY, edge_px=_EDGE_PX)
