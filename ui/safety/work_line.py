"""How far a piece of work is, inside a dialog, with Cancel."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.widgets.parts import button, label
from ui.workers import Job


class WorkLine(QWidget):
    """Shown while a job is under way; one that keeps its room when not lets nothing jump."""

    def __init__(self, name: str, *, keeps_room: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job: Job | None = None
        self._until = 1.0
        self.doing = label("", "small")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.cancel = button("Cancel", "", self.stop)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addStretch(1)
        texts.addWidget(self.doing)
        texts.addWidget(self.bar)
        texts.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addWidget(self.cancel)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(keeps_room)
        self.setSizePolicy(policy)
        self.hide()

    def follow(self, job: Job, until: float = 1.0) -> None:
        """Show a job until it has ended; from the fraction `until` on it can no longer be cancelled."""
        self.job, self._until = job, until
        self.doing.setText(job.label)
        self.bar.setValue(0)
        self.cancel.setEnabled(True)
        job.progressed.connect(self._show)
        job.ended.connect(self._end)
        self.show()

    def stop(self) -> None:
        """Ask the job to leave everything as it was."""
        if self.job is not None and self.cancel.isEnabled():
            self.cancel.setEnabled(False)
            self.doing.setText("Stopping…")
            self.job.cancel()

    def _show(self, fraction: float, text: str) -> None:
        self.bar.setValue(round(fraction * 1000))
        self.doing.setText(text)
        if fraction >= self._until:
            self.cancel.setEnabled(False)

    def _end(self) -> None:
        self.job = None
        self.hide()
