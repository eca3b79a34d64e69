"""What stands on the map but does not move with it: legend, scale bar, attribution, notice, hover card, and the word for an empty map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from planner.model.week import VisitKind
from ui.map.palette import Palette
from ui.map.shapes import draw_shape

ATTRIBUTION = "© OpenStreetMap contributors"
EDGE_PX = 10.0
_TEXT_PX, _SMALL_PX = 13, 11
_WORDS = {VisitKind.CAPTURE: "Capture", VisitKind.CARE: "Client care", VisitKind.SUPPORT: "Support", VisitKind.DUTY: "Appointment"}
_METRES_A_MILE, _METRES_A_FOOT = 1609.344, 0.3048
_WIDEST_SCALE_PX = 110.0
_CARD_WIDEST_PX = 300.0


@dataclass(frozen=True, slots=True)
class Legend:
    """A title (the day on show, or empty), the kinds of visit on the map, and a last quiet line (or empty)."""

    title: str
    kinds: tuple[VisitKind, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A round length: its text and how many logical pixels it takes."""

    text: str
    width_px: float


def scale_bar(metres_per_px: float, *, metric: bool) -> ScaleBar:
    """The longest round length (1, 2 or 5 and zeros) that fits; miles and feet, or kilometres and metres."""
    longest = metres_per_px * _WIDEST_SCALE_PX
    big, small, big_name, small_name = (1000.0, 1.0, "km", "m") if metric else (_METRES_A_MILE, _METRES_A_FOOT, "mi", "ft")
    unit, name = (big, big_name) if longest >= big * (1 if metric else 0.5) else (small, small_name)
    amount = longest / unit
    if amount < 1 and name == "mi":
        return ScaleBar("½ mi", 0.5 * unit / metres_per_px)
    power = 10.0 ** math.floor(math.log10(max(amount, 1e-9)))
    round_amount = max(step * power for step in (1, 2, 5) if step * power <= amount * 1.000001)
    return ScaleBar(f"{round_amount:,.0f} {name}" if round_amount >= 1 else f"{round_amount:g} {name}", round_amount * unit / metres_per_px)


class Furniture:
    """Paints the furniture in one palette and one face. The painter's origin is the map's top left corner."""

    def __init__(self, families: Sequence[str]) -> None:
        self._text = _font(families, _TEXT_PX)
        self._bold = _font(families, _TEXT_PX, bold=True)
        self._small = _font(families, _SMALL_PX)

    def legend(self, painter: QPainter, area: QRectF, legend: Legend, palette: Palette) -> None:
        """Top right: what the marks mean."""
        if not (legend.title or legend.kinds):
            return
        small = QFontMetricsF(self._small)
        entries = [(kind, _WORDS[kind], small.horizontalAdvance(_WORDS[kind])) for kind in legend.kinds]
        kinds_width = sum(19 + width for _, _, width in entries) + 14 * max(0, len(entries) - 1)
        narrow = kinds_width > area.width() - 60
        rows = [[entry] for entry in entries] if narrow else [entries] if entries else []
        bold = QFontMetricsF(self._bold)
        room = max(40.0, area.width() - 2 * EDGE_PX - 24)
        title = bold.elidedText(legend.title, Qt.TextElideMode.ElideRight, room)
        content = kinds_width if not narrow else max(19 + width for _, _, width in entries)
        width = max(bold.horizontalAdvance(title), content, small.horizontalAdvance(legend.note)) + 24
        height = 20 + (21 if title else 0) + 18 * len(rows) + (17 if legend.note else 0) - 4
        box = QRectF(area.right() - EDGE_PX - width, area.top() + EDGE_PX, width, height)
        _panel(painter, box, palette)
        top = box.top() + 8
        if title:
            _write(painter, self._bold, palette.panel_text, QRectF(box.left() + 12, top, width - 24, 18), title)
            top += 21
        for row in rows:
            left = box.left() + 12
            for kind, word, wide in row:
                draw_shape(painter, kind, QPointF(left + 6, top + 8), 5.0, palette, 0.0)
                _write(painter, self._small, palette.panel_text, QRectF(left + 17, top, wide + 4, 16), word)
                left += 19 + wide + 14
            top += 18
        if legend.note:
            _write(painter, self._small, palette.panel_quiet, QRectF(box.left() + 12, top, width - 20, 16), legend.note)

    def scale(self, painter: QPainter, area: QRectF, bar: ScaleBar, palette: Palette) -> None:
        """Bottom left: how long things are."""
        left, base = area.left() + EDGE_PX + 2, area.bottom() - EDGE_PX - 3
        right = left + round(bar.width_px)
        line = QPainterPath(QPointF(left, base - 6))
        for x, y in ((left, base), (right, base), (right, base - 6)):
            line.lineTo(x, y)
        painter.strokePath(
            line, QPen(QColor(palette.halo), 4.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
        )
        painter.strokePath(
            line, QPen(QColor(palette.scale_ink), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
        )
        self._haloed(painter, bar.text, QPointF((left + right) / 2, base - 6), palette)

    def attribution(self, painter: QPainter, area: QRectF, palette: Palette) -> None:
        """Bottom right: whose map data this is (the licence asks for it)."""
        width = QFontMetricsF(self._small).horizontalAdvance(ATTRIBUTION) + 14
        box = QRectF(area.right() - width, area.bottom() - 20, width, 20)
        corner = QPainterPath()
        corner.addRoundedRect(box.adjusted(0, 0, 8, 8), 5, 5)
        painter.save()
        painter.setClipRect(area)
        painter.fillPath(corner, QColor(palette.panel))
        painter.restore()
        _write(painter, self._small, palette.panel_quiet, box, ATTRIBUTION, Qt.AlignmentFlag.AlignCenter)

    def notice(self, painter: QPainter, area: QRectF, text: str, palette: Palette) -> None:
        """Top left: a word that must not be overlooked."""
        width = QFontMetricsF(self._small).horizontalAdvance(text) + 18
        box = QRectF(area.left() + EDGE_PX, area.top() + EDGE_PX, width, 22)
        _panel(painter, box, palette)
        _write(painter, self._small, palette.panel_quiet, box, text, Qt.AlignmentFlag.AlignCenter)

    def empty(self, painter: QPainter, area: QRectF, text: str, palette: Palette, *, low: bool) -> None:
        """On a card: why there is no map, and what to do. In the middle, or `low` where it would hide pins."""
        room = QRectF(0, 0, min(420.0, area.width() - 48), 200)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        needed = QFontMetricsF(self._text).boundingRect(room, flags, text)
        box = QRectF(0, 0, needed.width() + 40, needed.height() + 28)
        box.moveCenter(area.center())
        if low:
            box.moveBottom(area.bottom() - 3 * EDGE_PX)
        _panel(painter, box, palette)
        _write(painter, self._text, palette.panel_text, box.adjusted(16, 14, -16, -14), text, flags)

    def card(self, painter: QPainter, area: QRectF, at: QPointF, lines: tuple[str, str], palette: Palette) -> None:
        """Beside the cursor or pin: a title and a quieter line; it turns over where there is no room."""
        title, subtitle = lines
        bold, small = QFontMetricsF(self._bold), QFontMetricsF(self._small)
        widest = min(_CARD_WIDEST_PX, area.width() - 40)
        title = bold.elidedText(title, Qt.TextElideMode.ElideRight, widest)
        subtitle = small.elidedText(subtitle, Qt.TextElideMode.ElideRight, widest)
        size = max(bold.horizontalAdvance(title), small.horizontalAdvance(subtitle)) + 22, 44.0 if subtitle else 29.0
        left = at.x() + 14 if at.x() + 14 + size[0] < area.right() - 4 else at.x() - 14 - size[0]
        top = at.y() - size[1] - 8 if at.y() - size[1] - 8 > area.top() + 4 else at.y() + 14
        box = QRectF(round(max(area.left() + 4, left)), round(top), math.ceil(size[0]), size[1])
        _panel(painter, box, palette)
        _write(painter, self._bold, palette.panel_text, QRectF(box.left() + 11, box.top() + 5, box.width() - 16, 19), title)
        if subtitle:
            _write(painter, self._small, palette.panel_quiet, QRectF(box.left() + 11, box.top() + 23, box.width() - 16, 16), subtitle)

    def _haloed(self, painter: QPainter, text: str, bottom_middle: QPointF, palette: Palette) -> None:
        path = QPainterPath()
        width = QFontMetricsF(self._small).horizontalAdvance(text)
        path.addText(round(bottom_middle.x() - width / 2), bottom_middle.y() - 2, self._small, text)
        painter.strokePath(path, QPen(QColor(palette.halo), 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(path, QColor(palette.scale_ink))


def _font(families: Sequence[str], size_px: int, *, bold: bool = False) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font


def _panel(painter: QPainter, box: QRectF, palette: Palette) -> None:
    painter.setPen(QPen(QColor(palette.panel_edge), 1))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _write(painter: QPainter, font: QFont, colour: str, box: QRectF, text: str, flags: Qt.AlignmentFlag | int = _LEFT_MIDDLE) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, flags, text)
