"""A layout that puts buttons into as few rows as they fit in, each filled from edge to edge, so that none is left over by itself."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLayoutItem, QStyle

from ui.widgets.items_layout import ItemsLayout

_GAP_PX = 6


class EvenRows(ItemsLayout):
    """The first rows have fewer buttons where they cannot all have as many."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        rows = self._rows(width)
        return sum(map(_height, rows)) + _GAP_PX * (len(rows) - 1)

    def setGeometry(self, box: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(box)
        around = self.parentWidget()
        side = around.layoutDirection() if around is not None else Qt.LayoutDirection.LeftToRight
        top = box.y()
        for row in self._rows(box.width()):
            for item, (left, width) in zip(row, _shares([item.sizeHint().width() for item in row], box.width()), strict=True):
                item.setGeometry(QStyle.visualRect(side, box, QRect(box.x() + left, top, width, _height(row))))
            top += _height(row) + _GAP_PX

    def _rows(self, width: int) -> list[Sequence[QLayoutItem]]:
        wide = [item.sizeHint().width() for item in self._items]
        found = next((lengths for lengths in _ways(len(wide)) if _fits(wide, lengths, width)), [1] * len(wide))
        starts = [sum(found[:row]) for row in range(len(found))]
        return [self._items[start : start + length] for start, length in zip(starts, found, strict=True)]


def _ways(items: int) -> Iterator[list[int]]:
    """How many items each row may have, the fewest rows first: 5 are [5], [2, 3], [1, 2, 2], [1, 1, 1, 2]."""
    for rows in range(1, items):
        each, more = divmod(items, rows)
        yield [each + (row >= rows - more) for row in range(rows)]


def _fits(wide: Sequence[int], lengths: Sequence[int], width: int) -> bool:
    start = 0
    for length in lengths:
        if sum(wide[start : start + length]) + _GAP_PX * (length - 1) > width:
            return False
        start += length
    return True


def _shares(wide: Sequence[int], width: int) -> Iterator[tuple[int, int]]:
    """Left edge and width of each in a row: what is left over goes to all alike."""
    spare, left = width - sum(wide) - _GAP_PX * (len(wide) - 1), 0
    for index, px in enumerate(wide):
        share = px + max(0, spare * (index + 1) // len(wide) - spare * index // len(wide))
        yield left, share
        left += share + _GAP_PX


def _height(row: Sequence[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)
