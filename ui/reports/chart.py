"""Small charts painted in the colors of the theme; each says in words what it shows."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.values import Struct
from ui.style import SMALL_PX, TEXT_PX, Theme, font, scaled

_BAR_ROW, _NAME_GAP, _LONGEST_BAR, _LEAST_BAR = 32.0, 12.0, 820.0, 3.0
_BEGIN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
"""A painter turns left and right around by itself where one reads from right to left."""


class Bar(Struct, frozen=True):
    """A bar of a chart: its name, how long it is, its figure, what else is told beside it, and the name of its color in the theme."""

    name: str
    amount: float
    figure: str
    told: str = ""
    colour: str = "capture"


class Chart(QWidget):
    """What a screen reader says is the name, and then what is shown."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def tell(self, name: str, words: str) -> None:
        """What is shown, in words."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(200, self.sizeHint().height())

    def turned(self, box: QRectF) -> QRectF:
        """A box at the other side where one reads from right to left."""
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return box
        return QRectF(self.width() - box.right(), box.y(), box.width(), box.height())


class BarChart(Chart):
    """Bars below one another, as long as their part of the greatest, with name and figure beside them."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.bars: Sequence[Bar] = ()

    def show_bars(self, name: str, bars: Sequence[Bar]) -> None:
        """Show other bars; `name` says of what."""
        self.bars = bars
        self.tell(name, ". ".join(f"{bar.name}: {', '.join(filter(None, (bar.figure, bar.told)))}" for bar in bars))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(500, round(scaled(_BAR_ROW) * len(self.bars)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            text, strong, high = QFontMetricsF(font(TEXT_PX)), QFontMetricsF(font(TEXT_PX, bold=True)), scaled(_BAR_ROW)
            name_px = max((text.horizontalAdvance(bar.name) for bar in self.bars), default=0.0) + _NAME_GAP
            figure_px = max((strong.horizontalAdvance(bar.figure) for bar in self.bars), default=0.0) + _NAME_GAP
            told_px = max((text.horizontalAdvance(bar.told) for bar in self.bars), default=0.0)
            longest = max(min(self.width() - name_px - figure_px - told_px - _NAME_GAP, scaled(_LONGEST_BAR)), 40.0)
            most = max((bar.amount for bar in self.bars), default=0.0)
            colours = self._theme.colours
            for place, bar in enumerate(self.bars):
                top = place * high
                length = max(longest * bar.amount / most, _LEAST_BAR) if most and bar.amount else 0.0
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(getattr(colours, bar.colour)))
                painter.drawRoundedRect(self.turned(QRectF(name_px, top + 6, length, high - 12)), 3, 3)
                beside = name_px + length + _NAME_GAP
                for x, width, words, colour, face in (
                    (0.0, name_px, bar.name, colours.text, font(TEXT_PX)),
                    (beside, figure_px, bar.figure, colours.text, font(TEXT_PX, bold=True)),
                    (beside + strong.horizontalAdvance(bar.figure) + _NAME_GAP, self.width(), bar.told, colours.quiet, font(TEXT_PX)),
                ):
                    painter.setFont(face)
                    painter.setPen(QColor(colour))
                    painter.drawText(self.turned(QRectF(x, top, width, high)), _BEGIN, words)


class Column(Struct, frozen=True):
    """A column of a chart: its name, its parts from below in the order of the kinds, its figure, and what it is in words."""

    name: str
    parts: tuple[float, ...]
    figure: str
    words: str


class ColumnChart(Chart):
    """Columns of parts side by side; `kinds` are the names of the parts with their colors, of which the last one is hatched."""

    def __init__(self, theme: Theme, name: str, kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__(theme, name)
        self._kinds = kinds
        self.columns: Sequence[Column] = ()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.columns = columns
        self.tell(self._name, ". ".join(each.words for each in columns if any(each.parts)))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(500, round(scaled(160)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            small, colours = QFontMetricsF(font(SMALL_PX)), self._theme.colours
            painter.setFont(font(SMALL_PX))
            line = small.height()
            self._paint_legend(painter, small)
            ground = QRectF(0, 2.5 * line, self.width(), self.height() - 4 * line)
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(0, ground.bottom()), QPointF(self.width(), ground.bottom()))
            most = max((sum(each.parts) for each in self.columns), default=0.0)
            if not most:
                return
            step = self.width() / len(self.columns)
            width = min(step * 0.62, scaled(48))
            named_px = max(small.horizontalAdvance(each.name) for each in self.columns) + 10
            every = max(1, -(-round(named_px) // max(1, round(step))))
            for place, each in enumerate(self.columns):
                middle, top = (place + 0.5) * step, ground.bottom()
                for number, part in enumerate(each.parts):
                    high = ground.height() * part / most
                    self._paint_part(painter, self.turned(QRectF(middle - width / 2, top - high, width, high)), number)
                    top -= high
                painter.setPen(QColor(colours.quiet))
                if (len(self.columns) - 1 - place) % every == 0:
                    self._write(painter, QRectF(middle - named_px / 2, ground.bottom() + 2, named_px, line), each.name)
                if each.figure and small.horizontalAdvance(each.figure) <= step - 4:
                    self._write(painter, QRectF(middle - step / 2, top - line - 1, step, line), each.figure)

    def _write(self, painter: QPainter, box: QRectF, words: str) -> None:
        painter.drawText(self.turned(box), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_part(self, painter: QPainter, box: QRectF, number: int) -> None:
        colour = QColor(getattr(self._theme.colours, self._kinds[number][1]))
        last = number == len(self._kinds) - 1
        painter.setPen(QPen(colour, 1) if last else Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if last else QBrush(colour))
        if box.height() > 0:
            painter.drawRect(box)

    def _paint_legend(self, painter: QPainter, small: QFontMetricsF) -> None:
        x, high = 0.0, small.height()
        for number, (name, _colour) in enumerate(self._kinds):
            if not any(each.parts[number] for each in self.columns):
                continue
            self._paint_part(painter, self.turned(QRectF(x + 0.5, 2.5, high - 5, high - 5)), number)
            painter.setPen(QColor(self._theme.colours.quiet))
            width = small.horizontalAdvance(name)
            painter.drawText(self.turned(QRectF(x + high, 0, width + 2, high)), _BEGIN, name)
            x += high + width + 16
