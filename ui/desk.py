"""What lies on the desk: the week looked at, its plan and drives, the accounts, the road pack, and the one selection."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from planner.errors import UserProblem
from planner.model.accounts import Account, Opportunity
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.travel import Route
from planner.model.week import WeekPlan
from planner.progress import silent
from planner.settings import Settings
from planner.usecases.accounts import list_accounts, open_opportunities
from planner.usecases.basemap import open_basemap
from planner.usecases.packs import active_pack
from planner.usecases.settings import get_settings
from planner.usecases.status import OfflineStatus, offline_status
from planner.usecases.week import load_week, week_routes
from planner.usecases.workspace import Workspace
from ui.bus import Bus
from ui.errors import show_error
from ui.workers import Job, Runner

BACKGROUND_MS = 300
"""So long after the accounts are there begins what nobody waits for: the list and the map are made of them first."""


class Desk(QObject):
    """Loads through use cases, off the GUI thread, and tells the panels by the bus. Decides nothing and writes nothing.

    `arrived` carries an account that was just added, once it is here and selected.
    """

    arrived = Signal(int)

    def __init__(self, workspace: Workspace, runner: Runner, bus: Bus, week: IsoWeek) -> None:
        super().__init__()
        self._workspace = workspace
        self._runner = runner
        self._bus = bus
        self.week = week
        self.plan: WeekPlan | None = None
        self.routes: dict[date, Route] = {}
        self.accounts: dict[int, Account] = {}
        self.deals: dict[str, list[Opportunity]] = {}
        self.settings = Settings({})
        self.loaded = False
        self.pack: RoadPack | None = None
        self.selected: int | None = None
        self._awaited: int | None = None
        self.day = 0
        bus.changed.connect(self._reload)

    def load(self) -> None:
        """Load everything, as at the start: what nobody waits for begins after the accounts are there, so that they are it sooner."""
        self._runner.hold()
        self._load_status()
        self._load_settings()
        self._load_accounts()
        self._load_pack()
        self._load_plan()

    @property
    def units(self) -> str:
        """Miles or kilometres."""
        return self.settings.text("units")

    def show_week(self, week: IsoWeek) -> None:
        """Look at another week."""
        if week != self.week:
            self.week = week
            self.plan = None
            self._bus.week_changed.emit(week)
            self._load_plan()

    def show_plan(self, plan: WeekPlan | None, *, routed: bool = True) -> None:
        """Put a plan of the week on show; its roads follow when they are found, unless it is only a passing one."""
        if plan is not None and plan.week != self.week:
            return
        if plan is not None and self.plan is None:
            self.day = _first_day(plan, date.today())  # noqa: DTZ011 - her own calendar day
        self.plan = plan
        self.routes = {}
        if plan is None or self.day >= len(plan.days):
            self.day = 0
        self._bus.plan_shown.emit(plan)
        self._bus.day_changed.emit(self.day)
        if plan is not None and routed:
            self._ask(lambda _job: week_routes(self._workspace, plan, silent), lambda found: self._show_routes(plan, found), "routes")

    def show_day(self, day: int) -> None:
        """Look at one day of the week, by its index in the plan."""
        if day != self.day:
            self.day = day
            self._bus.day_changed.emit(day)

    def select(self, account_id: int | None) -> None:
        """Select an account everywhere, or nothing."""
        if account_id != self.selected:
            self.selected = account_id
            self._bus.selected.emit(account_id)
            self._follow_day(account_id)

    def select_when_shown(self, account_id: int) -> None:
        """Select an account that was just added, as soon as it is here."""
        self._awaited = account_id

    def _follow_day(self, account_id: int | None) -> None:
        if self.plan is None or account_id is None:
            return
        for index, day in enumerate(self.plan.days):
            if any(stop.account_id == account_id for stop in day.stops):
                self.show_day(index)
                return

    def _ask(self, work: Callable[[Job], Any], done: Callable[[Any], None], lane: str, *, background: bool = False) -> Job:
        return self._runner.run(work, done, self._fail, lane=lane, latest=True, background=background)

    def _fail(self, error: BaseException) -> None:
        """What cannot be shown is told in the status bar; nobody asked for a dialog."""
        if isinstance(error, UserProblem):
            self._bus.told.emit(str(error))
        else:
            show_error(error)

    def _reload(self, changes: Changes) -> None:
        if changes.settings:
            self._load_settings()
        if changes.accounts:
            self._load_accounts()
        if changes.packs:
            self._load_pack()
        if changes.plans or changes.packs:
            self._load_plan()
        self._load_status()

    def _load_settings(self) -> None:
        self._ask(lambda _job: get_settings(self._workspace), self._show_settings, "settings")

    def _load_accounts(self) -> None:
        job = self._ask(lambda _job: (list_accounts(self._workspace), open_opportunities(self._workspace)), self._show_accounts, "accounts")
        job.ended.connect(lambda: QTimer.singleShot(BACKGROUND_MS, self, self._runner.release))

    def _load_pack(self) -> None:
        self._ask(lambda _job: active_pack(self._workspace), self._show_pack, "pack")

    def _load_plan(self) -> None:
        week = self.week
        self._ask(lambda _job: load_week(self._workspace, week), self.show_plan, "plan shown")

    def _load_status(self, _news: object = None) -> None:
        self._ask(lambda _job: offline_status(self._workspace), self._show_status, "status", background=True)

    def _show_settings(self, settings: Settings) -> None:
        self.settings = settings
        self._bus.settings_shown.emit(settings)

    def _show_accounts(self, found: tuple[list[Account], dict[str, list[Opportunity]]]) -> None:
        accounts, self.deals = found
        self.accounts = {account.id: account for account in accounts}
        self.loaded = True
        if self.selected not in self.accounts:
            self.select(None)
        self._bus.accounts_shown.emit(self.accounts)
        if self._awaited in self.accounts:
            self.select(self._awaited)
            self.arrived.emit(self._awaited)
            self._awaited = None

    def _show_pack(self, pack: RoadPack | None) -> None:
        self.pack = pack
        self._bus.pack_shown.emit(pack)
        self._ask(lambda _job: open_basemap(self._workspace), self._bus.basemap_shown.emit, "basemap")

    def _show_routes(self, plan: WeekPlan, routes: dict[date, Route]) -> None:
        if plan is self.plan:
            self.routes = routes
            self._bus.routes_shown.emit(routes)

    def _show_status(self, status: OfflineStatus) -> None:
        self._bus.status_shown.emit(status)


def _first_day(plan: WeekPlan, today: date) -> int:
    """The day to look at first: today when the week has it, else the first one."""
    return next((index for index, day in enumerate(plan.days) if day.day == today), 0)
