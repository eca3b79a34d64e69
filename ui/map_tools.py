"""The tools of the one map: connects strip, toolbox, bar, card and correction to the desk. Decides nothing itself."""

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from planner.model.places import LatLon
from ui.context import AppContext
from ui.map.camera import EQUATOR_M, latlon_of, world_of
from ui.map.tools.bar import MapBar
from ui.map.tools.chosen_bar import ChosenBar
from ui.map.tools.correction import Correction
from ui.map.tools.hover_card import HoverCard
from ui.map.tools.measure_bar import MeasureBar
from ui.map.tools.outline import Outline
from ui.map.tools.pinch import Pinch
from ui.map.tools.points import Points
from ui.map.tools.strip import ToolStrip
from ui.map.tools.toolbox import Toolbox
from ui.map.view import MapView
from ui.visits.commands import VisitCommands
from ui.visits.deeds import AccountDeeds
from ui.words import METRES_PER_MILE

ACTIONS = {"tool-move": "", "tool-lasso": "lasso", "tool-polygon": "polygon", "tool-measure": "measure"}
"""The tool that each action takes; none is the hand that moves the map."""
HINTS = {
    "lasso": "Draw a line around accounts",
    "polygon": "Click corner after corner · Space sets one in the middle · Enter closes · Backspace takes one back",
}
NEAR_MILES, NEAR_KM = 5, 8
_CORNERS_OF_CIRCLE = 72


class MapTools(QObject):
    """One for a window. Only accounts that the map shows can be chosen."""

    def __init__(
        self, context: AppContext, view: MapView, actions: Mapping[str, QAction], deeds: AccountDeeds, visits: VisitCommands
    ) -> None:
        super().__init__(view)
        self._context, self._view, self._actions = context, view, actions
        self._known: Points | None = None
        self._filtered: AbstractSet[int] | None = None
        self._page = "week"
        self._where = "in there"
        self.strip = ToolStrip([actions[name] for name in ACTIONS], view)
        self.bar = MapBar(view)
        self.box = Toolbox(view, self._points)
        self.measuring = MeasureBar(context, view, self.bar, deeds, self._points)
        self.box.add("measure", self.measuring.tool)
        self.chosen_bar = ChosenBar(context, self.bar, deeds, visits)
        self.card = HoverCard(context, view)
        self.correction = Correction(context, view, self.bar, lambda: self.pick(""))
        self.pinch = Pinch(view)
        self.box.picked.connect(self._show_tool)
        self.box.chosen.connect(self._show_chosen)
        self.chosen_bar.cleared.connect(self.box.clear)
        self.chosen_bar.narrowed.connect(context.bus.narrowed)
        self.correction.over.connect(self._end_correction)
        bus = context.bus
        bus.accounts_shown.connect(lambda _accounts: self._forget())
        bus.filtered.connect(self._filter)
        bus.page_changed.connect(self._turn_to)
        self._show_tool("")

    def pick(self, name: str) -> None:
        """Take a tool, or none."""
        if name:
            self.correction.leave()
        self.box.pick(name)
        self._check(name)

    def near(self, place: LatLon) -> None:
        """Choose the accounts around a place."""
        self.pick("")
        metric = self._context.desk.units == "kilometres"
        metres = NEAR_KM * 1000.0 if metric else NEAR_MILES * METRES_PER_MILE
        middle, radius = world_of(place), metres / (EQUATOR_M * math.cos(math.radians(place.lat)))
        turns = [2 * math.pi * number / _CORNERS_OF_CIRCLE for number in range(_CORNERS_OF_CIRCLE)]
        circle = tuple((middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)) for turn in turns)
        self._where = f"within {NEAR_KM} km" if metric else f"within {NEAR_MILES} miles"
        self.box.choose(self._points().around(middle, radius), Outline(circle, closed=True))
        self._view.show_points([latlon_of(*spot) for spot in circle])

    def measure_from(self, place: LatLon) -> None:
        """Measure from a place on."""
        self.pick("measure")
        self.measuring.tool.begin_at(world_of(place))

    def correct(self, account_id: int) -> None:
        """Let the pin of an account be moved to where it is."""
        self.correction.begin(account_id)
        self.box.resting = self.card.quiet = self.correction.active
        self.card.dismiss()

    def _points(self) -> Points:
        """The accounts that the map shows, put in order when they are first asked for."""
        if self._known is None:
            shown = self._filtered if self._page in {"accounts", "territory"} else None
            accounts = self._context.desk.accounts.values()
            placed = [(each.id, each.place) for each in accounts if each.place is not None and (shown is None or each.id in shown)]
            self._known = Points(placed)
        return self._known

    def _forget(self) -> None:
        self._known = None
        self.box.refresh()

    def _filter(self, shown: AbstractSet[int] | None) -> None:
        if shown != self._filtered:
            self._filtered, self._known = shown, None

    def _turn_to(self, page: str) -> None:
        if page != self._page:
            self._page, self._known = page, None

    def _show_tool(self, name: str) -> None:
        self._check(name)
        self.card.quiet = bool(name)
        self.card.dismiss()
        if name == "measure":
            self.measuring.begin()
        elif self.box.ids:
            self.chosen_bar.tell(self.box.ids, self._where, final=True)
        else:
            self.bar.tell(HINTS.get(name, ""))
        if name == "polygon":
            self.box.polygon.start_by_key()

    def _check(self, name: str) -> None:
        for action, tool in ACTIONS.items():
            self._actions[action].setChecked(tool == name)

    def _show_chosen(self, ids: AbstractSet[int] | None, final: bool) -> None:
        if ids is None:
            self._where = "in there"
            if final:
                self.chosen_bar.end()
            self.bar.tell(HINTS.get(self.box.tool, ""))
        else:
            self.chosen_bar.tell(ids, self._where, final=final)

    def _end_correction(self) -> None:
        self.box.resting = self.card.quiet = False
