"""Which columns the table of accounts shows, where and how wide; remembered in the user's data folder."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QTableView

from ui.accounts.columns import USUAL
from ui.accounts.model import ACCOUNT, AccountsModel

NAME = "name"
_NAME_MIN_PX, _LEAST_PX = 180, 44
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
        for section, column in enumerate(self._model.columns):
            header.setSectionHidden(section, section not in shown)
            header.resizeSection(section, self._widths.get(column.key, column.width))
        for place, section in enumerate(shown):
            header.moveSection(header.visualIndex(section), place)
        self._arranging = False
        self._fill()

    def _fill(self) -> None:
        """The names take what room is left, but never less than can be read; then the table scrolls. A width given by hand stays."""
        if NAME in self._widths:
            return
        header = self._table.horizontalHeader()
        others = sum(
            header.sectionSize(section) for section in range(header.count()) if section != ACCOUNT and not header.isSectionHidden(section)
        )
        self._arranging = True
        header.resizeSection(ACCOUNT, max(self._table.viewport().width() - others, _NAME_MIN_PX))
        self._arranging = False

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
        if section != ACCOUNT:
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
