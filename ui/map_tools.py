"""The tools of the one map: connects strip, toolbox, bar, card and correction to the desk. Decides nothing itself."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from planner.model.accounts import Account
from planner.model.places import LatLon
from ui.context import AppContext
from ui.map.camera import world_of
from ui.map.picture import Layer
from ui.map.tools.bar import MapBar
from ui.map.tools.chosen_bar import ChosenBar
from ui.map.tools.correction import Correction
from ui.map.tools.hover_card import HoverCard
from ui.map.tools.measure_bar import MeasureBar
from ui.map.tools.near import Near
from ui.map.tools.pinch import Pinch
from ui.map.tools.points import Points
from ui.map.tools.strip import ToolStrip
from ui.map.tools.toolbox import Toolbox
from ui.map.view import MapView
from ui.visits.commands import VisitCommands
from ui.visits.deeds import AccountDeeds

ACTIONS = {"tool-move": "", "tool-lasso": "lasso", "tool-polygon": "polygon", "tool-measure": "measure"}
"""The tool that each action takes; none is the hand that moves the map."""
HINTS = {
    "lasso": "Draw a line around accounts, the button held down · Esc ends",
    "polygon": "Click the corners · Enter closes · Backspace takes one back · Esc ends · Space sets one in the middle",
}


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
        self._where = ""
        self.strip = ToolStrip([actions[name] for name in ACTIONS], view)
        self.bar = MapBar(view)
        self.box = Toolbox(view, self._points)
        self.measuring = MeasureBar(context, view, self.bar, deeds, self._points)
        self.box.add("measure", self.measuring.tool)
        self.chosen_bar = ChosenBar(context, self.bar, deeds, visits)
        self.card = HoverCard(context, view)
        self.correction = Correction(context, view, self.bar, lambda: self.pick(""))
        self.nearby = Near(context, view, self.bar, self._show_near)
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
        self.nearby.give_up()
        if name:
            self.correction.leave()
        self.box.pick(name)
        self._check(name)

    def near(self, place: LatLon, account_id: int | None = None) -> None:
        """Choose the accounts that are near a place by car, but for the one that is there itself."""
        self.pick("")
        self.box.clear()
        self.nearby.look(place, [account for account in self._shown() if account.id != account_id])

    def _show_near(self, ids: AbstractSet[int], where: str, marks: Layer, points: list[LatLon]) -> None:
        self._where = where
        self.box.choose(frozenset(ids), marks)
        self._view.show_points(points)

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
            self._known = Points([(each.id, each.place) for each in self._shown() if each.place is not None])
        return self._known

    def _shown(self) -> list[Account]:
        """The accounts that the map shows, and those of them that are nowhere yet."""
        shown = self._filtered if self._page in {"accounts", "territory"} else None
        return [each for each in self._context.desk.accounts.values() if shown is None or each.id in shown]

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
            self._where = ""
            if final:
                self.chosen_bar.end()
            self.bar.tell(HINTS.get(self.box.tool, ""))
        else:
            self.nearby.give_up()
            self.chosen_bar.tell(ids, self._where, final=final)

    def _end_correction(self) -> None:
        self.box.resting = self.card.quiet = False
