"""The status bar: the sums of the plan, work in the background with its progress and Cancel, and the road pack."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from planner.model.packs import RoadPack
from ui.widgets.parts import button, label
from ui.widgets.plain_tip import plain_tip
from ui.words import clock
from ui.workers import Job, Runner

MESSAGE_MS = 10_000


class StatusBar(QFrame):
    """One line at the foot of the window. Shows the newest piece of labelled work; work without a label is too quick to tell of."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setFixedHeight(26)
        self._runner = runner
        self._job: Job | None = None
        self.summary: QLabel = label("")
        self.message: QLabel = label("")
        self._silence = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._silence.timeout.connect(self.message.clear)
        self.work: QLabel = label("")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(110)
        self.bar.setAccessibleName("Work in the background")
        self.cancel = button("Cancel", "link", self._cancel)
        self.saved: QLabel = label("", "quiet")
        self.pack: QLabel = label("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self.summary)
        layout.addSpacing(8)
        layout.addWidget(self.message)
        layout.addStretch(1)
        for widget in (self.work, self.bar, self.cancel):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(10)
        layout.addWidget(self.saved)
        layout.addSpacing(10)
        layout.addWidget(self.pack)
        self._follow(None)
        runner.started.connect(self._started)
        runner.ended.connect(self._ended)

    def add_links(self, after_message: QWidget, at_end: QWidget) -> None:
        """Two links of the window's: what is to be done beside the message, what runs at the end."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.indexOf(self.message) + 1, after_message)
            layout.addWidget(at_end)

    def show_pack(self, pack: RoadPack | None) -> None:
        """Name the road pack and how old its map data is."""
        self.pack.setText("No road pack" if pack is None else " · ".join(part for part in (pack.name, pack.data_date[:10]) if part))

    def show_saved(self, now: datetime) -> None:
        """Say when something was last kept, by her clock."""
        self.saved.setText(f"Saved {clock(now.hour * 3600 + now.minute * 60)}")

    def tell(self, text: str) -> None:
        """Say something for a while."""
        self.message.setText(self.message.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 480))
        self.message.setToolTip(plain_tip(text))
        self._silence.start()

    def _started(self, job: Job) -> None:
        if job.label and (self._job is None or not job.background or self._job.background):
            self._follow(job)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            others = [other for other in self._runner.jobs if other.label]
            self._follow(others[-1] if others else None)

    def _follow(self, job: Job | None) -> None:
        if self._job is not None:
            self._job.progressed.disconnect(self._show_progress)
        self._job = job
        for widget in (self.work, self.bar, self.cancel):
            widget.setVisible(job is not None)
        if job is not None:
            self.work.setText(job.label)
            self.bar.setValue(0)
            self.cancel.setEnabled(True)
            self.cancel.setText("Pause" if job.background else "Cancel")
            job.progressed.connect(self._show_progress)

    def _show_progress(self, fraction: float, text: str) -> None:
        self.bar.setValue(round(fraction * 1000))
        if self._job is not None:
            shown = text or self._job.label
            self.work.setText(self.work.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, 320))

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self.work.setText("Stopping…")
            self._job.cancel()
