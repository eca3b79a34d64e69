"""The window: puts the panels together and decides nothing."""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from planner.model.accounts import Account
from planner.model.calendar import this_week
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.settings import Settings
from planner.usecases.undo import Steps
from ui.accounts.panel import AccountsPanel
from ui.actions import make_actions, offer_sample
from ui.commands import Commands
from ui.context import AppContext
from ui.details.panel import DetailsPanel
from ui.dialogs.about import About
from ui.dialogs.shortcuts import Shortcuts
from ui.footprint.drive_times_link import DriveTimesLink
from ui.footprint.words import is_extract
from ui.formats import use_formats
from ui.geometry import Geometry
from ui.hints.hints import Hints
from ui.imports.file_drop import FileDrop
from ui.map.view import MapView
from ui.map_export.commands import MapExportCommands
from ui.map_feed import MapFeed
from ui.map_layers.layers import MapLayers
from ui.map_tools import ACTIONS as TOOLS
from ui.map_tools import MapTools
from ui.options import FOOTPRINT, PAGES
from ui.pages import reports_page, settings_page, team_page, today_page
from ui.palette.palette import CommandPalette
from ui.panel_links import link_panels
from ui.places.places_link import PlacesLink
from ui.safety.banner import SafetyBanner
from ui.safety.read_only import only_show
from ui.territory.figures import TerritoryFigures
from ui.territory.panel import TerritoryPanel
from ui.today.full_screen import FullScreen
from ui.undo import FieldKeys
from ui.visits.deeds import AccountDeeds
from ui.visits.sheet import wall_clock
from ui.week.left_out_panel import LeftOutPanel
from ui.week.page import WeekPanel
from ui.welcome import Welcome
from ui.widgets.header import Header
from ui.widgets.notice import Notice
from ui.widgets.rail import Rail
from ui.widgets.statusbar import StatusBar
from ui.words import plan_summary
from ui.workers import Job
from ui.workplace import Arrangement, Workplace

if TYPE_CHECKING:
    from ui.footprint.page import FootprintPage
    from ui.settings.page import SettingsPage

DEFAULT_SIZE = QSize(1440, 900)


class MainWindow(QMainWindow):
    """Rail, header, the page on show, status bar."""

    def __init__(self, context: AppContext, geometry: Geometry, *, follow_theme: bool = True) -> None:
        super().__init__()
        self.setWindowTitle("Roadbook")
        self.setMinimumSize(860, 560)
        self._context = context
        self._geometry = geometry
        self._follow_theme = follow_theme
        self.page = self._page_before = ""
        self._is_empty = self._has_sample = False
        self.commands = Commands(context, self)
        self.map = MapView()
        self.map_export = MapExportCommands(context, self.map, self)
        self.actions_by_id = make_actions(self, context.theme, self._handlers())
        self.header = Header(self.actions_by_id, context.theme)
        FieldKeys(self.actions_by_id["redo"])
        self.rail = Rail(self.actions_by_id)
        self.banner = SafetyBanner(self.actions_by_id["backups"], context.theme, read_only=context.workspace.read_only)
        self.notice = Notice()
        self.status = StatusBar(context.runner)
        self.feed = MapFeed(context, self.map)
        self.layers = MapLayers(context, self.map, self.feed, geometry)
        self.deeds = AccountDeeds(context, self)
        self.tools = MapTools(context, self.map, self.actions_by_id, self.deeds, self.commands.visits)
        self.week = WeekPanel(context, geometry, self.commands.planning)
        self.accounts = AccountsPanel(context, add=self.actions_by_id["add-account"])
        self.left_out = LeftOutPanel(context, plan=self.actions_by_id["plan-week"])
        self.territory = TerritoryPanel(context, self.actions_by_id)
        self.territory_figures = TerritoryFigures(self.actions_by_id, self.territory.choose)
        self.today_page = today_page(context, self.actions_by_id, self._sum_up, self.feed.show_today)
        self.details = DetailsPanel(context)
        self.welcome = Welcome(self.actions_by_id, context.theme)
        self.settings_page = settings_page(context, self.commands.remove_sample, self.actions_by_id)
        self.team, self.reports = team_page(context, self.commands.visits, self.actions_by_id["import"]), reports_page(context)
        self.drive_times = DriveTimesLink(context, self.actions_by_id["pause-drive-times"])
        self.command_palette = CommandPalette(context, self, geometry)
        self.places_link = PlacesLink(context, self.actions_by_id["check-places"])
        arrangements = {
            "today": Arrangement(left=self.today_page, across=(520, 0, 0)),
            "week": Arrangement(left=self.left_out, below=self.week, details=True),
            "accounts": Arrangement(below=self.accounts, details=True, below_share=0.56),
            "territory": Arrangement(left=self.territory, below=self.territory_figures, details=True, below_share=0.36),
        }
        self.workplace = Workplace(self.map, self.details, arrangements, geometry)
        self.full_screen = FullScreen(
            self, self.workplace, (self.header, self.rail, self.notice, self.status), lambda: self.today_page.page
        )
        self.stack = QStackedWidget()
        self.full_pages: dict[str, QWidget] = {"team": self.team, "reports": self.reports, "settings": self.settings_page}
        for page in (self.workplace, self.welcome, *self.full_pages.values()):
            self.stack.addWidget(page)
        self._assemble()
        self._connect()
        self.hints = Hints(context, self, geometry)
        if context.workspace.read_only:
            self._only_show()
        if not geometry.restore_window(self):
            self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize()))
        self.show_page("week")
        self.map.setFocus()

    @cached_property
    def footprint(self) -> "FootprintPage":
        """The Footprint page, made when it is first asked for."""
        from ui.footprint.page import FootprintPage

        page = FootprintPage(self._context, self.commands.roads, self.actions_by_id["import"])
        page.closed.connect(self._leave_footprint)
        self.stack.addWidget(page)
        self.full_pages[FOOTPRINT] = page
        return page

    @property
    def settings(self) -> "SettingsPage":
        """The Settings page, made when it is first asked for."""
        return self.settings_page.page

    def _assemble(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self.stack, 1)
        central = QWidget()
        central.setObjectName("page")
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self.notice)
        column.addLayout(body, 1)
        column.addWidget(self.status)
        self.status.add_links(self.places_link, self.drive_times)
        self.setCentralWidget(central)

    def _connect(self) -> None:
        bus, desk = self._context.bus, self._context.desk
        if not self._context.workspace.read_only:
            FileDrop(self).dropped.connect(self._take_files)
        self.header.search.typed.connect(self.command_palette.open)
        self.header.show_week(desk.week)
        bus.week_changed.connect(self.header.show_week)
        bus.status_shown.connect(self.header.show_status)
        self.commands.undo.steps.connect(self._show_steps)
        bus.planning.connect(self.header.show_planning)
        bus.told.connect(self.status.tell)
        bus.changed.connect(lambda _changes: self.status.show_saved(wall_clock(desk.settings)))
        bus.pack_shown.connect(self._show_pack)
        bus.plan_shown.connect(lambda _plan: (self._sum_up(), self._mark_primary()))
        bus.accounts_shown.connect(self._show_accounts)
        bus.settings_shown.connect(self._use_formats)
        if self._follow_theme:
            bus.settings_shown.connect(lambda settings: self._context.theme.choose(settings.text("theme")))
        bus.settings_shown.connect(lambda settings: self._context.theme.size_text(int(settings.text("text_size"))))
        bus.settings_shown.connect(self.welcome.show_settings)
        self.commands.planning.started.connect(self._follow_plan)
        self.commands.sample_started.connect(self.welcome.follow)
        self.commands.safety.alarmed.connect(self.banner.tell)
        self.banner.alarmed.connect(self._show_alarm)
        bus.filtered.connect(lambda _ids: self._mark_primary())
        self.notice.button.clicked.connect(self.commands.remove_sample)
        link_panels(self, self._context)

    def _only_show(self) -> None:
        """Another window may change the data: what would write here is off, and says so."""
        settings = (*self.settings.rows.values(), self.settings.sample)
        pressed = (self.header.plan, self.header.import_, self.notice.button, self.drive_times, self.territory.import_)
        only_show(self.actions_by_id, (*pressed, *self.welcome.buttons, *settings, *self.week.empty.findChildren(QPushButton)))

    def show_page(self, page: str) -> None:
        """Turn to a page; the pages around the map say welcome while there are no accounts."""
        had_focus = self.focusWidget()
        if page != "today":
            self.full_screen.leave()
        if page != self.page:
            self._page_before, self.page = self.page, page
        self.rail.show_page(page)
        full = self.full_pages.get(page)
        if full is None and self._context.desk.loaded and not self._context.desk.accounts:
            full = self.welcome
        self.stack.setCurrentWidget(full or self.workplace)
        if page not in self.full_pages:
            self.workplace.show_page(page)
            self._context.bus.page_changed.emit(page)
        if page == "today":
            self.today_page.page.open_today()
        self._sum_up()
        self._mark_primary()
        if had_focus is not None and not had_focus.isVisible() and not self.stack.isAncestorOf(self.focusWidget()):
            (full or self.map).setFocus()  # Qt passes it on to the links of the status bar, where Space would press one

    def _open_footprint(self) -> None:
        footprint = self.footprint
        self.show_page(FOOTPRINT)
        footprint.begin()

    def _leave_footprint(self) -> None:
        self.show_page(self._page_before or "week")

    def _use_formats(self, settings: Settings) -> None:
        """Dates and numbers are written anew where they are on show."""
        if use_formats(settings):
            self.status.write_anew()
            self.header.show_week(self._context.desk.week)
            if self._context.desk.loaded:
                self.status.show_pack(self._context.desk.pack)
                self._context.bus.changed.emit(Changes("Dates and numbers", accounts=True, plans=True))

    def _follow_plan(self, job: Job) -> None:
        progress = self.header.progress
        progress.begin()
        job.progressed.connect(progress.show_progress)
        job.told.connect(lambda plan: progress.show_value(plan.value))

    def _sum_up(self) -> None:
        """The sums of the day on the page of today, else those of the week."""
        plan, today = self._context.desk.plan, self.today_page.made
        of_week = plan_summary(plan, self._context.desk.units) if plan else ""
        self.status.show_sums(today.sums if self.page == "today" and today is not None else of_week)

    def _mark_primary(self) -> None:
        """One button of a page is the primary one: an empty page has its own."""
        own = {"week": self.week.empty, "accounts": self.accounts.empty}.get(self.page)
        on_page = self.stack.currentWidget() is not self.workplace or (own is not None and not own.isHidden())
        self.header.show_primary(self.page, on_page=on_page)

    def _show_alarm(self, alarm: str) -> None:
        """While the data is not sound nothing else is told across the window, and nothing is said to be ready."""
        self.header.show_alarm(alarm)
        self.notice.setVisible(self._has_sample and not alarm)

    def _show_steps(self, steps: Steps) -> None:
        self.header.show_steps(steps)
        self.status.show_kept(steps.kept_at, wall_clock(self._context.desk.settings))

    def _show_pack(self, pack: RoadPack | None) -> None:
        self.status.show_pack(pack)
        self.welcome.show_pack(pack)
        self._has_sample = pack is not None and pack.sample
        offer_sample(self.actions_by_id, has_sample=self._has_sample)
        if self._has_sample:
            self.notice.tell("Fictional sample territory: the county, its businesses and its people are made up.", "Remove")
        self.notice.setVisible(self._has_sample and not self.banner.alarm)

    def _show_accounts(self, accounts: dict[int, Account]) -> None:
        """The first accounts lead on from the last of the three steps to the week."""
        led_on = self._is_empty and bool(accounts) and self.page == FOOTPRINT
        self._is_empty = not accounts
        self.show_page("week" if led_on else self.page)

    def _handlers(self) -> dict[str, Callable[[], None]]:
        desk = self._context.desk
        return {
            **self.commands.handlers(),
            **{f"page-{page}": partial(self.show_page, page) for page in PAGES},
            **{action: partial(self._pick_tool, tool) for action, tool in TOOLS.items()},
            **{f"panel-{panel}": partial(self._toggle, panel) for panel in ("left", "below", "details")},
            "reoptimise": self._reoptimise,
            "two-weeks": self._two_weeks,
            "next-conflict": self._next_conflict,
            "previous-week": lambda: desk.show_week(desk.week.plus(-1)),
            "next-week": lambda: desk.show_week(desk.week.plus(1)),
            "this-week": lambda: desk.show_week(this_week(date.today())),  # noqa: DTZ011 - her own calendar day
            "footprint": self._open_footprint,
            "find": self._find,
            "search": self._search,
            "show-all": self._show_all,
            "map-layers": self._open_layers,
            **self.map_export.handlers(),
            "hints-again": self._show_hints_again,
            "shortcuts": lambda: Shortcuts(self).open(),
            "about": lambda: About(self).open(),
            "full-screen": self._full_screen,
            "quit": self._quit,
        }

    def _find(self) -> None:
        self.command_palette.open()

    def _search(self) -> None:
        """Filter the list on show, or the accounts where there is none."""
        if self.page == "week" and self.left_out.search.isVisible():
            self.left_out.search.take()
        else:
            self.show_page("accounts")
            self.accounts.search.take()

    def _toggle(self, panel: str) -> None:
        self.workplace.toggle(panel)

    def _pick_tool(self, tool: str) -> None:
        self.tools.pick(tool if self.map.isVisible() else "")

    def open_details(self, account_id: int) -> None:
        """Select an account where its details are shown."""
        if self.page == "today":
            self.show_page("accounts")
        self._context.desk.select(account_id)
        if not self.details.isVisible():
            self._toggle("details")

    def _reoptimise(self) -> None:
        self.week.reoptimise()

    def _two_weeks(self) -> None:
        self.week.toggle_two_weeks()

    def _next_conflict(self) -> None:
        self.week.next_conflict()

    def _full_screen(self) -> None:
        """Today alone, from its page; else the window on the whole screen."""
        if self.page == "today" and self.stack.currentWidget() is self.workplace:
            self.full_screen.toggle()
        else:
            self.commands.full_screen()

    def _quit(self) -> None:
        self.close()

    def _show_hints_again(self) -> None:
        self.hints.show_again()

    def _open_layers(self) -> None:
        if self.map.isVisible():
            self.layers.control.open_panel()

    def _show_all(self) -> None:
        self.map.show_all()

    def _take_files(self, files: list[Path]) -> None:
        """Files that were dropped: map data goes to the Footprint page, everything else to the import wizard."""
        extracts = [file for file in files if is_extract(file)]
        if extracts:
            footprint = self.footprint
            self.show_page(FOOTPRINT)
            footprint.add_files(extracts)
        if len(extracts) < len(files):
            self.commands.import_files([file for file in files if file not in extracts])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.full_screen.leave()
        self._geometry.keep_window(self)
        self.workplace.keep_sizes()
        self._geometry.write()
        self.map.stop()
        self.commands.give_way()
        self._context.runner.shut_down()
        super().closeEvent(event)
