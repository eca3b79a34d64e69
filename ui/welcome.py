"""The first start: three steps of one's own, each with a tick once it is done, and the sample territory as another way in."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from planner.model.packs import RoadPack
from planner.settings import Settings
from ui.icons import icon
from ui.style import Theme
from ui.widgets.job_view import JobView
from ui.widgets.parts import EmptyState, button, label, set_role
from ui.workers import Job

_SENTENCE = "Plan a week of visits over real roads, with no network at all. Begin in three steps."
_SAMPLE = "Or look around in a made-up county first. It is removed in one click."
_CARD_PX, _BUTTON_PX, _MARK_PX = 580, 204, 26
_STEPS = (
    ("You and your week", "Where your days begin and end, and when you are on the road.", "Set up your week…", "page-settings"),
    ("Your footprint", "The roads, addresses and map of your area, onto this laptop once.", "Get the map of your area…", "footprint"),
    ("Your accounts", "From your CRM, billing or a list: CSV, Excel, or a calendar.", "Import your accounts…", "import"),
)


class Welcome(QWidget):
    """The first step that is not done is the primary one; while the sample is made, its progress with Cancel."""

    def __init__(self, actions: Mapping[str, QAction], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.steps = tuple(
            StepCard(number, title, told, text, actions[action], theme)
            for number, (title, told, text, action) in enumerate(_STEPS, start=1)
        )
        self.sample = button("Look around with the sample territory", "", actions["add-sample"].trigger)
        self.buttons: tuple[QPushButton, ...] = (self.sample, *(step.button for step in self.steps))
        self.empty = EmptyState("Welcome to Roadbook", _SENTENCE)
        self.or_ = label(_SAMPLE, "quiet", wrap=True)
        self.or_.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.working = _Making()
        column = self.empty.column
        column.parentWidget().setMaximumWidth(_CARD_PX)
        column.addSpacing(8)
        for step in self.steps:
            column.addWidget(step)
        column.addSpacing(10)
        column.addWidget(self.or_)
        column.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.working)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        theme.changed.connect(self._tint)
        self._tint()
        self._mark()
        self.follow(None)

    def follow(self, job: Job | None) -> None:
        """Show the progress of a job instead of the steps; the steps again for None."""
        for each in (*self.steps, self.or_, self.sample):
            each.setVisible(job is None)
        self.working.setVisible(job is not None)
        if job is not None:
            self.working.follow(job)
            job.ended.connect(lambda: self.follow(None))

    def show_pack(self, pack: RoadPack | None) -> None:
        """Say whether the map is here already."""
        self.steps[1].show_done(f"“{pack.name}” is on this laptop." if pack is not None else "")
        self._mark()

    def show_settings(self, settings: Settings) -> None:
        """Say whether it is known where the days begin."""
        home = settings.text("home") or settings.text("office")
        self.steps[0].show_done(f"Your days begin at {home}." if home else "")
        self._mark()

    def _mark(self) -> None:
        first = next((step for step in self.steps if not step.done), None)
        for step in self.steps:
            set_role(step.button, "primary" if step is first else "")

    def _tint(self) -> None:
        self.empty.set_icon(icon("welcome", self._theme.colours.accent))


class StepCard(QFrame):
    """A step with its number, which a tick takes the place of once it is done, and its button."""

    def __init__(self, number: int, title: str, told: str, text: str, action: QAction, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._number, self._told, self._theme = number, told, theme
        self.done = False
        self.mark = QLabel()
        self.mark.setFixedSize(_MARK_PX, _MARK_PX)
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.told = label(told, "quiet", wrap=True)
        self.button = button(text, "", action.trigger)
        self.button.setMinimumWidth(_BUTTON_PX)
        self.button.setAccessibleDescription(f"Step {number} of 3: {told}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "week"))
        words.addWidget(self.told)
        across = QHBoxLayout(self)
        across.setContentsMargins(14, 12, 14, 12)
        across.setSpacing(14)
        across.addWidget(self.mark)
        across.addLayout(words, 1)
        across.addWidget(self.button)
        theme.changed.connect(self._draw)
        self._draw()

    def show_done(self, told: str) -> None:
        """Say what is done; nothing of it for an empty text."""
        self.done = bool(told)
        self.told.setText(told or self._told)
        self._draw()

    def _draw(self) -> None:
        colours = self._theme.colours
        if self.done:
            self.mark.setPixmap(icon("ready", colours.good).pixmap(_MARK_PX, _MARK_PX))
        else:
            self.mark.setText(str(self._number))
        self.mark.setAccessibleName("Done" if self.done else f"Step {self._number}")
        ring = "transparent" if self.done else colours.quiet
        self.mark.setStyleSheet(f"border: 1px solid {ring}; border-radius: {_MARK_PX // 2}px; font-weight: 600;")


class _Making(JobView):
    def __init__(self) -> None:
        super().__init__("Making the sample territory", "quiet")
        self.bar.setFixedWidth(320)
        self.doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (self.bar, self.doing, self.cancel):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
