"""The left panel of the Week page: what is not in the plan, and because of what."""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from planner.model.week import WeekPlan, WhyNot
from ui.context import AppContext
from ui.week.left_out_drag import LeftOutDrag
from ui.week.left_out_model import LEFT_OUT, LeftOutModel
from ui.week.left_out_view import LeftOutView
from ui.widgets.filter_field import FilterField
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import EmptyState, button, clear, label
from ui.words import number


class LeftOutPanel(QFrame):
    """Follows the plan, the search and the selection; chips filter by reason. While there is no plan it offers to make one by `plan`."""

    def __init__(self, context: AppContext, parent: QWidget | None = None, *, plan: QAction | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._context = context
        self._planning = False
        self.heading = label("NOT IN THE PLAN", "heading")
        self.search = FilterField("Filter who is not in the plan by name or street")
        self.model = LeftOutModel(self)
        self.view = LeftOutView(context.theme)
        self.view.setModel(self.model)
        self.drag = LeftOutDrag(context.theme, self.view)
        self.view.selectionModel().currentChanged.connect(self._picked)
        self._plan_action = plan
        self.plan = button("Plan week", "link", plan.trigger if plan is not None else None)
        self.empty = EmptyState("", "", self.plan)
        self.because = label("BECAUSE OF", "heading")
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(6)
        inset = QVBoxLayout()
        inset.setContentsMargins(12, 6, 12, 0)
        inset.setSpacing(8)
        inset.addWidget(self.because)
        inset.addWidget(self.chips)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 2)
        head.addWidget(self.heading)
        head.addWidget(self.search)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.empty, 1)
        layout.addLayout(inset)
        context.bus.plan_shown.connect(self._show_plan)
        context.bus.planning.connect(self._follow_planning)
        self.search.asked.connect(context.bus.searched)
        context.bus.searched.connect(self._search)
        context.bus.selected.connect(self._follow)
        context.bus.narrowed.connect(self._narrow)
        if plan is not None:
            plan.changed.connect(self._show_empty)
        self._show_plan(None)

    def _follow_planning(self, planning: bool) -> None:
        self._planning = planning
        self._show_empty()

    def _show_empty(self) -> None:
        """Say why the list is empty where no filter is the reason, and what to do."""
        planned, action = self._context.desk.plan is not None, self._plan_action
        self.empty.title.setText("Everyone is in the plan" if planned else "Nothing is planned yet")
        self.empty.sentence.setText(
            "Nobody who is due was left out."
            if planned
            else "The week is being planned. Who does not fit is listed here."
            if self._planning
            else "Once the week is planned, this lists who is not in it, and why."
        )
        self.plan.setVisible(action is not None and not planned and not self._planning)
        if action is not None:
            self.plan.setEnabled(action.isEnabled())
            self.plan.setToolTip("" if action.isEnabled() else action.toolTip())
        self.empty.setVisible(not self.model.total)
        for each in (self.search, self.view):
            each.setVisible(bool(self.model.total))

    def _show_plan(self, plan: WeekPlan | None) -> None:
        # A plan that the search passes through has no reasons yet; the list of the plan before stays until they are known.
        if self._planning and plan is not None and not plan.left_out:
            return
        self.model.show(plan.left_out if plan else ())
        clear(self._flow)
        for reason, accounts in self.model.reasons():
            chip = QPushButton(f"{reason.value.capitalize()} {number(accounts)}")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(reason in self.model.wanted)
            chip.setAccessibleDescription("Show only what was left out for this reason")
            chip.toggled.connect(lambda on, reason=reason: self._toggle(reason, on))
            self._flow.addWidget(chip)
        self.because.setVisible(bool(self.model.reasons()))
        self._show_empty()
        self._count()
        self._follow(self._context.desk.selected)

    def _toggle(self, reason: WhyNot, on: bool) -> None:
        self.model.filter_reasons(self.model.wanted | {reason} if on else self.model.wanted - {reason})
        self._count()
        self._follow(self._context.desk.selected)

    def _search(self, text: str) -> None:
        self.search.follow(text)
        self.model.filter_text(text)
        self._count()
        self._follow(self._context.desk.selected)

    def _narrow(self, account_ids: AbstractSet[int] | None) -> None:
        self.model.keep_to(account_ids)
        self._count()
        self._follow(self._context.desk.selected)

    def _count(self) -> None:
        shown, left_out = self.model.rowCount(), self.model.total
        plan = self._context.desk.plan
        total = left_out + (plan.visits if plan else 0)
        if not plan:
            self.heading.setText("NOT IN THE PLAN")
        elif shown == left_out:
            self.heading.setText(f"NOT IN THE PLAN · {number(left_out)} of {number(total)}")
        else:
            self.heading.setText(f"NOT IN THE PLAN · {number(shown)} of {number(left_out)} shown")

    def _follow(self, account_id: int | None) -> None:
        row = self.model.row_of(account_id)
        if row < 0:
            self.view.clearSelection()
            self.view.selectionModel().clearCurrentIndex()
        elif row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(row))

    def _picked(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._context.desk.select(current.data(LEFT_OUT).account_id)
