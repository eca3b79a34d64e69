"""What the bar says while distances are measured: in a straight line at once, along the roads when they are found."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QObject

from planner.errors import UserProblem
from planner.model.places import LatLon
from planner.model.travel import Route
from planner.usecases.measure import road_between, straight_metres
from ui.context import AppContext
from ui.errors import show_error
from ui.map.tools.bar import Deed, MapBar
from ui.map.tools.measure import Measure
from ui.map.tools.points import Points
from ui.map.view import MapView
from ui.visits.deeds import AccountDeeds
from ui.words import distance, span

HINT = "Click from point to point · Backspace takes one back · Esc ends · Space sets one in the middle"
_LANE = "measure"


class MeasureBar(QObject):
    """Owns the measuring tool. Until the exact arithmetic is read from the disk the round earth will do."""

    def __init__(self, context: AppContext, view: MapView, bar: MapBar, deeds: AccountDeeds, points: Callable[[], Points]) -> None:
        super().__init__(view)
        self._context, self._bar, self._deeds = context, bar, deeds
        self._exact = False
        self._road: Route | None = None
        self._no_road = ""
        self.tool = Measure(view, points, self._metres, lambda metres: distance(metres, context.desk.units))
        self.tool.summary = self.summary
        self.tool.changed.connect(self._follow)

    def begin(self) -> None:
        """Say what to do, and get the arithmetic ready."""
        self.tool.start_by_key()
        if not self._exact:
            probe = [LatLon(0.0, 0.0), LatLon(0.0, 1.0)]
            self._context.runner.run(lambda _job: straight_metres(probe), self._be_exact, lane="measure arithmetic", latest=True)
        self.tell()

    def tell(self) -> None:
        """Say how far it is."""
        deeds: list[Deed] = [("Clear", self.tool.escape)] if self.tool.spots else []
        if len(self.tool.spots) > 1:
            deeds.insert(0, ("Copy", lambda: self._deeds.copy(self.words(), "the distance")))
        self._bar.tell(self.words() or HINT, deeds)

    def words(self) -> str:
        """The distances: "12.4 mi straight · 15.1 mi by road, 24 min"; empty while there are none."""
        units, reaching = self._context.desk.units, self.tool.reaching
        if not self.tool.legs and reaching is None:
            return ""
        straight = f"{distance(self.tool.total + (reaching or 0.0), units)} straight"
        if len(self.tool.spots) < 2:
            return straight
        if reaching is not None:
            straight += f" ({distance(self.tool.total, units)} so far)"
        if self._road is not None:
            return f"{straight} · {distance(self._road.metres, units)} by road, {span(self._road.seconds)}"
        return f"{straight} · {self._no_road}" if self._no_road else straight

    def summary(self) -> str:
        """How far it is along all that is set, without the way to the cursor and what is not known."""
        units = self._context.desk.units
        straight = f"{distance(self.tool.total, units)} straight"
        road = self._road
        return f"{straight} · {distance(road.metres, units)} by road, {span(road.seconds)}" if road is not None else straight

    def _be_exact(self, _probe: object) -> None:
        self._exact = True
        self.tool.measure_again()

    def _metres(self, points: Sequence[LatLon]) -> list[float]:
        if self._exact:
            return straight_metres(points)
        return [one.metres_to(other) for one, other in pairwise(points)]

    def _follow(self, final: bool) -> None:
        if final:
            self._road, self._no_road = None, ""
            self._ask_roads()
        self.tell()

    def _ask_roads(self) -> None:
        places, context = self.tool.places, self._context
        if len(places) < 2:
            return
        if context.desk.pack is None:
            self._no_road = "no road pack yet"
            return
        self._no_road = "by road…"

        def found(route: Route) -> None:
            if places == self.tool.places:
                self._road, self._no_road = route, ""
                self.tool.show_shape([point for leg in route.legs for point in leg.shape])
                self.tell()

        def failed(error: BaseException) -> None:
            if isinstance(error, UserProblem):
                self._no_road = "no way by road"
                self.tell()
            else:
                show_error(error, self._bar.window())

        context.runner.run(lambda job: road_between(context.workspace, places, job.report), found, failed, lane=_LANE, latest=True)
