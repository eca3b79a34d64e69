"""Pages that are made when they are first looked at, and those that are still to come: one plain sentence of what will be there."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.icons import icon
from ui.style import Theme
from ui.visits.commands import VisitCommands
from ui.widgets.parts import EmptyState

if TYPE_CHECKING:
    from ui.today.panel import TodayPanel

OPENED_LATER = ("ui.today.panel", "ui.team.page", "ui.reports.page", "ui.footprint.page", "ui.imports.wizard", "ui.visits.log_dialog")
"""What few need at once: its modules take longer to import than a window may stand still."""

LATER = {
    "territory": ("Territory", "Here you will see who owns which accounts, and balance them by value, workload and drive time."),
}


def read_ahead() -> None:
    """Import what is opened later. For a thread, once the window is of use."""
    for module in OPENED_LATER:
        import_module(module)


def later_page(page: str, theme: Theme) -> EmptyState:
    """The empty state of a page; KeyError for a page that is there already."""
    title, sentence = LATER[page]
    empty = EmptyState(title, f"{sentence} It is not part of this version.")

    def tint() -> None:
        empty.set_icon(icon(page, theme.colours.quiet))

    theme.changed.connect(tint)
    tint()
    return empty


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


def today_page(context: AppContext) -> "PageWhenShown[TodayPanel]":
    """The Today page."""

    def make() -> "TodayPanel":
        from ui.today.panel import TodayPanel

        return TodayPanel(context)

    return PageWhenShown(make)


def team_page(context: AppContext, visits: VisitCommands) -> "PageWhenShown[QWidget]":
    """The Team page."""

    def make() -> QWidget:
        from ui.team.page import TeamPage

        return TeamPage(context, visits)

    return PageWhenShown(make)


def reports_page(context: AppContext) -> "PageWhenShown[QWidget]":
    """The Reports page."""

    def make() -> QWidget:
        from ui.reports.page import ReportsPage

        return ReportsPage(context)

    return PageWhenShown(make)
