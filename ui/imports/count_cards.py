"""What an import comes to, a card a kind of record; pressing a figure shows only these records."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.model.imports import Action, KindCounts, RecordKind
from ui.imports.words import ACTION_NAMES, KIND_NAMES, numbers_of
from ui.style import SMALL_PX, Theme, font, scaled
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import clear, label
from ui.words import number

_FIGURE_PX = 20
_PAD = 8
_HIGH = 46


class CountCards(QWidget):
    """`filtered` carries the kind and the action to show, both None for all."""

    filtered = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.figures: dict[tuple[RecordKind, Action], Figure] = {}
        self._flow = FlowLayout(self, gap=8)

    def show_counts(self, counts: Mapping[RecordKind, KindCounts]) -> None:
        """Show a card for each kind that the files hold."""
        clear(self._flow)
        self.figures = {}
        # What happens to no record at all needs no figure; how many are new is always said.
        there = {action for of_kind in counts.values() for action, number in numbers_of(of_kind).items() if number} | {Action.ADDED}
        for kind, of_kind in counts.items():
            self._flow.addWidget(self._card(kind, of_kind, there))
        self.updateGeometry()

    def _card(self, kind: RecordKind, counts: KindCounts, there: set[Action]) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(6, 7, 6, 5)
        column.setSpacing(2)
        heading = label(KIND_NAMES[kind], "week")
        heading.setContentsMargins(_PAD, 0, _PAD, 0)
        column.addWidget(heading)
        row = QHBoxLayout()
        row.setSpacing(0)
        for action, records in numbers_of(counts).items():
            if action not in there:
                continue
            figure = Figure(records, ACTION_NAMES[action], self._theme)
            figure.setAccessibleName(f"{KIND_NAMES[kind]}: {number(records)} {ACTION_NAMES[action].lower()}")
            # Records that stay as they are, are counted and not listed.
            figure.setEnabled(records > 0 and action is not Action.UNCHANGED)
            figure.clicked.connect(lambda checked, kind=kind, action=action: self._press(kind, action, on=checked))
            self.figures[kind, action] = figure
            row.addWidget(figure)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _press(self, kind: RecordKind, action: Action, *, on: bool) -> None:
        for key, figure in self.figures.items():
            if key != (kind, action):
                figure.setChecked(False)
        self.filtered.emit(kind if on else None, action if on else None)


class Figure(QAbstractButton):
    """A big number over a small word, which can be pressed."""

    def __init__(self, number: int, word: str, theme: Theme) -> None:
        super().__init__()
        self._number, self._theme = number, theme
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("" if word == ACTION_NAMES[Action.UNCHANGED] else "Show only these; press again to show all")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        big = QFontMetrics(font(_FIGURE_PX, bold=True)).horizontalAdvance(number(self._number))
        small = QFontMetrics(font(SMALL_PX)).horizontalAdvance(self.text())
        return QSize(max(big, small) + 2 * _PAD, round(scaled(_HIGH)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._theme.colours
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = colours.chosen if self.isChecked() else colours.hover if self.underMouse() and self.isEnabled() else ""
            painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 1) if self.hasFocus() or self.isChecked() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 6, 6)
            strong = colours.accent if self.isChecked() else colours.text if self._number else colours.quiet
            painter.setPen(QColor(strong))
            painter.setFont(font(_FIGURE_PX, bold=bool(self._number)))
            painter.drawText(QPointF(_PAD, scaled(23)), number(self._number))
            painter.setPen(QColor(colours.quiet))
            painter.setFont(font(SMALL_PX))
            painter.drawText(QPointF(_PAD, scaled(39)), self.text())
