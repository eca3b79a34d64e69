"""Pages that are made when they are first looked at."""

import linecache
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.visits.commands import VisitCommands
from ui.widgets.parts import action_button

if TYPE_CHECKING:
    from ui.map_feed import DayOnMap
    from ui.settings.page import SettingsPage
    from ui.today.panel import TodayPanel

OPENED_LATER = (
    "ui.today.panel",
    "ui.team.page",
    "ui.reports.page",
    "ui.settings.page",
    "ui.footprint.page",
    "ui.imports.wizard",
    "ui.visits.log_dialog",
)
"""What few need at once: its modules take longer to import than a window may stand still."""


def read_ahead() -> None:
    """Import what is opened later. For a thread, once the window is of use."""
    for module in OPENED_LATER:
        import_module(module)
    linecache.clearcache()  # PySide looks into the source of each module that is imported, and Python keeps all of it: 11 MB


class PageWhenShown[Page: QWidget](QWidget):
    """Keeps the start quick: a page and all it needs are read from the disk when it comes into sight for the first time."""

    def __init__(self, make: Callable[[], Page]) -> None:
        super().__init__()
        self._make = make
        self.made: Page | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def page(self) -> Page:
        """The page itself."""
        if self.made is None:
            self.made = self._make()
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self.made)
        return self.made

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        self.page.show()
        super().showEvent(event)


def today_page(
    context: AppContext, actions: Mapping[str, QAction], summed: Callable[[], None], moved: "Callable[[DayOnMap | None], None]"
) -> "PageWhenShown[TodayPanel]":
    """The Today page; while there is no plan it offers to make one. `summed` is called when its sums have changed, `moved` with the day
    for the map.
    """

    def make() -> "TodayPanel":
        from ui.today.panel import TodayPanel

        page = TodayPanel(context, plan=actions["plan-week"], full=actions["full-screen"])
        page.summed.connect(summed)
        page.moved.connect(moved)
        return page

    return PageWhenShown(make)


def team_page(context: AppContext, visits: VisitCommands, ask_import: QAction) -> "PageWhenShown[QWidget]":
    """The Team page; while there are no reps it offers to import them."""

    def make() -> QWidget:
        from ui.team.page import TeamPage

        return TeamPage(context, visits, action_button("Import reps…", ask_import))

    return PageWhenShown(make)


def reports_page(context: AppContext) -> "PageWhenShown[QWidget]":
    """The Reports page."""

    def make() -> QWidget:
        from ui.reports.page import ReportsPage

        return ReportsPage(context)

    return PageWhenShown(make)


def settings_page(context: AppContext, remove_sample: Callable[[], None], actions: Mapping[str, QAction]) -> "PageWhenShown[SettingsPage]":
    """The Settings page."""

    def make() -> "SettingsPage":
        from ui.settings.page import SettingsPage

        return SettingsPage(context, remove_sample, actions)

    return PageWhenShown(make)
