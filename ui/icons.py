"""The icon family: 24 x 24 stroke drawings, tinted in the colours of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from planner.paths import resources_dir

_SIDES_PX = (16, 20, 24, 32, 48, 64, 96)


@cache
def icon(name: str, colour: str, colour_on: str = "") -> QIcon:
    """The icon of this name in a colour (#rrggbb), in `colour_on` where switched on; FileNotFoundError for an unknown name."""
    drawing = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    result = QIcon()
    for state, tint in ((QIcon.State.Off, colour), (QIcon.State.On, colour_on or colour)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", tint).encode()))
        for side in _SIDES_PX:
            pixmap = QPixmap(side, side)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, side, side))
            painter.end()
            result.addPixmap(pixmap, QIcon.Mode.Normal, state)
    return result
