"""The right panel: the selected account, why it is in the plan or why not; the day when nothing is selected."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.usecases.accounts import AccountDetails, account_details
from ui.context import AppContext
from ui.details.account_lines import account_lines
from ui.details.day_lines import day_lines
from ui.details.opening import check_places, edit_account, show_history
from ui.errors import show_error
from ui.safety.read_only import WHY
from ui.visits.commands import VisitCommands
from ui.visits.lines import visit_lines
from ui.widgets.flow import FlowLayout
from ui.widgets.freshness import Freshness
from ui.widgets.parts import button, clear, label

LEAST_PX, MOST_PX = 240, 300
"""Between these is what the panel has to have for its lines."""


class DetailsPanel(QScrollArea):
    """Follows the selection, the plan and the day."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._details: AccountDetails | None = None
        self._why_day: tuple[int, tuple[str, str]] | None = None
        self._visits = VisitCommands(context, self)
        self.setObjectName("details")
        self.setAccessibleName("Details")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(14, 12, 14, 12)
        self._layout.setSpacing(6)
        self.setWidget(inside)
        bus = context.bus
        bus.selected.connect(self._load)
        bus.accounts_shown.connect(lambda _accounts: self._load(context.desk.selected))
        self._fresh = Freshness(self, self._show)
        for signal in (bus.plan_shown, bus.day_changed, bus.settings_shown):
            signal.connect(self._fresh.outdate)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its lines need: it scrolls down, not across."""
        least = self.widget().minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(min(max(least, LEAST_PX), MOST_PX), super().minimumSizeHint().height())

    def show_why_day(self, account_id: int, day: str, others: str) -> None:
        """Say why a visit is on its day, and what the others would cost."""
        self._why_day = (account_id, (day, others))
        self._fresh.outdate()

    def _load(self, account_id: int | None) -> None:
        if account_id is None:
            self._details = None
            self._fresh.outdate()
            return
        workspace = self._context.workspace
        self._context.runner.run(
            lambda _job: account_details(workspace, account_id), self._arrived, self._failed, lane="details", latest=True
        )

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
        check = None if self._context.workspace.read_only else self._check_place
        clear(self._layout)
        if self._details is not None:
            visits = visit_lines(self._details.visits, self._visits)
            why = self._why_day[1] if self._why_day and self._why_day[0] == self._details.account.id else None
            lines = account_lines(self._details, desk.plan, [self._buttons(self._details.account)], check, visits, why)
        elif desk.plan is not None and desk.plan.days:
            lines = day_lines(desk.plan.days[min(desk.day, len(desk.plan.days) - 1)], desk.units, desk.select)
        else:
            lines = [label("Select an account to see it here.", "quiet", wrap=True)]
        for line in lines:
            self._layout.addWidget(line)
        self._layout.addStretch(1)
        self.updateGeometry()

    def _check_place(self) -> None:
        check_places(self._context, self.window())

    def _buttons(self, account: Account) -> QWidget:
        row = QWidget()
        across = FlowLayout(row)
        log = button("Log visit…", "", lambda: self._visits.log_at(account.id))
        edit = button("Edit…", "", lambda: edit_account(self._context, account, self.window()))
        for each in (log, edit):
            if self._context.workspace.read_only:
                each.setEnabled(False)
                each.setToolTip(WHY)
            across.addWidget(each)
        across.addWidget(button("History…", "", lambda: show_history(self._context, account, self.window())))
        return row
