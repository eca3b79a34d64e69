"""The foot of the choice: what to call it, what it takes, Start, and how the work is going."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.packs import RoadPack
from ui.footprint.order import Order
from ui.footprint.words import size_words
from ui.widgets.job_view import JobView
from ui.widgets.parts import button, label, set_role
from ui.words import full_day
from ui.workers import Job


class StartPanel(QWidget):
    """Asks for the name and starts; then shows the progress with Cancel, and how it ended with what to do next."""

    def __init__(self, home: Path, start: Callable[[Order, str], Job], next_step: QAction) -> None:
        super().__init__()
        self._home = home
        self._start = start
        self._order: Order | None = None
        self._running: tuple[Order, str] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.asking = self._asking_page()
        self.working = _Getting()
        self.ended = self._ended_page(next_step)
        for page in (self.asking, self.working, self.ended):
            layout.addWidget(page)
        self._turn_to(self.asking)

    def show_order(self, order: Order | None, lacking: str) -> None:
        """Show what is chosen, or what is lacking; a name that was typed stays."""
        self._order = order
        if not self.name.isModified() or not self.name.text().strip():
            self.name.setText(order.name if order else "")
            self.name.setModified(False)
        self.start.setEnabled(order is not None)
        free = f"{size_words(shutil.disk_usage(self._home).free)} of the disk are free."
        self.takes.setText(f"{order.takes} {free}" if order else lacking)

    def begin(self) -> None:
        """Start what is chosen, unless something is lacking or under way."""
        if self._order is None or self.is_working:
            return
        self._begin(self._order, self.name.text().strip() or self._order.name)

    @property
    def is_working(self) -> bool:
        """Whether a build that was started here is under way."""
        return self.working.job is not None

    def _turn_to(self, page: QWidget) -> None:
        for each in (self.asking, self.working, self.ended):
            each.setVisible(each is page)

    def _begin(self, order: Order, name: str) -> None:
        self._running = (order, name)
        job = self._start(order, name)
        self.working.follow(job)
        self.working.title.setText(f"Getting {name}")
        self.working.doing.setText("Waiting for its turn…")
        self._turn_to(self.working)
        self.working.cancel.setFocus()
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)

    def _done(self, pack: RoadPack) -> None:
        self.name.setModified(False)
        day = f", map data of {full_day(date.fromisoformat(pack.data_date[:10]))}" if pack.data_date else ""
        self._tell(f"“{pack.name}” is ready", f"{size_words(pack.size)}{day}. It needs no network.", "", "")
        self.next.show()
        self.next.setFocus()

    def _stopped(self) -> None:
        self._tell("Stopped", "What was done is kept: it goes on from there, today or within a week.", "", "Go on")

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._tell(error.what, f"{error.why} {error.remedy}".strip(), "bad", "Try again")
        else:
            self._tell("Roadbook made a mistake", "The packs that were here are as they were.", "bad", "Try again")

    def _tell(self, title: str, text: str, role: str, again: str) -> None:
        self.outcome.setText(title)
        set_role(self.outcome, role or "week")
        self.explained.setText(text)
        self.explained.setVisible(bool(text))
        self.again.setText(again)
        self.again.setVisible(bool(again))
        self.next.hide()
        self._turn_to(self.ended)
        if again:
            self.again.setFocus()

    def _go_on(self) -> None:
        if self._running is not None and not self.is_working:
            self._begin(*self._running)

    def _ask(self) -> None:
        self._turn_to(self.asking)
        self.name.setFocus()

    def _asking_page(self) -> QWidget:
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name of the pack")
        self.name.setAccessibleName("Name of the road pack")
        self.name.returnPressed.connect(self.begin)
        self.takes = label("", "quiet", wrap=True)
        self.start = button("Start", "primary", self.begin)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.start)
        page, column = _page()
        column.addWidget(label("What to call it"))
        column.addLayout(row)
        column.addWidget(self.takes)
        return page

    def _ended_page(self, next_step: QAction) -> QWidget:
        self.outcome = label("", "week", wrap=True)
        self.explained = label("", wrap=True, selectable=True)
        self.next = button(next_step.text(), "primary", next_step.trigger)
        self.again = button("", "primary", self._go_on)
        self.other = button("Choose something else", "", self._ask)
        page, column = _page()
        column.addWidget(self.outcome)
        column.addWidget(self.explained)
        for each in (self.next, self.again, self.other):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignLeft)
        return page


class _Getting(JobView):
    def __init__(self) -> None:
        super().__init__("Getting roads", wrap=True)
        self.title = label("", "week", wrap=True)
        column = _column_of(self)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        column.addWidget(self.doing)
        column.addWidget(label("You can leave this page: it goes on, and the status bar shows how far it is.", "quiet", wrap=True))
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignLeft)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    return page, _column_of(page)


def _column_of(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    return column
