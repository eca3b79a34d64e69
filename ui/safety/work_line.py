"""How far a piece of work is, inside a dialog, with Cancel."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.widgets.job_view import JobView
from ui.workers import Job


class WorkLine(JobView):
    """Shown while a job is under way; one that keeps its room when not lets nothing jump."""

    def __init__(self, name: str, *, keeps_room: bool = False) -> None:
        super().__init__(name, "small")
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
        super().follow(job, until)
        self.show()

    def _end(self) -> None:
        super()._end()
        self.hide()
