"""Finds painted words that are cut off: what is drawn into boxes with less room than the ink of the text takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

SLACK_PX = 1.0
"""Ink is measured in fractions of a pixel, and drawn in whole ones."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A text, the height of its type, the box it was to stay in (None at a point) in pixels of what is painted on, and its ink there."""

    text: str
    type_px: int
    box: QRectF | None
    ink: QRectF

    @property
    def is_cut(self) -> bool:
        """Whether the ink reaches out of the box."""
        return self.box is not None and not self.box.adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX).contains(self.ink)


@contextmanager
def painted_texts() -> Iterator[list[Painted]]:
    """All that is drawn with `QPainter.drawText` in the block."""
    found: list[Painted] = []
    draw = QPainter.drawText

    def drawn(painter: QPainter, *given: object) -> object:
        told = _told(painter, given)
        if told is not None and told.text.strip():
            found.append(told)
        return draw(painter, *given)

    QPainter.drawText = drawn  # type: ignore[method-assign,assignment]
    try:
        yield found
    finally:
        QPainter.drawText = draw  # type: ignore[method-assign]


def _told(painter: QPainter, given: tuple[object, ...]) -> Painted | None:
    face, text = painter.font(), str(given[-1])
    if len(given) == 3:
        box, flags = QRectF(given[0]), int(given[1])  # type: ignore[call-overload]
        turned = painter.transform().mapRect(box)
        return Painted(text, face.pixelSize(), turned, painter.transform().mapRect(_ink(face, box, flags, text)))
    point = painter.transform().map(given[0])  # type: ignore[call-overload]
    return Painted(text, face.pixelSize(), None, QFontMetricsF(face).tightBoundingRect(text).translated(point))


def _ink(face: QFont, box: QRectF, flags: int, text: str) -> QRectF:
    """Where the ink of a text in a box is."""
    metrics = QFontMetricsF(face)
    if flags & int(Qt.TextFlag.TextWordWrap):
        return metrics.boundingRect(box, flags, text)
    tight, wide, high = metrics.tightBoundingRect(text), metrics.horizontalAdvance(text), metrics.ascent() + metrics.descent()
    left = box.left()
    if flags & int(Qt.AlignmentFlag.AlignRight):
        left = box.right() - wide
    elif flags & int(Qt.AlignmentFlag.AlignHCenter):
        left = box.center().x() - wide / 2
    top = box.top()
    if flags & int(Qt.AlignmentFlag.AlignBottom):
        top = box.bottom() - high
    elif flags & int(Qt.AlignmentFlag.AlignVCenter):
        top = box.center().y() - high / 2
    return QRectF(left, top + metrics.ascent() + tight.top(), wide, tight.height())
