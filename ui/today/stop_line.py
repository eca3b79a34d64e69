"""One line of the Today page: a stop of the day, ticked once it is logged."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from planner.model.tracking import Visit
from planner.model.week import Stop, VisitKind
from ui.context import AppContext
from ui.formats import has_twelve_hours
from ui.icons import icon
from ui.today.one_line import OneLine
from ui.visits.words import outcome_words
from ui.widgets.parts import button, label
from ui.widgets.with_type import fit_with_type
from ui.words import clock, span

_TICK_PX, _DOT_PX, _LEAST_PX = 20, 10, 44


class StopLine(QWidget):
    """Time, a dot of its kind, title and what came of it; on the right its drive while it lies ahead, else the button that logs it, or a
    tick. A click elsewhere selects it. `log` is None where nothing can be logged, as an appointment.
    """

    def __init__(
        self, context: AppContext, stop: Stop, visit: Visit | None, log: Callable[[], None] | None, *, is_next: bool, past: bool
    ) -> None:
        super().__init__()
        self._context = context
        self._stop = stop
        self._is_next = is_next
        self._past = past or visit is not None
        self.visit = visit
        self.done: QPushButton | None = None
        self.setMinimumHeight(_LEAST_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{clock(stop.start_s)} {stop.title}{', logged' if visit else ''}")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 2, 8, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        quiet = "bigquiet" if self._past else "big"
        time = label(clock(stop.start_s), quiet)
        time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        fit_with_type(time, lambda: _fit(time))
        self.title = OneLine(stop.title, "bignext" if is_next else quiet)
        grid.addWidget(time, 0, 0)
        self._dot = label("")
        self._dot.setFixedSize(_DOT_PX, _DOT_PX)
        grid.addWidget(self._dot, 0, 1)
        grid.addWidget(self.title, 0, 2)
        if visit is not None:
            note = " ".join(visit.note.split("\n", 1)[0].split())
            grid.addWidget(OneLine(f"{outcome_words(visit)} · {note}" if note else outcome_words(visit), "small"), 1, 2)
        grid.addWidget(
            self._right(log), 0, 3, 2 if visit is not None else 1, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        grid.setColumnStretch(2, 1)

    def _right(self, log: Callable[[], None] | None) -> QWidget:
        """What is of use of the stop by now."""
        if self.visit is not None:
            tick = label("")
            tick.setPixmap(icon("check", self._context.theme.colours.good).pixmap(_TICK_PX, _TICK_PX))
            tick.setAccessibleName("Logged")
            return tick
        if log is None:
            return label(span(self._stop.drive_s), "bigquiet")
        self.done = button("Done…", "", log)
        self.done.setMinimumHeight(_LEAST_PX - 4)
        self.done.setAccessibleName(f"Log the visit at {self._stop.title}")
        return self.done

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            colours = self._context.theme.colours
            if self._is_next:
                painter.setBrush(colours.tint_of(self._stop.kind))
                painter.drawRoundedRect(self.rect(), 6, 6)
            colour = QColor(colours.of_kind(self._stop.kind))
            colour.setAlphaF(0.45 if self._past else 1.0)
            painter.setBrush(colour)
            painter.drawEllipse(self._dot.geometry())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton and self._stop.kind is not VisitKind.DUTY:
            self._context.desk.select(self._stop.account_id)


def _fit(time: QLabel) -> None:
    """As wide as the widest time, so that the times stand below one another."""
    time.ensurePolished()
    time.setFixedWidth(time.fontMetrics().horizontalAdvance("12:00 PM" if has_twelve_hours() else "00:00") + 2)
