"""Who is near a place: looked up off the window's thread, and shown with the drive there beside each pin."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from planner.model.accounts import Account
from planner.model.places import LatLon
from planner.usecases.near import MOST, Nearby, near_accounts
from planner.values import Struct
from ui.context import AppContext
from ui.errors import show_error
from ui.map.camera import Camera, Spot, world_of
from ui.map.palette import Palette
from ui.map.picture import Layer
from ui.map.shapes import draw_start
from ui.map.tools.bar import MapBar
from ui.map.tools.drawing import draw_figure, figure_box
from ui.map.view import MapView
from ui.words import distance, span

if TYPE_CHECKING:
    from ui.workers import Job

LANE = "who is near"
LOOKING = "Looking who is near by car…"
_START_PX = 10.0
_BELOW_PX = 19.0


class NearMarks(Struct, frozen=True):
    """A mark where it goes from, and how far each account is; where there is no room the farther one goes without."""

    start: Spot
    told: tuple[tuple[Spot, str], ...]

    def paint(self, painter: QPainter, camera: Camera, palette: Palette) -> None:
        """Paint it as a camera sees it."""
        at = QPointF(*camera.to_screen(*self.start))
        draw_start(painter, at, _START_PX, palette)
        taken = [QRectF(at.x() - _START_PX, at.y() - _START_PX, 2 * _START_PX, 2 * _START_PX)]
        for spot, text in self.told:
            middle = QPointF(*camera.to_screen(*spot)) + QPointF(0, _BELOW_PX)
            box = figure_box(painter, middle, text)
            if not any(box.intersects(other) for other in taken):
                taken.append(box)
                draw_figure(painter, middle, text, palette)


class Near(QObject):
    """Asks who is near. `found` is given the ids, where they are in words, the marks, and the points to be seen. Escape gives it up."""

    def __init__(
        self, context: AppContext, view: MapView, bar: MapBar, found: Callable[[frozenset[int], str, Layer, list[LatLon]], None]
    ) -> None:
        super().__init__(view)
        self._context, self._view, self._bar, self._found = context, view, bar, found
        self._job: Job | None = None
        view.installEventFilter(self)

    def look(self, place: LatLon, accounts: Iterable[Account]) -> None:
        """Look which of the accounts are near a place."""
        workspace, among = self._context.workspace, list(accounts)
        self._bar.tell(LOOKING, [("Cancel", self.give_up)])
        job = self._job = self._context.runner.run(
            lambda job: near_accounts(workspace, place, among, job.report),
            lambda nearby: self._show(place, nearby),
            self._fail,
            label="Looking who is near",
            lane=LANE,
            latest=True,
        )
        job.cancelled.connect(self.give_up)

    def give_up(self) -> None:
        """Look no further."""
        if self._job is not None:
            self._job.supersede()
            self._job = None
            self._bar.tell("")

    def _show(self, place: LatLon, nearby: Nearby) -> None:
        self._job = None
        units, found = self._context.desk.units, nearby.found
        if not found:
            self._bar.tell("No other account is on the map")
            return
        ways = [span(max(60, one.seconds)) if one.seconds is not None else distance(one.metres, units) for one in found]
        where = f"within {ways[-1]} in a straight line, as {nearby.why_straight}" if nearby.why_straight else f"within {ways[-1]} by car"
        where += f" (only the {MOST} nearest)" if len(found) == MOST else ""
        marks = NearMarks(world_of(place), tuple((world_of(one.place), way) for one, way in zip(found, ways, strict=True)))
        self._found(frozenset(one.account_id for one in found), where, marks.paint, [place, *(one.place for one in found)])

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self._bar.tell("")
        show_error(error, self._view.window())

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            looking = self._job is not None
            self.give_up()
            return looking
        return False
