"""The strip above the days: what does not hold, whose free time is shown, one week or two, planning again, and the zoom."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from ui.style import Theme
from ui.week.board_paint import paint_warning
from ui.week.free_time import FreeTimeOf
from ui.week.zoom import AS_FITS, STEP
from ui.widgets.parts import button
from ui.words import count

NARROW_PX, MOST_PX = 640, 150


class BoardBar(QFrame):
    """Asks by its signals; `zoom_asked` carries how many times higher the hours are wanted, None for as high as fits."""

    two_weeks_asked = Signal(bool)
    reoptimise_asked = Signal()
    next_conflict_asked = Signal()
    zoom_asked = Signal(object)

    def __init__(self, theme: Theme, free_time: FreeTimeOf) -> None:
        super().__init__()
        self._free_time = free_time
        self.conflicts = _chip("", "Steps through what does not hold any more (F9)", self.next_conflict_asked.emit)
        self.conflicts.setIconSize(QSize(14, 14))
        self.conflicts.hide()
        self.swatch = Swatch(theme)
        self.who = _chip("", "Hatches the hours in which a rep is not free")
        self._whose = QMenu(self.who)
        self._whose.aboutToShow.connect(self._fill)
        self.who.setMenu(self._whose)
        self.two_weeks = _chip("Two weeks", "Shows this week and the next side by side (Ctrl+T)")
        self.two_weeks.setCheckable(True)
        self.two_weeks.clicked.connect(self.two_weeks_asked)
        self.reoptimise = _chip("", "Plans the week again; what is locked stays (Ctrl+R)", self.reoptimise_asked.emit)
        self.reoptimise.setAccessibleName("Improve the week")
        lower = _chip("−", "Lower hours (Ctrl+−)", lambda: self.zoom_asked.emit(1 / STEP))
        fit = _chip("Fit", "As high as fits (Ctrl+0)", lambda: self.zoom_asked.emit(AS_FITS or None))
        higher = _chip("+", "Higher hours, with more on the cards (Ctrl++ or Ctrl and the wheel)", lambda: self.zoom_asked.emit(STEP))
        for each, name in ((lower, "Lower hours"), (fit, "Hours as high as fits"), (higher, "Higher hours")):
            each.setAccessibleName(name)
        self.zoom = (lower, fit, higher)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(6)
        for widget in (self.conflicts, self.swatch, self.who):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.two_weeks, self.reoptimise, *self.zoom):
            row.addWidget(widget)
        free_time.shown.connect(self._tell)
        theme.changed.connect(lambda: self.conflicts.setIcon(_warning(theme)))
        self.conflicts.setIcon(_warning(theme))
        self._fit()

    def show_conflicts(self, number: int) -> None:
        """Say how many things do not hold."""
        self.conflicts.setText(count(number, "conflict"))
        self.conflicts.setAccessibleName(f"{count(number, 'conflict')}: go to the next one")
        self.conflicts.setVisible(bool(number))

    def show_two_weeks(self, two: bool) -> None:
        """Say whether two weeks are on show."""
        self.two_weeks.setChecked(two)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < NARROW_PX
        self.reoptimise.setText("Improve" if narrow else "Improve the week")
        for each in (self.zoom[0], self.zoom[2]):
            each.setVisible(not narrow)  # the keys and the wheel do the same
        self._tell()

    def _tell(self) -> None:
        rep, chosen = self._free_time.rep, self._free_time.chosen
        known = rep in self._free_time.reps
        words = (rep if self.width() < NARROW_PX else f"{rep} is not free") if known else "Free time of…"
        shown = self.who.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, MOST_PX)
        self.who.setText(f"{shown} ▾".replace("&", "&&"))
        self.who.setAccessibleName(f"Free time of {rep if known else 'nobody'}")
        self.who.setAccessibleDescription("" if chosen or not known else "Because of the visit that is marked")
        self.who.setVisible(bool(self._free_time.reps))
        self.swatch.setVisible(known)

    def _fill(self) -> None:
        self._whose.clear()
        for rep in ("", *self._free_time.reps):
            text = rep.replace("&", "&&") or "Nobody, or who comes along on the marked visit"
            action = self._whose.addAction(text, lambda rep=rep: self._free_time.choose(rep))
            action.setCheckable(True)
            action.setChecked(rep == self._free_time.chosen)


class Swatch(QWidget):
    """The hatch of the time in which a rep is not free, for the legend."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(18, 14)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._theme.colours
        with QPainter(self) as painter:
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.fillRect(box, QBrush(QColor(colours.support), Qt.BrushStyle.FDiagPattern))
            painter.setPen(QColor(colours.line))
            painter.drawRect(box)


def _warning(theme: Theme) -> QIcon:
    picture = QPixmap(56, 56)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(4, 4)
        paint_warning(painter, QPointF(7, 7), theme.colours)
    return QIcon(picture)


def _chip(text: str, tip: str, run: Callable[[], None] | None = None) -> QPushButton:
    made = button(text, "chip", run)
    made.setToolTip(tip)
    made.setAccessibleDescription(tip)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
