"""What can be reached from a point, as areas on the map."""

from PySide6.QtCore import QObject, Signal

from planner.errors import UserProblem
from planner.model.places import LatLon
from planner.model.travel import Isochrone
from planner.usecases.reach import Reached, reach_from
from ui.context import AppContext
from ui.errors import show_error
from ui.map.camera import Spot, world_of
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
        self._reached: Reached | None = None

    def show_reach(self, point: LatLon, minutes: int, name: str = "") -> None:
        """Show what can be reached from a point within so many minutes, and within the usual steps below them; `name` is the point's."""
        workspace = self._context.workspace
        self._context.runner.run(
            lambda job: reach_from(workspace, point, minutes, job.report, name),
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
        self._take(None)

    @property
    def wanted(self) -> bool:
        """Whether one is shown or being looked for."""
        return self._reached is not None or any(job.lane == REACH for job in self._context.runner.jobs)

    @property
    def text(self) -> str:
        """What is shown, in words; empty for nothing."""
        return f"Reach in {self._found[-1].minutes} min" if self._found else ""

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas, the widest first, each labelled at its northern edge."""
        return tuple(_area(one, tint) for one, tint in reversed(self._tinted) if one.rings)

    @property
    def starts(self) -> tuple[Spot, ...]:
        """Where it starts from, as a world position."""
        return (world_of(self._reached.start.point),) if self._reached is not None else ()

    @property
    def points(self) -> tuple[LatLon, ...]:
        """The edge of the widest area, and where it starts from."""
        if self._reached is None:
            return ()
        return (self._reached.start.point, *(point for ring in self._found[-1].rings for point in ring))

    @property
    def keys(self) -> tuple[GroundKey, ...]:
        """What the legend says."""
        if self._reached is None:
            return ()
        entries = tuple((f"{one.minutes} min", tint) for one, tint in self._tinted)
        return (GroundKey(f"Reach from {_bare(self._reached.start.name)}", entries, "by car, without rush hours", start="Starts here"),)

    @property
    def _found(self) -> tuple[Isochrone, ...]:
        return self._reached.areas if self._reached is not None else ()

    @property
    def _tinted(self) -> list[tuple[Isochrone, str]]:
        """The nearest first; the farthest one wears the faintest tint."""
        return list(zip(self._found, _TINTS[-len(self._found) :], strict=True)) if self._found else []

    def _take(self, reached: Reached | None) -> None:
        if reached != self._reached:
            self._reached = reached
            self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._context.bus.told.emit(str(error))
        else:
            show_error(error)


def _bare(name: str) -> str:
    """What is there, without how the point lies to it: "126 East Foster Avenue" for "near 126 East Foster Avenue"."""
    word, _, rest = name.partition(" ")
    return rest if rest and word in {"near", "on", "in"} else name


def _area(one: Isochrone, tint: str) -> Area:
    longest = max(one.rings, key=len)
    northern = max(longest, key=lambda point: point.lat)
    return Area.of(f"{one.minutes} min", one.rings, tint, northern, opacity=_OPACITY, edge_px=_EDGE_PX)
