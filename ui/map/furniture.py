"""What stands on the map but does not move with it: legend, scale bar, attribution, notice, hover card, and the word for an empty map."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from planner.values import Struct, field
from ui.map.label_shapes import Box
from ui.map.legend import Legend, LegendBox, LegendPainter
from ui.map.lettering import EDGE_PX, face, panel, write
from ui.map.palette import Palette
from ui.style import SMALL_PX, TEXT_PX
from ui.words import number

ATTRIBUTION = "© OpenStreetMap contributors"
_METRES_A_MILE, _METRES_A_FOOT = 1609.344, 0.3048
_WIDEST_SCALE_PX = 110.0
_CARD_WIDEST_PX = 300.0
_ROOMY_PX = (420.0, 260.0)
"""A map that is narrower or lower has no room for an open legend."""


class ScaleBar(Struct, frozen=True):
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
    return ScaleBar(f"{number(round_amount, max(0, -math.floor(math.log10(round_amount))))} {name}", round_amount * unit / metres_per_px)


class Furnishing(Struct, frozen=True):
    """What stands on a map: values only. `legend_top` is where the legend begins; an empty notice is none; `bar` is the scale's.

    The legend is folded or not; None leaves that to how much room there is.
    Without a basemap (`has_map`) the `empty_text` says why, `low` where it would hide pins.
    """

    has_map: bool
    bar: ScaleBar
    legend: Legend = field(default_factory=Legend)
    legend_top: float = EDGE_PX
    folded: bool | None = None
    foldable: bool = True
    skipped: int = 0
    notice: str = ""
    empty_text: str = ""
    low: bool = False


class Furniture:
    """Paints the furniture in one palette and one face, `type_scale` times as large as delivered. The painter's origin is the map's top
    left corner.
    """

    def __init__(self, families: Sequence[str], type_scale: float = 1.0) -> None:
        self._scale = type_scale
        self._text = face(families, TEXT_PX * type_scale)
        self._bold = face(families, TEXT_PX * type_scale, bold=True)
        self._small = face(families, SMALL_PX * type_scale)
        self._legend = LegendPainter(families, type_scale)

    def paint(self, painter: QPainter, area: QRectF, told: Furnishing, palette: Palette) -> None:
        """All of it but the hover card."""
        if told.has_map:
            self.attribution(painter, area, palette)
        elif told.empty_text:
            self.empty(painter, area, told.empty_text, palette, low=told.low)
        self.scale(painter, area, told.bar, palette)
        laid = self.legend(area, told)
        if laid is not None:
            self._legend.paint(painter, laid, palette, foldable=told.foldable)
        if told.notice:
            self.notice(painter, area, told.notice, palette)

    def boxes(self, area: QRectF, told: Furnishing) -> list[Box]:
        """What it covers, for names and pins to keep away from."""
        laid = self.legend(area, told)
        found = [laid.box] if laid is not None else []
        high = 20 + 16 * self._scale
        found.append(QRectF(area.left(), area.bottom() - high, EDGE_PX + told.bar.width_px + 16, high))
        if told.has_map:
            found.append(self._attribution_box(area))
        if told.notice:
            found.append(self._notice_box(area, told.notice))
        return [(box.left(), box.top(), box.right(), box.bottom()) for box in found]

    def legend(self, area: QRectF, told: Furnishing) -> LegendBox | None:
        """Where the legend is, and what of it is shown."""
        narrow = area.width() < _ROOMY_PX[0] or area.height() < _ROOMY_PX[1]
        folded = narrow if told.folded is None else told.folded
        return self._legend.laid_out(told.legend, area, area.top() + told.legend_top, folded=folded, skipped=told.skipped)

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
        box = self._attribution_box(area)
        corner = QPainterPath()
        corner.addRoundedRect(box.adjusted(0, 0, 8, 8), 5, 5)
        painter.save()
        painter.setClipRect(area)
        painter.fillPath(corner, QColor(palette.panel))
        painter.restore()
        write(painter, self._small, palette.panel_quiet, box, ATTRIBUTION, Qt.AlignmentFlag.AlignCenter)

    def notice(self, painter: QPainter, area: QRectF, text: str, palette: Palette) -> None:
        """Top left: a word that must not be overlooked."""
        box = self._notice_box(area, text)
        panel(painter, box, palette)
        write(painter, self._small, palette.panel_quiet, box, text, Qt.AlignmentFlag.AlignCenter)

    def empty(self, painter: QPainter, area: QRectF, text: str, palette: Palette, *, low: bool) -> None:
        """On a card: why there is no map, and what to do. In the middle, or `low` where it would hide pins."""
        room = QRectF(0, 0, min(420.0 * self._scale, area.width() - 48), 200 * self._scale)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        needed = QFontMetricsF(self._text).boundingRect(room, flags, text)
        box = QRectF(0, 0, needed.width() + 40, needed.height() + 28)
        box.moveCenter(area.center())
        if low:
            box.moveBottom(area.bottom() - 3 * EDGE_PX)
        panel(painter, box, palette)
        write(painter, self._text, palette.panel_text, box.adjusted(16, 14, -16, -14), text, flags)

    def card(self, painter: QPainter, area: QRectF, at: QPointF, lines: tuple[str, str], palette: Palette) -> None:
        """Beside the cursor or pin: a title and a quieter line; it turns over where there is no room."""
        title, subtitle = lines
        bold, small = QFontMetricsF(self._bold), QFontMetricsF(self._small)
        grown, widest = self._scale, min(_CARD_WIDEST_PX * self._scale, area.width() - 40)
        title = bold.elidedText(title, Qt.TextElideMode.ElideRight, widest)
        subtitle = small.elidedText(subtitle, Qt.TextElideMode.ElideRight, widest)
        size = max(bold.horizontalAdvance(title), small.horizontalAdvance(subtitle)) + 22, (44.0 if subtitle else 29.0) * grown
        left = at.x() + 14 if at.x() + 14 + size[0] < area.right() - 4 else at.x() - 14 - size[0]
        top = at.y() - size[1] - 8 if at.y() - size[1] - 8 > area.top() + 4 else at.y() + 14
        box = QRectF(round(max(area.left() + 4, left)), round(top), math.ceil(size[0]), size[1])
        panel(painter, box, palette)
        write(painter, self._bold, palette.panel_text, QRectF(box.left() + 11, box.top() + 5 * grown, box.width() - 16, 19 * grown), title)
        if subtitle:
            below = QRectF(box.left() + 11, box.top() + 23 * grown, box.width() - 16, 16 * grown)
            write(painter, self._small, palette.panel_quiet, below, subtitle)

    def _attribution_box(self, area: QRectF) -> QRectF:
        width = QFontMetricsF(self._small).horizontalAdvance(ATTRIBUTION) + 14
        high = 20 * self._scale
        return QRectF(area.right() - width, area.bottom() - high, width, high)

    def _notice_box(self, area: QRectF, text: str) -> QRectF:
        width = QFontMetricsF(self._small).horizontalAdvance(text) + 18
        return QRectF(area.left() + EDGE_PX, area.top() + EDGE_PX, width, 22 * self._scale)

    def _haloed(self, painter: QPainter, text: str, bottom_middle: QPointF, palette: Palette) -> None:
        path = QPainterPath()
        width = QFontMetricsF(self._small).horizontalAdvance(text)
        path.addText(round(bottom_middle.x() - width / 2), bottom_middle.y() - 2, self._small, text)
        painter.strokePath(path, QPen(QColor(palette.halo), 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.fillPath(path, QColor(palette.scale_ink))
