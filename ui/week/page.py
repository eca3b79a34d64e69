"""The lower panel of the Week page: the board, or what to do when the week is not planned."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from planner.model.week import WeekPlan
from ui.context import AppContext
from ui.icons import icon
from ui.week.board import WeekBoard
from ui.week.board_drag import BoardDrag
from ui.week.board_verbs import BoardVerbs
from ui.widgets.parts import EmptyState, button


class WeekPanel(QStackedWidget):
    """Connects the board to the desk; `plan_week` is what the button of the empty state does.

    `verbs` changes the week by hand, `drag` by the mouse.
    """

    def __init__(self, context: AppContext, plan_week: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("under")
        self._context = context
        self.board = WeekBoard(context.theme)
        self.empty = EmptyState(
            "This week is not planned yet",
            "Roadbook picks who is due and worth the drive, and fits them around your appointments.",
            button("Plan week", "primary", plan_week),
        )
        self.addWidget(self.empty)
        self.addWidget(self.board)
        desk, bus = context.desk, context.bus
        bus.plan_shown.connect(self._show_plan)
        bus.settings_shown.connect(lambda _settings: self._show_plan(desk.plan))
        bus.selected.connect(self.board.select)
        bus.day_changed.connect(self.board.show_day)
        self.board.selected.connect(desk.select)
        self.board.day_picked.connect(desk.show_day)
        self.verbs = BoardVerbs(context, self.board)
        self.drag = BoardDrag(self.verbs, self.board)
        context.theme.changed.connect(self._tint)
        self._tint()

    def _show_plan(self, plan: WeekPlan | None) -> None:
        self.board.show_plan(plan, self._context.desk.units)
        if self.board.current is None:
            self.board.select(self._context.desk.selected)
        self.setCurrentWidget(self.board if plan else self.empty)

    def _tint(self) -> None:
        self.empty.set_icon(icon("week", self._context.theme.colours.quiet))
