"""The territories as a list model: everyone first, then each owner, as they are sorted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.usecases.territories import Territory
from ui.territory.words import EVERYONE, mix_words, name_of, spoken, waiting_words
from ui.widgets.plain_tip import plain_tip
from ui.words import count

TERRITORY = Qt.ItemDataRole.UserRole

_ORDERS: dict[str, Callable[[Territory], tuple[object, ...]]] = {
    "name": lambda each: (not each.owner, each.owner.casefold()),
    "value": lambda each: (-each.value_cents, each.owner),
    "work": lambda each: (-each.work_s, each.owner),
    "overdue": lambda each: (-each.overdue - each.unseen, each.owner),
    "accounts": lambda each: (-each.accounts, each.owner),
}


class TerritoryModel(QAbstractListModel):
    """The first row is everyone and has no `Territory`; the others have theirs in the role TERRITORY."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Territory] = []
        self.sort = "name"

    def put(self, territories: Sequence[Territory]) -> None:
        """Show other territories."""
        self.beginResetModel()
        self._shown = sorted(territories, key=_ORDERS[self.sort])  # type: ignore[arg-type]
        self.endResetModel()

    def sort_by(self, key: str) -> None:
        """Sort by one of `ui.territory.words.SORTS`; most first, names from A to Z."""
        self.sort = key
        self.put(self._shown)

    @property
    def territories(self) -> list[Territory]:
        """The territories in the order they are shown."""
        return list(self._shown)

    @property
    def most_value(self) -> float:
        """The greatest value of all, in cents a month: how long a whole bar is."""
        return max((each.value_cents for each in self._shown), default=0)

    @property
    def most_work(self) -> float:
        """The most work of all, in seconds a month."""
        return max((each.work_s for each in self._shown), default=0.0)

    def row_of(self, owner: str | None) -> int:
        """The row of an owner; that of everyone for None and for one who owns nothing."""
        return next((row for row, each in enumerate(self._shown, start=1) if each.owner == owner), 0)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._shown) + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        each = self._shown[index.row() - 1] if index.row() else None
        if role == TERRITORY:
            return each
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(each) if each else EVERYONE
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(each) if each else f"{EVERYONE}, {count(sum(one.accounts for one in self._shown), 'account')}"
        if role == Qt.ItemDataRole.ToolTipRole and each is not None:
            return plain_tip(f"{name_of(each)}\n{mix_words(each.clients, each.prospects)}\n{waiting_words(each.overdue, each.unseen)}")
        return None
