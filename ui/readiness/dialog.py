"""Before leaving: each thing that the week on show needs, how it stands, and the button that mends it."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from planner.model.calendar import IsoWeek
from planner.usecases.readiness import Check, Readiness, readiness
from ui.context import AppContext
from ui.errors import show_error
from ui.readiness.mark import StateMark
from ui.readiness.words import FIXES, STATES, summary
from ui.readiness.work_out_button import WorkOutButton
from ui.safety.work_line import WorkLine
from ui.widgets.parts import button, label, separator
from ui.words import clock_of, week_title
from ui.workers import Job

CHECKS = "before leaving"
"""The lane of what looks at all this."""
SOON_MS = 250
"""Several things that change at once are looked at once."""


class ReadinessDialog(QDialog):
    """Looks again whenever something changed, another week is on show, or work that was asked for has ended. `work_out` works drive times
    out, whether that is paused or not.
    """

    def __init__(self, context: AppContext, parent: QWidget, work_out: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Before leaving")
        self.resize(QSize(760, 600).boundedTo(self.screen().availableSize() - QSize(40, 60)))
        self.setMinimumSize(480, 320)
        self._context, self._work_out = context, work_out
        self._actions = {action.objectName(): action for action in parent.actions()}
        self._job: Job | None = None
        self._looked_at: IsoWeek | None = None
        self.checks: list[Check] = []
        self.mark = StateMark(context.theme, Readiness.GOOD)
        self.title = label("", "title", wrap=True)
        self.about = label("", "quiet")
        self.work = WorkLine("Looking at what the week needs", keeps_room=True)
        self.again = button("Look again", "", self.look)
        self.area = QScrollArea()
        self.area.setAccessibleName("What was looked at")
        self._arrange()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.look)
        bus = context.bus
        for signal in (bus.changed, bus.pack_shown, bus.week_changed):
            signal.connect(self._soon.start)
        context.runner.ended.connect(self._ended)
        self.finished.connect(self._leave)
        self.look()

    @property
    def week(self) -> IsoWeek:
        """The week on show."""
        return self._context.desk.week

    def look(self) -> None:
        """Look at everything, off the GUI thread."""
        self._soon.stop()
        workspace, week = self._context.workspace, self.week
        if week != self._looked_at:
            self._forget("Looking…")
        self.again.setEnabled(False)
        job = self._context.runner.run(
            lambda job: readiness(workspace, week, datetime.now(UTC), job.report),
            lambda checks: self._show(week, checks),
            self._fail,
            lane=CHECKS,
            latest=True,
        )
        job.cancelled.connect(self._stopped)
        self._job = job
        self.work.follow(job)

    def _arrange(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.mark)
        head.addWidget(self.title, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.work, 1)
        foot.addWidget(self.again, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(button("Close", "", self.reject), 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.about)
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)

    def _forget(self, title: str) -> None:
        """Nothing is known of the week."""
        self.checks, self._looked_at = [], None
        self.mark.hide()
        self.title.setText(title)
        self.about.setText(week_title(self.week))
        self.area.setWidget(self._lines())

    def _show(self, week: IsoWeek, checks: list[Check]) -> None:
        self.checks, self._looked_at = checks, week
        state, text = summary(checks)
        self.mark.show_state(state)
        self.mark.show()
        self.title.setText(text)
        at = datetime.now().astimezone()
        self.about.setText(f"{week_title(week)} · looked at {clock_of(at)}")
        focused = self.focusWidget()
        fix = focused.property("fix") if focused is not None else None
        lines = self._lines()
        self.area.setWidget(lines)
        same = next((each for each in lines.findChildren(QPushButton) if each.property("fix") == fix), None)
        if fix and same is not None:
            same.setFocus()

    def _lines(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("scrolled")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 4, 10, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(1, 84)
        grid.setColumnStretch(2, 1)
        about = ""
        for check in self.checks:
            row = grid.rowCount()
            if check.about != about and about:
                grid.addWidget(separator(), row, 0, 1, 4)
                row += 1
            grid.addWidget(StateMark(self._context.theme, check.state), row, 0)
            grid.addWidget(label("" if check.about == about else check.about, "quiet"), row, 1)
            text = label(check.text, wrap=True, selectable=True)
            text.setAccessibleName(f"{STATES[check.state]}. {check.about}: {check.text}")
            text.setMinimumHeight(30)
            action = self._actions.get(check.fix)
            grid.addWidget(text, row, 2, 1, 2 if action is None else 1)
            if action is not None:
                grid.addWidget(self._fix(action, check), row, 3)
            about = check.about
        grid.setRowStretch(grid.rowCount(), 1)
        return inside

    def _fix(self, action: QAction, check: Check) -> QPushButton:
        if check.fix == "pause-drive-times":
            made: QPushButton = WorkOutButton(self._context.runner, action, self._work_out)
        else:
            made = self._button(action, check)
        made.setProperty("fix", check.fix)
        made.setAccessibleDescription(check.text)
        return made

    def _button(self, action: QAction, check: Check) -> QPushButton:
        made = button(FIXES.get(check.fix, action.text()), "", action.trigger)
        made.setEnabled(action.isEnabled())
        if not action.isEnabled():
            made.setToolTip(action.toolTip())
        return made

    def _stopped(self) -> None:
        if not self.checks:
            self._forget("Nothing was looked at yet")
        self.about.setText(f"{week_title(self.week)} · stopped; look again to know how it stands now")

    def _fail(self, error: BaseException) -> None:
        self._stopped()
        show_error(error, self)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.again.setEnabled(True)
        elif job.lane != CHECKS and job.label:
            self._soon.start()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.supersede()
