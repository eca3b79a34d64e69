"""The first start: what to do when there is nothing yet, and how far the sample territory is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from planner.model.packs import RoadPack
from ui.icons import icon
from ui.style import Theme
from ui.widgets.parts import EmptyState, button, label
from ui.workers import Job

_SENTENCE = (
    "Plan a week of visits over real roads, with no network at all. Begin in three steps, "
    "or look around in a made-up county first; it can be removed in one click."
)


class Welcome(QWidget):
    """The sample, or three steps of one's own; while the sample is made, its progress with Cancel."""

    def __init__(self, actions: dict[str, QAction], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._job: Job | None = None
        self.buttons = (
            button("Look around with the sample territory", "primary", actions["add-sample"].trigger),
            button("1   You and your week…", "", actions["page-settings"].trigger),
            button("2   Get the roads of your footprint…", "", actions["footprint"].trigger),
            button("3   Import accounts…", "", actions["import"].trigger),
        )
        for each in self.buttons:
            each.setMinimumWidth(310)
        self.empty = EmptyState(
            "Welcome to Roadbook",
            _SENTENCE,
            *self.buttons,
        )
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(320)
        self.bar.setAccessibleName("Making the sample territory")
        self.doing = label("", "quiet")
        self.doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cancel = button("Cancel", "", self._cancel)
        self.working = QWidget()
        under = QVBoxLayout(self.working)
        under.setSpacing(10)
        for widget in (self.bar, self.doing, self.cancel):
            under.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.empty.column.addWidget(self.working)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        theme.changed.connect(self._tint)
        self._tint()
        self.follow(None)

    def follow(self, job: Job | None) -> None:
        """Show the progress of a job instead of the buttons; the buttons again for None."""
        self._job = job
        for each in self.buttons:
            each.setVisible(job is None)
        self.working.setVisible(job is not None)
        if job is not None:
            self.bar.setValue(0)
            self.doing.setText(job.label)
            self.cancel.setEnabled(True)
            job.progressed.connect(self._show_progress)
            job.ended.connect(lambda: self.follow(None))

    def show_pack(self, pack: RoadPack | None) -> None:
        """Say that the roads are here already."""
        self.empty.sentence.setText(
            _SENTENCE if pack is None else f"The roads of “{pack.name}” are on this laptop. Import your accounts next."
        )

    def _show_progress(self, fraction: float, text: str) -> None:
        self.bar.setValue(round(fraction * 1000))
        self.doing.setText(text)

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self.doing.setText("Stopping…")
            self._job.cancel()

    def _tint(self) -> None:
        self.empty.set_icon(icon("welcome", self._theme.colours.accent))
