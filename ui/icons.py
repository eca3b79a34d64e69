"""The icon family: 24 x 24 stroke drawings, tinted in the colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from planner.paths import resources_dir


class Drawing(QIconEngine):
    """Draws an icon when it is painted, sharp at any size and scale: few are ever seen, and the start need not wait for them."""

    def __init__(self, off: bytes, on: bytes) -> None:
        super().__init__()
        self._off, self._on = off, on

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(0.4)
        side = min(rect.width(), rect.height())
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        QSvgRenderer(QByteArray(self._on if state is QIcon.State.On else self._off)).render(painter, box)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return made

    def clone(self) -> QIconEngine:
        return Drawing(self._off, self._on)


@cache
def icon(name: str, colour: str, colour_on: str = "") -> QIcon:
    """The icon of this name in a colour (#rrggbb), in `colour_on` where switched on; FileNotFoundError for an unknown name."""
    drawing = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    off, on = (drawing.replace("currentColor", tint).encode() for tint in (colour, colour_on or colour))
    return QIcon(Drawing(off, on))
