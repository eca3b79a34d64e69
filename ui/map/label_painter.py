"""Draws the labels that have found their place. Used in worker threads."""

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen, QTransform

from ui.map.label_shapes import BANNER_HEIGHT, SHIELD_HEIGHT, Arrow, CurvedLabel, Label, PointLabel, Shield
from ui.map.label_styles import Network, TextStyle
from ui.map.palette import Palette

_HALO_PX = 3.2
_MOST_WIDTHS = 20_000
_MOST_OUTLINES = 1_500


def label_font(style: TextStyle, families: list[str], type_scale: float = 1.0) -> QFont:
    """The face of a style; unhinted, so that filled outlines and measured widths agree."""
    font = QFont(families)
    font.setPixelSize(round(style.size_px * type_scale))
    font.setBold(style.bold)
    font.setItalic(style.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


Outline = tuple[QPainterPath, QPainterPath]
"""A text's shape, and its halo: kept, because widening letters takes ten times as long as filling them."""


class Letters:
    """Fonts, widths and outlines, kept between pictures; one for each thread that paints. All `type_scale` times as large as delivered."""

    def __init__(self, families: list[str], type_scale: float = 1.0) -> None:
        self.type_scale = type_scale
        self.fonts = {style: label_font(style, families, type_scale) for style in TextStyle}
        self._metrics = {style: QFontMetricsF(font) for style, font in self.fonts.items()}
        self._widths: dict[tuple[str, TextStyle], float] = {}
        self._outlines: dict[tuple[str, TextStyle], Outline] = {}
        self._halo = QPainterPathStroker(QPen(Qt.GlobalColor.black, _HALO_PX))
        self._halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)

    def width(self, text: str, style: TextStyle) -> float:
        """Width of a text in logical pixels."""
        if len(self._widths) > _MOST_WIDTHS:
            self._widths.clear()
        key = (text, style)
        if key not in self._widths:
            self._widths[key] = self._metrics[style].horizontalAdvance(text)
        return self._widths[key]

    def outline(self, text: str, style: TextStyle) -> Outline:
        """The text's shape, its middle (half the height of a capital) at the origin, and the halo around it."""
        if len(self._outlines) > _MOST_OUTLINES:
            self._outlines.clear()
        key = (text, style)
        if key not in self._outlines:
            path = QPainterPath()
            path.addText(-self.width(text, style) / 2, self._metrics[style].capHeight() / 2, self.fonts[style], text)
            self._outlines[key] = (path, self._halo.createStroke(path))
        return self._outlines[key]


def paint_labels(painter: QPainter, labels: Iterable[Label], letters: Letters, palette: Palette) -> None:
    """Draw the labels in the order they were placed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for label in labels:
        if isinstance(label, Shield):
            _shield(painter, label, letters, palette)
        elif isinstance(label, Arrow):
            _arrow(painter, label, palette)
        else:
            shape, halo = _rows(label, letters) if isinstance(label, PointLabel) else _curve(label, letters)
            painter.fillPath(halo, QColor(palette.halo))
            painter.fillPath(shape, QColor(getattr(palette, label.style.colour)))


def _rows(label: PointLabel, letters: Letters) -> Outline:
    row_height = label.style.row_height * letters.type_scale
    top = round(label.y) - (len(label.rows) - 1) * row_height / 2
    places = (QTransform.fromTranslate(round(label.x), top + index * row_height) for index in range(len(label.rows)))
    return _together([(letters.outline(row, label.style), place) for row, place in zip(label.rows, places, strict=True)])


def _curve(label: CurvedLabel, letters: Letters) -> Outline:
    """Glyph by glyph, or the whole text turned where the street is straight, which keeps the kerning."""
    angles = [angle for _, _, _, angle in label.glyphs]
    _, first_x, first_y, _ = label.glyphs[0]
    _, last_x, last_y, _ = label.glyphs[-1]
    if max(angles) - min(angles) < 0.05:
        turn = QTransform.fromTranslate((first_x + last_x) / 2, (first_y + last_y) / 2)
        return _together([(letters.outline(label.text, label.style), turn.rotateRadians(math.atan2(last_y - first_y, last_x - first_x)))])
    return _together(
        [
            (letters.outline(letter, label.style), QTransform.fromTranslate(x, y).rotateRadians(angle))
            for letter, x, y, angle in label.glyphs
        ]
    )


def _together(parts: list[tuple[Outline, QTransform]]) -> Outline:
    whole, around = QPainterPath(), QPainterPath()
    for (shape, halo), place in parts:
        whole.addPath(place.map(shape))
        around.addPath(place.map(halo))
    around.setFillRule(Qt.FillRule.WindingFill)
    return whole, around


def _shield(painter: QPainter, label: Shield, letters: Letters, palette: Palette) -> None:
    sign, grown = label.sign, letters.type_scale
    high = SHIELD_HEIGHT * grown
    box = QRectF(round(label.x - label.width / 2), round(label.y - high / 2), round(label.width), high)
    ink, text_at = palette.sign_ink, box.center()
    if sign.network is Network.INTERSTATE:
        shape = _crest(box, grown)
        painter.fillPath(shape, QColor(palette.sign_blue))
        painter.save()
        painter.setClipRect(QRectF(box.left() - 1, box.top() - 1, box.width() + 2, 5 * grown))
        painter.fillPath(shape, QColor(palette.sign_red))
        painter.restore()
        painter.strokePath(shape, QPen(QColor(palette.sign_paper), 1.2))
        ink, text_at = palette.sign_paper, text_at + QPointF(0, 1.5 * grown)
    else:
        shape = _crest(box, grown) if sign.network is Network.US else _disc(box, grown)
        painter.fillPath(shape, QColor(palette.sign_paper))
        painter.strokePath(shape, QPen(QColor(palette.sign_ink), 1.1))
    painter.fillPath(letters.outline(sign.number, TextStyle.SIGN)[0].translated(text_at), QColor(ink))
    if sign.banner:
        word, halo = letters.outline(sign.banner, TextStyle.BANNER)
        over = QPointF(box.center().x(), box.top() - BANNER_HEIGHT * grown / 2 - 0.5)
        painter.fillPath(halo.translated(over), QColor(palette.halo))
        painter.fillPath(word.translated(over), QColor(palette.place_text))


def _disc(box: QRectF, grown: float) -> QPainterPath:
    """A circle around a short number, drawn out sideways for a long one."""
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8 * grown, 8 * grown)
    return path


def _arrow(painter: QPainter, label: Arrow, palette: Palette) -> None:
    """A thin shaft with a head at its end."""
    half, head = label.length / 2, label.length * 0.3
    path = QPainterPath(QPointF(-half, -0.6))
    for x, y in ((half - head, -0.6), (half - head, -head * 0.62), (half, 0), (half - head, head * 0.62), (half - head, 0.6), (-half, 0.6)):
        path.lineTo(x, y)
    path.closeSubpath()
    painter.fillPath(QTransform.fromTranslate(label.x, label.y).rotateRadians(label.angle).map(path), QColor(palette.one_way))


def _crest(box: QRectF, grown: float) -> QPainterPath:
    """A shield: flat shoulders, sides that close to a point."""
    left, top, right, bottom, middle = box.left(), box.top(), box.right(), box.bottom(), box.center().x()
    dip, waist, hip = top + 1.6 * grown, top + 6 * grown, bottom - 4 * grown
    path = QPainterPath(QPointF(left + 2.5, top))
    path.quadTo(middle - (middle - left) * 0.5, dip, middle, top)
    path.quadTo(middle + (right - middle) * 0.5, dip, right - 2.5, top)
    path.cubicTo(right + 1.2, waist, right + 0.8, hip, middle, bottom + 1)
    path.cubicTo(left - 0.8, hip, left - 1.2, waist, left + 2.5, top)
    path.closeSubpath()
    return path
