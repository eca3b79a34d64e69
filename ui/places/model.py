"""The places to check as a list model, filtered by what is wrong with them."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.model.placing import PlaceProblem, PlaceToCheck
from ui.places.words import address_words, problem_words
from ui.widgets.plain_tip import plain_tip

TO_CHECK = Qt.ItemDataRole.UserRole


class PlacesModel(QAbstractListModel):
    """Rows are `PlaceToCheck` values in the order they are given in, the worst first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[PlaceToCheck, ...] = ()
        self._shown: tuple[PlaceToCheck, ...] = ()
        self._problems: AbstractSet[PlaceProblem] = frozenset()

    def show(self, places: Sequence[PlaceToCheck]) -> None:
        """Show other places; a filter for a problem that none of them has any more is dropped."""
        self._all = tuple(places)
        self._problems &= {each.problem for each in self._all}
        self._filter()

    def filter_problems(self, problems: AbstractSet[PlaceProblem]) -> None:
        """Show only what has one of these problems; all when there are none."""
        self._problems = frozenset(problems)
        self._filter()

    @property
    def filtered(self) -> AbstractSet[PlaceProblem]:
        """The problems that are filtered for."""
        return self._problems

    @property
    def shown(self) -> tuple[PlaceToCheck, ...]:
        """What is left after the filter."""
        return self._shown

    @property
    def total(self) -> int:
        """How many there are in all."""
        return len(self._all)

    def counts(self) -> list[tuple[PlaceProblem, int]]:
        """How many have each problem, the worst problem first."""
        found = Counter(each.problem for each in self._all)
        return [(problem, found[problem]) for problem in PlaceProblem if found[problem]]

    def row_of(self, account_id: int | None) -> int:
        """The row of an account, or -1."""
        return next((row for row, each in enumerate(self._shown) if each.account.id == account_id), -1)

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = tuple(each for each in self._all if not self._problems or each.problem in self._problems)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        each = self._shown[index.row()]
        if role == TO_CHECK:
            return each
        if role == Qt.ItemDataRole.DisplayRole:
            return each.account.name
        said = f"{each.account.name}\n{problem_words(each.problem)}: {each.why}\n{address_words(each.account)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said.replace(".\n", "\n").replace("\n", ". ")
        return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else None
