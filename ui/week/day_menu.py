"""The menu of a day: at its name with the right button, or with M on the board."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtWidgets import QMenu

from planner.model.calendar import IsoWeek
from planner.model.week import DayPlan, Lock, VisitKind
from ui.safety.read_only import WHY
from ui.week.board import WeekBoard
from ui.week.board_verbs import BoardVerbs
from ui.week.day_verbs import DayVerb, day_edit_of
from ui.week.planning import WeekPlanning, days_together
from ui.words import long_day, short_weekday


class DayMenu(QObject):
    """`show_on_map` is given the index of a day on the board."""

    def __init__(
        self, verbs: BoardVerbs, board: WeekBoard, planning: WeekPlanning, show_on_map: Callable[[int], None], *, read_only: bool
    ) -> None:
        super().__init__(board)
        self._verbs, self._board, self._planning = verbs, board, planning
        self._show_on_map, self._read_only = show_on_map, read_only
        board.customContextMenuRequested.connect(self._at)
        board.day_menu_asked.connect(self._below_name)

    def fill(self, menu: QMenu, day: int) -> None:
        """Put what can be done to a day into its menu."""
        plan = self._board.plan
        assert plan is not None
        planned = plan.days[day]
        menu.addAction(long_day(planned.day)).setEnabled(False)
        menu.addSeparator()
        menu.addAction("Show on the map", lambda: self._show_on_map(day))
        menu.addSeparator()
        days = days_together(plan, day)
        text = "Improve this day" if len(days) == 1 else f"Improve {' and '.join(map(short_weekday, days))}: a night joins them"
        menu.addAction(text, lambda: self._planning.plan_again(IsoWeek.of(planned.day), days))
        for verb in DayVerb:
            action = menu.addAction(verb.value, lambda verb=verb: self.do(verb, day))
            why = _why_not(verb, planned)
            action.setEnabled(not why)
            action.setToolTip(why)
            if verb is DayVerb.KEEP_ORDER:
                action.setCheckable(True)
                action.setChecked(planned.keep_order)
        again = self._planning.start_again(plan, day)
        if again:
            menu.addSeparator()
            menu.addAction(again, lambda: self._planning.start_at_home(planned.day))
        if self._read_only:
            for action in menu.actions()[3:]:
                action.setEnabled(False)
                action.setToolTip(WHY)

    def do(self, verb: DayVerb, day: int) -> None:
        """Make a change to a day."""
        plan = self._board.plan
        if plan is not None:
            self._verbs.commit(day_edit_of(verb, day), long_day(plan.days[day].day))

    def _at(self, at: QPoint) -> None:
        day = self._board.day_at(QPointF(at)) if at.y() < self._board.header_px else None
        if day is not None:
            self._open(day, at)

    def _below_name(self, day: int) -> None:
        self._board.show_column(day)
        left, _right = self._board.across(day, day)
        self._open(day, QPoint(round(left), self._board.header_px))

    def _open(self, day: int, at: QPoint) -> None:
        self._board.day_picked.emit(day)
        menu = QMenu(self._board)
        menu.setToolTipsVisible(True)
        self.fill(menu, day)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._board.viewport().mapToGlobal(at))


def _why_not(verb: DayVerb, day: DayPlan) -> str:
    """Why a change would change nothing; empty where it would."""
    visits = [stop for stop in day.stops if stop.kind is not VisitKind.DUTY]
    locked = [stop for stop in visits if stop.lock is not Lock.NONE]
    none = "There is no visit on this day."
    return {
        DayVerb.REVERSE: "" if len(day.stops) > 1 else "There are no two stops on this day.",
        DayVerb.KEEP_ORDER: "" if visits else none,
        DayVerb.LOCK_ALL: "" if len(locked) < len(visits) else "All visits are locked already." if visits else none,
        DayVerb.UNLOCK_ALL: "" if locked else "No visit of this day is locked.",
        DayVerb.CLEAR: "" if visits else none,
    }[verb]
