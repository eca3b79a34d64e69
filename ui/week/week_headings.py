"""The names of two weeks above their days, with what the one that is not planned yet waits for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind, WeekPlan
from planner.usecases.weeks_board import weeks_of
from ui.week.board_view import BoardView
from ui.widgets.parts import button, label
from ui.widgets.with_type import keep_height
from ui.words import count, week_title

HEIGHT_PX = 30
LEAST_PX = 60
"""A name with less room than this is not shown."""


class WeekHeadings(QWidget):
    """Stands above the board and follows its scrolling. `plan_asked` carries the later week, to be planned."""

    plan_asked = Signal(object)

    def __init__(self, board: BoardView, *, read_only: bool) -> None:
        super().__init__()
        self._board, self._read_only = board, read_only
        self._plan: WeekPlan | None = None
        self._spans: list[tuple[int, int]] = []
        self._weeks: tuple[IsoWeek, ...] = ()
        self.names = [label("", "week"), label("", "week")]
        self.plan = button("", "chip", lambda: self.plan_asked.emit(self._weeks[1]))
        for widget in (*self.names, self.plan):
            widget.setParent(self)
        keep_height(self, HEIGHT_PX)
        board.scaled.connect(self._arrange)
        board.horizontalScrollBar().valueChanged.connect(self._arrange)

    def show_plan(self, plan: WeekPlan | None) -> None:
        """Name the weeks of a plan; there is nothing to name for one alone."""
        self._plan = plan
        self._weeks = weeks_of(plan)[:2] if plan else ()
        self._spans = []
        for week in self._weeks:
            inside = [index for index, day in enumerate(plan.days if plan else ()) if IsoWeek.of(day.day) == week]
            self._spans += [(inside[0], inside[-1])] if inside else []
        self.setVisible(len(self._spans) == 2)
        if len(self._spans) == 2:
            planned = self._visits(1) > 0
            self.plan.setText(f"{'Improve' if planned else 'Plan'} week {self._weeks[1].number}")
            self.plan.setAccessibleDescription("Planned around what the week before visits; what is locked stays")
        self._arrange()

    def _visits(self, number: int) -> int:
        first, last = self._spans[number]
        days = self._plan.days[first : last + 1] if self._plan else ()
        return sum(stop.kind is not VisitKind.DUTY for day in days for stop in day.stops)

    def _arrange(self) -> None:
        """Each name stays in sight as long as one of its days is."""
        if len(self._spans) != 2:
            return
        left, right = (round(x) for x in self._board.across(*self._spans[1]))
        edge, wide = min(right, self.width()) - 8, self.plan.sizeHint().width()
        # The button stands above its own week; where there is too little of that in sight, it waits.
        has_room = not self._read_only and edge - left >= wide
        self.plan.setVisible(has_room)
        if has_room:
            self.plan.setGeometry(edge - wide, 4, wide, self.height() - 8)
            edge -= wide + 8
        for number, (name, span) in enumerate(zip(self.names, self._spans, strict=True)):
            left, right = (round(x) for x in self._board.across(*span))
            self._name(number, name, left + 9, edge if number else min(right, self.width()) - 8)

    def _name(self, number: int, name: QLabel, left: int, right: int) -> None:
        """The longest wording that fits between two edges."""
        visits, metrics, title = self._visits(number), name.fontMetrics(), week_title(self._weeks[number])
        told = count(visits, "visit") if visits else "Not planned yet: plan it, or drag visits here"
        short = title.split(" · ")[0]
        shorter = (title, short) if visits else (f"{title} · not planned yet", f"{short} · not planned yet", short)
        wordings = (f"{title} · {told}", *shorter)
        name.setText(next((text for text in wordings if metrics.horizontalAdvance(text) <= right - left), wordings[-1]))
        name.setAccessibleName(f"{title}. {told}")
        name.setGeometry(left, 0, max(right - left, 0), self.height())
        name.setVisible(right - left >= LEAST_PX)
