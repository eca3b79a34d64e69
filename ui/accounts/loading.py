"""Makes the list of accounts off the GUI thread: first of what the window has, then, while somebody looks, with all that is known."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import UserProblem
from planner.usecases.account_extras import AccountExtra, account_extras
from ui.accounts.arrange import AccountList
from ui.accounts.columns import columns_of, rows_of
from ui.context import AppContext
from ui.errors import show_error
from ui.workers import Job

if TYPE_CHECKING:
    from planner.model.accounts import Account

LANE = "list of accounts"


class AccountsLoader(QObject):
    """Follows the accounts and the plan. `loaded` carries an AccountList; `ready` says by which columns it should sort at once."""

    loaded = Signal(object)

    def __init__(self, context: AppContext, widget: QWidget, ready: Callable[[], tuple[str, ...]]) -> None:
        super().__init__(widget)
        self._context, self._widget, self._ready = context, widget, ready
        self._extras: Mapping[int, AccountExtra] = {}
        self._known: tuple[Mapping[int, Account], date] | None = None  # the accounts whose extras these are, and the day
        self._planning = self._stale = False
        bus = context.bus
        bus.accounts_shown.connect(lambda _accounts: self._load())
        bus.plan_shown.connect(lambda _plan: self._load())
        bus.planning.connect(self._follow_planning)
        bus.settings_shown.connect(lambda _settings: self._forget())

    def come_into_sight(self) -> None:
        """Look everything up that is not known yet."""
        if self._stale or not self._is_known:
            self._load()

    @property
    def _is_known(self) -> bool:
        accounts, today = self._context.desk.accounts, date.today()  # noqa: DTZ011 - her own calendar day
        return self._known is not None and self._known[0] is accounts and self._known[1] == today

    def _forget(self) -> None:
        """What a visit is worth depends on the settings."""
        self._known = None
        if self._widget.isVisible():
            self._load()

    def _follow_planning(self, planning: bool) -> None:
        self._planning = planning
        if not planning and self._stale:
            self._load()

    def _load(self) -> None:
        # While a search runs its plans come and go; a list that nobody looks at can wait for the last one.
        self._stale = self._planning and not self._widget.isVisible()
        if not self._stale and self._context.desk.loaded:
            self._make(self._show_first)

    def _show_first(self, accounts: AccountList) -> None:
        self.loaded.emit(accounts)
        if self._widget.isVisible() and not self._is_known and self._context.desk.accounts:
            self._look_up()

    def _look_up(self) -> None:
        desk, workspace = self._context.desk, self._context.workspace
        accounts, deals, today = desk.accounts, desk.deals, date.today()  # noqa: DTZ011 - her own calendar day
        rows = list(accounts.values())

        def found(extras: Mapping[int, AccountExtra]) -> None:
            self._extras, self._known = extras, (accounts, today)
            self._make(self.loaded.emit)

        self._context.runner.run(
            lambda job: account_extras(workspace, rows, deals, today, job.report),
            found,
            self._fail,
            lane=LANE,
            latest=True,
            background=True,
        )

    def _make(self, done: Callable[[AccountList], None]) -> None:
        desk, extras = self._context.desk, self._extras
        accounts, deals, plan, keys = list(desk.accounts.values()), desk.deals, desk.plan, self._ready()

        def work(_job: Job) -> AccountList:
            made = AccountList(rows_of(accounts, deals, plan, extras), columns_of(accounts))
            made.get_ready(keys)
            return made

        self._context.runner.run(work, done, self._fail, lane=LANE, latest=True)

    def _fail(self, error: BaseException) -> None:
        """What cannot be shown is told in the status bar; nobody asked for a dialog."""
        if isinstance(error, UserProblem):
            self._context.bus.told.emit(str(error))
        else:
            show_error(error)
