"""Every account in a table: a model over `Account` values that filters and sorts 20,000 rows between two key presses."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.model.accounts import Account, Opportunity
from planner.model.places import MatchQuality
from planner.model.week import VisitKind, WeekPlan
from ui.words import QUALITIES, SHORT_QUALITIES, account_kind, clock, money, month_day, short_day

COLUMNS = ("Account", "Kind", "Tier", "Stage", "Owner", "Open deals", "Last visit", "This week", "Placed")
ACCOUNT, KIND, TIER, STAGE, OWNER, DEALS, LAST, WEEK, PLACED = range(len(COLUMNS))
RIGHT_ALIGNED = frozenset({DEALS, LAST})
ACCOUNT_ROLE = Qt.ItemDataRole.UserRole

_QUALITY_ORDER = {quality: place for place, quality in enumerate(MatchQuality)}


class Row(NamedTuple):
    """An account with its open deals, and what the plan does with it as text and as a key that sorts planned visits first."""

    account: Account
    deals: Sequence[Opportunity] = ()
    week: tuple[str, str] = ("", "~")


def rows_of(accounts: Iterable[Account], deals: Mapping[str, list[Opportunity]], plan: WeekPlan | None) -> list[Row]:
    """The rows of the table."""
    this_week = _this_week(plan)
    return [Row(account, deals.get(account.crm_id, ()), this_week.get(account.id, ("", "~"))) for account in accounts]


def _stage(row: Row) -> str:
    furthest = _furthest(row)
    return furthest.stage if furthest else ""


def _furthest(row: Row) -> Opportunity | None:
    return max(row.deals, key=lambda deal: deal.probability, default=None)


def _stage_key(row: Row) -> tuple[bool, float, str]:
    furthest = _furthest(row)
    return furthest is None, -(furthest.probability if furthest else 0), furthest.stage if furthest else ""


def _open_cents(row: Row) -> int:
    return sum(deal.amount_cents for deal in row.deals)


def _placed(row: Row) -> str:
    placed = SHORT_QUALITIES[row.account.match_quality]
    return f"{placed} · doubtful" if row.account.match_doubtful and row.account.place is not None else placed


def _last(row: Row) -> str:
    return last_text(row.account.last_activity) if row.account.last_activity else ""


_CELLS: tuple[Callable[[Row], str], ...] = (
    lambda row: row.account.name,
    lambda row: account_kind(row.account),
    lambda row: row.account.tier.value,
    _stage,
    lambda row: row.account.owner,
    lambda row: money(_open_cents(row)) if row.deals else "",
    _last,
    lambda row: row.week[0],
    _placed,
)
"""The text of each column's cells: made when it is painted, as nobody looks at 20,000 rows at once."""
_KEYS: tuple[Callable[[Row], Any], ...] = (
    lambda row: row.account.name.casefold(),
    lambda row: row.account.kind.value,
    lambda row: row.account.tier.value,
    _stage_key,
    lambda row: row.account.owner.casefold(),
    _open_cents,
    lambda row: row.account.last_activity or date.min,
    lambda row: row.week[1],
    lambda row: (row.account.match_doubtful, _QUALITY_ORDER[row.account.match_quality]),
)
"""What each column sorts by."""


def _haystack(row: Row) -> str:
    account = row.account
    return f"{account.name}\n{account.address.one_line}\n{account.owner}\n{account.crm_id}".casefold()


def last_text(day: date) -> str:
    """A day in the past: "Jul 26, 2026"."""
    return f"{month_day(day)}, {day.year}"


def _this_week(plan: WeekPlan | None) -> dict[int, tuple[str, str]]:
    """By account id, what the plan does with it, as text and as a key that sorts planned visits first."""
    found: dict[int, tuple[str, str]] = {}
    if plan is not None:
        for each in plan.left_out:
            if each.account_id is not None:
                found[each.account_id] = (each.reason.value.capitalize(), f"b{each.reason.value}")
        for day in plan.days:
            for stop in day.stops:
                if stop.account_id is not None and stop.kind is not VisitKind.DUTY:
                    found[stop.account_id] = (f"{short_day(day.day)}, {clock(stop.start_s)}", f"a{day.day} {stop.start_s:06d}")
    return found


class AccountsModel(QAbstractTableModel):
    """Rows are accounts; filters and sorts on its own, since a proxy model in Python is too slow for 20,000 rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Row] = []
        self._shown: list[Row] = []
        self._haystacks: list[str] = []
        self._words: tuple[str, ...] = ()
        self._doubtful_only = False
        self._column, self._order = ACCOUNT, Qt.SortOrder.AscendingOrder

    def show(self, rows: list[Row]) -> None:
        """Show other rows under the same filter and order."""
        self._all, self._haystacks = rows, []
        self._rearrange()

    def filter_text(self, text: str) -> None:
        """Show only accounts that have every word in their name, address, owner or CRM id."""
        self._words = tuple(text.casefold().split())
        self._rearrange()

    def filter_doubtful(self, doubtful_only: bool) -> None:
        """Show only accounts whose place wants a look."""
        self._doubtful_only = doubtful_only
        self._rearrange()

    @property
    def shown(self) -> tuple[Account, ...]:
        """The accounts left after the filter, in the order of the table."""
        return tuple(row.account for row in self._shown)

    @property
    def filtered(self) -> bool:
        """Whether a filter is on."""
        return bool(self._words) or self._doubtful_only

    @property
    def total(self) -> int:
        """How many accounts there are in all."""
        return len(self._all)

    @property
    def doubtful(self) -> int:
        """How many accounts have a place that wants a look, or none."""
        return sum(wants_a_look(row.account) for row in self._all)

    def row_of(self, account_id: int | None) -> int:
        """The row of an account, or -1."""
        return next((number for number, row in enumerate(self._shown) if row.account.id == account_id), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = max(column, 0), order
        self._rearrange()

    def _rearrange(self) -> None:
        self.beginResetModel()
        shown = self._found() if self._words else list(self._all)
        if self._doubtful_only:
            shown = [row for row in shown if wants_a_look(row.account)]
        shown.sort(key=_KEYS[self._column], reverse=self._order is Qt.SortOrder.DescendingOrder)
        self._shown = shown
        self.endResetModel()

    def _found(self) -> list[Row]:
        """The rows that have every word."""
        if not self._haystacks:
            self._haystacks = [_haystack(row) for row in self._all]
        numbers: Iterable[int] = range(len(self._all))
        for word in self._words:
            numbers = [number for number in numbers if word in self._haystacks[number]]
        return [self._all[number] for number in numbers]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _CELLS[column](row) or "–"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == ACCOUNT_ROLE:
            return row.account
        return _tip(row.account, column) if role == Qt.ItemDataRole.ToolTipRole else None


def wants_a_look(account: Account) -> bool:
    """Whether the place of an account is doubtful or missing."""
    return account.match_doubtful or account.place is None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT_ALIGNED else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _tip(account: Account, column: int) -> str | None:
    if column == PLACED:
        return "\n".join(part for part in (QUALITIES[account.match_quality], account.match_note) if part)
    return account.address.one_line if column == ACCOUNT else None
