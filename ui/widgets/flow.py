"""A layout that puts widgets side by side and goes on in the next line, as words do."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QStyle, QWidget

from ui.widgets.items_layout import ItemsLayout


class FlowLayout(ItemsLayout):
    """Chips in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(box)
        self._place(box, move=True)

    def _place(self, box: QRect, *, move: bool) -> int:
        x, y, line = box.x(), box.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > box.x() and x + size.width() > box.right() + 1:
                x, y, line = box.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(self._turned(QRect(QPoint(x, y), size), box))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - box.y()

    def _turned(self, place: QRect, box: QRect) -> QRect:
        """A place at the other side where one reads from right to left."""
        around = self.parentWidget()
        return QStyle.visualRect(around.layoutDirection(), box, place) if around is not None else place
