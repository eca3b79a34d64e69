"""Keeps colours and layers of the map as they are chosen, and anew when the accounts change."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from planner.errors import UserProblem
from planner.usecases.account_colours import AccountGroups, ColourBy, group_accounts
from planner.usecases.heat import heat_of_potential
from planner.usecases.map_areas import ZipMap, territories, zip_map
from planner.values import replace
from ui.context import AppContext
from ui.errors import show_error
from ui.geometry import Geometry
from ui.map.colouring import Colouring
from ui.map.ground import Ground
from ui.map.view import MapView
from ui.map_feed import MapFeed
from ui.map_layers.choice import MapChoice, keep_choice, read_choice
from ui.map_layers.control import MapControl
from ui.map_layers.grounds import GroundLayer, heat_layer, territory_layer, zip_layer
from ui.map_layers.panel import COLOURS
from ui.map_layers.reach import Reach
from ui.workers import Job

TERRITORY = "territory"
"""The page that shows who owns which accounts."""
_LAYERS = ("heat", "territories", "zips")
"""The lowest first."""


class MapLayers(QObject):
    """The one who knows what is chosen. Work runs off the GUI thread; what comes back too late for a choice is left out."""

    def __init__(self, context: AppContext, view: MapView, feed: MapFeed, geometry: Geometry) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._feed = feed
        self._geometry = geometry
        self.choice = read_choice(geometry)
        self._usual: MapChoice | None = None  # while a page shows the map in its own way
        self.control = MapControl(self.choice, context.theme)
        self.reach = Reach(context, self)
        self._layers = {name: GroundLayer() for name in _LAYERS}
        self._zips = ZipMap()
        view.set_corner(self.control)
        view.installEventFilter(self)
        view.legend_folded.connect(lambda folded: self._keep(replace(self.choice, legend=not folded)))
        self.control.chosen.connect(self.choose)
        self.control.reach_cleared.connect(self.reach.clear_reach)
        self.reach.changed.connect(self._show_reach)
        context.bus.accounts_shown.connect(lambda _accounts: self._ask_all())
        context.bus.pack_shown.connect(lambda _pack: self._ask_ground("zips") if self.choice.zips else None)
        context.bus.settings_shown.connect(lambda _settings: self._ask_colours())
        context.bus.page_changed.connect(self._turn_to)
        self._apply()

    def choose(self, choice: MapChoice) -> None:
        """Show the map like this from now on, and remember it."""
        before = self.choice
        self._keep(choice)
        self._apply()
        if choice.colour is not before.colour:
            self._ask_colours()
        for layer in _LAYERS:
            if getattr(choice, layer) and not getattr(before, layer):
                self._ask_ground(layer)
        self._show_ground()

    def _turn_to(self, page: str) -> None:
        """The Territory page is about owners: what is chosen there holds while it is on show, and elsewhere all is as it was."""
        if page == TERRITORY and self._usual is None:
            self._usual = self.choice
            self.choose(replace(self.choice, colour=ColourBy.OWNER, territories=True))
        elif page != TERRITORY and self._usual is not None:
            usual, self._usual = self._usual, None
            self.choose(usual)

    def _keep(self, choice: MapChoice) -> None:
        self.choice = choice
        if self._usual is None:
            keep_choice(self._geometry, choice)
        self.control.panel.show_choice(choice)

    def _apply(self) -> None:
        """What needs no work."""
        self._view.set_merging(merged=self.choice.merged)
        self._view.fold_legend(folded=None if self.choice.legend else True)
        self._feed.show_other_days(shown=self.choice.other_days)

    def _ask_all(self) -> None:
        self._ask_colours()
        for layer in _LAYERS:
            if getattr(self.choice, layer):
                self._ask_ground(layer)

    def _ask_colours(self) -> None:
        by, desk, workspace = self.choice.colour, self._context.desk, self._context.workspace
        accounts, deals = desk.accounts, desk.deals
        if by is ColourBy.KIND:
            self._take_groups(by, AccountGroups((), {}))
        else:
            self._run(
                lambda _job: group_accounts(workspace, accounts.values(), deals, by, _today()),
                lambda groups: self._take_groups(by, groups),
                "map colours",
            )

    def _take_groups(self, by: ColourBy, groups: AccountGroups) -> None:
        if by is self.choice.colour:
            told = Colouring("" if by is ColourBy.KIND else COLOURS[by], groups.names, groups.rest, groups.ordered)
            self._view.set_colouring(told, groups.of)

    def _ask_ground(self, layer: str) -> None:
        accounts, deals, workspace = self._context.desk.accounts, self._context.desk.deals, self._context.workspace
        before = self._zips

        def zips(job: Job) -> tuple[GroundLayer, ZipMap]:
            found = zip_map(workspace, accounts.values(), before, job.report)
            return zip_layer(found), found

        work: dict[str, Callable[[Job], tuple[GroundLayer, ZipMap]]] = {
            "territories": lambda job: (territory_layer(territories(accounts.values(), job.report)), before),
            "zips": zips,
            "heat": lambda job: (heat_layer(heat_of_potential(accounts.values(), deals, _today(), job.report)), before),
        }
        self._run(work[layer], lambda found: self._take_ground(layer, *found), f"map {layer}")

    def _take_ground(self, layer: str, found: GroundLayer, zips: ZipMap) -> None:
        self._layers[layer] = found
        if layer == "zips":
            self._zips = zips
        self._show_ground()

    def _run(self, work: Callable[[Job], Any], done: Callable[[Any], None], lane: str) -> None:
        self._context.runner.run(work, done, self._fail, lane=lane, latest=True)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._context.bus.told.emit(str(error))
        else:
            show_error(error)

    def _show_reach(self) -> None:
        self.control.show_reach(self.reach.text)
        self._view.settle_corner()
        self._show_ground()
        self._view.show_points(self.reach.points)

    def _show_ground(self) -> None:
        """Heat lowest, then ZIP areas, territories, and the reach on top."""
        shown = {name: layer for name, layer in self._layers.items() if getattr(self.choice, name)}
        keys = [layer.key for name, layer in shown.items() if layer.key is not None]
        if self.choice.colour is ColourBy.OWNER:  # the pins tell already which colour is whose
            keys = [replace(key, entries=()) if key.title == "Territories" else key for key in keys]
        areas = (area for layer in shown.values() for area in layer.areas)
        heat = next((layer.heat for layer in shown.values() if layer.heat is not None), None)
        self._view.set_ground(Ground((*areas, *self.reach.areas), heat, (*keys, *self.reach.keys), self.reach.starts))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Esc on the map takes the reach away, and gives up one that is being looked for."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.reach.wanted:
            self.reach.clear_reach()
            return True
        return super().eventFilter(watched, event)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - her own calendar day
