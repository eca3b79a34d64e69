"""The accounts that are not in the plan, as a list model: filtered by reason and by the text searched for."""

from collections import Counter
from collections.abc import Set as AbstractSet
from operator import attrgetter

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.model.week import LeftOut, WhyNot
from ui.widgets.plain_tip import plain_tip
from ui.words import number

LEFT_OUT = Qt.ItemDataRole.UserRole


class LeftOutModel(QAbstractListModel):
    """Rows are `LeftOut` values, the most valuable first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[LeftOut] = []
        self._shown: list[LeftOut] = []
        self._rows: dict[int | None, int] | None = None
        self._reasons: AbstractSet[WhyNot] = frozenset()
        self._text = ""
        self._kept: AbstractSet[int] | None = None
        self._counts: list[tuple[WhyNot, int]] = []

    def show(self, left_out: tuple[LeftOut, ...]) -> None:
        """Show what a plan has left out; a reason that nothing was left out for is no filter any more."""
        self._all = sorted(sorted(left_out, key=attrgetter("title")), key=attrgetter("value"), reverse=True)
        self._counts = Counter(map(attrgetter("reason"), left_out)).most_common()
        self._reasons &= {reason for reason, _number in self._counts}
        self._filter()

    @property
    def wanted(self) -> AbstractSet[WhyNot]:
        """The reasons that are filtered by; none where all are shown."""
        return self._reasons

    def filter_reasons(self, reasons: AbstractSet[WhyNot]) -> None:
        """Show only what was left out for these reasons; all when there are none."""
        self._reasons = frozenset(reasons)
        self._filter()

    def filter_text(self, text: str) -> None:
        """Show only titles and reasons that have this text in them."""
        self._text = text.casefold().strip()
        self._filter()

    def keep_to(self, account_ids: AbstractSet[int] | None) -> None:
        """Show only these accounts; all for None."""
        self._kept = account_ids
        self._filter()

    @property
    def shown(self) -> tuple[LeftOut, ...]:
        """What is left after the filter."""
        return tuple(self._shown)

    @property
    def total(self) -> int:
        """How many were left out in all."""
        return len(self._all)

    def reasons(self) -> list[tuple[WhyNot, int]]:
        """How many were left out for each reason, the most frequent first."""
        return self._counts

    def row_of(self, account_id: int | None) -> int:
        """The row of an account, or -1."""
        if account_id is None:
            return -1
        if self._rows is None:
            self._rows = {each.account_id: row for row, each in reversed(list(enumerate(self._shown)))}
        return self._rows.get(account_id, -1)

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = self._all
        if self._kept is not None or self._reasons or self._text:
            self._shown = [
                each
                for each in self._all
                if (self._kept is None or each.account_id in self._kept)
                and (not self._reasons or each.reason in self._reasons)
                and (not self._text or self._text in each.title.casefold() or self._text in each.text.casefold())
            ]
        self._rows = None
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        each = self._shown[index.row()]
        if role == LEFT_OUT:
            return each
        if role == Qt.ItemDataRole.DisplayRole:
            return each.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{each.title}, value {number(each.value)}. {each.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{each.title}\n{each.text}")
        return None
