"""Search or do anything, in the window: opens the panel and does what was chosen in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from planner.model.calendar import IsoWeek
from planner.model.places import Match, MatchQuality
from planner.usecases.find_anything import Group, Thing
from ui.context import AppContext
from ui.geometry import Geometry
from ui.palette.finder import Finder
from ui.palette.panel import PalettePanel
from ui.palette.place_pin import PlacePin

if TYPE_CHECKING:
    from ui.main_window import MainWindow

WITH_MAP = frozenset({"today", "week", "accounts", "territory"})
"""The pages around the map."""
_STREET_ZOOM, _TOWN_ZOOM = 15.0, 12.0


class CommandPalette(QObject):
    """One for a window; the panel is made when it is first asked for."""

    def __init__(self, context: AppContext, window: "MainWindow", geometry: Geometry) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self.finder = Finder(context, window.actions_by_id, lambda: window.map.camera.centre, geometry, self)
        self.pin = PlacePin(window.map)
        self.panel: PalettePanel | None = None
        context.bus.selected.connect(lambda account_id: self.pin.hide() if account_id is not None else None)

    def open(self, text: str = "") -> None:
        """Show the panel, ready to type on after a text."""
        if self.panel is None:
            self.panel = PalettePanel(self.finder, self._context.theme, self._window)
            self.panel.chosen.connect(self.do)
        self.panel.open(text)

    def do(self, thing: Thing) -> None:
        """Go to a thing, or do it."""
        if thing.group is Group.ACCOUNTS and isinstance(thing.key, int):
            self._go_to_account(thing.key)
        elif isinstance(thing.key, Match):
            self._go_to_place(thing.key)
        elif isinstance(thing.key, IsoWeek):
            self._go_to_week(thing.key)
        elif thing.group is Group.REPS:
            self._go_to_rep(str(thing.key))
        elif thing.group is Group.SETTINGS:
            self._go_to_setting(str(thing.key))
        else:
            self._window.actions_by_id[str(thing.key)].trigger()

    def _show_map(self) -> None:
        if self._window.page not in WITH_MAP:
            self._window.show_page("accounts")

    def _go_to_account(self, account_id: int) -> None:
        self._show_map()
        self.pin.hide()
        self._context.desk.select(account_id)
        self._window.feed.go_to(account_id)

    def _go_to_place(self, match: Match) -> None:
        if match.point is not None:
            self._show_map()
            self.pin.show(match.point, match.text)
            zoom = _TOWN_ZOOM if match.quality in {MatchQuality.CITY, MatchQuality.ZIP} else _STREET_ZOOM
            self._window.map.centre_on(match.point, zoom)
            self._window.map.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_week(self, week: IsoWeek) -> None:
        self._context.desk.show_week(week)
        self._window.show_page("week")

    def _go_to_rep(self, name: str) -> None:
        from ui.team.page import TeamPage

        self._window.show_page("team")
        page = self._window.team.page
        assert isinstance(page, TeamPage)
        page.choose(name)

    def _go_to_setting(self, key: str) -> None:
        self._window.show_page("settings")
        self._window.settings.go_to(key)
