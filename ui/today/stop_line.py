"""One line of the Today page: a stop of the day, ticked once it is logged."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from planner.model.tracking import Visit
from planner.model.week import Stop, VisitKind
from ui.context import AppContext
from ui.icons import icon
from ui.visits.words import outcome_words
from ui.widgets.parts import button, label
from ui.words import clock, span

_TICK_PX, _DONE_PX = 20, 76


class StopLine(QWidget):
    """Time, a dot of its kind, title, what came of it, drive, and the button that logs it; a click elsewhere selects it.

    `log` is None where nothing can be logged: an appointment, a day to come; `logs` says whether other stops of the day can be.
    """

    def __init__(
        self, context: AppContext, stop: Stop, visit: Visit | None, log: Callable[[], None] | None, *, is_next: bool, past: bool, logs: bool
    ) -> None:
        super().__init__()
        self._context = context
        self._stop = stop
        self._is_next = is_next
        self._past = past or visit is not None
        self.visit = visit
        self.done: QPushButton | None = None
        self.setMinimumHeight(48)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{clock(stop.start_s)} {stop.title}{', logged' if visit else ''}")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 8, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        quiet = "bigquiet" if self._past else "big"
        time = label(clock(stop.start_s), quiet)
        time.setFixedWidth(62)
        grid.addWidget(time, 0, 0)
        grid.addWidget(_squeezed(stop.title, "bignext" if is_next else quiet), 0, 1)
        if visit is not None:
            told = f"{outcome_words(visit)} · {visit.note.splitlines()[0]}" if visit.note else outcome_words(visit)
            grid.addWidget(_squeezed(told, "small"), 1, 1, 1, 3)
        grid.addWidget(label(span(stop.drive_s), "bigquiet"), 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnMinimumWidth(3, _DONE_PX if logs else 0)
        if visit is not None:
            tick = label("")
            tick.setPixmap(icon("check", context.theme.colours.good).pixmap(_TICK_PX, _TICK_PX))
            tick.setAccessibleName("Logged")
            grid.addWidget(tick, 0, 3, Qt.AlignmentFlag.AlignCenter)
        elif log is not None:
            self.done = button("Done…", "", log)
            self.done.setFixedSize(_DONE_PX, 40)
            self.done.setAccessibleName(f"Log the visit at {stop.title}")
            grid.addWidget(self.done, 0, 3)
        elif logs:
            grid.addWidget(label(""), 0, 3)  # an empty column would have no gap before it
        grid.setColumnStretch(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = self._context.theme.colours
        if self._is_next:
            painter.setBrush(colours.tint_of(self._stop.kind))
            painter.drawRoundedRect(self.rect(), 6, 6)
        colour = QColor(colours.of_kind(self._stop.kind))
        colour.setAlphaF(0.45 if self._past else 1.0)
        painter.setBrush(colour)
        painter.drawEllipse(QRect(68, self.height() // 2 - 5, 10, 10))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and self._stop.kind is not VisitKind.DUTY:
            self._context.desk.select(self._stop.account_id)


def _squeezed(text: str, role: str) -> QWidget:
    """A line that gives way to what stands beside it."""
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
