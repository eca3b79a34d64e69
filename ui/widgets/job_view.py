"""How far a piece of work is, and what stops it."""

from PySide6.QtWidgets import QWidget

from ui.widgets.parts import button, label, progress_bar
from ui.workers import Job


class JobView(QWidget):
    """The bar, the words and the Cancel of a job; subclasses lay them out. `name` says what is under way."""

    def __init__(self, name: str, role: str = "", *, wrap: bool = False) -> None:
        super().__init__()
        self.job: Job | None = None
        self._until = 1.0
        self._stopping = False
        self.bar = progress_bar(name)
        self.doing = label("", role, wrap=wrap)
        self.cancel = button("Cancel", "", self.stop)

    def follow(self, job: Job, until: float = 1.0) -> None:
        """Show a job until it has ended; from the fraction `until` on it can no longer be cancelled."""
        self.job, self._until, self._stopping = job, until, False
        self.doing.setText(job.label)
        self.bar.setValue(0)
        self.cancel.setEnabled(True)
        job.progressed.connect(self._show)
        job.ended.connect(self._end)

    def stop(self) -> None:
        """Ask the job to leave everything as it was."""
        if self.job is not None and self.cancel.isEnabled():
            self._stopping = True
            self.cancel.setEnabled(False)
            self.doing.setText("Stopping…")
            self.job.cancel()

    def _show(self, fraction: float, text: str) -> None:
        self.bar.setValue(round(fraction * 1000))
        if not self._stopping:
            self.doing.setText(text)
        if fraction >= self._until:
            self.cancel.setEnabled(False)

    def _end(self) -> None:
        self.job = None
