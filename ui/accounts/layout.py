"""Which columns the table of accounts shows, where and how wide; remembered in the user's data folder."""

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from ui.accounts.columns import INDENT, MARKED, USUAL, Column, longest_text
from ui.accounts.model import ACCOUNT, AccountsModel
from ui.style import SMALL_PX, font, scaled

NAME = "name"
_NAME_MIN_PX, _NAME_TIGHT_PX, _NAME_MOST_PX, _LEAST_PX, _MOST_PX = 180, 204, 230, 44, 160
_BESIDE_PX, _BESIDE_HEAD_PX = 17, 20
"""What a column needs beside a text of it, and beside its name, where an arrow may stand."""
_LOOKED_AT, _MEASURED = 200, 3
"""So many rows, spread over the list, say how wide a column has to be, by the longest of their texts."""
_KEPT = "accounts/layout"


class ColumnLayout(QObject):
    """Arranges the header of a table. `changed` tells that columns were shown, hidden, moved or sized."""

    changed = Signal()

    def __init__(self, table: QTableView, model: AccountsModel, home: Path) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._kept = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        self._arranging = False
        remembered = self._remembered()
        self._keys: tuple[str, ...] = remembered[0]
        self._widths: dict[str, int] = remembered[1]
        self._known: tuple[str, ...] = ()
        self._contents: dict[str, tuple[int, int]] = {}
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(_LEAST_PX)
        header.sectionMoved.connect(lambda *_: self._follow())
        header.sectionResized.connect(self._follow_size)
        table.viewport().installEventFilter(self)
        self.refresh()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns on show, from the first to the last."""
        return self._keys

    def show(self, keys: Iterable[str]) -> None:
        """Show these columns in this order; the names are always there, first unless they are somewhere else."""
        wanted = tuple(dict.fromkeys(keys))
        self._keys = wanted if NAME in wanted else (NAME, *wanted)
        self._arrange()
        self._keep()
        self.changed.emit()

    def refresh(self) -> None:
        """Arrange the header anew when the table has other columns than before."""
        known = tuple(column.key for column in self._model.columns)
        if known != self._known:
            self._known = known
            self._arrange()

    def _arrange(self) -> None:
        header = self._table.horizontalHeader()
        self._arranging = True
        shown = [section for key in self._keys if (section := self._model.section_of(key)) >= 0]
        for section in range(len(self._model.columns)):
            header.setSectionHidden(section, section not in shown)
        for place, section in enumerate(shown):
            header.moveSection(header.visualIndex(section), place)
        self._arranging = False
        self._fill()

    def fit(self) -> None:
        """Make the columns as wide as what is in the table now, but for those that were sized by hand."""
        self._contents.clear()
        self._fill()

    def _fill(self) -> None:
        """The columns are as wide as what is in them, texts less where room is scarce, the last ones first; the names take what is left.

        Where that is not enough to read them the table scrolls, and they take what is left beside the columns in sight as a whole.
        """
        header, room = self._table.horizontalHeader(), self._table.viewport().width()
        sections = [section for section in map(header.logicalIndex, range(header.count())) if not header.isSectionHidden(section)]
        sizes = {section: self._px(section, roomy=True) for section in sections}
        if sum(sizes.values()) > room:
            whole, sizes = sizes, {section: self._px(section, roomy=False) for section in sections}
            for section in sections:
                if section != ACCOUNT and whole[section] - sizes[section] <= room - sum(sizes.values()):
                    sizes[section] = whole[section]
        if NAME not in self._widths:
            least = sizes[ACCOUNT]
            seen = [0, *accumulate(px for section, px in sizes.items() if section != ACCOUNT)]
            sizes[ACCOUNT] = max(least, room - next((px for px in reversed(seen) if px + least <= room), 0))
        self._arranging = True
        for section, px in sizes.items():
            header.resizeSection(section, px)
        self._arranging = False

    def _px(self, section: int, *, roomy: bool) -> int:
        """How wide a column wants to be; the names as wide as they have to be."""
        column = self._model.columns[section]
        if column.key in self._widths:
            return self._widths[column.key]
        if column.key not in self._contents:
            self._contents[column.key] = self._content_px(column)
        head, content = self._contents[column.key]
        tight, most = (_NAME_TIGHT_PX, _NAME_MOST_PX) if section == ACCOUNT else (column.width, max(_MOST_PX, column.width))
        wide = round(scaled(most if roomy or column.right_aligned else tight))
        return max(head, min(content, wide), _NAME_MIN_PX if section == ACCOUNT else _LEAST_PX)

    def _content_px(self, column: Column) -> tuple[int, int]:
        """How wide the name of a column is, and the longest of its texts."""
        rows = self._model.list.rows
        head = QFontMetrics(font(SMALL_PX, bold=True)).horizontalAdvance(column.title) + _BESIDE_HEAD_PX
        if not rows:
            return head, column.width
        looked_at = (column.text(row) for row in rows[:: -(-len(rows) // _LOOKED_AT)])
        texts = (*sorted(looked_at, key=len)[-_MEASURED:], longest_text(column))
        face, before = QFontMetrics(font(bold=column.key == NAME)), INDENT if column.key in MARKED else ""
        return head, max(face.horizontalAdvance(before + text) for text in texts) + _BESIDE_PX

    def _follow(self) -> None:
        """A column was dragged to another place."""
        if self._arranging:
            return
        header = self._table.horizontalHeader()
        sections = map(header.logicalIndex, range(header.count()))
        gone = [key for key in self._keys if self._model.section_of(key) < 0]  # of a file that is not there now
        self._keys = (*(self._model.columns[section].key for section in sections if not header.isSectionHidden(section)), *gone)
        self._keep()
        self.changed.emit()

    def _follow_size(self, section: int, _before: int, width: int) -> None:
        if self._arranging or width <= 0:
            return
        self._widths[self._model.columns[section].key] = width
        self._fill()
        self._keep()

    def forget_widths(self) -> None:
        """Give every column its usual width again."""
        self._widths.clear()
        self._arrange()
        self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Resize:
            self._fill()
        return super().eventFilter(watched, event)

    def remembered_order(self) -> tuple[str, bool, str]:
        """The column that was sorted by last, whether downwards, and the one that was grouped by."""
        kept = self._document()
        sort, group = kept.get("sort"), kept.get("group")
        return sort if isinstance(sort, str) else NAME, kept.get("descending") is True, group if isinstance(group, str) else ""

    def keep_order(self, sort: str, group: str, *, descending: bool) -> None:
        """Remember what is sorted and grouped by."""
        self._write({**self._document(), "sort": sort, "descending": descending, "group": group})

    def _keep(self) -> None:
        self._write({**self._document(), "columns": list(self._keys), "widths": self._widths})

    def _remembered(self) -> tuple[tuple[str, ...], dict[str, int]]:
        kept = self._document()
        keys, widths = kept.get("columns"), kept.get("widths")
        shown = tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()
        sizes = {key: px for key, px in widths.items() if isinstance(px, int) and px >= _LEAST_PX} if isinstance(widths, dict) else {}
        return (shown if NAME in shown else USUAL), sizes

    def _document(self) -> dict[str, object]:
        try:
            kept = json.loads(str(self._kept.value(_KEPT, "{}")))
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def _write(self, document: dict[str, object]) -> None:
        self._kept.setValue(_KEPT, json.dumps(document))


def order_of(keys: Sequence[str], shown: Iterable[str]) -> list[str]:
    """All columns, those on show first in their order."""
    first = list(shown)
    return [*first, *(key for key in keys if key not in first)]


def sort_order(*, descending: bool) -> Qt.SortOrder:
    """The order of a header."""
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
