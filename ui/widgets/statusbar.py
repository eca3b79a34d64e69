"""The status bar: the sums of the plan, work in the background with its progress and Cancel, and the road pack."""

from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from planner.model.packs import RoadPack
from ui.widgets.parts import button, label, progress_bar
from ui.widgets.plain_tip import plain_tip
from ui.words import clock_of, full_day
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
        self._pack: RoadPack | None = None
        self._saved: datetime | None = None
        self.summary: QLabel = label("")
        self.message: QLabel = label("")
        self._silence = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._silence.timeout.connect(self._fall_silent)
        self.message.hide()
        self.work: QLabel = label("")
        self.bar = progress_bar("Work in the background", 110)
        self.cancel = button("Cancel", "link", self._cancel)
        self.saved: QLabel = label("", "quiet")
        self.pack: QLabel = label("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(14)
        layout.addWidget(self.summary)
        layout.addWidget(self.message)
        layout.addStretch(1)
        for widget in (self.work, self.bar, self.cancel):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.saved)
        layout.addWidget(self.pack)
        self.saved.hide()
        self._follow(None)
        runner.started.connect(self._started)
        runner.ended.connect(self._ended)

    def add_links(self, after_message: QWidget, at_end: QWidget) -> None:
        """Two links of the window's: what is to be done beside the message, what runs at the end."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.indexOf(self.message) + 1, after_message)
            layout.addWidget(at_end)

    def show_sums(self, sums: str) -> None:
        """Say what the week or the day comes to."""
        self.summary.setText(sums)
        self.summary.setVisible(bool(sums))

    def show_pack(self, pack: RoadPack | None) -> None:
        """Name the road pack and how old its map data is."""
        self._pack = pack
        self.pack.setText(pack_words(pack))

    def write_anew(self) -> None:
        """Write dates and times as the settings have them now."""
        self.pack.setText(pack_words(self._pack))
        if self._saved is not None:
            self.show_saved(self._saved)

    def show_kept(self, kept_at: datetime | None, now: datetime) -> None:
        """Say when the newest change was kept, if that was today and nothing newer is said."""
        if kept_at is not None and self._saved is None and kept_at.astimezone(now.tzinfo).date() == now.date():
            self.show_saved(kept_at.astimezone(now.tzinfo))

    def show_saved(self, at: datetime) -> None:
        """Say when something was last kept, by her clock."""
        self._saved = at
        self.saved.setText(f"Saved {clock_of(at)}")
        self.saved.show()

    def tell(self, text: str) -> None:
        """Say something for a while."""
        self.message.setText(self.message.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 480))
        self.message.setToolTip(plain_tip(text))
        self.message.setVisible(bool(text))
        self._silence.start()

    def _fall_silent(self) -> None:
        self.message.clear()
        self.message.hide()

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


def pack_words(pack: RoadPack | None) -> str:
    """A road pack with the age of its map: "Tamarack County · map of Jan 1, 2026"."""
    if pack is None:
        return "No road pack"
    try:
        of = full_day(date.fromisoformat(pack.data_date[:10]))
    except ValueError:  # a pack without a date, or with one of its own kind
        of = pack.data_date
    return " · ".join(part for part in (pack.name, f"map of {of}" if of else "") if part)
