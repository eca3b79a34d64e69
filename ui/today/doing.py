"""The strip under the page: what is being done and how far it is, then what came of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.parts import button, label, progress_bar, set_role
from ui.workers import Job


class Doing(QFrame):
    """Hidden until there is something to say; stays until it is closed or something else is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.text = label("", "told", wrap=True)
        self.bar = progress_bar("Progress")
        self.close_button = button("Close", "link", self._press)
        self._job: Job | None = None
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 12, 16, 12)
        across.addLayout(column, 1)
        across.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def follow(self, job: Job) -> None:
        """Show the progress of a job, with Cancel."""
        self._job = job
        set_role(self.text, "told")
        self.text.setText(f"{job.label}…")
        self.close_button.setText("Cancel")
        self.bar.setValue(0)
        self.bar.show()
        job.progressed.connect(lambda fraction, _text: self.bar.setValue(round(1000 * fraction)))
        job.cancelled.connect(lambda: self.tell(["Cancelled. Nothing was changed."]))
        job.ended.connect(lambda: self._end(job))
        self.show()

    def tell(self, lines: Sequence[str], *, bad: bool = False) -> None:
        """Say what came of it."""
        set_role(self.text, "bad told" if bad else "told")
        self.text.setText("\n".join(lines))
        self._rest()
        self.show()

    def _press(self) -> None:
        if self._job is not None:
            self._job.cancel()
        else:
            self.hide()

    def _end(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            if self.bar.isVisibleTo(self):  # nothing was told, so what was asked for is seen elsewhere
                self.hide()
        self._rest()

    def _rest(self) -> None:
        self.bar.hide()
        self.close_button.setText("Close")
