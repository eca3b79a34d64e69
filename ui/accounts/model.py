"""Every account in a table: a model over `Account` values that filters and sorts 20,000 rows between two key presses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Row:
    """An account with its cells as text, the keys they sort by, and what a search looks in."""

    account: Account
    cells: tuple[str, ...]
    keys: tuple[Any, ...]
    haystack: str


def rows_of(accounts: Iterable[Account], deals: Mapping[str, list[Opportunity]], plan: WeekPlan | None) -> list[Row]:
    """The rows of the table."""
    this_week = _this_week(plan)
    return [_row(account, deals.get(account.crm_id, ()), this_week.get(account.id, ("", "~"))) for account in accounts]


def _row(account: Account, deals: Iterable[Opportunity], this_week: tuple[str, str]) -> Row:
    furthest = max(deals, key=lambda deal: deal.probability, default=None)
    cents = sum(deal.amount_cents for deal in deals)
    stage = furthest.stage if furthest else ""
    last = account.last_activity
    placed = SHORT_QUALITIES[account.match_quality]
    if account.match_doubtful and account.place is not None:
        placed = f"{placed} · doubtful"
    cells = (
        account.name,
        account_kind(account),
        account.tier.value,
        stage or "–",
        account.owner or "–",
        money(cents) if cents else "–",
        last_text(last) if last else "–",
        this_week[0] or "–",
        placed,
    )
    keys = (
        account.name.casefold(),
        account.kind.value,
        account.tier.value,
        (furthest is None, -(furthest.probability if furthest else 0), stage),
        account.owner.casefold(),
        cents,
        last or date.min,
        this_week[1],
        (account.match_doubtful, _QUALITY_ORDER[account.match_quality]),
    )
    return Row(account, cells, keys, f"{account.name}\n{account.address.one_line}\n{account.owner}\n{account.crm_id}".casefold())


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
        self._words: tuple[str, ...] = ()
        self._doubtful_only = False
        self._column, self._order = ACCOUNT, Qt.SortOrder.AscendingOrder

    def show(self, rows: list[Row]) -> None:
        """Show other rows under the same filter and order."""
        self._all = rows
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
        words, doubtful_only, column = self._words, self._doubtful_only, self._column
        shown = [
            row for row in self._all if all(word in row.haystack for word in words) and (not doubtful_only or wants_a_look(row.account))
        ]
        shown.sort(key=lambda row: row.keys[column], reverse=self._order is Qt.SortOrder.DescendingOrder)
        self._shown = shown
        self.endResetModel()

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
            return row.cells[column]
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
