"""The left panel of the Week page: what is not in the plan, and because of what."""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QPushButton, QVBoxLayout, QWidget

from planner.model.week import WeekPlan, WhyNot
from ui.context import AppContext
from ui.week.left_out_delegate import LeftOutDelegate
from ui.week.left_out_drag import LeftOutDrag
from ui.week.left_out_model import LEFT_OUT, LeftOutModel
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import clear, label


class LeftOutPanel(QFrame):
    """Follows the plan, the search and the selection; chips filter by reason."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._context = context
        self._reasons: set[WhyNot] = set()
        self._planning = False
        self.heading = label("NOT IN THE PLAN", "heading")
        self.model = LeftOutModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(LeftOutDelegate(context.theme, self.view))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("Accounts that are not in the plan")
        self.view.setAccessibleDescription("Enter adds one where it takes least; drag one onto a day to choose the time")
        self.drag = LeftOutDrag(context.theme, self.view)
        self.view.selectionModel().currentChanged.connect(self._picked)
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
        self.heading.setContentsMargins(12, 0, 12, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.view, 1)
        layout.addLayout(inset)
        context.bus.plan_shown.connect(self._show_plan)
        context.bus.planning.connect(self._follow_planning)
        context.bus.searched.connect(self._search)
        context.bus.selected.connect(self._follow)
        context.bus.narrowed.connect(self._narrow)
        self._show_plan(None)

    def _follow_planning(self, planning: bool) -> None:
        self._planning = planning

    def _show_plan(self, plan: WeekPlan | None) -> None:
        # A plan that the search passes through has no reasons yet; the list of the plan before stays until they are known.
        if self._planning and plan is not None and not plan.left_out:
            return
        self.model.show(plan.left_out if plan else ())
        present = {reason for reason, _ in self.model.reasons()}
        self._reasons &= present
        self.model.filter_reasons(self._reasons)
        clear(self._flow)
        for reason, number in self.model.reasons():
            chip = QPushButton(f"{reason.value.capitalize()} {number}")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(reason in self._reasons)
            chip.setAccessibleDescription("Show only what was left out for this reason")
            chip.toggled.connect(lambda on, reason=reason: self._toggle(reason, on))
            self._flow.addWidget(chip)
        self.because.setVisible(bool(present))
        self._count()
        self._follow(self._context.desk.selected)

    def _toggle(self, reason: WhyNot, on: bool) -> None:
        (self._reasons.add if on else self._reasons.discard)(reason)
        self.model.filter_reasons(self._reasons)
        self._count()
        self._follow(self._context.desk.selected)

    def _search(self, text: str) -> None:
        self.model.filter_text(text)
        self._count()
        self._follow(self._context.desk.selected)

    def _narrow(self, account_ids: AbstractSet[int] | None) -> None:
        self.model.keep_to(account_ids)
        self._count()
        self._follow(self._context.desk.selected)

    def _count(self) -> None:
        shown, left_out = len(self.model.shown), self.model.total
        plan = self._context.desk.plan
        total = left_out + (plan.visits if plan else 0)
        if not plan:
            self.heading.setText("NOT IN THE PLAN")
        elif shown == left_out:
            self.heading.setText(f"NOT IN THE PLAN · {left_out:,} of {total:,}")
        else:
            self.heading.setText(f"NOT IN THE PLAN · {shown:,} of {left_out:,} shown")

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
