"""What the marks and colours on the map mean: the values of the legend, how it is laid out, and how it is painted."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen

from planner.model.week import VisitKind
from planner.values import Struct
from ui.map.lettering import EDGE_PX, face, panel, write
from ui.map.palette import Palette
from ui.map.shapes import draw_shape, draw_start
from ui.style import SMALL_PX, TEXT_PX

FOLDED_TITLE = "Legend"
_INSET_PX = 12.0
_MARK_PX = 19.0
_BETWEEN_PX = 14.0
_TITLE_PX, _HEADING_PX, _ROW_PX, _NOTE_PX = 21.0, 19.0, 18.0, 17.0
_FOLD_PX = 16.0
_LINE_PX = 2.0
_NARROWEST_PX, _WIDEST_PX = 110.0, 380.0
_WIDEST_SHARE, _TALLEST_SHARE = 0.32, 0.62
"""Of the map's width and height; what is longer is shortened or scrolled."""
_BELOW_PX = 34.0
"""Room left for whose map data it is."""


class Swatch(Enum):
    """What stands before a text that is not a kind's shape."""

    DOT = "dot"
    AREA = "area"
    LINE = "line"
    DASHES = "dashes"
    HEAT = "heat"
    START = "start"


class Entry(Struct, frozen=True):
    """A mark, its colour as #rrggbb (empty: that of its kind), and what it means."""

    text: str
    mark: VisitKind | Swatch
    colour: str = ""


class Section(Struct, frozen=True):
    """Entries under a heading, several in a row when they are `inline`, and a quiet line below them."""

    title: str
    entries: tuple[Entry, ...]
    note: str = ""
    inline: bool = False


class Legend(Struct, frozen=True):
    """A title (the day on show, or empty) and the sections below it."""

    title: str = ""
    sections: tuple[Section, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to explain."""
        return not (self.title or self.sections)

    @property
    def words(self) -> str:
        """The legend as a sentence, for those who cannot see it; what only the shapes say is left out."""
        told = [f"{section.title}: {', '.join(entry.text for entry in section.entries)}." for section in self.sections if section.title]
        return " ".join(told)


class _Row(Struct, frozen=True):
    height: float
    title: str = ""
    heading: str = ""
    entries: tuple[Entry, ...] = ()
    note: str = ""


class LegendBox(Struct, frozen=True):
    """A legend that has its place: the rows that fit, how many are above and below them, and the spot that folds it."""

    box: QRectF
    rows: tuple[_Row, ...]
    above: int
    below: int
    folded: bool


class LegendPainter:
    """Lays legends out and paints them, in one face, `type_scale` times as large as delivered."""

    def __init__(self, families: Sequence[str], type_scale: float = 1.0) -> None:
        self._scale = type_scale
        self._bold = face(families, TEXT_PX * type_scale, bold=True)
        self._heading = face(families, SMALL_PX * type_scale, bold=True)
        self._small = face(families, SMALL_PX * type_scale)

    def laid_out(self, legend: Legend, area: QRectF, top: float, *, folded: bool = False, skipped: int = 0) -> LegendBox | None:
        """At the right edge below `top`: as many rows as there is room for, without the first `skipped` ones; None for nothing to say."""
        if legend.is_empty:
            return None
        room = max(_NARROWEST_PX * self._scale, min(area.width() * _WIDEST_SHARE, _WIDEST_PX * self._scale))
        rows = [self._row(_TITLE_PX, title=FOLDED_TITLE)] if folded else self._rows(legend, room)
        height = max(_ROW_PX * self._scale * 3, min(area.height() - top - EDGE_PX - _BELOW_PX, area.height() * _TALLEST_SHARE))
        first = min(skipped, max(0, len(rows) - self._fitting(rows[::-1], height))) if not folded else 0
        shown = rows[first : first + self._fitting(rows[first:], height)]
        width = min(room, max(self._width(row) for row in rows)) + 2 * _INSET_PX + _FOLD_PX
        tall = sum(row.height for row in shown) + 14
        box = QRectF(area.right() - EDGE_PX - width, top, width, tall)
        return LegendBox(box, tuple(shown), first, len(rows) - first - len(shown), folded)

    def paint(self, painter: QPainter, laid: LegendBox, palette: Palette, *, foldable: bool = True) -> None:
        """The legend on its panel; where it is `foldable` with the marks for hands."""
        panel(painter, laid.box, palette)
        if foldable:
            self._paint_fold(painter, laid, palette)
        top, left = laid.box.top() + 7, laid.box.left() + _INSET_PX
        width = laid.box.width() - 2 * _INSET_PX - _FOLD_PX
        for row in laid.rows:
            line = QRectF(left, top, width, row.height - 2)
            if row.title or row.heading:
                font, colour = (self._bold, palette.panel_text) if row.title else (self._heading, palette.panel_quiet)
                metrics = QFontMetricsF(font)
                write(painter, font, colour, line, metrics.elidedText(row.title or row.heading, Qt.TextElideMode.ElideRight, width))
            elif row.note:
                note = QFontMetricsF(self._small).elidedText(row.note, Qt.TextElideMode.ElideRight, width)
                write(painter, self._small, palette.panel_quiet, line, note)
            at = left
            for entry in row.entries:
                at = self._paint_entry(painter, entry, at, line, palette) + _BETWEEN_PX
            top += row.height

    def _rows(self, legend: Legend, room: float) -> list[_Row]:
        rows = [self._row(_TITLE_PX, title=legend.title)] if legend.title else []
        for section in legend.sections:
            if section.title:
                rows.append(self._row(_HEADING_PX, heading=section.title))
            rows += self._flowed(section.entries, room) if section.inline else [self._row(_ROW_PX, (one,)) for one in section.entries]
            rows += [self._row(_NOTE_PX, note=line) for line in section.note.split("\n") if line]
        return rows

    def _row(self, height_px: float, entries: tuple[Entry, ...] = (), *, title: str = "", heading: str = "", note: str = "") -> _Row:
        return _Row(height_px * self._scale, title, heading, entries, note)

    def _flowed(self, entries: Sequence[Entry], room: float) -> list[_Row]:
        """As many entries in each row as there is room for."""
        rows: list[_Row] = []
        for entry in entries:
            longer = self._row(_ROW_PX, (*rows[-1].entries, entry)) if rows else None
            if longer is not None and self._width(longer) <= room:
                rows[-1] = longer
            else:
                rows.append(self._row(_ROW_PX, (entry,)))
        return rows

    @staticmethod
    def _fitting(rows: Sequence[_Row], height: float) -> int:
        """How many of the rows fit, one at least."""
        used, count = 14.0, 0
        for row in rows:
            used += row.height
            if used > height and count:
                break
            count += 1
        return count

    def _width(self, row: _Row) -> float:
        small = QFontMetricsF(self._small)
        entries = sum(_MARK_PX + small.horizontalAdvance(entry.text) for entry in row.entries) + _BETWEEN_PX * max(0, len(row.entries) - 1)
        bold, heading = QFontMetricsF(self._bold), QFontMetricsF(self._heading)
        return max(
            entries,
            bold.horizontalAdvance(row.title),
            heading.horizontalAdvance(row.heading),
            small.horizontalAdvance(row.note),
        )

    def _paint_entry(self, painter: QPainter, entry: Entry, left: float, line: QRectF, palette: Palette) -> float:
        """Paints an entry, and says where it ends."""
        at = QPointF(left + 6, line.top() + 8 * self._scale)
        small = QFontMetricsF(self._small)
        text = small.elidedText(entry.text, Qt.TextElideMode.ElideRight, max(20.0, line.right() - left - _MARK_PX + 4))
        if isinstance(entry.mark, VisitKind):
            draw_shape(painter, entry.mark, at, 5.0, palette, 0.0, entry.colour)
        else:
            _paint_swatch(painter, entry, at, palette)
        wide = small.horizontalAdvance(text)
        write(painter, self._small, palette.panel_text, QRectF(left + 17, line.top(), wide + 4, 16 * self._scale), text)
        return left + _MARK_PX + wide

    def _paint_fold(self, painter: QPainter, laid: LegendBox, palette: Palette) -> None:
        """A chevron: it points to where the legend will go; arrows where there is more to scroll to."""
        right, top = laid.box.right() - 14, laid.box.top() + 5 + 10 * self._scale
        painter.setPen(QPen(QColor(palette.panel_quiet), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tip = 2.5 if laid.folded else -2.5
        painter.drawPolyline([QPointF(right - 4, top - tip), QPointF(right, top + tip), QPointF(right + 4, top - tip)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.panel_quiet))
        for more, y, lean in ((laid.above, top + 11, -1), (laid.below, laid.box.bottom() - 9, 1)):
            if more:
                painter.drawPolygon([QPointF(right - 4, y - 2 * lean), QPointF(right + 4, y - 2 * lean), QPointF(right, y + 3 * lean)])


def _paint_swatch(painter: QPainter, entry: Entry, at: QPointF, palette: Palette) -> None:
    box = QRectF(at.x() - 6, at.y() - 5, 12, 10)
    if entry.mark is Swatch.START:
        draw_start(painter, at, 3.5, palette)
        return
    if entry.mark is Swatch.HEAT:
        shades = QLinearGradient(box.topLeft(), box.topRight())
        for index, shade in enumerate(reversed(palette.ramp)):
            shades.setColorAt(index / (len(palette.ramp) - 1), QColor(shade))
        painter.fillRect(box, QBrush(shades))
        return
    path = QPainterPath()
    colour = QColor(entry.colour or palette.rest)
    if entry.mark in {Swatch.LINE, Swatch.DASHES}:
        how = Qt.PenStyle.DashLine if entry.mark is Swatch.DASHES else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, _LINE_PX, how, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(box.left(), at.y()), QPointF(box.right(), at.y()))
        return
    if entry.mark is Swatch.DOT:
        path.addEllipse(at, 5.0, 5.0)
        painter.fillPath(path, colour)
        return
    path.addRoundedRect(box, 2, 2)
    painter.strokePath(path, QPen(colour, 1.4))
    colour.setAlphaF(0.25)
    painter.fillPath(path, colour)
