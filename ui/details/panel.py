"""The right panel: the selected account, why it is in the plan or why not; the day when nothing is selected."""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.week import DayPlan, WeekPlan
from planner.usecases.accounts import AccountDetails, account_details
from ui.context import AppContext
from ui.details.account_lines import account_lines, find_in
from ui.details.day_lines import day_lines
from ui.details.deeds_row import DeedsRow, add_button, directions_button, lock_button
from ui.details.opening import check_places, edit_account, show_history
from ui.details.why_day_lines import WhyDayLines
from ui.errors import show_error
from ui.safety.read_only import WHY
from ui.style import scaled
from ui.visits.commands import VisitCommands
from ui.visits.lines import visit_lines
from ui.widgets.freshness import Freshness
from ui.widgets.parts import button, clear, label
from ui.widgets.scrolled import ScrolledLines

if TYPE_CHECKING:
    from planner.settings import Settings

LEAST_PX, MOST_PX = 240, 300
"""Between these is what the panel has to have for its lines."""


class DetailsPanel(ScrolledLines):
    """Follows the selection, the plan and the day.

    `add_wanted` carries the account that is to go into the week; `lock_wanted` a planned stop and how it is to be held.
    """

    add_wanted = Signal(int)
    lock_wanted = Signal(object, object)

    def __init__(self, context: AppContext) -> None:
        super().__init__("Details", (14, 12, 14, 12))
        self._context = context
        self._details: AccountDetails | None = None
        self._valued_on: date | None = None
        self._why_day: tuple[int, tuple[str, str]] | None = None
        self._why_lines: WhyDayLines | None = None
        self._page = ""
        self._day_shown: tuple[DayPlan | None, Settings] | None = None
        self._filtered: AbstractSet[int] | None = None
        self._visits = VisitCommands(context, self)
        self.setObjectName("details")
        bus = context.bus
        bus.selected.connect(self._load)
        bus.accounts_shown.connect(lambda _accounts: self._load(context.desk.selected))
        self._fresh = Freshness(self, self._show)
        bus.plan_shown.connect(self._follow_plan)
        bus.filtered.connect(self._follow_filter)
        bus.page_changed.connect(self._follow_page)
        for signal in (bus.day_changed, bus.settings_shown):
            signal.connect(self._fresh.outdate)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its lines need: it scrolls down, not across."""
        least = self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(round(min(max(least, LEAST_PX), scaled(MOST_PX))), super().minimumSizeHint().height())

    def show_why_day(self, account_id: int, day: str, others: str) -> None:
        """Say why a visit is on its day, and what the others would cost."""
        self._why_day = (account_id, (day, others))
        self._tell_why()

    def _tell_why(self) -> None:
        if self._why_lines and self._why_day and self._details and self._why_day[0] == self._details.account.id:
            self._why_lines.tell(*self._why_day[1])

    def _load(self, account_id: int | None) -> None:
        if account_id is None:
            self._details = None
            self._fresh.outdate()
            return
        workspace, on = self._context.workspace, _value_day(self._context.desk.plan)
        self._valued_on = on
        self._context.runner.run(
            lambda _job: account_details(workspace, account_id, on), self._arrived, self._failed, lane="details", latest=True
        )

    def _follow_plan(self, plan: WeekPlan | None) -> None:
        if self._details is not None and _value_day(plan) != self._valued_on:
            self._load(self._context.desk.selected)
        else:
            self._fresh.outdate()

    def _follow_filter(self, shown: AbstractSet[int] | None) -> None:
        self._filtered = shown
        self._fresh.outdate()

    def _follow_page(self, page: str) -> None:
        self._page = page
        self._fresh.outdate()

    @property
    def _is_hidden(self) -> bool:
        """Whether the list of accounts and its map do not show the account that is told of."""
        if self._page in {"week", "today"} or self._filtered is None or self._details is None:
            return False
        return self._details.account.id not in self._filtered

    def _arrived(self, details: AccountDetails) -> None:
        if details.account.id == self._context.desk.selected:
            another = self._details is None or self._details.account.id != details.account.id
            self._details = details
            self._fresh.outdate()
            if another:
                self.verticalScrollBar().setValue(0)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):  # the account is gone since it was selected
            self._details = None
            self._fresh.outdate()
        else:
            show_error(error, self)

    def _show(self) -> None:
        desk = self._context.desk
        day = desk.plan.days[min(desk.day, len(desk.plan.days) - 1)] if desk.plan is not None and desk.plan.days else None
        shown = (day, desk.settings) if self._details is None else None
        if shown is not None and shown == self._day_shown:
            return
        self._day_shown = shown
        check = None if self._context.workspace.read_only else self._check_place
        clear(self.lines)
        self._why_lines = None
        if self._details is not None:
            visits = visit_lines(self._details.visits, self._visits)
            self._why_lines = WhyDayLines() if find_in(desk.plan, self._details.account.id)[0] else None
            above = [label("Hidden by the filter of the list", "support", wrap=True)] if self._is_hidden else []
            lines = account_lines(self._details, desk.plan, [*above, self._buttons(self._details.account)], check, visits, self._why_lines)
        elif day is not None:
            lines = day_lines(day, desk.units, desk.select)
        else:
            lines = [label("Select an account to see it here.", "quiet", wrap=True)]
        for line in lines:
            self.lines.addWidget(line)
        self.lines.addStretch(1)
        self._tell_why()
        self.updateGeometry()

    def _check_place(self) -> None:
        check_places(self._context, self.window())

    def _buttons(self, account: Account) -> QWidget:
        plan = self._context.desk.plan
        planned, _left_out = find_in(plan, account.id)
        main = (
            add_button(account.id, plan is not None, self.add_wanted.emit)
            if planned is None
            else lock_button(*planned, self.lock_wanted.emit)
        )
        log = button("Log visit…", "", lambda: self._visits.log_at(account.id))
        edit = button("Edit…", "", lambda: edit_account(self._context, account, self.window()))
        history = button("History…", "", lambda: show_history(self._context, account, self.window()))
        for each in (main, log, edit) if self._context.workspace.read_only else ():
            each.setEnabled(False)
            each.setToolTip(WHY)
        return DeedsRow(main, directions_button(account.place), log, edit, history)


def _value_day(plan: WeekPlan | None) -> date | None:
    """The day that the values of a plan are of; None, which is today, where there is no plan."""
    return (plan.valued_on or plan.days[0].day) if plan is not None and plan.days else None
