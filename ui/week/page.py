"""The lower panel of the Week page: the board, or what to do when the week is not planned."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from planner.model.calendar import IsoWeek
from planner.model.week import WeekPlan
from planner.settings import Settings
from planner.usecases.week_conflicts import Conflict
from planner.usecases.weeks_board import look_at_weeks
from planner.values import replace
from ui.context import AppContext
from ui.geometry import Geometry
from ui.icons import icon
from ui.week.board import WeekBoard
from ui.week.board_bar import BoardBar
from ui.week.board_drag import BoardDrag
from ui.week.board_layout import Card
from ui.week.board_undone import BoardUndone
from ui.week.board_verbs import BoardVerbs
from ui.week.day_menu import DayMenu
from ui.week.free_time import FreeTimeOf
from ui.week.planning import WeekPlanning
from ui.week.swaps import Swaps
from ui.week.week_headings import WeekHeadings
from ui.widgets.parts import EmptyState, button

if TYPE_CHECKING:
    from datetime import date

HOUR_PX, TWO_WEEKS = "hour of the board", "two weeks"
"""What is remembered, by name."""


class WeekPanel(QStackedWidget):
    """Connects the board to the desk.

    `verbs` changes the week by hand, `drag` by the mouse, `planning` plans it. `day_opened` carries the index of a day of the plan that
    is to be seen on the map, `two_weeks_shown` whether the next week is on show too.
    """

    day_opened = Signal(int)
    two_weeks_shown = Signal(bool)

    def __init__(
        self,
        context: AppContext,
        geometry: Geometry | None = None,
        planning: WeekPlanning | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("under")
        self._context, self._geometry = context, geometry
        self._beside: WeekPlan | None = None
        self._picked: tuple[date, int] | None = None  # a day beside the plan, and the day of the plan it was picked at
        read_only = context.workspace.read_only
        self.planning = planning or WeekPlanning(context, lambda: None, self)
        self.board = WeekBoard(context.theme)
        self.empty = EmptyState(
            "This week is not planned yet",
            "Roadbook picks who is due and worth the drive, and fits them around your appointments.",
            button("Plan week", "primary", self.planning.plan_week),
        )
        self.addWidget(self.empty)
        self.addWidget(self.board)
        self.verbs = BoardVerbs(context, self.board)
        self.drag = BoardDrag(self.verbs, self.board)
        self.swaps = Swaps(self.verbs, self.board)
        self.free_time = FreeTimeOf(context, self.board)
        self.day_menu = DayMenu(self.verbs, self.board, self.planning, self._open_day, read_only=read_only)
        self.bar = BoardBar(context.theme, self.free_time)
        self.bar.reoptimise.setEnabled(not read_only)
        self.headings = WeekHeadings(self.board, read_only=read_only)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.headings)
        self.board.set_top(top)
        self._connect()
        self.undone = BoardUndone(context.bus, self.verbs, self.board)
        self._remember()
        context.theme.changed.connect(self._tint)
        self._tint()

    def _connect(self) -> None:
        desk, bus, board = self._context.desk, self._context.bus, self.board
        bus.plan_shown.connect(self._show_plan)
        bus.settings_shown.connect(self._follow_settings)
        bus.week_changed.connect(self._forget)
        bus.selected.connect(board.select)
        bus.selected.connect(self._mark_rep)
        bus.day_changed.connect(self._show_day)
        bus.planning.connect(lambda planning: self.bar.reoptimise.setEnabled(not planning and not self._context.workspace.read_only))
        board.selected.connect(desk.select)
        board.selected.connect(self._mark_rep)
        board.day_picked.connect(self._pick_day)
        board.day_opened.connect(self._open_day)
        board.zoomed.connect(self._keep_zoom)
        self.verbs.opened.connect(lambda: self._show_plan(desk.plan))
        self.verbs.found.connect(self._show_conflicts)
        self.drag.carried.connect(self.free_time.carry)
        self.bar.two_weeks_asked.connect(lambda two: self.show_two_weeks(two=two))
        self.bar.reoptimise_asked.connect(self.reoptimise)
        self.bar.next_conflict_asked.connect(self.next_conflict)
        self.bar.zoom_asked.connect(board.zoom)
        self.headings.plan_asked.connect(self.planning.plan_again)

    def show_two_weeks(self, *, two: bool) -> None:
        """Show the next week beside the one looked at, or that one alone."""
        self.bar.show_two_weeks(two)
        if self._geometry is not None:
            self._geometry.keep_flag(TWO_WEEKS, on=two)
        self._beside = None
        self.verbs.show_weeks(two=two)
        self._show_plan(self._context.desk.plan)
        self.two_weeks_shown.emit(two)

    def toggle_two_weeks(self) -> None:
        """One week where two are on show, two where there is one."""
        self.show_two_weeks(two=not self.verbs.two_weeks)

    def reoptimise(self) -> None:
        """Plan the week looked at again; what is locked stays."""
        self.planning.plan_again(self._context.desk.week)

    def next_conflict(self) -> None:
        """Go to the next thing that does not hold, from the card that is marked."""
        conflicts, board = self.verbs.conflicts, self.board
        if not conflicts or board.plan is None:
            self._context.bus.told.emit("Everything in the plan holds.")
            return
        here = board.conflict_of(board.current) if board.current else None
        turn = conflicts.index(here) + 1 if here in conflicts else 0
        conflict = conflicts[turn % len(conflicts)]
        card = next((card for card in board.cards if (card.day, card.key) == (conflict.day, conflict.key) and card.key), None)
        if card is not None:
            board.pick(card)
        else:
            board.show_column(conflict.day)
            self._pick_day(conflict.day)
        board.tell(conflict.title, conflict.text)
        self._context.bus.told.emit(conflict.text)

    def fill_menu(self, menu: QMenu, card: Card) -> None:
        """Put what can be done to a card into its menu."""
        self.verbs.fill_menu(menu, card)
        self.swaps.fill(menu, card, read_only=self._context.workspace.read_only)

    def _remember(self) -> None:
        if self._geometry is not None:
            hour_px, _by_hand = self._geometry.sizes(HOUR_PX, (0, 0))
            self.board.set_hour_px(float(hour_px) or None)
            if self._geometry.flag(TWO_WEEKS):
                self.show_two_weeks(two=True)

    def _keep_zoom(self, hour_px: float | None) -> None:
        if self._geometry is not None:
            self._geometry.keep_sizes(HOUR_PX, (round(hour_px or 0), int(hour_px is not None)))  # one alone would be read back as no list

    def _follow_settings(self, settings: Settings) -> None:
        self.board.set_working_days(settings.weekdays("working_days"))
        self._beside = None
        self._show_plan(self._context.desk.plan)

    def _forget(self, _week: IsoWeek) -> None:
        self._beside = None

    def _show_plan(self, plan: WeekPlan | None) -> None:
        whole = self._whole(plan) if plan else None
        days = [day.day for day in self.board.plan.days] if self.board.plan else []
        self.board.show_plan(whole, self._context.desk.units)
        self.board.show_conflicts(self.verbs.conflicts if whole else ())
        self.bar.show_conflicts(len(self.verbs.conflicts) if whole else 0)
        self.headings.show_plan(whole)
        self.board.fit_top()
        self._show_day(self._context.desk.day)
        if self.board.current is None:
            self.board.select(self._context.desk.selected)
        if whole is not None and days != [day.day for day in whole.days]:
            self.free_time.look()
        self.setCurrentWidget(self.board if plan else self.empty)

    def _whole(self, plan: WeekPlan) -> WeekPlan:
        """The plan with the days beside it: those of the board in memory, else those that were there before, else they are looked up."""
        opened = self.verbs.whole(plan)
        if opened is not None:
            self._beside = opened
            return opened
        if self._beside is None:
            self._look()
            return plan
        known, weeks = {day.day for day in plan.days}, self.verbs.weeks
        more = [day for day in self._beside.days if day.day not in known and IsoWeek.of(day.day) in weeks]
        return replace(plan, days=tuple(sorted([*plan.days, *more], key=lambda day: day.day))) if more else plan

    def _look(self) -> None:
        workspace, weeks, desk = self._context.workspace, self.verbs.weeks, self._context.desk

        def show(found: WeekPlan | None) -> None:
            if found is not None and self._beside is None and weeks == self.verbs.weeks:
                self._beside = found
                self._show_plan(desk.plan)

        self._context.runner.run(lambda _job: look_at_weeks(workspace, weeks), show, self._fail, lane="weeks", latest=True, background=True)

    def _fail(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))

    def _show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        self.board.show_conflicts(conflicts)
        self.bar.show_conflicts(len(conflicts))

    def _mark_rep(self, _account: int | None) -> None:
        self.free_time.mark(self.board.current.rep if self.board.current else "")

    def _show_day(self, index: int) -> None:
        """Tint a day of the plan, where it is on the board."""
        plan, whole = self._context.desk.plan, self.board.plan
        if plan is None or whole is None or index >= len(plan.days):
            return
        days, wanted = [day.day for day in whole.days], plan.days[index].day
        if self._picked is not None and self._picked[1] == index and self._picked[0] in days:
            wanted = self._picked[0]
        else:
            self._picked = None
        if wanted in days:
            self.board.show_day(days.index(wanted))

    def _in_plan(self, index: int) -> int | None:
        """The index in the plan on the desk of a day of the board; None for one of another week or beside the plan."""
        plan, whole = self._context.desk.plan, self.board.plan
        if plan is None or whole is None:
            return None
        return next((number for number, day in enumerate(plan.days) if day.day == whole.days[index].day), None)

    def _pick_day(self, index: int) -> None:
        self.board.show_day(index)
        found, whole = self._in_plan(index), self.board.plan
        self._picked = (whole.days[index].day, self._context.desk.day) if found is None and whole is not None else None
        if found is not None:
            self._context.desk.show_day(found)

    def _open_day(self, index: int) -> None:
        found, whole = self._in_plan(index), self.board.plan
        if found is not None:
            self.day_opened.emit(found)
        elif whole is not None:
            self._context.desk.show_week(IsoWeek.of(whole.days[index].day))

    def _tint(self) -> None:
        self.empty.set_icon(icon("week", self._context.theme.colours.quiet))
