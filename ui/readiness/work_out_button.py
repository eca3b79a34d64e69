"""The button that has missing drive times worked out, and follows how far that is."""

from collections.abc import Callable

from PySide6.QtGui import QAction

from ui.footprint.commands import DRIVE_TIMES
from ui.widgets.parts import Button
from ui.workers import Job, Runner

TEXT = "Work them out"


class WorkOutButton(Button):
    """Off, with the reason, while they are being worked out, while other work wants the roads, and while its action is off."""

    def __init__(self, runner: Runner, action: QAction, run: Callable[[], None]) -> None:
        super().__init__(TEXT)
        self.setAutoDefault(False)
        self._runner, self._action = runner, action
        self._job: Job | None = None
        self.clicked.connect(lambda _checked=False: run())
        runner.started.connect(self._look)
        runner.ended.connect(self._look)
        self._look()

    def _look(self, _job: Job | None = None) -> None:
        jobs = self._runner.jobs
        job = next((job for job in jobs if job.lane == DRIVE_TIMES), None)
        other = next((job.label for job in jobs if job.label and not job.background), "")
        if job is not None and job is not self._job:
            job.progressed.connect(self._show)
        if job is None or job is not self._job:
            self.setText(TEXT if job is None else "Being worked out")
        self._job = job
        off = "" if self._action.isEnabled() else self._action.toolTip()
        if job is not None:
            off = "They are being worked out. You can go on with something else meanwhile."
        elif other and not off:
            off = f"Wait until this is done: {other}."
        self.setEnabled(not off)
        self.setToolTip(off)

    def _show(self, fraction: float, _text: str) -> None:
        if self._job is not None:
            self.setText(f"{round(fraction * 100)} % done")
