"""The places that are proposed for an account, one button each with the letter of its mark on the map."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from planner.model.places import LatLon, Match
from ui.map.candidates_layer import LETTERS
from ui.places.words import candidate_words
from ui.style import SMALL_PX, TEXT_PX, Theme, font, scaled
from ui.widgets.parts import clear, label
from ui.widgets.plain_tip import plain_tip
from ui.widgets.scrolled import ScrolledLines
from ui.widgets.with_type import keep_height

_HEIGHT_PX = 42
_MOST_ROWS = 3.45  # the half one says that there is more


class CandidateButton(QAbstractButton):
    """A letter in a disc, what the place is, and how well it fits; `pointed` tells whether the cursor or the focus is on it."""

    pointed = Signal(bool)

    def __init__(self, letter: str, lines: tuple[str, str], theme: Theme) -> None:
        super().__init__()
        self._letter, self.lines, self._theme = letter, lines, theme
        self._raised = False
        title, below = lines
        self.setAccessibleName(f"{letter}: {title}")
        self.setAccessibleDescription(below)
        self.setToolTip(plain_tip(f"{title}\n{below}"))
        keep_height(self, _HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def texts(self) -> tuple[str, str]:
        """Its two lines in full."""
        return self.lines

    def raise_line(self, on: bool) -> None:
        """Show that its mark on the map is pointed at."""
        self._raised = on
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(260, self.height())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        self.pointed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.pointed.emit(False)
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours, box = self._theme.colours, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            raised = self._raised or self.underMouse() or self.isDown()
            painter.setPen(QPen(QColor(colours.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.chosen if self.isDown() else colours.hover) if raised else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent if self.isEnabled() else colours.duty))
            middle = QPointF(box.left() + 18, box.center().y())
            painter.drawEllipse(middle, 10, 10)
            painter.setPen(QColor(colours.on_accent))
            painter.setFont(font(12, bold=True))
            painter.drawText(QRectF(middle.x() - 10, middle.y() - 10, 20, 20), Qt.AlignmentFlag.AlignCenter, self._letter)
            room = box.width() - 46
            for text, size, top, colour in (
                (self.lines[0], TEXT_PX, 3.0, colours.text if self.isEnabled() else colours.quiet),
                (self.lines[1], SMALL_PX, 20.0, colours.quiet),
            ):
                painter.setFont(font(size))
                painter.setPen(QColor(colour))
                shown = QFontMetricsF(font(size)).elidedText(text, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QRectF(box.left() + 38, box.top() + scaled(top), room, scaled(17)), Qt.AlignmentFlag.AlignVCenter, shown)


class CandidateList(ScrolledLines):
    """`chosen` tells the index of the one that was chosen, `pointed` of the one under the cursor, or None."""

    chosen = Signal(int)
    pointed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Places proposed", (0, 0, 0, 0), 1)
        self._theme = theme
        self.buttons: list[CandidateButton] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.update)
        self.say("")

    def show_candidates(self, matches: Sequence[Match], pin: LatLon | None, units: str) -> None:
        """Show candidates that have a place, the best first."""
        clear(self.lines)
        self.buttons = []
        for index, (letter, match) in enumerate(zip(LETTERS, matches, strict=False)):
            made = CandidateButton(letter, candidate_words(match, pin, units), self._theme)
            made.clicked.connect(lambda _checked=False, index=index: self.chosen.emit(index))
            made.pointed.connect(lambda on, index=index: self.pointed.emit(index if on else None))
            self.lines.addWidget(made)
            self.buttons.append(made)
        self.lines.addStretch(1)
        self.setFixedHeight(round(min(max(len(self.buttons), 1), _MOST_ROWS) * (round(scaled(_HEIGHT_PX)) + 1)))

    def say(self, text: str) -> None:
        """Say why there is none."""
        self.show_candidates((), None, "")
        line = label(text, "quiet", wrap=True)
        line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.lines.insertWidget(0, line)

    def raise_line(self, index: int | None) -> None:
        """Show which one is pointed at on the map."""
        for at, each in enumerate(self.buttons):
            each.raise_line(at == index)
